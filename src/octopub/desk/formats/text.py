"""Findings for people: each with its line of the manuscript, and what is meant marked under it.

Imports `desk.formats.screen`. A long line is shown around the place alone. Widths are those of a terminal, to which a
tab is left.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from octopub.desk.formats.screen import Screen, columns_of
from octopub.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.desk.formats.checked import Checked
    from octopub.diagnostics import Diagnostic, Span
    from octopub.model import Source

COLUMNS = 96
"""So much of a line is shown, where there is room."""
BEFORE = 1 / 3
"""Such a part of that is before the place, where there is more; all that is left, near the line's end."""
PLAIN = Screen()
INDENT = "    "


def as_text(manuscripts: Iterable[Checked], screen: Screen = PLAIN) -> str:
    """The findings of each manuscript, and how many there are; nothing where there are none."""
    lines: list[str] = []
    for each in manuscripts:
        if each.found:
            lines += [""] * bool(lines)
            lines += (line for found in each.found for line in _finding(each, found, screen))
            lines.append(_summary(each))
    return "".join(f"{line}\n" for line in lines)


def _finding(checked: Checked, found: Diagnostic, screen: Screen) -> Iterator[str]:
    severity = checked.severity(found)
    yield screen.complaint(found, severity)
    if not found.span or not checked.source or found.path != checked.source.path:
        return
    room = min(COLUMNS, screen.columns - len(INDENT)) if screen.columns else COLUMNS
    if shown := excerpt(checked.source, found.span, room):
        line, mark = shown
        yield f"{INDENT}{line}".rstrip()
        blank = mark[: mark.index("^")]
        yield f"{INDENT}{blank}{screen.paint(mark.removeprefix(blank), severity)}"


def _summary(checked: Checked) -> str:
    counts = [
        (sum(checked.severity(found) is severity for found in checked.found), str(severity)) for severity in Severity
    ]
    said = ", ".join(f"{count} {name}" + "s" * (count != 1) for count, name in counts if count)
    return f"{checked.path}: {said}"


def excerpt(source: Source, span: Span, columns: int = COLUMNS) -> tuple[str, ...]:
    """The line in which a span begins, or so much of it as there is room for, and under it a line that marks the span;
    none behind the last line."""
    if span.line > len(source.lines):
        return ()
    begin = source.lines[span.line - 1]
    behind = source.lines[span.line] - 1 if span.line < len(source.lines) else len(source.text)
    line = source.text[begin:behind]
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    if not line.strip():
        return ()
    first, last = _window(line, start, columns)
    shown = _printable(line[first:last])
    before, marked = _printable(line[first:start]), _printable(line[start : min(end, last)])
    lead, tail = "…" * bool(first), "…" * (last < len(line))
    blank = "".join("\t" if letter == "\t" else " " * columns_of(letter) for letter in lead + before)
    return f"{lead}{shown}{tail}", f"{blank}^{'~' * (columns_of(marked) - 1)}"


def _window(line: str, start: int, columns: int) -> tuple[int, int]:
    """Which letters of a line are shown: as many as there is room for, the place among them, and dots on both sides."""
    if columns_of(line) <= columns:
        return 0, len(line)
    first, room = start, max(int(columns * BEFORE), columns - columns_of(line[start:]) - 2)
    while first and room > 0:
        first -= 1
        room -= columns_of(line[first])
    last, room = start, columns - columns_of(line[first:start]) - 2
    while last < len(line) and room >= columns_of(line[last]):
        room -= columns_of(line[last])
        last += 1
    return first, last


def _printable(text: str) -> str:
    """The text without characters that would do something to a terminal."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _acts(letter) else letter for letter in text)


def _acts(letter: str) -> bool:
    return letter != "\t" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")
