// A page: its picture, and over it its lines.
export class Leaf {
  figure = document.createElement("figure");
  isNear = false;
  #index;
  #chosen;
  #filledUp;
  #image = document.createElement("img");
  #lines = document.createElement("div");
  #page = {};
  #number = -1;
  #filled = -1;
  #filling = Promise.resolve();

  // `chosen` is told of a line, its button, and whether a double click goes on there; `filledUp` of lines that have come.
  constructor(index, chosen, filledUp) {
    this.#index = index;
    this.#chosen = chosen;
    this.#filledUp = filledUp;
    this.figure.className = "page";
    this.#lines.setAttribute("role", "group");
    this.figure.append(this.#image, this.#lines);
  }

  get lines() { return [...this.#lines.children]; }

  // When its lines are there, in sight or not; what is asked for may be asked anew meanwhile.
  async ready() {
    this.isNear = true;
    this.fill();
    for (let waited = null; waited !== this.#filling;) {
      waited = this.#filling;
      await waited;
    }
  }

  show(page, number) {
    const name = page.label ? `Page ${page.label}` : `Leaf ${this.#index + 1}`;
    this.#image.alt = page.isBlank ? `${name}, blank` : name;
    this.#lines.setAttribute("aria-label", `Lines of ${name.toLowerCase()}`);
    this.#image.width = Math.round(page.width);
    this.#image.height = Math.round(page.height);
    this.#page = page;
    this.#number = number;
    this.fill();
  }

  // Get picture and lines, if the page is near enough to be seen and they are not there yet.
  fill() {
    if (!this.isNear) { return; }
    const address = `/pictures/${this.#page.digest}.png`;
    if (this.#image.getAttribute("src") !== address) { this.#image.src = address; }
    if (this.#filled === this.#number) { return; }
    this.#filled = this.#number;
    this.#filling = this.#get(this.#number);
  }

  async #get(number) {
    const answer = await fetch(`/lines/${this.#index}`);
    if (number !== this.#number) { return; }
    this.#set(await answer.json());
  }

  #set(lines) {
    const buttons = this.lines;
    lines.forEach((line, index) => {
      const button = buttons[index] ?? this.#lines.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "line";
      if (button.textContent !== line.text) { button.removeAttribute("aria-current"); }
      button.tabIndex = button.tabIndex === 0 && buttons[index] ? 0 : -1;
      button.textContent = line.text;
      button.dataset.line = line.line;
      for (const side of ["left", "top", "width", "height"]) { button.style[side] = `${line[side] * 100}%`; }
      button.onclick = ({ detail }) => this.#chosen(button, line, detail > 1);
    });
    buttons.slice(lines.length).forEach((button) => button.remove());
    this.#filledUp();
  }

  mark(top) {
    const mark = document.createElement("div");
    mark.className = "moved";
    mark.style.top = `${top * 100}%`;
    this.figure.append(mark);
  }
}
