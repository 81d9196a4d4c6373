"""Glyphs: characters that no face has, and words that another face than the text's must set.

Imports `diagnostics`, `model`, `faces` and the reading's spans. Complains; replaces nothing.
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.faces.coverage import needs_glyph, runs
from octopub.faces.scripts import package_of
from octopub.pdf.covering import has_cover
from octopub.reading.source import locate, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    missing: dict[str, list[_Missing]] = {}
    warned: set[str] = set()
    for text in texts(book):
        for run in runs(text.content, faces.for_code if text.is_code else faces.for_text):
            words = text.content[run.start : run.end]
            span = _span(book, text, run.start, run.end)
            if run.family is None:
                for character in filter(needs_glyph, words):
                    missing.setdefault(_kin(character), []).append(_Missing(character, span))
            elif run.family.name not in warned:
                # One warning for each face: a text with many Hebrew words has one fallback, not many faults.
                warned.add(run.family.name)
                main = faces.code if text.is_code else faces.text
                names = {"face": run.family.name, "main": main.name}
                found.append(complain(Code.FALLBACK_FACE, span, book.source.path, text=words, **names))
    if book.options.missing_glyphs_by_name:
        named = {ord(each.character): f"[{name(each.character)}]" for same in missing.values() for each in same}
    else:
        found += (_complain(book, same) for same in missing.values())
    return found, named


class _Missing(NamedTuple):
    """A character that no face has, in one of its places."""

    character: str
    span: Span | None


def _kin(character: str) -> str:
    """What the complaints about this character and others have in common: the package that brings them, their script,
    or nothing but the character. (In Unicode's list a letter's name begins with its script.)"""
    is_letter = unicodedata.category(character)[0] in "LM"
    return package_of(character) or (unicodedata.name(character, character).split()[0] if is_letter else character)


LINES_NAMED = 5
"""How many lines a complaint names; behind them it only says that there are more."""


def _complain(book: Book, missing: Sequence[_Missing]) -> Diagnostic:
    """One complaint, at the first place, of the same character or of all those of its script: whoever writes in one
    that has no face needs to hear it once."""
    character, span = missing[0]
    package = package_of(character)
    others = len({each.character for each in missing}) - 1
    lines = list(dict.fromkeys(each.span.line for each in missing if each.span))
    named = ", ".join(map(str, lines[:LINES_NAMED])) + ", …" * (len(lines) > LINES_NAMED)
    return complain(
        Code.GLYPH_MISSING,
        span,
        book.source.path,
        character=f"{name(character)} “{character}”",
        others=f", nor {others} more of its script" if others else "",
        lines=f" (lines {named})" if len(lines) > 1 else "",
        package=f"; `pip install {package}` brings one" if package else "",
    )


def _span(book: Book, text: Text, start: int, end: int) -> Span | None:
    if text.at is None:
        return text.span
    return locate(book.source, text.at + start, text.at + end)
