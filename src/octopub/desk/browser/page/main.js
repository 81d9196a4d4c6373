// What is shown, and when: the server says when there is something new; each part of the page shows its own.

import { Book } from "./book.js";
import { Desk } from "./desk.js";
import { Complaints, Place, said } from "./places.js";
import { Pages } from "./pages.js";
import { Printer } from "./printer.js";
import { Sheets } from "./sheets.js";

const element = (id) => document.getElementById(id);
const place = new Place(element("place"));
const pages = new Pages(element("pages"), element("spreads"), (line, isAgain) => chosen(line, isAgain));
const book = new Book(element("text"), element("part"), element("earlier"), element("later"));
const printer = new Printer(() => sheets.anew());
const sheets = new Sheets(element("sheets"), element("how"), printer);
const complaints = new Complaints(element("complaints"), place, (line) => pages.goToLine(line));

// A line of the pages is shown where it is in the manuscript, and in the e-book.
function chosen(line, isAgain) {
  place.show(line, isAgain);
  if (isShown("book")) { book.goTo(line.text); }
}

let desk = null;
let fetching = false;
let missed = false;

// One answer at a time: news that comes meanwhile is looked at afterwards.
async function refresh() {
  if (fetching) { missed = true; return; }
  fetching = true;
  try {
    do {
      missed = false;
      const answer = await fetch("/state");
      show(await answer.json());
    } while (missed);
  } catch { /* the server is gone; `events` says so */ } finally { fetching = false; }
}

function show(state) {
  document.title = state.title ? `${state.title} – octopub` : "octopub";
  element("title").textContent = state.title || state.name || "octopub";
  place.editor = state.editor;
  place.name = state.name;
  if (state.isDesk) { desk ??= opened(); }
  desk?.follow(state);
  pages.show(state);
  printer.follow(state);
  sheets.show(state);
  book.show(state);
  complaints.show(state.diagnostics);
  showProblem(state);
  element("status").textContent = status(state);
  showFiles(state);
  document.documentElement.dataset.settled = String(!state.working);
}

function status(state) {
  if (state.working) { return "Setting the pages …"; }
  if (!state.pages.length) { return state.name ? "" : "Bring a text to begin."; }
  return state.pages.length === 1 ? "1 page" : `${state.pages.length} pages`;
}

function showProblem(state) {
  const problem = element("problem");
  const kept = state.isStale ? "; the pages below are the last good ones" : "";
  const text = state.problem ? `${state.problem[0].toUpperCase()}${state.problem.slice(1)}${kept}.` : "";
  if (problem.dataset.told !== text) { problem.replaceChildren(...said(text)); }
  problem.dataset.told = text;
  problem.hidden = !text;
}

// The desk has no editor but its own, and begins without the e-book: there is less room.
function opened() {
  toggle("book", false);
  element("hint").textContent = "Click on a line of a page, or go to it with the arrow keys and press Enter: the cursor goes there in the text.";
  return new Desk();
}

function showFiles(state) {
  const has = { epub: state.documents.length, pdf: state.pages.length };
  element("files").hidden = !Object.values(has).some(Boolean);
  for (const [file, isThere] of Object.entries(has)) {
    const link = document.querySelector(`[data-file="${file}"]`);
    link.hidden = !isThere;
    link.href = `/files/${file}`;
  }
  const view = document.querySelector('[data-view="sheets"]');
  view.hidden = !state.impose;
  if (!state.impose && isShown("sheets")) { toggle("sheets", false); toggle("pages", true); }
  const name = state.impose === "booklet" ? "Booklet" : "Sheets";
  document.querySelector('[data-file="sheets"]').textContent = name;
}

const isShown = (view) => document.querySelector(`[data-view="${view}"]`).getAttribute("aria-pressed") === "true";

function toggle(view, pressed) {
  document.querySelector(`[data-view="${view}"]`).setAttribute("aria-pressed", String(pressed));
  element(view).hidden = !pressed;
  sheets.look(isShown("sheets"));
}

// Pages and sheets are the same in other order: one of them at a time, and the e-book beside it or not.
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => {
    const { view } = button.dataset;
    const pressed = !isShown(view);
    if (pressed && view !== "book") { toggle(view === "pages" ? "sheets" : "pages", false); }
    toggle(view, pressed);
    if (!["pages", "sheets", "book"].some(isShown)) { toggle(view === "pages" ? "book" : "pages", true); }
  });
}

const events = new EventSource("/events");
events.onmessage = refresh;
events.onerror = () => { element("status").textContent = "octopub has ended, or cannot be reached."; };
