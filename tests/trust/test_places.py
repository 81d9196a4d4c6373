"""What may be in an output's place already, or stand in its way: each is replaced whole, written into, or left as it is,
and nothing stays beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from octopub.cli import interrupt
from octopub.cli.placing import Output, place, put
from octopub.diagnostics import MachineError
from tests.running import ESSAY, Run, signals_kept
from tests.tools import ROOT

UNMENDED = ESSAY.replace("1", "9")
"""It has something for `check --fix`: its note's number."""


@pytest.fixture
def essay(run: Run) -> Run:
    run.write("a.md", ESSAY)
    return run


# -- what kind of thing is there ----------------------------------------------------------------


def test_a_link_that_is_named_is_written_through(essay: Run) -> None:
    essay.write("there/b.epub", "old")
    (essay.folder / "link.epub").symlink_to("there/b.epub")
    (essay.folder / "none.epub").symlink_to("there/c.epub")
    for name in ("link", "none"):
        assert essay("epub", "a.md", "-o", f"{name}.epub") == (0, f"{name}.epub\n", "")
        assert (essay.folder / f"{name}.epub").is_symlink()
    assert essay.files() == {"a.md", "there/b.epub", "there/c.epub", "link.epub", "none.epub"}
    assert (essay.folder / "there/b.epub").read_bytes() == (essay.folder / "there/c.epub").read_bytes() != b"old"


def test_a_link_in_build_is_replaced(essay: Run) -> None:
    """A project that a stranger sent may have it there, and it may lead anywhere."""
    secret = essay.write("secret", "mine")
    essay.write("build/x", "")
    (essay.folder / "build/a.epub").symlink_to(secret)
    assert essay("epub", "a.md").status == 0
    assert secret.read_text() == "mine"
    assert (essay.folder / "build/a.epub").read_bytes().startswith(b"PK")


def test_a_manuscript_that_is_a_link_is_mended_where_it_lies(run: Run) -> None:
    run.write("there/a.md", UNMENDED)
    (run.folder / "a.md").symlink_to("there/a.md")
    assert run("check", "--fix", "a.md").status == 0
    assert (run.folder / "a.md").is_symlink()
    assert (run.folder / "there/a.md").read_text() == UNMENDED.replace("9", "1")


def test_a_pipe_gets_it_all_and_stays(essay: Run) -> None:
    pipe, got = essay.folder / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert essay("epub", "a.md", "-o", "pipe") == (0, "", "")
    reader.join()
    assert essay("epub", "a.md", "-o", "a.epub").status == 0
    assert got == [(essay.folder / "a.epub").read_bytes()]
    assert pipe.is_fifo()


DEVICES = {"/dev/null": (0, ""), "/dev/full": (3, "octopub: /dev/full cannot be written: no space left on device")}


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_is_written_into_and_stays(essay: Run, name: str) -> None:
    status, says = DEVICES[name]
    before = Path(name).stat()
    ran = essay("epub", "a.md", "-o", name)
    assert (ran.status, ran.out, ran.err.partition(";")[0]) == (status, "", says)
    assert os.path.samestat(before, Path(name).stat())


def test_folders_are_not_replaced(essay: Run) -> None:
    essay.write("build/a.epub/x", "")
    ran = essay("epub", "a.md")
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert "build/a.epub cannot be written: is a directory" in ran.err
    assert essay.files() == {"a.md", "build/a.epub/x"}


# -- what it may be opened for ------------------------------------------------------------------


MASKS = {"new": (None, 0o027, 0o640), "private": (0o600, 0o022, 0o600), "for all": (0o666, 0o077, 0o666)}


@pytest.mark.parametrize(("old", "mask", "mode"), MASKS.values(), ids=MASKS)
def test_the_user_s_mask_is_heeded_and_an_old_file_s_mode_kept(
    essay: Run, old: int | None, mask: int, mode: int
) -> None:
    if old is not None:
        essay.write("a.epub", "old").chmod(old)
    before = os.umask(mask)
    try:
        assert essay("epub", "a.md", "-o", "a.epub").status == 0
    finally:
        os.umask(before)
    assert (essay.folder / "a.epub").stat().st_mode & 0o777 == mode


def test_nobody_else_can_read_it_before_it_has_its_place(tmp_path: Path) -> None:
    def look(_: object) -> None:
        (beside,) = (path for path in tmp_path.iterdir() if path.name.startswith("."))
        assert beside.stat().st_mode & 0o077 == 0

    place([Output(tmp_path / "a", look)])


def test_an_old_file_s_owner_stays_it(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    target = tmp_path / "a"
    target.write_text("old")
    os.chown(target, 65_534, 65_533)
    place([Output(target, put(b"new"))])
    assert (target.read_text(), target.stat().st_uid, target.stat().st_gid) == ("new", 65_534, 65_533)


def test_a_file_that_may_not_be_written_is_not_replaced_either(essay: Run) -> None:
    """A program that runs is such a file, to root as well."""
    program = essay.folder / "a.epub"
    shutil.copy(shutil.which("sleep") or "", program)
    before = program.read_bytes()
    running = subprocess.Popen([program, "60"])
    try:
        ran = essay("epub", "a.md", "-o", "a.epub")
    finally:
        running.kill()
        running.wait()
    says = "octopub: a.epub cannot be written: text file busy; name another place with -o\n"
    assert (ran.status, ran.out, ran.err) == (3, "", says)
    assert program.read_bytes() == before
    assert essay.files() == {"a.md", "a.epub"}


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("name", ["old", "new"])
def test_a_folder_that_can_only_be_read(name: str) -> None:
    """Root may write everywhere: it becomes nobody first."""
    folder = Path(tempfile.mkdtemp())
    (folder / "old").write_text("old")
    (folder / "old").chmod(0o666)
    folder.chmod(0o555)
    told, tell = os.pipe()
    if not os.fork():
        if not os.geteuid():
            os.setuid(65_534)
        try:
            place([Output(folder / name, put(b"new"))])
        except MachineError as error:
            os.write(tell, str(error).encode())
        os._exit(0)
    os.wait()
    assert os.read(told, 999).decode() == (
        f"{folder / name} cannot be written: permission denied; name another place with -o"
    )
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"old": "old"}
    folder.chmod(0o755)
    shutil.rmtree(folder)


# -- several at once ----------------------------------------------------------------------------


def test_of_several_all_are_written_or_none(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_text("old")
    with pytest.raises(MachineError, match="x/y/b cannot be written: no space left on device"):
        place([Output(tmp_path / "a", put(b"new")), Output(tmp_path / "x/y/b", fail, make_folder=True)])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_a_folder_that_was_there_is_worked_in_itself(tmp_path: Path) -> None:
    """It may be mounted, and nothing can be moved into it from elsewhere. One that was made just now is not."""
    (tmp_path / "there").mkdir()
    at_work: list[set[str]] = []

    def look(_: object) -> None:
        at_work.append({path.parent.name for path in tmp_path.rglob(".octopub-work-*")} - {tmp_path.name})

    names = ("a", "there/b", "new/deep/c")
    place([Output(tmp_path / name, look, make_folder=True) for name in names])
    assert at_work == [set(), {"there"}, {"there"}]


def test_what_cannot_get_its_place_gives_back_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replaced(path: Path, target: Path) -> Path:
        if target.name == "c":
            raise OSError(5, "Input/output error")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replaced)
    (tmp_path / "a").write_text("old")
    with pytest.raises(MachineError, match="c cannot be written: input/output error"):
        place([Output(tmp_path / name, put(b"new")) for name in ("a", "b", "c")])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_an_interrupt_waits_until_all_have_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def replaced(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(path, target)

    with signals_kept(), monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replaced)
        interrupt.heed()
        with pytest.raises(KeyboardInterrupt):
            place([Output(tmp_path / name, put(b"new")) for name in ("a", "b")])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "new", "b": "new"}
    place([Output(tmp_path / "c", put(b"new"))])  # what was asked of one run is not asked of the next


# -- standard input, output and error -----------------------------------------------------------


class Ends(NamedTuple):
    """A command line for the shell, and how octopub ends: its status and what it says."""

    line: str
    status: int
    says: str = ""


OCTOPUB = f"{sys.executable} -m octopub"
STREAMS = {
    "paths that nobody reads": Ends(f"{OCTOPUB} epub a.md | true", 141),
    "a book that nobody reads": Ends(f"{OCTOPUB} epub a.md -o - | true", 141),
    "a pipe that nobody reads": Ends(f"{OCTOPUB} epub a.md -o /dev/stdout | true", 141),
    "errors that nobody reads": Ends(f"{OCTOPUB} epub none.md 2>&1 | true", 141),
    "a full disk": Ends(f"{OCTOPUB} epub a.md -o - > /dev/full", 3, "octopub: no space left on device: make room there\n"),
    "a full disk for errors": Ends(f"{OCTOPUB} epub none.md 2> /dev/full", 3),
    "no output": Ends(f"{OCTOPUB} epub a.md >&-", 3, "octopub: bad file descriptor\n"),
    "no input": Ends(f"{OCTOPUB} epub - -o b.epub <&-", 3, "octopub: bad file descriptor\n"),
    "nothing at all": Ends(f"{OCTOPUB} epub a.md <&- >&- 2>&-", 3),
    "standard output by its name": Ends(f"{OCTOPUB} epub a.md -o /dev/stdout | cat > b.epub", 0),
}


@pytest.mark.parametrize("name", STREAMS)
def test_streams_that_fail(essay: Run, name: str) -> None:
    line, status, says = STREAMS[name]
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=essay.folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (status, "", says)
    if name == "standard output by its name":
        assert (essay.folder / "b.epub").read_bytes().startswith(b"PK")
