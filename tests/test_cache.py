"""What the commands keep of what was laid out: used, left alone, cleared."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.running import ESSAY, Run


def test_the_cache_is_used_left_alone_and_cleared(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(run.folder / "cache"))
    run.write("a.md", ESSAY)
    assert run("pdf", "a.md", "--no-cache").status == 0
    assert not (run.folder / "cache").exists()
    first = (run.folder / "build/a.pdf").read_bytes()
    assert run("pdf", "a.md").status == 0
    kept = list((run.folder / "cache/octopub/formes").iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:-9])
    assert run("pdf", "a.md").status == 0
    assert (run.folder / "build/a.pdf").read_bytes() == first
    ran = run("doctor", "--clear-cache")
    assert (ran.status, ran.out.endswith(" MB removed\n")) == (0, True)
    assert list((run.folder / "cache/octopub/formes").iterdir()) == []


def test_a_cache_that_cannot_be_kept_is_done_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("cache", "a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(run.folder / "cache"))
    run.write("a.md", ESSAY)
    assert run("pdf", "a.md") == (0, "build/a.pdf\n", "")


def test_two_builds_at_once_do_each_other_no_harm(run: Run) -> None:
    run.write("a.md", ESSAY)
    command = [sys.executable, "-m", "octopub", "pdf", "a.md", "-o"]
    environment = os.environ | {"XDG_CACHE_HOME": str(run.folder / "cache")}
    both = [subprocess.Popen([*command, name], env=environment) for name in ("one.pdf", "two.pdf")]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert run("pdf", "a.md", "--no-cache", "-o", "three.pdf").status == 0
    first, *others = [(run.folder / f"{name}.pdf").read_bytes() for name in ("one", "two", "three")]
    assert others == [first, first]
