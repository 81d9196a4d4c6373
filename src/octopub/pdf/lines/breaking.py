"""Which of the places where a paragraph may break are taken, so that all of its lines are as even as they can be.

The method is Donald Knuth's and Michael Plass's (*Breaking Paragraphs into Lines*, Software: Practice and
Experience 11, 1981): every line has its demerits, by how much its word spaces are stretched or squeezed and by the
hyphen at its end, and of all ways to break the one with the fewest is taken. Imports the standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

STRETCH, SHRINK = 0.5, 0.2
"""By so much of its natural width a word space may well grow or give way: 0.8 to 1.5 of it (Bringhurst §2.1.1)."""

EXPANSION = 0.02
"""By so much the letters themselves may be wider or narrower, which nobody sees (Zapf, *About micro-typography and
the hz-program*, Electronic Publishing 6, 1993)."""

FULL = 100.0
"""How bad a line is that has grown or given way by just so much; it rises with the third power. It has no
upper bound, as TeX's has: where words are long and cannot be parted, one line would be given up for the others."""

HYPHEN = 50.0
"""What a hyphen at the end of a line costs, beside the badness of the line."""

IN_A_ROW = 2
"""So many lines with a hyphen may follow one another."""

SECOND_HYPHEN = 8_000.0
"""What the second of them costs more."""

SHORT, SHORT_COSTS = 0.08, 5_000.0
"""A last line shorter than this part of the measure, and what it costs."""

UNDERFULL = 0.85
"""A line that fills less of the measure is usually tried only if there is no other."""


class Chance(NamedTuple):
    """A place where the paragraph may break. Widths are natural ones, from the paragraph's beginning."""

    at: int
    """Offset in its text of the next line's first letter."""
    end: float
    """Where the line ends that is broken here, with its hyphen, without the spaces at its end."""
    start: float
    """Where the next one begins."""
    end_spaces: float
    """The width of all word spaces up to `end`."""
    start_spaces: float
    """And up to `start`."""
    is_hyphen: bool = False
    """Whether the line would end with a hyphen, the manuscript's or one of the layout's."""
    is_added: bool = False
    """Whether the hyphen is the layout's."""
    cost: float = 0.0


class _State(NamedTuple):
    """The best way to come to a chance with so many hyphens in a row."""

    demerits: float
    before: int
    """The chance at which the line begins that ends here."""
    way: _State | None
    hyphens: int
    worst: float
    """How bad the worst of the lines is."""


class Breaks(NamedTuple):
    """The chances that are taken, in order, the end of the paragraph among them."""

    chances: tuple[Chance, ...]
    worst: float
    """How bad the worst of the lines is: up to `FULL`, all spaces are within their bounds."""


def breaks(chances: Sequence[Chance], measure: float, underfull: float = UNDERFULL) -> Breaks | None:
    """The best breaks for lines of that measure. The first chance is the paragraph's beginning (its `start` is less
    by an indent), the last its end. A line that fills less than the part `underfull` of the measure is tried only if
    there is no other: where all lines can be good, none of those is among them. None if there is a word that fits into
    no line."""
    states: list[tuple[_State, ...]] = [(_State(0.0, -1, None, 0, 0.0),)]
    first, last = 0, len(chances) - 1
    starts = [(chance.start, chance.start_spaces) for chance in chances]
    for index in range(1, len(chances)):
        chance = chances[index]
        found: dict[int, _State] = {}
        for before in range(first, index):
            start, start_spaces = starts[before]
            natural, spaces = chance.end - start, chance.end_spaces - start_spaces
            if natural * (1 - EXPANSION) - SHRINK * spaces > measure:
                if before == first and not chance.is_added:
                    first += 1  # too far from this one, and from all that follow
                continue
            if not states[before]:
                continue
            if found and natural < underfull * measure and index < last:
                break
            badness = 0.0
            if index < last or natural > measure:
                badness = FULL * abs(strain(natural, spaces, measure)) ** 3
            demerits = (1 + badness) ** 2 + chance.cost**2
            if index == last and natural < SHORT * measure:
                demerits += SHORT_COSTS
            _extend(found, states[before], before, chance.is_hyphen, demerits, badness)
        states.append(tuple(found.values()))
    if not states[-1]:
        return None
    best = min(states[-1], key=lambda state: state.demerits)
    return Breaks(_taken(best, chances), best.worst)


def strain(natural: float, spaces: float, measure: float) -> float:
    """How much a line of that natural width has to grow (less than nothing: to give way), in parts of what it well
    may. `spaces` is the width of its word spaces."""
    spare = measure - natural
    give = spaces * (STRETCH if spare > 0 else SHRINK) + natural * EXPANSION
    return spare / give if give else 0.0


def _extend(
    found: dict[int, _State],
    ways: tuple[_State, ...],
    before: int,
    is_hyphen: bool,
    demerits: float,
    badness: float,
) -> None:
    """Go on from the ways that lead to a chance, where that is better than what was found: how the best of them goes
    on with so many hyphens in a row."""
    for way in ways:
        hyphens, total = 0, way.demerits + demerits
        if is_hyphen:
            hyphens = way.hyphens + 1
            if hyphens > IN_A_ROW:
                continue
            if hyphens > 1:
                total += SECOND_HYPHEN
        known = found.get(hyphens)
        if known is None or total < known.demerits:
            found[hyphens] = _State(total, before, way, hyphens, max(way.worst, badness))


def _taken(state: _State, chances: Sequence[Chance]) -> tuple[Chance, ...]:
    taken = [chances[-1]]
    while state.way is not None and state.before > 0:
        taken.append(chances[state.before])
        state = state.way
    return tuple(reversed(taken))
