"""Bounds: of time and memory for a command and all its processes, and what `--untrusted` leaves out."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import octopub
from octopub.faces.catalogue import packaged
from tests.processes import Build
from tests.running import ESSAY, Run
from tests.tools import ROOT

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only there memory is bounded, and /proc looked at")


# -- time and memory ----------------------------------------------------------------------------


def _stop(build: Build) -> None:
    """What does the work answers to nothing any more."""
    for process in build.others:
        os.kill(process, signal.SIGSTOP)
    build.process.terminate()


def _kill(build: Build) -> None:
    (commands,) = build.others - set(build.workers())
    os.kill(commands, signal.SIGKILL)


def _interrupt(build: Build) -> None:
    os.killpg(build.process.pid, signal.SIGINT)


def _terminate(build: Build) -> None:
    build.process.terminate()


@needs_linux
@pytest.mark.parametrize(
    ("deed", "status", "says"),
    [
        (_stop, 130, "octopub: interrupted"),
        (_kill, 3, "octopub: the command was killed (signal 9), probably since it may take 1800 MB"),
        (_interrupt, 130, "octopub: interrupted"),
        (_terminate, 130, "octopub: interrupted"),
    ],
)
def test_a_bounded_build_ends_with_all_its_processes(
    tmp_path: Path, deed: Callable[[Build], None], status: int, says: str
) -> None:
    build = Build(tmp_path, "--timeout", "600", "--max-memory", "1800")
    try:
        assert len(build.workers()) == 2
        limits = {re.search(r"Max data size +\d+ +(\d+) ", Path(f"/proc/{each}/limits").read_text())[1] for each in build.others}  # type: ignore[index]  # each has the line
        assert limits == {str(1_800_000_000 // 3)}
        deed(build)
        _, complaint = build.process.communicate(timeout=30)
        build.wait_for(lambda: not build.processes())
        (line,) = complaint.strip().splitlines()
        assert (build.process.returncode, line[: len(says)]) == (status, says)
        assert deed is _stop or build.left() == []
        assert (tmp_path / "book.pdf").read_bytes() == b"old"
    finally:
        build.end()


@needs_linux
def test_a_build_whose_time_is_up(tmp_path: Path) -> None:
    build = Build(tmp_path, "--timeout", "3", wait=False)
    try:
        _, complaint = build.process.communicate(timeout=60)
        assert complaint.startswith("octopub: this took longer than 3 seconds: ")
        assert build.process.returncode == 3
        build.wait_for(lambda: build.left() == [])
        assert (tmp_path / "book.pdf").read_bytes() == b"old"
    finally:
        build.end()


def command(folder: Path, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run octopub in a folder, as a process of its own: a bounded command speaks from another one."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-m", "octopub", *arguments], cwd=folder, input=text, env=environment, capture_output=True, check=False)


def test_a_library_that_loses_its_lack_of_memory_is_no_defect(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise ValueError from SystemError("error return without exception set")

    monkeypatch.setattr("octopub.building.epub", lacking)
    run.write("a.md", ESSAY)
    assert run("epub", "a.md") == (3, "", "octopub: there is not enough memory for this text\n")


@needs_linux
def test_a_text_that_needs_more_memory_is_given_up(run: Run) -> None:
    run.write("text.md", "# A\n\n" + "word\n\n" * 200_000)
    run.write("build/text.epub", "old")
    ran = command(run.folder, "epub", "text.md", "--max-memory", "200")
    assert ran.returncode == 3
    assert ran.stderr == b"octopub: there is not enough memory for this text: it may take 200 MB (--max-memory)\n"
    assert (run.folder / "build/text.epub").read_text() == "old"


def test_bounds_make_no_difference_to_the_bytes(tmp_path: Path) -> None:
    ran = command(tmp_path, "epub", "-", "-o", "-", "--untrusted", text=ESSAY.encode())
    assert ran.stdout == octopub.build_epub(ESSAY, untrusted=True) == octopub.build_epub(ESSAY)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["pdf", "--timeout", "9", "--dask", "tcp://127.0.0.1:9"], "--dask does not go with bounds"),
        (["epub", "--untrusted", "--epubcheck"], "--epubcheck does not go with bounds of memory"),
        (["build", "--max-memory", "500", "--ace"], "--ace does not go with bounds of memory"),
        (["check", "--max-memory", "5"], "5 is not in the range"),
        (["import", "a.txt", "--timeout", "0"], "0.0 is not in the range"),
    ],
)
def test_what_cannot_be_bounded_is_refused(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert says in ran.err


def test_a_system_that_bounds_no_memory_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("a.md", ESSAY)
    monkeypatch.setattr("octopub.cli.bounds._can_bound_memory", lambda: False)
    asked = run("epub", "a.md", "--max-memory", "500")
    assert (asked.status, asked.err) == (3, "octopub: --max-memory: this system bounds the memory of no process; use a container\n")
    without = run("epub", "a.md", "--untrusted")
    assert (without.status, without.err) == (0, "octopub: memory is not bounded: this system does not do it (use a container)\n")


# -- what a stranger's text may read ------------------------------------------------------------


def png(side: int) -> bytes:
    """A square picture of one grey."""
    out = io.BytesIO()
    Image.new("L", (side, side), 128).save(out, "PNG", compress_level=1)
    return out.getvalue()


def own_face() -> bytes:
    family = packaged("EB Garamond")
    assert family
    return family.face().path.read_bytes()


TEXT = "manuscript/essay.md"
PICTURED = ESSAY + "\n![A square](a.png)\n"
OUTSIDE = ESSAY + "\n![A square](../a.png)\n"


def link_away(run: Run) -> None:
    """The manuscript becomes a link out of the project."""
    (run.folder / TEXT).unlink()
    (run.folder / TEXT).symlink_to(run.write("../essay.md", ESSAY))


def build_away(run: Run) -> None:
    """The folder for the outputs becomes such a link."""
    (run.folder / "build").rename(run.folder.parent / "away")
    (run.folder / "build").symlink_to(run.folder.parent / "away")


Lay = Callable[[Run], object]

STRANGE: dict[str, tuple[Lay, str]] = {
    "its own styles": (lambda run: run.write("styles/base.css", "p { color: red }"), "styles: warning [not-trusted]"),
    "its own faces": (lambda run: run.write("fonts/own.ttf", own_face()), "fonts: warning [not-trusted]"),
    "a picture beside the manuscript's folder": (
        lambda run: (run.write(TEXT, OUTSIDE), run.write("a.png", png(9))), "manuscript/essay.md:11:1: error [image-outside]"
    ),
    "more pixels": (
        lambda run: (run.write(TEXT, PICTURED), run.write("manuscript/a.png", png(6400))),
        "manuscript/essay.md:11:1: error [image-unreadable]",
    ),
    "more bytes of a picture": (
        lambda run: (run.write(TEXT, PICTURED), run.write("manuscript/a.png", png(9) + bytes(20_000_000))),
        "manuscript/essay.md:11:1: error [image-unreadable]",
    ),
    "a longer text": (
        lambda run: run.write(TEXT, ESSAY + "<!--" + " " * 4_000_000 + "-->"), "manuscript/essay.md:1:1: error [too-large]"
    ),
    "a text that is a link": (link_away, "manuscript/essay.md: error [leads-out]"),
    "outputs that go elsewhere": (build_away, "build: error [leads-out]"),
}  # fmt: skip
"""What lies in a project that all else is well with, and the complaint that is made only where it is a stranger's."""


@pytest.mark.parametrize(("lay", "complaint"), STRANGE.values(), ids=STRANGE)
def test_a_stranger_s_text_may_do_less(run: Run, lay: Lay, complaint: str) -> None:
    run.write(TEXT, ESSAY)
    plain = _built(run)
    lay(run)
    kept = _built(run)
    is_warning = ": warning" in complaint
    ran = command(run.folder, "epub", "--untrusted")
    said = [re.sub(r": (error|warning): .* \[", r": \1 [", line) for line in ran.stderr.decode().splitlines()]
    assert (ran.returncode, said) == (0 if is_warning else 1, [complaint])
    assert Path("build/essay.epub").read_bytes() == (plain if is_warning else kept)


def _built(run: Run) -> bytes:
    """The EPUB of a text that is trusted."""
    ran = run("epub")
    assert (ran.status, ran.err) == (0, "")
    return Path("build/essay.epub").read_bytes()


def test_a_stranger_s_text_leaves_nothing_in_the_cache_and_takes_nothing_from_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("a.md", ESSAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(run.folder / "cache"))
    assert run("pdf", "a.md", "--untrusted").status == 0
    assert run.files() == {"a.md", "build/a.pdf"}
