"""Files get their places: the old one is there, whole, until the new one is.

Imports `scratch`, and of `cli` the interrupts. Several files are filled beside their places first, and get them when
all are whole. What is no file (a device, a pipe) is written into.
"""

from __future__ import annotations

import io
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from octopub.cli import interrupt
from octopub.diagnostics import MachineError
from octopub.scratch import Scratch, remove_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from octopub.building import Write

ELSEWHERE = "name another place with -o"


class Output(NamedTuple):
    """A file that is to be written."""

    target: Path
    write: Write
    make_folder: bool = False
    """Whether its folder is made where there is none."""
    follow: bool = True
    """Whether a symbolic link in its place is written through; if not, the file replaces it."""


def place(outputs: Sequence[Output], *, remedy: str = ELSEWHERE, last: Callable[[], object] = lambda: None) -> None:
    """Write all of these, or none. `last` is asked when all are filled, before the first gets its place, and may raise
    what keeps them from it. Raises MachineError where one cannot be written; `remedy` is what helps then."""
    drafts = [_Draft(output, remedy, str(number)) for number, output in enumerate(outputs)]
    with _Benches() as benches:
        for draft in drafts:
            draft.fill(benches)
        last()
        for draft in drafts:
            draft.pour()
        interrupt.check()
        with interrupt.held():
            _settle(drafts)


def _settle(drafts: Sequence[_Draft]) -> None:
    """Put all in their places. Where one cannot be, those before it give theirs back."""
    try:
        for draft in drafts:
            draft.settle()
    except MachineError:
        for draft in drafts:
            draft.restore()
        raise


def put(content: bytes) -> Write:
    """What writes this content."""
    return lambda file: file.write(content)


class _Benches:
    """The folders in which files are filled: in those that they go to, or above. A context manager: behind it none is
    left, and where it fails, none of the folders that were made for it."""

    def __init__(self) -> None:
        self._benches: dict[Path, Scratch] = {}
        self._made: list[Path] = []
        self._looked_at: set[Path] = set()

    def at(self, folder: Path, *, make: bool) -> Path:
        """The one in this folder, which is made if need be, or above it where that was made just now (another one may
        be mounted there); what killed runs left in the folder is removed. Raises OSError."""
        if make:
            self._make(folder)
        if folder not in self._looked_at:
            self._looked_at.add(folder)
            remove_left(folder)
        above = folder
        while above not in self._benches and above in self._made:
            above = above.parent
        if above in self._benches:
            return self._benches[above].path
        with interrupt.held():
            self._benches[folder] = Scratch(beside=folder)
        return self._benches[folder].path

    def _make(self, folder: Path) -> None:
        """Make a folder, with those above it, for good."""
        if not folder.is_dir():
            self._make(folder.parent)
            with interrupt.held():
                folder.mkdir(exist_ok=True)
                self._made.append(folder)
            _keep(folder.parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with interrupt.held():
            for bench in self._benches.values():
                bench.close()
            for folder in reversed(self._made if kind else ()):
                with suppress(OSError):  # somebody else put something into it
                    folder.rmdir()


class _Draft:
    """An output on its way: filled, then in its place."""

    def __init__(self, output: Output, remedy: str, name: str) -> None:
        """`name` is its own among those that are written together."""
        self._output = output
        self._remedy = remedy
        self._name = name
        self._place = Path(os.path.realpath(output.target)) if output.follow else output.target
        self._beside: Path | None = None
        self._stream: bytes | None = None
        self._is_first = False
        self._is_settled = False

    def fill(self, benches: _Benches) -> None:
        """Write all of it, beside its place; into memory, where that place is no file."""
        with self._told():
            old = self._old()
            if old is not None and not stat.S_ISREG(old.st_mode):
                filled = io.BytesIO()
                self._output.write(filled)
                self._stream = filled.getvalue()
                return
            bench = benches.at(self._place.parent, make=self._output.make_folder)
            self._beside = bench / self._name
            with self._beside.open("x+b") as file:
                self._output.write(file)
                if old is not None:
                    _resemble(self._beside, old)
                file.flush()
                os.fsync(file.fileno())

    def pour(self) -> None:
        """Write what cannot be taken back: into a device or a pipe."""
        if self._stream is not None:
            with self._told(), self._output.target.open("wb", buffering=0) as device:
                rest = memoryview(self._stream)
                while rest:
                    rest = rest[device.write(rest) :]

    def settle(self) -> None:
        """Put it in its place, and make sure that it is there after a power failure as well."""
        if self._beside is not None:
            with self._told():
                with suppress(OSError):  # there is none, or it cannot have two names here
                    os.link(self._place, self._kept(), follow_symlinks=False)
                self._is_first = not os.path.lexists(self._place)
                self._beside.replace(self._place)
                self._is_settled = True
                _keep(self._place.parent)

    def restore(self) -> None:
        """Give the place back to what was there, as far as that was kept."""
        if self._is_settled:
            with suppress(OSError):
                if self._is_first:
                    self._place.unlink()
                else:
                    self._kept().replace(self._place)

    def _kept(self) -> Path:
        """Where the old file is, while the new one gets its place."""
        assert self._beside is not None
        return self._beside.with_name(f"{self._name}-old")

    def _old(self) -> os.stat_result | None:
        """What is in its place. Raises OSError where that is not to be replaced."""
        try:
            old = self._output.target.stat(follow_symlinks=self._output.follow)
        except FileNotFoundError:
            return None
        if stat.S_ISLNK(old.st_mode):
            return None
        if stat.S_ISREG(old.st_mode):  # who may not write it may not replace it either, nor while others keep it open
            os.close(os.open(self._output.target, os.O_WRONLY))
        return old

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What fails here is told of the output."""
        try:
            yield
        except BrokenPipeError:  # nobody reads a pipe: no more than that
            raise
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise MachineError(f"{self._output.target} cannot be written: {reason}; {self._remedy}") from None


def _keep(folder: Path) -> None:
    """Make sure that a folder holds after a power failure what it holds now, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _resemble(path: Path, old: os.stat_result) -> None:
    """Give a file the owner of the one that it replaces, as far as that is allowed, and what it may be opened for."""
    own = path.stat()
    if (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):
            os.chown(path, old.st_uid, old.st_gid)
    path.chmod(stat.S_IMODE(old.st_mode) & 0o777)
