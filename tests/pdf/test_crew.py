"""Workers: as many as one likes give the same bytes; and however a build ends, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from octopub import building
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.make import typeset
from octopub.pdf.room import Means
from octopub.pdf.store import Store
from tests.pdf.press import FOLDER, pdf
from tests.pdf.texts import Manuscript
from tests.tools import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


def book(chapters: int = 4, words: int = 2_000) -> str:
    """A book whose chapters are each worth a process."""
    made = Manuscript(5, title="Crew")
    for number in range(1, chapters + 1):
        made.add(f"# {made.prose(3)} {{#c{number}}}", f"[On](#c{number % chapters + 1}){{.page}} {made.prose(40, 9)}")
        made.add(*(made.prose(100) for _ in range(words // 100)))
    return made.text


@pytest.mark.parametrize("workers", [2, 3])
def test_so_many_workers_give_the_same_bytes(workers: int) -> None:
    loaded = building.load(book(), base=FOLDER)
    assert loaded.book
    assert typeset(loaded.book, open_catalogue(), {}, Means(workers)).content == pdf(book())


@pytest.mark.parametrize("keep", [True, False])
def test_a_store_makes_no_difference(keep: bool, tmp_path: Path) -> None:
    loaded = building.load(book(2, 200), base=FOLDER)
    assert loaded.book
    means = Means(1, Store(tmp_path))
    cold = typeset(loaded.book, open_catalogue(), {}, means)
    kept = list(tmp_path.iterdir())
    for file in () if keep else kept:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    warm = typeset(loaded.book, open_catalogue(), {}, means)
    alone = typeset(loaded.book, open_catalogue(), {})
    assert len(kept) == 5, "front matter, two chapters, the furniture and the faces"
    assert cold == warm == alone


# -- ends ----------------------------------------------------------------------------------------------


class Build:
    """A build with two workers, in a session of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        (folder / "book.md").write_text(book(8, 6_000), "utf-8")
        (folder / "book.pdf").write_bytes(b"old")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "octopub", "pdf", "book.md", "-o", "book.pdf", "--workers", "2", "--no-cache"],
            cwd=folder, env={**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self.wait_for(lambda: len(list(self.temporary.glob("*/*"))) == 2)  # both have the faces out
        self.workers = self._children()

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so. Raises AssertionError after a minute."""
        end = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.02)

    def _children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]

    def left(self) -> list[str]:
        """What there should not be any more: workers, and temporary files."""
        workers = [f"worker {pid}" for pid in self.workers if _is_alive(pid)]
        return [*workers, *map(str, self.temporary.iterdir())]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    made = Build(tmp_path)
    yield made
    if made.process.poll() is None:
        made.process.kill()
    made.process.communicate()


def _kill_worker(build: Build) -> None:
    os.kill(build.workers[0], signal.SIGKILL)


def _interrupt(build: Build) -> None:
    os.killpg(build.process.pid, signal.SIGINT)


@pytest.mark.parametrize(
    ("end", "status", "says"),
    [(_kill_worker, 3, "octopub: a worker was killed (signal 9)"), (_interrupt, 130, "octopub: interrupted")],
)
def test_a_build_that_is_ended_says_so_in_a_line(
    build: Build, end: Callable[[Build], None], status: int, says: str
) -> None:
    end(build)
    _, complaint = build.process.communicate(timeout=30)
    assert build.process.returncode == status
    assert [line.startswith(says) for line in complaint.strip().splitlines()] == [True]
    assert build.left() == []
    assert (build.folder / "book.pdf").read_bytes() == b"old"


def test_workers_end_with_a_build_that_is_killed(build: Build) -> None:
    build.process.kill()
    build.wait_for(lambda: build.left() == [])
    assert (build.folder / "book.pdf").read_bytes() == b"old"
