"""Remedies: the commands that supply what a machine lacks, for each system.

Imports nothing of octopub. They are said, never run.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class System(StrEnum):
    """The systems that have commands of their own."""

    DEBIAN = "Debian"
    FEDORA = "Fedora"
    ARCH = "Arch"
    MACOS = "macOS"
    WINDOWS = "Windows"


PANGO = {
    System.DEBIAN: ("sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",),
    System.FEDORA: ("sudo dnf install pango harfbuzz",),
    System.ARCH: ("sudo pacman -S --needed pango harfbuzz",),
    System.MACOS: ("brew install pango",),
    # Where WeasyPrint looks for them on Windows, MSYS2 puts them.
    System.WINDOWS: (
        "winget install MSYS2.MSYS2",
        r'C:\msys64\usr\bin\bash -lc "pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"',
    ),
}
"""What installs Pango and HarfBuzz, its subsetter included, by system."""

ELSEWHERE = ("install Pango and HarfBuzz, with its subsetter, by this system's package manager",)


def system(name: str, release: Mapping[str, str]) -> System | None:
    """The system that calls itself so: `sys.platform`, and what `os-release` says (freedesktop.org, os-release(5)).
    None where it is none of those, nor made from one."""
    if name in ("darwin", "win32"):
        return System.MACOS if name == "darwin" else System.WINDOWS
    families = {"debian": System.DEBIAN, "ubuntu": System.DEBIAN, "fedora": System.FEDORA, "rhel": System.FEDORA,
                "arch": System.ARCH}  # fmt: skip
    called = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((families[each] for each in called if each in families), None)


def this_system() -> System | None:
    """The one that this is."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    return system(sys.platform, release)


def pango(where: System | None, *, is_root: bool = False) -> tuple[str, ...]:
    """The commands, one a line, that install Pango there; who is root needs no `sudo`."""
    lines = PANGO[where] if where else ELSEWHERE
    return tuple(line.removeprefix("sudo ") for line in lines) if is_root else lines


def pango_here() -> tuple[str, ...]:
    """The same for this machine and user."""
    return pango(this_system(), is_root=hasattr(os, "geteuid") and os.geteuid() == 0)


def packages(names: Iterable[str], prefix: str = sys.prefix, python: str = sys.executable) -> str:
    """The command that installs Python packages beside octopub, whose environment is in the folder `prefix`: by pipx,
    where that made it."""
    wanted = " ".join(names)
    folders = PurePath(prefix).parts
    if folders[-3:-1] == ("pipx", "venvs"):
        return f"pipx inject {folders[-1]} {wanted}"
    quoted = f'"{python}"' if " " in python else python
    return f"{quoted} -m pip install {wanted}"


_AFTER = {
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
    errno.EACCES: "it takes a permission that you do not have",
    errno.EPERM: "it takes a permission that you do not have",
    errno.EROFS: "it can only be read",
    errno.EMFILE: "allow for more open files (`ulimit -n`)",
}


def refused(error: OSError) -> str:
    """What the system refused, and what to do about it, as far as that is known; in a line."""
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    reason = (error.strerror or str(error)).lower()
    return ": ".join(filter(None, (name, reason, _AFTER.get(error.errno or 0, ""))))
