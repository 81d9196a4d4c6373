"""The typography of a language, applied to the running text of one block.

Imports `reading.block`, `reading.quotation`, `reading.dashes` and `reading.spaces`. It knows no
markup, no diagnostics and no language by name: what a language wants stands in its row. It never changes
a word, only the marks and the spaces between the words.

What it decides, where typewriter text leaves a choice:

- The outermost quotation takes the primary marks, whichever way it was typed; only single marks that
  stand outermost in a language with double primary marks (a gloss: 'so') take the secondary ones.
  Inside a quotation the two alternate. Typographic marks are kept, and counted.
- `--`, `---` and ` - ` between words are the language's break dash; ` - ` is left alone where a line
  begins with it, and between figures or single letters, where it may be a minus.
- `1914-18` and `pp. 12-15` become ranges only where the numbers ascend and no third one follows: a date,
  a telephone number, an ISBN or a score is left alone.
- A space that must not break replaces one that was typed; only French punctuation gets one that was not.

Applied to its own result it asks for nothing more, unless the text was no sentence (a mark by itself
between spaces, beside a dash).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from octopub.reading import dashes, quotation, spaces
from octopub.reading.block import APOSTROPHE, SPACE, Block, Edit, Rules
from octopub.reading.spaces import ANY_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octopub.reading.conventions import Language

__all__ = ["Edit", "Quotes", "apply", "edits"]

Quotes = tuple[str, str, str, str]
"""Primary opening and closing, secondary opening and closing mark."""


def edits(text: str, language: Language, quotes: Quotes | None = None) -> list[Edit]:
    """What `language` wants changed in `text`: edits in order, none of which overlap.

    `text` is the running text of one block without its markup. Whatever may not be looked into (code,
    an image, a call) stands in it as U+FFFC; a line break of the source as a newline, which is a space
    like another and may be replaced as such; a line break that the author wants as U+2028, which is
    kept. `quotes` takes the place of the language's own quotation marks.
    """
    rules = _rules(language, quotes)
    block: Block | None = None
    for match in rules.stops.finditer(text):
        block = block or Block(text, rules)
        if match.start() < block.done:
            continue
        what = match.lastgroup or ""
        if what in rules.spaces:
            block.put(match.start(), match.end(), rules.spaces[what])
        else:
            _DONE_AT[what](block, match)
    if block is None:
        return []
    quotation.settle(block)
    return block.edits


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    pieces = []
    done = 0
    for start, end, replacement in edits:
        pieces += [text[done:start], replacement]
        done = end
    return "".join(pieces) + text[done:]


def _ellipsis(block: Block, match: re.Match[str]) -> None:
    """Three full points. Of four the first ends the sentence; more are no ellipsis."""
    start, end = match.span()
    if end - start == 3:
        behind_mark = start > 0 and block.text[start - 1] in "?!"
        block.put(start, end, block.rules.language.ellipsis_after_mark if behind_mark else "…")
    elif end - start == 4:
        block.put(start + 1, end, "…")


_DONE_AT: dict[str, Callable[[Block, re.Match[str]], None]] = {
    "held": spaces.held_space,
    "high": spaces.high_mark,
    "typewriter": quotation.typewriter_mark,
    "typographic": quotation.typographic_mark,
    "dash": dashes.dash,
    "range": dashes.number_range,
    "ellipsis": _ellipsis,
}
"""What is done at each kind of stop."""


@lru_cache(maxsize=64)
def _rules(language: Language, quotes: Quotes | None) -> Rules:
    """The language's row made ready; the same for the same row, so it is kept."""
    first, first_end, second, second_end = quotes or (*language.primary, *language.secondary)
    # Where both levels have a mark in common, it is the primary one.
    opening_marks, closing_marks = {second: 1, first: 0}, {second_end: 1, first_end: 0}
    opening, closing = set(opening_marks), set(closing_marks)
    guillemets = set(quotation.GUILLEMETS) if language.quote_space else set()
    stops, replacements = _stops(language, "".join(sorted((opening | closing | guillemets) - {'"', "'"})))
    elisions = "|".join(map(re.escape, language.elisions)) or "(?!)"
    return Rules(
        language=language,
        stops=re.compile(stops),
        spaces=replacements,
        openings=(quotation.spaced(first, language), quotation.spaced(second, language)),
        closings=(quotation.spaced(first_end, language), quotation.spaced(second_end, language)),
        opening_marks=opening_marks,
        closing_marks=closing_marks,
        single_first=first in "‘‚‹’›'",
        before=frozenset("([{¡¿") | (opening - closing),
        behind=frozenset(".,;:!?…)]}%") | (closing - opening),
        elision=re.compile(rf"'(?:(?:{elisions})(?![\w'{APOSTROPHE}])|n'(?!\w))", re.IGNORECASE),
        pairs=spaces.pairs(language),
        before_number=spaces.before_number(language),
        before_name=frozenset(language.before_name),
        behind_number=spaces.behind_number(language),
    )


def _stops(language: Language, marks: str) -> tuple[str, dict[str, str]]:
    """The pattern that finds every place where something may have to be done; and for its groups that
    are simply another space, that space.

    It begins with a set of characters, and each way on looks back at the one that was found: so the
    engine passes over all other characters in its fastest loop.
    """
    held = []
    replacements: dict[str, str] = {}
    for index, (where, space) in enumerate(spaces.stops(language)):
        name = "held" if space is None else f"space{index}"
        if space is not None:
            replacements[name] = space
        held.append(f"(?:{where})(?P<{name}>)")
    ways = ["(?<=[\"'])(?P<typewriter>)"]
    if marks:
        ways.append(f"(?<=[{re.escape(marks)}])(?P<typographic>)")
    ways.append(f"(?:{dashes.stop(language)})(?P<dash>)")
    if language.range_dash != "-":
        ways.append(r"(?<=[\divxlc]-)(?=[\divxlc])(?P<range>)")
    ways.append(r"(?<=(?<!\.)\.)\.{2,}+(?P<ellipsis>)")
    ways.append(f"{spaces.high_stop(language)}(?P<high>)")
    high = "".join(each.marks for each in language.high)
    first = re.escape(SPACE + marks + high) + "\"'–—.-"
    at_space = f"(?<=(?<!{ANY_SPACE}){ANY_SPACE}){ANY_SPACE}*+(?:{'|'.join(held) or '(?!)'})"
    return f"[{first}](?:{at_space}|(?<!{ANY_SPACE})(?:{'|'.join(ways)}))", replacements
