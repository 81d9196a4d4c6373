"""Quotation marks, apostrophes and primes.

Imports `reading.block`. A mark is read from what stands around it; whether a quotation is open decides
only where that is not enough. A quotation that is not closed (it goes on in the next paragraph) does
not unbalance what follows.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from octopub.reading.block import APOSTROPHE, BLANK, OBJECT, Block, Quotation

if TYPE_CHECKING:
    from octopub.reading.conventions import Language

GUILLEMETS = {"«": 0, "‹": 0, "»": 1, "›": 1}
"""Marks that have a space inside where the language wants one; 0 opens, 1 closes."""

_JOINTS = frozenset("-–—/")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_FEET = re.compile(r"'(?=\s?\d{1,2}(?:\.\d+)?\")")
_INCHES = re.compile(r"\d'\s?\d{1,2}(?:\.\d+)?\Z")
_MEASURE = re.compile(r"(?<!\d)\d{1,3}\Z")
_YEAR = re.compile(r"'\d{2,3}(?P<surely>s(?!\w)|(?=[,.;:!?)\]]+(?!')))?(?!\w)")
_MAY_CLOSE = re.compile(r"(?<=[^\s(\[])(?<!'n)'(?!\w)")
_SPEECH_FOLLOWS = frozenset(",:;.!?…([{—–-«“„‘")


class _Role(Enum):
    OPENS = 0
    CLOSES = 1
    NEITHER = 2


def typewriter_mark(block: Block, match: re.Match[str]) -> None:
    """`"` or `'`: a quotation mark, an apostrophe, a prime, or none of octopub's business."""
    at, mark = match.start(), match[0][0]
    before, behind = block.before(at), block.behind(at + 1)
    if _HEBREW.match(before) and (_HEBREW.match(behind) or (mark == "'" and not _is_open(block, mark))):
        return  # gershayim and geresh: they belong to the word
    if mark == "'" and _is_apostrophe(block, at, before, behind):
        block.put(at, at + 1, APOSTROPHE)
    elif _is_prime(block, at, mark, behind):
        block.put(at, at + 1, "′" if mark == "'" else "″")
    else:
        role = _role(block, at, mark, before, behind)
        if role is _Role.OPENS:
            _open(block, at, mark)
        elif role is _Role.CLOSES:
            _close(block, at, mark)


def typographic_mark(block: Block, match: re.Match[str]) -> None:
    """A mark that the author typed as it should be: kept, spaced if it is a guillemet, and counted, so
    that typewriter marks inside it take the other kind."""
    at, mark, rules = match.start(), match[0][0], block.rules
    before, behind = block.before(at), block.behind(at + 1)
    if mark == APOSTROPHE and before.isalnum() and behind.isalnum():
        return
    if rules.language.quote_space and mark in GUILLEMETS:
        _space_inside(block, at, mark)
    opens, closes = mark in rules.opening_marks, mark in rules.closing_marks
    if opens and closes:
        role = _role(block, at, mark, before, behind)
        opens, closes = role is _Role.OPENS, role is _Role.CLOSES
    if opens:
        level = rules.opening_marks[mark]
        closing = next(mark for mark, its_level in rules.closing_marks.items() if its_level == level)
        block.open.append(Quotation(closing, level, at, edit=None))
    elif closes:
        _pop(block, mark)


def spaced(mark: str, language: Language) -> str:
    """A quotation mark with the space that the language wants inside it."""
    side = GUILLEMETS.get(mark)
    if side is None:
        return mark
    return language.quote_space + mark if side else mark + language.quote_space


def settle(block: Block) -> None:
    """At the end of the text: what is still open goes on in the next paragraph, or was an apostrophe."""
    while block.open:
        _leave_open(block)


def _is_apostrophe(block: Block, at: int, before: str, behind: str) -> bool:
    text = block.text
    if before.isalnum():
        return behind.isalnum() and not _FEET.match(text, at)
    if block.rules.elision.match(text, at):
        return True
    year = _YEAR.match(text, at)
    return bool(year and _is_year(block, year))


def _is_year(block: Block, year: re.Match[str]) -> bool:
    """'68 is a year, but '90 per cent' is a quotation, where single marks may stand."""
    if year["surely"] is not None or not (block.open or block.rules.single_first):
        return True
    if any(each.closing == "'" and not block.text[each.at + 1].isdigit() for each in block.open):
        return True  # inside single marks no others stand
    if block.last_single is None:
        block.last_single = max((mark.start() for mark in _MAY_CLOSE.finditer(block.text)), default=-1)
    return block.last_single < year.end()


def _is_prime(block: Block, at: int, mark: str, behind: str) -> bool:
    """Feet and inches, minutes and seconds: 5'10", 40°26'46", a 12" record. A number alone is one only
    where no quotation is open that the mark might close."""
    text = block.text
    if at == 0 or not text[at - 1].isdigit():
        return False
    if _FEET.match(text, at) if mark == "'" else _INCHES.search(text, max(0, at - 12), at):
        return True
    if behind.isalnum() or _is_open(block, mark):
        return False
    return bool(_MEASURE.search(text, max(0, at - 4), at))


def _role(block: Block, at: int, mark: str, before: str, behind: str) -> _Role:
    """What a quotation mark does, by its neighbours: the surest signs first."""
    rules, text = block.rules, block.text
    if behind in BLANK:
        return _Role.NEITHER if before in BLANK else _Role.CLOSES
    if before in BLANK or before in rules.before:
        return _Role.OPENS
    if behind in rules.behind:
        return _Role.CLOSES
    for sign_before, sign_behind in (
        (before in _JOINTS, behind in _JOINTS),  # pseudo-"scientific", "pre"-war
        (behind != OBJECT, before != OBJECT),  # a call behind the quotation, a picture before it
        (text[at - 1] in "\"'", text[at + 1] in "\"'"),  # l'"homme", "word"'s
    ):
        if sign_before != sign_behind:
            return _Role.OPENS if sign_before else _Role.CLOSES
    return _Role.CLOSES if _is_open(block, mark) else _Role.OPENS


def _is_open(block: Block, mark: str) -> bool:
    return any(quotation.closing == mark for quotation in block.open)


def _open(block: Block, at: int, mark: str) -> None:
    if block.open and block.open[-1].closing == mark:
        _leave_open(block)  # nobody puts like marks inside each other: that one was never closed
    outermost = int(mark == "'" and not block.rules.single_first)
    level = 1 - block.open[-1].level if block.open else outermost
    before = len(block.edits)
    block.put(at, at + 1, block.rules.openings[level])
    block.open.append(Quotation(mark, level, at, before if len(block.edits) > before else None))


def _leave_open(block: Block) -> None:
    """The innermost quotation is never closed. A single mark that does not stand where a speech may begin
    opened nothing, but was an apostrophe ('Arry); one that stands outermost where the primary marks are
    double ones likewise."""
    quotation = block.open.pop()
    before = block.text[max(0, quotation.at - 16) : quotation.at].rstrip("\"'").rstrip()
    may_be_speech = not before or before[-1] in _SPEECH_FOLLOWS
    if not may_be_speech or not (block.open or block.rules.single_first):
        _make_apostrophe(block, quotation)


def _close(block: Block, at: int, mark: str) -> None:
    quotation = _pop(block, mark)
    if quotation is None and mark == "'":
        block.put(at, at + 1, APOSTROPHE)
        return
    closing = block.rules.closings[quotation.level if quotation else 0]
    block.put(at, at + 1, closing.lstrip() if block.follows_space(at) else closing)


def _pop(block: Block, closing: str) -> Quotation | None:
    """End the innermost quotation that this mark can close, and what was left open inside it."""
    for index in reversed(range(len(block.open))):
        if block.open[index].closing == closing:
            for inner in block.open[index + 1 :]:
                _make_apostrophe(block, inner)
            quotation = block.open[index]
            del block.open[index:]
            return quotation
    return None


def _make_apostrophe(block: Block, quotation: Quotation) -> None:
    if quotation.closing == "'" and quotation.edit is not None:
        block.edits[quotation.edit] = block.edits[quotation.edit]._replace(replacement=APOSTROPHE)


def _space_inside(block: Block, at: int, mark: str) -> None:
    """The space inside a guillemet, where none was typed."""
    space, text = block.rules.language.quote_space, block.text
    if GUILLEMETS[mark]:
        if not block.follows_space(at):
            block.put(at, at + 1, space + mark)
    elif at + 1 < len(text) and text[at + 1] not in BLANK:
        block.put(at, at + 1, mark + space)
