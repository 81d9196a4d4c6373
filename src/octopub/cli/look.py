"""The commands that only tell: `doctor` what there is on this machine, and what is kept on it; `schema` what a front
matter may hold.

Imports `desk`, `imposing`, `reading`, and of `cli` the means.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from octopub.cli import terminal
from octopub.cli.means import store
from octopub.cli.placing import Output, place, put
from octopub.cli.status import MACHINE_FAILED
from octopub.reading.project import Project


@click.command(short_help="Say what there is on this machine, and what is missing.")
@click.option("--clear-cache", is_flag=True, help="Remove what was laid out earlier and is kept.")
@click.option(
    "--test-sheet",
    metavar="FILE",
    help="Write two pages that show how the printer wants backs: see `pdf --duplex manual`.",
)
def doctor(clear_cache: bool, test_sheet: str | None) -> None:
    r"""Say what octopub finds on this machine, what it lacks (“--”), and what would be of use (“..”); each with the
    command that supplies it.

    \b
    octopub doctor
    octopub doctor --clear-cache
    octopub doctor --test-sheet sheet.pdf
    """
    if test_sheet is not None:
        from octopub.imposing import testsheet  # noqa: PLC0415  # pikepdf

        place([Output(Path(test_sheet), put(testsheet.test_sheet()))], remedy="name another place")
        click.echo(test_sheet)
        return
    kept = store()
    if clear_cache:
        says = f"{kept.folder}: {kept.clear() / 1_000_000:.1f} MB removed" if kept else "nothing is kept without a home"
        click.echo(says)
        return
    from octopub.desk.doctor import examine  # noqa: PLC0415  # starts the layout engine

    findings = list(examine(kept, Project(Path()).fonts or Path()))
    for finding in findings:
        mark = "ok" if finding.is_well else "--" if finding.is_needed else ".."
        terminal.say(f"{mark}  {finding.subject:11}{finding.says}", sys.stdout, hanging=15)
        for line in finding.remedy:
            click.echo(f"{'':15}{line}")
    if any(finding.is_needed and not finding.is_well for finding in findings):
        raise click.exceptions.Exit(MACHINE_FAILED)


@click.command(short_help="Print the JSON schema of the front matter.")
def schema() -> None:
    r"""Print the JSON schema of the front matter, with which an editor completes and checks it.

    \b
    octopub schema > octopub.schema.json
    """
    import json  # noqa: PLC0415  # of no use to the other commands

    from octopub.reading.schema import schema as schema_of  # noqa: PLC0415  # as above

    click.echo(json.dumps(schema_of(), ensure_ascii=False, indent=2))
