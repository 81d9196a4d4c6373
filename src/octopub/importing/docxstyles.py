"""The styles and the numbering of Word's files (ECMA-376-1 §17.7, §17.9): what a paragraph or a run comes to.

Imports `importing.lists`, `importing.stylenames` and lxml.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing.lists import Listed
from octopub.importing.stylenames import LEVELS, kind_of, level_of, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.tree import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEPTH = 20
"""Styles based on styles: a circle would have no end."""
_OFF = ("0", "false", "off", "none")


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
    _styles: dict[tuple[str, str], Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.root.iter(w("style")) if self.root is not None else ():
            self._styles[value(each, "type"), value(each, "styleId")] = each

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
        name = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        owners = (paragraph, *self._chain("paragraph", name))
        return next((found for each in owners if (found := each.find(path)) is not None), None)

    def of_run(self, run: Element, name: str) -> Element | None:
        """A property of a run: its own, or its character style's."""
        path = f"{w('rPr')}/{w(name)}"
        style = value(run.find(f"{w('rPr')}/{w('rStyle')}"))
        owners = (run, *self._chain("character", style))
        return next((found for each in owners if (found := each.find(path)) is not None), None)

    def is_on(self, run: Element, name: str) -> bool:
        """Whether a property that is on or off is on in a run."""
        found = self.of_run(run, name)
        return found is not None and value(found) not in _OFF

    def mark(self, run: Element) -> str:
        """The mark that the name of a run's character style says."""
        style = value(run.find(f"{w('rPr')}/{w('rStyle')}"))
        names = (value(each.find(w("name"))) for each in self._chain("character", style))
        return next((mark for each in names if (mark := mark_of(each))), "")

    def is_hidden(self, run: Element, paragraph: Element | None) -> bool:
        """Whether a run is hidden text (§17.3.2.41)."""
        if self.of_run(run, "vanish") is not None:
            return self.is_on(run, "vanish")
        name = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) if paragraph is not None else ""
        found = (each.find(f"{w('rPr')}/{w('vanish')}") for each in self._chain("paragraph", name))
        return any(each is not None and value(each) not in _OFF for each in found)

    def numbering(self, name: str) -> str:
        """The list that a style of lists stands for (§17.9.21); `""` for none."""
        style = self._styles.get(("numbering", name))
        return value(style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")) if style is not None else ""

    @property
    def lang(self) -> str:
        """The language of text whose runs name none."""
        if self.root is None:
            return ""
        default = next((each for each in self._styles.values() if _is_default(each)), None)
        named = default.find(f"{w('rPr')}/{w('lang')}") if default is not None else None
        path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "lang")))
        return value(named) or value(self.root.find(path))


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
