"""Attempts: the manuscript as it is now, read and laid out, or the reason why not.

Imports `building`, the checker, the pictures' digests, the places and the shelf. Nothing here raises for what an
author, or a machine, may do.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub import building
from octopub.desk.browser.pictures import digests
from octopub.desk.browser.places import Places
from octopub.desk.browser.shelf import Shelf
from octopub.desk.check import editing
from octopub.diagnostics import MachineError, Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from octopub.building import Loaded, Outcome
    from octopub.diagnostics import Diagnostic
    from octopub.pdf.record import LayoutRecord
    from octopub.pdf.room import Means


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: of which manuscript, with which options (as `building.options` takes them), dated when."""

    manuscript: Path
    options: Mapping[str, str | bool | None]
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of an attempt: the PDF to read, a digest of each page, and where everything stands."""

    outcome: Outcome
    content: bytes
    record: LayoutRecord
    digests: tuple[str, ...]
    places: Places


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an order, up to the pages."""

    loaded: Loaded | None = None
    """None where the manuscript cannot be read."""
    printed: Printed | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    problem: str = ""
    """Why there are no pages, in a sentence."""


def attempt(order: Order, means: Means) -> Attempt:
    """Read the manuscript and lay it out."""
    try:
        loaded = building.load(order.manuscript, epoch=order.epoch, options=building.options(order.options))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Attempt(problem=f"the file {order.manuscript.name} cannot be read: {reason}")
    if loaded.book is None:
        return Attempt(loaded, None, loaded.diagnostics, _faults(loaded.diagnostics))
    try:
        outcome = building.pdf(loaded, means)
    except (MachineError, OSError, MemoryError) as error:
        return Attempt(loaded, None, loaded.diagnostics, str(error) or "there is not enough memory for this text")
    found = in_order((*loaded.diagnostics, *outcome.diagnostics))
    content = outcome.content
    if content is None or outcome.record is None:
        return Attempt(loaded, None, found, _faults(found))
    places = Places(outcome.record, loaded.book)
    return Attempt(loaded, Printed(outcome, content, outcome.record, digests(content), places), found)


def bound(done: Attempt) -> Shelf | None:
    """The EPUB of an attempt; None where it has errors. Raises MachineError where an image has gone since."""
    if done.loaded is None or done.loaded.book is None:
        return None
    pages = done.printed.outcome.pagination if done.printed else None
    content = building.epub(done.loaded, pages).content
    return None if content is None else Shelf(content)


def edited(done: Attempt) -> tuple[Diagnostic, ...]:
    """All complaints of an attempt, with the copy editor's, who reads the text once more."""
    marked = editing(done.loaded.source) if done.loaded else ()
    return in_order((*done.diagnostics, *marked))


def get_ready() -> None:
    """Load the layout engine, if all pages came from the store: the next change need not wait for it."""
    with suppress(OSError):  # where Pango is missing, there is nothing to get ready for
        import octopub.pdf.compositor  # noqa: F401, PLC0415  # half a second


def _faults(found: tuple[Diagnostic, ...]) -> str:
    """How many errors there are, and what the first is, without what is to be done about it."""
    first, *others = (each for each in found if each.severity is Severity.ERROR)
    where = f" in line {first.span.line}" if first.span else ""
    counted = f"{len(others) + 1} errors, the first" if others else "an error"
    return f"the text has {counted}{where}: {first.message.partition('; ')[0]}"
