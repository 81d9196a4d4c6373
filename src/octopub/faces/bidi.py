"""The order in which the stretches of a line stand on the page, where scripts of both directions meet.

Imports nothing of octopub. This is the part of the Unicode Bidirectional Algorithm (UAX #9) that a title
or a running head needs: strong characters, numbers, neutrals and marks, in a paragraph of a known
direction. Explicit embeddings, isolates and paired brackets are not looked at: body text is laid out by
Pango, which knows all of it.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

# The first Hebrew character; below it none reads from the right.
_FIRST_RTL = "\u0590"

# The classes that the rules below tell apart, a letter for each: left, right, European and Arabic number,
# and the signs that belong to a number where they touch it. All others are neutral (a blank). That
# Arabic letters make European numbers Arabic (W2) changes no order, so AL and R are one here.
_LETTERS = {"L": "L", "R": "R", "AL": "R", "EN": "1", "AN": "2", "ES": "+", "CS": ",", "ET": "$"}
_LEVELS = ({"L": 0, "R": 1, "1": 2, "2": 2}, {"L": 2, "R": 1, "1": 2, "2": 2})


class Stretch(NamedTuple):
    """Characters of one direction, in the order in which they are read."""

    text: str
    rtl: bool


def visual(text: str, *, rtl: bool = False) -> list[Stretch]:
    """The stretches of the line, from left to right as they stand on the page. `rtl` is the paragraph's
    direction."""
    if not rtl and max(text, default="") < _FIRST_RTL:
        return [Stretch(text, rtl=False)] if text else []
    pairs = zip(_levels(text, rtl=rtl), text, strict=True)
    runs = [(level, "".join(char for _, char in run)) for level, run in groupby(pairs, itemgetter(0))]
    return [Stretch(words, bool(level % 2)) for level, words in _reordered(runs)]


def _levels(text: str, *, rtl: bool) -> list[int]:
    """The embedding level of each character: odd ones read from the right (rules W1 to W7, N1 to I2)."""
    base = "R" if rtl else "L"
    line = f"{base}{_classes(text)}{base}"
    line = re.sub("(?<=1)[+,](?=1)", "1", line)
    line = re.sub("(?<=2),(?=2)", "2", line)
    line = re.sub(r"\$+(?=1)|(?<=1)\$+", lambda signs: "1" * len(signs[0]), line)
    line = re.sub("[+,$]", " ", line)
    line = re.sub("L[^R]*", lambda run: run[0].replace("1", "L"), line)
    # A neutral between two of one direction takes it, with numbers counted as right; else the base.
    line = re.sub("(?<=L) +(?=L)", lambda gap: "L" * len(gap[0]), line)
    line = re.sub("(?<=[R12]) +(?=[R12])", lambda gap: "R" * len(gap[0]), line)
    line = line.replace(" ", base)
    return [_LEVELS[rtl][kind] for kind in line[1:-1]]


def _classes(text: str) -> str:
    """Each character's class as a letter; a mark takes that of what it stands on."""
    from unicodedata import bidirectional  # noqa: PLC0415  # a megabyte that Latin titles do without

    classes = ""
    for char in text:
        kind = bidirectional(char)
        classes += classes[-1:] or " " if kind in ("NSM", "BN") else _LETTERS.get(kind, " ")
    return classes


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The runs from left to right (rule L2): from the highest level down, each row of runs at a level or
    above it is turned round."""
    for limit in range(max((level for level, _ in runs), default=0), 0, -1):
        turned: list[tuple[int, str]] = []
        for reaches, row in groupby(runs, key=lambda run: run[0] >= limit):
            stretch = list(row)
            turned += stretch[::-1] if reaches else stretch
        runs = turned
    return runs
