"""How plain texts write notes: the forms of calls, of definitions, and of the headings above these.

Imports `lines`. Finds what may be a call or a definition; whether it is one only the matching of all
with all can say (`matching`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.plaintext.lines import Unit

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Style(Enum):
    """A form of notes, and how the report names it."""

    BRACKETS = "[1]"
    SUPERSCRIPT = "¹"
    BRACES = "{1}"
    LETTERS = "[A]"
    PARENTHESES = "(1)"
    HALF = "1)"
    SIGNS = "*"
    STOP = "1."
    BARE = "1"


@dataclass(frozen=True, slots=True)
class Call:
    """What may be a call: in which unit, from where to where in its text, with which number or sign."""

    unit: int
    start: int
    end: int
    label: str
    mark: str
    whole: tuple[int, int] = (0, 0)
    """From where to where the bracket stands that it shares with others: `[1, 2]`, `[4-6]`, `[1]-[3]`."""
    others: frozenset[str] = frozenset()
    """All labels of that bracket."""

    @property
    def at(self) -> tuple[int, int]:
        """Its place in the text."""
        return self.unit, self.start


@dataclass(frozen=True, slots=True)
class Definition:
    """What may be the beginning of a note: in which unit, how long its mark is, with which number or sign."""

    unit: int
    end: int
    label: str
    mark: str
    closes: bool = False
    """Its text ends with a bracket that belongs to the mark: `[Footnote 1: …]`. It may end in a later unit."""


_SIGN = r"\*{1,4}|†{1,3}|‡{1,3}|§{1,2}|¶{1,2}"

DEFINITIONS = {
    Style.BRACKETS: re.compile(r"\[(\d{1,3})\](?:\s?\1[.)](?!\d)|[.:)])?(?:\s+[-–—](?=\s))?\s*(?=\S)"),
    Style.SUPERSCRIPT: re.compile(r"([⁰¹²³⁴-⁹]+)[.:)]?\s*(?=\S)"),
    Style.BRACES: re.compile(r"\{(\d{1,3})\}[.:)]?\s*(?=\S)"),
    Style.LETTERS: re.compile(r"\[([A-Z]|[a-z])\][.:)]?\s*(?=\S)(?!(?<=\])\w)"),
    Style.PARENTHESES: re.compile(r"\((\d{1,3})\)[.:]?\s*(?=\S)"),
    Style.HALF: re.compile(r"(\d{1,3})\)\s*(?=\S)"),
    Style.STOP: re.compile(r"(\d{1,3})\.(?!\d)[-–—]?\s*(?=\S)"),
    Style.BARE: re.compile(r"(\d{1,3})\s+(?=[^\W\d_]|[\"“«„'‘(*_])"),
    Style.SIGNS: re.compile(rf"\[?({_SIGN})(?![*†‡§¶])[\].:)]{{0,2}}\s*(?=\S)"),
}
_FOOTNOTE = re.compile(
    rf"\[(?:(?:foot|end)?note|fußnote|anmerkung|nota|сноска):?\s+(?P<label>\d{{1,3}}|[A-Z]|{_SIGN})\s*[:.]\s*(?=\S)",
    re.IGNORECASE,
)

CALLS = {
    Style.BRACKETS: re.compile(r"\[(\d{1,3})\]"),
    Style.SUPERSCRIPT: re.compile(r"(?<=[^\s\d⁰¹²³⁴-⁹⁻⁺])([⁰¹²³⁴-⁹]+)(?!\w)"),
    Style.BRACES: re.compile(r"\{(\d{1,3})\}"),
    Style.LETTERS: re.compile(r"\[([A-Z]|[a-z])\](?!\w)"),
    Style.PARENTHESES: re.compile(
        r"(?<=\S)\((\d{1,3})\)|\s\((\d{1,3})\)(?=[.,;:!?)\]\"”’»]|\Z)|(?<=[.!?\"”»])\s\((\d{1,3})\)(?=\s+[^\W\d_])"
    ),
    Style.HALF: re.compile(r"(?<=[^\W\d_]|[.,;:!?\"”’»…)])(\d{1,3})\)"),
    Style.SIGNS: re.compile(rf"(?<=[\w.,;:!?)\]\"”’»…])({_SIGN})(?=$|[\s.,;:!?)\]\"”’»—–-])|\[({_SIGN})\]"),
}
_CALLS_HERE = {
    Style.BRACKETS: re.compile(r"\[\d"), Style.BRACES: re.compile(r"\{\d"), Style.LETTERS: re.compile(r"\[[A-Za-z]\]"),
    Style.PARENTHESES: re.compile(r"\(\d"), Style.HALF: re.compile(r"\d\)"), Style.SUPERSCRIPT: re.compile("[⁰¹²³⁴-⁹]"),
    Style.SIGNS: re.compile("[*†‡§¶]"),
}  # fmt: skip
"""What every call of a form holds: found much sooner than what must stand around it."""

_BEGINS = re.compile(r"[\[{(\d⁰¹²³⁴-⁹*†‡§¶]")
"""What a definition of any form begins with."""

STRONG = (Style.BRACKETS, Style.SUPERSCRIPT)
"""What is written in these forms is a note, even where the other half of it is missing."""

_EXPONENT = re.compile(r"(?:\b[^\W\d_]|\b(?:[kcdmµ]m|km|mc|ft|in|yd|mi|sec|Hz|ha|cos|sin|tan|log))\Z")
_VARIABLE = re.compile(r"(?<!\w)[b-hj-z]\Z")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]+?(?<=[^\s*])\*{1,3}(?![\w*])")
_ITEM_BEFORE = re.compile(r"(?:[:;,]|\b(?:and|or|und|oder|et|ou|y|o|e|и|или|either))\s*\Z")
_CITES = re.compile(
    r"(?:\b(?:p|pp|s|vol|no|nr|fig|figs|eq|eqs|art|ch|bd|page|pages|seite|figures?|tables?|chapter|equations?|formula|"
    r"verse|line|article|section|clause|rule|step|item|example|case|gleichung|satz|absatz)|§)\.?\s*\Z",
    re.IGNORECASE,
)
_GROUPED = {
    Style.BRACKETS: re.compile(r"\[(\d{1,3}(?:\s?[-–,;]\s?\d{1,3})+)\]|\[(\d{1,3})\][-–]\[(\d{1,3})\]"),
    Style.BRACES: re.compile(r"\{(\d{1,3}(?:\s?[-–,;]\s?\d{1,3})+)\}|\{(\d{1,3})\}[-–]\{(\d{1,3})\}"),
}
"""Several calls in one: `[1, 2]`, `[4-6]`, `[1]-[3]`."""
_LONGEST_RANGE = 30
_LOOSE = re.compile(r"(?<=\s)\((\d{1,3})\)(?=\s|\Z)")
_ARGUMENT = re.compile(r"(?<!\w)[^\W\d_]\Z|(?<!\d)\d{1,3}\Z")
"""What stands before a bracket that is no call: `f(1)`, `Psalm 23(4)`, `Art. 5(2)`."""
_CODE = re.compile(r"`[^`\n]+`")
_INDEX = re.compile(r"\s?[-+*/]?=(?!>)|\.[a-z_]")
_ASSIGNED = re.compile(r"=\s*\w+\Z")
"""What stands behind the index of an array, and behind no call."""

_HEADINGS = re.compile(
    r"""
    (?P<sure> (?:foot|end|editor(?:'s|s'|ial)?\s|author'?s\s)?notes? (?:\s+and\s+references|\s+to\s+the\s+text)?
      | anmerkung(?:en)? | fu(?:ß|ss)noten? | endnoten? | notes?\s+(?:de\s+bas\s+de\s+page|de\s+fin|et\s+références)
      | notas?(?:\s+(?:al|a)\s+(?:pie|final)(?:\s+de\s+página)?)? | notas\s+de\s+(?:rodapé|fim)
      | not[ae](?:\s+(?:a\s+)?pi[èe]\s*di\s*pagina)? | note\s+al\s+testo | note\s+finali
      | примечани[ея] | сноск[аи] | комментарии | voetnoten | noten | przypisy )
    | references? | (?:einzel)?nachweise | références | referencias | referências | riferimenti
    | sources | quellen | литература
    """,
    re.VERBOSE | re.IGNORECASE,
)


def notes_heading(unit: Unit) -> str:
    """Whether a unit is the heading of notes: `sure` where it can be nothing else, `perhaps` for a list of
    sources, empty for no."""
    words = unit.lines[0].text.strip("#*_=-–—.:·[]() ").strip()
    found = _HEADINGS.fullmatch(words) if len(unit.lines) <= 2 and len(words) < 40 else None
    if not found or (len(unit.lines) == 2 and not set(unit.lines[1].text) <= set("=-~*_ ")):
        return ""
    return "sure" if found["sure"] else "perhaps"


def may_define(text: str) -> bool:
    """Whether a unit's text may define anything, in whatever form."""
    return _BEGINS.match(text) is not None


def definition(style: Style, number: int, text: str) -> Definition | None:
    """What a unit's text may define in this form."""
    if text[:1] == "[" and (long := _FOOTNOTE.match(text)):
        label = long["label"].upper()
        own = Style.BRACKETS if label.isdecimal() else Style.LETTERS if label.isalpha() else Style.SIGNS
        return (
            Definition(number, long.end(), _plain(label), f"[{label}]", closes=True) if style is own else None
        )
    found = DEFINITIONS[style].match(text)
    if not found:
        return None
    label = found[1].translate(SUPERSCRIPT)
    return Definition(number, found.end(), _plain(label), found[0].strip())


def may_call(style: Style, text: str) -> bool:
    """Whether there may be calls of this form anywhere in a text."""
    return _CALLS_HERE[style].search(text) is not None


def calls(style: Style, number: int, text: str, begin: int) -> Iterator[Call]:
    """What may be calls of this form in a unit's text, from an offset on."""
    if not may_call(style, text):
        return
    bounds = [found.span() for found in _CODE.finditer(text)] if "`" in text else []
    if style is Style.SIGNS and "*" in text:
        bounds += [found.span() for found in _EMPHASIS.finditer(text)]
    for call in _several(style, number, text, begin):
        bounds.append(call.whole)
        yield call
    for found in CALLS[style].finditer(text, begin):
        start, end = _span(style, found)
        if start >= begin and not any(a < end and start < b for a, b in bounds):
            label = _plain(found[found.lastindex or 0].translate(SUPERSCRIPT))
            if _may_call(style, text, start, end) and label != "0":
                yield Call(number, start, end, label, text[start:end])


def loose_calls(number: int, text: str, begin: int) -> list[Call]:
    """What may be calls in round brackets, `word (1) and more`, or else numbers of an enumeration, or of what is
    cited: these only where something tells."""
    if not may_call(Style.PARENTHESES, text):
        return []
    found, items = list[Call](), set[int]()
    for each in _LOOSE.finditer(text, begin):
        before = text[max(each.start() - 24, 0) : each.start()]
        if not before.strip() or _ITEM_BEFORE.search(before):
            items.add(int(each[1]))
        elif not _CITES.search(before):
            found.append(Call(number, each.start(), each.end(), _plain(each[1]), each[0]))
    return [call for call in found if int(call.label) in items or int(call.label) + 1 not in items]


def _several(style: Style, number: int, text: str, begin: int) -> Iterator[Call]:
    """Calls that share a bracket, each with its part of it."""
    for found in _GROUPED[style].finditer(text, begin) if style in _GROUPED else ():
        labels = _labels(found[1]) if found[1] else _range(found[2], found[3])
        if "0" in labels:
            continue
        places = [place.start() for place in re.finditer(r"\d+", found[0])]
        ends = [found.start() + at for at in places[1:]] + [found.end()]
        start = found.start()
        for index, label in enumerate(labels):
            # The ones within a range have no letters of their own: they stand where its end begins.
            end = found.end() if index == len(labels) - 1 else ends[min(index, len(ends) - 2)]
            mark = f"{found[0][0]}{label}{found[0][-1]}"
            yield Call(number, start, end, label, mark, found.span(), frozenset(labels))
            start = end


def _labels(listed: str) -> list[str]:
    """`1, 3-5` → 1, 3, 4, 5; with a 0 where it is no list of numbers of notes."""
    found: list[str] = []
    for part in re.split(r"\s?[,;]\s?", listed):
        ends = re.split(r"\s?[-–]\s?", part)
        found += _range(ends[0], ends[-1]) if len(ends) <= 2 else ["0"]
    return found


def _range(first: str, last: str) -> list[str]:
    one, two = int(first), int(last)
    return [str(each) for each in range(one, two + 1)] if 0 <= two - one < _LONGEST_RANGE else ["0"]


def _span(style: Style, found: re.Match[str]) -> tuple[int, int]:
    """From where to where a call stands, of what its form has matched."""
    start, end = found.span(found.lastindex or 0)
    if style is Style.PARENTHESES:
        return start - 1, end + 1
    return (start, end) if style is Style.SUPERSCRIPT else found.span()


def _plain(label: str) -> str:
    """A number without zeros before it."""
    return str(int(label)) if label.isdecimal() else label


def _may_call(style: Style, text: str, start: int, end: int) -> bool:
    """What only looks like a call: an exponent, an item of an enumeration, the end of a bracket, an index."""
    before = text[max(start - 16, 0) : start]
    if style is Style.BRACKETS:
        is_index = before[-1:].isalnum() and (_INDEX.match(text, end) or _ASSIGNED.search(before))
        return not is_index and text[end : end + 1] != "("
    if style is Style.SUPERSCRIPT:
        return not (_VARIABLE.search(before) or (text[start:end] in "²³" and _EXPONENT.search(before)))
    if style is Style.HALF and text[end : end + 1] != ")":
        return before.count("(") <= before.count(")") and text[:start].count("(") <= text[:start].count(")")
    if style is Style.PARENTHESES:
        if not text[start - 1 : start].isspace():
            return not _ARGUMENT.search(before)
        return not (_ITEM_BEFORE.search(before) or _CITES.search(before))
    return True
