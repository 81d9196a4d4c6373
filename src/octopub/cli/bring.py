"""The command `import`, and what the commands that make books do with a source that is no manuscript yet.

Imports `importing`, and of `cli` the files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octopub.cli.bounds import bounded, is_untrusted
from octopub.cli.files import kind_of, source_of
from octopub.cli.placing import Output, place, put
from octopub.cli.telling import note
from octopub.cli.terminal import say
from octopub.diagnostics import BuildError, Code, complain
from octopub.reading.project import MANUSCRIPTS, is_within

if TYPE_CHECKING:
    from octopub.importing.manuscript import Imported


@click.command("import", short_help="Make a manuscript of a text, a web page, a Word file, …")
@click.argument("source", type=click.Path())
@click.option("-o", "--output", type=click.Path(), metavar="MANUSCRIPT",
              help="Where to write; usual is manuscript/NAME.md.")
@click.option("--dry-run", is_flag=True, help="Only print the report.")
@click.option("--force", is_flag=True, help="Replace a manuscript that is there.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text, where it is found wrongly.")
@click.option("--keep-unmatched", is_flag=True, help="Leave calls and notes that do not match as text.")
@bounded
def import_(
    source: str, output: str | None, dry_run: bool, force: bool, encoding: str | None, keep_unmatched: bool
) -> None:
    r"""Make a manuscript of a text, a saved web page, or a Word, OpenDocument or EPUB file.

    \b
    octopub import essay.txt               manuscript/essay.md
    octopub import --dry-run essay.docx    what would be inferred and left out
    """
    imported = _imported(source_of(source, "file"), encoding=encoding, keep_unmatched=keep_unmatched)
    if dry_run:
        say(imported.report.text, sys.stdout)
        return
    target = Path(output) if output else _usual(source)
    if output is None:
        _check_within(Path(), target)
    if target.exists() and target.samefile(source):
        raise click.UsageError(f"{target} is what is to be imported; name another place with -o")
    if not force and (target.exists() or target.is_symlink()):
        raise click.UsageError(f"{target} is there already; --force replaces it")
    say(imported.report.text, sys.stderr)
    _keep(imported, target, force=force)


def manuscript_from(name: str | None) -> str | None:
    """The manuscript of this name; of a source of another kind, the one that is made of it."""
    return _bring(name) if name and kind_of(name) else name


def _bring(name: str) -> str:
    """Import a source that is to be made a book, and keep its manuscript, whose path this is. One that is there
    already is taken if it says what the import would say."""
    target = _usual(name)
    _check_within(Path(), target)
    imported = _imported(source_of(name, "file"))
    if target.exists():
        if target.read_bytes() != imported.text.encode():
            raise click.UsageError(
                f"{target} is there already, and differs: take that, "
                f"or replace it with `octopub import --force {name}`"
            )
        return str(target)
    note(imported.report.text)
    _keep(imported, target)
    return str(target)


def _imported(source: Path, *, encoding: str | None = None, keep_unmatched: bool = False) -> Imported:
    from octopub.importing.manuscript import import_manuscript  # noqa: PLC0415  # the other commands need none of it

    return import_manuscript(
        source, encoding=encoding, keep_unmatched=keep_unmatched, untrusted=is_untrusted()
    )


def _check_within(folder: Path, *targets: Path) -> None:
    """Raise BuildError where a stranger's links lead what is to be written out of the folder."""
    out = [target for target in targets if is_untrusted() and not is_within(target, folder)]
    if out:
        raise BuildError([complain(Code.LEADS_OUT, None, str(target)) for target in out])


def _usual(source: str) -> Path:
    return Path(MANUSCRIPTS) / f"{Path(source).stem}.md"


def _keep(imported: Imported, target: Path, *, force: bool = False) -> None:
    """Write the images, then the manuscript that names them. Without `force`, no image is replaced by another one."""
    images = {target.parent / path: content for path, content in imported.resources.items()}
    _check_within(target.parent, *images)
    for path, content in images.items():
        if not force and path.exists() and path.read_bytes() != content:
            raise click.UsageError(
                f"{path} is there already, and differs: move it away, or replace it with `octopub import --force`"
            )
    outputs = [Output(path, put(content), make_folder=True) for path, content in images.items()]
    outputs.append(Output(target, put(imported.text.encode()), make_folder=target.parent.name == MANUSCRIPTS))
    place(outputs)
    click.echo(str(target))
