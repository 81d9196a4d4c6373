"""Tables of a plain tree become the draft's: rows of as many cells each, the first of them the head.

Imports `importing.draft` and `tree`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Table
from octopub.importing.trees.tree import Element, classes, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.draft import Inline, Place

    Cell = tuple[Inline, ...]

_WIDEST = 200
"""Columns: a table of a book has fewer, and a cell may claim to span a million."""
_ALIGNMENTS = frozenset({"left", "right", "center"})


def cells_of(element: Element) -> list[Element]:
    """A table's cells, without those of tables in them."""
    cells = element.iter("td", "th")
    return [cell for cell in cells if next(cell.iterancestors("table"), element) is element]


def is_layout(element: Element) -> bool:
    """Whether a table only places things on a page: it says so, or has a single cell, or holds tables."""
    if element.get("role") in ("presentation", "none"):
        return True
    cells = list(element.iter("td", "th"))
    return len(cells) == 1 or any(True for cell in cells for _ in cell.iter("table", "h1", "h2", "h3"))


def table(element: Element, read: Callable[[Element], Cell], place: Place) -> Iterator[Table]:
    """A table, its cells read by `read`. Spans become empty cells; a table without a head has an empty one."""
    rows = [_row(each, read) for each in element.iter("tr")]
    rows = [row for row in rows if row]
    if not any(any(row) for row in rows):
        return
    _span_down(element, rows)
    columns = min(max(map(len, rows)), _WIDEST)
    filled = [(*row, *([()] * (columns - len(row)))) for row in rows]
    if not _has_head(element):
        filled.insert(0, ((),) * columns)
    yield Table(tuple(filled), place, _aligned(element, columns))


def _row(element: Element, read: Callable[[Element], Cell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in element:
        if tag(cell) not in ("td", "th"):
            continue
        content = read(cell)
        found.append(_without_edges(content))
        found += [()] * (_span(cell, "colspan") - 1)
    return found


def _span(cell: Element, name: str) -> int:
    given = cell.get(name) or ""
    return max(1, min(int(given), _WIDEST)) if re.fullmatch(r"\d{1,6}", given) else 1


def _span_down(element: Element, rows: list[list[Cell]]) -> None:
    """Put empty cells where a cell from above reaches down."""
    sources = [each for each in element.iter("tr") if any(tag(cell) in ("td", "th") for cell in each)]
    reaching: dict[int, int] = {}
    for row, source in zip(rows, sources, strict=False):
        spans: dict[int, int] = {}
        column = 0
        for cell in source:
            if tag(cell) not in ("td", "th"):
                continue
            while reaching.get(column, 0):
                row.insert(column, ())
                column += 1
            width = _span(cell, "colspan")
            if (down := _span(cell, "rowspan")) > 1:
                spans |= dict.fromkeys(range(column, column + width), down)
            column += width
        while reaching.get(column, 0):
            row.insert(column, ())
            column += 1
        reaching = {at: left - 1 for at, left in reaching.items() if left > 1}
        reaching |= {at: down - 1 for at, down in spans.items()}


def _has_head(element: Element) -> bool:
    """Whether the first row is a head."""
    first = next(element.iter("tr"))
    parent = first.getparent()
    if parent is not None and tag(parent) == "thead":
        return True
    cells = [tag(cell) for cell in first if tag(cell) in ("td", "th")]
    return bool(cells) and all(name == "th" for name in cells)


def _aligned(element: Element, columns: int) -> tuple[str, ...]:
    """How each column is aligned: as the cells are of the last row that has one for each."""
    rows = ([_alignment(cell) for cell in row if tag(cell) in ("td", "th")] for row in element.iter("tr"))
    whole = [row for row in rows if len(row) == columns]
    return tuple(whole[-1]) if whole else ("",) * columns


def _alignment(cell: Element) -> str:
    given = (cell.get("align") or "").lower()
    style = re.search(r"text-align:\s*(\w+)", cell.get("style") or "")
    named = next((name for name in classes(cell) if name in _ALIGNMENTS), "")
    found = (style[1].lower() if style else "") or given or named
    return found if found in _ALIGNMENTS else ""


def _without_edges(content: Cell) -> Cell:
    """A cell's line, with one break where several stood."""
    found: list[Inline] = []
    for piece in content:
        if isinstance(piece, Break) and found and isinstance(found[-1], Break):
            continue
        found.append(piece)
    return tuple(found)
