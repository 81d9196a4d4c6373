"""Notes and their calls → elements.

Imports `model` and `markup.table`. A note has its number and its calls from `reading`; where it prints is the
`Setting`'s to say.

`epub:type` and `role` follow EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.markup.table import classes, common, inline, renders, write
from octopub.model import NotesPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.markup.scribe import Scribe
    from octopub.model import Chapter, Note

BACK = "↩\N{VARIATION SELECTOR-15}"
"""The sign behind a note that leads back; the selector keeps readers from drawing an emoji."""


@renders("footnote_ref", "note_inline")
def call(scribe: Scribe, node: Node) -> None:
    """A call: the number, raised, a link to the note; in print the note stands right here, for the
    layout to carry to the foot of the page. No `sup` inside the link: Apple Books then shows no
    pop-up (pandoc#1995)."""
    note_id = node.meta["note"]
    attributes = {
        "id": node.meta["call"], "href": scribe.setting.address(note_id),
        "epub:type": "noteref", "role": "doc-noteref",
    }  # fmt: skip
    with scribe.element("sup", {"class": "call"}), scribe.element("a", attributes):
        scribe.text(str(node.meta["number"]))
    if scribe.setting.notes is NotesPlace.PAGE and scribe.is_print and node.meta["first"]:
        _at_foot(scribe, scribe.note_by_id[note_id])


def _at_foot(scribe: Scribe, note: Note) -> None:
    """A note, or a pointer to it. A note that it calls stands behind it, not in it: each is carried to the
    foot of the page for itself."""
    scribe.waiting.append(note)
    if scribe.flow:
        return
    while scribe.waiting:
        note = min(scribe.waiting, key=lambda each: each.number or 0)
        scribe.waiting.remove(note)
        if note.id in scribe.setting.moved:
            _pointer(scribe, note)
        else:
            write_note(scribe, note)


def called_inside(note: Note) -> list[str]:
    """The anchors of the notes that are called for the first time in this one."""
    return [
        node.meta["note"]
        for block in note.blocks
        for node in block.walk()
        if node.type in ("footnote_ref", "note_inline") and node.meta["first"]
    ]


def _pointer(scribe: Scribe, note: Note) -> None:
    """At the foot of the page: where the note stands that did not fit there."""
    page = scribe.setting.page(note.id) or "0"
    attributes = {"class": "note pointer"}
    with scribe.in_flow(f"{note.id} pointer"), scribe.element("div", attributes), scribe.block("p"):
        with scribe.element("a", {"class": "note-number", "href": scribe.setting.address(note.id)}):
            scribe.text(str(note.number))
        before, behind = scribe.setting.words.note_on_page.split("{page}")
        scribe.text(f" {before}")
        scribe.number(note.id, page)
        scribe.text(behind)


def notes_at_end(scribe: Scribe, chapter: Chapter) -> None:
    """The notes that stand at the end of their chapter: all of them where notes print there, otherwise
    those that did not fit at the foot of their page and those to which the text does not lead."""
    setting, words = scribe.setting, scribe.setting.words
    called = [note for note in chapter.notes if note.number is not None]
    if setting.notes is NotesPlace.PAGE:
        called = [note for note in called if note.id in setting.moved or not note.reached]
    if setting.notes is not NotesPlace.BOOK:
        _notes_section(scribe, words.notes, called)
        _notes_section(scribe, words.further_notes, [note for note in chapter.notes if note.number is None])


def _notes_section(scribe: Scribe, heading: str, notes: Sequence[Note]) -> None:
    """A section of notes with its heading; nothing where there are none."""
    if not notes:
        return
    with scribe.element("section", {"class": "notes", "epub:type": "endnotes", "role": "doc-endnotes"}):
        with scribe.block("h2", {"class": "notes-title"}):
            scribe.text(heading)
        for note in notes:
            write_note(scribe, note)
    scribe.waiting.clear()  # what these notes call is collected, too


def write_note(scribe: Scribe, note: Note) -> None:
    """A note: its number, which leads back to its first call, its text, and a way back to each call."""
    attributes = {"class": "note", "id": note.id, "epub:type": "footnote", "role": "doc-footnote"}
    with scribe.in_flow(note.id), scribe.element("div", attributes):
        first, *rest = note.blocks
        if _takes_more(first):
            with scribe.block("p", common(first)):
                _number(scribe, note)
                write(scribe, inline(first))
                if not rest:
                    _ways_back(scribe, note)
        else:
            # A note that begins with a list or a quotation has its number on a line of its own.
            if note.number is not None:
                with scribe.block("p", {"class": "note-head"}):
                    _number(scribe, note)
            rest = list(note.blocks)
        write(scribe, rest[:-1])
        if rest:
            _last_block(scribe, rest[-1], note)


def _takes_more(node: Node) -> bool:
    """Whether a block is a paragraph of running text, to whose lines something may be added."""
    return node.type == "paragraph" and "verse" not in classes(node)


def _last_block(scribe: Scribe, node: Node, note: Note) -> None:
    """A note's last block, with the ways back at the end of its last line if it is a paragraph."""
    if _takes_more(node):
        with scribe.block("p", common(node)):
            write(scribe, inline(node))
            _ways_back(scribe, note)
        return
    write(scribe, [node])
    if not scribe.is_print and note.calls:
        with scribe.block("p", {"class": "note-backs"}):
            _ways_back(scribe, note)


def _number(scribe: Scribe, note: Note) -> None:
    """The note's number: the first way back (Kindle wants it first)."""
    if note.number is None:
        return
    label = scribe.setting.words.back_to_text
    attributes = {
        "class": "note-number",
        "href": scribe.setting.address(note.calls[0]),
        "role": "doc-backlink",
        "epub:type": "backlink",
        "aria-label": None if scribe.is_print else f"{note.number}. {label}",
    }
    with scribe.element("a", attributes):
        scribe.text(str(note.number))
    scribe.text(" ")


def _ways_back(scribe: Scribe, note: Note) -> None:
    """In the e-book a sign behind the note for each of its calls."""
    if scribe.is_print:
        return
    for index, anchor in enumerate(note.calls, 1):
        label = scribe.setting.words.back_to_text
        if len(note.calls) > 1:
            label = f"{label} {index}"
        href = scribe.setting.address(anchor)
        attributes = {"class": "note-back", "href": href, "role": "doc-backlink", "aria-label": label}
        scribe.text("\N{NO-BREAK SPACE}")
        with scribe.element("a", attributes):
            scribe.text(BACK)
