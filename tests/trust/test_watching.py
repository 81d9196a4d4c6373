"""Those who listen for what a build asks for hear it; and where there is no network at all, the essay is built the same."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import ROOT, needs_tool
from tests.trust.watching import can_trace, watch, watch_python, without_network

LIBRARY = """
import ctypes, socket, struct
libc = ctypes.CDLL(None)
libc.open({secret!r}.encode(), 0)
place = struct.pack("=H", socket.AF_INET) + struct.pack("!H", 9) + socket.inet_aton("127.0.0.1") + bytes(8)
libc.connect(libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0), place, len(place))
"""
"""What a library does behind Python's back."""

DEEDS = {
    "a file": "open({secret!r})",
    "a folder": "import os; os.listdir({beside!r})",
    "a connection": "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
    "a name": "import socket; socket.getaddrinfo('localhost', 9)",
    "a program": "import subprocess; subprocess.run(['/bin/true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os, sys; os.fork() or open({secret!r})",
}


@pytest.mark.parametrize("name", DEEDS)
def test_what_python_does_is_heard(tmp_path: Path, name: str) -> None:
    _lay(tmp_path)
    watched = watch_python(tmp_path / "project", "-c", _deed(tmp_path, DEEDS[name]))
    assert watched.status == 0, watched.said
    assert len([each for each in watched.opened if not each.is_relative_to(tmp_path / "project")] + watched.others) == 1


def test_what_a_library_does_is_heard_where_it_may_be_traced(tmp_path: Path) -> None:
    """Elsewhere Python's events are all that is heard."""
    if sys.platform == "linux":
        needs_tool("strace")
    _lay(tmp_path)
    watched = watch_python(tmp_path / "project", "-c", _deed(tmp_path, LIBRARY), trace=True)
    assert (tmp_path / "beside/secret.txt" in watched.opened) is can_trace()
    assert any(each.startswith("connect ") and "127.0.0.1" in each for each in watched.others) is can_trace()


def _lay(folder: Path) -> None:
    (folder / "project").mkdir()
    (folder / "beside").mkdir()
    (folder / "beside/secret.txt").write_text("secret")


def _deed(folder: Path, text: str) -> str:
    return text.format(secret=str(folder / "beside/secret.txt"), beside=str(folder / "beside"))


REACHED = "import socket; print(socket.socket().connect_ex(('127.0.0.1', 9)))"
"""Where nobody listens: refused where there is a network, unreachable where there is none."""


def test_the_essay_is_built_the_same_where_there_is_no_network(tmp_path: Path) -> None:
    """Where no namespace may be made, that nobody asks for a network is what is seen."""
    told: list[list[bytes]] = []
    for within in (), without_network():
        folder = tmp_path / f"project-{len(told)}"
        shutil.copytree(ROOT / "manuscript", folder / "manuscript")
        watched = watch(folder, "build", within=within)
        assert (watched.status, watched.others) == (0, []), watched.said
        told.append([(folder / f"build/october-1917.{kind}").read_bytes() for kind in ("epub", "pdf")])
    assert told[0] == told[1]


def test_there_is_no_network_in_a_namespace() -> None:
    commands = [[*within, sys.executable, "-c", REACHED] for within in ((), without_network())]
    outside, inside = (int(subprocess.run(each, capture_output=True, check=True).stdout) for each in commands)
    assert outside == errno.ECONNREFUSED
    assert (inside == errno.ENETUNREACH) is bool(without_network())
