"""The pages that octopub adds: title page, masthead, contents, colophon; and notes at the book's end.

Imports `model`, `markup.scribe`, `markup.table`, `markup.words` and `markup.xhtml`. What stands on them comes
from the metadata and the `Book`; how they look, from the stylesheets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.markup.scribe import Scribe, Setting, Stream
from octopub.markup.table import common, inline
from octopub.markup.words import join_names
from octopub.markup.xhtml import write, write_note
from octopub.model import Added
from octopub.reading.addresses import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.markup.scribe import Element
    from octopub.model import Book, Chapter, Heading

_ISO_DATE = re.compile(r"\d{4}(-\d\d)?(-\d\d)?$")

CONTENTS_DEPTH = {"book": 2, "essay": 2, "handout": 2}
"""So many levels of headings stand in the printed contents."""


LONG = 90
"""A title of more letters is set smaller, lest it fill its page."""


def title_page(setting: Setting, streams: list[Stream] | None = None) -> Element:
    """The title page: author, title, subtitle, translator, publisher, date, as far as there are."""
    book = setting.book
    meta = book.metadata
    scribe = Scribe(setting, streams, Added.TITLE)
    with scribe.element("section", {"class": "title-page", "epub:type": "titlepage"}) as page:
        _line(scribe, "author", join_names(meta.authors, setting.words))
        _title(scribe, book)
        _line(scribe, "subtitle", meta.subtitle)
        if meta.translators:
            names = join_names(meta.translators, setting.words)
            _line(scribe, "translator", setting.words.translated_by.format(names=names))
        _line(scribe, "publisher", meta.publisher)
        _line(scribe, "date", year(meta.date))
    return page


def year(date: str | None) -> str | None:
    """What of a date stands on a title page: of one in figures (ISO 8601) the year, any other as it is."""
    return date[:4] if date and _ISO_DATE.match(date) else date


def masthead(setting: Setting, streams: list[Stream] | None = None) -> Element:
    """Title and author at the head of the first page, where there is no title page."""
    meta = setting.book.metadata
    scribe = Scribe(setting, streams, Added.MASTHEAD)
    with scribe.element("header", {"class": "masthead"}) as head:
        _title(scribe, setting.book)
        _line(scribe, "subtitle", meta.subtitle)
        _line(scribe, "author", join_names(meta.authors, setting.words))
    return head


def _title(scribe: Scribe, book: Book) -> None:
    """The title: the manuscript's own heading if it has one, which may be linked to and may call notes."""
    heading = book.title[0] if book.title else None
    kind = "title long" if len(book.metadata.title) > LONG else "title"
    attributes = common(heading, kind) if heading else {"class": kind}
    if scribe.is_print:
        attributes["data-label"] = book.metadata.title
    with scribe.block("h1", attributes):
        if heading:
            write(scribe, inline(heading))
        else:
            scribe.text(book.metadata.title)


def _line(scribe: Scribe, css_class: str, text: str | None) -> None:
    if text:
        with scribe.block("p", {"class": css_class}):
            scribe.text(text)


def contents(setting: Setting, streams: list[Stream] | None = None) -> Element:
    """The table of contents, with page numbers where they are known."""
    scribe = Scribe(setting, streams, Added.CONTENTS)
    with scribe.element("nav", {"class": "contents", "epub:type": "toc", "role": "doc-toc"}) as nav:
        with scribe.block("h2", {"class": "contents-title"}):
            scribe.text(setting.words.contents)
        _entries(scribe, entries(setting.book), CONTENTS_DEPTH[setting.book.kind] if scribe.is_print else 6)
    return nav


def entries(book: Book) -> list[Heading]:
    """The headings at the top of the contents: a book's chapters, otherwise the sections."""
    top: list[Heading] = []
    for chapter in book.chapters:
        if chapter.heading:
            top.append(chapter.heading)
        else:
            top += chapter.sections
    return top


def _entries(scribe: Scribe, headings: Sequence[Heading], depth: int) -> None:
    if not headings or depth == 0:
        return
    setting = scribe.setting
    with scribe.element("ol", {"class": "contents-list"}):
        for heading in headings:
            with scribe.element("li"):
                opening = scribe.block if scribe.is_print else scribe.element
                with opening("a", {"href": setting.address(heading.id)}):
                    _entry(scribe, heading)
                _entries(scribe, heading.children, depth - 1)


def _entry(scribe: Scribe, heading: Heading) -> None:
    if not scribe.is_print:
        scribe.text(heading.text)
        return
    with scribe.element("span", {"class": "entry"}):
        scribe.text(heading.text)
    if page := scribe.setting.page(heading.id):
        scribe.text(" ")
        scribe.number(heading.id, page)


def colophon(
    setting: Setting, streams: list[Stream] | None = None, production: Sequence[str] = ()
) -> Element:
    """The colophon. `production` are the lines about how it was printed (faces, paper), print only.

    Each line stands only where the metadata has it; `octopub.imprint` is printed as written.
    """
    book = setting.book
    scribe = Scribe(setting, streams, Added.COLOPHON)
    with scribe.element(
        "section", {"class": "colophon", "epub:type": "colophon", "role": "doc-colophon"}
    ) as section:
        for line in _facts(book, setting):
            _line(scribe, "fact", line)
        if book.options.url:
            with scribe.block("p", {"class": "fact"}), scribe.element("a", {"href": whole(book.options.url)}):
                scribe.text(book.options.url)
        write(scribe, book.imprint)
        for line in production:
            _line(scribe, "production", line)
        if book.options.credit:
            _line(scribe, "credit", setting.words.set_with)
    return section


def _facts(book: Book, setting: Setting) -> list[str]:
    meta, words = book.metadata, setting.words
    lines = [meta.publisher, words.edition.format(edition=meta.edition) if meta.edition else None]
    if meta.translators:
        lines.append(words.translated_by.format(names=join_names(meta.translators, words)))
    if meta.isbn:
        lines.append(words.isbn.format(isbn=meta.isbn))
    lines.append(meta.rights)
    return [line for line in lines if line]


def notes_of_book(
    setting: Setting, streams: list[Stream] | None = None, chapters: Sequence[Chapter] | None = None
) -> Element:
    """The notes at the end of the book, or those of these chapters only, under the headings of their chapters
    where the book has several with notes."""
    scribe = Scribe(setting, streams)
    noted = [chapter for chapter in setting.book.chapters if chapter.notes]
    attributes = {"class": "chapter notes-of-book", "epub:type": "endnotes", "role": "doc-endnotes"}
    title = setting.words.notes
    with scribe.element("section", attributes) as section:
        label = title if scribe.is_print else None
        with scribe.block("h1", {"class": "chapter-title", "data-label": label}):
            scribe.text(title)
        for chapter in noted if chapters is None else chapters:
            if len(noted) > 1 and chapter.heading:
                with scribe.block("h2", {"class": "notes-chapter"}):
                    scribe.text(chapter.heading.text)
            for note in chapter.notes:
                write_note(scribe, note)
    return section
