"""What was painted where: for each piece of marked content, the element of the markup that it belongs to.

Imports WeasyPrint's boxes. WeasyPrint numbers the pieces as it paints them; `tags` makes a tree of the whole
part from them, for which it needs to know this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes

from octopub.pdf.boxes import PT, is_generated, is_head, is_mark, page_box, real

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element


class Piece(NamedTuple):
    """A piece of marked content."""

    mcid: int
    """Its number on its page."""
    element: Element | None
    """The element whose text or image it is; None for what is no part of the book's text: running heads,
    folios, words of the stylesheet, a table's head where it is repeated."""
    is_mark: bool = False
    """Whether it is the mark of a list's item."""
    area: tuple[float, float, float, float] | None = None
    """An image's place on the page, in points from the lower left corner: left, bottom, right, top."""


class PageTrace(NamedTuple):
    """The pieces of a page in their reading order; and the elements that its links belong to, in theirs."""

    pieces: tuple[Piece, ...]
    links: tuple[Element, ...]


class Tracer:
    """Traces the pages of one document, to be asked for in their order."""

    def __init__(self) -> None:
        self._heads: set[int] = set()

    def trace(self, page: Any, numbers: Mapping[Any, int]) -> PageTrace:
        """The trace of a page that was painted. `numbers` says which box got which number."""
        walk = _Walk(numbers, page.height, self._heads)
        return PageTrace(tuple(walk.pieces(page)), tuple(link[-1].element for link in page.links))


class _Walk:
    """A walk through a page's boxes."""

    def __init__(self, numbers: Mapping[Any, int], height: float, heads: set[int]) -> None:
        self._numbers = numbers
        self._height = height
        self._heads = heads

    def pieces(self, page: Any) -> Iterator[Piece]:
        """The pieces of a page."""
        for child in page_box(page).children:
            yield from self._walk(child, in_text=not isinstance(child, boxes.MarginBox))

    def _walk(self, box: Any, *, in_text: bool) -> Iterator[Piece]:
        box = real(box)
        if is_head(box):
            in_text = in_text and id(box.element) not in self._heads
            self._heads.add(id(box.element))
        if (number := self._numbers.get(box)) is not None:
            yield self._piece(box, number, in_text=in_text)
        for child in getattr(box, "children", ()):
            yield from self._walk(child, in_text=in_text)

    def _piece(self, box: Any, number: int, *, in_text: bool) -> Piece:
        if not in_text or box.element is None or (is_generated(box) and not is_mark(box)):
            return Piece(number, None)
        area = None
        if isinstance(box, boxes.ReplacedBox):
            left, top = box.content_box_x() * PT, box.content_box_y() * PT
            height = self._height * PT
            area = (left, height - top - box.height * PT, left + box.width * PT, height - top)
        return Piece(number, box.element, is_mark(box), area)
