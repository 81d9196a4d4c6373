// Where something stands in the manuscript, and what octopub has to say about it.

function address(editor, line, column) {
  return editor.replace("{line}", line).replace("{column}", column);
}

function made(tag, text, name) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) { element.className = name; }
  return element;
}

// Says where a line of a page stands, and offers to open it there.
export class Place {
  editor = "";
  name = "";
  #panel;

  constructor(panel) { this.#panel = panel; }

  // `isAgain` is whether it is asked for once more: then it is opened.
  show({ line, column, text }, isAgain = false) {
    const link = this.link(line, column);
    const parts = [made("strong", `${this.name}, line ${line}`), made("span", text, "words"), link];
    const shown = document.createElement("p");
    shown.append(...parts.filter(Boolean));
    this.#panel.replaceChildren(shown);
    if (isAgain) { link?.click(); }
    this.#panel.dispatchEvent(new CustomEvent("place", { bubbles: true, detail: { line, column } }));
  }

  // A link that has the editor open this line; none where there is no editor.
  link(line, column) {
    if (!this.editor) { return null; }
    const link = made("a", "Open in the editor", "button");
    link.href = address(this.editor, line, column || 1);
    link.setAttribute("aria-label", `Open line ${line} in the editor`);
    return link;
  }
}

// The list of complaints; those with a line lead to the page.
export class Complaints {
  #panel;
  #place;
  #goTo;
  #shown = "";

  constructor(panel, place, goTo) {
    this.#panel = panel;
    this.#place = place;
    this.#goTo = goTo;
  }

  show(diagnostics) {
    const shown = JSON.stringify(diagnostics);
    if (shown === this.#shown) { return; }
    this.#shown = shown;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    this.#panel.querySelector("summary").textContent = summary(errors, diagnostics.length - errors);
    const list = this.#panel.querySelector("ol");
    const isFocused = list.contains(document.activeElement);
    list.replaceChildren(...diagnostics.map((each) => this.#item(each)));
    if (isFocused) { this.#panel.querySelector("summary").focus(); }
    if (errors) { this.#panel.open = true; }
  }

  #item(complaint) {
    const { message, line, column } = complaint;
    return item(complaint, () => {
      this.#goTo(line);
      this.#place.show({ line, column, text: message });
    });
  }
}

// A complaint; where it has a line, this leads to it by what `lead` does.
export function item({ severity, code, message, line }, lead) {
  const entry = document.createElement("li");
  if (line && lead) {
    const button = made("button", `line ${line}`);
    button.type = "button";
    button.addEventListener("click", lead);
    entry.append(button);
  }
  entry.append(made("span", severity, severity), " ", ...said(message), " ", made("code", code));
  return entry;
}

// A message, with what is to be typed as code.
export function said(message) {
  const parts = message.split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 ? made("code", part) : part));
}

function summary(errors, warnings) {
  const counted = [[errors, "error"], [warnings, "warning"]].filter(([count]) => count);
  return counted.map(([count, thing]) => `${count} ${thing}${count === 1 ? "" : "s"}`).join(", ") || "No complaints";
}
