"""The metadata of the package (EPUB 3.3 §5.5), with what EPUB 2 readers need besides.

Imports `model` and `epub.accessibility`. It tells what the `Book` says of itself, and adds nothing but the
name of the program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.epub.accessibility import accessibility
from octopub.epub.container import LANG, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.model import Book, Metadata

_W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""What EPUB wants in `dc:date` (https://www.w3.org/TR/NOTE-datetime)."""

SUMMARY = "accessibilitySummary"


def metadata(book: Book, cover: str | None) -> Iterator[Row]:
    """The rows, the identifier first. `cover` is the id of the cover image's entry."""
    yield from _identity(book.metadata)
    yield from _publication(book.metadata)
    if cover:
        yield Row("meta", None, {"name": "cover", "content": cover})
    for name, text in accessibility(book):
        # The summary is English in every book.
        yield Row("meta", text, {"property": f"schema:{name}"} | ({LANG: "en"} if name == SUMMARY else {}))
    yield Row("meta", None, {"name": "generator", "content": "octopub"})


def _identity(meta: Metadata) -> Iterator[Row]:
    """What tells this book from others."""
    yield Row("identifier", meta.identifier, {"id": "id"})
    if meta.isbn and (isbn := isbn_urn(meta.isbn)) != meta.identifier:
        yield Row("identifier", isbn, {})
    yield from _refined("title", "title", meta.title, "title-type", "main")
    if meta.subtitle:
        yield from _refined("title", "subtitle", meta.subtitle, "title-type", "subtitle")
    yield Row("language", meta.lang, {})
    for number, author in enumerate(meta.authors, 1):
        yield from _refined("creator", f"author-{number}", author, "role", "aut", scheme="marc:relators")
    for number, name in enumerate(meta.translators, 1):
        yield from _refined(
            "contributor", f"translator-{number}", name, "role", "trl", scheme="marc:relators"
        )


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
    for subject in meta.subjects:
        yield Row("subject", subject, {})


def isbn_urn(written: str) -> str:
    """An ISBN, hyphens or not, as an identifier (RFC 8254)."""
    return "urn:isbn:" + re.sub(r"[^0-9Xx]", "", written).upper()


def _refined(name: str, uid: str, text: str, refinement: str, value: str, **attributes: str) -> Iterator[Row]:
    """An element of Dublin Core's, and what it is."""
    yield Row(name, text, {"id": uid})
    yield Row("meta", value, {"refines": f"#{uid}", "property": refinement, **attributes})


def _date(date: str) -> Row:
    """The date. One in words is no date to EPUB, but kept as a note."""
    if _W3C_DATE.fullmatch(date):
        return Row("date", date, {})
    return Row("meta", date, {"property": "dcterms:date"})
