"""What a command may be told about the sheets that are printed.

Imports `imposing` and `paper`, and of `cli` the files and the kinds of value.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from octopub import building
from octopub.cli.files import finish, source_of, target_of
from octopub.cli.helping import Page
from octopub.cli.pages import PRINT_SHOP
from octopub.cli.values import Paper
from octopub.model import Imposition
from octopub.paper import parse
from octopub.reading.project import BUILD, Project, around
from octopub.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from octopub.building import Loaded, Outcome
    from octopub.imposing.impose import Job
    from octopub.model import Book

SHEETS = Page("sheets", "More: the printer, its paper, folding.", """Put the pages on sheets to print, \
fold and cut: --impose MODE, with these. The modes are shown by --help-modes.

\b
octopub pdf essay.md --impose booklet --sheet a4
octopub pdf essay.md --impose booklet --duplex manual
octopub pdf --from any.pdf --impose 2up
""")

MODES = Page("modes", "More: which pages stand together on sheets.", """Fronts and backs, turned like a leaf.

\b
octopub pdf essay.md --impose signatures --signature-sheets 5
""", """\b
Modes of --impose:
  booklet      8 | 1    2 | 7       sheets folded in one another, and stapled
               6 | 3    4 | 5
  signatures   booklets of --signature-sheets, laid one on another
  2up          1   2    3   4       read as they lie; 4up and 8up likewise,
                                    in rows from above
  repeat2      1   1    2   2       cut apart: copies; repeat4 likewise
  cut-stack    8 | 1    2 | 7       cut along the line, the upper halves laid
               -----    -----       on the lower ones, and folded
               6 | 3    4 | 5
  zine         5 | 4 : 3 | 2        eight pages on one side, those above on
               --|=======|--        their heads; cut at ===, folded lengthwise
               6 | 7 : 8 | 1        and pushed together
""")  # fmt: skip


NONE = "none"
"""The word for pages as they are, where the manuscript itself asks for sheets."""


class Sheets(NamedTuple):
    """What was asked for: how sheets are printed, and the PDF whose pages they hold (None for that of a
    manuscript)."""

    given: Mapping[str, Any]
    origin: str | None

    @property
    def options(self) -> dict[str, str | bool]:
        """Those that the manuscript's pages hang on, by their names in `model.Options`."""
        names = ("impose", "sheet") if self.given["impose"] not in (None, NONE) else ("impose", "sheet", "marks")
        return {name: self.given[name] for name in names if self.given[name]}

    @property
    def thickness_mm(self) -> float | None:
        """The paper's, where it was named: a cover's spine hangs on it too."""
        thickness: float | None = self.given["paper_thickness"]
        return thickness

    def job(self, mode: str | None, *, has_spine: bool = False) -> Job | None:
        """The job in this mode; None where there is none. Raises UsageError for options that say nothing without
        others."""
        return _job(self.given, mode, has_spine=has_spine)


def imposition(function: Callable[..., None]) -> Callable[..., None]:
    """The options about sheets: they come to the command as one argument, `sheets`."""

    @wraps(function)
    def command(*, origin: str | None, **others: Any) -> None:
        given = {name: others.pop(name) for name in _NAMES}
        if origin and given["impose"] in (None, NONE):
            raise click.UsageError("--from needs --impose MODE")
        if given["backs"] and given["duplex"] != "manual":
            raise click.UsageError("--backs needs --duplex manual")
        function(sheets=Sheets(given, origin), **others)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--impose", type=click.Choice([*map(str, Imposition), NONE]), metavar="MODE",
                 help="Put the pages on sheets: booklet, 2up, zine, …"),
    SHEETS.option("--sheet", type=Paper(), metavar="NAME|WxH", help="The paper in the printer: A4, or Letter."),
    MODES.option("--signature-sheets", type=click.IntRange(min=1), metavar="N",
                 help="Sheets in a signature; usual is 4."),
    SHEETS.option("--flip", type=click.Choice(["long", "short"]), help="The edge about which the sheet is turned."),
    SHEETS.option("--trim", is_flag=True, default=None, help="Move inner pages to the fold, for trimming."),
    SHEETS.option("--paper-thickness", type=click.FloatRange(0, 2), metavar="MM",
                  help="For --trim and spines; usual is 0.1."),
    PRINT_SHOP.option("--marks", is_flag=True, default=None, help="Crop marks, and on sheets fold ticks."),
    SHEETS.option("--copies", type=click.IntRange(min=1), metavar="N", help="Only to count the sheets."),
    SHEETS.option("--duplex", type=click.Choice(["auto", "manual"]), help="manual: fronts and backs as two files."),
    SHEETS.option("--backs", type=click.Choice(["same", "reversed", "rotated"]), multiple=True, default=None,
                  help="For manual, as `doctor --test-sheet` shows."),
    SHEETS.option("--from", "origin", type=click.Path(), metavar="PDF", help="Impose this PDF, by any program."),
)  # fmt: skip

_NAMES = (
    "impose",
    "sheet",
    "signature_sheets",
    "flip",
    "trim",
    "paper_thickness",
    "marks",
    "copies",
    "duplex",
    "backs",
)


def _job(given: Mapping[str, Any], mode: str | None, *, has_spine: bool) -> Job | None:
    if mode is None:
        alone = ("impose", "marks", *(["paper_thickness"] if has_spine else []))
        named = [name.replace("_", "-") for name, value in given.items() if value and name not in alone]
        if named:
            raise click.UsageError(f"--{named[0]} needs --impose MODE")
        return None
    from octopub.imposing.impose import (  # noqa: PLC0415  # pikepdf
        SIGNATURE_SHEETS,
        THICKNESS_MM,
        Backs,
        Job,
    )
    from octopub.imposing.scheme import Flip  # noqa: PLC0415  # as above

    thickness = given["paper_thickness"]
    return Job(
        mode=Imposition(mode),
        sheet=parse(given["sheet"]) if given["sheet"] else None,
        signature_sheets=given["signature_sheets"] or SIGNATURE_SHEETS,
        flip=Flip(given["flip"]) if given["flip"] else None,
        trim=bool(given["trim"]),
        thickness_mm=THICKNESS_MM if thickness is None else thickness,
        marks=bool(given["marks"]),
        copies=given["copies"] or 1,
        backs=frozenset(map(Backs, given["backs"] or ("same",))) if given["duplex"] == "manual" else None,
    )


def no_reading_standard(standard: object, target: Path | None) -> None:
    """Raise UsageError where sheets are asked to keep a standard that is for files to be read."""
    claims = table.parse(str(standard)) if standard else table.NONE
    if claims != claims.for_sheets:
        raise click.UsageError(
            f"sheets cannot keep {claims.label}: their pages are out of reading order, and have no tags; "
            f"the file to read is {target or 'the PDF'}, made with `--impose none`"
        )


def usual_job(book: Book) -> Job | None:
    """What a manuscript itself asks for."""
    if book.options.impose is None:
        return None
    from octopub.imposing.impose import Job  # noqa: PLC0415  # pikepdf

    return Job(book.options.impose)


def placed(
    name: str | None, loaded: Loaded, output: str | None, job: Job, made: list[tuple[str, Outcome]]
) -> list[tuple[Path | None, Outcome]]:
    """Imposed outcomes with their places: `build/NAME-MODE.pdf`, unless another is named."""
    if output is None:
        return [(target_of(name, loaded, None, f"-{job.mode}{end}.pdf"), outcome) for end, outcome in made]
    target = target_of(name, loaded, output, ".pdf")
    if len(made) > 1 and target is None:
        raise click.UsageError("fronts and backs are two files: name a place for them with -o")
    return [(target and target.with_stem(target.stem + end), outcome) for end, outcome in made]


def covering(
    name: str | None, loaded: Loaded, output: str | None, printed: Outcome
) -> list[tuple[Path | None, Outcome]]:
    """The cover that is a file of its own, with its place, if there is one: `build/NAME-cover.pdf`, unless another is
    named."""
    cover = building.cover(printed)
    if cover is None:
        return []
    if output is None:
        return [(target_of(name, loaded, None, "-cover.pdf"), cover)]
    target = target_of(name, loaded, output, ".pdf")
    if target is None:
        raise click.UsageError("the cover is a file of its own: name a place for it with -o")
    return [(target.with_stem(target.stem + "-cover"), cover)]


def impose_file(origin: str, job: Job, output: str | None, *, strict: bool) -> None:
    """Impose a PDF by any program."""
    path = source_of(origin)
    project = Project(path.parent.parent) if path.parent.name == BUILD else around(path)
    loaded = building.Loaded(None, project, {}, ())
    made = building.imposed_file(path.read_bytes(), job, path)
    finish(loaded, placed(origin, loaded, output, job, made), strict=strict)
