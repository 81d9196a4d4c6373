"""The options that several commands share.

Imports of `cli` the kinds of value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from octopub.cli.values import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

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
            help="Where notes stand; usual is a chapter's end.",
        ),
    }

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(of):
            function = known[name](function)
        return function

    return decorate
