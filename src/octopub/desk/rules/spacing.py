"""Spaces where none belong, and hyphens where a dash belongs.

Imports `desk.rules.passage` and what is usual in a language: French sets off its high marks. What the typography
turns into a dash anyway (` - `, `--`) is none of these rules' business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.diagnostics import Code
from octopub.reading.conventions import DashStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

SPACING = frozenset("fr br oc co wa".split())
"""Languages that set off their high marks."""

SUSPENDS = {
    "en": "and or nor to but through versus vs as than & from rather not",
    "de": "und oder bzw. sowie bis wie noch als aber statt beziehungsweise & plus respektive resp. zu gegen ohne",
    "nl": "en of tot dan als noch maar alsook & respectievelijk",
    "sv": "och eller samt till men & respektive resp. som",
    "da": "og eller samt til men & henholdsvis som",
    "nb": "og eller samt til men & henholdsvis som",
    "fi": "ja tai sekä eli että & kuin",
    "fr": "et ou &", "es": "y o e u &", "it": "e o ed od &", "pt": "e ou &", "pl": "i oraz lub czy",
    "cs": "a i nebo či", "ru": "и или да", "uk": "і й та або чи", "el": "και ή", "tr": "ve veya",
}  # fmt: skip
"""Words behind a hyphen that stands for the rest of its word (`pre- and post-war`), by language."""

_BEFORE_MARK = re.compile(
    r"""
    (?<=[\w)\]”"’»%…]) [ \t\n\u00a0\u202f\u2009]+ (?P<mark>
        , (?!\d)
        | \. (?=[\s”"’»)]|$) (?!\s+\.)
        | [!?]+ (?=[\s”"’»)]|$)
        | [;:] (?=[\s”"’»]|$)
        | (?<=[^\W_][ \n]) [)\]] )
    | [(\[] (?P<behind>[ \t\n\u00a0\u202f]+) (?=\w)
    """,
    re.VERBOSE,
)
SHOWN = 12
"""So many letters before a place and behind it are told with it."""
_ENDS = ".!?"
_FREE = ",.)]"
"""What has no space before it in any language."""

_HANGING = re.compile(r"(?<![\w\-–—’'])(?P<first>[^\W\d_]{2,})-[ \n]+(?P<second>[^\W\d_]{2,}\.?|&)(?![\w\-])")
_LEANING = re.compile(r"(?P<before>[^\W\d_]+) -(?=[^\W\d_]{2,})[\w\s,’']{2,60}?(?<=[^\W\d_])- (?P<second>[^\W\d_]+)")
_YEARS = re.compile(r"(?<![\d\-–.,/])(1\d{3}|20\d{2})[ \n]-[ \n](1\d{3}|20\d{2})(?![\d\-–.,/]*\d)")
_BETWEEN = re.compile(r"(?<=[^\W\d_]{2})[ \n]-[ \n](?=[^\W\d_]{2})")


def spaces(copy: Copy, passage: Passage) -> Iterator[Diagnostic]:
    """A space before a mark of punctuation, or within a bracket at its edge."""
    sets_off = copy.tongue in SPACING
    for found in _BEFORE_MARK.finditer(passage.text):
        mark = found["mark"] or found[0][0]
        if sets_off and mark[0] not in _FREE and found["mark"]:
            continue
        if mark == ":" and passage.text[found.start() - 1].isdigit():
            continue  # a ratio
        if mark[0] in _ENDS and passage.text[found.end() :].lstrip()[:1].islower():
            continue  # a sign that is spoken of (`a ! before the name`)
        if passage.has_markup(found.start(), found.end()):
            continue
        where = "before " if found["mark"] else "behind "
        yield copy.mark(Code.SPACE_BEFORE_MARK, passage, *found.span(), where=where, mark=mark)


def hyphens(copy: Copy, passage: Passage) -> Iterator[Diagnostic]:
    """A hyphen that has a space on one side, or between two years; and any between spaces, where the typography
    makes no dash of it."""
    places = [*_YEARS.finditer(passage.text), *_on_one_side(copy, passage)]
    if copy.language.dash_style is DashStyle.AS_TYPED:
        places += _BETWEEN.finditer(passage.text)
    for found in places:
        if not passage.has_markup(found.start() - 1, found.end() + 1):
            yield copy.mark(Code.HYPHEN_FOR_DASH, passage, *found.span(), text=_with_words(found))


def _with_words(found: re.Match[str]) -> str:
    """A stretch of a text as it is told: with the words around it, in one line."""
    text, (start, end) = found.string, found.span()
    before, behind = text[max(start - SHOWN, 0) : start], text[end : end + SHOWN]
    if start > SHOWN:
        before = before.partition(" ")[2]
    if end + SHOWN < len(text):
        behind = behind.rpartition(" ")[0]
    return " ".join(f"{before}{found[0]}{behind}".split())


def _on_one_side(copy: Copy, passage: Passage) -> Iterator[re.Match[str]]:
    """Hyphens with a space before or behind them that stand for no part of a word; where it is known which words
    would follow on those."""
    if copy.tongue not in SUSPENDS:
        return
    suspends = {"etc.", *SUSPENDS[copy.tongue].split()}
    done = 0
    for found in _LEANING.finditer(passage.text):
        if not suspends.intersection((found["before"], found["second"])):
            done = found.end()
            yield found
    for found in _HANGING.finditer(passage.text, done):
        if found["second"].islower() and not suspends.intersection((found["second"], f"{found['second']}.")):
            yield found
