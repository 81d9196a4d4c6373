"""What an import reports: what was inferred and why, what became metadata, what was left out.

Imports `importing.draft`. The report is text, a line for each thing, in the order of the source; it is the same
for every kind of source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.draft import Draft, Unmatched

LONGEST = 70
"""Of what is left out so many letters are shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report, line by line."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines) + "\n"


def report(draft: Draft, name: str) -> Report:
    """The report of an import."""
    return Report(tuple(_lines(draft, name)))


def _lines(draft: Draft, name: str) -> Iterator[str]:
    yield f"{name}: {_counted(len(draft.text_words), 'word')}, {_counted(len(draft.notes), 'note')}"
    if draft.encoding:
        yield f"encoding: {draft.encoding}"
    yield from _section("Metadata", [
        f"{key}: {value if isinstance(value, str) else ', '.join(value)}" for key, value in draft.metadata.items()
    ])  # fmt: skip
    yield from _section("Inferred", [f"{each.place}: {each.what} ({each.reason})" for each in draft.findings])
    yield from _section("Notes", [f"{note.place}: {note.mark} is [^{note.key}]" for note in draft.notes])
    yield from _section(
        "Left out", [f"{each.place}: “{_short(each.text)}” ({each.why})" for each in draft.left_out]
    )
    yield from _section("Images", [f"{image} ({len(data)} bytes)" for image, data in draft.resources.items()])
    yield from _section("Unmatched", unmatched_table(draft.unmatched))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" + "s" * (number != 1)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def unmatched_table(unmatched: tuple[Unmatched, ...]) -> list[str]:
    """What does not match: where, which, what is missing, and what is nearest to it."""
    rows = [("where", "what", "missing", "nearest")] if unmatched else []
    rows += [
        (str(each.place), f"{'call' if each.is_call else 'note'} {each.mark}",
         "its note" if each.is_call else "its call", each.candidate or "nothing")
        for each in unmatched
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
