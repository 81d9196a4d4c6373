"""A hand: a thread that does one thing after another, so that the server can go on meanwhile.

Imports nothing of octopub. WeasyPrint and PDFium are each to be held by one hand alone.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Hand:
    """Does what it is given, in that order. It goes with the program, in the middle of whatever it does."""

    def __init__(self, name: str) -> None:
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        # An executor's threads would be waited for at the end: a whole book may be on the way.
        Thread(target=self._work, name=f"octopub-{name}", daemon=True).start()

    async def do(self, function: Callable[[], T]) -> T:
        """What the function gives, or what it raises, when its turn has come and it is done."""
        done: Future[T] = Future()
        self._tasks.put(lambda: _settle(done, function))
        return await asyncio.wrap_future(done)

    def _work(self) -> None:
        while True:
            self._tasks.get()()


def _settle(done: Future[T], function: Callable[[], T]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(function())
    except BaseException as error:  # noqa: BLE001  # it is raised where the result is awaited
        done.set_exception(error)
