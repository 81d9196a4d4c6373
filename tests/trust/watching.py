"""octopub run as a command, with all that it and its workers open, start and connect to written down.

Python's audit events (PEP 578) are what is heard; where strace may trace, the system calls of the libraries are read
as well. Imports nothing of octopub.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.tools import ROOT, has_tool

_HOOK = '''
import os, sys
_log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def _hear(event, args):
    if event in {events!r}:
        what = args[1] if event in {second!r} else args[0]
        if event in {opening!r} and isinstance(what, (str, bytes)):
            what = os.path.abspath(os.fsdecode(what))
        os.write(_log, f"{{event}}\\t{{what!r}}\\n".encode("utf-8", "replace"))
sys.addaudithook(_hear)
'''
_OPENING = {"open", "os.listdir", "os.scandir"}
_SECOND = {"socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.exec"}
_EVENTS = {*_SECOND, *_OPENING, "socket.getaddrinfo", "os.system", "os.posix_spawn"}

_TRACED = re.compile(r'\b(open|openat|connect|execve)\((?:AT_FDCWD, )?(?:\d+, \{(.*?)\}|"(.*?)")')

_PLACES: tuple[str | Path, ...] = (*sysconfig.get_paths().values(), *sys.path, sys.prefix, sys.base_prefix, ROOT / "src", ROOT / "styles")
KNOWN = tuple(
    {Path(each).resolve() for each in _PLACES}
    | {Path(each) for each in "/usr /lib /lib64 /etc/fonts /var/cache/fontconfig /proc /sys".split()}
    | {Path(each) for each in "/etc/ld.so.cache /etc/localtime /etc/mime.types /etc/ssl/certs /dev/null /dev/urandom".split()}
)
"""Where Python, octopub and the libraries lie, and what these read of a machine by themselves (from Python 3.12 on the
certificates, when WeasyPrint is imported: it makes ready what it is never asked for)."""
ABOVE = frozenset(Path(sys.prefix).resolve().parents)
"""From Python 3.13 on it tries whether one of these is a ZIP archive with its libraries in it."""


class Watched(NamedTuple):
    """What a run said and did."""

    status: int
    said: str
    opened: set[Path]
    """Files and folders besides those that Python and the libraries lie in."""
    others: list[str]
    """Connections, and programs other than ourselves."""


class Ears:
    """Where is written down what a process and those that it starts do; a folder for all that they keep."""

    def __init__(self, scratch: str) -> None:
        self._scratch = scratch
        self._log = Path(scratch, "events")
        Path(scratch, "sitecustomize.py").write_text(
            _HOOK.format(log=str(self._log), events=_EVENTS, second=_SECOND, opening=_OPENING), "utf-8"
        )
        self._log.touch()
        self.environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([scratch, str(ROOT / "src")]),
            "XDG_CACHE_HOME": str(Path(scratch, "cache")),
            "TMPDIR": scratch,
            "HOME": scratch,
        }
        """Of the process that is heard."""

    def heard(self, status: int, said: str, traced: list[tuple[str, str, Path]]) -> Watched:
        """All of it, with the system calls that were read besides: their names, addresses and paths."""
        heard = [line.split("\t", 1) for line in self._log.read_text("utf-8").splitlines()]
        opened = {Path(what.strip("'\"")) for event, what in heard if event in _OPENING}
        opened |= {path for call, _, path in traced if call.startswith("open")}
        others = [f"{event} {what}" for event, what in heard if event not in _OPENING]
        others += [f"{call} {address or path}" for call, address, path in traced if not call.startswith("open")]
        return Watched(
            status,
            said,
            {path.resolve() for path in opened if not path.is_relative_to(self._scratch) and not _is_known(path)},
            [each for each in others if sys.executable not in each],
        )


@contextmanager
def ears() -> Iterator[Ears]:
    """Ears that are there while the body runs."""
    with tempfile.TemporaryDirectory(prefix="octopub-watch-") as scratch:
        yield Ears(scratch)


@functools.cache
def can_trace() -> bool:
    """Whether there is a strace, and a process may be traced here: a container can forbid that."""
    return sys.platform == "linux" and has_tool("strace") and _succeeds("strace", "-o", os.devnull, "true")


@functools.cache
def without_network() -> tuple[str, ...]:
    """What runs a command in a network namespace of its own, with no device that is up; nothing where that is not
    allowed, as in many containers."""
    command = ("unshare", "--net", "--map-root-user")
    return command if shutil.which("unshare") and _succeeds(*command, "true") else ()


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def watch(folder: Path, *arguments: str, trace: bool = False, within: tuple[str, ...] = ()) -> Watched:
    """Run octopub in a folder, `within` a command that runs others; with `trace` under strace, where it may trace."""
    return watch_python(folder, "-m", "octopub", *arguments, trace=trace, within=within)


def watch_python(folder: Path, *arguments: str, trace: bool = False, within: tuple[str, ...] = ()) -> Watched:
    """The same of Python."""
    with ears() as all_ears, tempfile.TemporaryDirectory() as beside:
        calls = Path(beside, "calls")
        tracer = ["strace", "-f", "-qq", "-o", str(calls), "-e", "trace=open,openat,connect,execve"]
        done = subprocess.run(
            [*within, *(tracer if trace and can_trace() else []), sys.executable, *arguments],
            cwd=folder, env=all_ears.environment, capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
        found = _TRACED.findall(calls.read_text("utf-8", "replace")) if calls.exists() else []
        return all_ears.heard(done.returncode, done.stderr, [(call, where, folder / path) for call, where, path in found])


def _is_known(path: Path) -> bool:
    return path in ABOVE or any(each.is_relative_to(place) for each in (path, path.resolve()) for place in KNOWN)
