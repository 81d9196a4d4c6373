"""Ctrl-C is not lost. Python only tells of an exception that is raised while an object is cleared away, and goes on; so
what was asked for is kept, and looked for before an output gets its place.

Imports the standard library.
"""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_asked = threading.Event()


def heed() -> None:
    """From now on keep in mind that Ctrl-C was pressed. (Signals are the main thread's.)"""
    _asked.clear()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _raise)


def check() -> None:
    """Raise KeyboardInterrupt if one was lost."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _raise(number: int, frame: FrameType | None) -> None:
    _asked.set()
    signal.default_int_handler(number, frame)
