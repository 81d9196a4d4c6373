// The sheets as they come out of the printer: their sides, one below the other, and how to print them. Asked for when
// they are looked at; at the desk, where they are to be downloaded, as soon as the pages are made.

export class Sheets {
  #pane;
  #how;
  #printer;
  #state = null;
  #isLooked = false;
  #isReady = false;
  #wanted = "";
  #shown = "";

  constructor(pane, how, printer) {
    this.#pane = pane;
    this.#how = how;
    this.#printer = printer;
  }

  look(isLooked) {
    this.#isLooked = isLooked;
    this.#fill();
  }

  show(state) {
    this.#state = state;
    this.#wanted = state.impose ? state.impose + this.#printer.query + state.pages.map((page) => page.digest).join() : "";
    this.#isReady = state.isDesk && !state.working;
    this.#how.hidden = !state.impose;
    this.#fill();
  }

  // For another printer.
  anew() { if (this.#state) { this.show(this.#state); } }

  async #fill() {
    if (!(this.#isLooked || this.#isReady) || this.#wanted === this.#shown) { return; }
    const wanted = this.#shown = this.#wanted;
    const answer = await fetch(`/sheets${this.#printer.query}`);
    const { digests, size, note, problem, isParted } = await answer.json();
    if (wanted !== this.#wanted) { return; }
    this.#printer.part(isParted);
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
