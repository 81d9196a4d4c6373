"""Where words may be parted at the end of a line, by the patterns of their language.

Imports Pyphen, which WeasyPrint brings along. Words are parted as the stylesheet allows (`hyphens`,
`hyphenate-limit-chars`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyphen

from octopub.pdf.lines.breaking import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

_WORD = re.compile(rf"[^\W\d_{SOFT_HYPHEN}]+")
"""Letters: what stands before an apostrophe (`l’homme`) is a word of its own."""

_JOINTS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}" + SOFT_HYPHEN)
"""Beside one of these a word has places to be parted already."""

UNWILLINGLY = 3 * HYPHEN
"""What it costs to part a name, or a word beside a hyphen."""

KEPT = 50_000
"""So many words are kept with the places where they may be parted."""

NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
"""The languages in which a capital does not make a name."""


def hyphens(text: str, start: int, end: int, style: Any) -> Iterator[tuple[int, float]]:
    """The places in a stretch of text, which is of that style, where a hyphen may be added before the line breaks,
    and what each costs."""
    language = style["hyphens"] == "auto" and style["lang"] and pyphen.language_fallback(style["lang"])
    if not language:
        return
    total, left, right = style["hyphenate_limit_chars"]
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        around = text[max(first - 1, 0) : first] + text[last : last + 1]
        if last - first < total or SOFT_HYPHEN in around or any(map(str.isalnum, around)):
            continue
        is_unwilling = not _JOINTS.isdisjoint(around) or (
            match[0][0].isupper() and language[:2] not in NOUNS_HAVE_CAPITALS
        )
        cost = UNWILLINGLY if is_unwilling else HYPHEN
        for place in _places(match[0], language, left, right):
            yield first + place, cost


def forget() -> None:
    """Let Pyphen forget the words of a language once they are too many: it keeps each that it was ever asked for."""
    for patterns in pyphen.hdcache.values():
        if len(patterns.cache) > KEPT:
            patterns.cache.clear()


@lru_cache(maxsize=KEPT)
def _places(word: str, language: str, left: int, right: int) -> tuple[int, ...]:
    """Where a word may be parted; not where its letters would change."""
    return tuple(place for place in _patterns(language, left, right).positions(word) if place.data is None)


@lru_cache(maxsize=32)
def _patterns(language: str, left: int, right: int) -> Any:
    return pyphen.Pyphen(lang=language, left=left, right=right)
