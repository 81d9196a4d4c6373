"""The lines of a plain text, and the units that they form: what stands between blank lines, or on one line.

Imports nothing of octopub. It knows where everything stands (offsets in the source), and nothing of what it
means, except for the marks that begin a note or a list's item, since these begin a unit wherever they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONG = 100
"""A line with more characters than this was not broken by hand or by an editor."""

NARROW = 40
"""Nobody breaks prose to so few characters."""

RULE = re.compile(r"[=\-_~*#·.\s]{3,}|[*•·]")
UNDERLINE = re.compile(r"=+|-+|~+|_{3,}")
SEPARATOR = re.compile(
    r"(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}|(?:~\s*){3,}|(?:#\s*){3,}|[•·⁂❦](?:\s+[•·])*"
)
SAME = 2
"""Items of a list are indented alike, or differ by less than so many columns."""
LETTERS = list("abcdefghijklmnopqrstuvwxyz")
ROMANS = "i ii iii iv v vi vii viii ix x".split()

BULLET = re.compile(r"(?:[-*•‣◦+]|–(?=\s))\s+(?=\S)")
NUMBERED = re.compile(
    r"(?:(\d{1,3})[.)]|\((\d{1,3})\)|\(?([a-z]|i{2,3}|iv|vi{1,3}|ix)\)|([a-z]|i{2,3}|iv|vi{1,3}|ix|[A-Z])\.)\s+(?=\S)"
)
NOTED = re.compile(
    r"\[(?:\d{1,3}|[A-Za-z]|[*†‡]+)\](?!\w(?<=[a-z]))|\{\d{1,3}\}|\(\d{1,3}\)\s|[¹²³⁰⁴-⁹]+|[†‡]|\*+(?=[^\W_]|\s+\S)"
    r"|\[(?:[Ff]oot)?[Nn]ote:? (?:\d+|[A-Z]|[*†‡]+):"
)
_FIGURES = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-$")
_AND = re.compile(r"(?:and|or|und|oder|et|ou|y|o|e|i|и|или|bis|to|nor)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it: its number from 1, where its words stand, how far they are indented."""

    number: int
    start: int
    text: str
    indent: int
    gap: int
    """Blank lines before it."""
    lead: int = 0
    """The blanks before its words, in characters."""

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Unit:
    """Lines that belong together. `closed` says that a blank line, or an end of the text, follows."""

    lines: tuple[Line, ...]
    closed: bool = True

    @property
    def number(self) -> int:
        """The first line's."""
        return self.lines[0].number

    @property
    def indent(self) -> int:
        """By how much all of its lines are indented."""
        return min(line.indent for line in self.lines)

    @property
    def open(self) -> bool:
        """Whether a blank line, or the beginning of the text, stands before it."""
        return self.lines[0].gap > 0

    @cached_property
    def running(self) -> Running:
        """Its words as one text."""
        return run_on(self.lines)

    @property
    def text(self) -> str:
        """The same without places."""
        return self.running.text


@dataclass(frozen=True, slots=True)
class Running:
    """The text of several lines, a line feed for each line's end, and where each line begins in it and in the
    source."""

    text: str
    starts: tuple[tuple[int, int], ...]

    def origin(self, at: int) -> int:
        """The offset in the source of an offset in the text."""
        known, origin = self.starts[bisect_right(self.starts, (at, float("inf"))) - 1]
        return origin + at - known


def run_on(lines: Sequence[Line]) -> Running:
    """The lines as one text. A compound that is divided at its own hyphen is joined without a space."""
    if len(lines) == 1:
        return Running(lines[0].text, ((0, lines[0].start),))
    pieces, starts = list[str](), list[tuple[int, int]]()
    at, end = 0, ""
    for line in lines:
        piece = line.text if not end or _holds(end, line.text) else f"\n{line.text}"
        pieces.append(piece)
        at += len(piece)
        starts.append((at - len(line.text), line.start))
        end = (end + piece)[-3:]
    return Running("".join(pieces), tuple(starts))


def _holds(before: str, line: str) -> bool:
    """Whether no space belongs between the end of a line, three characters of it, and the next."""
    if before.endswith(("--", "—")):
        return not before.endswith((" --", " —"))
    return bool(_HYPHEN.search(before[-2:])) and line[0].islower() and not _AND.match(line)


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank."""
    found, at, gap = list[Line](), 0, 1
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if words:
            lead = line[: len(line) - len(line.lstrip())]
            found.append(Line(number, at + len(lead), words, len(lead.expandtabs(4)), gap, len(lead)))
            gap = 0
        else:
            gap += 1
        at += len(line) + 1
    return found


def groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines between blank lines."""
    found: list[list[Line]] = []
    for line in lines:
        if line.gap or not found:
            found.append([])
        found[-1].append(line)
    return found


def is_wrapped(groups: Sequence[Sequence[Line]]) -> bool:
    """Whether lines were broken to fit a width (as in Project Gutenberg's files), so that a paragraph has many:
    the next line's first word would have had no room on most of them."""
    lines = [line for group in groups for line in group]
    letters = sum(len(line.text) for line in lines)
    if sum(len(line.text) for line in lines if len(line.text) > LONG) > letters / 2:
        return False
    inner = [pair for group in groups for pair in pairwise(group) if not _is_mark(pair[1].text)]
    if not inner:
        return False
    # Verse is set in, as a rule, and its lines were broken for another reason.
    margin = min(line.indent for line in lines)
    inner = [pair for pair in inner if min(line.indent for line in pair) - margin < SAME] or inner
    full = sorted(len(line.text) + line.indent for line, _ in inner)
    width = full[-1 - len(full) // 20] - 4
    filled = sum(len(a.text) + a.indent + 1 + len(b.text.split(None, 1)[0]) >= width for a, b in inner)
    long = sum(len(line.text) > LONG for line in lines)
    return width > NARROW and filled * 2 >= len(inner) and filled > long


def is_filled(lines: Sequence[Line], width: int) -> bool:
    """Whether these lines were broken because the next word had no room; `width` is the text's."""
    ragged = sum(
        len(a.text) + a.indent + 1 + len(b.text.split(None, 1)[0]) < width - 6 for a, b in pairwise(lines)
    )
    return ragged * 3 <= len(lines) - 1


def width_of(groups: Sequence[Sequence[Line]]) -> int:
    """The width that the lines were broken to: that of the longest but for a few."""
    full = sorted(len(line.text) + line.indent for group in groups for line in group[:-1])
    return full[-1 - len(full) // 20] if full else 72


def _is_mark(text: str) -> bool:
    numbered = NUMBERED.match(text) and not text[0].isupper()
    return bool(numbered or BULLET.match(text) or NOTED.match(text) or UNDERLINE.fullmatch(text))


def units_of(lines: Sequence[Line]) -> tuple[list[Unit], bool]:
    """The units of a text, and whether its lines are wrapped."""
    grouped = groups(lines)
    wrapped = is_wrapped(grouped)
    width = width_of(grouped)
    found: list[Unit] = []
    for group in grouped:
        parts = list(_divided(group, wrapped, width))
        found += [Unit(tuple(part), closed=part is parts[-1]) for part in parts]
    return found, wrapped


def _divided(group: list[Line], wrapped: bool, width: int) -> Iterable[list[Line]]:
    """A group's lines by unit."""
    begun: list[Line] = []
    margin, longest = min(line.indent for line in group), max(len(line.text) for line in group)
    is_full = wrapped and longest >= width - 12
    alone = not wrapped and not _is_broken_on_purpose(group)
    for index, line in enumerate(group):
        underlined = index == 1 and UNDERLINE.fullmatch(line.text) and len(line.text) > 2
        begins = (
            begun
            and not underlined
            and (_begins(index, begun, group) or (alone and line.indent <= begun[0].indent))
        )
        behind_rule = begun and SEPARATOR.fullmatch(begun[-1].text) and len(begun) != 2
        behind_underline = len(begun) == 2 and UNDERLINE.fullmatch(begun[1].text)
        rule = begun and not underlined and SEPARATOR.fullmatch(line.text)
        new_paragraph = begun and is_full and _is_first_of_indented(index, group, margin, width)
        if begins or behind_rule or behind_underline or rule or new_paragraph:
            yield begun
            begun = []
        begun.append(line)
    yield begun


def _begins(index: int, begun: list[Line], group: list[Line]) -> bool:
    """Whether a note or a list's item begins at this line of its group."""
    line = group[index]
    if NOTED.match(line.text) and (mark := NOTED.match(line.text)):
        if NOTED.match(begun[0].text) or _is_label(begun):
            return True
        number = mark[0].strip()
        return number[0] in "[{(¹²³⁰⁴⁵⁶⁷⁸⁹†‡*" and any(
            number in each.text for each in islice(group, index)
        )
    if (NUMBERED.match(line.text) or BULLET.match(line.text)) and not line.text.startswith("– "):
        return _begins_item(index, begun, group)
    return False


def _begins_item(index: int, begun: list[Line], group: list[Line]) -> bool:
    """Whether a list's item begins at this line: one stands before it at the same place, or above it, or what
    announces a list."""
    line = group[index]
    for before in (group[at] for at in range(index - 1, -1, -1)):
        if abs(before.indent - line.indent) < SAME and follows(before.text, line.text):
            return True
    above = BULLET.match(begun[0].text) or NUMBERED.match(begun[0].text)
    return bool(above and line.indent - begun[0].indent >= SAME and is_first(line.text)) or (
        _is_label(begun) and is_first(line.text)
    )


def is_first(text: str) -> bool:
    """Whether a text begins as a list's first item does: with a bullet, a 1, an a."""
    return bool(BULLET.match(text) or re.match(r"\(?(?:1|a|A|i|I)[.)]", text))


def follows(one: str, two: str) -> bool:
    """Whether the mark of one item can follow that of another: the same bullet, or the next number or letter in
    the same form."""
    if (bullet := BULLET.match(one)) or BULLET.match(two):
        return bullet is not None and one[0] == two[0] and bool(BULLET.match(two))
    first, second = NUMBERED.match(one), NUMBERED.match(two)
    if not first or not second:
        return False
    labels = [next(label for label in found.groups() if label) for found in (first, second)]
    forms = [
        found[0].strip().replace(label, "") for found, label in zip((first, second), labels, strict=True)
    ]
    return forms[0] == forms[1] and any(
        row and row.index(labels[0]) + 1 < len(row) and row[row.index(labels[0]) + 1] == labels[1]
        for row in _rows(labels[0])
    )


def _rows(label: str) -> list[list[str]]:
    """The rows of labels that one can be in: `i` is a letter and a Roman number."""
    if label.isdecimal():
        return [[label, str(int(label) + 1)]]
    return [row for row in (LETTERS, [each.upper() for each in LETTERS], ROMANS) if label in row]


def _is_label(begun: list[Line]) -> bool:
    """Whether the lines before announce what follows: “Notes”, or a sentence with a colon at its end."""
    return begun[-1].text.endswith(":") or (
        len(begun) == 1 and len(begun[0].text.split()) <= 4 and begun[0].text[-1] not in ".,;"
    )


def _is_broken_on_purpose(group: Sequence[Line]) -> bool:
    """Whether the lines of a group are verse or an address: all short, several of them."""
    return (
        len(group) > 1
        and all(len(line.text) <= 60 for line in group)
        and not any(map(_is_mark, (x.text for x in group)))
    )


def _is_first_of_indented(index: int, group: Sequence[Line], margin: int, width: int) -> bool:
    """Whether a paragraph begins here by its indented first line, without a blank line before it, in a group that has
    this margin and lines as long as the width."""
    line, before = group[index], group[index - 1]
    behind = group[index + 1] if index + 1 < len(group) else None
    return (
        before.indent == margin < line.indent <= margin + 8
        and (behind is None or behind.indent == margin)
        and (len(before.text) < width - 12 or before.text[-1] in '.?!"”’»:')
        and (index > 1 or before.text[-1] in '.?!"”’»:')
        and line.text[0] in "\"“«„‘'—-" + line.text[0].upper()
    )
