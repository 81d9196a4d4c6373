"""What is told of the work while it goes on: on a terminal a line that moves, and afterwards where the time went.

Imports rich, where there is a terminal.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from octopub.cli.helping import RUN
from octopub.cli.terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

    from octopub.pdf.room import Stage

REST = "the rest"
"""What stands for all that is no phase."""


class Teller:
    """Hears what a command is at. Where standard error is no terminal it shows nothing."""

    def __init__(self, *, verbose: bool = False, quiet: bool = False) -> None:
        self.is_quiet = quiet
        self.is_verbose = verbose
        self._spent = {REST: 0.0}
        self._phase, self._since = REST, time.perf_counter()
        self._shown: tuple[Progress, TaskID] | None = None

    @contextmanager
    def at_work(self, phase: str) -> Iterator[None]:
        """While the body runs, the command is in this phase."""
        before = self._begin(phase)
        try:
            if self._shown or self.is_quiet or not sys.stderr.isatty():
                yield
            else:
                with self._line(phase):
                    yield
        finally:
            self._begin(before)

    def hear(self, stage: Stage) -> None:
        """What the PDF is at. Of several that are made at once, only what its own thread is at is told."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._begin(stage.phase)
        if self._shown:
            progress, task = self._shown
            said = _said(stage.phase, stage.part)
            is_news = said != progress.tasks[task].description  # shown at once: what is short would not be seen
            progress.update(
                task, description=said, total=stage.total or None, completed=stage.done, refresh=is_news
            )

    def close(self) -> None:
        """Say where the time went, if that was asked for: seconds for each phase, in their order."""
        self._begin(REST)
        if not self.is_verbose:
            return
        rest = self._spent.pop(REST)
        for phase, seconds in {**self._spent, REST: rest, "in all": sum(self._spent.values()) + rest}.items():
            click.echo(f"{phase:18}{seconds:8.2f} s", err=True)

    def _begin(self, phase: str) -> str:
        """Charge the time since the last call to the phase that it began; gives that."""
        before, now = self._phase, time.perf_counter()
        self._spent[before] = self._spent.get(before, 0.0) + now - self._since
        self._phase, self._since = phase, now
        return before

    @contextmanager
    def _line(self, phase: str) -> Iterator[None]:
        """A line that moves; it is gone when the body has run."""
        from rich.console import Console  # noqa: PLC0415  # 50 ms that only a terminal is worth
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415  # as above

        columns = (TextColumn("{task.description}", markup=False), BarColumn(24), TimeRemainingColumn(compact=True))
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            self._shown = progress, progress.add_task(_said(phase), total=None)
            try:
                yield
            finally:
                self._shown = None


def _said(phase: str, part: str = "") -> str:
    """A phase as the line names it."""
    short = part if len(part) <= 30 else part[:29] + "…"
    return f"{phase[0].upper()}{phase[1:]}{f': {short}' if short else ''} …"


def teller() -> Teller:
    """The running command's."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Teller) if context else None
    return found or Teller()


def hear(stage: Stage) -> None:
    """Tell it what the PDF is at."""
    teller().hear(stage)


def note(text: str) -> None:
    """Say something on standard error that is no complaint."""
    if text and not teller().is_quiet:
        say(text, sys.stderr)


def telling(function: Callable[..., None]) -> Callable[..., None]:
    """The options about it; the command has its teller before anything else begins."""

    @wraps(function)
    def command(*, verbose: bool, quiet: bool, **others: Any) -> None:
        if verbose and quiet:
            raise click.UsageError("--verbose and --quiet do not go together")
        context = click.get_current_context()
        context.obj = Teller(verbose=verbose, quiet=quiet)
        context.call_on_close(context.obj.close)
        function(**others)

    for option in (
        RUN.option("--quiet", is_flag=True, help="Say nothing but errors."),
        RUN.option("--verbose", is_flag=True, help="Say where the time went."),
    ):
        command = option(command)
    return command
