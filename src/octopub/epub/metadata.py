"""The metadata of the package (EPUB 3.3 §5.5), with what EPUB 2 readers need besides.

Imports `model` and `epub.accessibility`. It tells what the `Book` says of itself, and adds nothing but the
name of the program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.epub.accessibility import accessibility
from octopub.epub.container import LANG, Row
from octopub.model import Options, Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.model import Book, Metadata

_W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""What EPUB wants in `dc:date` (https://www.w3.org/TR/NOTE-datetime)."""

SUMMARY = "schema:accessibilitySummary"

OWN = "octopub:"
"""Begins the names of what only octopub reads."""


def metadata(book: Book, cover: str | None, printed: str | None = None) -> Iterator[Row]:
    """The rows, the identifier first. `cover` is the id of the cover image's entry, `printed` identifies the printed
    edition whose pages are marked."""
    yield from _identity(book.metadata)
    yield from _publication(book.metadata)
    if printed:
        # https://www.w3.org/publishing/a11y/page-source-id/; the second is what came before it.
        yield Row("meta", printed, {"property": "pageBreakSource"})
        yield from _refined("source", "printed", printed, "source-of", "pagination")
    if cover:
        yield Row("meta", None, {"name": "cover", "content": cover})
    for name, text in accessibility(book, has_pages=printed is not None):
        # The summary is English in every book.
        yield Row("meta", text, {"property": name} | ({LANG: "en"} if name == SUMMARY else {}))
    yield Row("meta", None, {"name": "generator", "content": "octopub"})
    for name, said in _front_matter(book):
        yield Row("meta", None, {"name": f"{OWN}{name}", "content": said})


def _front_matter(book: Book) -> Iterator[tuple[str, str]]:
    """What the front matter says and the package has no name for: import gives it back. A list has a row for
    each of its values."""
    meta, options, usual = book.metadata, book.options, Options()
    found: dict[str, str | bool | Sequence[str] | None] = {
        "lang-assumed": None if "lang" in book.spans else True,
        "edition": meta.edition,
        "isbn": meta.isbn,
        "paper": options.paper,
        "one-sided": options.one_sided or None,
        "wide-margin": options.wide_margin or None,
        "large-print": options.large_print or None,
        "line-numbers": options.line_numbers if options.line_numbers != usual.line_numbers else None,
        "impose": options.impose,
        "cover": options.cover,
        "bleed": options.bleed,
        "marks": options.marks or None,
        "standard": options.standard,
        "notes.numbering": options.notes_numbering,
        "notes.pdf": options.notes_pdf if options.notes_pdf != usual.notes_pdf else None,
        "notes.epub": options.notes_epub if options.notes_epub != usual.notes_epub else None,
        "fonts.text": options.fonts.text,
        "fonts.fallback": options.fonts.fallback,
        "fonts.embed": options.fonts.embed or None,
        "quotes": options.quotes,
        "short-title": options.short_title,
        "url": options.url,
        "imprint": options.imprint,
        "print-identifier": options.print_identifier,
        "credit": None if options.credit else False,
        "missing-glyphs": "name" if options.missing_glyphs_by_name else None,
        "title-page": options.title_page,
        "contents": options.contents,
        "colophon": options.colophon,
        "ignore": options.ignore,
    }
    for name, said in found.items():
        values = [said] if isinstance(said, str | bool) else said or []
        yield from ((name, str(each).lower() if isinstance(each, bool) else each) for each in values)


def _identity(meta: Metadata) -> Iterator[Row]:
    """What tells this book from others."""
    yield Row("identifier", meta.identifier, {"id": "id"})
    if meta.isbn and (isbn := isbn_urn(meta.isbn)) != meta.identifier:
        yield Row("identifier", isbn, {})
    yield from _refined("title", "title", meta.title, "title-type", "main")
    if meta.subtitle:
        yield from _refined("title", "subtitle", meta.subtitle, "title-type", "subtitle")
    yield Row("language", meta.lang, {})
    for number, name in enumerate(meta.authors, 1):
        yield from _person(meta, f"author-{number}", Person(name, "aut", is_creator=True))
    for number, name in enumerate(meta.translators, 1):
        yield from _person(meta, f"translator-{number}", Person(name, "trl"))
    for number, person in enumerate(meta.contributors, 1):
        yield from _person(meta, f"contributor-{number}", person)


def _person(meta: Metadata, uid: str, person: Person) -> Iterator[Row]:
    """Somebody with a part in the book, and where a library files the name."""
    yield Row("creator" if person.is_creator else "contributor", person.name, {"id": uid})
    if person.role:
        yield _refining(uid, "role", person.role, scheme="marc:relators")
    if sort_name := meta.sort_names.get(person.name):
        yield _refining(uid, "file-as", sort_name)


def _publication(meta: Metadata) -> Iterator[Row]:
    if meta.date:
        yield _date(meta.date)
    for name, text in (
        ("publisher", meta.publisher),
        ("rights", meta.rights),
        ("description", meta.description),
    ):
        if text:
            yield Row(name, text, {})
    for number, subject in enumerate(meta.subjects, 1):
        authority, term = meta.terms.get(subject, ("", ""))
        yield Row("subject", subject, {"id": f"subject-{number}"} if term else {})
        if term:
            yield _refining(f"subject-{number}", "authority", authority)
            yield _refining(f"subject-{number}", "term", term)
    if meta.series:
        yield Row("meta", meta.series, {"property": "belongs-to-collection", "id": "series"})
        yield _refining("series", "collection-type", "series")
        if meta.position:
            yield _refining("series", "group-position", meta.position)
    if meta.edition:
        yield Row("meta", meta.edition, {"property": "schema:bookEdition"})


def isbn_urn(written: str) -> str:
    """An ISBN, hyphens or not, as an identifier (RFC 8254)."""
    return "urn:isbn:" + re.sub(r"[^0-9Xx]", "", written).upper()


def _refined(name: str, uid: str, text: str, refinement: str, value: str) -> Iterator[Row]:
    """An element of Dublin Core's, and what it is."""
    yield Row(name, text, {"id": uid})
    yield _refining(uid, refinement, value)


def _refining(uid: str, refinement: str, value: str, **attributes: str) -> Row:
    """What says more of another row."""
    return Row("meta", value, {"refines": f"#{uid}", "property": refinement, **attributes})


def _date(date: str) -> Row:
    """The date. One in words is no date to EPUB, but kept as a note."""
    if _W3C_DATE.fullmatch(date):
        return Row("date", date, {})
    return Row("meta", date, {"property": "dcterms:date"})
