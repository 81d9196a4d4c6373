"""This user's folders, each as its system has it. A user need not have a home: a process in a container may run under a
number that nobody knows.

Imports platformdirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from platformdirs import user_cache_path, user_desktop_path, user_documents_path

from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def cache() -> Path | None:
    """Where octopub may keep what can be made again; None for a user without a home."""
    return _found(lambda: user_cache_path("octopub", appauthor=False))


def documents() -> Path:
    """Raises MachineError for a user without a home."""
    return _needed(_found(user_documents_path), "name a folder with --folder")


def desktop() -> Path:
    """Raises MachineError for a user without a home."""
    return _needed(_found(user_desktop_path), "set HOME")


def _found(ask: Callable[[], Path]) -> Path | None:
    try:
        path = ask()
    except RuntimeError:  # it cannot be told
        return None
    return path if path.is_absolute() else None  # platformdirs before 4.5 hands back the tilde


def _needed(path: Path | None, remedy: str) -> Path:
    if path is None:
        raise MachineError(f"this user has no home folder: {remedy}")
    return path
