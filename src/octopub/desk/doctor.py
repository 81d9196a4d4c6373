"""Doctor: what octopub finds on this machine, and what it lacks.

Imports `faces`, and of `pdf` what needs no Pango. It mends nothing; what to do stands beside what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import MachineError
from octopub.faces.catalogue import packaged
from octopub.faces.choice import BROAD, CODE, TEXT
from octopub.pdf.crew import compositor_of
from octopub.pdf.equipment import versions
from octopub.pdf.forme import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.pdf.store import Store

MEGABYTE = 1_000_000


class Finding(NamedTuple):
    """Something that was looked at."""

    subject: str
    is_well: bool
    says: str


def examine(store: Store) -> Iterator[Finding]:
    """All that is looked at, one after the other."""
    yield _pango()
    yield _faces()
    yield Finding("cache", True, f"{store.folder}: {store.size / MEGABYTE:.1f} MB")


def _pango() -> Finding:
    """Whether pages can be laid out."""
    try:
        compositor_of(Equipment((), "", "")).__exit__(None, None, None)
    except MachineError as error:
        return Finding("pages", False, str(error))
    return Finding("pages", True, versions().split(", ", 1)[1])


def _faces() -> Finding:
    """Whether the faces are there that every book may need."""
    missing = [name for name in (TEXT, CODE, BROAD) if packaged(name) is None]
    if missing:
        return Finding("faces", False, f"{', '.join(missing)} not found: install octopub again")
    return Finding("faces", True, f"{TEXT}, {CODE}, {BROAD}")
