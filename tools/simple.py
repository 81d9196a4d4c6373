"""The simple way to lay a book out: all parts in one process, page numbers and folios by WeasyPrint's own means,
and `Document.copy` of all pages into one file: its public interface.

What octopub's own way is held against (`tests/pdf/test_oracle.py`) and compared with (`make bench`). It takes the
page numbers and the moved notes that octopub found; all else it does for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from msgspec.structs import replace

from octopub.faces.catalogue import Catalogue
from octopub.markup import css
from octopub.model import Book
from octopub.pdf.engine import Engine  # before all else of WeasyPrint's: it keeps its import quiet
from octopub.pdf.equipment import Kit
from octopub.pdf.forme import Job, Picture
from octopub.pdf.layout import Layout
from octopub.pdf.parts import SCHEME
from octopub.pdf.plan import plan
from octopub.pdf.room import Means, Room
from octopub.pdf.sink import sink

VARIANT = "pdf/ua-1"
BARE = "@top-left { content: none } @top-center { content: none } @top-right { content: none }"

MARGINS = (
    *(f"@{side}-{place}" for side in ("top", "bottom") for place in ("left", "center", "right")),
    *(f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
    *(f"@{side}-{place}-corner" for side in ("top", "bottom") for place in ("left", "right")),
)


def furniture(verso: str | None, recto: str | None, first_page: int, direction: str) -> str:
    """Running heads, and folios that count, for the pages of one part, which begins on a recto."""
    left, right = (verso, recto) if direction == "ltr" else (recto, verso)
    return f"""
@page :left {{ @top-left {{ content: counter(page) }} @top-center {{ content: {_head(left)} }} }}
@page :right {{ @top-right {{ content: counter(page) }} @top-center {{ content: {_head(right)} }} }}
@page :first {{ counter-reset: page {first_page}; {BARE} @bottom-center {{ content: counter(page) }} }}
"""


def _head(text: str | None) -> str:
    return css.quoted(text) if text else "none"


class Simple:
    """A book, laid out both ways. To be closed."""

    def __init__(self, book: Book, catalogue: Catalogue, stylesheets: dict[str, str]) -> None:
        settled, complaints = plan(book, catalogue, stylesheets)
        assert settled is not None, complaints
        self.book = book
        self.plan = settled
        self.kit = Kit(settled.faces, settled.code, settled.css)
        images = {SCHEME + resource.name: resource for resource in book.resources}
        with Room(self.kit, images, Means()) as room:
            self.layout = Layout(book, settled, room)
            self.layout.run()
        self._engine = Engine(self.kit.equipment)

    def close(self) -> None:
        """Give the faces back."""
        self._engine.close()

    def jobs(self) -> Iterator[Job]:
        """The parts with their page numbers and their furniture."""
        images = {SCHEME + resource.name: resource for resource in self.book.resources}
        for laid in self.layout.laid:
            job = self.layout.job(laid, exact=True)
            unit = laid.unit
            sheet = "" if unit.bare else furniture(unit.verso, unit.recto, laid.start, self.book.direction)
            pictures = {
                src: Picture(each.media_type, each.digest, images[src].read())
                for src, each in job.pictures.items()
            }
            yield replace(job, css=job.css + sheet, pictures=pictures)

    def laid_out(self, job: Job) -> tuple[Any, Any]:
        """A part's tree, and WeasyPrint's document of it."""
        root, document = self._engine.lay_out(job)
        sink(document)
        return root, document

    def write(self) -> bytes:
        """The file."""
        documents = [self.laid_out(job)[1] for job in self.jobs()]
        blank = f"@page {{ {''.join(f'{box} {{ content: none }}' for box in MARGINS)} }}"
        _, empty = self._engine.lay_out(Job("blank", b"<html><body/></html>", blank, (), {}))
        pages: list[Any] = []
        for document in documents:
            if len(pages) % 2:
                pages.append(copy(empty.pages[0]))  # what is known of a page is kept by the page
            pages += document.pages
        written = documents[0].copy(pages).write_pdf(pdf_variant=VARIANT)
        assert isinstance(written, bytes)
        return written
