"""Notes: which there are, who calls them, and their numbers; and every way in which they can be wrong.

Imports `diagnostics`, `model` and `reading.spans`. The parser finds calls and definitions; all
else is decided here, once, for both outputs (design: the table of notes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import Note
from octopub.reading.source import locate
from octopub.reading.spans import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from octopub.diagnostics import Span
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source

CALLS = ("footnote_ref", "note_inline")

_LOOKS_LIKE_NOTE = re.compile(r"\[\^|\^\[")


def malformed(token: Token, source: Source) -> list[Diagnostic]:
    """Errors for what looks like a note in an inline token, but parsed as none."""
    if "^" not in token.content:
        return []
    return list(_malformed(token.children or (), source))


def _malformed(tokens: Sequence[Token], source: Source) -> Iterator[Diagnostic]:
    for index, token in enumerate(tokens):
        if token.type == "text":
            before = tokens[index - 1] if index else None
            if before and before.type == "link_open" and token.content.startswith("^"):
                yield _none(
                    source, token.meta["at"] - 1, "it is followed by an address, which makes it a link",
                    "put a space behind it, or write `\\[^` for the letters themselves",
                )  # fmt: skip
            for match in _LOOKS_LIKE_NOTE.finditer(token.content):
                yield _unparsed(source, token.meta["at"] + match.start())
        elif token.type == "image":
            for child in token.children or ():
                if child.type in CALLS:
                    yield _none(
                        source, child.meta["at"], "alternative text is no place for a call",
                        "call the note in the caption, the words in quotation marks",
                    )  # fmt: skip
        elif token.children:
            yield from _malformed(token.children, source)


def _unparsed(source: Source, at: int) -> Diagnostic:
    """Why the parser did not take what begins here for a note."""
    if source.text.startswith("^[", at):
        reason, remedy = "its bracket is never closed", "close it, or write `^\\[` for the letters themselves"
    elif source.text.startswith("[^]", at):
        reason, remedy = "it has no label", "write `[^label]`, or `\\[^]` for the letters themselves"
    else:
        reason, remedy = (
            "a label has no spaces and ends with `]`",
            "write `[^label]`, or `\\[^` for the letters themselves",
        )
    return _none(source, at, reason, remedy)


def _none(source: Source, at: int, reason: str, remedy: str) -> Diagnostic:
    line = source.text[at : at + 40].split("\n")[0]
    shown = line[: line.index("]") + 1] if "]" in line else line[:20]
    place = locate(source, at, at + len(shown))
    return complain(Code.NOTE_MALFORMED, place, source.path, text=shown, reason=reason, remedy=remedy)


@dataclass
class Draft:
    """A note while its calls are counted."""

    label: str
    id: str
    node: Node
    blocks: tuple[Node, ...]
    number: int | None = None
    calls: list[str] = field(default_factory=list)


class Notes:
    """All notes of one manuscript: found in its tree, then numbered in the order of first calls."""

    def __init__(self, root: Node, source: Source, unique: Callable[[str], str]) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._unique = unique
        self._by_label: dict[str, Draft] = {}
        self._order: list[Draft] = []
        definitions = [node for node in root.walk() if node.type == "footnote_reference"]
        for node in definitions:
            self._define(node)
        for parent in {node.parent for node in definitions if node.parent}:
            # Out of the text they stand in: a note's blocks are the note's.
            parent.children = [child for child in parent.children if child.type != "footnote_reference"]

    def _define(self, node: Node) -> None:
        label = str(node.meta["label"])
        if known := self._by_label.get(label):
            first, second = (span(each, self.source) for each in (known.node, node))
            self.diagnostics.append(
                complain(
                    Code.NOTE_DUPLICATE, second, self.source.path, label=label, first=first.line, second=second.line
                )
            )
            return
        self._by_label[label] = Draft(label, "", node, tuple(node.children))

    def number(self, nodes: Iterable[Node], first: int) -> list[Draft]:
        """Number the notes that are called for the first time in these nodes (and in those notes, where
        they stand behind their calls), from `first` on; mark each call with its note.

        The drafts become notes (`finish`) when all calls of the book are known.
        """
        begun: list[Draft] = []
        waiting: list[Iterator[Node]] = [_calls(nodes)]
        while waiting:
            call = next(waiting[-1], None)
            if call is None:
                waiting.pop()
                continue
            draft = self._called(call)
            if draft is None:
                continue
            if draft.number is None:
                draft.number = first + len(begun)
                draft.id = self._unique(f"note-{len(self._order) + 1}")
                begun.append(draft)
                self._order.append(draft)
                waiting.append(_calls(draft.blocks))
            call_id = self._unique(f"call-{draft.id.removeprefix('note-')}")
            draft.calls.append(call_id)
            call.meta.update(note=draft.id, number=draft.number, call=call_id, first=len(draft.calls) == 1)
        return begun

    def _called(self, call: Node) -> Draft | None:
        """The note that a call calls; an inline note calls itself."""
        if call.type == "note_inline":
            return Draft(f"^{call.meta['at']}", "", call, (_paragraph(call),))
        label = str(call.meta["label"])
        draft = self._by_label.get(label)
        if draft is None:
            self.diagnostics.append(
                complain(Code.NOTE_UNDEFINED, locate_call(call, self.source), self.source.path, label=label)
            )
        return draft

    def uncalled(self) -> list[Draft]:
        """The notes that nothing called, each with a warning; they have no number."""
        rest = [draft for draft in self._by_label.values() if draft.number is None]
        for draft in rest:
            draft.id = self._unique(f"note-{len(self._order) + 1}")
            self._order.append(draft)
            self.diagnostics.append(
                complain(Code.NOTE_UNCALLED, span(draft.node, self.source), self.source.path, label=draft.label)
            )
        return rest

    def finish(self, drafts: Iterable[Draft]) -> tuple[Note, ...]:
        """The notes as they stand when every call is counted."""
        return tuple(
            Note(draft.label, draft.id, draft.number, draft.blocks, tuple(draft.calls), span(draft.node, self.source))
            for draft in drafts
        )

    def find(self, label: str) -> tuple[str, int | None] | None:
        """The anchor and the number of the note with this label (for `[](#note:label)`)."""
        draft = self._by_label.get(label)
        return (draft.id, draft.number) if draft else None


def locate_call(call: Node, source: Source) -> Span:
    """The span of a call as it is written: `[^label]`."""
    at = call.meta["at"]
    return locate(source, at, at + len(str(call.meta.get("label", ""))) + 3)


def _calls(nodes: Iterable[Node]) -> Iterator[Node]:
    """The calls in these nodes, in the order of the text; not those inside inline notes, which follow
    when their note is reached."""
    for node in nodes:
        if node.type in CALLS:
            yield node
        elif node.children:
            yield from _calls(node.children)


def _paragraph(call: Node) -> Node:
    """An inline note's text, as the one paragraph that it is."""
    opening, inline, closing = (
        Token("paragraph_open", "p", 1), Token("inline", "", 0), Token("paragraph_close", "p", -1),
    )  # fmt: skip
    assert call.token is not None
    inline.children = call.token.children
    for token in (opening, inline):
        token.meta["at"] = call.meta["at"] + 2
    return SyntaxTreeNode([opening, inline, closing]).children[0]


def in_links(root: Node, source: Source) -> list[Diagnostic]:
    """Errors for calls inside a link's text."""
    return [
        complain(Code.NOTE_IN_LINK, locate_call(call, source), source.path)
        for node in root.walk()
        if node.type == "link"
        for call in _calls(node.children)
    ]
