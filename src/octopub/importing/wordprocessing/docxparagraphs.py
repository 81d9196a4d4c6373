"""What each of Word's paragraphs is, how it stands in a list, how it is aligned.

Imports `docxstyles`, `docxtext`, `lists`, `office` and lxml.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.wordprocessing.docxstyles import number, value, w
from octopub.importing.wordprocessing.docxtext import text_in
from octopub.importing.wordprocessing.lists import Listed
from octopub.importing.wordprocessing.office import SIDES

if TYPE_CHECKING:
    from octopub.importing.trees.tree import Element
    from octopub.importing.wordprocessing.docxstyles import Numbering, Styles

STYLE = "octopub-"
"""How the names of styles begin that say what a paragraph is."""

_VML = "{urn:schemas-microsoft-com:vml}"
_HR = "{urn:schemas-microsoft-com:office:office}hr"
_INDENT = 280
"""Twentieths of a point: from here on an indent is meant."""


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs settled so far."""

    styles: Styles
    numbering: Numbering
    listed: dict[Element, Listed] = field(default_factory=dict)
    aligned: dict[Element, str] = field(default_factory=dict)
    quoted: list[Element] = field(default_factory=list)
    """Those that are quotations by their indent only."""
    _indents: dict[int, int] = field(default_factory=dict)
    """How far the items of the list that is open are indented, by level."""

    def settle(self, story: Element, contents: set[Element]) -> None:
        """Say of each paragraph of a story what it is, by a style of ours. `contents` are those of a table of
        contents."""
        self._indents = {}
        for each in story.iter(w("p")):
            kind = "toc" if each in contents else self.styles.kind(each) or ("rule" if _is_rule(each) else "")
            left, right = self._sides(each)
            listed = None if kind else self._in_list(each, left)
            if listed is None:
                self._indents = {}
                if not kind and min(left, right) >= _INDENT and text_in(each):
                    kind = "quote"
                    self.quoted.append(each)
            else:
                self.listed[each] = listed
            if side := SIDES.get(value(self.styles.of_paragraph(each, "jc"))):
                self.aligned[each] = side
            _restyle(each, kind)

    def _sides(self, paragraph: Element) -> tuple[int, int]:
        """How far a paragraph is indented, from the left and from the right."""
        found = self.styles.of_paragraph(paragraph, "ind")
        left = value(found, "start") or value(found, "left")
        return number(left), number(value(found, "end") or value(found, "right"))

    def _in_list(self, paragraph: Element, left: int) -> Listed | None:
        """How a paragraph stands in a list: by its numbering, or behind an item and indented as that is."""
        listed = self.numbering.of(paragraph)
        if listed is None:
            if left <= 0 or not text_in(paragraph):
                return None
            level = max((level for level, at in self._indents.items() if 0 < at <= left), default=-1)
            return Listed("", level, form="", continues=True) if level >= 0 else None
        if not listed.continues:
            self._indents = {level: at for level, at in self._indents.items() if level < listed.level}
            self._indents[listed.level] = left or self.numbering.indent(paragraph)
        return listed


def _restyle(paragraph: Element, kind: str) -> None:
    """Leave of a paragraph's properties its kind."""
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        paragraph.remove(properties)
    properties = etree.Element(w("pPr"))
    if kind:
        etree.SubElement(properties, w("pStyle")).set(w("val"), f"{STYLE}{kind}")
    paragraph.insert(0, properties)


def _is_rule(paragraph: Element) -> bool:
    """Whether a paragraph is only a line across the page."""
    if text_in(paragraph) or paragraph.find(f".//{w('drawing')}") is not None:
        return False
    has_border = paragraph.find(f"{w('pPr')}/{w('pBdr')}/{w('bottom')}") is not None
    return has_border or any(each.get(_HR) in ("t", "true", "1") for each in paragraph.iter(f"{_VML}rect"))
