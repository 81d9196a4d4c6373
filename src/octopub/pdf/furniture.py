"""Page furniture: running heads and folios, set once and stamped on every page.

Imports `pdf.forme`, `pdf.operators`, `pdf.record` and of `markup.styles` the rules for a page's margins. What stands
in the margin of a page depends on its place in the book; so it is no part of a part's forme. A sheet of specimens is
set like any other job, with a page for each head on either side. From it each head is taken as it is painted there,
and the folios figure by figure, with the distances between them.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from msgspec.structs import replace

from octopub.markup.styles import furniture, line_number
from octopub.model import LineNumbers
from octopub.pdf.forme import PLACEHOLDER, Job
from octopub.pdf.operators import glyphs, shown
from octopub.pdf.record import FURNITURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from octopub.model import Book
    from octopub.pdf.forme import Forme, Stamp
    from octopub.pdf.linenumbers import Numbered
    from octopub.pdf.parts import Unit
    from octopub.pdf.record import Line

ZERO = "0"
PAIRS = "".join(f"{a}{b}" for a in range(10) for b in range(10))
"""Every figure before every other: the distance between two is that pair's own."""

HEAD = "@top-center"
"""The margin box of running heads. All others hold folios."""

LINES = "@left-middle"
"""That of the numbers beside lines."""

PT = 0.75
"""Points in a CSS pixel."""


class Place(NamedTuple):
    """A page's place in the book, as far as its furniture goes."""

    is_verso: bool
    head: str | None
    """None on a page that opens a chapter: it has its folio at the foot."""
    has_folio: bool


def places(unit: Unit, forme: Forme, *, one_sided: bool = False) -> Iterator[Place | None]:
    """The place of each page of a unit, which begins on a recto (and has no other page where it is one-sided); None
    for pages without furniture: the stylesheets may give it none, or a named page of theirs."""
    kept: dict[int, set[str]] = {}
    for stamp in forme.stamps:
        if stamp.text == PLACEHOLDER:
            kept.setdefault(stamp.page, set()).add(stamp.box)
    for index in range(len(forme.pages)):
        is_verso = index % 2 == 1 and not one_sided
        boxes = kept.get(index, set())
        head = (unit.verso if is_verso else unit.recto) if HEAD in boxes else None
        yield Place(is_verso, (head or "") if index else None, bool(boxes - {HEAD})) if boxes else None


def specimens(book: Book, units: Sequence[Unit]) -> Job:
    """The sheet of specimens: an opening, then two pages for each head, a verso and a recto; each with the folio 0,
    and all of them again with all pairs of figures."""
    heads = {head or "" for unit in units if not unit.bare for head in (unit.verso, unit.recto)}
    root = etree.Element("html", {"lang": book.metadata.lang, "dir": book.direction})
    body = etree.SubElement(root, "body")
    css = []
    for folio in (ZERO, PAIRS):
        for head in (None, *sorted(heads)):
            name = _name(head, folio)
            css.append(furniture(name, head, folio))
            for side in ("recto",) if head is None else ("verso", "recto"):
                etree.SubElement(body, "div", {"style": f"page: {name}; break-before: {side}"})
        if book.options.line_numbers is not LineNumbers.NONE or book.standard:
            name = f"lines-{folio}"
            css.append(line_number(name, folio))
            etree.SubElement(body, "div", {"style": f"page: {name}; break-before: page"})
    return Job("furniture", etree.tostring(root, encoding="utf-8"), "".join(css), (), {})


def _name(head: str | None, folio: str) -> str:
    """The named page that shows this head; of openings, where it is None."""
    kind = "opening" if head is None else f"head-{head.encode().hex()}"
    return f"{kind}-{'zero' if folio == ZERO else 'pairs'}"


class Furniture:
    """What is stamped on the pages of a book."""

    def __init__(self, forme: Forme) -> None:
        """`forme` is that of the specimens."""
        self.forme = forme
        self._pages = {(name, index % 2): index for index, name in enumerate(forme.names)}
        self._stamps: dict[int, list[Stamp]] = {}
        for stamp in forme.stamps:
            self._stamps.setdefault(stamp.page, []).append(stamp)
        self._widths = {each.name: each.widths for each in forme.types}
        self._folios: dict[Place, _Folio | None] = {}

    def head(self, place: Place) -> bytes:
        """The operators that paint a page's running head, in CSS pixels from the page's upper left corner."""
        return b"\n".join(stamp.content for stamp in self._on(place, ZERO) if stamp.box == HEAD)

    def folio(self, place: Place, number: str) -> bytes:
        """Those that paint its folio."""
        folio = self._folio(place)
        return folio.painted(number) if folio else b""

    def lines(self, place: Place, number: str) -> tuple[Line, ...]:
        """The same as lines of the record."""
        folio = self._folio(place)
        found = []
        heads = {stamp.text for stamp in self._on(place, ZERO) if stamp.box == HEAD}
        for line in self.forme.pages[self._page(place, ZERO)].lines:
            if line.text in heads:
                found.append(line)
            elif line.text == ZERO and folio:
                left, width = folio.extent(number)
                found.append(replace(line, text=number, left=left * PT, width=width * PT))
        return tuple(found)

    def line_number(self, each: Numbered) -> bytes:
        """Those that paint the number beside a line."""
        return self._lines.painted(each.number, self._left(each) / PT, each.line.baseline / PT)

    def line_numbers(self, numbered: Iterable[Numbered]) -> Iterator[Line]:
        """The same as lines of the record."""
        for each in numbered:
            _, width = self._lines.extent(each.number)
            yield replace(
                each.line, block=FURNITURE, text=each.number, start=-1, end=-1, at=None, left=self._left(each),
                width=width * PT, stretch=0.0, hyphenated=False,
            )  # fmt: skip

    def _left(self, each: Numbered) -> float:
        _, width = self._lines.extent(each.number)
        return each.edge if each.is_right else each.edge - width * PT

    @cached_property
    def _lines(self) -> _Folio:
        zero, pairs = (
            next(stamp for stamp in self.forme.stamps if (stamp.box, stamp.text) == (LINES, figures))
            for figures in (ZERO, PAIRS)
        )
        return _Folio(zero, pairs, self._widths)

    def _page(self, place: Place, folio: str) -> int:
        return self._pages[_name(place.head, folio), int(place.is_verso)]

    def _on(self, place: Place, folio: str) -> Sequence[Stamp]:
        return self._stamps.get(self._page(place, folio), ())

    def _folio(self, place: Place) -> _Folio | None:
        if place not in self._folios:
            zero, pairs = (
                next((each for each in self._on(place, folio) if each.text == folio), None)
                for folio in (ZERO, PAIRS)
            ) if place.has_folio else (None, None)
            self._folios[place] = _Folio(zero, pairs, self._widths) if zero and pairs else None
        return self._folios[place]


class _Folio:
    """The folios of one kind of page."""

    def __init__(self, zero: Stamp, pairs: Stamp, widths: Mapping[str, Mapping[int, float]]) -> None:
        """`widths` are the faces' advances, in thousandths of an em."""
        frame, line = glyphs(zero.content), glyphs(pairs.content)
        assert frame
        assert line
        self._align = zero.align
        self._frame = frame
        name, self._size = frame.face
        self._widths = widths[name]
        self._codes = dict(zip(PAIRS, line.codes, strict=True))
        self._moves = {a + b: line.moves[at] for at, (a, b) in enumerate(pairwise(PAIRS))}

    def _moved(self, number: str) -> list[float]:
        return [*(self._moves[a + b] for a, b in pairwise(number)), 0.0]

    def extent(self, number: str) -> tuple[float, float]:
        """Where a number begins and how wide it is, in CSS pixels."""
        width = self._width(number)
        share = {"left": 0.0, "right": 1.0}.get(self._align, 0.5)
        return self._frame.x - share * (width - self._width(ZERO)), width

    def _width(self, number: str) -> float:
        advances = sum(self._widths[self._codes[figure]] for figure in number) - sum(self._moved(number))
        return advances / 1000 * self._size

    def painted(self, number: str, left: float | None = None, baseline: float | None = None) -> bytes:
        """The operators that paint a number: where it stands among the specimens, or elsewhere on the page."""
        frame = self._frame.placed(self.extent(number)[0] if left is None else left, baseline)
        return frame.before + shown([self._codes[figure] for figure in number], self._moved(number)) + frame.behind
