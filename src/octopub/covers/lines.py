"""Lines: the words of a cover on as many lines as suit them, as large as they may be.

Imports `faces.shaping`. Lengths are the cover's units, or ems where it says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.faces.shaping import Line, Shaper


class Role(NamedTuple):
    """What words are for: the largest size, the height they may take, the space above."""

    size: float
    height: float
    space: float


# Between baselines, in ems, and at least between the ink of two lines (Arabic reaches far up and down).
LEADING, GAP = 1.03, 0.1
# What a further line costs beside size and evenness: of two equal settings the one with fewer is calmer.
PER_LINE = 0.045
MOST_LINES = 12


def words_of(text: str) -> list[str]:
    """The words between which a line may end: a no-break space holds two together."""
    return re.sub("[\t\n\r ]+", " ", text).strip(" ").split(" ")


def fitted(
    words: Sequence[tuple[str, float]], shaper: Shaper, measure: float, role: Role, *, rtl: bool
) -> tuple[float, list[Line]]:
    """The words (each with its width in ems) on lines, and their size: of all numbers of lines the one that
    sets them large and fills its lines evenly."""
    space = shaper.line(" ").width
    widths = [width for _, width in words]
    best: tuple[float, float, list[int]] = (0, 0, [])
    for count in range(1, min(len(words), MOST_LINES) + 1):
        breaks = _narrowest(widths, space, count)
        lengths = _lengths(widths, space, breaks)
        size = min(role.size, measure / max(lengths), role.height / (len(lengths) * LEADING))
        best = max(best, (size * _evenness(lengths) * (1 - PER_LINE * count), size, breaks))
    _, size, breaks = best
    rows = (" ".join(word for word, _ in words[start:end]) for start, end in _spans(words, breaks))
    lines = [shaper.line(row, rtl=rtl) for row in rows]
    # Ink may reach beyond the advances.
    return min(size, measure / max(line.ink.right - line.ink.left for line in lines)), lines


def _spans(words: Sequence[object], breaks: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Beginning and end of each line."""
    return zip([0, *breaks], [*breaks, len(words)], strict=True)


def _lengths(widths: Sequence[float], space: float, breaks: Sequence[int]) -> list[float]:
    """The lengths of the lines, in ems."""
    return [sum(widths[start:end]) + space * (end - start - 1) for start, end in _spans(widths, breaks)]


def _evenness(lengths: Sequence[float]) -> float:
    """How well lines of these lengths fill their block, 1 at best. A short one at the end does less harm
    than one between others."""
    longest = max(lengths)
    shortest = min(lengths[:-1], default=longest)
    return sum(lengths) / (len(lengths) * longest) * (1 + shortest / longest) / 2


def _narrowest(widths: Sequence[float], space: float, count: int) -> list[int]:
    """Where lines begin, but the first, if the words stand on at most so many, the longest of which is as
    short as can be."""
    low, high = max(widths), sum(widths) + space * len(widths)
    found = _filled(widths, space, high)
    # An em's hundredth is near enough.
    while high - low > 0.01:
        middle = (low + high) / 2
        breaks = _filled(widths, space, middle)
        if len(breaks) < count:
            found, high = breaks, middle
        else:
            low = middle
    return found


def _filled(widths: Sequence[float], space: float, measure: float) -> list[int]:
    """Where lines begin, but the first, if each takes what the measure holds."""
    breaks, length = [], -space
    for index, width in enumerate(widths):
        length += space + width
        if length > measure and index:
            breaks.append(index)
            length = width
    return breaks
