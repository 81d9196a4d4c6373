"""Ctrl-C is not lost, and nothing is left half done by it. Python only tells of an exception that is raised while an
object is cleared away, and goes on; so what was asked for is kept, and looked for before an output gets its place.
Being asked to end, and the terminal's end, are the same.

Imports the standard library.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ASKING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

_asked = threading.Event()
_held = threading.Event()
_missed = threading.Event()


def heed() -> None:
    """From now on keep in mind that Ctrl-C was pressed. (Signals are the main thread's.) A signal that is ignored, as
    under `nohup`, stays so."""
    _asked.clear()
    if _is_main():
        for each in ASKING:
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, _raise)


def leave() -> None:
    """All is done: what was asked for is forgotten, and from now on a signal ends the process, without a word."""
    _asked.clear()
    _missed.clear()
    if _is_main():
        for each in ASKING:
            if signal.getsignal(each) is _raise:
                signal.signal(each, signal.SIG_DFL)


def check() -> None:
    """Raise KeyboardInterrupt if one was lost."""
    if _asked.is_set():
        raise KeyboardInterrupt


@contextmanager
def held() -> Iterator[None]:
    """What is done here is done to its end; KeyboardInterrupt is raised behind it. For what is short: imports,
    and giving files their places."""
    if not _is_main() or _held.is_set():
        yield
        return
    _held.set()
    try:
        yield
    finally:
        _held.clear()
    if _missed.is_set():
        _missed.clear()
        raise KeyboardInterrupt


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _raise(number: int, frame: FrameType | None) -> None:
    _asked.set()
    if _held.is_set():
        _missed.set()
    else:
        signal.default_int_handler(number, frame)
