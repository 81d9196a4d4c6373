"""Kinds of value that options take, checked before anything is read.

Imports `paper` and the table of `standards`.
"""

from __future__ import annotations

from pathlib import Path

import click

from octopub.paper import bleed, parse
from octopub.standards import table


class Paper(click.ParamType[str]):
    """A paper's name or its sides."""

    name = "paper"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it is, if it names a paper."""
        try:
            parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return value


class Bleed(click.ParamType[str]):
    """How far pages are printed beyond their edges."""

    name = "bleed"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The length in millimetres."""
        try:
            return bleed(value)
        except ValueError as error:
            self.fail(f"“{value}” is no bleed: {error}", param, ctx)


class Edition(click.ParamType["str | Path"]):
    """A printed edition: the paper that it is to have, or the PDF that it is."""

    name = "edition"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | Path:
        """The text as it is, if it names a paper; otherwise the file."""
        if isinstance(value, Path):
            return value
        path = Path(value)
        if path.suffix.lower() != ".pdf" and not path.is_file():
            return Paper().convert(value, param, ctx)
        if not path.is_file():
            self.fail(f"there is no PDF {value}", param, ctx)
        return path


class Standards(click.ParamType[str]):
    """Standards that a PDF can keep together."""

    name = "standard"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Their names."""
        try:
            return str(table.parse(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
