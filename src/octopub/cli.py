"""The command line: the only part that prints, exits and writes outputs.

Imports `building` and `desk`. Exit status: 0 done, 1 the text is at fault and nothing was written, 2 the
command line is wrong, 3 something of the machine is missing or failed, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Any

import click

from octopub import __version__, building
from octopub.diagnostics import MachineError, Severity
from octopub.paper import parse
from octopub.reading.project import MANUSCRIPTS, candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from octopub.building import Loaded, Outcome
    from octopub.diagnostics import Diagnostic

STANDARD = "-"
"""Standard input as manuscript, standard output as output."""

TEXT_AT_FAULT, WRONG_COMMAND, MACHINE_FAILED, INTERRUPTED = 1, 2, 3, 130


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


class TextAtFault(click.ClickException):
    """The complaints have been printed; nothing was written."""

    exit_code = TEXT_AT_FAULT

    def __init__(self) -> None:
        super().__init__("")

    def show(self, file: Any = None) -> None:
        """Nothing more to say."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="octopub")
def commands() -> None:
    """One Markdown manuscript becomes an EPUB for the e-reader and a PDF for the printer.

    MANUSCRIPT may be left out: then it is the one .md file in manuscript/. “-” is standard input.
    """


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


@commands.command()
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
    loaded = _load(_manuscript(manuscript, output), {"kind": kind, "notes_epub": notes})
    with _at_work("epub"):
        outcome = building.epub(loaded)
    _finish(loaded, [(_target(manuscript, loaded, output, ".epub"), outcome)], strict=strict)


@commands.command()
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
    loaded = _load(_manuscript(manuscript, output), {"kind": kind, "notes_pdf": notes, "paper": paper})
    with _at_work("pdf"):
        outcome = building.pdf(loaded)
    _finish(loaded, [(_target(manuscript, loaded, output, ".pdf"), outcome)], strict=strict)


@commands.command()
@click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT]...")
@options("strict")
def build(manuscripts: tuple[str, ...], strict: bool) -> None:
    r"""Make EPUB and PDF of each manuscript, into build/.

    \b
    octopub build
    octopub build manuscript/*.md
    """
    names: tuple[str | None, ...] = manuscripts or (None,)
    if STANDARD in names:
        raise click.UsageError("`build` has no one place to write to: use `octopub epub - -o FILE`")
    _no_clash([str(name) for name in names if name])
    worst = 0
    for name in names:
        try:
            loaded = _load(_manuscript(name, None), {})
            with _at_work("epub"):
                made = [(_target(name, loaded, None, ".epub"), building.epub(loaded))]
            if loaded.book:
                with _at_work("pdf"):
                    made.append((_target(name, loaded, None, ".pdf"), building.pdf(loaded)))
            _finish(loaded, made, strict=strict)
        except (click.ClickException, MachineError, OSError) as error:
            worst = max(worst, _say(error))
    if worst:
        raise click.exceptions.Exit(worst)


@commands.command()
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
            found = check_text(_load(_manuscript(name, STANDARD), {}))
        except (click.ClickException, MachineError, OSError) as error:
            worst = max(worst, _say(error))
            continue
        for diagnostic in found:
            click.echo(str(diagnostic))
        if _at_fault(found, strict=strict):
            worst = max(worst, TEXT_AT_FAULT)
    if worst:
        raise click.exceptions.Exit(worst)


# -- what goes in -------------------------------------------------------------------------------


def _manuscript(name: str | None, output: str | None) -> Path | None:
    """The manuscript's file; None for standard input. Where none is named, the one in `manuscript/`."""
    if name == STANDARD:
        if output is None:
            raise click.UsageError("a text from standard input needs a place to go: -o FILE")
        return None
    if name is not None:
        path = Path(name)
        if not path.exists():
            raise click.UsageError(f"there is no manuscript {name}")
        if path.is_dir():
            raise click.UsageError(f"{name} is a folder; name the manuscript in it")
        return path
    found = candidates(Path())
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"there is no .md file in {MANUSCRIPTS}/; name the manuscript")
    raise click.UsageError("name one of the manuscripts: " + ", ".join(map(str, found)))


def _load(path: Path | None, given: dict[str, str | None]) -> Loaded:
    """Read the manuscript."""
    chosen = building.options(given)
    epoch = building.epoch(os.environ)
    if path is None:
        content = sys.stdin.buffer.read()
        return building.load(content, name="<stdin>", base=Path(), epoch=epoch, options=chosen)
    return building.load(path, epoch=epoch, options=chosen)


# -- what comes out -----------------------------------------------------------------------------


def _target(manuscript: str | None, loaded: Loaded, output: str | None, suffix: str) -> Path | None:
    """Where the output goes; None for standard output."""
    if output == STANDARD:
        return None
    source = _manuscript(manuscript, output)
    if output is None:
        assert source is not None
        return loaded.project.build / f"{source.stem}{suffix}"
    target = Path(output)
    if target.is_dir():
        raise click.UsageError(f"{output} is a folder; name the file in it")
    if source is not None and target.exists() and target.samefile(source):
        raise click.UsageError(f"{output} is the manuscript itself")
    return target


def _no_clash(names: list[str]) -> None:
    """No two manuscripts may have the same output."""
    seen: dict[Path, str] = {}
    for name in names:
        path = Path(name).resolve()
        folder = path.parent.parent if path.parent.name == MANUSCRIPTS else path.parent
        first = seen.setdefault(folder / path.stem, name)
        if first != name:
            raise click.UsageError(f"{first} and {name} would have the same output")


def _finish(loaded: Loaded, made: list[tuple[Path | None, Outcome]], *, strict: bool) -> None:
    """Print the complaints; then write all outputs, or none."""
    found = dict.fromkeys(
        [*loaded.diagnostics, *(each for _, outcome in made for each in outcome.diagnostics)]
    )
    for diagnostic in found:
        click.echo(str(diagnostic), err=True)
    if _at_fault(found, strict=strict) or any(outcome.content is None for _, outcome in made):
        raise TextAtFault
    for target, outcome in made:
        assert outcome.content is not None
        if target is None:
            sys.stdout.buffer.write(outcome.content)
            sys.stdout.buffer.flush()
        else:
            _write(target, outcome.content, in_build=target.parent == loaded.project.build)
            click.echo(str(target))


def _at_fault(found: Iterable[Diagnostic], *, strict: bool) -> bool:
    return any(strict or each.severity is Severity.ERROR for each in found)


def _write(target: Path, content: bytes, *, in_build: bool) -> None:
    """Write the file beside its place and move it there: the old one stays until the new one is whole."""
    try:
        if in_build:
            target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".octopub-", delete=False) as file:
            _move(file, content, target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise MachineError(f"{target} cannot be written: {reason}; name another place with -o") from None


def _move(file: IO[bytes], content: bytes, target: Path) -> None:
    """Fill the file that lies beside the target, and put it in the target's place."""
    beside = Path(file.name)
    try:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _umask() -> int:
    """The permissions that this user's new files do not have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _at_work(output: str) -> Iterator[None]:
    """Show on a terminal that something is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415  # 50 ms that only a terminal is worth

    with Console(stderr=True).status(f"Making the {output.upper()} …"):
        yield


def _say(error: Exception) -> int:
    """Say what went wrong, in one line; the exit status it stands for."""
    if isinstance(error, click.ClickException):
        error.show()
        return WRONG_COMMAND if isinstance(error, click.UsageError) else error.exit_code
    if isinstance(error, OSError) and error.filename:
        what = f"{os.fsdecode(error.filename)}: {error.strerror}"
    else:
        what = str(error)
    click.echo(f"octopub: {what}", err=True)
    return MACHINE_FAILED


def main() -> None:
    """Run the command, and exit with its status."""
    # The collector need not look at what was imported, which stays to the end, nor at what is left at the
    # end, which the system takes back: together that is a tenth of the time.
    gc.freeze()
    atexit.register(gc.freeze)
    try:
        status = commands.main(standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        click.echo("octopub: interrupted", err=True)
        status = INTERRUPTED
    except (click.ClickException, MachineError, OSError) as error:
        status = _say(error)
    except MemoryError:
        click.echo("octopub: there is not enough memory for this text", err=True)
        status = MACHINE_FAILED
    sys.exit(status)
