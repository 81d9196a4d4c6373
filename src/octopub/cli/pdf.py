"""The command `pdf`.

Imports `building`, and of `cli` the files and the sheets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from octopub import building
from octopub.cli.bounds import bounded
from octopub.cli.bring import manuscript_from
from octopub.cli.files import STANDARD, finish, load, manuscript_of, source_of, target_of
from octopub.cli.helping import Paged
from octopub.cli.imposing import covering, impose_file, imposition, no_reading_standard, placed
from octopub.cli.means import speed
from octopub.cli.options import options
from octopub.cli.pages import edition
from octopub.cli.reporting import reported, reporting
from octopub.cli.telling import teller, telling
from octopub.model import Cover, Options

if TYPE_CHECKING:
    from pathlib import Path

    from octopub.cli.imposing import Sheets
    from octopub.pdf.room import Means


@click.command(cls=Paged)
@click.argument("manuscript", required=False, type=click.Path())
@options("output", "paper", "notes-pdf", "kind", "strict")
@edition
@imposition
@reporting
@bounded
@speed
@telling
def pdf(
    manuscript: str | None,
    output: str | None,
    strict: bool,
    pages: dict[str, str | bool | None],
    sheets: Sheets,
    report: Path | None,
    usable: Means,
    **about: str | None,
) -> None:
    r"""Make the PDF; with --impose, the sheets to print.

    \b
    octopub pdf                      the one text in manuscript/, to build/
    octopub pdf essay.md --paper letter --notes chapter
    octopub pdf essay.md --impose booklet
    octopub pdf essay.docx           import it first, and keep its manuscript
    """
    if sheets.origin and (job := sheets.job(sheets.given["impose"])):
        if manuscript or report or any((*about.values(), *pages.values())):
            raise click.UsageError("the pages of --from are laid out already: it goes with options about sheets")
        impose_file(sheets.origin, job, output, strict=strict)
        return
    profile = pages.pop("output_profile")
    manuscript = manuscript_from(manuscript)
    loaded = load(
        manuscript_of(manuscript, output),
        {"kind": about["kind"], "notes_pdf": about["notes"], "paper": about["paper"], **pages, **sheets.options},
    )
    if profile:
        loaded = building.with_profile(loaded, source_of(str(profile), "profile").read_bytes())
    wanted = loaded.book.options if loaded.book else Options()
    job = sheets.job(wanted.impose, has_spine=wanted.cover is Cover.SEPARATE)
    if job:
        readable = None if manuscript == STANDARD else target_of(manuscript, loaded, None, ".pdf")
        no_reading_standard(pages["standard"], readable)
    with teller().at_work("laying out"):
        outcome = building.pdf(
            loaded, usable, thickness_mm=sheets.thickness_mm, marks=bool(job and job.marks), only_sheets=bool(job)
        )
    made = [(target_of(manuscript, loaded, output, ".pdf"), outcome)]
    if job:
        made = placed(manuscript, loaded, output, job, building.imposed(loaded, outcome, job))
    made += covering(manuscript, loaded, output, outcome)
    finish(loaded, reported(loaded, made, outcome, report), strict=strict)
