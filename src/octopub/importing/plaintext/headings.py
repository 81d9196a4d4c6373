"""Which units of a plain text are headings, of which level; and which are a table of contents.

Imports `recognise` and `card`. A heading is judged by itself first (`recognise.heading`), then
by its neighbours: a line of a list, of a signature or of a table of contents is none.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from octopub.importing.plaintext import card
from octopub.importing.plaintext.blocks import INDENTED, masked
from octopub.importing.plaintext.lines import follows
from octopub.importing.plaintext.recognise import CHAPTER, HASHES, PLAIN, SHORT, Rank, heading, marker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from octopub.importing.plaintext.lines import Unit

CENTRED = 10
"""Columns from which on an indented line is a heading rather than a quotation."""

RUN = 3
"""So many short lines one behind the other are no headings."""

ENDING = 3
"""Among so many last units a line with a date is a signature."""

TITLE = Rank("the title stands in the text, since it calls a note", PLAIN)

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|contenido|indice|sommario"
    r"|sumário|содержание|оглавление",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:\s*\.){3,}\s*(?:\d+|[ivxlc]+)$|(?:\s{2,}|\t)(?:\d+|[ivxlc]+)$", re.IGNORECASE)
_CHAPTER = r"(?:chapter|kapitel|chapitre|capítulo|capitolo|глава|part|teil)"
_COLUMNS = re.compile(rf"{_CHAPTER}?s?\W*(?:page|seite|página|pagina|стр)\.?", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{_CHAPTER}\s+)?(?:\d+|[IVXLC]+)[.:)]?\s+", re.IGNORECASE)


def contents(body: Sequence[Unit]) -> list[Unit]:
    """The units of a table of contents: its heading, and lines that end with a page or stand in the text again.
    Empty where there is none of which that is sure."""
    at = next((i for i, unit in enumerate(body) if _CONTENTS.fullmatch(unit.text.strip(" .:#*_"))), None)
    if at is None:
        return []
    lines = [line.text for unit in body[at + 1 :] for line in unit.lines]
    times = Counter(form for line in lines for form in _forms(line))
    found, seen = [body[at]], set[str]()
    for unit in body[at + 1 :]:
        plain = [line.text for line in unit.lines if not _COLUMNS.fullmatch(line.text)]
        entries = [_forms(line) for line in plain if not _PAGE.search(line)]
        forms = {form for line in plain for form in _forms(line)}
        if forms & seen or not all(any(times[form] > 1 for form in each) for each in entries):
            break
        seen |= forms
        found.append(unit)
    return found if len(found) > 2 or sum(len(unit.lines) for unit in found) > 2 else []


def _forms(line: str) -> set[str]:
    """The letters and figures of an entry: with its number and without it, never with its page."""
    words = _PAGE.sub("", line)
    forms = (words, _LABEL.sub("", words, count=1))
    return {key for form in forms if (key := "".join(each for each in form.casefold() if each.isalnum()))}


def ranks(
    body: Sequence[Unit],
    calls: Mapping[int, Sequence[tuple[int, int, str]]],
    lone: Collection[int],
    *,
    wrapped: bool,
    margin: int,
) -> dict[int, Rank]:
    """The headings of a text: by unit, how high each stands. `calls` are a unit's calls of notes, `lone` the
    units that define what nothing calls."""
    found: dict[int, Rank] = {}
    for index, unit in enumerate(body[:-1]):
        words = masked(unit, calls)
        lines = [
            words[at : at + len(line.text)]
            for (at, _), line in zip(unit.running.starts, unit.lines, strict=True)
        ]
        rank = heading(lines, alone=unit.open and unit.closed)
        is_last = index >= len(body) - ENDING
        if (
            rank
            and id(unit) not in lone
            and not _is_item(unit, body[index + 1])
            and not _is_within(unit, rank, wrapped=wrapped, margin=margin)
            and not (is_last and card.signature(unit.text, has_author=True))
            and not _PAGE.search(unit.text)
        ):
            found[id(unit)] = rank
    for is_short, run in groupby(body, lambda unit: _is_only_short(found.get(id(unit)))):
        units = list(run)
        if is_short and len(units) >= RUN:
            for unit in units:
                del found[id(unit)]
    return found


def _is_only_short(rank: Rank | None) -> bool:
    """Whether nothing but its shortness makes a heading of a unit."""
    return rank is not None and rank.style == PLAIN and rank.reason.startswith(SHORT)


def _is_item(unit: Unit, behind: Unit) -> bool:
    """Whether a unit is an item of a list."""
    return bool(marker(unit.text)) and (follows(unit.text, behind.text) or not (unit.open and unit.closed))


def _is_within(unit: Unit, rank: Rank, *, wrapped: bool, margin: int) -> bool:
    """Whether a short line stands within a paragraph or a quotation."""
    crowded = wrapped and not (unit.open and unit.closed)
    return rank.style == PLAIN and (crowded or INDENTED <= unit.indent - margin < CENTRED)


def levels(body: Sequence[Unit], ranks: Mapping[int, Rank]) -> dict[int, int]:
    """Levels: a text's sections begin at the second, its chapters (if there are several) at the first; no level
    is skipped."""
    steps = sorted({(rank.style, rank.depth) for rank in ranks.values()})
    chapters = sum(
        rank.style == CHAPTER or (rank.style, rank.depth) == (HASHES, 0) for rank in ranks.values()
    )
    base = 1 if chapters > 1 else 2
    found: dict[int, int] = {}
    before = 0
    for unit in body:
        if rank := ranks.get(id(unit)):
            level = base + steps.index((rank.style, rank.depth))
            before = min(level, before + 1, 6) if before else min(level, 6)
            found[id(unit)] = before
    return found
