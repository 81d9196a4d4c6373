"""What the commands read, write and print.

Imports `building`, and of `cli` the teller and what puts files in their places.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from octopub import building
from octopub.cli.bounds import is_untrusted
from octopub.cli.placing import Output, place
from octopub.cli.status import TextAtFault
from octopub.cli.telling import note, teller
from octopub.cli.terminal import screen
from octopub.diagnostics import Severity
from octopub.reading.limits import USUAL
from octopub.reading.project import MANUSCRIPTS, candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octopub.building import Loaded, Outcome
    from octopub.diagnostics import Diagnostic

STANDARD = "-"
"""Standard input as manuscript, standard output as output."""
MANUSCRIPT = ("", ".md", ".markdown")
"""How the name of one ends."""


# -- what goes in -------------------------------------------------------------------------------


def manuscript_of(name: str | None, output: str | None) -> Path | None:
    """The manuscript's file; None for standard input. Where none is named, the one in `manuscript/`."""
    if name == STANDARD:
        if output is None:
            raise click.UsageError("a text from standard input needs a place to go: -o FILE")
        return None
    if name is not None:
        return source_of(name)
    found = candidates(Path())
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(
            f"there is no .md file in {MANUSCRIPTS}/; name the manuscript, or begin one with `octopub new FOLDER`"
        )
    raise click.UsageError("name one of the manuscripts: " + ", ".join(map(str, found)))


def text_of(name: str | None) -> Path | None:
    """The same for a command that makes no book, nor a manuscript of a source."""
    path = manuscript_of(name, STANDARD)
    if path and kind_of(path.name) not in ("", "text"):
        raise click.UsageError(f"{name} is no manuscript; `octopub import {name}` makes one of it")
    return path


def kind_of(name: str) -> str:
    """The kind of a source that can be imported, or that is known not to be; empty for a manuscript."""
    suffix = Path(name).suffix.lower()
    if suffix in MANUSCRIPT:
        return ""
    from octopub.importing.manuscript import KINDS, OTHERS  # noqa: PLC0415  # a manuscript needs none of it

    return KINDS.get(suffix) or suffix * (suffix in OTHERS)


def source_of(name: str, what: str = "manuscript") -> Path:
    """The file of this name; `what` complaints call it."""
    path = Path(name)
    if not path.exists():
        raise click.UsageError(f"there is no {what} {name}")
    if path.is_dir():
        raise click.UsageError(f"{name} is a folder; name the manuscript in it")
    return path


def load(path: Path | None, given: Mapping[str, str | bool | None]) -> Loaded:
    """Read the manuscript."""
    how: dict[str, Any] = {
        "epoch": building.epoch(os.environ),
        "options": building.options(given),
        "untrusted": is_untrusted(),
    }
    with teller().at_work("reading"):
        if path is None:
            content = sys.stdin.buffer.read(USUAL.text_bytes + 1)
            return building.load(content, name="<stdin>", base=Path(), **how)
        return building.load(path, **how)


# -- what comes out -----------------------------------------------------------------------------


def target_of(manuscript: str | None, loaded: Loaded, output: str | None, suffix: str) -> Path | None:
    """Where the output goes; None for standard output."""
    if output == STANDARD:
        return None
    source = manuscript_of(manuscript, output)
    if output is None:
        assert source is not None
        return loaded.project.build / f"{source.stem}{suffix}"
    target = Path(output)
    if target.is_dir():
        raise click.UsageError(f"{output} is a folder; name the file in it")
    if source is not None and target.exists() and target.samefile(source):
        raise click.UsageError(f"{output} is the manuscript itself")
    return target


def no_clash(names: list[str]) -> None:
    """No two manuscripts may have the same output."""
    seen: dict[Path, str] = {}
    for name in names:
        path = Path(name).resolve()
        folder = path.parent.parent if path.parent.name == MANUSCRIPTS else path.parent
        first = seen.setdefault(folder / path.stem, name)
        if first != name:
            raise click.UsageError(f"{first} and {name} would have the same output")


def finish(loaded: Loaded, made: list[tuple[Path | None, Outcome]], *, strict: bool) -> None:
    """Print the complaints; then write all outputs, or none."""
    found = dict.fromkeys(
        [*loaded.diagnostics, *(each for _, outcome in made for each in outcome.diagnostics)]
    )
    shown = screen(sys.stderr)
    for diagnostic in found:
        if not teller().is_quiet or at_fault([diagnostic], strict=strict):
            click.echo(shown.complaint(diagnostic, diagnostic.severity), err=True)
    if at_fault(found, strict=strict) or any(outcome.write is None for _, outcome in made):
        raise TextAtFault
    files = [_output(loaded, target, outcome) for target, outcome in made if target]
    place(files)
    for target, outcome in made:
        if target is None:
            sys.stdout.buffer.write(outcome.content or b"")
            sys.stdout.buffer.flush()
        elif target.is_file():  # and no device
            click.echo(str(target))
    for _, outcome in made:
        note(outcome.note)


def _output(loaded: Loaded, target: Path, outcome: Outcome) -> Output:
    """A file to write, which is told of while it is written. In `build/`, a link is not the user's word but may be
    that of a project that a stranger sent: it is replaced."""
    write = outcome.write
    assert write is not None
    is_usual = target.parent == loaded.project.build

    def told(file: IO[bytes]) -> None:
        with teller().at_work(f"writing {target.suffix.removeprefix('.').upper()}"):
            write(file)

    return Output(target, told, make_folder=is_usual, follow=not is_usual)


def at_fault(found: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether one of the complaints stops the build."""
    return any(strict or each.severity is Severity.ERROR for each in found)


