"""What a command may use for the PDF besides its own process: processes, a store of what was laid out, a cluster.

Imports `pdf.room` and what it is made of, and of `cli` the teller. It alone knows where this user's cache is.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from octopub.cli import bounds
from octopub.cli.helping import RUN
from octopub.cli.telling import hear
from octopub.scratch import remove_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.pdf.room import Means
    from octopub.pdf.store import Store


def store() -> Store | None:
    """The store of formes in this user's cache folder, if there is one."""
    from octopub.cli import homes  # noqa: PLC0415  # what makes no PDF needs none
    from octopub.pdf.store import Store  # noqa: PLC0415  # as above

    folder = homes.cache()
    return Store(folder / "formes") if folder else None


@contextmanager
def means(workers: int | None, dask: str | None, *, cache: bool) -> Iterator[Means]:
    """What was asked for: so many processes, or a cluster's address; and the store."""
    from octopub.pdf.room import Means, cores  # noqa: PLC0415  # an EPUB needs nothing of it

    remove_left()
    kept = store() if cache and not bounds.is_untrusted() else None
    if dask is None:
        usual = 1 if bounds.shares_memory() else cores()
        yield Means(workers or usual, kept, tell=hear)
        return
    from octopub.pdf.cluster import connected  # noqa: PLC0415  # an extra

    with connected(dask) as hire:
        yield Means(1, kept, hire, hear)


def speed(function: Callable[..., None]) -> Callable[..., None]:
    """The options about it: they come to the command as one argument, `usable`."""

    @wraps(function)
    def command(*, workers: int | None, dask: str | None, cache: bool, **others: Any) -> None:
        with means(workers, dask, cache=cache) as usable:
            function(usable=usable, **others)

    for option in (
        RUN.option("--no-cache", "cache", is_flag=True, default=True, flag_value=False,
                   help="Lay everything out anew."),
        RUN.option("--dask", metavar="ADDRESS", help="Lay out on this Dask scheduler's cluster."),
        RUN.option("--workers", type=click.IntRange(min=1), metavar="N",
                   help="Processes; usual: one for each core."),
    ):  # fmt: skip
        command = option(command)
    return command
