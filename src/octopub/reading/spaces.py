"""Spaces that must not break, and the words that they hold together.

Imports `reading.block` and `reading.conventions`. A space that was typed is made one that does not break;
the only ones that are added where none was typed are those of French punctuation.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from octopub.reading.block import SPACE
from octopub.reading.conventions import NO_BREAK, SECTION_SIGNS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.reading.block import Block, Rules
    from octopub.reading.conventions import Language

ANY_SPACE = f"[{SPACE}]"

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ſΆΈ-ΏΑ-ΫЀ-ЯҐ"
_HIGH_ENDS = r"(?![\w/=&*\\]|-(?!-))"
"""Behind high marks that are punctuation, and not part of an address, a formula or a face."""
_NO_HIGH = r"\s;:!?([{«“‹¿¡/"
"""Before a high mark that gets no space: it is not the first of its kind, or stands by itself."""

_TOKEN_BEFORE = re.compile(r"\S+\Z")
_TOKEN_BEHIND = re.compile(r"\S+")
_OPENING = "([{«»‹›“„‘‚’”\"'—–-"
_CLOSING = ")]}«»‹›“”‘’\"'—–-,;:!?…"

_INITIAL = re.compile(rf"(?<!\w)[{_UPPER}]\.\Z")
_INITIAL_FOLLOWS = re.compile(rf"[{_UPPER}]\.")
_NAME_FOLLOWS = re.compile(rf"[{_UPPER}]|d[’']|(?:da|de|des|di|du|van|von)(?!\w)")
_NUMBER = re.compile(r".*\d[.,]?|.*[½¼¾]|[IVXLC]{2,}e?|[VX]e?")
_NUMBER_FOLLOWS = re.compile(r"\d|(?:[ivxlc]{2,}|[IVXLC]{2,})(?!\w)")
_DAY = re.compile(r"\W*\d{1,2}\.")
_DATE_FOLLOWS = re.compile(r"\d{1,2}\.(?:\d|\Z)|\d{4}(?!\d)")
_ELLIPSIS_FOLLOWS = re.compile(r"(?:…|\.{3})(?![\w.])")
_GROUP = re.compile(r"\W?\d{1,3}")
_GROUP_FOLLOWS = re.compile(r"\d{3}(?!\d)")


def held_space(block: Block, match: re.Match[str]) -> None:
    """A space where words may have to be held together: the one that the language wants there."""
    text, (start, end) = block.text, match.span()
    before = _TOKEN_BEFORE.search(text, max(0, start - 16), start)
    behind = _TOKEN_BEHIND.match(text, end, end + 24)
    if before and behind:
        space = _space(block.rules, before[0].lstrip(_OPENING), behind[0])
        if space:
            block.put(start, end, space)


def _space(rules: Rules, before: str, behind: str) -> str:
    """The space that holds two words together; empty where nothing does."""
    language = rules.language
    word = behind.rstrip(_CLOSING)
    if (before, word) in rules.pairs:
        return language.tight
    if _INITIAL.search(before):
        if _INITIAL_FOLLOWS.match(behind):
            return language.tight
        # A single `I.` ends a sentence more often than it is an initial.
        if before != "I." and _NAME_FOLLOWS.match(behind):
            return NO_BREAK
    if _GROUP.fullmatch(before) and _GROUP_FOLLOWS.match(behind):
        return language.thousands
    holds = (
        (before in rules.before_number and _NUMBER_FOLLOWS.match(behind))
        or (before in rules.before_name and _NAME_FOLLOWS.match(behind))
        or (
            (word in rules.behind_number or word.rstrip(".") in rules.behind_number)
            and _NUMBER.fullmatch(before)
        )
        or (_DAY.fullmatch(before) and _DATE_FOLLOWS.match(behind))
        or _ELLIPSIS_FOLLOWS.match(behind)
        or (len(before) == 1 and before.lower() in language.short_words)
    )
    return NO_BREAK if holds else ""


def high_mark(block: Block, match: re.Match[str]) -> None:
    """The space before a high mark, where none was typed."""
    at, mark = match.start(), match[0][0]
    if not block.follows_space(at):
        space = next(high.space for high in block.rules.language.high if mark in high.marks)
        block.put(at, at + 1, space + mark)


def pairs(language: Language) -> frozenset[tuple[str, str]]:
    """The words that stand next to each other in the language's abbreviations."""
    return frozenset(pair for phrase in language.phrases for pair in pairwise(phrase.split()))


def before_number(language: Language) -> frozenset[str]:
    """The words that hold to a number behind them."""
    return frozenset((*SECTION_SIGNS, *language.before_number))


def behind_number(language: Language) -> frozenset[str]:
    """The words that hold to a number before them."""
    return frozenset((*UNITS, *language.after_number))


def stops(language: Language) -> list[tuple[str, str | None]]:
    """Patterns for what stands around a space that may have to be another one, each with that other
    one; None where `held_space` has to look at the words. A position is always just behind the space.

    These are tried at every space of a text, so the words stand in sets and not in here.
    """
    found: list[tuple[str, str | None]] = [
        (f"(?<![«‹]{ANY_SPACE})(?=[{high.marks}][;:!?]*+{_HIGH_ENDS})", high.space) for high in language.high
    ]
    if language.quote_space:
        found.append((f"(?<=[«‹]{ANY_SPACE})|(?=[»›])", language.quote_space))
    if not language.holds:
        return found
    ways = [rf"(?=[\d….])|(?<=[\d½¼¾IVX]{ANY_SPACE})|(?<=[IVX]e{ANY_SPACE})"]
    firsts = {first for first, _ in pairs(language)}
    abbreviated = _behind(_dotted(firsts.union(language.before_name, language.before_number)))
    stopped = filter(None, (rf"(?<=(?<!\w)[{_UPPER}]\.{ANY_SPACE})|(?<=\d\.{ANY_SPACE})", abbreviated))
    ways.append(rf"(?<=\.{ANY_SPACE})(?:{'|'.join(stopped)})")
    if names := _behind(set(language.before_name) - _dotted(language.before_name)):
        ways.append(f"(?=[{_UPPER}dv])(?:{names})")
    ways.append(_behind(firsts - _dotted(firsts)))
    if letters := language.short_words + language.short_words.upper():
        ways.append(rf"(?<=(?<![\w’'.-])[{letters}]{ANY_SPACE})")
    found.append(("|".join(filter(None, ways)), None))
    return found


def high_stop(language: Language) -> str:
    """A pattern for a high mark that may lack its space; it finds nothing where there are none."""
    marks = "".join(high.marks for high in language.high if high.added)
    return rf"(?<=[^{_NO_HIGH}][{marks}])[{marks}]*+{_HIGH_ENDS}" if marks else "(?!)"


def _dotted(words: Iterable[str]) -> set[str]:
    """Those of the words that end with a full point: most full points end a sentence, and hold nothing."""
    return {word for word in words if word[-1] == "."}


def _behind(words: Iterable[str]) -> str:
    """Behind one of the words and a space; words of one length share a look back."""
    in_order = sorted(words, key=lambda word: (len(word), word))
    groups = ("|".join(map(re.escape, group)) for _, group in groupby(in_order, key=len))
    return "|".join(f"(?<=(?<!\\w)(?:{group}){ANY_SPACE})" for group in groups)
