"""The styles of an OpenDocument text (ODF 1.3 §16): what a style, with all that it is based on, comes to.

Imports `importing.tree` for its types, and lxml.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.tree import Element

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

CLASSES = {
    "title": "title", "subtitle": "subtitle", "author": "author", "date": "date",
    "quote": "quote", "quotations": "quote", "intense quote": "quote", "block text": "quote",
    "block quotation": "quote", "epigraph": "epigraph", "verse": "verse", "poetry": "verse",
    "caption": "caption", "illustration": "caption", "figure": "caption", "table": "caption", "drawing": "caption",
    "preformatted text": "code", "html preformatted": "code", "source code": "code",
}  # fmt: skip
"""What a paragraph is by its style's name, as LibreOffice and Word call it."""
_CHARACTERS = {
    "emphasis": "em", "intense emphasis": "em", "strong emphasis": "strong", "strong": "strong",
    "source text": "code", "html code": "code", "verbatim char": "code",
}  # fmt: skip
_DEPTH = 20
"""Styles based on styles: a circle would have no end."""


class Styles:
    """The styles of a file."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self.lang = ""
        for root in (styles, content):
            if root is None:
                continue
            for each in root.iter(f"{STYLE}style"):
                self._styles[each.get(f"{STYLE}family") or "", each.get(f"{STYLE}name") or ""] = each
            for each in root.iter(f"{TEXT}list-style"):
                self._lists[each.get(f"{STYLE}name") or ""] = each
            for each in root.iter(f"{STYLE}default-style"):
                if each.get(f"{STYLE}family") == "paragraph":
                    self.lang = _language(each) or self.lang

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEPTH):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name") or ""

    def _names(self, family: str, name: str) -> Iterator[str]:
        """The names of a style and those that it is based on, as people see them, in lower case."""
        yield _shown(name)
        for style in self._chain(family, name):
            yield (style.get(f"{STYLE}display-name") or _shown(style.get(f"{STYLE}name") or "")).lower()
            yield _shown(style.get(f"{STYLE}parent-style-name") or "")

    def of_paragraph(self, name: str) -> str:
        """What a paragraph of this style is (see `CLASSES`); `""` for plain text."""
        found = (CLASSES[each] for each in self._names("paragraph", name) if each in CLASSES)
        return next(found, "")

    def level(self, name: str) -> int:
        """The level of a paragraph whose style is a heading's; 0 for others."""
        for each in self._names("paragraph", name):
            if found := re.fullmatch(r"heading ([1-6])", each):
                return int(found[1])
        return 0

    def marks(self, family: str, name: str) -> list[str]:
        """The marks that a style gives to words: as its properties say, the nearest first, or its name."""
        found: list[str] = []
        if family == "text":
            found += (_CHARACTERS[each] for each in self._names(family, name) if each in _CHARACTERS)
        properties: dict[str, str] = {}
        for style in self._chain(family, name):
            if family == "paragraph" and style.get(f"{STYLE}parent-style-name") is None:
                # A named style's look is the look of its kind; only what was changed by hand is emphasis.
                break
            for each in style.iter(f"{STYLE}text-properties"):
                properties = {**{str(key): str(value) for key, value in each.attrib.items()}, **properties}
        return [*dict.fromkeys((*found, *_marks(properties)))]

    def lang_of(self, name: str) -> str:
        """The language of words with this style, `""` if it says nothing."""
        return next((lang for style in self._chain("text", name) if (lang := _language(style))), "")

    def is_ordered(self, name: str, level: int) -> bool:
        """Whether a list of this style counts its items at this level (from 1)."""
        style = self._lists.get(name)
        for each in style if style is not None else ():
            if each.get(f"{TEXT}level") == str(level):
                return each.tag == f"{TEXT}list-level-style-number" and bool(
                    each.get(f"{STYLE}num-format", "1")
                )
        return False


def _marks(properties: dict[str, str]) -> Iterator[str]:
    if properties.get(f"{FO}font-weight") in ("bold", "600", "700", "800", "900"):
        yield "strong"
    if properties.get(f"{FO}font-style") in ("italic", "oblique"):
        yield "em"
    if properties.get(f"{FO}font-variant") == "small-caps":
        yield "small-caps"
    if properties.get(f"{STYLE}text-line-through-style", "none") != "none":
        yield "s"
    position = properties.get(f"{STYLE}text-position", "").split(" ")[0]
    if position and position not in ("0%", "0"):
        yield "sub" if position.startswith(("-", "sub")) else "sup"


def _language(style: Element) -> str:
    for each in style.iter(f"{STYLE}text-properties"):
        language, country = each.get(f"{FO}language") or "", each.get(f"{FO}country") or ""
        if language and language not in ("none", "zxx"):
            return f"{language}-{country}" if country and country != "none" else language
    return ""


def _shown(name: str) -> str:
    """A style's name as people see it: `Heading_20_1` is “heading 1”."""
    return re.sub(r"_([0-9a-f]{2,4})_", lambda found: chr(int(found[1], 16)), name).lower()
