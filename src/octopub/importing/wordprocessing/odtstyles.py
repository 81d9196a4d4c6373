"""The styles of an OpenDocument text (ODF 1.3 §16): what a style, with all that it is based on, comes to.

Imports `office`, `stylenames` and lxml.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.wordprocessing.odtnames import FO, OFFICE, STYLE, TEXT
from octopub.importing.wordprocessing.office import script_of
from octopub.importing.wordprocessing.stylenames import LEVELS, kind_of, level_of, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.trees.tree import Element

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

    def kind(self, name: str, outline: int) -> str:
        """What a paragraph of this style is: `h1` to `h6`, or as `stylenames.kind_of` says. `outline` is the level
        that the paragraph itself names, 0 for none."""
        for each in self._names("paragraph", name):
            if level := level_of(each):
                return f"h{outline or level}"
            if kind := kind_of(each):
                return kind
        level = outline or next(filter(None, map(_outline, self._chain("paragraph", name))), 0)
        return f"h{min(level, LEVELS)}" if level else ""

    def paragraph(self, name: str, key: str) -> str:
        """A property of paragraphs with this style."""
        for style in self._chain("paragraph", name):
            for each in style.iter(f"{STYLE}paragraph-properties"):
                if found := each.get(key):
                    return str(found)
        return ""

    def font(self, name: str) -> str:
        """The font of words with this style; `""` where it says nothing."""
        for style in self._chain("text", name):
            for each in style.iter(f"{STYLE}text-properties"):
                if found := each.get(f"{STYLE}font-name") or each.get(f"{FO}font-family"):
                    return str(found).strip("'")
        return ""

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether words with this style are hidden."""
        for style in self._chain(family, name):
            for each in style.iter(f"{STYLE}text-properties"):
                if found := each.get(f"{TEXT}display"):
                    return bool(found == "none")
        return False

    def marks(self, family: str, name: str) -> list[str]:
        """The marks that a style gives to words: as its properties say, the nearest first, or its name."""
        found: list[str] = []
        if family == "text":
            found += filter(None, map(mark_of, self._names(family, name)))
        properties: dict[str, str] = {}
        for style in self._chain(family, name):
            owner = style.getparent()
            if family == "paragraph" and (owner is None or owner.tag != f"{OFFICE}automatic-styles"):
                # A named style's look is the look of its kind; only what was changed by hand is emphasis.
                break
            for each in style.iter(f"{STYLE}text-properties"):
                properties = {**{str(key): str(value) for key, value in each.attrib.items()}, **properties}
        return [*dict.fromkeys((*found, *_marks(properties)))]

    def lang_of(self, family: str, name: str, text: str) -> str:
        """The language of words with this style, `""` if it says nothing."""
        script = script_of(text)
        return next((lang for style in self._chain(family, name) if (lang := _language(style, script))), "")

    def form(self, name: str, level: int) -> tuple[str, int]:
        """How a list of this style counts its items at this level (from 0), and the first number; `""` where
        nothing stands before the items."""
        style = self._lists.get(name)
        for each in style if style is not None else ():
            if each.get(f"{TEXT}level") != str(level + 1):
                continue
            if each.tag == f"{TEXT}list-level-style-number":
                first = each.get(f"{TEXT}start-value") or "1"
                return each.get(f"{STYLE}num-format", "1"), int(first) if first.isdecimal() else 1
            return "bullet" if (each.get(f"{TEXT}bullet-char") or "•").strip() else "", 1
        return "bullet", 1


def _outline(style: Element) -> int:
    found = style.get(f"{STYLE}default-outline-level") or ""
    return int(found) if re.fullmatch("[1-9]", found) else 0


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


def _language(style: Element, script: str = "") -> str:
    suffix = f"-{script}" if script else ""
    names = (f"{STYLE if script else FO}{key}{suffix}" for key in ("language", "country"))
    keys = tuple(names)
    for each in style.iter(f"{STYLE}text-properties"):
        language, country = (each.get(key) or "" for key in keys)
        if language and language not in ("none", "zxx"):
            return f"{language}-{country}" if country and country != "none" else language
    return ""


def _shown(name: str) -> str:
    """A style's name as people see it: `Heading_20_1` is “heading 1”."""
    return re.sub(r"_([0-9a-f]{2,4})_", lambda found: chr(int(found[1], 16)), name).lower()
