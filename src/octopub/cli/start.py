"""The command `new`: a project to begin with.

Imports `desk`, and of `cli` the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from octopub.cli.placing import Output, place, put
from octopub.desk.starting import Beginning, project
from octopub.reading.project import MANUSCRIPTS, candidates

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command(short_help="Begin a project: a text to write over, which builds at once.")
@click.argument("folder", type=click.Path())
@click.option("--kind", type=click.Choice([str(kind) for kind in Beginning]), default=Beginning.ESSAY.value,
              help="What the text is to be; usual is an essay.")  # fmt: skip
def new(folder: str, kind: str) -> None:
    r"""Begin a project in FOLDER: a text to write over, which shows what there is, and builds at once.

    \b
    octopub new my-essay
    octopub new my-book --kind book
    """
    root = Path(folder)
    files = {root / name: content for name, content in project(Beginning(kind)).items()}
    if root.exists() and not root.is_dir():
        raise click.UsageError(f"{folder} is a file; name a folder")
    if taken := _taken(files):
        raise click.UsageError(f"{taken[0]} is there already, and nothing is written over: name another folder")
    if others := [path for path in candidates(root) if path not in files]:
        raise click.UsageError(f"{others[0]} is there already: {folder} is a project of its own")
    place(
        [Output(path, put(content), make_folder=True) for path, content in files.items()], remedy="name another folder"
    )
    for path in files:
        click.echo(str(path))
    click.echo(f"now write over {root / MANUSCRIPTS / kind}.md, and run `octopub build` in {folder}", err=True)


def _taken(files: Mapping[Path, bytes]) -> list[Path]:
    """The files that are there already. Some of ours, as they were written, are what a run left that was killed: it is
    begun again."""
    there = [path for path in files if path.exists() or path.is_symlink()]
    mine = [path for path in there if path.is_symlink() or not path.is_file() or path.read_bytes() != files[path]]
    return mine or (there if len(there) == len(files) else [])
