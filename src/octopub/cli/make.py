"""The commands that make something of a manuscript: `epub`, `pdf`, `build`.

Imports `building`, and of `cli` the files.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from octopub import building
from octopub.building import Outcome
from octopub.cli.bring import bring, is_foreign
from octopub.cli.files import (
    STANDARD,
    finish,
    load,
    manuscript_of,
    no_clash,
    say,
    source_of,
    target_of,
)
from octopub.cli.helping import Paged
from octopub.cli.imposing import (
    ABOUT_SHEETS,
    covering,
    impose_file,
    imposition,
    no_reading_standard,
    placed,
    usual_job,
)
from octopub.cli.means import means, speed
from octopub.cli.pages import edition
from octopub.cli.reporting import reported, reporting
from octopub.cli.telling import note, teller, telling
from octopub.cli.validating import epub as checked_epub
from octopub.cli.validating import validating
from octopub.cli.values import Edition, Paper
from octopub.diagnostics import BuildError, MachineError, has_errors
from octopub.model import Cover, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from octopub.building import Loaded
    from octopub.cli.imposing import Sheets
    from octopub.diagnostics import Diagnostic
    from octopub.model import Pagination
    from octopub.pdf.room import Means

    Built: TypeAlias = tuple[Loaded, list[tuple[Path | None, Outcome]]]
    """A manuscript that was read, and its outputs with their places."""


KINDS = click.Choice(["book", "essay", "handout"])


def options(*of: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that several commands share, by name."""
    known = {
        "output": click.option(
            "-o", "--output", type=click.Path(), metavar="FILE", help="Where to write; “-” is standard output."
        ),
        "kind": click.option(
            "--kind", type=KINDS, help="What the text is, if headings do not say it."
        ),
        "strict": click.option("--strict", is_flag=True, help="Take warnings for errors."),
        "paper": click.option(
            "--paper", type=Paper(), metavar="NAME|WxH", help="The page: A5 (usual), A4, letter, 148x210mm."
        ),
        "notes-pdf": click.option(
            "--notes",
            type=click.Choice(["page", "chapter", "book"]),
            help="Where notes print; usual is the page's foot.",
        ),
        "notes-epub": click.option(
            "--notes",
            type=click.Choice(["chapter", "book"]),
            help="At whose end notes stand; usual is the chapter's.",
        ),
    }

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(of):
            function = known[name](function)
        return function

    return decorate


@click.command()
@click.argument("manuscript", required=False, type=click.Path())
@options("output", "notes-epub", "kind", "strict")
@click.option("--pages", type=Edition(), metavar="PAPER|FILE.pdf",
              help="Mark where printed pages begin: those on this paper, or those of the PDF that octopub made.")
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


@click.command(cls=Paged, apart=ABOUT_SHEETS)
@click.argument("manuscript", required=False, type=click.Path())
@options("output", "paper", "notes-pdf", "kind", "strict")
@edition
@imposition
@reporting
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
    octopub pdf essay.md --report marks.html
    """
    if sheets.origin and (job := sheets.job(sheets.given["impose"])):
        if manuscript or report or any((*about.values(), *pages.values())):
            raise click.UsageError("the pages of --from are laid out already: it goes with options about sheets")
        impose_file(sheets.origin, job, output, strict=strict)
        return
    profile = pages.pop("output_profile")
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


@click.command()
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...", type=click.Path())
@options("strict")
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
    name = bring(str(name)) if is_foreign(name) else name
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
