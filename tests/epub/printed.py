"""An EPUB and the PDF whose pages it tells, and where a marked page begins in each: in the EPUB by its text, in the
PDF by what poppler reads. The layout record has no part in it."""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pikepdf
from lxml import etree

from octopub import building
from tests.epub.opened import TYPE, Element, Opened
from tests.tools import pdf_text

HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"

ENOUGH = 30
"""So many letters tell one place from another."""


class Both(NamedTuple):
    """The two editions of a manuscript."""

    epub: Opened
    pdf: bytes
    area: tuple[float, float, float, float]
    """The text block of its pages: left, top, right, bottom (points)."""


@functools.cache
def both(source: str | Path, paper: str = "a5", **options: str) -> Both:
    """A manuscript's EPUB, with the pages of its PDF."""
    loaded = building.load(source, options=building.options({"paper": paper, **options}))
    printed = building.pdf(loaded)
    made = building.epub(loaded, printed.pagination)
    assert printed.content is not None, printed.diagnostics
    assert made.content is not None
    assert printed.record is not None
    return Both(Opened(made.content), printed.content, printed.record.pages[0].area)


def letters(text: str) -> str:
    """What of a text both editions have alike: neither its spaces nor its hyphens, nor what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if not (each.isspace() or each in HYPHENS or unicodedata.category(each) == "Cf"))


class Mark(NamedTuple):
    """A printed page in the EPUB: its label, and the text before and behind its mark in its file."""

    file: str
    element: Element
    before: str
    behind: str

    @property
    def label(self) -> str:
        return str(self.element.get("aria-label"))

    @property
    def is_before_image(self) -> bool:
        """Whether the page begins with an image."""
        following = self.element.getnext()
        return not self.element.tail and following is not None and etree.QName(following).localname == "img"


def marks(epub: Opened) -> list[Mark]:
    """All of them, in reading order."""
    found = []
    for name in epub.spine:
        body = epub.documents[name].find("{*}body")
        assert body is not None
        pieces = list(_pieces(body))
        for index, piece in enumerate(pieces):
            if isinstance(piece, Element):
                texts = ("".join(each for each in side if isinstance(each, str))
                         for side in (pieces[:index], pieces[index:]))  # fmt: skip
                found.append(Mark(name, piece, *texts))
    return found


def _pieces(element: Element) -> list[str | Element]:
    """The text of an element that is shown, and its marks, in their order."""
    if "hidden" in element.attrib:
        return []
    own: list[str | Element] = [element] if element.get(TYPE) == "pagebreak" else []
    found = [*own, element.text or ""]
    for child in element:
        found += [*_pieces(child), child.tail or ""]
    return found


def pages(edition: Both) -> dict[str, str]:
    """The letters of each page, by its label, as they are read: the text first, then its notes; neither running head
    nor folio."""
    with pikepdf.open(io.BytesIO(edition.pdf)) as opened:
        labels = [page.label for page in opened.pages]
    return {label: letters(text) for label, text in zip(labels, pdf_text(edition.pdf, layout=True, area=edition.area), strict=True)}


def misplaced(edition: Both) -> list[str]:
    """The labels of pages that begin with other words than those behind their marks."""
    printed = pages(edition)
    return [mark.label for mark in marks(edition.epub) if not _begins(printed[mark.label], mark)]


def _begins(page: str, mark: Mark) -> bool:
    """Whether a page begins with the words behind a mark. Before them may stand the end of a word that was broken."""
    behind = letters(mark.behind)
    if mark.file == "nav.xhtml":  # it has no page numbers
        page, behind = (re.sub(r"[0-9]", "", each) for each in (page, behind))
        behind = behind[: ENOUGH // 2]  # nor the same depth
    behind = behind[:ENOUGH]
    if not behind:
        return not page
    if mark.is_before_image:  # which may have words of its own
        return behind in page
    if page.startswith(behind):
        return True
    found = re.search(r"[^\s—]+(?:\s+|—\s*)$", mark.before)
    last = letters(found[0]) if found else ""
    return any(page.startswith(last[start:] + behind) for start in range(1, len(last)))
