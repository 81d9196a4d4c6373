"""Rows of tables that are too high to be kept together with others, or in one piece.

Imports WeasyPrint's layout. By the stylesheet a row is never cut, and the first and last rows of a table stay together.
Where that is higher than a page, WeasyPrint leaves the table's head out and prints it behind; where it is nearly as
high, much of a page stays white. So high rows are told beforehand: each table that may have one is laid out as if its
page had no end.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEWEST = 80
"""A row is high only if one of its cells has so many letters at the least."""

TOGETHER = 4
"""So many rows stay together, at a table's beginning and at its end (`print.css`)."""


def suspects(root: Any) -> list[Any]:
    """The tables that may have a high row."""
    return [
        box
        for box in root.descendants()
        if box.is_table_wrapper and any(_letters(cell) >= FEWEST for row in _rows(box) for cell in row.children)
    ]


def free(table: Any, lay_out: Callable[[Any], Any], highest: float) -> None:
    """Let the rows of a table that are higher than this be cut; and part from others those of which as many as stay
    together are higher, unless one would stand alone that need not. `lay_out` lays out a copy of the table."""
    rows = list(_rows(table))
    heights = [row.height for row in _rows(lay_out(table.deepcopy()))]
    for row, height in zip(rows, heights, strict=True):
        if height > highest:
            _cut(row)
    ends = {index for group in _bodies(table) for index in (rows.index(group[0]), rows.index(group[-1]) - 1)}
    for index, (above, below) in enumerate(pairwise(heights)):
        is_needed = index in ends and above + below <= highest
        if max(above, below) > highest / TOGETHER and not is_needed:
            _set(rows[index], break_after="auto")
            _set(rows[index + 1], break_before="auto")


def _cut(row: Any) -> None:
    """Let a row be cut. All its cells begin on one page, if need be with one line."""
    _set(row, break_inside="auto")
    for box in row.descendants():
        if isinstance(box, boxes.BlockContainerBox):
            _set(box, orphans=1, widows=1)


def _set(box: Any, **values: Any) -> None:
    box.style = box.style.copy()
    for name, value in values.items():
        box.style[name] = value


def _bodies(table: Any) -> Iterator[list[Any]]:
    groups = (box for box in table.descendants() if isinstance(box, boxes.TableRowGroupBox))
    return (group.children for group in groups if group.children and not (group.is_header or group.is_footer))


def _rows(table: Any) -> Iterator[Any]:
    return (box for box in table.descendants() if isinstance(box, boxes.TableRowBox))


def _letters(box: Any) -> int:
    return sum(len(text.text) for text in box.descendants() if isinstance(text, boxes.TextBox))
