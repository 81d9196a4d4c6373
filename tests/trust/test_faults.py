"""Killed, interrupted, or refused something by the system, at any call: the old files are there or the new ones, whole.

`tools/faults.py` does it at each call; here it is one of some.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from octopub.cli.placing import Output, place, put
from tests.running import ESSAY, Run
from tests.tools import ROOT
from tools import tracing

EVERY = {"desk": 2, "epub": 23, "import": 31, "check --fix": 41, "new": 61}


@pytest.mark.parametrize("name", EVERY)
def test_what_a_fault_leaves(tmp_path: Path, name: str) -> None:
    """In a process of its own: it forks, and there must be no threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.faults", "--every", str(EVERY[name]), name], cwd=ROOT, check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "TMPDIR": str(tmp_path)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    kinds = [fault.name for fault in (tracing.KILL, *tracing.SIGNALS, *(tracing.ERRORS if tracing.CAN_FAIL else ()))]
    assert [kind for kind in kinds if f" {kind}" not in done.stdout] == []


def test_a_file_is_kept_before_it_gets_its_place_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power failure leaves is what was kept (`fsync`)."""
    done = []
    keep, replace = os.fsync, Path.replace

    def kept(descriptor: int) -> None:
        done.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file")
        keep(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        done.append("place")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", kept)
    monkeypatch.setattr(Path, "replace", replaced)
    place([Output(tmp_path / "new/a", put(b"new"), make_folder=True)])
    assert done == ["folder", "file", "place", "folder"]


def test_two_builds_to_one_output(run: Run) -> None:
    """Whoever reads it meanwhile reads a whole one."""
    run.write("a.md", ESSAY)
    run.write("b.md", ESSAY.replace("On Notes", "On Other Notes"))
    whole = set()
    for name in ("a", "b"):
        assert run("epub", f"{name}.md", "-o", "out.epub").status == 0
        whole.add((run.folder / "out.epub").read_bytes())
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "octopub", "epub", f"{name}.md", "-o", "out.epub"], stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        for name in ("a", "b")
    ]  # fmt: skip
    while any(process.poll() is None for process in both):
        assert (run.folder / "out.epub").read_bytes() in whole
    assert [process.returncode for process in both] == [0, 0]
    assert (run.folder / "out.epub").read_bytes() in whole
    assert run.files() == {"a.md", "b.md", "out.epub"}


def test_a_reader_of_the_old_file_goes_on_reading_it(run: Run) -> None:
    run.write("a.md", ESSAY)
    with run.write("a.epub", "old").open() as reader:
        assert run("epub", "a.md", "-o", "a.epub").status == 0
        assert reader.read() == "old"
