"""Bounds of a command that works on what strangers send: how long it may take, how much memory, and what it may read.

A command with bounds is run by a process of its own, which is ended when its time is up, whatever it is at; this
process only waits for it and says what became of it. Memory is bounded by the system, for that process and for its
workers, each of which has an equal part (`RLIMIT_DATA`, which only Linux holds processes to).

Imports the standard library, and of `cli` the status and what hears interrupts.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from octopub.cli import interrupt
from octopub.cli.helping import RUN
from octopub.cli.status import INTERRUPTED, MACHINE_FAILED, NOBODY_READS, TEXT_AT_FAULT, WRONG_COMMAND
from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import Popen

STRICT_SECONDS, STRICT_MEGABYTES = 120, 1000
"""What a stranger's text may take, unless more or less is asked for."""

LEAST_MEGABYTES = 200
"""Less is not even enough for Python and the libraries."""

RESERVE = 16_000_000
"""Bytes that a process has not before it has to say that memory does not suffice."""

GRACE = 3
"""Seconds that a process has to clear away what it left, before it is killed."""

STATUSES = (0, TEXT_AT_FAULT, WRONG_COMMAND, MACHINE_FAILED, INTERRUPTED, NOBODY_READS)
"""What a command ends with, unless the system ends it."""

ENDING = "SIGALRM"
"""The signal by which a process is told that it is to end without a word, where there is such a signal."""

UNTRUSTED = "octopub.untrusted"
"""In the meta of the command's context: whether the text is a stranger's."""

_START = (
    "import sys; sys.path[:] = {path!r}; sys.argv[:] = {arguments!r}; "
    "from octopub.cli import bounds; bounds.run_within({megabytes!r}, {parts!r})"
)


class Bounds(NamedTuple):
    """What a command may take; None is as much as it likes. The object of the outermost context, where a command runs
    within them."""

    seconds: float | None
    megabytes: int | None

    def reached(self) -> str:
        """What is said where memory does not suffice; there is a little more of it from now on, to say it with."""
        if self.megabytes is None:
            return ""
        import resource  # noqa: PLC0415  # only where memory is bounded

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        return f": it may take {self.megabytes} MB (--max-memory)"


def bounded(function: Callable[..., None]) -> Callable[..., None]:
    """The options about it; the command comes to run only in a process that is bounded."""

    @wraps(function)
    def command(*, timeout: float | None, max_memory: int | None, untrusted: bool, **others: Any) -> None:
        if untrusted:
            timeout = timeout or STRICT_SECONDS
            max_memory = max_memory or (STRICT_MEGABYTES if _can_bound_memory() else None)
        wanted = Bounds(timeout, max_memory)
        _check(others, wanted, untrusted=untrusted)
        if _own() is None and any(wanted):
            if untrusted and max_memory is None:
                click.echo("octopub: memory is not bounded: this system does not do it (use a container)", err=True)
            raise click.exceptions.Exit(_supervised(wanted, 1 + _workers(others)))
        click.get_current_context().meta[UNTRUSTED] = untrusted
        function(**others)

    for option in (
        RUN.option("--untrusted", is_flag=True, help="For strangers' texts: strict limits."),
        RUN.option("--max-memory", type=click.IntRange(min=LEAST_MEGABYTES), metavar="MB",
                   help="Give up beyond that."),
        RUN.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
                   help="Give up after so long."),
    ):  # fmt: skip
        command = option(command)
    return command


def _own() -> Bounds | None:
    """Those that the running command runs within."""
    context = click.get_current_context(silent=True)
    return context.find_object(Bounds) if context else None


def is_untrusted() -> bool:
    """Whether the running command's text is a stranger's."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(UNTRUSTED))


def shares_memory() -> bool:
    """Whether workers would have to be given a part of this process's memory."""
    own = _own()
    return own is not None and own.megabytes is not None


def run_within(megabytes: int | None, parts: int) -> None:
    """Run the command in this process, with one of so many parts of this memory. Of Ctrl-C and of a terminal's end the
    process hears that waits for this one."""
    if megabytes is not None:
        import resource  # noqa: PLC0415  # only where memory is bounded

        share = megabytes * 1_000_000 // parts
        resource.setrlimit(resource.RLIMIT_DATA, (share - RESERVE, share))
    for name, heard in (("SIGINT", signal.SIG_IGN), ("SIGHUP", signal.SIG_IGN), (ENDING, _go)):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), heard)
    from octopub.cli import main  # noqa: PLC0415  # within the bounds

    main(Bounds(None, megabytes))


def _go(*_: object) -> None:
    """End, and say nothing: the process that waits for this one does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    signal.raise_signal(signal.SIGTERM)


# -- the process that waits ---------------------------------------------------------------------


def _check(others: dict[str, Any], wanted: Bounds, *, untrusted: bool) -> None:
    """Raise UsageError for options that cannot be bounded, MachineError for bounds that this system does not know."""
    if any(wanted) and others.get("dask"):
        raise click.UsageError("--dask does not go with bounds: other machines are not held to them")
    validators = [name for name in ("epubcheck", "ace") if others.get(name)]
    if validators and (untrusted or wanted.megabytes):
        raise click.UsageError(f"--{validators[0]} does not go with bounds of memory: it is another program")
    if wanted.megabytes and not _can_bound_memory():
        raise MachineError("--max-memory: this system bounds the memory of no process; use a container")


def _can_bound_memory() -> bool:
    return sys.platform == "linux"


def _workers(others: dict[str, Any]) -> int:
    """How many processes there may be besides the one that commands them."""
    asked = others.get("workers") or 1
    return asked if asked > 1 else 0


def _supervised(bounds: Bounds, parts: int) -> int:
    """The exit status of the running command, run by a process of its own. Raises MachineError where that is ended
    or killed."""
    from subprocess import Popen  # noqa: PLC0415  # most commands have no bounds

    start = _START.format(path=sys.path, arguments=sys.argv, megabytes=bounds.megabytes, parts=parts)
    with Popen([sys.executable, "-c", start]) as process:  # noqa: S603  # ourselves
        return _status(process, bounds)


def _status(process: Popen[bytes], bounds: Bounds) -> int:
    from subprocess import TimeoutExpired  # noqa: PLC0415  # as above

    try:
        status = process.wait(bounds.seconds)
    except TimeoutExpired:
        _end(process)
        raise MachineError(
            f"this took longer than {bounds.seconds:g} seconds: allow more (--timeout), or make a shorter text of it"
        ) from None
    except BaseException:
        _end(process)
        raise
    if status not in STATUSES:
        memory = f", probably since it may take {bounds.megabytes} MB (--max-memory)" if bounds.megabytes else ""
        raise MachineError(f"the command was killed (signal {-status}){memory}")
    return status


def _end(process: Popen[bytes]) -> None:
    """End the process: it clears away what it left, or is killed; its workers end with it."""
    from subprocess import TimeoutExpired  # noqa: PLC0415  # as above

    with interrupt.held():
        process.send_signal(getattr(signal, ENDING, signal.SIGTERM))
        try:
            process.wait(GRACE)
        except TimeoutExpired:
            process.kill()
            process.wait()
