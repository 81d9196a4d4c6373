"""The typography of a language, applied to the running text of one block.

Imports `reading.block`, `reading.quotation`, `reading.dashes` and `reading.languages`. It knows no
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

Applied to its own result it asks for nothing more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from octopub.reading import dashes, quotation
from octopub.reading.block import APOSTROPHE, BLANK, SPACE, Block, Edit, Rules
from octopub.reading.languages import NO_BREAK, UNITS, DashStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octopub.reading.languages import Language

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


def _high_mark(block: Block, match: re.Match[str]) -> None:
    """The space before a high mark, where none was typed."""
    at = match.start()
    space = next(high.space for high in block.rules.language.high if match[0][0] in high.marks)
    if not block.follows_space(at):
        block.put(at, at + 1, space + match[0][0])


_DONE_AT: dict[str, Callable[[Block, re.Match[str]], None]] = {
    "typewriter": quotation.typewriter_mark,
    "typographic": quotation.typographic_mark,
    "dash": dashes.dash,
    "range": dashes.number_range,
    "ellipsis": _ellipsis,
    "high": _high_mark,
}
"""What is done at each kind of stop that is not a space."""

# -- a language's row made ready ------------------------------------------------------------------

_ANY_SPACE = f"[{SPACE}]"
_UPPER = "A-ZÀ-ÖØ-ÞĀ-ſΆΈ-ΏΑ-ΫЀ-ЯҐ"
_INITIAL_BEFORE_INITIAL = rf"(?<=(?<!\w)[{_UPPER}]\.{_ANY_SPACE})(?=[{_UPPER}]\.)"
_INITIAL_BEFORE_NAME = (
    rf"(?=[{_UPPER}][\w’'])"
    rf"(?:(?<=(?<!\w)(?!I)[{_UPPER}]\.{_ANY_SPACE})|(?<=(?<!\w)[{_UPPER}]\.{_ANY_SPACE}I\.{_ANY_SPACE}))"
)
"""A single `I.` before a word ends a sentence more often than it is an initial."""
_NUMBER = r"\d|[ivxlc]{2,}(?!\w)|[IVXLC]{2,}(?!\w)"
_BEHIND_NUMBER = "|".join(
    f"(?<={number}{_ANY_SPACE})" for number in (r"\d", r"\d\.", "[½¼¾]", "[IVXL][IVX]", r"(?<!\w)[VX]", "[IVX]e")
)
_HIGH_ENDS = r"(?![\w/=&*\\-])"
"""Behind high marks that are punctuation, and not part of an address, a formula or a face."""
_NOT_HIGH = r"\s;:!?([{«“‹¿¡/"
"""Before a high mark that gets no space: it is not the first of its kind, or stands by itself."""


@lru_cache(maxsize=64)
def _rules(language: Language, quotes: Quotes | None) -> Rules:
    first, first_end, second, second_end = quotes or (*language.primary, *language.secondary)
    inner = language.quote_space

    def spaced(mark: str) -> str:
        role = quotation.GUILLEMETS.get(mark) if inner else None
        return mark if role is None else inner + mark if role else mark + inner

    opening_marks, closing_marks = {second: 1, first: 0}, {second_end: 1, first_end: 0}
    opening, closing = set(opening_marks), set(closing_marks)
    guillemets = set(quotation.GUILLEMETS) if inner else set()
    marks = (opening | closing | guillemets) - {'"', "'"}
    pattern, spaces = _stops(language, "".join(sorted(marks)))
    elisions = "|".join(map(re.escape, language.elisions)) or "(?!)"
    return Rules(
        language=language,
        stops=re.compile(pattern),
        spaces=spaces,
        openings=(spaced(first), spaced(second)),
        closings=(spaced(first_end), spaced(second_end)),
        opening_marks=opening_marks,
        closing_marks=closing_marks,
        single_first=first in "‘‚‹’›'",
        before=frozenset("([{¡¿") | (opening - closing),
        behind=frozenset(".,;:!?…)]}%") | (closing - opening),
        elision=re.compile(rf"'(?:(?:{elisions})(?![\w'{APOSTROPHE}])|n'(?!\w))", re.IGNORECASE),
    )


def _stops(language: Language, marks: str) -> tuple[str, dict[str, str]]:
    """The pattern that finds every place where something may have to be done, and its spaces.

    It begins with a set of characters, and each way on looks back at the one that was found: so the
    engine passes over all other characters in its fastest loop.
    """
    ways = []
    spaces: dict[str, str] = {}
    for index, (where, space) in enumerate(_space_rules(language)):
        spaces[f"space{index}"] = space
        ways.append(f"(?:{where})(?P<space{index}>)")
    if ways:
        ways = [f"(?<={_ANY_SPACE}){_ANY_SPACE}*+(?:{'|'.join(ways)})"]
    ways.append("(?<=[\"'])(?P<typewriter>)")
    if marks:
        ways.append(f"(?<=[{re.escape(marks)}])(?P<typographic>)")
    hyphen = "(?!)" if language.dash_style is DashStyle.AS_TYPED else f"(?<={_ANY_SPACE}-)(?={_ANY_SPACE})"
    ways.append(f"(?:(?<=[–—])|(?<=(?<!-)-)-{{1,2}}+(?!-)|{hyphen})(?P<dash>)")
    if language.range_dash != "-":
        ways.append(r"(?<=[\divxlc]-)(?=[\divxlc])(?P<range>)")
    ways.append(r"(?<=(?<!\.)\.)\.{2,}+(?P<ellipsis>)")
    high = "".join(each.marks for each in language.high if each.added)
    if high:
        ways.append(rf"(?<=[^{_NOT_HIGH}][{high}])[{high}]*+{_HIGH_ENDS}(?P<high>)")
    return f"[{re.escape(SPACE + marks + high)}\"'–—.-](?:{'|'.join(ways)})", spaces


def _space_rules(language: Language) -> list[tuple[str, str]]:
    """Where a space has to be another one: a pattern for what stands around it, and that other one.

    A position is always just behind the space. Of two rules that fit, the first one counts.
    """
    rules = [(f"(?=[{high.marks}][;:!?]*+{_HIGH_ENDS})", high.space) for high in language.high]
    if language.quote_space:
        rules.append((f"(?<=[«‹]{_ANY_SPACE})|(?=[»›])", language.quote_space))
    if not language.holds:
        return rules
    rules += [(where, language.tight) for where in _inside(language.phrases)]
    rules += [
        (_INITIAL_BEFORE_INITIAL, language.tight),
        (_INITIAL_BEFORE_NAME, NO_BREAK),
        (f"(?=[{_UPPER}])(?:{_behind(language.before_name)})", NO_BREAK),
        (f"(?={_NUMBER})(?:{_behind(language.before_number)})", NO_BREAK),
        (rf"(?:{_BEHIND_NUMBER})(?={_one_of((*UNITS, *language.after_number))})", NO_BREAK),
        (rf"(?<=\d\.{_ANY_SPACE})(?=\d{{1,2}}\.{_ANY_SPACE}?\d|\d{{4}}(?!\d))", NO_BREAK),
        (rf"(?<=[\w,;:!?»”’)]{_ANY_SPACE})(?=(?:…|\.{{3}})(?![\w.]))", NO_BREAK),
    ]
    if language.thousands:
        group = rf"(?<=\d{_ANY_SPACE})(?<!\d{{4}}{_ANY_SPACE})(?=\d{{3}}(?!\d))"
        rules.append((group, language.thousands))
    if language.short_words:
        letters = language.short_words + language.short_words.upper()
        rules.append((rf"(?<=(?<![\w’'.-])[{letters}]{_ANY_SPACE})(?=[^\s–—-])", NO_BREAK))
    return rules


def _inside(phrases: Iterable[str]) -> Iterable[str]:
    """The spaces inside the phrases: one position for each beginning and all that may follow it."""
    continuations: dict[str, list[str]] = {}
    for phrase in phrases:
        parts = phrase.split(" ")
        for index in range(1, len(parts)):
            continuations.setdefault(" ".join(parts[:index]), []).append(" ".join(parts[index:]))
    for beginning, endings in continuations.items():
        before = re.escape(beginning).replace(r"\ ", _ANY_SPACE)
        behind = _one_of(endings).replace(r"\ ", _ANY_SPACE)
        yield f"(?<=(?<!\\w){before}{_ANY_SPACE})(?={behind})"


def _behind(words: Iterable[str]) -> str:
    """Behind one of the words and a space; alternatives of one length share a look back."""
    by_length = groupby(sorted(words, key=len), key=len)
    return "|".join(
        f"(?<=(?<!\\w)(?:{'|'.join(map(re.escape, group))}){_ANY_SPACE})" for _, group in by_length
    )


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})(?!\\w)"
