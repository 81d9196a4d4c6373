"""What `epub` and `build` may be told about the programs that look at the finished EPUB.

Imports `building` and `desk`, and of `cli` the teller.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from octopub import building
from octopub.cli.telling import teller

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from octopub.building import Loaded, Outcome
    from octopub.model import Pagination

NAMES = ("epubcheck", "ace")


def validating(function: Callable[..., None]) -> Callable[..., None]:
    """The options about it: they come to the command as one argument, `validators`, their names."""

    @wraps(function)
    def command(*, epubcheck: bool, ace: bool, **others: Any) -> None:
        wanted = [name for name, is_wanted in zip(NAMES, (epubcheck, ace), strict=True) if is_wanted]
        if wanted:
            from octopub.desk.validators import Validator  # noqa: PLC0415  # most books are made without

            for name in wanted:
                Validator(name).ready()  # before anything is made, or it were missed at the end
        function(validators=wanted, **others)

    for option in (
        click.option("--ace", is_flag=True, help="Have Ace by DAISY look at the EPUB's accessibility."),
        click.option("--epubcheck", is_flag=True, help="Have EPUBCheck look at the EPUB; its errors stop the build."),
    ):
        command = option(command)
    return command


def epub(loaded: Loaded, pages: Pagination | None, validators: Collection[str]) -> Outcome:
    """The EPUB of a manuscript, and what these validators say of it."""
    if not validators:
        with teller().at_work("EPUB"):
            return building.epub(loaded, pages)
    from octopub.desk.validators import Validator, validated  # noqa: PLC0415  # as above
    from octopub.epub.places import Places  # noqa: PLC0415  # as above

    places = Places()
    made = building.epub(loaded, pages, places)
    with teller().at_work("validators"):
        return validated(made, loaded.book, places, [Validator(name) for name in validators])
