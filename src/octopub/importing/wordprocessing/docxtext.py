"""The words of Word's paragraphs, as the proof counts them.

Imports `docxstyles` and lxml. Read from the XML, not from what mammoth makes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.wordprocessing.docxstyles import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.trees.tree import Element

_PARTING = frozenset(("tab", "br", "footnoteReference", "endnoteReference", "drawing", "object"))
"""What parts words in a line. (Mammoth puts what is in a `pict` behind the paragraph.)"""


def _texts(paragraph: Element) -> Iterator[str]:
    """What a paragraph says itself, not what stands in a frame inside it."""
    for each in paragraph:
        name = etree.QName(each).localname
        if name == "t":
            yield each.text or ""
        elif name in _PARTING:
            yield " "
        elif name not in ("p", "pPr", "rPr"):
            yield from _texts(each)


def text_of(paragraph: Element) -> str:
    """A paragraph's text."""
    return "".join(_texts(paragraph))


def text_in(element: Element) -> str:
    """All that an element's paragraphs say, in one line."""
    return line(" ".join(map(text_of, element.iter(w("p")))))


def line(text: str | None) -> str:
    """A text with single spaces."""
    return " ".join((text or "").split())
