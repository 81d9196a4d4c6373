// The e-book: one of its documents at a time, as a browser shows it. A document that was changed comes anew, and the
// reader stays where they were in it.

export class Book {
  #frame;
  #parts;
  #documents = [];
  #places = new Map();
  #digest = "";

  constructor(frame, parts, earlier, later) {
    this.#frame = frame;
    this.#parts = parts;
    parts.addEventListener("change", () => this.#open(parts.value));
    earlier.addEventListener("click", () => this.#turn(-1));
    later.addEventListener("click", () => this.#turn(1));
    frame.addEventListener("load", () => this.#arrived());
  }

  show(state) {
    this.#documents = state.documents;
    const options = state.documents.map(({ name, title }) => new Option(title, name));
    const chosen = this.#documents.find(({ name }) => name === this.#parts.value) ?? this.#first();
    if (options.map((each) => each.text + each.value).join() !== [...this.#parts.options].map((each) => each.text + each.value).join()) {
      this.#parts.replaceChildren(...options);
    }
    if (!chosen) { return; }
    this.#parts.value = chosen.name;
    if (chosen.digest !== this.#digest) { this.#open(chosen.name); }
  }

  // The cover, the title page and the like are passed over at first.
  #first() {
    return this.#documents.find(({ name }) => /chapter|text|opening|part/.test(name)) ?? this.#documents[0];
  }

  #turn(step) {
    const next = this.#documents[this.#parts.selectedIndex + step];
    if (next) { this.#open(next.name); }
  }

  #open(name) {
    this.#remember();
    this.#parts.value = name;
    this.#digest = this.#documents.find((each) => each.name === name)?.digest ?? "";
    const address = `/book/${name.split("/").map(encodeURIComponent).join("/")}`;
    const inside = this.#frame.contentWindow;
    // A change of the address would be a step back in the browser's history.
    inside.location.replace(address);
  }

  #name() {
    const path = this.#frame.contentDocument?.location.pathname ?? "";
    return path.startsWith("/book/") ? decodeURIComponent(path.slice("/book/".length)) : "";
  }

  #remember() {
    const name = this.#name();
    const root = this.#frame.contentDocument?.scrollingElement;
    if (name && root) { this.#places.set(name, root.scrollTop); }
  }

  // A link in the book may have led here.
  #arrived() {
    const name = this.#name();
    const document = this.#documents.find((each) => each.name === name);
    if (!document) { return; }
    this.#parts.value = name;
    this.#digest = document.digest;
    const root = this.#frame.contentDocument.scrollingElement;
    if (root && !this.#frame.contentDocument.location.hash) { root.scrollTop = this.#places.get(name) ?? 0; }
  }
}
