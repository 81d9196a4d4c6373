"""Help that fits a screen: a command of many options tells some of them on a page of their own.

Imports nothing of octopub.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class Paged(click.Command):
    """A command whose help leaves the options out that another page tells."""

    def __init__(self, *args: Any, apart: Collection[str], **others: Any) -> None:
        """`apart` are the names of those options' parameters."""
        super().__init__(*args, **others)
        self.apart = apart

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The others."""
        _write(formatter, ctx, [each for each in self.get_params(ctx) if each.name not in self.apart])


def page(option: str, about: str, head: str, foot: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option that shows the other page: what it is about, the options that are told there, and what more there is
    to say."""

    def show(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
        if not is_asked or ctx.resilient_parsing:
            return
        assert isinstance(ctx.command, Paged)
        formatter = ctx.make_formatter()
        with formatter.indentation():
            formatter.write_text(head)
        _write(formatter, ctx, [each for each in ctx.command.get_params(ctx) if each.name in ctx.command.apart])
        formatter.write_paragraph()
        formatter.write_text(foot)
        click.echo(formatter.getvalue().rstrip("\n"))
        ctx.exit()

    return click.option(option, is_flag=True, is_eager=True, expose_value=False, callback=show, help=about)


def _write(formatter: click.HelpFormatter, ctx: click.Context, parameters: Collection[click.Parameter]) -> None:
    options = (each for each in parameters if isinstance(each, click.Option))
    records = [record for each in options if (record := each.get_help_record(ctx))]
    with formatter.section("Options"):
        formatter.write_dl(records)
