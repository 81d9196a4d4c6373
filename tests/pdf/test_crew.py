"""Workers: as many as one likes give the same bytes; and however a build ends, nothing is left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from octopub import building
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.make import typeset
from octopub.pdf.room import Means
from octopub.pdf.store import Store
from tests.pdf.press import FOLDER, pdf
from tests.processes import Build, book

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


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


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    made = Build(tmp_path)
    yield made
    made.end()


def _kill_worker(build: Build) -> None:
    os.kill(build.workers()[0], signal.SIGKILL)


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
