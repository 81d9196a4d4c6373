"""Mend a manuscript: levels of headings, labels of notes, the places and the order of their definitions.

Imports `building`, `reading` and the steps. What comes of it makes the same book: that is looked at, and a change whose
text would make another is left out.
"""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from octopub.desk.mending.definitions import reorder
from octopub.desk.mending.gathering import gather
from octopub.desk.mending.headings import straighten
from octopub.desk.mending.labels import renumber
from octopub.desk.mending.manuscript import Manuscript, edited
from octopub.reading import frontmatter, text
from octopub.reading.book import Surroundings, read
from octopub.reading.markdown import Markdown
from octopub.reading.source import from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.building import Loaded
    from octopub.desk.mending.manuscript import Change
    from octopub.model import Book, Source
    from octopub.reading.project import Project

    Step = Callable[[Manuscript], Iterable[Change]]

STEPS: tuple[Step, ...] = (straighten, renumber, gather, reorder)
_FINEST = 16
"""Into so many parts, at most, are the changes of a step divided where some of them do harm."""


def mend(loaded: Loaded) -> str | None:
    """The text of a manuscript that was read, mended; None where it has errors, which have to be mended first."""
    source = loaded.source
    now = _open(source, loaded.project) if source and loaded.book else None
    if now is None:
        return None
    for step in STEPS:
        changes = list(step(now))
        kept = _harmless(now, changes, loaded.project, len(changes) / _FINEST)
        now = _changed(now, kept, loaded.project) or now
    return now.source.text


def _harmless(
    now: Manuscript, changes: list[Change], project: Project, finest: float, before: Sequence[Change] = ()
) -> list[Change]:
    """Those of the changes that leave the book as it is, together with those before them: all, or as many as are
    found by halves."""
    together = [*before, *changes]
    if not changes or _changed(now, together, project):
        return together
    if len(changes) <= max(finest, 1):
        return list(before)
    half = len(changes) // 2
    first = _harmless(now, changes[:half], project, finest, before)
    return _harmless(now, changes[half:], project, finest, first)


def _changed(now: Manuscript, changes: Iterable[Change], project: Project) -> Manuscript | None:
    """The manuscript with these changes; None where it would make another book."""
    edits = [edit for change in changes for edit in change]
    source, _ = from_text(edited(now.source.text, edits), now.source.path)
    then = _open(source, project) if source else None
    return then if then and list(_said(then.book)) == list(_said(now.book)) else None


def difference(before: str, after: str, path: str) -> str:
    """What is changed, as a unified diff; empty where nothing is."""
    old, new = (each.removesuffix("\n").split("\n") for each in (before, after))
    lines = unified_diff(old, new, path, path, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _open(source: Source, project: Project) -> Manuscript | None:
    """A text for the steps; None where it has errors."""
    book, _ = read(source, Surroundings("untitled", project.folder, project.pictures), typeset=False)
    if book is None:
        return None
    front, _ = frontmatter.read(source)
    return Manuscript(source, front.body, text.parse(source, front.body, Markdown(), None).tokens, book)


_MARKDOWN = ("inline", "note_inline")
"""Nodes whose content is the Markdown of their children."""


def _said(book: Book) -> Iterator[tuple[object, ...]]:
    """All that a book says, and how it is built: not the labels of its notes, nor how its headings are written."""
    for node in book.title:
        yield from map(_told, node.walk())
    for chapter in book.chapters:
        yield (chapter.id,)
        yield from (_told(node) for block in chapter.blocks for node in block.walk())
    for note in book.notes:
        yield (note.id, note.number, note.calls, note.reached)
        yield from (_told(node) for block in note.blocks for node in block.walk())


def _told(node: Node) -> tuple[object, ...]:
    """What a node says, and where it leads."""
    content = "" if node.type in _MARKDOWN else node.content
    return (node.type, content, *(node.meta.get(key) for key in ("number", "rank", "anchor", "address")))
