"""Quotation marks: mixed ones, another language's, and those without a partner.

Imports `desk.rules.pairs` and what is usual in a language. Only double marks are looked at, and of those that stand
in one another the outer: a single one may be an apostrophe.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.rules.pairs import Loose, unpaired
from octopub.diagnostics import Code
from octopub.reading.languages import GENERIC
from octopub.reading.typesetting import OPAQUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

STRAIGHT = '"'
CLOSES = {STRAIGHT: STRAIGHT, "“": "”", "„": "“”" + STRAIGHT, "«": "»", "»": "«»", "”": "”"}
"""What opens a quotation, and what may close it."""

ALSO = {
    "de": "»«", "de-CH": "„“ »«", "da": "„“ “” ”” «»", "nb": "“” „“ ””", "sv": "»» »«", "fi": "»»", "pl": "“” »« «»",
    "cs": "»« «»", "nl": "„” “” «»", "en": "“”", "fr": "“”", "es": "“”", "it": "“”", "pt-PT": "“”", "pt-BR": "«»",
    "ru": "“”", "uk": "“” „”", "el": "“”", "tr": "«»",
}  # fmt: skip
"""Marks that books in a language have beside those of its row."""

FEW = 5
"""So many places are told one by one."""

_OPENS = re.compile(
    r"""
    (?<![^\s(\[{—–\-/\ufffc'‘‚¿¡]) (?:
        ["”»] (?= [^\s,.;:!?)\]—–] | [!?.]\S )
        | ["”] (?= [,;:]\w | [^\w\s]["”] )       # what begins with a mark, or is one
        | [“„] (?= \S | \s[‘‚'’] )
        | « )
    | [“„«] (?=\w)                # where words are not spaced
    """,
    re.VERBOSE,
)
_GERSHAYIM = re.compile(r"""(?<![א-ת])([א-ת]+)"(?=([א-ת]+))""")
_PREFIXES = frozenset("ובהכלמש")
_CLOSES = re.compile(r"""(?<=[^\s\d(\[{])["”“»](?!\w)|(?<=\s)»(?=[\s,.;:!?)]|$)""")


class Quoted(NamedTuple):
    """A quotation in a passage."""

    at: int
    end: int | None
    """Behind its last mark; None where that is missing."""
    marks: str
    """Its first and its last mark."""


def quotes_mixed(copy: Copy) -> Iterator[Diagnostic]:
    """Quotations in other marks than most of the text's, of those that the language has."""
    usual = _usual(copy)
    own = [(passage, each) for passage, each in _closed(copy) if usual is None or each.marks in usual]
    counts = Counter(each.marks for _, each in own)
    if len(counts) < 2:
        return
    most, _ = counts.most_common(1)[0]
    for marks in counts:
        if marks != most:
            places = [(passage, each) for passage, each in own if each.marks == marks]
            yield from _told(copy, Code.QUOTES_MIXED, places, usual=shown(most))


def quotes_foreign(copy: Copy) -> Iterator[Diagnostic]:
    """Quotations in marks that the language does not have."""
    usual = _usual(copy)
    if usual is None:
        return
    foreign = [(passage, each) for passage, each in _closed(copy) if each.marks not in usual]
    own = "".join(copy.quotes[:2] if copy.quotes else copy.language.primary)
    for marks in dict.fromkeys(each.marks for _, each in foreign):
        places = [(passage, each) for passage, each in foreign if each.marks == marks]
        yield from _told(copy, Code.QUOTES_FOREIGN, places, lang=copy.lang, own=shown(own))


def quotes_unpaired(copy: Copy) -> Iterator[Diagnostic]:
    """Quotation marks without a partner. One that opens again at the next paragraph's beginning goes on."""
    passages = [each for each in copy.passages if each.block != "verse_line"]
    for passage, mark in unpaired(passages, _loose, _goes_on):
        sign = passage.text[mark.at]
        yield copy.mark(Code.QUOTE_UNPAIRED, passage, mark.at, mark.at + 1, mark=sign)


def shown(marks: str) -> str:
    """A pair of marks in a sentence: `«…»`."""
    return f"{marks[0]}…{marks[-1]}"


def quoted(text: str) -> tuple[Quoted, ...]:
    """The quotations of a text that stand in no other."""
    found = []
    at = 0
    text = _without_gershayim(text)
    while opening := _OPENS.search(text, at):
        start = opening.start()
        end = _end(text, start)
        closing = text[end - 1] if end else ""
        found.append(Quoted(start, end, text[start] + closing))
        at = end or start + 1
    return tuple(found)


def _end(text: str, start: int) -> int | None:
    """Where the quotation that opens here is over."""
    mark = text[start]
    depth = 0
    for index in range(start + 1, len(text)):
        if text[index] in CLOSES[mark] and not (mark == STRAIGHT and text[index - 1] in " \n\u2028("):
            if not depth:
                return index + 1
            depth -= 1
        elif text[index] == mark and mark not in CLOSES[mark]:
            depth += 1
    return None


def _usual(copy: Copy) -> set[str] | None:
    """The pairs of marks that may stand in a text of this language; None where nobody knows."""
    row = copy.language
    if row is GENERIC:
        return None
    also = ALSO.get(row.tag) or ALSO.get(copy.tongue, "")
    ours = copy.quotes or (*row.primary, *row.secondary)
    return {*also.split(), "".join(ours[:2]), "".join(ours[2:]), "".join(row.primary), STRAIGHT * 2}


def _closed(copy: Copy) -> Iterator[tuple[Passage, Quoted]]:
    for passage in copy.passages:
        for each in quoted(passage.text):
            if each.end is not None:
                yield passage, each


def _told(
    copy: Copy, code: Code, places: list[tuple[Passage, Quoted]], **fields: object
) -> Iterator[Diagnostic]:
    """Few places one by one; many by their first."""
    others = "" if len(places) <= FEW else f" and in {len(places) - 1} other places"
    for passage, each in places if not others else places[:1]:
        assert each.end is not None
        these = shown(each.marks)
        yield copy.mark(code, passage, each.at, each.end, these=these, others=others, **fields)


def _loose(passage: Passage) -> Iterator[Loose]:
    """The marks without a partner in this passage, in their order."""
    done = 0
    text = _without_gershayim(passage.text)
    for each in (*quoted(text), None):
        until = each.at if each else len(text)
        for found in _CLOSES.finditer(text, done, until):
            yield Loose(found.start(), _kind(found[0]), opens=False)
        if each is None:
            return
        if each.end is None:
            yield Loose(each.at, _kind(text[each.at]), opens=True)
        done = each.end or each.at + 1


def _kind(mark: str) -> str:
    return {"«": "«", "»": "«", STRAIGHT: STRAIGHT}.get(mark, "“")


def _goes_on(passage: Passage, mark: Loose) -> bool:
    opening = _OPENS.match(passage.text.lstrip())
    return opening is not None and _kind(opening[0]) == mark.kind


def _without_gershayim(text: str) -> str:
    """The text without the marks within Hebrew words: of abbreviations, or behind a word's small first part, where a
    quotation begins."""

    def hide(found: re.Match[str]) -> str:
        opens = _PREFIXES.issuperset(found[1]) and len(found[2]) > 1
        return OPAQUE * len(found[1]) + STRAIGHT if opens else found[1] + OPAQUE

    return _GERSHAYIM.sub(hide, text)
