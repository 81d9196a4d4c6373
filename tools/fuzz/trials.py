"""One case: how it is made from its number, tried within its limits, and made smaller if it breaks something."""

from __future__ import annotations

import contextlib
import hashlib
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tools.fuzz import looks, promises
from tools.fuzz.corpus import Sample, samples
from tools.fuzz.frontmatters import headed
from tools.fuzz.manuscripts import PICTURES, manuscript
from tools.fuzz.mutants import mutant_of
from tools.fuzz.promises import Means

CPU_SECONDS = 20
"""More than this is a hang: the cases are of a few thousand bytes."""

MEMORY_LIMIT = 4 << 30
"""Bytes of address space."""

SHRINKING_SECONDS = 60
"""So much CPU time a case that broke something may take to be made smaller."""

THOROUGH = 8
"""One case in so many is tried in every way."""

TARGETS = ("reading", "front-matter", "importing", "imposing", "drawings", "styles")


class HangError(BaseException):
    """A case took more than its CPU seconds. No handler of `Exception` may swallow it."""


@dataclass(frozen=True)
class Plan:
    """What is tried: of which target, with which seed, and how often the slow judges are asked (1 in so many; 0 is
    never)."""

    target: str
    seed: int = 0
    folders: tuple[Path, ...] = ()
    epubcheck: int = 0
    pdf: int = 0

    def case(self, number: int) -> Case:
        """The case of this number: always the same one."""
        random = Random(f"{self.seed}/{self.target}/{number}")
        kind, data = self._made(random)
        return Case(
            kind,
            data,
            checked=bool(self.epubcheck) and number % self.epubcheck == 0,
            printed=bool(self.pdf) and number % self.pdf == 0,
            thorough=number % THOROUGH == 0,
        )

    def _made(self, random: Random) -> Sample:
        if self.target == "front-matter":
            return "md", headed(random)
        if self.target != "reading":
            return mutant_of(random, samples(self.target, self.folders))
        if random.random() < 0.6:
            return "md", manuscript(random)
        written = [("md", manuscript(random))] if random.random() < 0.3 else samples("reading", self.folders)
        return "md", mutant_of(random, [*written])[1]


@dataclass(frozen=True)
class Case:
    """A file to be tried, and how."""

    kind: str
    data: bytes
    checked: bool = False
    printed: bool = False
    thorough: bool = True

    def promise(self, folder: Path) -> bytes:
        """What is made of it, if anything. Raises what it breaks."""
        means = Means(folder, self.kind, self.checked, self.printed, self.thorough)
        match self.kind:
            case "md":
                return promises.manuscript(self.data, means)
            case "pdf":
                return promises.sheets(self.data, means)
            case "svg":
                return looks.drawing(self.data, means)
            case "css":
                return looks.stylesheet(self.data, means)
        return promises.source(self.data, means)


@dataclass(frozen=True)
class Failure:
    """What a case broke: `key` is the same for all that break in the same place."""

    key: str
    told: str
    case: Case


@dataclass
class Tally:
    """What became of the cases."""

    tried: int = 0
    made: int = 0
    checked: int = 0
    printed: int = 0
    broken: dict[str, int] = field(default_factory=dict)
    digest: int = 0
    """Of all that was made, in whatever order."""

    def enter(self, case: Case, found: bytes | Failure) -> None:
        """Enter a case."""
        self.tried += 1
        if isinstance(found, Failure):
            self.broken[found.key] = self.broken.get(found.key, 0) + 1
            return
        self.made += bool(found)
        self.checked += bool(found) and case.checked
        self.printed += bool(found) and case.printed
        self.digest ^= int.from_bytes(hashlib.sha256(case.data + found).digest()[:8])

    def add(self, other: Tally) -> None:
        """Add another's."""
        self.tried += other.tried
        self.made += other.made
        self.checked += other.checked
        self.printed += other.printed
        self.digest ^= other.digest
        for key, count in other.broken.items():
            self.broken[key] = self.broken.get(key, 0) + count

    def __str__(self) -> str:
        return (
            f"{self.tried} tried, {self.made} made ({self.checked} seen by EPUBCheck, {self.printed} printed), "
            f"{sum(self.broken.values())} broken in {len(self.broken)} places, all made is {self.digest:016x}"
        )


@contextlib.contextmanager
def project() -> Iterator[Path]:
    """A folder with the pictures that manuscripts show."""
    with tempfile.TemporaryDirectory(prefix="octopub-fuzz-") as name:
        for picture, content in PICTURES.items():
            Path(name, picture).write_bytes(content)
        yield Path(name)


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """With `HangError` after too many CPU seconds; and an end of the process where a library does not come back."""

    def stop(*_: object) -> None:
        raise HangError(f"more than {CPU_SECONDS} s")

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + 3 * CPU_SECONDS) + 10, most))
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def attempt(case: Case, folder: Path) -> bytes | Failure:
    """What was made of the case, or what it broke."""
    try:
        with _limited():
            return case.promise(folder)
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        told = "".join(traceback.format_exception(error, limit=-12))
        return Failure(_key(error), told, case)


def _key(error: BaseException) -> str:
    """What broke, and the innermost place of octopub's where it did; of a promise its name."""
    if isinstance(error, promises.BrokenError):
        return str(error).partition(":")[0]
    places = [each for each in traceback.extract_tb(error.__traceback__) if "/octopub/" in each.filename]
    if isinstance(error, HangError) or not places:
        return type(error).__name__
    return f"{type(error).__name__} at {places[-1].filename.rpartition('/octopub/')[2]}:{places[-1].lineno}"


def smaller(failure: Failure, folder: Path, seconds: float = SHRINKING_SECONDS) -> Failure:
    """The failure with the smallest case that was found: stretches are cut out as long as it still breaks there."""
    case, size = failure.case, max(1, len(failure.case.data) // 2)
    until = time.process_time() + seconds
    while size:
        at = 0
        while at < len(case.data):
            if time.process_time() > until:
                return failure
            less = Case(case.kind, case.data[:at] + case.data[at + size :], case.checked, case.printed, case.thorough)
            found = attempt(less, folder)
            if isinstance(found, Failure) and found.key == failure.key:
                failure, case = found, less
            else:
                at += size
        size //= 2
    return failure
