"""What an edition asks of the page: as tokens of the stylesheet set, and of the paper.

Imports `model`, `paper` and the built-in tokens of `markup.styles`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.markup.styles import usual_token
from octopub.paper import PAPERS

if TYPE_CHECKING:
    from octopub.model import Options
    from octopub.paper import Paper

OFFICE = (PAPERS["a4"], PAPERS["letter"])
"""The papers that have room for wide margins and for large print."""

CLOSE_MM = 1.0

LEANING = {"lean": "0.5"}
WIDE = {"free": "60mm"} | {name: usual_token(name) for name in ("measure", "inner", "outer")}
"""With the built-in block of text, whatever a project has in its place: that one knows what is to be free."""
LARGE = {
    "text-size": "18pt",
    "size-note": "1",
    "align": "start",
    "hyphens": "none",
    "word-space": "0",
}


def tokens_of(options: Options) -> dict[str, str]:
    """The tokens that these options settle."""
    wanted = ((options.one_sided, LEANING), (options.wide_margin, WIDE), (options.large_print, LARGE))
    found = {name: value for is_wanted, tokens in wanted if is_wanted for name, value in tokens.items()}
    return found | ({"bleed": options.bleed} if options.bleed else {})


def office_only(options: Options) -> str | None:
    """The option, as the front matter names it, that only the papers of offices have room for."""
    if options.large_print:
        return "large-print"
    return "wide-margin" if options.wide_margin else None


def is_office(paper: Paper) -> bool:
    """Whether it is one of these papers, upright."""
    return any(
        abs(paper.width_mm - other.width_mm) < CLOSE_MM and abs(paper.height_mm - other.height_mm) < CLOSE_MM
        for other in OFFICE
    )
