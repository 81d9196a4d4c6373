"""How plain texts write notes: the forms of calls, of definitions, and of the headings above these.

Imports `importing.lines`. Finds what may be a call or a definition; whether it is one only the matching of all
with all can say (`importing.matching`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.lines import Unit

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Style(Enum):
    """A form of notes, and how the report names it."""

    BRACKETS = "[1]"
    SUPERSCRIPT = "¹"
    BRACES = "{1}"
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
    """Its text ends with a bracket that belongs to the mark: `[Footnote 1: …]`."""


_SIGN = r"\*{1,4}|†{1,3}|‡{1,3}|§{1,2}|¶{1,2}"

DEFINITIONS = {
    Style.BRACKETS: re.compile(r"\[(\d{1,3})\](?:\s?\1[.)](?!\d)|[.:)])?(?:\s+[-–—](?=\s))?\s*(?=\S)"),
    Style.SUPERSCRIPT: re.compile(r"([⁰¹²³⁴-⁹]+)[.:)]?\s*(?=\S)"),
    Style.BRACES: re.compile(r"\{(\d{1,3})\}[.:)]?\s*(?=\S)"),
    Style.PARENTHESES: re.compile(r"\((\d{1,3})\)[.:]?\s*(?=\S)"),
    Style.HALF: re.compile(r"(\d{1,3})\)\s*(?=\S)"),
    Style.STOP: re.compile(r"(\d{1,3})\.(?!\d)[-–—]?\s*(?=\S)"),
    Style.BARE: re.compile(r"(\d{1,3})\s+(?=[^\W\d_]|[\"“«„'‘(*_])"),
    Style.SIGNS: re.compile(rf"\[?({_SIGN})(?![*†‡§¶])[\].:)]{{0,2}}\s*(?=\S)"),
}
_FOOTNOTE = re.compile(
    r"\[(?:foot|end)?note:?\s+(\d{1,3}|[A-Z])\s*[:.]\s*(?=\S)|\[(?:fußnote|anmerkung|nota|сноска)\s+(\d{1,3})\s*[:.]\s*(?=\S)",
    re.IGNORECASE,
)

CALLS = {
    Style.BRACKETS: re.compile(r"\[(\d{1,3})\]"),
    Style.SUPERSCRIPT: re.compile(r"(?<=[^\s\d⁰¹²³⁴-⁹⁻⁺])([⁰¹²³⁴-⁹]+)(?!\w)"),
    Style.BRACES: re.compile(r"\{(\d{1,3})\}"),
    Style.PARENTHESES: re.compile(
        r"(?<=\S)\((\d{1,3})\)|\s\((\d{1,3})\)(?=[.,;:!?)\]\"”’»]|\Z)|(?<=[.!?\"”»])\s\((\d{1,3})\)(?=\s+[^\W\d_])"
    ),
    Style.HALF: re.compile(r"(?<=[^\W\d_]|[.,;:!?\"”’»…)])(\d{1,3})\)"),
    Style.SIGNS: re.compile(rf"(?<=[\w.,;:!?)\]\"”’»…])({_SIGN})(?=$|[\s.,;:!?)\]\"”’»—–-])"),
}
SIGNS = {
    Style.BRACKETS: frozenset("["), Style.BRACES: frozenset("{"), Style.PARENTHESES: frozenset("("),
    Style.HALF: frozenset(")"), Style.SUPERSCRIPT: frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹"), Style.SIGNS: frozenset("*†‡§¶"),
}  # fmt: skip
"""A character of each form of calls, without which a text has none."""

STRONG = (Style.BRACKETS, Style.SUPERSCRIPT)
"""What is written in these forms is a note, even where the other half of it is missing."""

_EXPONENT = re.compile(r"(?:\b[^\W\d_]|\b(?:[kcdmµ]m|km|mc|ft|in|yd|mi|sec|Hz|ha|cos|sin|tan|log))\Z")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]+?(?<=[^\s*])\*{1,3}(?![\w*])")
_ITEM_BEFORE = re.compile(r"(?:[:;,]|\b(?:and|or|und|oder|et|ou|y|o|e|и|или|either))\s*\Z")
_CITES = re.compile(
    r"\b(?:p|pp|S|vol|no|nr|Nr|Vol|No|fig|Fig|eq|Eq|art|Art|ch|Bd|page|pages|Seite|figure|table|chapter|[§])\.?\s*\Z"
)

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


def definition(style: Style, number: int, text: str) -> Definition | None:
    """What a unit's text may define in this form."""
    if style is Style.BRACKETS and (long := _FOOTNOTE.match(text)):
        label = (long[1] or long[2]).upper()
        return Definition(number, long.end(), label, f"[{label}]", text.rstrip().endswith("]"))
    found = DEFINITIONS[style].match(text)
    if not found:
        return None
    label = found[1].translate(SUPERSCRIPT)
    return Definition(number, found.end(), _plain(label), found[0].strip())


def calls(style: Style, number: int, text: str, begin: int) -> Iterator[Call]:
    """What may be calls of this form in a unit's text, from an offset on."""
    form = CALLS.get(style)
    if form is None or SIGNS[style].isdisjoint(text):
        return
    emphasis = (
        [found.span() for found in _EMPHASIS.finditer(text)] if style is Style.SIGNS and "*" in text else []
    )
    for found in form.finditer(text, begin):
        group = next(index for index, label in enumerate(found.groups(), 1) if label is not None)
        start, end = found.span(group)
        if style is Style.PARENTHESES:
            start, end = start - 1, end + 1
        elif style is not Style.SIGNS and style is not Style.SUPERSCRIPT:
            start, end = found.span()
        if any(a < end and start < b for a, b in emphasis):
            continue
        if start >= begin and _may_call(style, text, start, end):
            yield Call(number, start, end, _plain(found[group].translate(SUPERSCRIPT)), text[start:end])


def _plain(label: str) -> str:
    """A number without zeros before it."""
    return str(int(label)) if label.isdecimal() else label


def _may_call(style: Style, text: str, start: int, end: int) -> bool:
    """What only looks like a call: an exponent, an item of an enumeration, the end of a bracket."""
    before = text[max(start - 16, 0) : start]
    if style is Style.SUPERSCRIPT:
        return not (text[start:end] in "²³" and _EXPONENT.search(before))
    if style is Style.HALF:
        return before.count("(") <= before.count(")") and text[:start].count("(") <= text[:start].count(")")
    if style is Style.PARENTHESES:
        glued = not text[start - 1 : start].isspace()
        return glued or not (_ITEM_BEFORE.search(before) or _CITES.search(before))
    return True
