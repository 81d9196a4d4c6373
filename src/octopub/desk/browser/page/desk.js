// The desk: bring a text, mend it, choose how it is printed. The text is edited here, and saved for all to be made anew.

import { item } from "./places.js";

const GONE = "octopub has ended, or cannot be reached. Copy what you wrote.";

const element = (id) => document.getElementById(id);

const say = (where, words) => { element(where).textContent = words; };

const put = (address, body) => fetch(address, { method: "PUT", body }).catch(() => new Response(GONE, { status: 503 }));

export class Desk {
  #words = element("words");
  #isRefused = false;
  #name = null;
  #state = "";
  #asked = null;

  constructor() {
    element("desk").hidden = false;
    element("source").addEventListener("change", ({ target }) => this.#bring(target.files[0]));
    element("texts").addEventListener("change", ({ target }) => this.#open(target));
    element("try").addEventListener("click", () => this.#again());
    element("save").addEventListener("click", () => this.#save());
    this.#words.addEventListener("input", () => {
      element("save").disabled = this.#isRefused;
      say("saved", "");
    });
    this.#words.addEventListener("keydown", (event) => this.#key(event));
    for (const choice of document.querySelectorAll("[data-choice]")) {
      choice.addEventListener("change", () => this.#choose());
    }
    document.addEventListener("place", ({ detail }) => { if (!this.#isRefused) { this.#goTo(detail); } });
    this.#acceptDrops();
    window.addEventListener("beforeunload", (event) => { if (this.#isChanged()) { event.preventDefault(); } });
    this.#take(fetch("/desk"));
  }

  // Another page of this desk may have opened another text. What is not saved here stays.
  follow(state) {
    const name = state.name.replace(/\.[^.]*$/, "");
    if (this.#name !== null && name && name !== this.#name && !this.#isRefused && !this.#isChanged()) {
      this.#name = name;
      this.#take(fetch("/desk"));
    }
  }

  // -- bringing -------------------------------------------------------------------------------

  #acceptDrops() {
    const zone = element("drop");
    document.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { zone.classList.remove("over"); } });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      this.#bring(event.dataTransfer.files[0]);
    });
  }

  #isChanged() { return !element("save").disabled; }

  // Whether what is typed and not saved may go.
  #mayGo() { return !this.#isChanged() || window.confirm("The changes in the text are not saved. Take another one?"); }

  #open(texts) {
    if (this.#mayGo()) {
      this.#take(put(`/desk/open?name=${encodeURIComponent(texts.value)}`));
    } else {
      texts.value = this.#name;
    }
  }

  #bring(file) {
    if (!file || !this.#mayGo()) { return; }
    say("said", `Reading ${file.name} …`);
    this.#take(put(`/desk/source?name=${encodeURIComponent(file.name)}`, file));
    element("source").value = "";
  }

  #again() {
    say("said", "Trying again …");
    const keep = element("keep").checked ? "yes" : "no";
    this.#take(put(`/desk/again?keep=${keep}`, this.#words.value));
  }

  // Show what the server says lies on the desk; of several answers on the way, that to the last question.
  async #take(asked) {
    this.#asked = asked;
    const answer = await asked;
    const told = answer.ok ? await answer.json() : await answer.text();
    if (this.#asked !== asked) { return; }
    if (answer.ok) { this.#show(told); } else { say("said", told || "That did not work."); }
  }

  #show(told) {
    const { activeElement: focused } = document;
    this.#lay(told);
    // What was pressed may have gone.
    if (focused !== document.body && !focused.checkVisibility()) { this.#words.focus({ preventScroll: true }); }
  }

  #lay({ texts, name, text, state, report, faults, isRefused, choices }) {
    this.#isRefused = isRefused;
    this.#name = name;
    this.#state = state;
    this.#words.value = text;
    this.#words.setSelectionRange(0, 0);
    this.#words.scrollTop = 0;
    this.#words.hidden = element("words-label").hidden = !text;
    element("save").disabled = true;
    element("save").hidden = isRefused || !text;
    element("again").hidden = !isRefused || !(text || faults.some(({ code }) => code === "import-unmatched"));
    element("print").hidden = isRefused;
    element("drop").classList.toggle("small", Boolean(name));
    element("words-label").textContent = isRefused ? `${name}, as it was brought: mend it here` : `The text of ${name}`;
    showReport(report);
    element("faults").replaceChildren(...faults.map((each) => item(each, text && (() => this.#goTo(each)))));
    showTexts(texts, isRefused ? "" : name);
    for (const choice of document.querySelectorAll("[data-choice]")) { choice.value = choices[choice.dataset.choice] ?? ""; }
    const taken = report.length > 1 ? `Taken in as ${name}.` : report[0] ?? "";
    say("said", isRefused ? `${name} could not be taken in; below stands why.` : taken);
    say("saved", "");
  }

  // -- mending --------------------------------------------------------------------------------

  #key(event) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (this.#isRefused) { this.#again(); } else { this.#save(); }
    }
  }

  async #save() {
    const words = this.#words.value;
    const address = `/desk/text?name=${encodeURIComponent(this.#name)}&state=${this.#state}`;
    const answer = await put(address, words);
    if (answer.ok) {
      this.#state = (await answer.json()).state;
      element("save").disabled = this.#words.value === words;
    }
    say("saved", answer.ok ? "Saved." : await answer.text());
  }

  async #choose() {
    const choices = Object.fromEntries(
      [...document.querySelectorAll("[data-choice]")].map((choice) => [choice.dataset.choice, choice.value]),
    );
    const answer = await put("/desk/choices", JSON.stringify(choices));
    if (!answer.ok) { say("said", await answer.text()); }
  }

  // Put the cursor where a line of the page stands: the word there is selected, to be seen, and no more than that, since
  // the next key replaces it.
  #goTo({ line, column }) {
    const lines = this.#words.value.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    this.#words.focus();
    this.#words.setSelectionRange(at, at + (lines[line - 1] ?? "").slice(column - 1).match(/^\S*/)[0].length);
    scrollTo(this.#words, at);
  }
}

// A text area scrolls to its cursor only where something is typed: the height of one with the text up to there tells how
// far. (In the area itself another text would be the end of all that can be undone.)
function scrollTo(area, at) {
  const probe = area.cloneNode();
  probe.removeAttribute("id");
  probe.className = "probe";
  probe.style.width = `${area.offsetWidth}px`;
  probe.value = area.value.slice(0, at);
  area.after(probe);
  area.scrollTop = Math.max(0, probe.scrollHeight - area.clientHeight / 2);
  probe.remove();
}

function showReport(report) {
  const panel = element("report");
  panel.hidden = report.length < 2;
  panel.open = false;
  panel.querySelector("summary").textContent = `What the import says: ${report[0]}`;
  panel.querySelector("pre").textContent = report.slice(1).join("\n").trim();
}

function showTexts(texts, name) {
  const options = texts.map((each) => new Option(each, each));
  element("texts").replaceChildren(new Option(texts.length ? "choose one" : "none yet", ""), ...options);
  element("texts").value = name;
}
