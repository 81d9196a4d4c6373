"""`make try TEXTS=FOLDER`: the whole path over every text of a folder, a line for each.

Takes octopub by its public functions only, and asks EPUBCheck and the files themselves what came of it.
The exit status is 1 if a text was refused, if EPUBCheck complained, or if something broke.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf

import octopub
from tests.tools import XHTML, epub_spine, epub_text, epubcheck, words

ENDINGS = frozenset({".md", ".txt", ".html", ".docx", ".odt", ".epub"})
"""The texts that octopub takes, by the endings of their names."""

COLUMNS = {"words": 10, "notes": 7, "pages": 7, "EPUB s": 8, "PDF s": 9, "EPUBCheck": 11, "proof": 9}
"""What a line says behind the text's name, and how wide."""

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True)
class Made:
    """What came of one output: its bytes, or the reasons why there are none; and the seconds it took."""

    data: bytes | None
    complaints: list[str]
    seconds: float


def make(build: Callable[[Path], bytes], text: Path) -> Made:
    """Build an output. Any other exception than `BuildError` is a defect, and is shown as one."""
    data: bytes | None = None
    complaints: list[str] = []
    start = time.perf_counter()
    try:
        data = build(text)
    except octopub.BuildError as error:
        complaints = [str(diagnostic) for diagnostic in error.diagnostics]
    except Exception:  # noqa: BLE001 - one text's defect must not hide the next one's
        complaints = traceback.format_exc().splitlines()
    return Made(data, complaints, time.perf_counter() - start)


def notes_in(epub: bytes) -> int:
    """How many notes its calls lead to."""
    calls = (a for document in epub_spine(epub).values() for a in document.iter(f"{XHTML}a"))
    return len({call.get("href") for call in calls if call.get(EPUB_TYPE) == "noteref"})


def pages_in(pdf: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def manuscript(source: Path, folder: Path) -> Path:
    """The manuscript itself; of another kind of source the one that its import gives, in the folder."""
    if source.suffix == ".md":
        return source
    imported = octopub.import_manuscript(source)
    for name, content in {f"{source.stem}.md": imported.text.encode(), **imported.resources}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / f"{source.stem}.md"


def try_source(source: Path) -> tuple[list[object], list[str]]:
    """The same for a text that may have to be imported first."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            text = manuscript(source, Path(folder))
        except octopub.BuildError as error:
            return ["-"] * len(COLUMNS), [str(diagnostic) for diagnostic in error.diagnostics]
        return try_text(text)


def try_text(text: Path) -> tuple[list[object], list[str]]:
    """The columns of a text's line, and everything that was wrong with it."""
    epub, pdf = make(octopub.build_epub, text), make(octopub.build_pdf, text)
    row: list[object] = ["-"] * len(COLUMNS)
    row[3:5] = f"{epub.seconds:.2f}", f"{pdf.seconds:.2f}"
    found: list[str] = []
    if epub.data is not None:
        found = epubcheck(epub.data)
        row[:2] = sum(len(words(part)) for part in epub_text(epub.data).values()), notes_in(epub.data)
        row[5] = len(found) or "ok"
    if pdf.data is not None:
        row[2] = pages_in(pdf.data)
    # Nothing is printed that was not proved: a proof that fails is a `BuildError`.
    row[6] = "FAILED" if pdf.data is None else "ok"
    return row, list(dict.fromkeys([*epub.complaints, *found, *pdf.complaints]))


def line(name: str, cells: list[object], width: int) -> str:
    """The name on the left, the cells right-aligned in their columns."""
    return name.ljust(width) + "".join(
        str(cell).rjust(room) for cell, room in zip(cells, COLUMNS.values(), strict=True)
    )


def main(folder: Path) -> int:
    """Try every text, print as it goes, and tell by the status whether all went well."""
    texts = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    if not texts:
        print(f"no text ({', '.join(sorted(ENDINGS))}) in {folder}", file=sys.stderr)
        return 2
    names = [str(text.relative_to(folder)) for text in texts]
    width = max(map(len, names))
    print(line("", list(COLUMNS), width))
    status = 0
    for name, text in zip(names, texts, strict=True):
        cells, complaints = try_source(text)
        print(line(name, cells, width), *complaints, sep="\n    ", flush=True)
        status |= bool(complaints)
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
