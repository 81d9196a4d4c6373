"""`python -m tools.fuzz.guided TARGET SECONDS`: the same promises; the cases are found by the code that they reach.

Needs Atheris (`pip install atheris`), which is none of what the tests need. Targets are `reading`, `importing` (plain
texts and web pages), `drawings` and `styles`. What reaches new code is kept in `build/fuzz/guided/TARGET/`, from where
the next run goes on; what breaks something is told as by `python -m tools.fuzz`.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

KINDS = {"reading": ("md",), "importing": ("html", "txt"), "drawings": ("svg",), "styles": ("css",)}
LONGEST = 4_000
"""Bytes of a case."""


def main(target: str, seconds: int) -> None:
    """Fuzz one target; ends the process when the time is up."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["octopub"]):
        from tools.fuzz import corpus, trials  # noqa: PLC0415  # what they import is instrumented
        from tools.fuzz.__main__ import OUT, tell  # noqa: PLC0415  # as above

    kept = OUT / "guided" / target
    kept.mkdir(parents=True, exist_ok=True)
    for kind, data in corpus.samples(target):
        if kind in KINDS[target] and len(data) <= LONGEST:
            (kept / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    seen: set[str] = set()
    stack = ExitStack()
    folder: Path = stack.enter_context(trials.project())

    def once(data: bytes) -> None:
        kind = KINDS[target][len(data) % len(KINDS[target])]
        found = trials.attempt(trials.Case(kind, data, thorough=False), folder)
        if isinstance(found, trials.Failure) and found.key not in seen:
            seen.add(found.key)
            tell(trials.smaller(found, folder))

    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=200", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], str(kept), *options, f"-artifact_prefix={OUT}/"], once)
    with stack:
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
