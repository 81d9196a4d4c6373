// The e-book: one of its documents at a time, as a browser shows it. A document that was changed comes anew, and the
// reader stays where they were in it, or goes to the words that were changed.

const MARGIN = "1rem 1.6rem";  // as a reading system gives a page

const BLOCKS = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, figcaption, pre";

const plain = (text) => text.replace(/\s+/g, " ");

// What is looked for of a printed line: its first and last word may be parts of words.
function inner(line) {
  const words = line.trim().split(/\s+/);
  return (words.length > 3 ? words.slice(1, -1) : words).join(" ");
}

export class Book {
  #frame;
  #parts;
  #documents = [];
  #places = new Map();
  #text = "";
  #shown = "";
  #digest = "";
  #moved = "";
  #sought = "";
  #goal = "";
  #isLoading = false;

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
    if (state.name !== this.#text) { this.#places.clear(); }
    this.#text = state.name;
    const options = state.documents.map(({ name, title }) => new Option(title, name));
    const chosen = this.#documents.find(({ name }) => name === this.#parts.value) ?? this.#first();
    if (options.map((each) => each.text + each.value).join() !== [...this.#parts.options].map((each) => each.text + each.value).join()) {
      this.#parts.replaceChildren(...options);
    }
    if (!chosen) { return; }
    this.#parts.value = chosen.name;
    if (chosen.digest !== this.#digest) { this.#open(chosen.name); }
    const moved = state.moved ? inner(state.moved.text) : "";
    if (moved !== this.#moved) { this.#moved = this.#sought = moved; }
    if (!state.working) { this.#seek(); }
  }

  // To the words of a printed line.
  goTo(line) {
    this.#sought = inner(line);
    this.#seek();
  }

  // To the document with the words that are sought, and there to their paragraph.
  async #seek() {
    const words = this.#sought;
    this.#sought = "";
    const { name: open } = this.#documents.find(({ name }) => name === this.#parts.value);
    const names = [open, ...this.#documents.map(({ name }) => name).filter((name) => name !== open)];
    for (const name of words ? names : []) {
      const answer = await fetch(address(name));
      const read = new DOMParser().parseFromString(await answer.text(), "application/xhtml+xml");
      if (this.#sought) { return; }
      if (paragraph(read, words)) {
        this.#goal = words;
        if (name !== open) { this.#open(name); } else if (!this.#isLoading) { this.#reach(); }
        return;
      }
    }
  }

  #reach() {
    paragraph(this.#frame.contentDocument, this.#goal)?.scrollIntoView({ block: "center" });
    this.#goal = "";
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
    this.#isLoading = true;
    // A change of the address would be a step back in the browser's history.
    this.#frame.contentWindow.location.replace(address(name));
  }

  #name() {
    const path = this.#frame.contentDocument?.location.pathname ?? "";
    return path.startsWith("/book/") ? decodeURIComponent(path.slice("/book/".length)) : "";
  }

  // Unless the frame still has the text before.
  #remember() {
    if (this.#shown !== this.#text) { return; }
    const name = this.#name();
    const root = this.#frame.contentDocument?.scrollingElement;
    if (name && root) { this.#places.set(name, root.scrollTop); }
  }

  // A link in the book may have led here.
  #arrived() {
    this.#isLoading = false;
    this.#shown = this.#text;
    const name = this.#name();
    const document = this.#documents.find((each) => each.name === name);
    if (!document) { return; }
    this.#parts.value = name;
    this.#digest = document.digest;
    this.#frame.contentDocument.documentElement.style.padding = MARGIN;
    const root = this.#frame.contentDocument.scrollingElement;
    if (root && !this.#frame.contentDocument.location.hash) { root.scrollTop = this.#places.get(name) ?? 0; }
    if (this.#goal) { this.#reach(); }
  }
}

const address = (name) => `/book/${name.split("/").map(encodeURIComponent).join("/")}`;

const paragraph = (document, words) => [...document.querySelectorAll(BLOCKS)].find((block) => plain(block.textContent).includes(words));
