"""The spine: title and authors in one line, along it.

Imports `faces.shaping`, and of `covers` what writes outlines. Lengths are points.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from octopub.covers.composing import TITLE_WEIGHT, Placed
from octopub.covers.drawing import Pen, drawing
from octopub.faces.shaping import Shaper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.faces.choice import FaceSet

DESCENDING = frozenset({"en", "nl", "sv", "da", "nb", "nn", "no"})
"""The languages whose spines read from the head to the foot (ISO 6357); those of the others of the Latin, Greek and
Cyrillic scripts read from the foot to the head. Books that bind on the right read from the head as well: so their
spines are upright, too, when they lie with their fronts up."""

SHARE = 0.5
"""The size of the type, of the spine's width."""

LARGEST, LEAST = 22.0, 6.0
SPACE = 2.0
"""Ems between title and authors at the least."""

CAPITAL = 0.65
"""How high capitals are, in ems: they are in the middle of the spine."""


class Strip(NamedTuple):
    """The spine's measures, with the white at either end."""

    width: float
    height: float
    margin: float


def spine(
    title: str, authors: Sequence[str], faces: FaceSet, strip: Strip, ink: str,
    *, lang: str = "en", direction: str = "ltr",
) -> bytes | None:
    """The spine as SVG; None where no words have room on it."""  # fmt: skip
    width, height, margin = strip
    rtl = direction == "rtl"
    roman = [family.face("normal", TITLE_WEIGHT) for family in faces.for_text]
    shaper = Shaper(roman, features=("onum",), lang=lang)
    length = height - 2 * margin
    texts = [shaper.line(shaper.drawable(text), rtl=rtl) for text in (title, ", ".join(authors)) if text]
    while texts:
        taken = sum(line.width for line in texts) + SPACE * (len(texts) - 1)
        type_size = min(SHARE * width, LARGEST, length / taken if taken else 0)
        if type_size >= LEAST:
            break
        texts.pop()  # the authors first: the title is the last to go
    if not texts:
        return None
    baseline = width / 2 + CAPITAL / 2 * type_size
    starts = [margin, height - margin - texts[-1].width * type_size][: len(texts)]
    if rtl:  # what is read first stands at the right
        starts = [height - start - line.width * type_size for start, line in zip(starts, texts, strict=True)]
    pen = Pen()
    words = "".join(
        pen.drawn(Placed(line, start, baseline, type_size)) for line, start in zip(texts, starts, strict=True)
    )
    turn = f"0 1 -1 0 {width:g} 0" if descends(lang) and not rtl else f"0 -1 1 0 0 {height:g}"
    body = f'<g fill="{escape(ink)}" transform="matrix({turn})">{words}</g>\n'
    return drawing(width, height, title, lang, body)


def descends(lang: str) -> bool:
    """Whether spines of this language read from the head to the foot."""
    return lang.partition("-")[0].lower() in DESCENDING
