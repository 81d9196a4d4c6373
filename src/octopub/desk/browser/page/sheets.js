// The sheets as they come out of the printer: their sides, one below the other. Asked for only when they are looked at.

export class Sheets {
  #pane;
  #isLooked = false;
  #wanted = "";
  #shown = "";

  constructor(pane) { this.#pane = pane; }

  look(isLooked) {
    this.#isLooked = isLooked;
    this.#fill();
  }

  show(state) {
    this.#wanted = state.impose ? state.impose + state.pages.map((page) => page.digest).join() : "";
    this.#fill();
  }

  async #fill() {
    if (!this.#isLooked || this.#wanted === this.#shown) { return; }
    this.#shown = this.#wanted;
    const answer = await fetch("/sheets");
    const { digests, size, note, problem } = await answer.json();
    const words = document.createElement("p");
    words.className = "note";
    words.textContent = problem || note;
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
