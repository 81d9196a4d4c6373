"""Structure: title, headings, kind and chapters.

Imports `model`, `diagnostics` and the parts of `reading` that it leads. Takes the tree of the whole
manuscript apart into chapters; resolves nothing inside them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import Heading, Kind
from octopub.reading.spans import span, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source
    from octopub.reading.anchors import Anchors

HANDOUT_WORDS = 1500
"""Under so many words, and without headings, a text is a handout."""

CHAPTERS = 2
"""So many level-1 headings make a book."""


def inline(node: Node) -> Sequence[Node]:
    """The inline nodes of a block that has text (a heading, a paragraph)."""
    return node.children[0].children if node.children else []


def level(heading: Node) -> int:
    """The level as written, from 1 to 6."""
    return int(heading.tag[1])


def take_title(root: Node, title: str | None) -> Node | None:
    """Take the heading that is the title out of the tree, if there is one: the one level-1 heading, where
    it stands first, or a first one that has the metadata title's words."""
    blocks = [node for node in root.children if node.type != "footnote_reference"]
    if not blocks or blocks[0].type != "heading" or level(blocks[0]) != 1:
        return None
    first = blocks[0]
    if title is None:
        if sum(node.type == "heading" and level(node) == 1 for node in blocks) > 1:
            return None
    elif _words(title) != _words(words(inline(first))):
        return None
    root.children = [node for node in root.children if node is not first]
    return first


def _words(text: str) -> list[str]:
    letters = (c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return "".join(letters).split()


def word_count(root: Node) -> int:
    """The words of the manuscript, notes included."""
    return sum(len(node.content.split()) for node in root.walk() if node.type in ("text", "code_inline"))


def kind_of(root: Node, wanted: Kind | None) -> Kind:
    """What the manuscript is: as `octopub.kind` says, or by its headings and length."""
    if wanted:
        return wanted
    headings = [node for node in root.children if node.type == "heading"]
    if sum(level(node) == 1 for node in headings) >= CHAPTERS:
        return Kind.BOOK
    if not headings and word_count(root) < HANDOUT_WORDS:
        return Kind.HANDOUT
    return Kind.ESSAY


@dataclass
class Section:
    """A heading while the ones under it are gathered."""

    node: Node
    id: str
    rank: int
    text: str
    under: list[Section] = field(default_factory=list)

    def finish(self, source: Source) -> Heading:
        """The heading as a value, with those under it."""
        short = self.node.attrs.get("short")
        return Heading(
            id=self.id,
            level=self.rank,
            content=tuple(inline(self.node)),
            text=self.text,
            short=str(short) if short else None,
            span=span(self.node, source),
            children=tuple(section.finish(source) for section in self.under),
        )


class Outline:
    """The headings of the text: their anchors, their ranks without gaps, and how they nest."""

    def __init__(self, root: Node, kind: Kind, anchors: Anchors, source: Source) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.sections: dict[Node, Section] = {}
        self._base = 1 if kind is Kind.BOOK else 2
        self._anchors = anchors
        self._source = source
        self._open: list[Section] = []
        for node in root.children:
            if node.type == "heading":
                self._enter(node)
        for node in root.walk():
            if node.type == "heading" and node not in self.sections:
                self._enter_inner(node)

    def _enter(self, node: Node) -> None:
        text = self._words(node)
        written = level(node)
        before = level(self._open[-1].node) if self._open else written
        while self._open and level(self._open[-1].node) >= written:
            self._open.pop()
        if written > before + 1:
            self._complain(node, Code.HEADING_SKIPPED, level=written, before=before, expected=before + 1)
        parent = self._open[-1] if self._open else None
        rank = self._base + len(self._open)
        if self._base == 1 and written > 1:
            rank = max(rank, 2)
        anchor = self._anchors.name_heading(node, text, parent.id if parent else None)
        section = Section(node, anchor, min(rank, 6), text)
        node.meta.update(rank=section.rank, depth=rank)
        self.sections[node] = section
        if parent:
            parent.under.append(section)
        self._open.append(section)

    def _enter_inner(self, node: Node) -> None:
        """A heading inside a quotation or a list: it has an anchor, but no place in the contents."""
        self._anchors.name_heading(node, self._words(node), None)
        node.meta["rank"] = max(2, level(node))
        node.meta["inner"] = True

    def _words(self, node: Node) -> str:
        """A heading's words, without the calls in it. It needs some: for contents, bookmarks and anchors."""
        text = " ".join(words(inline(node)).split())
        if not text:
            self._complain(node, Code.HEADING_EMPTY)
        return text

    def _complain(self, node: Node, code: Code, **fields: object) -> None:
        self.diagnostics.append(complain(code, span(node, self._source), self._source.path, **fields))

    def unique(self, name: str) -> str:
        """An anchor for what has no heading."""
        return self._anchors.unique(name)

    def top(self, nodes: Iterable[Node]) -> list[Section]:
        """The sections of these blocks that stand in no other of them."""
        own = [self.sections[node] for node in nodes if node in self.sections]
        inside = {id(section) for outer in own for section in outer.under}
        return [section for section in own if id(section) not in inside]


@dataclass(frozen=True)
class Part:
    """The blocks of a chapter, with its heading's node if it has one."""

    heading: Node | None
    blocks: tuple[Node, ...]


def parts(root: Node, kind: Kind) -> list[Part]:
    """The manuscript's blocks by chapter: a book's at its level-1 headings, any other text in one."""
    blocks = [node for node in root.children if node.type != "footnote_reference"]
    if kind is not Kind.BOOK:
        return [Part(None, tuple(blocks))]
    starts = {i: None for i, node in enumerate(blocks) if node.type == "heading" and level(node) == 1}
    bounds = [*({0: None} | starts), len(blocks)]
    found = []
    for begin, end in pairwise(bounds):
        heading = blocks[begin] if begin in starts else None
        found.append(Part(heading, tuple(blocks[begin:end])))
    return found
