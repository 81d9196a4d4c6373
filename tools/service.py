"""`python -m tools.service [EPUBS [PDFS]]`: so many essays in one process, as a service builds them, and the memory
that it takes: every 25 the resident set in MB, and how many objects Python holds.

No two essays are alike: each has its own title, and a number in each of its sentences. Takes octopub by its public
functions only.
"""

from __future__ import annotations

import gc
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import octopub

ESSAY = Path(__file__).parents[1] / "manuscript/october-1917.md"
STEP = 25


def variation(text: str, number: int) -> str:
    """The essay with other words in it: a word of this number's own at the end of each sentence of its text."""
    _, front, body = text.split("---\n", 2)
    word = "".join("abcdefghij"[int(figure)] for figure in f"{number:04}")
    titled = front.replace("\n", f" {word}\n", 1)
    return f"---\n{titled}---\n" + re.sub(r"(?<=[a-z]{3})\.(?=\s)", lambda _: f" {word}.", body)


def resident() -> int:
    """The memory that this process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def build(what: str, make: Callable[[str], bytes], count: int) -> None:
    """Build so many, and print a row for every 25."""
    text = ESSAY.read_text("utf-8")
    begun = time.process_time()
    for number in range(count + 1):
        if number % STEP == 0:
            gc.collect()
            spent = time.process_time() - begun
            print(f"{what} {number:4} {resident():5} MB {len(gc.get_objects()):8} objects {spent:7.1f} s", flush=True)
        if number < count:
            make(variation(text, number))


def main(epubs: int = 500, pdfs: int = 500) -> None:
    """Build EPUBs, and then PDFs, in this process alone."""
    build("EPUB", lambda text: octopub.build_epub(text, base=ESSAY.parent), epubs)
    build("PDF ", lambda text: octopub.build_pdf(text, base=ESSAY.parent, workers=1), pdfs)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
