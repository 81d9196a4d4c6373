// What is shown, and when: the server says when there is something new; each part of the page shows its own.

import { Book } from "./book.js";
import { Complaints, Place } from "./places.js";
import { Pages } from "./pages.js";

const element = (id) => document.getElementById(id);
const place = new Place(element("place"));
const pages = new Pages(element("pages"), element("spreads"), (line) => place.show(line));
const book = new Book(element("text"), element("part"), element("earlier"), element("later"));
const complaints = new Complaints(element("complaints"), place, (line) => pages.goToLine(line));

let shown = { digests: "", number: -1 };
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
  const isNew = state.pages.map((page) => page.digest).join() !== shown.digests;
  pages.show(state, isNew);
  book.show(state);
  complaints.show(state.diagnostics);
  showProblem(state);
  element("status").textContent = status(state);
  shown = { digests: state.pages.map((page) => page.digest).join(), number: state.number };
  document.documentElement.dataset.settled = String(!state.working);
}

function status(state) {
  if (state.working) { return "Setting the pages …"; }
  if (!state.pages.length) { return ""; }
  return state.pages.length === 1 ? "1 page" : `${state.pages.length} pages`;
}

function showProblem(state) {
  const problem = element("problem");
  const kept = state.isStale ? "; the pages below are the last good ones" : "";
  const text = state.problem ? `${state.problem[0].toUpperCase()}${state.problem.slice(1)}${kept}.` : "";
  if (problem.textContent !== text) { problem.textContent = text; }
  problem.hidden = !text;
}

for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    const other = document.querySelector(`[data-view]:not([data-view="${button.dataset.view}"])`);
    if (!pressed && other.getAttribute("aria-pressed") !== "true") { return; }
    button.setAttribute("aria-pressed", String(pressed));
    element(button.dataset.view).hidden = !pressed;
  });
}

const events = new EventSource("/events");
events.onmessage = refresh;
events.onerror = () => { element("status").textContent = "octopub has ended, or cannot be reached."; };
