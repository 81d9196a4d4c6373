"""The code on the back cover: an address that a telephone reads (ISO/IEC 18004).

Imports segno.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import segno

from octopub.covers.drawing import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUIET = 4
"""So many modules around the symbol stay white (ISO/IEC 18004 §6.3.8)."""

LEAST_SIDE_MM = 20.0
LEAST_MODULE_MM = 0.4
"""What telephones read at arm's length, off office paper."""


class QrCode(NamedTuple):
    """A symbol, as a drawing without its quiet zone."""

    svg: bytes
    modules: int
    """On each side."""

    def side_mm(self, wanted: float) -> float:
        """How wide it is to be printed, in millimetres: as wide as this, if it can be read so."""
        return max(wanted, LEAST_SIDE_MM, self.modules * LEAST_MODULE_MM)


def qr_code(address: str) -> QrCode | None:
    """The code of an address; None for one that is too long for any. It bears a seventh of itself being spoilt."""
    try:
        made = segno.make_qr(address, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    rows = [bytes(row) for row in made.matrix]
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    body = f'<path d="{path}"/>\n'
    return QrCode(drawing(len(rows), len(rows), address, "", body), len(rows))


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side: the first one's place, and how many there are."""
    start = None
    for x, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
