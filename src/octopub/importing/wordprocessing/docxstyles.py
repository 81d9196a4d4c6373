"""The styles and the numbering of Word's files (ECMA-376-1 §17.7, §17.9): what a paragraph or a run comes to.

Imports `lists`, `stylenames` and lxml.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from octopub.importing.wordprocessing.lists import Listed
from octopub.importing.wordprocessing.stylenames import LEVELS, kind_of, level_of, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octopub.importing.trees.tree import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEPTH = 20
"""Styles based on styles: a circle would have no end."""
_OFF = ("0", "false", "off", "none")


@lru_cache(maxsize=256)
def w(name: str) -> str:
    """A name of WordprocessingML's."""
    return f"{{{W}}}{name}"


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML's; `""` where it, or the element, is not there."""
    return (element.get(w(name)) or "") if element is not None else ""


def number(text: str) -> int:
    """A number as it is written; 0 for anything else."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0


@dataclass(slots=True)
class Styles:
    """The styles of a file."""

    root: Element | None
    lang: str = field(default="", init=False)
    """The language of text whose runs name none."""
    _styles: dict[tuple[str, str], Element] = field(default_factory=dict)
    _characters: dict[str, RunForm] = field(default_factory=dict)
    _found: dict[tuple[str, str], Element | None] = field(default_factory=dict)
    """What character styles, and paragraphs' styles (by name and path), come to: asked for by every run."""

    def __post_init__(self) -> None:
        for each in self.root.iter(w("style")) if self.root is not None else ():
            self._styles[value(each, "type"), value(each, "styleId")] = each
        self.lang = self._default_lang()

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEPTH):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = value(style.find(w("basedOn")))

    def kind(self, paragraph: Element) -> str:
        """What a paragraph is: `h1` to `h6`, or as `stylenames.kind_of` says."""
        direct = _outline(paragraph)
        name = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        outline = 0
        for style in self._chain("paragraph", name):
            shown = value(style.find(w("name")))
            if level := level_of(shown):
                return f"h{direct or level}"
            if kind := kind_of(shown):
                return kind
            outline = outline or _outline(style)
        level = direct or outline or level_of(name)
        return f"h{level}" if level else kind_of(name)

    def of_paragraph(self, paragraph: Element, path: str) -> Element | None:
        """A property of a paragraph: its own, or its style's (`path` inside `w:pPr`)."""
        path = "/".join(map(w, ("pPr", *path.split("/"))))
        own = paragraph.find(path)
        return own if own is not None else self._of_style_of(paragraph, path)

    def _of_style_of(self, paragraph: Element, path: str) -> Element | None:
        """What the style of a paragraph says, itself or by what it is based on."""
        key = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")), path
        if key not in self._found:
            owners = self._chain("paragraph", key[0])
            self._found[key] = next(
                (found for each in owners if (found := each.find(path)) is not None), None
            )
        return self._found[key]

    def of_run(self, run: Element) -> RunForm:
        """What a run comes to: its own properties, and its character style's."""
        own = run.find(w("rPr"))
        if own is None:
            return _PLAIN
        style = self._of_characters(value(own.find(w("rStyle"))))
        return RunForm({**style.properties, **_properties(own)}, style.mark)

    def _of_characters(self, name: str) -> RunForm:
        if name not in self._characters:
            chain = [*self._chain("character", name)]
            properties: dict[str, Element] = {}
            for style in reversed(chain):
                properties |= _properties(style.find(w("rPr")))
            marks = (mark_of(value(style.find(w("name")))) for style in chain)
            self._characters[name] = RunForm(properties, next(filter(None, marks), ""))
        return self._characters[name]

    def is_hidden(self, form: RunForm, paragraph: Element) -> bool:
        """Whether a run of a paragraph is hidden text (§17.3.2.41)."""
        found = form.get("vanish")
        if found is None:
            found = self._of_style_of(paragraph, f"{w('rPr')}/{w('vanish')}")
        return _is_on(found)

    def numbering(self, name: str) -> str:
        """The list that a style of lists stands for (§17.9.21); `""` for none."""
        style = self._styles.get(("numbering", name))
        return value(style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")) if style is not None else ""

    def _default_lang(self) -> str:
        if self.root is None:
            return ""
        default = next((each for each in self._styles.values() if _is_default(each)), None)
        named = default.find(f"{w('rPr')}/{w('lang')}") if default is not None else None
        path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "lang")))
        return value(named) or value(self.root.find(path))


@dataclass(frozen=True, slots=True)
class RunForm:
    """The properties that a run comes to, by their names, and the mark that its style's name says."""

    properties: Mapping[str, Element]
    mark: str

    def get(self, name: str) -> Element | None:
        """A property; None where nothing says it."""
        return self.properties.get(w(name))

    def is_on(self, name: str) -> bool:
        """Whether a property that is on or off is on."""
        return _is_on(self.get(name))


_PLAIN = RunForm({}, "")


def _properties(owner: Element | None) -> dict[str, Element]:
    return {str(each.tag): each for each in owner} if owner is not None else {}


def _is_on(found: Element | None) -> bool:
    return found is not None and value(found) not in _OFF


def _is_default(style: Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") not in ("", *_OFF)


def _outline(owner: Element) -> int:
    """The level of a heading that an outline level makes (§17.3.1.20); 0 for text."""
    found = value(owner.find(f"{w('pPr')}/{w('outlineLvl')}"))
    return min(int(found) + 1, LEVELS) if re.fullmatch("[0-8]", found) else 0


@dataclass(slots=True)
class Numbering:
    """The lists of a file, counted as their paragraphs come. Numbers of one abstract list go on from one of its
    lists to the next, unless that begins anew (§17.9)."""

    root: Element | None
    styles: Styles
    _abstract: dict[str, Element] = field(default_factory=dict)
    _lists: dict[str, Element] = field(default_factory=dict)
    _counted: dict[str, Counter[int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.root is not None:
            self._abstract = {value(each, "abstractNumId"): each for each in self.root.iter(w("abstractNum"))}
            self._lists = {value(each, "numId"): each for each in self.root.iter(w("num"))}

    def of(self, paragraph: Element) -> Listed | None:
        """How a paragraph stands in a list; None where it stands in none."""
        name = value(self.styles.of_paragraph(paragraph, "numPr/numId"))
        if name not in self._lists:
            return None
        level = number(value(self.styles.of_paragraph(paragraph, "numPr/ilvl")))
        abstract = self._abstract_of(name)
        definition = self._level(name, abstract, level)
        if definition is None:
            return None
        form = value(definition.find(w("numFmt"))) or "decimal"
        shown = value(definition.find(w("lvlText")))
        if form in ("bullet", "none") and not shown.strip(" \uf020"):
            return Listed(abstract, level, form="", continues=True)
        return Listed(abstract, level, form=form, number=self._count(name, abstract, level, definition))

    def indent(self, paragraph: Element) -> int:
        """How far a list indents a paragraph, in twentieths of a point."""
        name = value(self.styles.of_paragraph(paragraph, "numPr/numId"))
        level = number(value(self.styles.of_paragraph(paragraph, "numPr/ilvl")))
        definition = self._level(name, self._abstract_of(name), level) if name in self._lists else None
        found = definition.find(f"{w('pPr')}/{w('ind')}") if definition is not None else None
        return number(value(found, "start") or value(found, "left"))

    def _abstract_of(self, name: str) -> str:
        for _ in range(_DEPTH):
            abstract = value(self._lists[name].find(w("abstractNumId")))
            linked = value(self._abstract.get(abstract, self._lists[name]).find(w("numStyleLink")))
            behind = self.styles.numbering(linked)
            if not linked or behind not in self._lists:
                return abstract
            name = behind
        return abstract

    def _override(self, name: str, level: int) -> Element | None:
        found = self._lists[name].iter(w("lvlOverride"))
        return next((each for each in found if value(each, "ilvl") == str(level)), None)

    def _level(self, name: str, abstract: str, level: int) -> Element | None:
        override = self._override(name, level)
        for owner in (override, self._abstract.get(abstract)):
            for each in owner.iter(w("lvl")) if owner is not None else ():
                if value(each, "ilvl") == str(level):
                    return each
        return None

    def _count(self, name: str, abstract: str, level: int, definition: Element) -> int:
        counted = self._counted.setdefault(abstract, Counter())
        for deeper in [each for each in counted if each > level]:
            del counted[deeper]
        override = self._override(name, level)
        anew = value(override.find(w("startOverride"))) if override is not None else ""
        if anew and (name, level) not in self._begun:
            counted[level] = number(anew)
        elif level in counted:
            counted[level] += 1
        else:
            counted[level] = number(value(definition.find(w("start"))) or "1")
        self._begun.add((name, level))
        return counted[level]
