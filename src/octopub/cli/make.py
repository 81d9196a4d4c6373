"""The commands that make something of a manuscript: `epub`, `pdf`, `build`; and `check`, which only looks.

Imports `building`, `desk`, and of `cli` the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from octopub import building
from octopub.cli.bring import bring, is_foreign
from octopub.cli.files import (
    STANDARD,
    TEXT_AT_FAULT,
    at_fault,
    at_work,
    finish,
    load,
    manuscript_of,
    no_clash,
    say,
    target_of,
)
from octopub.diagnostics import BuildError, MachineError
from octopub.paper import parse

if TYPE_CHECKING:
    from collections.abc import Callable


class Paper(click.ParamType[str]):
    """A paper's name or its sides, checked before anything is read."""

    name = "paper"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it is, if it names a paper."""
        try:
            parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return value


KINDS = click.Choice(["book", "essay", "handout"])


KINDS = click.Choice(["book", "essay", "handout"])


def options(*of: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that several commands share, by name."""
    known = {
        "output": click.option(
            "-o", "--output", metavar="FILE", help="Where to write; “-” is standard output."
        ),
        "kind": click.option(
            "--kind", type=KINDS, help="What the text is, where its headings do not say it."
        ),
        "strict": click.option("--strict", is_flag=True, help="Take warnings for errors."),
        "paper": click.option(
            "--paper", type=Paper(), metavar="NAME|WxH", help="The page: A5 (usual), A4, letter, 148x210mm, …"
        ),
        "notes-pdf": click.option(
            "--notes",
            type=click.Choice(["page", "chapter", "book"]),
            help="Where notes print: at the foot of their page (usual), or at the end.",
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
@click.argument("manuscript", required=False)
@options("output", "notes-epub", "kind", "strict")
def epub(
    manuscript: str | None, output: str | None, notes: str | None, kind: str | None, strict: bool
) -> None:
    r"""Make the EPUB.

    \b
    octopub epub                    build/NAME.epub, from the one text in manuscript/
    octopub epub essay.md -o e.epub
    """
    loaded = load(manuscript_of(manuscript, output), {"kind": kind, "notes_epub": notes})
    with at_work("epub"):
        outcome = building.epub(loaded)
    finish(loaded, [(target_of(manuscript, loaded, output, ".epub"), outcome)], strict=strict)


@click.command()
@click.argument("manuscript", required=False)
@options("output", "paper", "notes-pdf", "kind", "strict")
def pdf(
    manuscript: str | None,
    output: str | None,
    paper: str | None,
    notes: str | None,
    kind: str | None,
    strict: bool,
) -> None:
    r"""Make the PDF.

    \b
    octopub pdf                     build/NAME.pdf, from the one text in manuscript/
    octopub pdf essay.md --paper letter --notes chapter
    """
    loaded = load(manuscript_of(manuscript, output), {"kind": kind, "notes_pdf": notes, "paper": paper})
    with at_work("pdf"):
        outcome = building.pdf(loaded)
    finish(loaded, [(target_of(manuscript, loaded, output, ".pdf"), outcome)], strict=strict)


@click.command()
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...")
@options("strict")
def build(manuscripts: tuple[str, ...], strict: bool) -> None:
    r"""Make EPUB and PDF of each manuscript, into build/.

    \b
    octopub build
    octopub build manuscript/*.md
    octopub build essay.txt         import it first, and keep its manuscript
    """
    names: tuple[str | None, ...] = manuscripts or (None,)
    if STANDARD in names:
        raise click.UsageError("`build` has no one place to write to: use `octopub epub - -o FILE`")
    no_clash([str(name) for name in names if name])
    worst = 0
    for each in names:
        try:
            name = bring(str(each)) if is_foreign(each) else each
            loaded = load(manuscript_of(name, None), {})
            with at_work("epub"):
                made = [(target_of(name, loaded, None, ".epub"), building.epub(loaded))]
            if loaded.book:
                with at_work("pdf"):
                    made.append((target_of(name, loaded, None, ".pdf"), building.pdf(loaded)))
            finish(loaded, made, strict=strict)
        except (click.ClickException, BuildError, MachineError, OSError) as error:
            worst = max(worst, say(error))
    if worst:
        raise click.exceptions.Exit(worst)


@click.command()
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...")
@options("strict")
def check(manuscripts: tuple[str, ...], strict: bool) -> None:
    r"""Say what is wrong with each manuscript, without making anything.

    \b
    octopub check
    octopub check --strict manuscript/*.md
    """
    from octopub.desk.check import check as check_text  # noqa: PLC0415  # opens fonts

    worst = 0
    names: tuple[str | None, ...] = manuscripts or (None,)
    for name in names:
        try:
            found = check_text(load(manuscript_of(name, STANDARD), {}))
        except (click.ClickException, MachineError, OSError) as error:
            worst = max(worst, say(error))
            continue
        for diagnostic in found:
            click.echo(str(diagnostic))
        if at_fault(found, strict=strict):
            worst = max(worst, TEXT_AT_FAULT)
    if worst:
        raise click.exceptions.Exit(worst)


