"""`python -m tools.saving [RUNS]`: from the save to the new page in the preview, beside what its chapter takes to set.

A book of 84,000 words is previewed, and a word of its middle chapter is changed, again and again: the time goes from
the save to the changed page's picture. The chapter, as a book of its own, is set in a process that has set one before,
as the preview's has.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import octopub
from tools.longbook import Size, edited, long_book

NOVEL = Size(84_000, 37, 13)
AIM = 2.0
"""Seconds more than the chapter's own, at most."""
MARK = "A paragraph that was not there before."


def main() -> None:
    """Measure, and print a line for each run and the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    book = edited(long_book(NOVEL))
    own = [_set(chapter_with(MARK, book)) for _ in range(runs + 1)][1:]
    with tempfile.TemporaryDirectory() as folder:
        saves = saved(Path(folder) / "novel.md", book, runs)
    for save, alone in zip(saves, own, strict=True):
        print(f"save to page {save:.2f} s, the chapter alone {alone:.2f} s")
    more = statistics.median(saves) - statistics.median(own)
    print(f"{more:.2f} s more (at most {AIM:.1f} s)")


def chapter_with(words: str, book: str) -> str:
    """A book's front matter and the one chapter with these words."""
    front, *chapters = book.split("\n# ")
    (chapter,) = [each for each in chapters if words in each]
    return f"{front[: front.index('---', 3) + 3]}\n\n# {chapter}"


def _set(text: str) -> float:
    begun = time.perf_counter()
    octopub.build_pdf(text)
    return time.perf_counter() - begun


def saved(path: Path, book: str, runs: int) -> list[float]:
    """Seconds from each save to the changed page's picture."""
    path.write_text(book, "utf-8")
    command = [sys.executable, "-m", "octopub", "preview", str(path), "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip().rstrip("/")
            pages = _settled(address)
            times = []
            for run in range(runs):
                begun = time.perf_counter()
                path.write_text(book.replace(MARK, f"{MARK} {run + 1} times."), "utf-8")
                known, pages = pages, _changed(address, pages)
                digest = next(page for page in pages if page not in known)
                _get(f"{address}/pictures/{digest}.png")
                times.append(time.perf_counter() - begun)
                pages = _settled(address)
        finally:
            process.terminate()
    return times


def _settled(address: str) -> list[str]:
    """The pages' digests, when nothing is worked at."""
    while (state := _state(address))["working"] or not state["pages"]:
        time.sleep(0.05)
    return _digests(state)


def _changed(address: str, pages: list[str]) -> list[str]:
    """The pages' digests, as soon as they are others."""
    while (found := _digests(_state(address))) == pages:
        time.sleep(0.02)
    return found


def _digests(state: dict[str, Any]) -> list[str]:
    return [page["digest"] for page in state["pages"]]


def _state(address: str) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(_get(f"{address}/state"))
    return state


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    main()
