"""A finding: what a validator says, and of which element of which file; and how a validator is asked.

Imports `diagnostics`. Validators name elements in ways of their own; here each becomes its number in the body of its
file, by which `epub.places` knows it.
"""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat

from lxml import etree

from octopub.diagnostics import MachineError
from octopub.markup.scribe import XHTML

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from octopub.diagnostics import Code

_STEP = re.compile(r"/(\d+)")
_ASSERTION = re.compile(r"\[[^\]]*\]")


class Finding(NamedTuple):
    """One thing that a validator says."""

    code: Code
    rule: str
    """The validator's name for it."""
    says: str
    file: str
    """As the package document names it; empty where it is about the whole book."""
    line: int = 0
    """In the file, from 1; 0 where none is named."""
    element: Callable[[bytes], int | None] = lambda _: None
    """The content of the file → the number of the element in its body."""
    impact: str = ""
    """How grave the validator takes it to be, where it has degrees."""


def report_of(name: str, command: Sequence[str | Path], report: Path) -> dict[str, Any]:
    """What a validator called `name` writes into a file when it is run. Raises MachineError where it writes none."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # a program that was found
    try:
        found: dict[str, Any] = json.loads(report.read_bytes())
    except (OSError, ValueError):
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise MachineError(f"{name} failed: {''.join(last) or f'exit status {done.returncode}'}") from None
    return found


def at_line(content: bytes, line: int, column: int) -> int | None:
    """The number of the last element whose tag begins before this place in a file, line and column from 1."""
    begins: list[tuple[int, int]] = []
    parser = expat.ParserCreate()

    def begin(name: str, _: dict[str, str]) -> None:
        if name == "body":
            begins.clear()
        begins.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = begin
    with suppress(expat.ExpatError):  # what stands before the fault was read
        parser.Parse(content, True)
    before = sum(1 for each in begins if each < (line, column))
    return before - 1 if before else None


def at_cfi(content: bytes, cfi: str) -> int | None:
    """The number of the element that the path of an EPUB Canonical Fragment Identifier leads to, from the root of a
    file (`/4/2[chapter]/66`): elements have even numbers (EPUB CFI 1.1 §2.2)."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return None
    found = root
    for step in _STEP.findall(_ASSERTION.sub("", cfi)):
        number = int(step) // 2 - 1
        children = list(found.iterchildren("*"))
        if int(step) % 2 or not 0 <= number < len(children):
            break
        found = children[number]
    body = root.find(f"{{{XHTML}}}body")
    elements = list(body.iter()) if body is not None else []
    return elements.index(found) if found in elements else None
