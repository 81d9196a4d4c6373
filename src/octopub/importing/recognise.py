"""Small recognisers of plain text: each looks at one stretch and says what it is, and why.

Imports `importing.lines` for the shapes that also divide a text into units. A recogniser that says no gives an
empty text; one that says yes gives the reason that the report prints.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from octopub.importing.lines import BULLET, NUMBERED, SEPARATOR, UNDERLINE

LONGEST_HEADING = 100
LONG_QUOTATION = 40
"""More words than this in quotation marks, alone in their paragraph, are a block quotation."""

MARKED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a note's call where only words count."""

_CHAPTER = re.compile(
    r"(?:chapter|book|part|kapitel|teil|buch|chapitre|partie|livre|capítulo|parte|libro|capitolo|livro|глава|часть|"
    r"letter|act|canto)\s+(?:\d+|[IVXLC]+|[^\W\d_]+)\b\.?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.?")
_NUMBER = re.compile(r"(?:§\s*)?(?P<n>\d{1,2}(?:\.\d{1,2})*|[IVXLC]+|[A-H])(?P<stop>[.):]?)\s+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[,;:]$|(?<!\.)\.$|[.!?]?[\"”’»)]$")
_CALLS_AT_END = re.compile(rf"\s*{MARKED}+$")

_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'", "”": "”"}
_QUOTED = re.compile(
    rf"(?P<open>[\"“„«»‘'”])(?P<body>.+?)(?P<close>[\"”“»«’'])(?P<stop>[.,;:!?]?)(?P<tail>[\s.]*{MARKED}*[.]?)", re.DOTALL
)


class Rank(NamedTuple):
    """A heading: the reason, and how high it stands among the others: its style's place, its number's depth."""

    reason: str
    style: int
    depth: int = 0


CHAPTER, DOUBLE, CAPITALS, SINGLE, PLAIN = range(5)
"""The styles of headings, the highest first."""


def heading(lines: list[str], *, alone: bool) -> Rank | None:
    """Whether these lines are a heading: underlined, in capitals, numbered, or short and by itself. `alone`
    says that blank lines stand around them."""
    around = "blank lines around it" if alone else "a line of its own among long ones"
    if len(lines) == 2 and UNDERLINE.fullmatch(lines[1]) and len(lines[1]) > 2 and len(lines[0]) <= LONGEST_HEADING:
        return Rank(f"underlined with {lines[1][0] * 3}", DOUBLE if lines[1][0] == "=" else SINGLE)
    text = _CALLS_AT_END.sub("", " ".join(lines))
    if not text or len(text) > LONGEST_HEADING or len(lines) > 2 or BULLET.match(text):
        return None
    if (chapter := _CHAPTER.match(text)) and not (text[-1] in ",;" or len(text) > 80):
        if chapter.end() == len(text) or not _ENDS_SENTENCE.search(text):
            return Rank(f"a chapter's or part's number, {around}", CHAPTER)
    if len(lines) == 1 and _ROMAN.fullmatch(text):
        return Rank(f"a Roman number, {around}", PLAIN)
    letters = [each for each in text if each.isalpha()]
    if len(letters) > 2 and all(each.isupper() for each in letters) and text[-1] not in ",;:\"”»":
        return Rank(f"capitals, {around}", CAPITALS)
    if len(lines) > 1 or _ENDS_SENTENCE.search(text):
        return None
    if (number := _NUMBER.match(text)) and (number["stop"] or "." in number["n"] or text[0] == "§"):
        rest = text[number.end() :]
        if rest[0].isupper() or not rest[0].isalpha():
            return Rank(f"numbered, short line, no full stop, {around}", PLAIN, number["n"].count("."))
    if _looks_like_heading(text):
        return Rank(f"short line, no full stop, {around}", PLAIN)
    return None


def _looks_like_heading(text: str) -> bool:
    """A short line that begins as headings do: with a capital, a figure or dots (it goes on from the last one)."""
    start = text.lstrip("….¿¡*_ ")
    return bool(start) and text[0] not in "\"“„«‘'–—-(" and (
        start[0].isupper() or start[0].isdigit() or text[0] in "….") and not text.startswith(("http", "www."))


class Quoted(NamedTuple):
    """A paragraph that is one long quotation: where its words begin and end, and where its mark does."""

    begin: int
    end: int
    behind: int


def quotation(text: str) -> Quoted | None:
    """Whether a paragraph is wholly one quotation of more than 40 words. Calls and a full stop may follow the
    closing mark; any mark of the kind inside says that it may be several quotations."""
    whole = _QUOTED.fullmatch(text) if text[:1] in _QUOTES else None
    while whole and len(whole["body"].split()) > LONG_QUOTATION:
        opening, closing, body = whole["open"], whole["close"], whole["body"]
        if closing not in _QUOTES[opening] or not _is_one(opening, closing, body):
            return None
        begin, end = whole.start("body"), whole.end("body")
        # A full stop behind the mark is not needed where the sentence has one before it.
        spare = whole["stop"] == "." and body.rstrip()[-1] in ".!?…"
        return Quoted(begin, end, whole.end("stop") if spare else whole.end("close"))
    return None


def _is_one(opening: str, closing: str, body: str) -> bool:
    """Whether the quotation that begins before these words ends only behind them."""
    if closing in "'’":
        return not re.search(rf"{closing}(?!\w)|(?<!\w){opening}", body)
    if opening == closing:
        return opening not in body
    depth = 0
    for each in body:
        depth += (each == opening) - (each == closing)
        if depth < 0:
            return False
    return depth == 0


def separator(text: str) -> str:
    """Whether a line only parts what is before it from what follows."""
    return "a line of marks without words" if SEPARATOR.fullmatch(text) else ""


class Marker(NamedTuple):
    """What a list's item begins with: its kind, its number, and where its words begin."""

    kind: str
    number: int
    end: int


def marker(text: str) -> Marker | None:
    """The mark of a list's item."""
    if found := BULLET.match(text):
        return Marker(text[0], 0, found.end())
    if found := NUMBERED.match(text):
        if found[3]:
            return Marker("a)", ord(found[3]) - ord("a") + 1, found.end())
        return Marker("()" if found[2] else text[found.end(1)], int(found[1] or found[2]), found.end())
    return None


def verse(lines: list[str], *, indented: bool, filled: bool) -> str:
    """Whether lines are verse: short, each beginning with a capital, broken where there was room for more."""
    if len(lines) < (2 if indented else 3) or max(map(len, lines)) > 64 or filled:
        return ""
    starts = [line.lstrip("\"“„«‘'—–-…( *_") for line in lines]
    capitals = sum(start[:1].isupper() for start in starts)
    if capitals * 5 < len(lines) * 4 and not (indented and capitals * 2 >= len(lines)):
        return ""
    where = "indented, " if indented else ""
    return f"{where}short lines that begin with capitals"
