"""What a command may be told about the page report.

Imports `building`, and of `cli` the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from octopub import building
from octopub.cli.pages import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.building import Loaded, Outcome


class ReportFile(click.ParamType[Path]):
    """A file whose name says which form of the report goes into it."""

    name = "report"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, if a report can be written there."""
        path = Path(value)
        if path.suffix.lower() not in (".json", ".html"):
            self.fail(f"{value}: a report is a file that ends in .json or .html", param, ctx)
        if path.is_dir():
            self.fail(f"{value} is a folder; name the file in it", param, ctx)
        if _has_pictures(path):
            from octopub.pdf.marks.pictures import pdfium  # noqa: PLC0415  # an extra

            pdfium()  # before anything is made, or it were missed at the end
        return path


def _has_pictures(path: Path) -> bool:
    return path.suffix.lower() == ".html"


def reporting(function: Callable[..., None]) -> Callable[..., None]:
    """The option about it: it comes to the command as `report`."""
    option = PAGE.option(
        "--report",
        type=ReportFile(),
        metavar="FILE.json|.html",
        help="What a typesetter would mark, with places.",
    )
    return option(function)


def reported(
    loaded: Loaded, made: list[tuple[Path | None, Outcome]], printed: Outcome, report: Path | None
) -> list[tuple[Path | None, Outcome]]:
    """What was made, and the report, if one was asked for. Raises UsageError where it would replace another file of
    these."""
    if report is None:
        return made
    others = {target.absolute() for target, _ in made if target}
    if report.absolute() in others:
        raise click.UsageError(f"the PDF and its report would both be written to {report}")
    return [*made, (report, building.report(loaded, printed, pictures=_has_pictures(report)))]
