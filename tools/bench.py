"""`make bench`: the work that octopub makes of a book, beside the same work by others, in one run.

Measured is the CPU time (user and system) of whole processes and their children, as the kernel counts it:
the median of several runs, the contenders taking turns. Nothing is remembered between the runs: each has an
empty cache folder. Prints a table of ratios and their limits; judges nothing, and never fails a build.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from tests.tools import ROOT
from tools.standalone import standalone

ESSAY = ROOT / "manuscript/october-1917.md"
OCTOPUB = Path(sys.executable).with_name("octopub")

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Not handed on: with it, a program that is installed in place compiles itself at every start."""

WORDS, NOTES, CHAPTERS = 84_000, 37, 13
"""The long book: as long as a real one of the corpus, with as many notes."""


@dataclass(frozen=True)
class Race:
    """octopub against another: both commands, in how many runs, and the most that the ratio may be."""

    name: str
    ours: list[str | Path]
    theirs: list[str | Path]
    runs: int
    limit: float


def long_book(seed: int = 1917) -> str:
    """A manuscript of so many words, notes and chapters: the same one every time.

    Its words are made of syllables, the short ones oftener than the long ones, as in any language.
    """
    chance = random.Random(seed)
    syllables = [a + b + c for a in "bdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s")]
    lexicon = ["".join(chance.choices(syllables, k=1 + number // 900)) for number in range(3_000)]
    weights = [1 / (number + 3) for number in range(len(lexicon))]
    stock = iter(chance.choices(lexicon, weights, k=WORDS))
    plain = list(_paragraphs(stock, chance))
    paragraphs = list(plain)
    for number, place in enumerate(sorted(chance.sample(range(len(paragraphs)), NOTES)), start=1):
        paragraphs[place] += f"[^{number}]\n\n[^{number}]: {chance.choice(plain)}"
    step = len(paragraphs) // CHAPTERS + 1
    for number, place in enumerate(range(0, len(paragraphs), step), start=1):
        paragraphs[place] = f"# Chapter {number}\n\n{paragraphs[place]}"
    return "---\ntitle: A long book\nauthor: Nobody\nlang: en\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def _paragraphs(stock: Iterator[str], chance: random.Random) -> Iterator[str]:
    """Paragraphs of a few sentences, here and there a word stressed or some quoted, until the stock ends."""
    while True:
        sentences = [_sentence(stock, chance) for _ in range(chance.randint(2, 6))]
        if not (text := " ".join(filter(None, sentences))):
            return
        yield text


def _sentence(stock: Iterator[str], chance: random.Random) -> str:
    words = list(itertools.islice(stock, chance.randint(5, 24)))
    if not words:
        return ""
    place = chance.randrange(len(words))
    if chance.random() < 0.1:
        words[place] = f"*{words[place]}*"
    elif chance.random() < 0.1:
        words[place] = f'"{words[place]}"'
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:] + "."


def races(folder: Path) -> Iterator[Race]:
    """The three races of the specification, their files in the folder."""
    pandoc = pypandoc.get_pandoc_path()
    book = folder / "long.md"
    book.write_text(long_book(), "utf-8")
    epub, pdf = folder / "out.epub", folder / "out.pdf"
    resources = f"--resource-path={ESSAY.parent}"
    yield Race(
        "EPUB of the essay, to Pandoc",
        [OCTOPUB, "epub", ESSAY, "-o", epub],
        [pandoc, ESSAY, resources, "-o", epub],
        runs=11,
        limit=1.5,
    )
    yield Race(
        f"EPUB of {WORDS:,} words, to Pandoc",
        [OCTOPUB, "epub", book, "-o", epub],
        [pandoc, book, "-o", epub],
        runs=3,
        limit=0.2,
    )
    yield Race(
        "PDF of the essay, to WeasyPrint alone",
        [OCTOPUB, "pdf", ESSAY, "-o", pdf],
        [sys.executable, ROOT / "tools/alone.py", _standalone(folder), pdf],
        runs=3,
        limit=1.2,
    )


def _standalone(folder: Path) -> Path:
    """The folder with what octopub hands to WeasyPrint for the essay, as tools/alone.py takes it."""
    for name, data in standalone(ESSAY).items():
        path = folder / "alone" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "alone"


def cpu_seconds(command: list[str | Path], cache: Path) -> float:
    """The CPU time of a process and of the children it waited for."""
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir()
    process = os.posix_spawn(
        command[0],
        list(map(str, command)),
        {name: value for name, value in os.environ.items() if name != NO_BYTECODE} | {"XDG_CACHE_HOME": str(cache)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"ended with {os.waitstatus_to_exitcode(status)}: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime


def run(race: Race, cache: Path) -> tuple[float, float]:
    """The medians of both, after one run each that fills the disk's cache and is not counted."""
    ours, theirs = [], []
    for _ in range(race.runs + 1):
        ours.append(cpu_seconds(race.ours, cache))
        theirs.append(cpu_seconds(race.theirs, cache))
    return statistics.median(ours[1:]), statistics.median(theirs[1:])


def main() -> None:
    """Run the races and print a line for each as it ends."""
    print(f"{'CPU seconds':40}{'octopub':>9}{'other':>9}{'ratio':>8}{'limit':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for race in races(Path(folder)):
            ours, theirs = run(race, Path(folder, "cache"))
            ratio = ours / theirs
            mark = "" if ratio <= race.limit else "  over"
            print(f"{race.name:40}{ours:9.2f}{theirs:9.2f}{ratio:8.2f}{race.limit:8.2f}{mark}", flush=True)


if __name__ == "__main__":
    main()
