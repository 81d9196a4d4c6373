"""The page report as one page of HTML, with a picture of each place. It needs no script and no other file.

Imports the report's counts, the pictures and lxml.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E  # type: ignore[import-not-found]  # lxml-stubs lack it

from octopub.pdf.marks.pictures import pictures
from octopub.pdf.marks.report import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.model import Book
    from octopub.pdf.marks.mark import Kind, Mark
    from octopub.pdf.marks.pictures import Picture

    Element = etree._Element

MOST_PICTURES = 50
"""So many places of a kind are shown in pictures; the others are told: a page of thousands would not open."""

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse }
caption { text-align: start; font-weight: bold }
th, td { padding: .2rem 1rem .2rem 0; text-align: start; font-weight: normal; vertical-align: top }
td { text-align: end; font-variant-numeric: tabular-nums }
ol { padding: 0; list-style: none }
li { margin: 1.5rem 0 }
h3 { margin: 0; font-size: 1rem }
p { margin: .3rem 0 }
img { display: block; max-width: 100%; height: auto; border: 1px solid #888; background: #fff }
a:focus-visible { outline: 3px solid }
"""


def as_html(marks: Sequence[Mark], book: Book, pages: int, pdf: bytes) -> bytes:
    """The report for people. `pdf` is the file whose `pages` pages are shown. Raises MachineError where PDFium is not
    installed."""
    title = f"Page report: {book.metadata.title}"
    numbers = counts(marks)
    by_kind = {kind: [mark for mark in marks if mark.kind is kind] for kind, count in numbers.items() if count}
    first = {id(mark) for there in by_kind.values() for mark in there[:MOST_PICTURES]}
    shown = [mark for mark in marks if id(mark) in first]
    seen = dict(zip(map(id, shown), pictures(pdf, shown), strict=True))
    sections = [_section(kind, [(mark, seen.get(id(mark))) for mark in there], book) for kind, there in by_kind.items()]
    root = E.html(
        {"lang": "en"},
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(title),
            E.style(STYLE),
        ),
        E.body(
            E.header(E.h1(title), E.p(f"{book.source.path}: {pages} pages, {len(marks)} marks")),
            E.nav({"aria-label": "Kinds of marks"}, _table(numbers)),
            E.main(*(sections or [E.p("There is nothing to mark.")])),
        ),
    )
    return etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def _table(numbers: dict[Kind, int]) -> Element:
    """The counts; those that are not nothing lead to their places."""
    rows = (
        E.tr(
            E.th({"scope": "row"}, E.a(kind.title, href=f"#{kind.slug}") if count else kind.title),
            E.td(str(count)),
        )
        for kind, count in numbers.items()
    )
    head = E.thead(E.tr(E.th({"scope": "col"}, "Kind"), E.th({"scope": "col"}, "Marks")))
    table: Element = E.table(E.caption("What a typesetter would mark"), head, E.tbody(*rows))
    return table


def _section(kind: Kind, shown: Iterable[tuple[Mark, Picture | None]], book: Book) -> Element:
    name = f"{kind.slug}-title"
    places = E.ol({"role": "list"}, *(_place(mark, picture, book) for mark, picture in shown))
    heading = E.h2({"id": name}, f"{kind.title} ({len(places)})")
    said = [E.p(f"The first {MOST_PICTURES} are shown in pictures.")] if len(places) > MOST_PICTURES else []
    section: Element = E.section({"id": kind.slug, "aria-labelledby": name}, heading, *said, places)
    return section


def _place(mark: Mark, picture: Picture | None, book: Book) -> Element:
    where = f"Page {mark.page}" + (f", line {mark.line} of the manuscript" if mark.line else "")
    words = E.q({"lang": book.metadata.lang, "dir": "auto"}, mark.words)
    said = f" – {mark.said}" if mark.said else ""
    place: Element = E.li(E.h3(where), E.p(words, said), *([_image(mark, picture)] if picture else []))
    return place


def _image(mark: Mark, picture: Picture) -> Element:
    image: Element = E.img(
        alt=f"Page {mark.page}, with a frame around the place",
        src="data:image/png;base64," + b64encode(picture.content).decode(),
        width=str(picture.width),
        height=str(picture.height),
    )
    return image
