"""What a command may be told about the pages besides their paper.

Imports `model`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from octopub.cli.values import Bleed, Standards
from octopub.model import Cover, LineNumbers

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONS = (
    click.option("--one-sided/--two-sided", default=None,
                 help="All pages alike, for paper printed on one side; or mirrored, as in a book (usual)."),
    click.option("--wide-margin/--no-wide-margin", default=None,
                 help="At least 55 mm free at the outer edge, for notes by hand; on A4 or Letter."),
    click.option("--large-print/--no-large-print", default=None,
                 help="18 points, ragged, no broken words, one-sided, the usual page numbers beside; on A4 or Letter."),
    click.option("--bleed", type=Bleed(), metavar="LENGTH",
                 help="Print what reaches the edge so far beyond it, as the print shop asks: 3mm."),
    click.option("--standard", type=Standards(), metavar="NAME[+NAME]",
                 help="What the PDF keeps: ua-1 (usual), ua-2, a-3u, a-4, x-4, or several: ua-1+a-3u."),
    click.option("--output-profile", type=click.Path(), metavar="FILE.icc",
                 help="The printing condition, as the print shop names it; for x-4, a-3u and a-4."),
    click.option("--line-numbers", type=click.Choice([str(each) for each in LineNumbers]),
                 help="Number every fifth line, through the text or on each page; usual is none."),
    click.option("--cover", type=click.Choice([str(each) for each in Cover]),
                 help="self: four pages around the others, usual in a booklet; separate: a sheet in its own file."),
)  # fmt: skip


def edition(function: Callable[..., None]) -> Callable[..., None]:
    """The options about it: they come to the command as one argument, `pages`, by their names in `model.Options`."""

    @wraps(function)
    def command(**others: Any) -> None:
        pages = {name: others.pop(name) for name in _NAMES}
        function(pages=pages, **others)

    for option in reversed(OPTIONS):
        command = option(command)
    return command


_NAMES = ("one_sided", "wide_margin", "large_print", "bleed", "standard", "output_profile", "line_numbers", "cover")
