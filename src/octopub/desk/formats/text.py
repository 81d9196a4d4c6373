"""Findings for people: each with its line of the manuscript, and what is meant marked under it.

Imports `desk.formats.checked`. A long line is shown around the place alone. Widths are those of a terminal: Chinese
letters take two columns, accents that stand on a letter none, and a tab is left to the terminal.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from octopub.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.desk.formats.checked import Checked
    from octopub.diagnostics import Diagnostic, Span
    from octopub.model import Source

COLUMNS = 96
"""So much of a line is shown."""
BEFORE = 32
"""And so much of it before the place, at least, where there is more."""
INDENT = "    "


def as_text(manuscripts: Iterable[Checked]) -> str:
    """The findings of each manuscript, and how many there are; nothing where there are none."""
    lines: list[str] = []
    for each in manuscripts:
        if each.found:
            lines += [""] * bool(lines)
            lines += (line for found in each.found for line in _finding(each, found))
            lines.append(_summary(each))
    return "".join(f"{line}\n" for line in lines)


def _finding(checked: Checked, found: Diagnostic) -> Iterator[str]:
    place = f":{found.span.line}:{found.span.column}" if found.span else ""
    severity = checked.severity(found)
    yield f"{found.path}{place}: {severity}: {found.message} [{found.code.slug}]"
    if found.span and checked.source and found.path == checked.source.path:
        yield from (f"{INDENT}{line}".rstrip() for line in excerpt(checked.source, found.span))


def _summary(checked: Checked) -> str:
    counts = [
        (sum(checked.severity(found) is severity for found in checked.found), str(severity)) for severity in Severity
    ]
    said = ", ".join(f"{count} {name}" + "s" * (count != 1) for count, name in counts if count)
    return f"{checked.path}: {said}"


def excerpt(source: Source, span: Span) -> tuple[str, ...]:
    """The line in which a span begins, and under it a line that marks the span; none behind the last line."""
    if span.line > len(source.lines):
        return ()
    begin = source.lines[span.line - 1]
    behind = source.lines[span.line] - 1 if span.line < len(source.lines) else len(source.text)
    line = source.text[begin:behind]
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    if not line.strip():
        return ()
    first, last = _window(line, start)
    shown = _printable(line[first:last])
    before, marked = _printable(line[first:start]), _printable(line[start : min(end, last)])
    lead, tail = "…" * bool(first), "…" * (last < len(line))
    blank = "".join("\t" if letter == "\t" else " " * _width(letter) for letter in lead + before)
    return f"{lead}{shown}{tail}", f"{blank}^{'~' * (sum(map(_width, marked)) - 1)}"


def _window(line: str, start: int) -> tuple[int, int]:
    """Which letters of a line are shown: as many as there is room for, the place among them."""
    if sum(map(_width, line)) <= COLUMNS:
        return 0, len(line)
    first, room = start, BEFORE
    while first and room > 0:
        first -= 1
        room -= _width(line[first])
    last, room = start, COLUMNS - BEFORE
    while last < len(line) and room > 0:
        room -= _width(line[last])
        last += 1
    return first, last


def _printable(text: str) -> str:
    """The text without characters that would do something to a terminal."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _acts(letter) else letter for letter in text)


def _acts(letter: str) -> bool:
    return letter != "\t" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")


def _width(letter: str) -> int:
    """The columns that a letter takes."""
    if unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
