"""What a command may be told about the pages besides their paper.

Imports `model`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from octopub.cli.helping import Page
from octopub.cli.values import Bleed, Standards
from octopub.model import Cover, LineNumbers

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Page("page", "More: margins, size of the type, line numbers.", """Look at the pages, and change them.

\b
octopub pdf essay.md --one-sided --wide-margin
octopub pdf essay.md --large-print --paper a4
octopub pdf essay.md --line-numbers page
octopub pdf essay.md --report marks.html
""")

PRINT_SHOP = Page("print-shop", "More: bleed, marks, cover, PDF standards.", """What print shops and archives want.

\b
octopub pdf essay.md --bleed 3mm --marks --cover separate
octopub pdf essay.md --standard x-4 --output-profile shop.icc
""")

OPTIONS = (
    PAGE.option("--one-sided/--two-sided", default=None,
                help="All pages alike; or mirrored, as in a book."),
    PAGE.option("--wide-margin/--no-wide-margin", default=None,
                help="55 mm free at the outer edge, for notes."),
    PAGE.option("--large-print/--no-large-print", default=None,
                help="18 points, ragged; on A4 or Letter."),
    PRINT_SHOP.option("--bleed", type=Bleed(), metavar="LENGTH",
                      help="Print so far beyond the page's edge: 3mm."),
    PRINT_SHOP.option("--standard", type=Standards(), metavar="NAME[+NAME]",
                      help="ua-1 (usual), ua-2, a-3u, a-4, x-4; ua-1+x-4."),
    PRINT_SHOP.option("--output-profile", type=click.Path(), metavar="FILE.icc",
                      help="The printing condition, from the print shop."),
    PAGE.option("--line-numbers", type=click.Choice([str(each) for each in LineNumbers]), metavar="text|page|none",
                help="Number every fifth line; usual is none."),
    PRINT_SHOP.option("--cover", type=click.Choice([str(each) for each in Cover]),
                      help="Around the pages, or as a file of its own."),
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
