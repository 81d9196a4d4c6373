"""Dashes that break a sentence, and dashes between the numbers of a range.

Imports `reading.block` and `reading.conventions`. Hyphens inside words are never touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.reading.block import BLANK, SPACE, Side
from octopub.reading.conventions import NO_BREAK, DashStyle

if TYPE_CHECKING:
    from octopub.reading.block import Block
    from octopub.reading.conventions import Language

_SIDED_STYLES = (DashStyle.PAIRED, DashStyle.ATTACHED)
_SPACED_STYLES = (DashStyle.SPACED, DashStyle.PAIRED)
_BETWEEN = {
    (DashStyle.SPACED, Side.ALONE): (NO_BREAK, " "),
    (DashStyle.PAIRED, Side.OPENS): (" ", NO_BREAK),
    (DashStyle.PAIRED, Side.CLOSES): (NO_BREAK, " "),
    (DashStyle.PAIRED, Side.ALONE): (" ", NO_BREAK),
    (DashStyle.ATTACHED, Side.OPENS): (" ", ""),
    (DashStyle.ATTACHED, Side.CLOSES): ("", " "),
}
"""The spaces before and behind a dash between words; for styles and sides not named, none. Only the two
styles that tell an aside's dashes apart have more than one row."""

_FIGURES = r"(?:\d{1,9}+(?:[.,:]\d{1,9}+)*+|[ivxlc]++)"
_NUMBER_BEFORE = re.compile(rf"(?<![\w/+#@=-])(?<!\d[.,:]){_FIGURES}\Z")
_NUMBER_BEHIND = re.compile(rf"{_FIGURES}(?![\w/@–-])")

_DATE_BEHIND = re.compile(r"[^\W\d_]++\.?\s\d")
_WORD = re.compile(r"[^\W\d_]{2}")
_TOKEN_BEFORE = re.compile(r"[^\s–—-]+\Z")
_TOKEN_BEHIND = re.compile(r"[^\s–—-]+")

_BREAKS = re.compile(
    r"""
    (?P<dash> (?<!-)-{2,3}(?!-) | [–—] | (?<=\s)-(?=\s) )
    | (?: [!?…] | \.{3} | (?<=\w\w\w)\. ) \s? ["'”»›’)\]]* \s+ (?= ["'«‹“„(¿¡]* \s? [A-ZÀ-ÞÁ-ŽΑ-ΩА-ЯЁІЇЄҐ] )
    """,
    re.VERBOSE,
)


def stop(language: Language) -> str:
    """A pattern for a dash, from behind its first character on."""
    hyphen = f"|(?<=[{SPACE}]-)(?=[{SPACE}])" if language.dash_style is not DashStyle.AS_TYPED else ""
    return f"(?<=[–—])|(?<=(?<!-)-)-{{1,2}}+(?!-){hyphen}"


def dash(block: Block, match: re.Match[str]) -> None:
    """`--`, `---`, ` - ` and typed dashes: the language's dash, with the language's spaces."""
    text, language = block.text, block.rules.language
    start, end = match.span()
    left = start
    while left and text[left - 1] in SPACE:
        left -= 1
    right = end
    while right < len(text) and text[right] in SPACE:
        right += 1
    typed = match[0]
    if typed == "-" and not _parts_words(text, left, start, right):
        return
    if typed in "–—":
        _hold(block, left, start, end, right)
    elif left == start and right == end and _is_range(text, start, end):
        block.put(start, end, "–")
    elif language.dash_style is DashStyle.AS_TYPED:
        block.put(start, end, "–" if typed == "--" else "—")
    elif _begins(text, left):
        _opening_dash(block, start, end, right)
    else:
        _set(block, left, start, end, right)


def number_range(block: Block, match: re.Match[str]) -> None:
    """A hyphen between numbers: the range's dash, if it is a range."""
    text, at = block.text, match.end() - 1
    first = _NUMBER_BEFORE.search(text, max(0, at - 12), at)
    second = _NUMBER_BEHIND.match(text, at + 1)
    if not first or not second:
        return
    label = _TOKEN_BEFORE.search(text[max(0, first.start() - 12) : first.start()].rstrip(SPACE))
    labelled = bool(label and label[0].lstrip("([") in block.rules.before_number)
    if _ascends(first[0], second[0], labelled=labelled):
        block.put(at, at + 1, block.rules.language.range_dash)


def _begins(text: str, left: int) -> bool:
    return left == 0 or text[left - 1] == "\u2028"


def _is_range(text: str, start: int, end: int) -> bool:
    """Whether a closed-up dash stands between numbers or dates: 1914--18, August 1917--February 1918."""
    behind_number = text[start - 1 : start].isdigit()
    return behind_number and (text[end : end + 1].isdigit() or _DATE_BEHIND.match(text, end) is not None)


def _parts_words(text: str, left: int, start: int, right: int) -> bool:
    """Whether a hyphen with spaces around it parts words, and is neither a minus nor a list's mark."""
    if _begins(text, left) or right == len(text) or text[start - 1] == "\n":
        return False
    before = _TOKEN_BEFORE.search(text, max(0, left - 40), left)
    behind = _TOKEN_BEHIND.match(text, right)
    return any(token and _WORD.search(token[0]) for token in (before, behind))


def _hold(block: Block, left: int, start: int, end: int, right: int) -> None:
    """A typographic dash stays as it was typed; only its spaces are made ones that do not break."""
    style = block.rules.language.dash_style
    if _begins(block.text, left):
        before, behind = "", NO_BREAK
    elif style in _SPACED_STYLES and left < start and right > end:
        before, behind = _BETWEEN[style, _side(block, start)]
    else:
        return
    if before == NO_BREAK and _joins_before(block, left):
        block.put(left, start, NO_BREAK)
    if behind == NO_BREAK and style is not DashStyle.AS_TYPED and right > end and _joins_behind(block, right):
        block.put(end, right, NO_BREAK)


def _opening_dash(block: Block, start: int, end: int, right: int) -> None:
    """A dash at the beginning: a speech, or the source of a quotation."""
    language = block.rules.language
    mark = language.speech_dash or language.dash
    space = language.speech_space
    if right == len(block.text):
        space = None
    if right > end:
        block.put(start, end, mark)
        block.put(end, right, NO_BREAK if space is None else space)
    else:
        block.put(start, end, mark + (space or ""))


def _set(block: Block, left: int, start: int, end: int, right: int) -> None:
    """A typewriter dash between words."""
    language = block.rules.language
    side = _side(block, start)
    before, behind = _BETWEEN.get((language.dash_style, side), ("", ""))
    if language.dash_style is DashStyle.ATTACHED and side is Side.ALONE:
        before, behind = " " * (left < start), " " * (right > end)
    if not _joins_before(block, left):
        before = language.quote_space if block.text[left - 1] in "«‹" and left < start else ""
    if not _joins_behind(block, right):
        behind = language.quote_space if block.text[right : right + 1] in ("»", "›") and right > end else ""
    mark = language.dash
    if left < start:
        _respace(block, left, start, before)
    else:
        mark = before + mark
    if right > end:
        block.put(start, end, mark)
        _respace(block, end, right, behind)
    else:
        block.put(start, end, mark + behind)


def _respace(block: Block, start: int, end: int, space: str) -> None:
    """Put a space in the place of another; an ordinary one was typed already."""
    if space != " ":
        block.put(start, end, space)


def _joins_before(block: Block, left: int) -> bool:
    """Whether a word stands before the dash, and not what opens a quotation or a bracket."""
    before = block.before(left)
    opens = before in block.rules.before or (before in BLANK and block.text[left - 1] in "\"'")
    return not opens


def _joins_behind(block: Block, right: int) -> bool:
    """Whether a word follows the dash, and not what closes a sentence, a quotation or a bracket."""
    behind = block.behind(right)
    return behind not in BLANK and behind not in block.rules.behind


def _side(block: Block, at: int) -> Side:
    """Dashes that come two to a sentence enclose an aside; a third stands alone."""
    if block.rules.language.dash_style not in _SIDED_STYLES:
        return Side.ALONE
    if block.sides is None:
        block.sides = {}
        pending: int | None = None
        for match in _BREAKS.finditer(block.text):
            here = match.start()
            if match["dash"] is None:
                pending = None
            elif match[0] != "-" and _is_range(block.text, here, match.end()):
                continue
            elif pending is None:
                pending = here
            elif not _begins(block.text, pending):
                block.sides[pending], block.sides[here] = Side.OPENS, Side.CLOSES
                pending = None
            else:
                pending = here
    return block.sides.get(at, Side.ALONE)


def _ascends(first: str, second: str, *, labelled: bool) -> bool:
    """Whether two numbers are the ends of a range; more is allowed behind a label (`pp.`)."""
    if not (first[0].isdigit() and second[0].isdigit()):
        return labelled and not (first[0].isdigit() or second[0].isdigit())
    low = [int(part) for part in re.split("[.,:]", first)]
    high = [int(part) for part in re.split("[.,:]", second)]
    if len(low) > 1 or len(high) > 1:
        return low < high if len(low) == len(high) else len(high) == 1 and low[-1] < high[0]
    if first[0] == "0":
        return False
    if len(second) < len(first):
        # 1914-18: the digits that do not change are left out.
        in_full = int(first[: -len(second)] + second)
        return in_full > low[0] and (labelled or (len(first) == 4 and len(second) == 2))
    if second[0] == "0" or high <= low:
        return False
    is_year = len(first) == len(second) == 4 and high[0] < 3000
    is_small = len(first) <= 3 and len(second) <= 3
    return labelled or is_year or is_small
