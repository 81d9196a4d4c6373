"""Notes: which there are, who calls them, and their numbers; and every way in which they can be wrong.

Imports `diagnostics`, `model` and `reading.spans`. The parser finds calls and definitions; all
else is decided here, once, for both outputs (design: the table of notes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it.token import Token

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import Note
from octopub.reading.source import locate
from octopub.reading.spans import has_words, span
from octopub.reading.tree import grow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.diagnostics import Span
    from octopub.model import Source

CALLS = ("footnote_ref", "note_inline")

CONTAINERS = ("blockquote", "bullet_list", "ordered_list", "list_item")

NOT_A_LABEL = (
    "a label has no spaces and ends with `]`",
    "write `[^label]`, or `\\[^` for the letters themselves",
)
"""Why `[^a b]` is no note, and what to do."""

_LOOKS_LIKE_NOTE = re.compile(r"\[\^|\^\[")


def malformed(tokens: Sequence[Token], source: Source) -> Iterator[Diagnostic]:
    """Errors for what looks like a note in the text of a block, but parsed as none."""
    for index, token in enumerate(tokens):
        if token.type == "text":
            if token.content.startswith("^") and index and tokens[index - 1].type == "link_open":
                yield not_a_note(
                    source, token.meta["at"] - 1, "it is followed by an address, which makes it a link",
                    "put a space behind it, or write `\\[^` for the letters themselves",
                )  # fmt: skip
            for match in _LOOKS_LIKE_NOTE.finditer(token.content) if "^" in token.content else ():
                yield _unparsed(source, token.meta["at"] + match.start())
        elif token.type == "image":
            for child in token.children or ():
                if child.type in CALLS:
                    yield not_a_note(
                        source, child.meta["at"], "alternative text is no place for a call",
                        "call the note in the caption, the words in quotation marks",
                    )  # fmt: skip
        elif token.children:
            yield from malformed(token.children, source)


def _unparsed(source: Source, at: int) -> Diagnostic:
    """Why the parser did not take what begins here for a note."""
    if source.text.startswith("^[", at):
        reason, remedy = "its bracket is never closed", "close it, or write `^\\[` for the letters themselves"
    elif source.text.startswith("[^]", at):
        reason, remedy = "it has no label", "write `[^label]`, or `\\[^]` for the letters themselves"
    else:
        reason, remedy = NOT_A_LABEL
    return not_a_note(source, at, reason, remedy)


def not_a_note(source: Source, at: int, reason: str, remedy: str) -> Diagnostic:
    """An error about what looks like a note at this offset."""
    line = source.text[at : at + 40].split("\n")[0]
    shown = line[: line.index("]") + 1] if "]" in line else line[:20]
    place = locate(source, at, at + len(shown))
    return complain(Code.NOTE_MALFORMED, place, source.path, text=shown, reason=reason, remedy=remedy)


def forbidden(nodes: Iterable[Node], source: Source) -> Iterator[Diagnostic]:
    """Errors for notes in a text that can have none (the imprint)."""
    for node in nodes:
        if node.type in (*CALLS, "footnote_reference"):
            yield not_a_note(
                source, node.meta["at"], "the imprint has no notes", "say it in the imprint, or leave it out"
            )


@dataclass
class Draft:
    """A note while its calls are counted."""

    label: str
    node: Node
    """Its definition; an inline note is its own."""
    id: str = ""
    number: int | None = None
    calls: list[str] = field(default_factory=list)
    reached: bool = True

    @property
    def blocks(self) -> tuple[Node, ...]:
        """What it says."""
        return tuple(self.node.children)


class Notes:
    """All notes of one manuscript: found among its nodes, then numbered in the order of first calls."""

    def __init__(self, nodes: Iterable[Node], source: Source, unique: Callable[[str], str]) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._unique = unique
        self._by_label: dict[str, Draft] = {}
        self._found = 0
        self._inline = 0
        definitions = [node for node in nodes if node.type == "footnote_reference"]
        for node in definitions:
            self._define(node)
        _detach(definitions)
        for node in definitions:
            if not has_words(node):
                self._complain_empty(node, "behind the colon, and indent further lines by four spaces")

    def _define(self, node: Node) -> None:
        label = str(node.meta["label"])
        if known := self._by_label.get(label):
            first, second = (span(each, self.source) for each in (known.node, node))
            self._complain(Code.NOTE_DUPLICATE, second, label=label, first=first.line, second=second.line)
            return
        self._by_label[label] = Draft(label, node)

    def number(self, nodes: Iterable[Node], first: int) -> list[Draft]:
        """Number the notes that are called for the first time in these nodes (and in those notes, where
        they stand behind their calls), from `first` on; mark each call with its note.

        The drafts become notes (`finish`) when all calls of the book are known.
        """
        begun: list[Draft] = []
        again: list[tuple[Node, Draft]] = []
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
                self._name(draft)
                begun.append(draft)
                waiting.append(_calls(draft.blocks))
            else:
                again.append((call, draft))
            call_id = self._unique(f"call-{draft.id.removeprefix('note-')}")
            draft.calls.append(call_id)
            call.meta.update(note=draft.id, number=draft.number, call=call_id, first=len(draft.calls) == 1)
        self._tell_apart(again, begun)
        return begun

    def _tell_apart(self, again: Iterable[tuple[Node, Draft]], begun: Collection[Draft]) -> None:
        """Warn where a note of an earlier chapter is called again, and one of those that begin here has its number."""
        numbers, own = {draft.number for draft in begun}, {draft.id for draft in begun}
        for call, draft in again:
            if draft.number in numbers and draft.id not in own:
                place = locate_call(call, self.source)
                self._complain(Code.NOTE_AMBIGUOUS, place, label=draft.label, number=draft.number)

    def _called(self, call: Node) -> Draft | None:
        """The note that a call calls; an inline note calls itself."""
        if call.type == "note_inline":
            if not has_words(call):
                self._complain_empty(call, "between the brackets")
            self._inline += 1
            return Draft(f"^{self._inline}", _definition(call))
        label = str(call.meta["label"])
        draft = self._by_label.get(label)
        if draft is None:
            self._complain(Code.NOTE_UNDEFINED, locate_call(call, self.source), label=label)
        return draft

    def rest(self, first: int) -> list[Draft]:
        """The notes that the text does not reach, each with a warning: those that they call, numbered from
        `first` on, then those that nothing calls, which have no number.

        Notes that call only one another are all called; the first of them stands for the ring.
        """
        waiting = [draft for draft in self._by_label.values() if draft.number is None]
        called = {call.meta.get("label") for draft in waiting for call in _all_calls(draft.blocks)}
        begun: list[Draft] = []
        without: list[Draft] = []
        for draft in sorted(waiting, key=lambda draft: draft.label in called):
            if draft.number is not None:
                continue
            self._name(draft)
            if is_ring := draft.label in called:
                draft.number = first + len(begun)
            (begun if is_ring else without).append(draft)
            begun += self.number(draft.blocks, first + len(begun))
            reach, how = (" from the text", "behind the others") if is_ring else ("", "without a number")
            place = span(draft.node, self.source)
            self._complain(Code.NOTE_UNCALLED, place, label=draft.label, reach=reach, how=how)
        for draft in begun + without:
            draft.reached = False
        return begun + without

    def _name(self, draft: Draft) -> None:
        if not draft.id:
            self._found += 1
            draft.id = self._unique(f"note-{self._found}")

    def _complain_empty(self, node: Node, where: str) -> None:
        remedy = f"write its text {where}"
        self.diagnostics.append(not_a_note(self.source, node.meta["at"], "it has no text", remedy))

    def _complain(self, code: Code, place: Span, **fields: object) -> None:
        self.diagnostics.append(complain(code, place, self.source.path, **fields))

    def finish(self, drafts: Iterable[Draft]) -> tuple[Note, ...]:
        """The notes as they stand when every call is counted."""
        return tuple(
            Note(
                draft.label,
                draft.id,
                draft.number,
                draft.blocks,
                tuple(draft.calls),
                span(draft.node, self.source),
                draft.reached,
            )
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


def in_links(nodes: Iterable[Node], source: Source) -> list[Diagnostic]:
    """Errors for calls inside a link's text."""
    return [
        complain(Code.NOTE_IN_LINK, locate_call(call, source), source.path)
        for node in nodes
        if node.type == "link"
        for call in _calls(node.children)
    ]


def _calls(nodes: Iterable[Node]) -> Iterator[Node]:
    """The calls in these nodes, in the order of the text; not those inside inline notes, which follow
    when their note is reached."""
    for node in nodes:
        if node.type in CALLS:
            yield node
        elif node.children:
            yield from _calls(node.children)


def _all_calls(nodes: Iterable[Node]) -> Iterator[Node]:
    """The calls in these nodes, those inside inline notes as well."""
    return (each for node in nodes for each in node.walk() if each.type in CALLS)


def _detach(nodes: Sequence[Node]) -> None:
    """Take definitions out of the text they stand in: a note's blocks are the note's. A quotation or a list
    that holds nothing else goes with them."""
    gone = set(nodes)
    parents = dict.fromkeys(node.parent for node in nodes if node.parent is not None)
    for parent in parents:
        parent.children = [child for child in parent.children if child not in gone]
    if emptied := [each for each in parents if not each.children and each.type in CONTAINERS]:
        _detach(emptied)


def _definition(call: Node) -> Node:
    """An inline note's text as what a definition would hold: one paragraph."""
    assert call.token is not None
    at = call.meta["at"]
    tokens = [
        Token("footnote_reference_open", "", 1, meta={"at": at, "end": at + len(call.content) + 3}),
        Token("paragraph_open", "p", 1, meta={"at": at + 2}),
        Token("inline", "", 0, children=call.token.children, meta={"at": at + 2}),
        Token("paragraph_close", "p", -1),
        Token("footnote_reference_close", "", -1),
    ]
    return grow(tokens).children[0]
