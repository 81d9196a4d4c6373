"""Attendance: a desk whose page was closed, and stays so, ends.

Imports nothing of octopub.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE = 60.0


class Attendance:
    """Counts the pages that are open, from a running event loop."""

    def __init__(self, end: Callable[[], None], patience: float = MINUTE) -> None:
        """`end` is called when none has been open for so many seconds."""
        self._end = end
        self._patience = patience
        self._there = 0
        self._leaving: asyncio.TimerHandle | None = None

    def __call__(self, change: int) -> None:
        """A page was opened (1) or closed (-1); at the start, none (0)."""
        self._there += change
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        if not self._there:
            self._leaving = asyncio.get_running_loop().call_later(self._patience, self._end)
