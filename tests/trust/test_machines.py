"""Machines as they may be: other names, encodings, clocks, homes and caches than those that one has in mind."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from octopub.cli import homes
from tests.running import ESSAY, Run
from tests.tools import ROOT

UNTITLED = ESSAY.replace("title: On Notes\n", "")

# -- names and encodings ------------------------------------------------------------------------

NAMES = ("a b", "it's \"so\"", "🐙 é", "-x", "--help", "*", "%s{x}", "[b]", "$HOME;ls", "a\nb", "x" * 240)
"""Names of manuscripts, without their ending."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name(run: Run, name: str) -> None:
    run.write(f"{name}.md", UNTITLED)
    ran = run("epub", "--", f"{name}.md")
    assert (ran.status, ran.out) == (0, f"build/{name}.epub\n")
    assert run.files() == {f"{name}.md", f"build/{name}.epub"}
    assert run("check", "--diff", "--", f"{name}.md").status == 0


ENCODINGS = {
    "UTF-8": {"LC_ALL": "C.UTF-8"},
    "none": {"LANG": "C"},
    "none, and Python does not help": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """One that is in no encoding too: its bytes come out as they went in, and the title has a mark for them."""
    names = {"caf\xe9.md".encode("latin-1"): "caf\ufffd", "café 🐙.md".encode(): "café 🐙"}
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(UNTITLED, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    for name, title in names.items():
        done = subprocess.run(
            [sys.executable, "-m", "octopub", "epub", name], cwd=tmp_path, capture_output=True, check=False,
            env={**environment, **ENCODINGS[encoding], "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, b"build/" + name.removesuffix(b".md") + b".epub\n"), done.stderr
        assert f"“{title}”, the file's name".encode() in done.stderr


def test_letters_that_an_encoding_lacks_are_told_by_their_numbers(run: Run) -> None:
    run.write("a.md", UNTITLED)
    done = subprocess.run(
        [sys.executable, "-m", "octopub", "check", "a.md"], cwd=run.folder, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u201ca\\u201d, the file's name" in done.stdout


# -- clocks -------------------------------------------------------------------------------------

CLOCKS = {"1970": 0.0, "2100": 4_102_444_800.0}


@pytest.mark.parametrize("now", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_is_wrong_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(run.folder / "cache"))
    source = run.write("a.md", ESSAY)
    assert run("build", "a.md").status == 0
    made = {path.name: path.read_bytes() for path in (run.folder / "build").iterdir()}
    monkeypatch.setattr(time, "time", lambda: now)
    for path in [source, *(run.folder / "cache").rglob("*")]:
        os.utime(path, (now, now))
    assert run("build", "a.md").status == 0
    assert run("build", "a.md", "--no-cache").status == 0
    assert {path.name: path.read_bytes() for path in (run.folder / "build").iterdir()} == made


@pytest.mark.parametrize("second", [0, 4_102_444_800, 253_402_300_799])
def test_dates_at_the_ends_of_time(run: Run, monkeypatch: pytest.MonkeyPatch, second: int) -> None:
    """As far as year 9999; an archive's own dates, which are from 1980 to 2107, do not follow."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(second))
    run.write("a.md", ESSAY)
    assert run("build", "a.md").status == 0


# -- homes and caches ---------------------------------------------------------------------------


def nobody(_: int) -> None:
    raise KeyError


@pytest.fixture
def homeless(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A user whom nobody knows, as in a container."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    run.write("a.md", ESSAY)
    return run


def test_without_a_home_there_is_no_cache(homeless: Run) -> None:
    assert homeless("pdf", "a.md").status == 0
    assert homeless.files() == {"a.md", "build/a.pdf"}
    assert homeless("doctor", "--clear-cache") == (0, "nothing is kept without a home\n", "")
    ran = homeless("desk", "--no-open")
    assert (ran.status, ran.err) == (3, "octopub: this user has no home folder: name a folder with --folder\n")


def test_a_tilde_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As older releases of platformdirs have it for such a user."""
    monkeypatch.setattr(homes, "user_cache_path", lambda *_, **__: Path("~/.cache/octopub"))
    assert homes.cache() is None


def test_a_home_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/proc")
    run.write("a.md", ESSAY)
    assert run("build", "a.md") == (0, "build/a.epub\nbuild/a.pdf\n", "")


def instead(file: Path, make: Callable[[], object]) -> None:
    """Something else in a file's place."""
    file.unlink()
    make()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-9]),
    "a bit": lambda file: file.write_bytes(file.read_bytes()[:40] + b"?" + file.read_bytes()[41:]),
    "another's": lambda file: file.write_bytes(b"?" * 10_000),
    "a folder": lambda file: instead(file, file.mkdir),
    "a link to nowhere": lambda file: instead(file, lambda: file.symlink_to("nowhere")),
    "a link to itself": lambda file: instead(file, lambda: file.symlink_to(file.name)),
}


def test_a_cache_that_is_damaged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(run.folder / "cache"))
    run.write("a.md", ESSAY)
    assert run("pdf", "a.md").status == 0
    made = (run.folder / "build/a.pdf").read_bytes()
    kept = {path: path.read_bytes() for path in (run.folder / "cache/octopub/formes").iterdir()}
    for name, damage in DAMAGES.items():
        for path in kept:
            damage(path)
        assert run("pdf", "a.md") == (0, "build/a.pdf\n", ""), name
        assert (run.folder / "build/a.pdf").read_bytes() == made, name
        for path, content in kept.items():
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
            path.write_bytes(content)


FULL = """
import errno, io, os, pathlib, sys
write = pathlib.Path.write_bytes
def full(path, data):
    if "octopub-work-" in str(path):
        raise OSError(errno.ENOSPC, "No space left on device")
    return write(path, data)
pathlib.Path.write_bytes = full
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_room_for_temporary_files(run: Run, workers: str) -> None:
    run.write("a.md", ESSAY + "".join(f"\n# Chapter {number}\n\n{'Words. ' * 4_000}\n" for number in range(3)))
    run.write("site/sitecustomize.py", FULL)
    run.write("temporary/x", "")
    done = subprocess.run(
        [sys.executable, "-m", "octopub", "pdf", "a.md", "--no-cache", "--workers", workers], cwd=run.folder,
        env={
            **os.environ, "PYTHONPATH": f"{run.folder / 'site'}{os.pathsep}{ROOT / 'src'}",
            "TMPDIR": str(run.folder / "temporary"),
        }, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("octopub: /")
    assert done.stderr.endswith("/00.ttf: no space left on device: make room there\n")
    assert done.stderr.count("\n") == 1
    assert {path.name for path in (run.folder / "temporary").iterdir()} == {"x"}
