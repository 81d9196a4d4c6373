"""Folders for the time of some work, and what killed runs left of theirs.

Imports nothing of octopub. Whoever works in one holds a lock on it, which ends with the process however that ends: one
that nobody holds was left, and the next run removes it. Where a system has no such locks (Windows, some network
folders), nothing is taken for left.
"""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

try:
    import fcntl
except ImportError:  # Windows
    HAS_LOCKS = False
else:
    HAS_LOCKS = True

_PREFIX = "octopub-work-"
_NAMES = re.compile(rf"\.?{_PREFIX}[a-z0-9_]{{8}}")  # as `tempfile` ends them


class Scratch:
    """A folder that is this user's alone, until it is closed, or forgotten; a context manager."""

    def __init__(self, beside: Path | None = None) -> None:
        """Hidden in the folder `beside`, or else among the system's temporary ones. Raises OSError."""
        self.path, held = _made(f".{_PREFIX}" if beside else _PREFIX, beside)
        self._end = weakref.finalize(self, _close, self.path, held)
        self._end.atexit = False  # a process that was forked from this one has its own end

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove it with all that is in it."""
        self._end()


def remove_left(folder: Path | None = None) -> None:
    """Remove what killed runs left in a folder, or else among the system's temporary ones, as far as it is this
    user's."""
    if not HAS_LOCKS:
        return
    with suppress(OSError):  # whoever wants to write there says so
        folder = folder or Path(tempfile.gettempdir())
        for path in [path for path in folder.iterdir() if _NAMES.fullmatch(path.name)]:
            with suppress(OSError):  # held, gone meanwhile, or somebody else's
                _remove(path)


def _close(path: Path, held: int | None) -> None:
    with suppress(OSError):  # what can be removed goes now, the rest with the next run
        rmtree(path, ignore_errors=True)
    if held is not None:
        with suppress(OSError):
            os.close(held)


def _made(prefix: str, folder: Path | None) -> tuple[Path, int | None]:
    """A new folder, and a descriptor that holds it, where there are locks."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        if not HAS_LOCKS:
            return path, None
        held = os.open(path, os.O_RDONLY)
        with suppress(OSError):  # there are none here: nobody else gets one either
            fcntl.flock(held, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):  # another run has just taken it for left
            if os.path.samestat(os.fstat(held), path.stat()):
                return path, held
        os.close(held)


def _remove(path: Path) -> None:
    """Remove a folder of this user's. Raises OSError where it is none, or somebody holds it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_uid == os.geteuid():
            rmtree(path)
    finally:
        os.close(descriptor)
