"""The command `epub`.

Imports `building`, and of `cli` the files.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octopub import building
from octopub.building import Outcome
from octopub.cli.bounds import bounded
from octopub.cli.bring import manuscript_from
from octopub.cli.files import finish, load, manuscript_of, target_of
from octopub.cli.helping import Paged
from octopub.cli.means import means
from octopub.cli.options import options
from octopub.cli.telling import teller, telling
from octopub.cli.validating import epub as checked_epub
from octopub.cli.validating import validating
from octopub.cli.values import Edition
from octopub.diagnostics import has_errors

if TYPE_CHECKING:
    from octopub.building import Loaded
    from octopub.diagnostics import Diagnostic
    from octopub.model import Pagination


@click.command(cls=Paged)
@click.argument("manuscript", required=False, type=click.Path())
@options("output", "notes-epub", "kind", "strict")
@click.option("--pages", type=Edition(), metavar="PAPER|FILE.pdf",
              help="Mark where printed pages begin: those on this paper, or those of the PDF that octopub made.")
@bounded
@validating
@telling
def epub(
    manuscript: str | None,
    output: str | None,
    notes: str | None,
    kind: str | None,
    strict: bool,
    pages: str | Path | None,
    validators: list[str],
) -> None:
    r"""Make the EPUB.

    \b
    octopub epub                     the one text in manuscript/, to build/
    octopub epub essay.md -o e.epub
    octopub epub essay.md --pages a5
    """
    manuscript = manuscript_from(manuscript)
    loaded = load(manuscript_of(manuscript, output), {"kind": kind, "notes_epub": notes})
    target = target_of(manuscript, loaded, output, ".epub")
    edition, found = _edition(loaded, pages) if pages else (None, ())
    outcome = Outcome(None) if has_errors(found) else checked_epub(loaded, edition, validators)
    finish(loaded, [(target, replace(outcome, diagnostics=(*found, *outcome.diagnostics)))], strict=strict)


def _edition(loaded: Loaded, pages: str | Path) -> tuple[Pagination | None, tuple[Diagnostic, ...]]:
    """The pages of a printed edition: of a PDF, or laid out on a paper with what this machine has."""
    if isinstance(pages, Path):
        return building.pages_of(loaded, pages.read_bytes(), name=str(pages))
    with means(None, None, cache=True) as usable, teller().at_work("pages"):
        return building.pages_of(loaded, pages, usable)
