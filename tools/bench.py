"""`make bench`: the work that octopub makes of a text, beside the same work by others, in one run.

Measured are whole processes and their children, as the kernel counts them: CPU time (user and system), wall time, and
the memory of the largest process. The contenders take turns; each figure is the median of several runs, after one
that fills the disk's cache and is not counted. Nothing is remembered between the runs but where a row is about that.
Prints tables of ratios and of what they are to reach; judges nothing, and never fails a build.

    make bench                 all of it (half an hour on two cores)
    make bench ARGS=--quick    without the rows that take minutes
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypandoc

from tools.growth import exponent, picture
from tools.longbook import Size, edited, long_book

# The kernel counts a process's memory from before it became another program: so this one stays small, and imports
# none of octopub.
ROOT = Path(__file__).parents[1]
ESSAY = ROOT / "manuscript/october-1917.md"
PICTURE = ROOT / "docs/images/growth.svg"
OCTOPUB = Path(sys.executable).with_name("octopub")
PANDOC = pypandoc.get_pandoc_path()

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Not handed on: with it, a program that is installed in place compiles itself at every start."""

NOVEL = Size(84_000, 37, 13)
"""As long as a real book of its time, with as many notes."""
TREATISE = Size(118_000, 1_700, 40, 190)
"""A scholar's book: notes on every page, and references to others."""
PLAIN = TREATISE._replace(references=0)
SHELF = Size(570_000, 4_000, 190)
LARGEST = Size(1_400_000, 8_600, 470)

MEGABYTE = 1024  # the kernel counts memory in units of so many bytes

Command = Sequence[str | Path]


class Cost(NamedTuple):
    """What processes cost."""

    cpu: float
    """Seconds."""
    wall: float
    """Seconds."""
    memory: float
    """Megabytes, of the largest."""

    def __add__(self, other: tuple[float, ...]) -> Cost:  # type: ignore[override]  # costs add up, tuples join
        """The cost of both, one after the other."""
        cpu, wall, memory = other
        return Cost(self.cpu + cpu, self.wall + wall, max(self.memory, memory))


MEASURES = {"CPU": "s", "wall": "s", "memory": "MB"}


class Race(NamedTuple):
    """octopub against another: what each does, and the most that the ratios may be."""

    name: str
    ours: Callable[[], Cost]
    theirs: Callable[[], Cost]
    aims: dict[str, float]
    """By measure: `CPU`, `wall`, `memory`."""
    runs: int = 3


@dataclass(frozen=True)
class Bench:
    """A folder to work in, and an empty cache for octopub."""

    folder: Path

    @property
    def cache(self) -> Path:
        """Where octopub keeps what it laid out."""
        return self.folder / "cache"

    def cost(self, *commands: Command, warm: bool = False) -> Cost:
        """What these cost, one after the other. Unless it is `warm`, octopub remembers nothing."""
        if not warm:
            shutil.rmtree(self.cache, ignore_errors=True)
        total = Cost(0, 0, 0)
        for command in commands:
            total += self._run(command)
        return total

    def _run(self, command: Command) -> Cost:
        environment = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
        environment |= {
            "XDG_CACHE_HOME": str(self.cache),
            "PATH": os.pathsep.join([str(OCTOPUB.parent), os.environ["PATH"]]),
        }
        before = time.perf_counter()
        process = os.posix_spawn(
            command[0], list(map(str, command)), environment,
            file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)],
        )  # fmt: skip
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - before
        if status:
            raise RuntimeError(f"ended with {os.waitstatus_to_exitcode(status)}: {' '.join(map(str, command))}")
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / MEGABYTE)

    def text(self, name: str, content: str) -> Path:
        """A manuscript in the folder."""
        path = self.folder / name
        path.write_text(content, "utf-8")
        return path

    def pdf(self, source: Path) -> Command:
        """The PDF of a text by octopub."""
        return [OCTOPUB, "pdf", source, "-o", self.folder / "out.pdf"]

    def epub(self, source: Path) -> Command:
        """The EPUB of a text by octopub."""
        return [OCTOPUB, "epub", source, "-o", self.folder / "out.epub"]

    def pandoc(self, source: Path, ending: str, *options: str | Path) -> Command:
        """What Pandoc makes of a text."""
        return [PANDOC, source, "-o", self.folder / f"theirs.{ending}", *options]

    def typst(self, source: Path) -> tuple[Command, Command]:
        """Pandoc's way to a PDF by Typst: two steps, since Typst comes as a library here."""
        source_, output = str(self.folder / "theirs.typ"), str(self.folder / "theirs.pdf")
        program = f"import typst; typst.compile({source_!r}, output={output!r})"
        return self.pandoc(source, "typ", "-s"), [sys.executable, "-c", program]

    def alone(self, source: Path, *, counters: bool) -> Command:
        """WeasyPrint, with what octopub hands to it, as one document."""
        folder = self.folder / f"alone-{source.stem}"
        if not folder.exists():
            options = ["--counters"] if counters else []
            subprocess.run([sys.executable, "-m", "tools.standalone", source, folder, *options], check=True)
        return [sys.executable, ROOT / "tools/alone.py", folder, self.folder / "alone.pdf"]


def small_races(bench: Bench) -> Iterator[Race]:
    """What an author does every day."""
    novel = bench.text("novel.md", long_book(NOVEL))
    resources = f"--resource-path={ESSAY.parent}"
    yield Race(
        "EPUB of the essay, to Pandoc",
        lambda: bench.cost(bench.epub(ESSAY)),
        lambda: bench.cost(bench.pandoc(ESSAY, "epub", resources)),
        {"CPU": 1.5},
        runs=7,
    )
    yield Race(
        f"EPUB of {NOVEL.words:,} words, to Pandoc",
        lambda: bench.cost(bench.epub(novel)),
        lambda: bench.cost(bench.pandoc(novel, "epub")),
        {"CPU": 0.12},
        runs=5,
    )
    yield Race(
        "PDF of the essay, to WeasyPrint alone",
        lambda: bench.cost(bench.pdf(ESSAY)),
        lambda: bench.cost(bench.alone(ESSAY, counters=False)),
        {"CPU": 1.15},
        runs=5,
    )


def large_races(bench: Bench) -> Iterator[Race]:
    """Books."""
    shelf = bench.text("shelf.md", long_book(SHELF))
    treatise = bench.text("treatise.md", long_book(TREATISE))
    plain = bench.text("plain.md", long_book(PLAIN))
    changed = bench.text("changed.md", edited(treatise.read_text("utf-8")))
    yield Race(
        f"EPUB of {SHELF.words:,} words, to Pandoc",
        lambda: bench.cost(bench.epub(shelf)),
        lambda: bench.cost(bench.pandoc(shelf, "epub")),
        {"CPU": 0.08, "memory": 0.12},
        runs=2,
    )
    yield Race(
        f"PDF of {TREATISE.words:,} words with references, to WeasyPrint as one document",
        lambda: bench.cost(bench.pdf(treatise)),
        lambda: bench.cost(bench.alone(treatise, counters=True)),
        {"wall": 0.17},
        runs=1,
    )
    yield Race(
        "the same without references, to Pandoc by WeasyPrint (notes at the end, no tags)",
        lambda: bench.cost(bench.pdf(plain)),
        lambda: bench.cost(bench.pandoc(plain, "pdf", "--pdf-engine=weasyprint")),
        {"wall": 0.40},
        runs=2,
    )

    def edit() -> Cost:
        bench.cost(bench.pdf(treatise))
        return bench.cost(bench.pdf(changed), warm=True)

    yield Race(
        "PDF after an edit in one chapter, to Pandoc by Typst, anew",
        edit,
        lambda: bench.cost(*bench.typst(treatise)),
        {"wall": 0.30},
        runs=2,
    )


def run(race: Race) -> tuple[Cost, Cost]:
    """The medians of both, after one run each that is not counted, where there are several."""
    ours, theirs = [], []
    for number in range(race.runs + (race.runs > 1)):
        costs = race.ours(), race.theirs()
        if number or race.runs == 1:
            ours.append(costs[0])
            theirs.append(costs[1])
    return _median(ours), _median(theirs)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(each) for each in zip(*costs, strict=True)))


def print_races(races: Iterator[Race]) -> None:
    """A table, a line as each race ends."""
    print("| | measure | octopub | other | ratio | at most |\n|---|---|---|---|---|---|")
    for race in races:
        ours, theirs = run(race)
        for name, (measure, unit), a, b in zip(
            [race.name, "", ""], MEASURES.items(), ours, theirs, strict=True
        ):
            aim = race.aims.get(measure)
            shown = "" if aim is None else f"**{aim:.2f}**" + ("" if a / b <= aim else " missed")
            print(f"| {name} | {measure} | {a:.2f} {unit} | {b:.2f} {unit} | {a / b:.2f} | {shown} |", flush=True)
    print()


def print_absolutes(bench: Bench, *, largest: bool) -> None:
    """What is measured by itself."""
    print("| | measured | at most |\n|---|---|---|")
    treatise = bench.text("treatise.md", long_book(TREATISE))
    bench.cost(bench.pdf(treatise))
    again = _median([bench.cost(bench.pdf(treatise), warm=True) for _ in range(3)])
    pages = _pages(bench.folder / "out.pdf")
    limit = 1 + 0.005 * pages
    print(f"| PDF of {pages} pages of which nothing changed | {again.wall:.2f} s | {limit:.2f} s |", flush=True)
    if largest:
        book = bench.text("largest.md", long_book(LARGEST))
        cost = bench.cost(bench.pdf(book))
        pages = _pages(bench.folder / "out.pdf")
        print(
            f"| PDF of {LARGEST.words:,} words, {LARGEST.notes:,} notes, {pages:,} pages "
            f"| {cost.memory:.0f} MB, {cost.cpu:.0f} s of CPU time, {cost.wall:.0f} s | 1,024 MB |",
            flush=True,
        )
    print()


def _pages(pdf: Path) -> int:
    import pikepdf  # noqa: PLC0415  # what is measured must not wait for it

    with pikepdf.open(pdf) as file:
        return len(file.pages)


GROWTH = Size(30_000, 430, 10, 48)
"""The first of the books that grow."""
FACTORS = (1, 2, 4, 8)


def print_growth(bench: Bench) -> None:
    """How the PDF's cost grows with the book, with and without references."""
    print("| words | CPU, with references | CPU, without | wall, with | memory, with |\n|---|---|---|---|---|")
    costs: dict[bool, list[Cost]] = {True: [], False: []}
    for factor in FACTORS:
        for has_references, found in costs.items():
            size = GROWTH.times(factor)
            text = long_book(size if has_references else size._replace(references=0))
            found.append(bench.cost(bench.pdf(bench.text("growing.md", text))))
        with_, without = costs[True][-1], costs[False][-1]
        print(
            f"| {GROWTH.words * factor:,} | {with_.cpu:.1f} s | {without.cpu:.1f} s | {with_.wall:.1f} s "
            f"| {with_.memory:.0f} MB |",
            flush=True,
        )
    seconds = {has: [cost.cpu for cost in found] for has, found in costs.items()}
    slopes = [exponent(FACTORS, seconds[has]) for has in (True, False)]
    print(f"\nExponent of the CPU time: {slopes[0]:.3f} with, {slopes[1]:.3f} without references; at most 1.05.")
    words = [GROWTH.words * factor // 1000 for factor in FACTORS]
    PICTURE.write_text(picture(words, seconds[True], seconds[False]), "utf-8")


def main() -> None:
    """Run it all, or what is quick."""
    is_quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        print_races(small_races(bench))
        if not is_quick:
            print_races(large_races(bench))
        print_absolutes(bench, largest=not is_quick)
        if not is_quick:
            print_growth(bench)


if __name__ == "__main__":
    main()
