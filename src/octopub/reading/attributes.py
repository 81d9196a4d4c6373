"""Attributes in braces: which mean something, and where.

Imports `diagnostics`, `model` and `reading.spans`. Complains about the others; changes nothing.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.spans import span

if TYPE_CHECKING:
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


def judge(node: Node, source: Source) -> list[Diagnostic]:
    """Warnings for the attributes of a node that octopub does not know."""
    known = EVERYWHERE | ALSO.get(node.type, set())
    found = []
    for name in node.attrs:
        if name not in known:
            near = get_close_matches(name, known, 1)
            nearest = f" (did you mean “{near[0]}”?)" if near else ""
            found.append(complain(Code.ATTRIBUTE_UNKNOWN, span(node, source), source.path, name=name, nearest=nearest))
    return found
