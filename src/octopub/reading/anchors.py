"""Anchors: every name that a link in the book can lead to, each given once.

Imports `diagnostics`, `model` and `reading.spans`. A name that the author wrote is kept as it is; a
heading without one gets its words; names that octopub needs itself (notes, calls) step aside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.spans import span

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source

_WORDS = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")


class Anchors:
    """The register of one manuscript's anchors."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.words: dict[str, str] = {}
        """Each anchor that a link may name, with the words that name its target."""
        self._taken: dict[str, Node | None] = {}
        self._numbers: dict[str, int] = {}
        """The last number that made a name new."""

    def claim(self, node: Node) -> None:
        """Enter the anchor that the author gave a node, if there is one."""
        name = node.attrs.get("id")
        if not isinstance(name, str):
            return
        if name in self._taken:
            first = self._taken[name]
            here = span(node, self.source)
            line = span(first, self.source).line if first else here.line
            self.diagnostics.append(
                complain(
                    Code.ANCHOR_DUPLICATE, here, self.source.path, anchor=name, first=line, second=here.line
                )
            )
            return
        self._taken[name] = node
        self.words[name] = ""

    def name_heading(self, heading: Node, text: str, parent: str | None) -> str:
        """The heading's anchor: its own, or one made from its words. Where those stand already, the
        anchor of the section it is in goes before them, so that it stays the same when headings
        elsewhere change."""
        own = heading.attrs.get("id")
        if not isinstance(own, str):
            own = slug(text)
            if own in self._taken and parent:
                own = f"{parent}-{own}"
            own = self.unique(own)
            heading.attrs["id"] = own
        self.words[own] = text
        return own

    def unique(self, name: str) -> str:
        """The name, or the name with the first number that makes it new; it is taken from now on."""
        candidate, number = name, self._numbers.get(name, 1)
        while candidate in self._taken:
            number += 1
            candidate = f"{name}-{number}"
        self._numbers[name] = number
        self._taken[candidate] = None
        return candidate


def slug(text: str) -> str:
    """An anchor from words: lower case, joined by hyphens. It begins with a letter, as an XML name
    must (XML 1.0 §2.3)."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).lower()
    name = "-".join(_WORDS.findall(plain)).replace("_", "-").strip("-")
    return name if name[:1].isalpha() else f"s-{name}".rstrip("-")
