"""The books that the reading systems are tried on: each with what its manuscript says, and with page breaks."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from octopub import building
from tests.epub.opened import ESSAY, Opened
from tests.epub.printed import both, marks, pages
from tests.readers.said import Said, said_by
from tests.tools import pdf_text, words

TRIAL = Path(__file__).with_name("trial.md")

APART = "[role=doc-footnote] { break-before: column; -webkit-column-break-before: always }"

BREAKS = {
    "3": "Sand is what",
    "4": "the harbour master",
    "5": "A mile of beach",
    "6": "neither lamp nor bell",
}
"""The marks of pages in the book `trial`: each label, and the words before which it stands."""

ENOUGH = 4
"""So many words tell one place from another."""


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


@functools.cache
def trial(name: str) -> Trial:
    """The book of this name: `trial` (chapters, notes at the book's end, and a few pages marked by hand), or `essay`
    (all in one file, with the pages of its print edition)."""
    if name == "essay":
        edition = both(ESSAY)
        printed = zip(pages(edition), pdf_text(edition.pdf, layout=True, area=edition.area), strict=True)
        pictured = {mark.label: mark.is_before_image for mark in marks(edition.epub)}
        begins = {
            label: [] if pictured[label] else without_numbers(words(text))[:ENOUGH]
            for label, text in printed
            if label in pictured
        }
        return Trial(edition.epub.data, _said(ESSAY), begins)
    made = building.epub(building.load(TRIAL)).content
    assert made is not None
    return Trial(
        with_pages(made, BREAKS), _said(TRIAL), {label: text.split() for label, text in BREAKS.items()}
    )


def without_numbers(found: list[str]) -> list[str]:
    """The words but for figures: poppler cannot tell a call from a number."""
    return [word for word in found if not word.isdecimal()]


def _said(path: Path) -> Said:
    book = building.load(path).book
    assert book is not None
    return said_by(book)


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
        for label, begin in breaks.items():
            if begin in text and name.startswith("text-"):
                files[label] = name
                text = text.replace(begin, f"{_marker(label)}{begin}", 1)
        return text

    marked = changed(data, mark)
    lines = "".join(f'<li><a href="{files[label]}#page-{label}">{label}</a></li>' for label in breaks)
    listed = f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><ol>{lines}</ol></nav></body>'
    return changed(
        marked, lambda name, text: text.replace("</body>", listed) if name == "nav.xhtml" else text
    )


def _marker(label: str) -> str:
    return f'<span id="page-{label}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{label}"></span>'
