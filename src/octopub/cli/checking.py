"""The commands that look at a text: `check`, and `explain`, which tells about a complaint.

Imports `desk`, and of `cli` the files.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from octopub import __version__
from octopub.cli import mending, terminal
from octopub.cli.bounds import bounded
from octopub.cli.files import load, text_of
from octopub.cli.status import TEXT_AT_FAULT, say
from octopub.diagnostics import Code, MachineError

if TYPE_CHECKING:
    from octopub.desk.formats.checked import Checked

FORMATS = ("text", "json", "github", "sarif")


@click.command()
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="For people, for programs, as GitHub's annotations, or as SARIF 2.1.0.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--target", type=click.Choice(["kindle"]), help="Whose guidelines to hold it against besides.")
@click.option(
    "--fix", is_flag=True, help="First mend what changes nothing in the book (README), and show what was changed."
)
@click.option("--diff", is_flag=True, help="Only show what --fix would change.")
@bounded
def check(
    manuscripts: tuple[str, ...], form: str, strict: bool, target: str | None, fix: bool, diff: bool
) -> None:
    r"""Say what is wrong with each manuscript, without making anything.

    \b
    octopub check
    octopub check --strict manuscript/*.md
    octopub check --target kindle
    octopub check --format github
    octopub check --diff
    """
    from octopub.desk.check import check as check_text  # noqa: PLC0415  # opens fonts
    from octopub.desk.formats.checked import Checked  # noqa: PLC0415  # as above

    worst = 0
    checked = []
    names: tuple[str | None, ...] = manuscripts or (None,)
    for name in names:
        try:
            path = text_of(name)
            if fix and path is None:
                raise click.UsageError("--fix mends a file; for a text from standard input there is --diff")
            loaded = load(path, {})
            if diff:
                worst = max(worst, mending.show(loaded, path))
                continue
            if fix and path is not None:
                loaded = mending.write_mended(loaded, path)
            found = check_text(loaded, target)
            checked.append(Checked(str(path or "<stdin>"), loaded.source, found, strict))
        except (click.ClickException, MachineError, OSError) as error:
            worst = max(worst, say(error))
    if not diff:
        click.echo(_told(checked, form), nl=False)
        if form == "text" and sys.stderr.isatty():
            _reassure(checked)
    if any(each.is_at_fault for each in checked):
        worst = max(worst, TEXT_AT_FAULT)
    if worst:
        raise click.exceptions.Exit(worst)


def _reassure(checked: list[Checked]) -> None:
    """Who looks at a terminal is told that the work was done, where there is nothing to be seen of it."""
    for each in checked:
        if not each.found:
            terminal.say(f"{each.path}: no complaints", sys.stderr)


def _told(checked: list[Checked], form: str) -> str:
    """The findings in one of the forms."""
    from octopub.desk.formats import github, json_, sarif, text  # noqa: PLC0415  # as above

    if form == "sarif":
        return sarif.as_sarif(checked, __version__)
    if form == "text":
        return text.as_text(checked, terminal.screen(sys.stdout))
    return {"json": json_.as_json, "github": github.as_github}[form](checked)


@click.command(short_help="Tell about a complaint, and what to do.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    r"""Tell about a complaint: why it is made, an example, and what to do. Without a CODE, list all.

    \b
    octopub explain note-undefined
    octopub explain
    """
    from octopub.desk.explaining import page, pages  # noqa: PLC0415  # the other commands need none of it

    known = {each.slug: each for each in Code}
    if code is None:
        width = max(map(len, known))
        for each in pages().values():
            line = f"{each.code.slug:{width}}  {each.code.severity:7}  {each.what}"
            terminal.say(line, sys.stdout, hanging=width + 11)
        return
    if code not in known:
        near = get_close_matches(code, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "`octopub explain` lists all"
        raise click.UsageError(f"there is no code {code}; {hint}")
    about = page(known[code])
    terminal.say(f"{code} ({_kind(about.code)})\n\n{about.markdown}", sys.stdout, hanging=0)


def _kind(code: Code) -> str:
    if code.is_rule:
        return f"warning; `octopub: {{ignore: [{code.slug}]}}` turns it off"
    return str(code.severity)
