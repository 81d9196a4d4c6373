"""The press of these tests: manuscripts go in, and what came of them can be asked for.

Each is printed once in a run, however many tests look at it.
"""

from __future__ import annotations

import functools
import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from octopub import building
from octopub.diagnostics import Severity
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.make import Printed, typeset
from tests.tools import needs_tool

FOLDER = Path(__file__).with_name("manuscripts")
ESSAY = Path(__file__).parents[2] / "manuscript/october-1917.md"
SAMPLE = FOLDER / "salt-road.md"
HEBREW = FOLDER / "hebrew.md"


@functools.cache
def printed(source: str | Path, **options: Any) -> Printed:
    """What becomes of a manuscript; `options` as the command line gives them (`paper`, `kind`,
    `notes_pdf`). A text has the images of the manuscripts' folder."""
    loaded = building.load(source, base=FOLDER, options=building.options(options))
    assert loaded.book is not None, loaded.diagnostics
    result = typeset(loaded.book, open_catalogue(loaded.project.fonts), loaded.stylesheets)
    return result._replace(diagnostics=(*loaded.diagnostics, *result.diagnostics))


def pdf(source: str | Path, **options: Any) -> bytes:
    """The PDF of a manuscript that has no errors."""
    result = printed(source, **options)
    errors = [str(each) for each in result.diagnostics if each.severity is Severity.ERROR]
    assert result.content is not None, errors
    return result.content


def opened(file: bytes) -> pikepdf.Pdf:
    """The PDF, to be looked into."""
    return pikepdf.open(io.BytesIO(file))


# -- the structure, as poppler reads it ------------------------------------------------------------


@dataclass(eq=False)
class Node:
    """An element of the structure tree with its text."""

    role: str
    kids: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def find(self, *roles: str) -> list[Node]:
        """The elements of these types, in reading order."""
        return [node for node in self.walk() if node.role in roles]

    def text(self, without: str = "") -> str:
        """Its text, a line for each piece; elements of one type may be left out."""
        parts = (
            kid if isinstance(kid, str) else kid.text(without)
            for kid in self.kids
            if isinstance(kid, str) or kid.role != without
        )
        return "\n".join(parts)


@functools.cache
def structure(file: bytes) -> Node:
    """The structure tree by `pdfinfo -struct-text`."""
    needs_tool("pdftotext")  # pdfinfo comes with it
    with tempfile.NamedTemporaryFile(suffix=".pdf") as book:
        Path(book.name).write_bytes(file)
        done = subprocess.run(
            ["pdfinfo", "-struct-text", "-enc", "UTF-8", book.name], capture_output=True, check=True
        )
    root = Node("")
    above = [root]
    for line in done.stdout.decode().splitlines():
        depth = (len(line) - len(line.lstrip())) // 2 + 1
        content = line.strip()
        if content.startswith('"'):
            above[depth - 1].kids.append(content[1:-1])
        elif re.match(r"[A-Z]\w*", content) and not content.startswith("Object "):
            del above[depth:]
            above.append(Node(content.split()[0].rstrip(":")))
            above[depth - 1].kids.append(above[depth])
    return root


def elements(file: pikepdf.Pdf) -> Iterator[Any]:
    """All structure elements of the file itself, in reading order."""
    waiting = list(file.Root.StructTreeRoot.K)[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            waiting += list(element.get("/K", ()))[::-1]
