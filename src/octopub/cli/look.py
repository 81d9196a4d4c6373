"""The command `doctor`: what there is on this machine, and what is kept on it.

Imports `desk`, and of `cli` the means.
"""

from __future__ import annotations

import click

from octopub.cli.files import MACHINE_FAILED
from octopub.cli.means import store


@click.command()
@click.option("--clear-cache", is_flag=True, help="Remove what was laid out earlier and is kept.")
def doctor(clear_cache: bool) -> None:
    r"""Say what octopub finds on this machine, and what it lacks.

    \b
    octopub doctor
    octopub doctor --clear-cache
    """
    kept = store()
    if clear_cache:
        click.echo(f"{kept.folder}: {kept.clear() / 1_000_000:.1f} MB removed")
        return
    from octopub.desk.doctor import examine  # noqa: PLC0415  # starts the layout engine

    findings = list(examine(kept))
    for finding in findings:
        click.echo(f"{'ok' if finding.is_well else '--'}  {finding.subject:8}{finding.says}")
    if not all(finding.is_well for finding in findings):
        raise click.exceptions.Exit(MACHINE_FAILED)
