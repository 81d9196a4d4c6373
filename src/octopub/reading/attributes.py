"""Attributes: which mean something, where, and with what value.

Imports `diagnostics`, `model`, `reading.spans` and `reading.langtag`. Complains about the others; changes
nothing.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.langtag import normalise
from octopub.reading.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source

EVERYWHERE = frozenset({"id", "class", "lang", "dir"})
ALSO = {
    "heading": {"short"},
    "image": {"src", "alt", "title", "width"},
    "link": {"href", "title"},
    "ordered_list": {"start"},
    "td": {"style"},
    "th": {"style"},
    "raw": {"title"},
}
"""What a node may carry besides; `style` is the parser's own, for a cell's alignment."""

WIDTH = re.compile(r"(?:100|[1-9]?\d)(?:\.\d+)?%")
"""An image's width: a part of the line's."""

_VALUES = {
    "id": (re.compile(r"\S+"), "anchor", "it has a space in it", "letters and hyphens"),
    "dir": (re.compile("ltr|rtl|auto"), "direction", "it is another word", "`ltr`, `rtl` or `auto`"),
    "start": (re.compile(r"\d+"), "number", "a list begins with one", "figures"),
}  # fmt: skip
"""Attributes whose values are checked: the pattern, and what is said where they do not match it."""


def judge(node: Node, source: Source) -> Iterator[Diagnostic]:
    """Complaints about the attributes of a node that octopub does not know, or whose values it cannot use."""
    known = EVERYWHERE | ALSO.get(node.type, set())
    for name, given in node.attrs.items():
        value = str(given)
        if name not in known or (name == "alt" and value):
            # The alternative text stands in the bracket and nowhere else; the parser's own is empty.
            near = get_close_matches(name, known - {name}, 1)
            nearest = f" (did you mean “{near[0]}”?)" if near else ""
            yield _complain(node, source, Code.ATTRIBUTE_UNKNOWN, name=name, nearest=nearest)
        elif name == "lang" and not normalise(value):
            yield _complain(node, source, Code.LANG_INVALID, value=value)
        elif name == "width" and not WIDTH.fullmatch(value):
            reason = "the width of an image is a part of the line's, such as `50%`"
            yield _complain(node, source, Code.VALUE_UNUSED, value=value, reason=reason)
        elif name in _VALUES and not _VALUES[name][0].fullmatch(value):
            _, key, reason, expected = _VALUES[name]
            yield _complain(
                node, source, Code.VALUE_INVALID, value=value, key=key, reason=reason, expected=expected
            )


def _complain(node: Node, source: Source, code: Code, **fields: object) -> Diagnostic:
    return complain(code, span(node, source), source.path, **fields)
