"""How much a drawing comes to when it is painted, which its size does not tell: a few lines that use each other
ten times can be a thousand million shapes.

Imports lxml. It counts; nothing is painted or written out for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

BYTES_LIMIT = 20_000_000
"""Bytes of a drawing."""
TAGS_LIMIT = 150_000
"""Tags of a drawing."""
SHAPES_LIMIT = 100_000
"""Elements of a drawing, counted as often as they are painted."""
BRACKETS_LIMIT = 40
"""Brackets within one another in a style."""

_PLACE = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_WORD = re.compile(r"[\w-]+")
_ANY = re.compile(r"[*:\[]")
_DEEPER, _HIGHER = "([{", ")]}"


def nests_too_deep(style: str) -> bool:
    """Whether brackets stand within one another beyond the limit."""
    depth = 0
    for character in style if len(style) > BRACKETS_LIMIT else "":
        depth += (character in _DEEPER) - (character in _HIGHER and depth > 0)
        if depth > BRACKETS_LIMIT:
            return True
    return False


def is_too_much(drawing: etree._Element) -> bool:
    """Whether more elements are painted than the limit, with each reference to a place in the drawing counted as
    what stands there."""
    return _Painted(drawing).times(drawing) > SHAPES_LIMIT


class _Painted:
    """How many elements each element comes to."""

    def __init__(self, drawing: etree._Element) -> None:
        self._by_id = {str(each.get("id")): each for each in drawing.iterfind(".//*[@id]")}
        self._known: dict[str, int] = {}
        self._rules = [
            (head, _PLACE.findall(body))
            for each in drawing.iter()
            if str(each.tag).endswith("}style")
            for head, body in _RULE.findall(each.text or "")
            if "url(" in body
        ]

    def times(self, element: etree._Element) -> int:
        """The elements that are painted for this one. What uses itself is not painted again (SVG 2 §5.6.2)."""
        return 1 + sum(map(self._target, self._references(element))) + sum(map(self.times, element))

    def _target(self, name: str) -> int:
        target = self._by_id.get(name)
        if target is None:
            return 0
        if name not in self._known:
            self._known[name] = 0
            self._known[name] = self.times(target)
        return self._known[name]

    def _references(self, element: etree._Element) -> Iterator[str]:
        """The places that an element names, or that a rule names which may be meant for it."""
        words = {str(element.tag).rpartition("}")[2], element.get("id"), *(element.get("class") or "").split()}
        for name, value in element.attrib.items():
            if str(name).endswith("href") and str(value).startswith("#"):
                yield str(value)[1:]
            elif "url(" in str(value):
                yield from _PLACE.findall(str(value))
        for head, places in self._rules:
            if _ANY.search(head) or words & set(_WORD.findall(head)):
                yield from places
