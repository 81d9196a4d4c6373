"""A build of a large book as a command of its own, to be ended while it is at work; and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.pdf.texts import Manuscript
from tests.tools import ROOT


def book(chapters: int = 4, words: int = 2_000) -> str:
    """A book whose chapters are each worth a process."""
    made = Manuscript(5, title="Crew")
    for number in range(1, chapters + 1):
        made.add(f"# {made.prose(3)} {{#c{number}}}", f"[On](#c{number % chapters + 1}){{.page}} {made.prose(40, 9)}")
        made.add(*(made.prose(100) for _ in range(words // 100)))
    return made.text


class Build:
    """A build with two workers, in a session of its own."""

    def __init__(self, folder: Path, *options: str, wait: bool = True) -> None:
        """Without `wait`, its workers need not be at work yet."""
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        (folder / "book.md").write_text(book(8, 6_000), "utf-8")
        (folder / "book.pdf").write_bytes(b"old")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "octopub", "pdf", "book.md", "-o", "book.pdf", "--workers", "2", "--no-cache", *options],
            cwd=folder, env={**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        if wait:
            self.wait_for(lambda: len(list(self.temporary.glob("*/*"))) == 2)  # both have the faces out
        self.others = self.processes() - {self.process.pid}

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so. Raises AssertionError after a minute."""
        end = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.02)

    def processes(self) -> set[int]:
        """The numbers of all processes that live in its session."""
        return {int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal() and self._is_ours(each)}

    def _is_ours(self, process: Path) -> bool:
        try:
            state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            return False
        return state != "Z" and int(session) == self.process.pid

    def workers(self) -> list[int]:
        """Those of them that set type: they lead groups of their own."""
        return sorted(pid for pid in self.others if os.getpgid(pid) == pid)

    def left(self) -> list[str]:
        """What there should not be any more: processes, and temporary files."""
        return [*map(str, self.processes()), *map(str, self.temporary.iterdir()), *map(str, self.folder.glob(".octopub-*"))]

    def end(self) -> None:
        """Leave nothing of it, whatever it is at."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
