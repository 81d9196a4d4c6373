"""Kinds of value that options take, checked before anything is read.

Imports `paper`.
"""

from __future__ import annotations

import click

from octopub.paper import parse


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
