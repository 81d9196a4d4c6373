"""What killed runs left is removed, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from octopub.cli.placing import Output, place, put
from octopub.scratch import Scratch, remove_left
from tests.running import ESSAY, Run

NAMED = "octopub-work-abcdefgh"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


KILLED = """
import os, signal, sys
from pathlib import Path
from octopub.scratch import Scratch
made = Scratch({place})
(made.path / "half").write_text("ha")
print(made.path, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path, place: str = "") -> Path:
    """The folder that a killed process left among these temporary ones, or in a place."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(place=place)], env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    left = Path(done.stdout.strip())
    assert (left / "half").exists()
    return left


def test_the_next_pdf_removes_what_was_left(run: Run, temporary: Path) -> None:
    left = killed(temporary)
    run.write("a.md", ESSAY)
    assert run("pdf", "a.md", "--no-cache").status == 0
    assert not left.exists()
    assert list(temporary.iterdir()) == []


def test_the_next_output_removes_what_was_left_beside_it(temporary: Path) -> None:
    left = killed(temporary, f"Path({str(temporary)!r})")
    assert left.name.startswith(".")
    place([Output(temporary / "a", put(b"new"))])
    assert {path.name for path in temporary.iterdir()} == {"a"}


def test_what_is_in_use_stays(temporary: Path) -> None:
    with Scratch() as used, Scratch(beside=temporary) as beside:
        remove_left()
        assert used.exists()
        assert beside.exists()
    assert list(temporary.iterdir()) == []


def test_what_is_forgotten_goes(temporary: Path) -> None:
    made = Scratch()
    assert made.path.exists()
    del made
    assert list(temporary.iterdir()) == []


OTHERS: dict[str, Callable[[Path], object]] = {
    "a file": lambda path: path.write_text("mine"),
    "a link": lambda path: path.symlink_to(path.parent.parent),
    "a pipe": os.mkfifo,
    "another name": lambda path: path.with_name("octopub-work-of-mine").mkdir(),
}


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_what_is_not_ours_stays(temporary: Path, make: Callable[[Path], object]) -> None:
    make(temporary / NAMED)
    before = list(temporary.iterdir())
    remove_left()
    assert list(temporary.iterdir()) == before != []


def test_what_is_another_users_stays(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (temporary / NAMED).mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: os.getuid() + 1)
        remove_left()
    assert (temporary / NAMED).exists()
    remove_left()
    assert not (temporary / NAMED).exists()
