"""What the machine must have beside Python's packages: found, installed, or named.

    python tools/machine.py        what `make` needs
    python tools/machine.py test   what `make test` needs, too

As root on a system with apt, what is missing is installed. Anywhere else the command that installs it
is printed, and the exit status is 1. Imports the standard library only, for it runs before there is a
`.venv`; installs nothing that is there already, and nothing outside the system's package manager.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

INSTALL = {
    "apt-get": "apt-get install --yes --no-install-recommends",
    "dnf": "dnf install",
    "pacman": "pacman -S --needed",
    "apk": "apk add",
    "zypper": "zypper install",
    "brew": "brew install",
}
"""How each package manager is told to install."""


@dataclass(frozen=True)
class Need:
    """Something that the machine must have: its name, whether it is there, and the packages that have it,
    by package manager.
    """

    name: str
    found: Callable[[], bool]
    packages: dict[str, str]


def _library(name: str) -> bool:
    """Whether the shared library loads; WeasyPrint looks for it under the same file names."""
    for file in (f"lib{name}.so.0", f"lib{name}.dylib", f"lib{name}.0.dylib"):
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return True
    return False


def _pango() -> bool:
    # Without HarfBuzz's subsetter WeasyPrint falls back on another, and the PDF has other bytes.
    return all(map(_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")))


def _venv() -> bool:
    # Debian splits this part of the standard library off.
    return importlib.util.find_spec("ensurepip") is not None


def _java() -> bool:
    """Whether there is a Java that compiles: the tests run EPUBCheck from one source file of their own."""
    if not (java := shutil.which("java")):
        return False
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False)
    return "jdk.compiler" in modules.stdout


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(map(shutil.which, names))


def _strace() -> bool:
    return sys.platform != "linux" or shutil.which("strace") is not None


TO_PRINT = (
    Need("venv", _venv, {"apt-get": "python3-venv"}),
    Need(
        "pango",
        _pango,
        {
            "apt-get": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            "dnf": "pango harfbuzz",
            "pacman": "pango harfbuzz",
            "apk": "pango so:libharfbuzz-subset.so.0",
            "zypper": "libpango-1_0-0 libharfbuzz-subset0",
            "brew": "pango",
        },
    ),
)

TO_TEST = (
    Need(
        "java",
        _java,
        {
            "apt-get": "default-jdk-headless",
            "dnf": "java-devel",
            "pacman": "jdk-openjdk",
            "apk": "openjdk17-jdk",
            "zypper": "java-devel",
            "brew": "openjdk",
        },
    ),
    Need("chromium", _program("chromium", "chromium-browser"), dict.fromkeys(INSTALL, "chromium")),
    Need(
        "pdftotext",
        _program("pdftotext"),
        {**dict.fromkeys(INSTALL, "poppler-utils"), **dict.fromkeys(("pacman", "brew"), "poppler")},
    ),
    Need("qpdf", _program("qpdf"), dict.fromkeys(INSTALL, "qpdf")),
    # On Debian without what it recommends: that would be half a desktop.
    Need("ebook-viewer", _program("ebook-viewer"), dict.fromkeys(INSTALL, "calibre")),
    # Reads the system calls of libraries, which Python does not see. There is none but for Linux.
    Need("strace", _strace, dict.fromkeys(INSTALL.keys() - {"brew"}, "strace")),
    Need("npm", _program("npm"), {**dict.fromkeys(INSTALL, "nodejs npm"), "brew": "node"}),
)


def missing(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Those of the needs that the machine lacks."""
    return tuple(need for need in needs if not need.found())


def command(needs: tuple[Need, ...]) -> str | None:
    """The command that installs them on this system; None if its package manager is unknown."""
    manager = next(filter(shutil.which, INSTALL), None)
    if manager is None:
        return None
    sudo = "" if manager == "brew" or os.geteuid() == 0 else "sudo "
    packages = " ".join(filter(None, (need.packages.get(manager) for need in needs)))
    return f"{sudo}{INSTALL[manager]} {packages}" if packages else None


def _install(line: str) -> bool:
    """Run apt quietly: its words are shown only if it fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], line.split()):
        done = subprocess.run(
            step, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            return False
    return True


def _ask(lacking: tuple[Need, ...], line: str | None) -> str:
    """What a person is told to do."""
    names = ", ".join(need.name for need in lacking)
    if line is None:
        return f"octopub needs {names}: install them with this system's package manager, then make again"
    advice = f"octopub needs {names}. Install what is missing, then make again:\n\n    {line}\n"
    if "brew" in line:
        advice += "\nIf it is there, take Homebrew's Python: make PYTHON=$(brew --prefix)/bin/python3\n"
    return advice


def main(arguments: list[str]) -> int:
    """Supply what is missing, or say how: 0 if all is there in the end."""
    needs = TO_PRINT + TO_TEST if arguments == ["test"] else TO_PRINT
    lacking = missing(needs)
    line = command(lacking) if lacking else None
    if line and line.startswith("apt-get "):
        print(f"Installing {', '.join(need.name for need in lacking)} …", file=sys.stderr)
        if _install(line):
            importlib.invalidate_caches()
            lacking = missing(lacking)
    if lacking:
        print(_ask(lacking, line), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
