"""`python -m tests.trust.serving`: what a service does with octopub, in a process that has not seen it before; what came
of it as JSON. Many books at once, one inside another, faults among them; and what of the process is not as it was."""

from __future__ import annotations

import gc
import json
import locale
import logging
import os
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

LANGUAGES = ("en", "he", "de", "ru")
WORDS = "caractéristique Unterscheidungsmerkmal слово שלום **considerable** *remarkable* `code` ⁂ "
TRUNCATED = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch"


def text(language: str) -> str:
    """A book of its own for each language, with all faces in it."""
    body = f"# A heading of {language}\n\n{WORDS * 12}[^1]\n\n> {WORDS}\n\n[^1]: A note, {WORDS}\n"
    return f"---\ntitle: A book of {language}\nauthor: Nobody\nlang: {language}\n---\n\n{body}"


def book(language: str) -> list[bytes | str]:
    """All that is made of one, and how a fault is told."""
    import octopub  # noqa: PLC0415  # the first import is part of what is tried

    pdf = octopub.build_pdf(text(language), workers=1, source_date_epoch=0)
    made: list[bytes | str] = [
        octopub.build_epub(text(language), source_date_epoch=0),
        pdf,
        octopub.impose(pdf, "2up"),
        octopub.import_manuscript(f"A title of {language}\n\nA text.[1]\n\n[1] Its note.\n").text,
    ]
    try:
        octopub.build_pdf(f"{text(language)}\n![a picture](truncated.png)\n", base=Path.cwd())
    except octopub.BuildError as error:
        made.append(str(error.diagnostics))
    return made


def at_once(languages: tuple[str, ...]) -> list[list[bytes | str]]:
    """The same in a thread each."""
    start = Barrier(len(languages))

    def together(language: str) -> list[bytes | str]:
        start.wait()
        return book(language)

    with ThreadPoolExecutor(len(languages)) as threads:
        return list(threads.map(together, languages))


def inside() -> tuple[bytes | None, bytes | None]:
    """A book's PDF, and another's that is made at the first steps of it."""
    from octopub import building  # noqa: PLC0415  # as above
    from octopub.pdf.room import Means, Stage, unheard  # noqa: PLC0415  # as above

    made: list[bytes | None] = []

    def pdf(language: str, tell: Callable[[Stage], None]) -> bytes | None:
        loaded = building.load(text(language), epoch=0)
        return building.pdf(loaded, Means(tell=tell)).content

    def nest(_: Stage) -> None:
        if len(made) < 3:
            made.append(pdf(LANGUAGES[1], unheard))

    outer = pdf(LANGUAGES[0], nest)
    return outer, made[0] if made == 3 * made[:1] else None


def process() -> dict[str, Any]:
    """What of the process belongs to all that is in it."""
    root = logging.getLogger()
    return {
        "warnings": list(map(str, warnings.filters)),
        "log": [root.level, root.handlers, logging.getLogger("weasyprint").propagate],
        "environment": dict(os.environ),
        "folders": [Path.cwd(), tempfile.gettempdir()],
        "locale": locale.setlocale(locale.LC_ALL),
        "signals": [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
        "Python": [sys.path, sys.getrecursionlimit(), gc.get_threshold(), sys.stdout, sys.excepthook],
        "threads": threading.enumerate(),
        "files": len(list(Path("/proc/self/fd").iterdir())) if Path("/proc").is_dir() else 0,
    }


def state() -> dict[str, str]:
    """Whatever octopub's modules hold that can change, as it is written."""
    return {
        f"{name}.{key}": repr(value)
        for name, module in list(sys.modules.items())
        if name.startswith("octopub")
        for key, value in vars(module).items()
        if isinstance(value, dict | list | set | bytearray) and not key.startswith("__")
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of what is not as it was."""
    return [name for name in after if before.get(name) != after[name]]


def main() -> None:
    """Do all of it, and print what came of it."""
    at_first = process()
    Path("truncated.png").write_bytes(TRUNCATED)
    together = at_once(LANGUAGES)
    held = state()
    alone = list(map(book, LANGUAGES))
    outer, inner = inside()
    json.dump(
        {
            "at once": [len(each) for each in together],
            "differ": [
                (language, index)
                for language, one, other in zip(LANGUAGES, together, alone, strict=True)
                for index in range(len(other))
                if one[index] != other[index]
            ],
            "inside": [outer == alone[0][1], inner == alone[1][1]],
            "process": changed(at_first, process()),
            "state": changed(held, state()),
            "left": [path.name for path in Path(tempfile.gettempdir()).iterdir()],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
