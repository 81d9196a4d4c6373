"""The books that the reading systems are tried on: each with what its manuscript says, and with page breaks."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from octopub import building
from octopub.epub import make, write
from octopub.faces.catalogue import open_catalogue
from tests.epub.opened import Opened
from tests.readers.said import Said, said_by
from tests.tools import ROOT

TRIAL = Path(__file__).with_name("trial.md")
ESSAY = ROOT / "manuscript/october-1917.md"

APART = "[role=doc-footnote] { break-before: column; -webkit-column-break-before: always }"

BREAKS = {
    "trial": {
        "3": "Sand is what",
        "4": "the harbour master",
        "5": "A mile of beach",
        "6": "neither lamp nor bell",
    },
}


@dataclass(frozen=True)
class Trial:
    """A book on trial."""

    data: bytes
    said: Said
    pages: Mapping[str, list[str]]
    """The first words on each page that the book has a number for."""

    @functools.cached_property
    def file_of(self) -> dict[str, str]:
        """The file that each anchor is in."""
        epub = Opened(self.data)
        return {anchor: name for name in epub.spine for anchor in epub.ids(name)}

    @functools.cached_property
    def texts(self) -> list[str]:
        """The files of the text and of the notes at the end, in reading order."""
        return [*Opened(self.data).texts]


def _made(path: Path) -> tuple[bytes, Said]:
    loaded = building.load(path)
    assert loaded.book is not None, loaded.diagnostics
    package, _ = make(loaded.book, open_catalogue(loaded.project.fonts), loaded.stylesheets)
    write(package, out := io.BytesIO())
    return out.getvalue(), said_by(loaded.book)


@functools.cache
def trial(name: str) -> Trial:
    """The book of this name: `trial` (chapters, and notes at the book's end), or `essay` (all in one file)."""
    data, said = _made({"trial": TRIAL, "essay": ESSAY}[name])
    breaks = BREAKS.get(name, {})
    return Trial(with_pages(data, breaks), said, {label: words.split() for label, words in breaks.items()})


def changed(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """The book with its documents, styles and NCX changed: `change` has a file's name and its content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith((".xhtml", ".css", ".ncx")):
                content = change(entry.filename.removeprefix("EPUB/"), content.decode()).encode()
            new.writestr(entry, content)
    return out.getvalue()


def one_note_a_page(data: bytes) -> bytes:
    """The book with each note at the head of a screen: it is plain then to which one a tap has led. A reader's own
    style would do as much, but epub.js lays out before it heeds it."""
    return changed(data, lambda name, text: f"{text}{APART}" if name == "style.css" else text)


def with_pages(data: bytes, breaks: Mapping[str, str]) -> bytes:
    """The book with page breaks before these words, and the list of its pages."""
    files: dict[str, str] = {}

    def mark(name: str, text: str) -> str:
        for label, words in breaks.items():
            if words in text and name.startswith("text-"):
                files[label] = name
                text = text.replace(words, f"{_marker(label)}{words}", 1)
        return text

    marked = changed(data, mark) if breaks else data
    lines = "".join(f'<li><a href="{files[label]}#page-{label}">{label}</a></li>' for label in breaks)
    listed = f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><ol>{lines}</ol></nav></body>'
    return changed(
        marked, lambda name, text: text.replace("</body>", listed) if lines and name == "nav.xhtml" else text
    )


def _marker(label: str) -> str:
    return f'<span id="page-{label}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{label}"></span>'
