"""Help that fits a screen: a command of many options tells some of them on pages of their own.

An option says by itself which page tells it (`RUN.option(…)`); a command that is `Paged` has an
option for each such page, and a usual command tells all its options on its one page.

Imports nothing of octopub.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    _F = TypeVar("_F", bound=Callable[..., Any])


class Page(NamedTuple):
    """A page of help that `--help-NAME` shows."""

    name: str
    about: str
    """What the first page says of it."""
    head: str
    """What stands before the options, with examples; the command's name is put in for `{command}`."""
    foot: str = ""
    """What stands behind them."""

    def option(self, *names: str, **about: Any) -> Callable[[_F], _F]:
        """As `click.option`: one that this page tells."""
        return click.option(*names, cls=Apart, page=self, **about)

    def shown(self, ctx: click.Context, options: Iterable[click.Parameter]) -> str:
        """Its text, with these options."""
        formatter = ctx.make_formatter()
        with formatter.indentation():
            formatter.write_text(self.head.format(command=ctx.command.name))
        _write(formatter, ctx, options)
        if self.foot:
            formatter.write_paragraph()
            formatter.write_text(self.foot)
        return formatter.getvalue().rstrip("\n")


class Apart(click.Option):
    """An option that a page apart tells, where the command has such pages."""

    def __init__(self, *args: Any, page: Page, **others: Any) -> None:
        """`page` is the one that tells it."""
        super().__init__(*args, **others)
        self.page = page


RUN = Page("run", "More: limits of time and memory, messages.", """What the command may take, and what it tells.

\b
octopub {command} essay.md --verbose
octopub {command} essay.md --untrusted --timeout 60
""")
"""That of the options that most commands share."""


class Paged(click.Command):
    """A command whose help leaves the options out that other pages tell, and names these pages."""

    def __init__(self, *args: Any, **others: Any) -> None:
        """As usual."""
        super().__init__(*args, **others)
        pages = dict.fromkeys(each.page for each in self.params if isinstance(each, Apart))
        self.params += [_asking(page) for page in pages]

    def told(self, ctx: click.Context, page: Page | None) -> list[click.Parameter]:
        """The parameters that a page tells; None is the first one."""
        return [each for each in self.get_params(ctx) if getattr(each, "page", None) == page]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Those of the first page."""
        _write(formatter, ctx, self.told(ctx, None))


def _asking(page: Page) -> click.Option:
    """The option that shows a page."""
    return click.Option(
        [f"--help-{page.name}"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=partial(_show, page),
        help=page.about,
    )


def _show(page: Page, ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or ctx.resilient_parsing:
        return
    assert isinstance(ctx.command, Paged)
    click.echo(page.shown(ctx, ctx.command.told(ctx, page)))
    ctx.exit()


def _write(formatter: click.HelpFormatter, ctx: click.Context, parameters: Iterable[click.Parameter]) -> None:
    options = (each for each in parameters if isinstance(each, click.Option))
    records = [record for each in options if (record := each.get_help_record(ctx))]
    if records:
        with formatter.section("Options"):
            formatter.write_dl(records)
