"""How costs grow with a text: the exponent, and a picture of it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 480, 300, 46


def exponent(factors: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the line through the logarithms (least squares): 1 is growth in step."""
    return statistics.linear_regression(list(map(math.log, factors)), list(map(math.log, costs))).slope


def picture(words: Sequence[int], with_: Sequence[float], without: Sequence[float]) -> str:
    """The CPU seconds of PDFs by thousands of words as an SVG, both axes in proportion: with references (drawn
    through) and without (dashed)."""
    most = max(*with_, *without)

    def x(thousands: float) -> float:
        return round(EDGE + (WIDTH - 1.5 * EDGE) * thousands / words[-1], 1)

    def y(seconds: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 1.5 * EDGE) * seconds / most, 1)

    def line(costs: Sequence[float], dashes: str) -> str:
        points = " ".join(f"{x(a)},{y(b)}" for a, b in zip((0, *words), (0, *costs), strict=True))
        return f'<polyline points="{points}" fill="none" stroke="#222" stroke-dasharray="{dashes}"/>'

    def label(left: float, top: float, text: object, anchor: str = "middle") -> str:
        return f'<text x="{left}" y="{top}" text-anchor="{anchor}">{text}</text>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="serif" font-size="12">',
        "<title>CPU seconds of the PDF by thousands of words</title>",
        f'<path d="M{EDGE} {EDGE / 2}V{HEIGHT - EDGE}H{WIDTH - EDGE / 2}" fill="none" stroke="#888"/>',
        line(with_, "none"),
        line(without, "5 4"),
        *(label(x(each), HEIGHT - EDGE + 18, each) for each in words),
        *(label(EDGE - 8, y(most * part) + 4, f"{most * part:.0f}", "end") for part in (0.5, 1)),
        label(WIDTH / 2, HEIGHT - 8, "thousands of words"),
        label(EDGE + 8, EDGE / 2 + 4, "CPU seconds; dashed: without references", "start"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
