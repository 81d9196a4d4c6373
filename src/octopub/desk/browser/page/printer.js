// The printer: whether it prints both sides of a sheet, and where not, what its test sheet said. That is kept for the
// next text, since the printer stays.

const element = (id) => document.getElementById(id);

const TURNED = ["A", "C"];

export class Printer {
  #sides = element("sides");
  #pile = element("pile");
  #isDesk = false;
  #isParted = false;
  #impose = "";

  // `changed` is called when another printer was chosen.
  constructor(changed) {
    for (const choice of [this.#sides, this.#pile]) {
      const kept = localStorage.getItem(choice.id);
      if ([...choice.options].some(({ value }) => value === kept)) { choice.value = kept; }
      choice.addEventListener("change", () => {
        localStorage.setItem(choice.id, choice.value);
        changed();
        this.#show();
      });
    }
  }

  // What the addresses of sheets end in.
  get query() { return this.#isDesk && this.#sides.value ? `?pile=${this.#pile.value}` : ""; }

  follow({ isDesk, impose }) {
    this.#isDesk = isDesk;
    this.#impose = impose;
    this.#show();
  }

  // Whether fronts and backs are two files: sheets of one side are not parted.
  part(isParted) {
    this.#isParted = isParted;
    this.#show();
  }

  #show() {
    const isByHand = Boolean(this.#impose && this.query) && this.#isParted;
    element("printer").hidden = !this.#impose;
    element("by-hand").hidden = !isByHand;
    element("turn").textContent = TURNED.includes(this.#pile.value) ? "turned over, like a leaf of a book" : "without turning it over";
    for (const [file, isThere] of Object.entries({ sheets: this.#impose && !isByHand, fronts: isByHand, backs: isByHand })) {
      const link = document.querySelector(`[data-file="${file}"]`);
      link.hidden = !isThere;
      link.href = `/files/${file}${this.query}`;
    }
  }
}
