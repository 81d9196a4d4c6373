"""What octopub promises of any input at all, as functions that raise `BrokenError`, or whatever octopub raised.

Takes octopub by `building`, its public functions and its markup; asks lxml, pikepdf and EPUBCheck what came of it.
Each function gives what was made: nothing where it was refused, which with an error at its place keeps every promise.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pikepdf
from lxml import etree

import octopub
from octopub import building
from octopub.building import Loaded
from octopub.desk.check import check
from octopub.desk.mending.mend import mend
from octopub.diagnostics import Diagnostic, has_errors
from octopub.markup import pages, xhtml
from octopub.markup import words as wordlists
from octopub.markup.scribe import Setting
from octopub.model import Book, Imposition, NotesPlace, Target
from tests.tools import XHTML, epubcheck, has_tool, words


class BrokenError(Exception):
    """A promise is broken; the message begins with what it is called."""


class Means(NamedTuple):
    """What a case is tried with."""

    folder: Path
    """The project: its pictures."""
    kind: str = ""
    """Of a source: the ending that its name would have."""
    checked: bool = False
    """Whether EPUBCheck is asked."""
    printed: bool = False
    """Whether a PDF is made as well."""
    thorough: bool = True
    """Whether it is made twice, copy-edited and mended as well."""


# -- a manuscript ------------------------------------------------------------------------------------


def manuscript(data: bytes, means: Means) -> bytes:
    """A manuscript is built, or refused at its place; and once more the same."""
    loaded = _loaded(data, means)
    said = check(loaded) if means.thorough or means.printed else loaded.diagnostics
    inside(said, loaded.source.text if loaded.source else _lines(data))
    if loaded.book is None:
        hold("an error where no book is", has_errors(loaded.diagnostics))
        return b""
    hold("no error where a book is", not has_errors(loaded.diagnostics))
    made = building.epub(loaded).content
    if made is None:
        return b""
    well_formed(made)
    same_words(loaded.book)
    if means.thorough:
        hold("the same bytes twice", made == building.epub(_loaded(data, means)).content)
        mended = mend(loaded)
        hold("what is mended can be read", mended is not None and _loaded(mended, means).book is not None)
    if means.checked and has_tool("java") and has_tool("epubcheck"):
        hold("EPUBCheck", not (found := epubcheck(made)), found[:3])
    if means.printed:
        print_it(data, means, said)
    return made


def _loaded(data: bytes | str, means: Means) -> Loaded:
    return building.load(data, name="a.md", base=means.folder)


def _lines(data: bytes) -> str:
    """The text as far as a complaint about its bytes can name it."""
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def hold(what: str, kept: bool, *found: object) -> None:
    """Raise BrokenError where a promise is not kept."""
    if not kept:
        raise BrokenError(f"{what}: {' '.join(map(str, found))}"[:2000])


def inside(said: Iterable[Diagnostic], text: str) -> None:
    """Each complaint points into the text, its end behind its beginning."""
    lines = text.split("\n")
    for each in said:
        span = each.span
        if span is None:
            continue
        begin, end = (span.line, span.column), (span.end_line, span.end_column)
        fits = all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in (begin, end))
        hold("complaints point into the text", fits and begin <= end, each.code.slug, begin, end)


def well_formed(epub: bytes) -> None:
    """Each file of a book can be parsed, its ids are its own, and its links lead somewhere."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        hold("a sound archive", archive.testzip() is None and archive.namelist()[0] == "mimetype")
        trees = {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml"))
        }
        files = {name.rpartition("/")[2] for name in archive.namelist()}
    known: dict[str, set[str]] = {}
    for name, tree in trees.items():
        ids = _attribute(tree, "id")
        twice = [each for each, count in Counter(ids).items() if count > 1]
        hold("ids are unique", not twice, name, twice)
        known[name.rpartition("/")[2]] = set(ids)
    for name, tree in trees.items():
        if name.endswith(".xhtml"):
            links = tree.iter(f"{XHTML}a")
            hold("no link is in another", all(each.find(f".//{XHTML}a") is None for each in links), name)
            _links(name.rpartition("/")[2], _attribute(tree, "href"), files, known)


def _attribute(tree: etree._Element, name: str) -> list[str]:
    """All values of an attribute."""
    return [str(each.get(name)) for each in tree.iter() if each.get(name) is not None]


def _links(name: str, addresses: Iterable[str], files: set[str], known: dict[str, set[str]]) -> None:
    for address in addresses:
        if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address):
            file, _, anchor = address.partition("#")
            is_there = not file or file in files
            hold("links lead somewhere", is_there and (not anchor or anchor in known[file or name]), name, address)


def same_words(book: Book) -> None:
    """Both outputs have the same words, as often; notes at the foot of their pages need no heading."""
    screen, paper = (Counter(_said(book, target, NotesPlace.CHAPTER)) for target in (Target.EPUB, Target.PRINT))
    hold("the same words in both outputs", screen == paper, screen - paper, paper - screen)
    feet = Counter(_said(book, Target.PRINT, NotesPlace.PAGE))
    headings = set(words(wordlists.lookup(book.metadata.lang).notes))
    hold("no words are added where notes stand on their pages", not feet - paper, feet - paper)
    hold("no words are lost where notes stand on their pages", set(paper - feet) <= headings, paper - feet)


def _said(book: Book, target: Target, notes: NotesPlace) -> Iterable[str]:
    setting = Setting(
        book=book,
        target=target,
        words=wordlists.lookup(book.metadata.lang),
        notes=notes,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
    )
    parts = [pages.masthead(setting), *(xhtml.chapter(chapter, setting) for chapter in book.chapters)]
    for part in parts:
        for text in part.itertext():
            yield from words(str(text))


REASONS = frozenset({"glyph-missing", "paper-too-small"})
"""What keeps a manuscript from being printed that is an e-book."""


def print_it(data: bytes, means: Means, said: Iterable[Diagnostic]) -> None:
    """A PDF is made, or refused for a reason of print; and once more the same."""
    first, second = (building.pdf(_loaded(data, means)) for _ in range(2))
    hold("the same pages twice", first.content == second.content)
    if first.content is None:
        codes = {each.code.slug for each in (*first.diagnostics, *said) if each.severity == "error"}
        hold("print is refused for a reason", bool(codes) and not codes - REASONS, first.diagnostics)
        return
    with pikepdf.open(io.BytesIO(first.content)) as pdf:
        hold("a sound PDF", not pdf.check_pdf_syntax() and len(pdf.pages) > 0)


# -- a source to import ------------------------------------------------------------------------------


def source(data: bytes, means: Means) -> bytes:
    """A source becomes a manuscript that can be read, or is refused; its complaints point into it."""
    done = []
    for keep in (False, True):
        try:
            imported = octopub.import_manuscript(data, kind=means.kind, name=f"a.{means.kind}", keep_unmatched=keep)
        except octopub.BuildError as error:
            hold("a refusal says why", has_errors(error.diagnostics))
            continue
        loaded = _loaded(imported.text, means)
        errors = [str(each) for each in loaded.diagnostics if each.severity == "error"]
        hold("what is imported can be read", not errors or bool(imported.resources), errors[:3])
        done.append(imported.text)
    if done:
        again = octopub.import_manuscript(data, kind=means.kind, name=f"a.{means.kind}", keep_unmatched=True)
        hold("the same text twice", again.text == done[-1])
    return "\n\n".join(done).encode()


# -- a PDF to impose ---------------------------------------------------------------------------------


def sheets(data: bytes, _: Means) -> bytes:
    """A PDF is put on sheets in each mode, or is refused."""
    done = []
    for mode in Imposition:
        try:
            made = octopub.impose(data, mode, marks=mode is Imposition.BOOKLET)
        except octopub.BuildError as error:
            hold("a refusal says why", has_errors(error.diagnostics))
            continue
        hold("the same sheets twice", made == octopub.impose(data, mode, marks=mode is Imposition.BOOKLET))
        with pikepdf.open(io.BytesIO(made)) as pdf:
            hold("a sound PDF", not pdf.check_pdf_syntax() and len(pdf.pages) > 0, mode)
        done.append(made)
    return b"".join(done)


