"""Papers: the sheet a book is printed on, by its name or by its two sides.

Imports nothing of octopub, and never looks at a locale or a printer: a paper is two lengths and what
people call it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MM_PER_UNIT = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}

LARGEST_MM = 5080.0
"""The longest side of a PDF page: 14,400 points (ISO 32000-1, Annex C)."""

LARGEST_BLEED_MM = 20.0
"""More no printer asks for."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page's two sides in millimetres, and its name as a colophon would give it."""

    width_mm: float
    height_mm: float
    name: str


A5 = Paper(148, 210, "A5")

# ISO 216 in millimetres; the American sizes are inches (ANSI/ASME Y14.1).
PAPERS = {
    "a3": Paper(297, 420, "A3"),
    "a4": Paper(210, 297, "A4"),
    "a5": A5,
    "a6": Paper(105, 148, "A6"),
    "a7": Paper(74, 105, "A7"),
    "b5": Paper(176, 250, "B5"),
    "b6": Paper(125, 176, "B6"),
    "letter": Paper(215.9, 279.4, "Letter"),
    "legal": Paper(215.9, 355.6, "Legal"),
    "tabloid": Paper(279.4, 431.8, "Tabloid"),
    "half-letter": Paper(139.7, 215.9, "Half Letter"),
}

_NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
_SIDES = re.compile(rf"{_NUMBER}\s*([a-z]*)\s*[x×]\s*{_NUMBER}\s*([a-z]*)")


def parse(text: str) -> Paper:
    """The paper of this name (`A5`, `half-letter`) or of these sides, width first (`148x210mm`,
    `5.5 x 8.5 in`); case does not matter, and sides without a unit are millimetres.

    Raises ValueError, with a reason that a user can read.
    """
    key = " ".join(text.lower().split())
    named = PAPERS.get(key.replace(" ", "-").replace("_", "-"))
    if named is not None:
        return named
    sides = _SIDES.fullmatch(key)
    if sides is None:
        raise ValueError(
            f"“{text}” is neither a paper's name ({', '.join(PAPERS)}) "
            "nor its sides (such as 148x210mm or 5x8in)"
        )
    width, first, height, second = sides.groups()
    unit = second or first or "mm"
    return _of_sides(float(width), first or unit, float(height), unit)


_LENGTH = re.compile(rf"{_NUMBER}\s*([a-z]*)")


def bleed(text: str) -> str:
    """A bleed in millimetres (`3mm`), of a text such as `3mm`, `0.125in` or `3`.

    Raises ValueError, with a reason that a user can read, for what is no length or more than any printer asks for.
    """
    found = _LENGTH.fullmatch(text.strip().lower())
    if found is None or (found[2] or "mm") not in MM_PER_UNIT:
        raise ValueError("it is no length such as 3mm or 0.125in")
    millimetres = float(found[1]) * MM_PER_UNIT[found[2] or "mm"]
    if millimetres > LARGEST_BLEED_MM:
        raise ValueError(f"it is more than {LARGEST_BLEED_MM:g} mm")
    return f"{round(millimetres, 3):g}mm"


def _of_sides(width: float, width_unit: str, height: float, height_unit: str) -> Paper:
    for unit in (width_unit, height_unit):
        if unit not in MM_PER_UNIT:
            units = ", ".join(MM_PER_UNIT)
            raise ValueError(f"“{unit}” is no unit that papers are measured in; take one of {units}")
    millimetres = [width * MM_PER_UNIT[width_unit], height * MM_PER_UNIT[height_unit]]
    if min(millimetres) <= 0:
        raise ValueError("a paper has no side of length 0")
    if max(millimetres) > LARGEST_MM:
        raise ValueError(f"no side of a PDF page is longer than {LARGEST_MM:.0f} mm")
    if width_unit == height_unit:
        name = f"{width:g} × {height:g} {height_unit}"
    else:
        name = f"{width:g} {width_unit} × {height:g} {height_unit}"
    return Paper(round(millimetres[0], 3), round(millimetres[1], 3), name)
