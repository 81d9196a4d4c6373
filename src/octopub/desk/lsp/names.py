"""Names: where a manuscript gives its notes and places a name, and where it uses them; and its headings.

Imports `reading`. It reads a text as it is while it is written, with whatever is wrong in it. Everything is told by
offsets in the source's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from octopub.reading import frontmatter, text
from octopub.reading.anchors import Anchors
from octopub.reading.markdown import Markdown
from octopub.reading.spans import words
from octopub.reading.structure import Outline, inline, kind_of, level, take_title
from octopub.reading.tree import grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from octopub.model import Source
    from octopub.reading.tree import Node

NOTE = "note:"
"""What a link to a note has before its label."""


class Kind(Enum):
    """What bears a name."""

    NOTE = "note"
    ANCHOR = "anchor"

    def allows(self, name: str) -> bool:
        """Whether such a thing may be called so."""
        return re.fullmatch(r"[^\[\]\s]+" if self is Kind.NOTE else r"[^\s{}()<>\"#]+", name) is not None


class Mention(NamedTuple):
    """A place where a name stands."""

    kind: Kind
    name: str
    start: int
    end: int
    """Of all that stands for it: `[^label]`, `#anchor`."""
    name_start: int
    name_end: int
    """Of the name itself; of no length where it is not written: a heading that has its anchor of its words."""
    is_definition: bool


class Title(NamedTuple):
    """A heading."""

    words: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one manuscript."""

    mentions: tuple[Mention, ...] = ()
    headings: tuple[Title, ...] = ()
    hints: dict[tuple[Kind, str], str] = field(default_factory=dict)
    """What each thing is, in Markdown: a note's text, a place's words."""
    body: int = 0
    """Where the text begins, behind the front matter."""

    def at(self, offset: int) -> Mention | None:
        """What stands there: of several the shortest."""
        there = [each for each in self.mentions if each.start <= offset <= each.end]
        return min(there, key=lambda each: each.end - each.start, default=None)

    def of(self, one: Mention) -> tuple[Mention, ...]:
        """All mentions of the same thing, in the order of the text."""
        return tuple(each for each in self.mentions if (each.kind, each.name) == (one.kind, one.name))

    def known(self, kind: Kind) -> list[str]:
        """The names of a kind."""
        return sorted({each.name for each in self.mentions if each.kind is kind and each.is_definition})


def names(source: Source) -> Names:
    """The names in a manuscript."""
    front, _ = frontmatter.read(source)
    found = text.parse(source, front.body, Markdown(), None)
    if not found.is_whole:
        return Names(body=front.body)
    root = grow(found.tokens)
    nodes = list(root.walk(include_self=False))
    written = {node: str(node.attrs["id"]) for node in nodes if "id" in node.attrs}
    anchors = Anchors(source)
    for node in written:
        anchors.claim(node)
    title = take_title(root, front.title)
    if title is not None:
        anchors.name_heading(title, words(inline(title)), None)
    Outline(root, kind_of(root, front.options.kind), anchors, source)
    mentions = (*_notes(nodes), *_anchors(nodes, written, source), *_links(nodes, source, front.body))
    in_order = sorted(mentions, key=lambda mention: mention.start)
    hints = {(Kind.ANCHOR, name): said for name, said in anchors.words.items() if said}
    hints |= {(Kind.ANCHOR, name): said for name, said in _captions(nodes)}
    hints |= {(Kind.NOTE, label): said for label, said in _texts(nodes, source)}
    return Names(tuple(in_order), tuple(_headings(nodes)), hints, front.body)


def _notes(nodes: Iterable[Node]) -> Iterator[Mention]:
    """Calls and definitions."""
    for node in nodes:
        if node.type in ("footnote_ref", "footnote_reference"):
            label, at = str(node.meta["label"]), int(node.meta["at"])
            is_definition = node.type == "footnote_reference"
            yield Mention(Kind.NOTE, label, at, at + len(label) + 3, at + 2, at + 2 + len(label), is_definition)


def _texts(nodes: Iterable[Node], source: Source) -> Iterator[tuple[str, str]]:
    """The notes' labels and texts."""
    for node in nodes:
        if node.type == "footnote_reference":
            written = source.text[node.meta["at"] : node.meta["end"]].partition(":")[2]
            first, _, more = written.partition("\n")
            yield str(node.meta["label"]), f"{first.strip()}\n{dedent(more)}".strip()


def _captions(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """The figures' anchors and captions."""
    for node in nodes:
        if node.type == "figure" and "id" in node.attrs and len(node.children) > 1:
            yield str(node.attrs["id"]), words(inline(node.children[1]))


_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_NAME = re.compile(r"(?<=[\s{])#([^\s{}#]+)")


def _anchors(nodes: Iterable[Node], written: dict[Node, str], source: Source) -> Iterator[Mention]:
    """Where places have their names: in braces near them, or none that is written."""
    braces: dict[str, list[int]] = {}
    for group in _ATTRIBUTES.finditer(source.text):
        for found in _NAME.finditer(source.text, group.start(), group.end()):
            braces.setdefault(found[1], []).append(found.start())
    for node in nodes:
        name, at = node.attrs.get("id"), node.meta.get("at", 0)
        if not isinstance(name, str):
            continue
        if node in written and name in braces:
            start = min(braces[name], key=lambda place: abs(place - at))
            end = start + 1 + len(name)
            yield Mention(Kind.ANCHOR, name, start, end, start + 1, end, is_definition=True)
        elif node.type == "heading":
            yield Mention(Kind.ANCHOR, name, at, node.meta["end"], at, at, is_definition=True)


_TARGET = re.compile(r"\]\(\s*<?(#[^\s)>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]*<?(#[^\s>]*)", re.MULTILINE)


def _links(nodes: Sequence[Node], source: Source, body: int) -> Iterator[Mention]:
    """Links to places and notes: where they are written, or where their references are."""
    for node in nodes:
        target = unquote(str(node.attrs.get("href", ""))) if node.type == "link" else ""
        if not target.startswith("#"):
            continue
        last = [*node.walk()][-1].meta.get("at", 0)
        found = _TARGET.search(source.text, max(last, node.meta.get("at", 0)))
        if found and unquote(found[1]) == target:
            yield _link(found)
    code = [(node.meta["at"], node.meta["end"]) for node in nodes if node.type in ("fence", "code_block")]
    for found in _REFERENCE.finditer(source.text, body):
        if not any(start <= found.start() < end for start, end in code):
            yield _link(found)


def _link(found: re.Match[str]) -> Mention:
    target, (start, end) = found[1], found.span(1)
    before, kind = (len(NOTE) + 1, Kind.NOTE) if target.startswith(f"#{NOTE}") else (1, Kind.ANCHOR)
    return Mention(kind, unquote(target[before:]), start, end, start + before, end, is_definition=False)


def _headings(nodes: Iterable[Node]) -> Iterator[Title]:
    """The headings, in their order."""
    for node in nodes:
        if node.type == "heading":
            said = " ".join(words(inline(node)).split())
            yield Title(said, level(node), node.meta["at"], node.meta["end"])
