"""Small recognisers of plain text: each looks at one stretch and says what it is, and why.

Imports `lines` for the shapes that also divide a text into units. A recogniser that says no gives an
empty text; one that says yes gives the reason that the report prints.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from octopub.importing.plaintext.lines import BULLET, LETTERS, NUMBERED, ROMANS, SEPARATOR, UNDERLINE

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
_CALLS_AT_END = re.compile(
    rf"(?:\s*(?:{MARKED}+|\[\d{{1,3}}\]|\{{\d{{1,3}}\}}|(?<!\s)\(\d{{1,3}}\)|[⁰¹²³⁴-⁹]+|(?<=[\w.?!])[*†‡]+))+$"
)
"""Calls, found already or not yet."""

ATX = re.compile(r"(?P<hashes>#{1,6})[ \t]+(?P<words>\S.*?)(?:[ \t]+#+)?")
"""A heading as Markdown writes it."""
QUOTE_MARK = re.compile(r">(?:[ \t]*>)*[ \t]*")
ILLUSTRATION = re.compile(r"\[(?:illustration|image|figure|abbildung|photo)\b", re.IGNORECASE)
_THE_END = re.compile(r"(?:the end|finis|fin|ende|fine|fim|конец)[.!]?", re.IGNORECASE)

_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'", "”": "”"}
_QUOTED = re.compile(
    rf"(?P<open>[\"“„«»‘'”])(?P<body>.+?)(?P<close>[\"”“»«’'])(?P<stop>[.,;:!?]?)(?P<tail>[\s.]*{MARKED}*[.]?)",
    re.DOTALL,
)


class Rank(NamedTuple):
    """A heading: the reason, and how high it stands among the others: its style's place, its number's depth."""

    reason: str
    style: int
    depth: int = 0


SHORT = "short line"
ALONE = "blank lines around it"

HASHES, CHAPTER, DOUBLE, CAPITALS, SINGLE, PLAIN = range(6)
"""The styles of headings, the highest first."""


def heading(lines: list[str], *, alone: bool) -> Rank | None:
    """Whether these lines are a heading: underlined, in capitals, numbered, or short and by itself. `alone`
    says that blank lines stand around them."""
    if len(lines) > 2 or sum(map(len, lines)) > LONGEST_HEADING + 20:
        return None
    if len(lines) == 2 and (rank := underlined(*lines)):
        return rank
    text = _CALLS_AT_END.sub("", " ".join(lines))
    if not text or len(text) > LONGEST_HEADING or BULLET.match(text) or _THE_END.fullmatch(text):
        return None
    around = ALONE if alone else "a line of its own among long ones"
    many = len(lines) > 1
    forms = (chapter, capitals) if many else (hashes, chapter, roman, capitals, numbered, short)
    return next((rank for form in forms if (rank := form(text, around))), None)


def underlined(line: str, below: str) -> Rank | None:
    """`Title`, and a line of `===` or `---` below it."""
    if not UNDERLINE.fullmatch(below) or len(below) < 3 or len(line) > LONGEST_HEADING:
        return None
    return Rank(f"underlined with {below[0] * 3}", DOUBLE if below[0] == "=" else SINGLE)


def hashes(text: str, around: str) -> Rank | None:
    """`## The ferry`, alone."""
    found = ATX.fullmatch(text) if around == ALONE else None
    return Rank(f"marked with {found['hashes']}", HASHES, len(found["hashes"]) - 1) if found else None


def chapter(text: str, around: str) -> Rank | None:
    """`CHAPTER I.`, `Kapitel 2: Die Fähre`."""
    found = _CHAPTER.match(text)
    if not found or text[-1] in ",;" or len(text) > 80:
        return None
    is_whole = found.end() == len(text) or not _ENDS_SENTENCE.search(text)
    return Rank(f"a chapter's or part's number, {around}", CHAPTER) if is_whole else None


def roman(text: str, around: str) -> Rank | None:
    """`IV`, alone."""
    return Rank(f"a Roman number, {around}", PLAIN) if _ROMAN.fullmatch(text) else None


def capitals(text: str, around: str) -> Rank | None:
    """`THE FERRY`: a full stop may follow."""
    letters = [each for each in text if each.isalpha()]
    are_capitals = len(letters) > 2 and all(each.isupper() for each in letters) and text[-1] not in ',;:"”»'
    return Rank(f"capitals, {around}", CAPITALS) if are_capitals else None


def numbered(text: str, around: str) -> Rank | None:
    """`2. The ferry`, `2.1 The ferry`, `§ 3 The ferry`."""
    number = _NUMBER.match(text)
    if (
        not number
        or _ENDS_SENTENCE.search(text)
        or not (number["stop"] or "." in number["n"] or text[0] == "§")
    ):
        return None
    first = text[number.end()]
    if first.isalpha() and not first.isupper():
        return None
    return Rank(f"numbered, short line, no full stop, {around}", PLAIN, number["n"].count("."))


def short(text: str, around: str) -> Rank | None:
    """A short line that ends as no sentence does."""
    if _ENDS_SENTENCE.search(text) or not _looks_like_heading(text):
        return None
    return Rank(f"{SHORT}, no full stop, {around}", PLAIN)


def _looks_like_heading(text: str) -> bool:
    """A short line that begins as headings do: with a capital, a figure or dots (it goes on from the last one)."""
    start = text.lstrip("….¿¡*_ ")
    return (
        bool(start)
        and text[0] not in "\"“„«‘'–—-("
        and (start[0].isupper() or start[0].isdigit() or text[0] in "….")
        and not text.startswith(("http", "www."))
    )


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
    """What a list's item begins with: its label, the number that this is (0 for a bullet), where its words
    begin, and the style of the list's labels where they are no figures."""

    label: str
    number: int
    end: int
    style: str = ""


def marker(text: str) -> Marker | None:
    """The mark of a list's item."""
    if found := BULLET.match(text):
        return Marker(text[0], 0, found.end())
    if found := NUMBERED.match(text):
        label = next(each for each in found.groups() if each)
        if label.isdecimal():
            return Marker(label, int(label), found.end())
        if label in ROMANS and (label == "i" or len(label) > 1):
            return Marker(label, ROMANS.index(label) + 1, found.end(), "lower-roman")
        case = "upper" if label.isupper() else "lower"
        return Marker(label, LETTERS.index(label.lower()) + 1, found.end(), f"{case}-alpha")
    return None


class Emphasized(NamedTuple):
    """A line's words, and from where to where they stand, without what marks the whole of it."""

    words: str
    begin: int
    end: int


def emphasized(text: str) -> Emphasized:
    """`# Title`, `_Title_`, `**Title**`: the words."""
    begin, end = 0, len(text)
    if hashes := ATX.fullmatch(text):
        begin, end = hashes.span("words")
    for mark in ("**", "__", "_", "*"):
        inner = text[begin + len(mark) : end - len(mark)]
        if (
            text.startswith(mark, begin)
            and text.endswith(mark, begin, end)
            and inner.strip()
            and mark not in inner
        ):
            return Emphasized(inner, begin + len(mark), end - len(mark))
    return Emphasized(text[begin:end], begin, end)


def is_item(text: str) -> bool:
    """Whether a text by itself is an item: an initial (`J. Doe`) is none."""
    found = marker(text)
    return found is not None and found.style != "upper-alpha"


def illustration(text: str) -> str:
    """Whether a paragraph stands for a picture that the text does not have."""
    return "a picture that the text does not have" if ILLUSTRATION.match(text) else ""


def verse(lines: list[str], *, indents: list[int], filled: bool) -> str:
    """Whether lines are verse: short, each beginning with a capital or every other one set in, broken where
    there was room for more. `indents` are the lines' own, from the text's margin."""
    indented = min(indents) >= 2
    if len(lines) < (2 if indented else 3) or max(map(len, lines)) > 64 or filled:
        return ""
    starts = [line.lstrip("\"“„«‘'—–-…( *_") for line in lines]
    capitals = sum(start[:1].isupper() for start in starts)
    where = "indented, " if indented else ""
    if capitals * 5 >= len(lines) * 4 or (indented and capitals * 2 >= len(lines)):
        return f"{where}short lines that begin with capitals"
    set_in = sum(indent - min(indents) >= 2 for indent in indents)
    if len(lines) >= 4 and indents[0] == min(indents) and len(lines) <= set_in * 3 <= len(lines) * 2:
        return f"{where}short lines, set in by turns"
    return ""
