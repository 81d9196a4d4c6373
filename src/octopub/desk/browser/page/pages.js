// The printed pages: spreads of pictures, each with the lines that can be clicked on.
// Only pages in sight are asked for; a page that stayed as it was keeps its picture and its place.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Pages {
  #pane;
  #spreads;
  #choose;
  #leaves = [];
  #state = { pages: [] };
  #seen;
  #waiting = null;

  constructor(pane, spreads, choose) {
    this.#pane = pane;
    this.#spreads = spreads;
    this.#choose = choose;
    this.#seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#sees(entry)), {
      root: pane, rootMargin: "100%",
    });
  }

  show(state) {
    const before = this.#state;
    this.#state = state;
    const isOther = shape(before) !== shape(state);
    if (isOther) { this.#arrange(); }
    state.pages.forEach((page, index) => this.#leaves[index].show(page, state.number));
    if (!isOther || before.pages.length) { this.#follow(before); }
  }

  // To the paragraph that was changed, if another one was than before.
  #follow(before) {
    const moved = this.#state.moved;
    this.#spreads.querySelectorAll(".moved").forEach((mark) => mark.remove());
    if (!moved) { return; }
    const leaf = this.#leaves[moved.page];
    leaf.mark(moved.top);
    if (JSON.stringify(before.moved) !== JSON.stringify(moved) || digests(before) !== digests(this.#state)) {
      this.#goTo(leaf.figure, moved.top);
    }
  }

  // Unless it is in sight already.
  #goTo(figure, top) {
    const pane = this.#pane.getBoundingClientRect();
    const box = figure.getBoundingClientRect();
    const y = box.top + top * box.height;
    if (y < pane.top + 20 || y > pane.bottom - 60) { this.#pane.scrollTop += y - pane.top - pane.height / 3; }
  }

  // To the page that has this line of the manuscript, if one of those that were looked at has.
  async goToLine(line) {
    const answer = await fetch(`/where/${line}`);
    const spot = answer.ok ? await answer.json() : null;
    if (spot) { this.#goTo(this.#leaves[spot.page].figure, spot.top); }
  }

  #sees(entry) {
    const leaf = this.#leaves.find((each) => each.figure === entry.target);
    if (leaf) { leaf.isNear = entry.isIntersecting; leaf.fill(); }
  }

  // Put up the pages anew, since there are more or fewer of them, or other ones.
  #arrange() {
    const place = this.#pane.scrollTop;
    this.#leaves.forEach((leaf) => this.#seen.unobserve(leaf.figure));
    this.#leaves = this.#state.pages.map((page, index) => this.#leaves[index] ?? new Leaf(index, this.#choose));
    this.#spreads.replaceChildren(...this.#rows());
    this.#spreads.dir = this.#state.direction;
    this.#spreads.classList.toggle("single", this.#state.isOneSided || this.#state.pages.length < 2);
    this.#leaves.forEach((leaf) => this.#seen.observe(leaf.figure));
    this.#pane.scrollTop = place;
  }

  // A recto stands alone at the beginning; all pages do where there are no versos.
  #rows() {
    const figures = this.#leaves.map((leaf) => leaf.figure);
    if (this.#state.isOneSided || figures.length < 2) { return figures.map((figure) => row([figure])); }
    const rows = [row([gap(), figures[0]])];
    for (let index = 1; index < figures.length; index += 2) {
      rows.push(row([figures[index], figures[index + 1] ?? gap()]));
    }
    return rows;
  }
}

function shape(state) {
  return state.pages.map((page) => `${page.width}x${page.height}`).join() + state.direction + state.isOneSided;
}

function digests(state) {
  return state.pages.map((page) => page.digest).join();
}

function row(parts) {
  const made = document.createElement("div");
  made.className = "spread";
  made.append(...parts);
  return made;
}

function gap() {
  const made = document.createElement("div");
  made.className = "gap";
  return made;
}

// A page: its picture, and over it its lines, of which one is in the order of the tab key.
class Leaf {
  figure = document.createElement("figure");
  isNear = false;
  #index;
  #choose;
  #image = document.createElement("img");
  #lines = document.createElement("div");
  #page = {};
  #number = -1;
  #filled = -1;

  constructor(index, choose) {
    this.#index = index;
    this.#choose = choose;
    this.figure.className = "page";
    this.#lines.setAttribute("role", "group");
    this.#lines.addEventListener("keydown", (event) => this.#step(event));
    this.figure.append(this.#image, this.#lines);
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
  async fill() {
    if (!this.isNear) { return; }
    const address = `/pictures/${this.#page.digest}.png`;
    if (this.#image.getAttribute("src") !== address) { this.#image.src = address; }
    if (this.#filled === this.#number) { return; }
    const number = this.#number;
    this.#filled = number;
    const answer = await fetch(`/lines/${this.#index}`);
    if (number !== this.#number) { return; }
    this.#set(await answer.json());
  }

  #set(lines) {
    const buttons = [...this.#lines.children];
    lines.forEach((line, index) => {
      const button = buttons[index] ?? this.#lines.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "line";
      button.tabIndex = index ? -1 : 0;
      button.textContent = line.text;
      button.dataset.line = line.line;
      for (const side of ["left", "top", "width", "height"]) { button.style[side] = `${line[side] * 100}%`; }
      button.onclick = () => this.#chosen(button, line);
    });
    buttons.slice(lines.length).forEach((button) => button.remove());
  }

  #chosen(button, line) {
    document.querySelectorAll('.line[aria-current="true"]').forEach((other) => other.removeAttribute("aria-current"));
    button.setAttribute("aria-current", "true");
    this.#reach(button);
    this.#choose(line);
  }

  #step(event) {
    const buttons = [...this.#lines.children];
    const next = buttons[buttons.indexOf(document.activeElement) + STEPS[event.key]];
    if (!next) { return; }
    event.preventDefault();
    this.#reach(next);
    next.focus();
  }

  #reach(line) {
    for (const button of this.#lines.children) { button.tabIndex = button === line ? 0 : -1; }
  }

  mark(top) {
    const mark = document.createElement("div");
    mark.className = "moved";
    mark.style.top = `${top * 100}%`;
    this.figure.append(mark);
  }
}
