// The sheets as they come out of the printer: their sides, one below the other, and how to print them. Asked for when
// they are looked at; at the desk, where they are to be downloaded, as soon as the pages are made.

export class Sheets {
  #pane;
  #how;
  #isLooked = false;
  #isReady = false;
  #wanted = "";
  #shown = "";

  constructor(pane, how) {
    this.#pane = pane;
    this.#how = how;
  }

  look(isLooked) {
    this.#isLooked = isLooked;
    this.#fill();
  }

  show(state) {
    this.#wanted = state.impose ? state.impose + state.pages.map((page) => page.digest).join() : "";
    this.#isReady = state.isDesk && !state.working;
    this.#how.hidden = !state.impose;
    this.#fill();
  }

  async #fill() {
    if (!(this.#isLooked || this.#isReady) || this.#wanted === this.#shown) { return; }
    this.#shown = this.#wanted;
    const answer = await fetch("/sheets");
    const { digests, size, note, problem } = await answer.json();
    const words = document.createElement("p");
    words.className = "note";
    words.textContent = problem || note;
    this.#how.textContent = words.textContent;
    this.#pane.replaceChildren(words, ...digests.map((digest, index) => side(digest, index, digests.length, size)));
  }
}

function side(digest, index, count, [width, height]) {
  const image = document.createElement("img");
  image.loading = "lazy";
  image.width = Math.round(width);
  image.height = Math.round(height);
  image.src = `/pictures/${digest}.png`;
  image.alt = count === 1 ? "The sheet" : `Sheet ${Math.floor(index / 2) + 1}, ${index % 2 ? "back" : "front"}`;
  const caption = document.createElement("figcaption");
  caption.textContent = image.alt;
  const figure = document.createElement("figure");
  figure.className = "side";
  figure.append(caption, image);
  return figure;
}
