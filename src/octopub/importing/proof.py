"""The proof that nothing was lost: the written Markdown, read by octopub's own reader, says what the source says.

Imports `reading` and the values of a draft. Letters and figures of words are compared: typographic changes
(quotation marks, dashes, spaces) do not count. It reads what was really written, and the source's words come
from the source's stretches, not from the blocks that were made of them: a mistake between the two shows here.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Severity, Span, complain, in_order
from octopub.importing import ledger
from octopub.importing.draft import (
    Call,
    Definitions,
    Heading,
    Image,
    Items,
    Paragraph,
    Quotation,
    Table,
    Verse,
)
from octopub.importing.draft import Span as Marked
from octopub.importing.writing.linewriter import label
from octopub.reading.book import Surroundings, read
from octopub.reading.source import from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.diagnostics import Diagnostic
    from octopub.importing.draft import Block, Draft, Inline
    from octopub.model import Book

CALLS = ("footnote_ref", "note_inline")
SHOWN = 6
"""So many words around the first difference are shown."""


def prove(draft: Draft, markdown: str, *, name: str, folder: Path | None = None) -> tuple[Diagnostic, ...]:
    """What is lost, doubled or moved in this Markdown, against the draft; warnings of the reader as well.

    `name` is the source's, for complaints. `folder` is the project folder where the draft's images lie.
    """
    problems = list(_stretches(draft, name))
    source, found = from_text(markdown, name)
    book = None
    if source is not None:
        book, more = read(source, Surroundings(name, folder, folder), typeset=False)
        found = (*found, *more)
    problems += [
        _lost(name, f"line {each.span.line if each.span else 0} of it has an error: {each.message}")
        for each in found
        if each.severity is Severity.ERROR
    ]
    if book is not None:
        problems += _differences(draft, book, name)
    return in_order(problems)


def _lost(name: str, problem: str, line: int = 0) -> Diagnostic:
    return complain(Code.IMPORT_LOST, Span(line, 1, line, 1) if line else None, name, problem=problem)


def _stretches(draft: Draft, name: str) -> Iterator[Diagnostic]:
    """Stretches of a plain text that became two things, or nothing."""
    if not draft.stretches:
        return
    for at, text in ledger.faults(draft.source, draft.stretches):
        line = draft.source.count("\n", 0, at) + 1
        yield _lost(
            name, f"“{text[:60]}” is not in exactly one of text, notes, metadata and what is left out", line
        )


def _differences(draft: Draft, book: Book, name: str) -> Iterator[Diagnostic]:
    """Words and calls, of the text and of each note."""
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    if difference := _compare(draft.text_words, _words([*book.title, *blocks])):
        yield _lost(name, f"the text differs, {difference}")
    notes = {note.label: note for note in book.notes}
    for note in draft.notes:
        written = notes.pop(label(note.key), None)
        if written is None:
            yield _lost(name, f"the note {note.mark} ({note.place}) is missing")
            continue
        if difference := _compare(draft.note_words.get(note.key, ()), _words(written.blocks)):
            yield _lost(name, f"the note {note.mark} ({note.place}) differs, {difference}")
        if list(_calls_of(note.blocks)) != list(_calls_in(written.blocks)):
            yield _lost(name, f"the note {note.mark} ({note.place}) calls other notes")
    for left in notes:
        yield _lost(name, f"there is a note “{left}” that the source does not have")
    if list(_calls_of(draft.blocks)) != list(_calls_in([*book.title, *blocks])):
        yield _lost(name, "the notes are called in another order")


def _compare(wanted: Iterable[str], found: str) -> str:
    """Where two texts differ first, in words; empty where they do not."""
    wanted, two = list(wanted), ledger.words(found)
    if wanted == two:
        return ""
    one = ledger.words(" ".join(wanted))
    if one == two:
        return ""
    at = next(index for index, (a, b) in enumerate(zip_longest(one, two)) if a != b)
    begin = max(at - 2, 0)
    here, there = (" ".join(words[begin : begin + SHOWN]) for words in (one, two))
    return f"from its word {at + 1} on: “{here}” in the source, “{there}” in the manuscript"


def _words(nodes: Iterable[Node]) -> str:
    """The words of nodes; a block, a call and a line break end a word."""
    parts: list[str] = []
    _gather(nodes, parts)
    return "".join(parts)


def _gather(nodes: Iterable[Node], parts: list[str]) -> None:
    for node in nodes:
        if node.type in ("text", "text_special", "code_inline", "fence", "code_block"):
            parts.append(node.content)
        elif node.type == "image" or node.type in CALLS:
            parts.append(" ")
        elif node.children:
            _gather(node.children, parts)
        if node.type in ("softbreak", "hardbreak", "figure", "caption") or node.block:
            parts.append(" ")


def _calls_in(nodes: Iterable[Node]) -> Iterator[str]:
    """The labels that are called in nodes, in order."""
    for node in nodes:
        if node.type in CALLS:
            yield str(node.meta.get("label"))
        elif node.children:
            yield from _calls_in(node.children)


def _calls_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The labels that are called in a draft's blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph(inside=inside) | Heading(inside=inside):
                yield from _calls_inside(inside)
            case Quotation(blocks=inner):
                yield from _calls_of(inner)
            case Items(items=items):
                yield from _calls_of(chain.from_iterable(items))
            case Definitions(entries=entries):
                for entry in entries:
                    yield from _calls_inside(entry.term)
                    yield from _calls_of(chain.from_iterable(entry.definitions))
            case Verse(stanzas=stanzas):
                yield from _calls_inside(each for stanza in stanzas for _, line in stanza for each in line)
            case Table(rows=rows):
                yield from _calls_inside(each for row in rows for cell in row for each in cell)


def _calls_inside(inside: Iterable[Inline]) -> Iterator[str]:
    for each in inside:
        match each:
            case Call(key=key):
                yield label(key)
            case Marked(inside=inner):
                yield from _calls_inside(inner)
            case Image(caption=caption):
                yield from _calls_inside(caption)
