// The printed pages: spreads of pictures, each with the lines that can be clicked on.
// Only pages in sight are asked for; a page that stayed as it was keeps its picture and its place.

import { Leaf } from "./leaf.js";

const LINES = { ArrowDown: 1, ArrowUp: -1 };
const PAGES = { PageDown: 1, PageUp: -1 };

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
    spreads.addEventListener("keydown", (event) => this.#step(event));
    pane.addEventListener("scrollend", () => this.#stopInSight());
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
    const focused = this.#spreads.contains(document.activeElement) ? document.activeElement : null;
    this.#leaves.forEach((leaf) => this.#seen.unobserve(leaf.figure));
    this.#leaves = this.#state.pages.map((page, index) => this.#leaves[index] ?? this.#leaf(index));
    this.#spreads.replaceChildren(...this.#rows());
    this.#spreads.dir = this.#state.direction;
    this.#spreads.classList.toggle("single", this.#state.isOneSided || this.#state.pages.length < 2);
    this.#leaves.forEach((leaf) => this.#seen.observe(leaf.figure));
    this.#pane.scrollTop = place;
    focused?.focus({ preventScroll: true });
  }

  // -- from line to line ----------------------------------------------------------------------

  #leaf(index) {
    const chosen = (button, line, isDouble) => {
      if (isDouble) { return; }
      const isAgain = button.getAttribute("aria-current") === "true";
      this.#spreads.querySelector('.line[aria-current="true"]')?.removeAttribute("aria-current");
      button.setAttribute("aria-current", "true");
      this.#stopAt(button);
      this.#choose(line, isAgain);
    };
    return new Leaf(index, chosen, () => this.#stop() ?? this.#stopAt(this.#spreads.querySelector(".line")));
  }

  // The one line, of all pages, that the tab key leads to.
  #stop() { return this.#spreads.querySelector('.line[tabindex="0"]'); }

  #stopAt(line) {
    this.#stop()?.setAttribute("tabindex", "-1");
    line?.setAttribute("tabindex", "0");
  }

  // Whoever has scrolled on by hand is not thrown back by the tab key.
  #stopInSight() {
    if (this.#spreads.contains(document.activeElement)) { return; }
    const { top } = this.#pane.getBoundingClientRect();
    const near = this.#leaves.filter((leaf) => leaf.isNear).flatMap((leaf) => leaf.lines);
    const first = near.find((line) => line.getBoundingClientRect().top >= top);
    if (first) { this.#stopAt(first); }
  }

  async #step(event) {
    const { activeElement: line } = document;
    const isOfLines = event.key in LINES;
    if (!(isOfLines || event.key in PAGES) || event.ctrlKey || event.altKey || event.metaKey) { return; }
    event.preventDefault();
    const at = this.#leaves.findIndex((leaf) => leaf.lines.includes(line));
    const step = (LINES[event.key] ?? PAGES[event.key]);
    const next = isOfLines ? this.#leaves[at]?.lines[this.#leaves[at].lines.indexOf(line) + step] : null;
    this.#focus(next ?? await this.#beyond(at, step, isOfLines && step < 0));
  }

  // The first line, or the last, of the nearest page with lines before or behind this one.
  async #beyond(at, step, isLast) {
    for (let leaf = this.#leaves[at + step]; leaf; at += step, leaf = this.#leaves[at + step]) {
      await leaf.ready();
      if (leaf.lines.length) { return leaf.lines.at(isLast ? -1 : 0); }
    }
    return null;
  }

  #focus(line) {
    if (!line) { return; }
    this.#stopAt(line);
    line.focus();
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
