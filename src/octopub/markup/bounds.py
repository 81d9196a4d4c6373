"""What a project's stylesheet may not hold: addresses, and more than can be worked on.

Imports tinycss2, `markup.css` and what `reading` knows of addresses in styles. It looks at tokens, wherever
they stand: what no rule uses today may be used tomorrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from octopub.markup.css import Fault
from octopub.reading.svgstyle import ADDRESS_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tinycss2.ast import Node

DEPTH_LIMIT = 40
"""Brackets within one another, those of the tokens included. The built-in set has 11."""
SIZE_LIMIT = 200_000
"""Tokens of CSS in a sheet whose custom properties are filled in. The built-in set has 12,500."""

_BRINGS_IN = frozenset({"import", "font-face"})
_HOLDS = ("content", "arguments")


def addresses(sheet: str) -> tuple[Fault, ...]:
    """Where the sheet names something outside itself, each with what it is. Only a `#place` is none."""
    return tuple(_addresses(_parsed(sheet)))


def _addresses(nodes: Iterable[Node]) -> Iterator[Fault]:
    is_name = False
    for node in nodes:
        if what := _brought_in(node, is_name=is_name):
            yield Fault(node.source_line, node.source_column, what)
        # A namespace's address is a name: nobody goes there.
        is_name = node != ";" if is_name else node.type == "at-keyword" and node.lower_value == "namespace"
        for inside in _HOLDS:
            yield from _addresses(getattr(node, inside, None) or ())


def _brought_in(node: Node, *, is_name: bool) -> str:
    if node.type == "at-keyword" and node.lower_value in _BRINGS_IN:
        return f"@{node.lower_value}"
    if node.type == "url" and not is_name and not node.value.strip().startswith("#"):
        return f"url({_shown(node.value)})"
    if node.type == "error" and node.kind == "bad-url":
        return "url()"
    # What stands in these may be a token's value, which nothing tells from here.
    if node.type == "function" and node.lower_name in ADDRESS_FUNCTIONS and not is_name:
        return f"{node.lower_name}()"
    return ""


def _shown(address: str, limit: int = 40) -> str:
    address = "".join(each if each.isprintable() else "\ufffd" for each in address)
    return address if len(address) <= limit else f"{address[: limit - 1]}…"


def excess(sheet: str, tokens: Mapping[str, str]) -> str | None:
    """What is too much in the sheet, once its custom properties are replaced by these; None if nothing is."""
    try:
        size, _ = _Extent(tokens).of(_parsed(sheet), 0)
    except _TooDeepError:
        return f"brackets stand within one another more than {DEPTH_LIMIT} deep"
    return f"it comes to more than {SIZE_LIMIT} words and marks" if size > SIZE_LIMIT else None


class _TooDeepError(Exception):
    """Brackets within one another go beyond the limit."""


class _Extent:
    """How many nodes there are, and how deep, with custom properties filled in; none is expanded for it."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, nodes: Iterable[Node], level: int) -> tuple[int, int]:
        """The number of nodes, and the height of the brackets above this level. Raises _TooDeepError."""
        if level > DEPTH_LIMIT:
            raise _TooDeepError
        size = height = 0
        for node in nodes:
            size += 1
            for number, above in self._inside(node, level):
                size += number
                height = max(height, above)
        if level + height > DEPTH_LIMIT:
            raise _TooDeepError
        return size, height

    def _inside(self, node: Node, level: int) -> Iterator[tuple[int, int]]:
        if node.type == "function" and node.lower_name == "var":
            names = [each.value for each in node.arguments if each.type == "ident"]
            yield from (self._token(name.removeprefix("--"), level) for name in names)
        for held in filter(None, (getattr(node, each, None) for each in _HOLDS)):
            size, height = self.of(held, level + 1)
            yield size, height + 1

    def _token(self, name: str, level: int) -> tuple[int, int]:
        """The same of a custom property. One that is in a circle has no value, and is nothing."""
        if name not in self._known:
            self._known[name] = 0, 0
            self._known[name] = self.of(_parsed(self._tokens.get(name, "")), level)
        return self._known[name]


def _parsed(sheet: str) -> list[Node]:
    return list(tinycss2.parse_component_value_list(sheet, skip_comments=True))
