"""A note as it is laid out, once, and cut where it has to go over to another page.

Imports WeasyPrint's boxes, and `pdf.boxes`. Knows nothing of pages: a note is laid out as if its page had no end, and
since all pages of a part have one measure, a part of it stands on each of them as it stands in the whole.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.block import block_level_page_break
from weasyprint.text.line_break import strut

from octopub.pdf.boxes import is_head

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR = 0.01
"""Pixels that are no distance."""

AVOID = frozenset({"avoid", "avoid-page"})


class Head(NamedTuple):
    """The head of a table, to be repeated where the table goes on."""

    box: Any
    height: float
    """What it takes, with the white under it."""


class Break(NamedTuple):
    """A place where a note may be cut; y from its top."""

    end: float
    """Where what stands above it ends."""
    start: float
    """Where what stands below it begins: there may be white between blocks."""
    is_good: bool
    """Whether it leaves together what belongs together: two lines of a paragraph, the lines of a row."""
    head: Head | None = None
    """What is to be repeated above what stands below it, if it parts a table."""


class NoteBox:
    """A note, laid out. It gives its parts away from above, each once."""

    def __init__(self, box: Any, highest: float) -> None:
        """`box` is the note; what asks not to be cut, and is not higher than `highest`, never is."""
        self._rest = box
        self._highest = highest
        self.top: float = box.position_y
        self.end: float = box.position_y + box.margin_height()
        self.line: float = strut(box.style)[0]
        """The height of a line."""

    @property
    def height(self) -> float:
        """Its height, as a whole."""
        return self.end - self.top


    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """All places to cut, from above."""
        outline = _Outline(self._highest)
        outline.add(self._rest)
        return tuple(outline.breaks())

    def cut(self, start: float, room: float, *, forced: bool = False) -> Break | None:
        """Where to cut what begins at `start`, so that as much as possible of it stands in the room, two lines
        at the least here and two more there. If `forced`, anything that goes in is better than nothing."""
        least = 2 * self.line - NEAR
        inside = [each for each in self.breaks if start < each.end <= start + room + NEAR]
        good = (
            each
            for each in reversed(inside)
            if each.is_good and each.end - start >= least and self.end - each.start >= least
        )
        return next(good, inside[-1] if forced and inside else None)

    def take(self, at: Break | None, head: Head | None = None) -> Any:
        """The box of the next part, up to the break; of all that is left, where there is none. With the head above
        it, where it goes on with a table."""
        if head:
            _repeat(head, self._rest)
        if at is None:
            return self._rest
        upper, self._rest = _divided(self._rest, at)
        return upper


class _Outline:
    """What a note consists of, from above: what cannot be cut, and what should stay together."""

    def __init__(self, highest: float) -> None:
        self._highest = highest
        self._solids: list[tuple[float, float]] = []
        """Top and bottom of each line, image, row."""
        self._ties: list[tuple[float, float]] = []
        """Between these, a cut is bad."""
        self._tables: list[tuple[float, float, Head]] = []
        """Between these, a cut is one within a table."""

    def add(self, box: Any) -> None:
        """Add a box with all that is in it."""
        if isinstance(box, AbsolutePlaceholder):
            return  # a list's mark, beside a line
        top, bottom = box.border_box_y(), _bottom(box)
        keeps = box.style["break_inside"] in AVOID
        if _is_atom(box) or (keeps and bottom - top <= self._highest):
            if top < bottom:
                self._solids.append((top, bottom))
            return
        if keeps:
            self._ties.append((top, bottom))
        if isinstance(box, boxes.TableBox):
            self._add_table(box)
        if isinstance(box.children[0], boxes.LineBox):
            self._add_lines(box)
        else:
            self._add_blocks(box)

    def _add_lines(self, box: Any) -> None:
        first = len(self._solids)
        for line in box.children:
            self.add(line)
        lines = self._solids[first:]
        for together in (lines[: box.style["orphans"]], lines[-box.style["widows"] :]):
            if together:
                self._ties.append((together[0][0], together[-1][1]))

    def _add_table(self, box: Any) -> None:
        head, *rows = box.children
        if is_head(head) and rows and head.height <= self._highest:
            top = rows[0].position_y
            self._tables.append((top, _bottom(box), Head(head, top - head.position_y)))

    def _add_blocks(self, box: Any) -> None:
        children = [child for child in box.children if child.is_in_normal_flow()]
        before = None
        for child in children:
            first = len(self._solids)
            self.add(child)
            if first and before is not None and len(self._solids) > first and _belong_together(before, child):
                self._ties.append((self._solids[first - 1][0], self._solids[first][1]))
            before = child

    def breaks(self) -> Iterator[Break]:
        """The places to cut, from above."""
        for end, start in self._gaps():
            is_good = not any(upper < end - NEAR < lower - 2 * NEAR for upper, lower in self._ties)
            heads = (head for top, bottom, head in self._tables if top + NEAR < start < bottom)
            yield Break(end, start, is_good, next(heads, None))

    def _gaps(self) -> Iterator[tuple[float, float]]:
        """Between two solids, where none stands beside it: the bottom of the upper, the top of the lower."""
        solids = sorted(self._solids)
        end = float("-inf")
        for (_, bottom), (top, _) in pairwise(solids):
            end = max(end, bottom)
            if top >= end - NEAR:
                yield end, top


def _is_atom(box: Any) -> bool:
    return isinstance(box, boxes.LineBox | boxes.ReplacedBox) or not box.children


def _bottom(box: Any) -> float:
    """The bottom of a box, or of a cell that goes beyond its row."""
    bottom = float(box.border_box_y() + box.border_height())
    if isinstance(box, boxes.TableRowBox):
        return max(bottom, *(_bottom(cell) for cell in box.children), bottom)
    return bottom


def _belong_together(before: Any, behind: Any) -> bool:
    return getattr(before, "is_header", False) or block_level_page_break(before, behind) in AVOID


def _divided(box: Any, at: Break) -> tuple[Any, Any]:
    """The parts of a box above and below a break."""
    above, below = [], []
    for child in box.children:
        if _is_below(child, at):
            below.append(child)
        elif _is_above(child, at):
            above.append(child)
        else:
            upper, lower = _divided(child, at)
            above.append(upper)
            below.append(lower)
    upper, lower = box.copy_with_children(above), box.copy_with_children(below)
    end = box.position_y + box.margin_height()
    upper.remove_decoration(start=False, end=True)
    upper.height += at.end - upper.position_y - upper.margin_height()
    lower.remove_decoration(start=True, end=False)
    lower.position_y = at.start
    lower.height += end - lower.position_y - lower.margin_height()
    return upper, lower


def _repeat(head: Head, box: Any) -> None:
    """Put the head above the first rows of a box that begins with the rest of its table."""
    while not isinstance(box, boxes.TableBox):
        box.position_y -= head.height
        box.height += head.height
        box = next(child for child in box.children if child.is_in_normal_flow())
    box.position_y -= head.height
    box.height += head.height
    repeated = head.box.deepcopy()  # which stands on a page by now
    repeated.translate(box.children[0].position_x - repeated.position_x, box.position_y - repeated.position_y)
    box.children = (repeated, *box.children)


def _is_above(box: Any, at: Break) -> bool:
    if _is_single(box):
        return True
    return bool(box.border_box_y() + box.border_height() <= at.end + NEAR)


def _is_below(box: Any, at: Break) -> bool:
    middle = box.border_box_y() + box.border_height() / 2 if _is_single(box) else box.border_box_y()
    return bool(middle > at.end - NEAR)


def _is_single(box: Any) -> bool:
    return isinstance(box, AbsolutePlaceholder) or _is_atom(box)
