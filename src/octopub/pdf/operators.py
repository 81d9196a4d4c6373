"""The operators of a content stream: as many as octopub has to understand (ISO 32000-1 §9.4).

Imports nothing of octopub.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = re.compile(rb"\[([<>0-9a-f. -]*)\] TJ")
"""A line of glyphs being shown: their codes in angle brackets, and distances between them."""

_FACE = re.compile(rb"/(\S+) ([\d.]+) Tf")
_PLACE = re.compile(rb"(-?[\d.]+) (-?[\d.]+)(?= Tm\b)")

_ITEM = re.compile(rb"<([0-9a-f]*)>|[^<>\s]+")


def joined(operators: Sequence[Any]) -> bytes:
    """Operators as pydyf keeps them (bytes, text, objects) as a stream has them, a line each."""
    return b"\n".join(
        each if isinstance(each, bytes) else each.encode() if isinstance(each, str) else each.data
        for each in operators
    )


class Glyphs(NamedTuple):
    """A line of glyphs, and the operators around it."""

    before: bytes
    behind: bytes
    codes: tuple[int, ...]
    moves: tuple[float, ...]
    """What each glyph is moved back by behind itself, in thousandths of an em."""

    @property
    def face(self) -> tuple[str, float]:
        """The name of the face among the page's resources, and its size."""
        (name, size), *_ = reversed(_FACE.findall(self.before))
        return name.decode(), float(size)

    @property
    def x(self) -> float:
        """Where it begins."""
        return float(_PLACE.findall(self.before)[-1][0])

    def placed(self, x: float, y: float | None = None) -> Self:
        """The same, beginning at this x; and on this baseline, if one is given."""
        place = rb"%.6f \2" % x if y is None else b"%.6f %.6f" % (x, y)
        return self._replace(before=_PLACE.sub(place, self.before))


def glyphs(content: bytes) -> Glyphs | None:
    """The one line of glyphs that these operators show; None where they show several, or none."""
    found = _SHOWN.findall(content)
    if len(found) != 1:
        return None
    codes: list[int] = []
    moves: list[float] = []
    for item in _ITEM.finditer(found[0]):
        if item[1] is None:
            if codes:
                moves[-1] += float(item[0])
            continue
        own = [int(item[1][at : at + 4], 16) for at in range(0, len(item[1]), 4)]
        codes += own
        moves += [0.0] * len(own)
    before, _, behind = content.partition(b"[" + found[0] + b"] TJ")
    return Glyphs(before, behind, tuple(codes), tuple(moves))


def shown(codes: Sequence[int], moves: Sequence[float]) -> bytes:
    """The operator that shows a line of glyphs."""
    parts = (b"%04x" % code + (b">%d<" % move if move else b"") for code, move in zip(codes, moves, strict=True))
    return b"[<" + b"".join(parts) + b">] TJ"
