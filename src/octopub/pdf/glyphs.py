"""Glyphs: characters that no face has, and words that another face than the text's must set.

Imports `diagnostics`, `model`, `faces` and the reading's spans. Complains; replaces nothing.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.faces.coverage import runs
from octopub.faces.scripts import package_of
from octopub.pdf.covering import has_cover
from octopub.reading.source import locate, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.faces.choice import FaceSet
    from octopub.model import Book


class Text(NamedTuple):
    """A stretch of text, and where it stands."""

    content: str
    at: int | None
    span: Span | None
    is_code: bool = False


def texts(book: Book) -> Iterator[Text]:
    """All that is printed of the manuscript, once."""
    meta = book.metadata
    for key, values in (
        ("title", () if book.title else (meta.title,)), ("subtitle", (meta.subtitle,)),
        ("author", meta.authors), ("publisher", (meta.publisher,)), ("date", (meta.date,)),
        ("description", (meta.description,) if has_cover(book) else ()),
        ("rights", (meta.rights,)), ("edition", (meta.edition,)), ("translator", meta.translators),
    ):  # fmt: skip
        for value in filter(None, values):
            yield Text(value, None, book.spans.get(key))
    blocks = (*(chapter.blocks for chapter in book.chapters), *(note.blocks for note in book.notes))
    for nodes in (book.title, *blocks):
        yield from _texts(nodes)
    yield from _texts(book.imprint)


def _texts(nodes: Iterable[Node]) -> Iterator[Text]:
    for node in nodes:
        if node.type == "note_inline":
            continue  # stands among the notes
        if node.type == "code_inline":
            yield Text(node.content, node.meta.get("words at"), None, is_code=True)
        elif node.type in ("fence", "code_block"):
            for line, at in zip_longest(node.content.splitlines(), node.meta.get("words at", ())):
                yield Text(line or "", at, None, is_code=True)
        elif node.type in ("text", "text_special"):
            yield from _stretches(node)
        elif node.type != "image":
            yield from _texts(node.children)


def _stretches(node: Node) -> Iterator[Text]:
    """A node's text, in stretches that stand in the manuscript as they are, and what the typography made."""
    content, at = node.content, node.meta.get("at", 0)
    done, grown = 0, 0
    for edit in node.meta.get("edits", ()):
        start = edit.start + grown
        yield Text(content[done:start], at + done - grown, None)
        done = start + len(edit.replacement)
        yield Text(content[start:done], at + edit.start, None)
        grown += len(edit.replacement) - (edit.end - edit.start)
    yield Text(content[done:], at + done - grown, None)


def judge(book: Book, faces: FaceSet) -> tuple[list[Diagnostic], dict[int, str]]:
    """What the faces cannot do for this book; and, where the manuscript asks for it
    (`missing-glyphs: name`), what is printed for each character that none has."""
    found: list[Diagnostic] = []
    named: dict[int, str] = {}
    warned: set[str] = set()
    for text in texts(book):
        for run in runs(text.content, faces.for_code if text.is_code else faces.for_text):
            words = text.content[run.start : run.end]
            span = _span(book, text, run.start, run.end)
            if run.family is None:
                found += _missing(book, words, span, named)
            elif run.family.name not in warned:
                # One warning for each face: a text with many Hebrew words has one fallback, not many faults.
                warned.add(run.family.name)
                main = faces.code if text.is_code else faces.text
                names = {"face": run.family.name, "main": main.name}
                found.append(complain(Code.FALLBACK_FACE, span, book.source.path, text=words, **names))
    return found, named


def _missing(book: Book, words: str, span: Span | None, named: dict[int, str]) -> list[Diagnostic]:
    found = []
    for character in dict.fromkeys(words):
        if book.options.missing_glyphs_by_name:
            named[ord(character)] = f"[{name(character)}]"
            continue
        package = package_of(character)
        hint = f"; `pip install {package}` brings one" if package else ""
        shown = f"{name(character)} “{character}”"
        found.append(complain(Code.GLYPH_MISSING, span, book.source.path, character=shown, package=hint))
    return found


def _span(book: Book, text: Text, start: int, end: int) -> Span | None:
    if text.at is None:
        return text.span
    return locate(book.source, text.at + start, text.at + end)
