"""The command `build`: all outputs of each manuscript.

Imports `building`, and of `cli` the files, the sheets and what imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import click

from octopub import building
from octopub.cli.bounds import bounded
from octopub.cli.bring import manuscript_from
from octopub.cli.files import STANDARD, finish, load, manuscript_of, no_clash, target_of
from octopub.cli.helping import Paged
from octopub.cli.imposing import covering, placed, usual_job
from octopub.cli.means import speed
from octopub.cli.options import options
from octopub.cli.status import say
from octopub.cli.telling import note, teller, telling
from octopub.cli.validating import epub as checked_epub
from octopub.cli.validating import validating
from octopub.diagnostics import BuildError, MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from octopub.building import Loaded, Outcome
    from octopub.pdf.room import Means

    Built: TypeAlias = tuple[Loaded, list[tuple[Path | None, Outcome]]]
    """A manuscript that was read, and its outputs with their places."""


@click.command(cls=Paged, short_help="Make EPUB and PDF of each manuscript, into build/.")
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...", type=click.Path())
@options("strict")
@bounded
@validating
@speed
@telling
def build(manuscripts: tuple[str, ...], strict: bool, validators: list[str], usable: Means) -> None:
    r"""Make EPUB and PDF of each manuscript, into build/; and the sheets, where `octopub.impose` asks for them.

    \b
    octopub build
    octopub build manuscript/*.md
    octopub build essay.txt         import it first, and keep its manuscript
    """
    names: tuple[str | None, ...] = manuscripts or (None,)
    if STANDARD in names:
        raise click.UsageError("`build` has no one place to write to: use `octopub epub - -o FILE`")
    no_clash([str(name) for name in names if name])
    statuses = []
    taken: dict[Path, str | None] = {}
    for name, built in _each(names, usable, validators):
        try:
            loaded, made = built.result()
            _take([target.absolute() for target, _ in made if target], name, taken)
            finish(loaded, made, strict=strict)
            statuses.append(0)
        except (click.ClickException, BuildError, MachineError, OSError) as error:
            statuses.append(say(error))
        if len(names) > 1:
            note(f"{name}: {_summary(built) if not statuses[-1] else 'nothing written'}")
    if len(names) > 1:
        note(f"{statuses.count(0)} of {len(statuses)} manuscripts built")
    if any(statuses):
        raise click.exceptions.Exit(max(statuses))


def _take(targets: Iterable[Path], name: str | None, taken: dict[Path, str | None]) -> None:
    """Keep these places for a manuscript: the sheets of one may have the name of another's PDF."""
    for target in targets:
        if taken.setdefault(target, name) != name:
            raise click.UsageError(f"{taken[target]} and {name} would both be written to {target.name}")


AT_ONCE = 8
"""So many manuscripts are read and handed to a cluster at once."""


def _each(
    names: Iterable[str | None], usable: Means, validators: list[str]
) -> Iterator[tuple[str | None, Future[Built]]]:
    """What comes of each manuscript, in their order: one after the other; on a cluster several at once."""
    from concurrent.futures import Future, ThreadPoolExecutor  # noqa: PLC0415  # of no use to the other commands

    if usable.is_cluster:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            yield from [(name, threads.submit(_built, name, usable, validators)) for name in names]
        return
    for name in names:
        done: Future[Built] = Future()
        try:
            done.set_result(_built(name, usable, validators))
        except (click.ClickException, BuildError, MachineError, OSError) as error:
            done.set_exception(error)
        yield name, done


def _built(name: str | None, usable: Means, validators: list[str]) -> Built:
    """A manuscript's outputs and where they go; a source of another kind is imported first."""
    name = manuscript_from(name)
    loaded = load(manuscript_of(name, None), {})
    made = []
    if loaded.book:
        with teller().at_work("laying out"):
            outcome = building.pdf(loaded, usable)
        made = [
            (target_of(name, loaded, None, ".epub"), checked_epub(loaded, outcome.pagination, validators)),
            (target_of(name, loaded, None, ".pdf"), outcome),
        ]
        if job := usual_job(loaded.book):
            made += placed(name, loaded, None, job, building.imposed(loaded, outcome, job))
        made += covering(name, loaded, None, outcome)
    return loaded, made


def _summary(built: Future[Built]) -> str:
    """What was built, in a few words."""
    loaded, made = built.result()
    pages = sum(outcome.pages for _, outcome in made)
    notes = len(loaded.book.notes) if loaded.book else 0
    counted = ((pages, "page"), (notes, "note"))
    return ", ".join(f"{count} {thing}" + "s" * (count != 1) for count, thing in counted)
