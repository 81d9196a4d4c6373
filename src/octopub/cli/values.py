"""Kinds of value that options take, checked before anything is read.

Imports `paper`.
"""

from __future__ import annotations

import click

from octopub.paper import bleed, parse


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
