"""Validated: an EPUB that was made, with what validators say of it.

Imports `building`, and the validators.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from octopub.desk.validators import ace, epubcheck
from octopub.diagnostics import complain, has_errors, in_order
from octopub.reading.source import locate
from octopub.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

    from octopub.building import Outcome
    from octopub.desk.validators.finding import Finding
    from octopub.diagnostics import Diagnostic
    from octopub.epub.places import Places
    from octopub.model import Book


class Validator(Enum):
    """A program that looks at a book."""

    EPUBCHECK = "epubcheck"
    ACE = "ace"

    def ready(self) -> None:
        """Raises MachineError where it is not installed."""
        _COMMANDS[self]()


_COMMANDS = {Validator.EPUBCHECK: epubcheck.command, Validator.ACE: ace.command}
_FINDINGS = {Validator.EPUBCHECK: epubcheck.findings, Validator.ACE: ace.findings}


def validated(made: Outcome, book: Book | None, places: Places, validators: Collection[Validator]) -> Outcome:
    """The EPUB that was made (with these places), and what the validators say of it; nothing to write where that is an
    error. Raises MachineError where one of them is missing or fails."""
    if book is None or made.write is None or not validators:
        return made
    with Scratch() as folder:
        # Ace has no other name for the book than its file's.
        path = folder / "book.epub"
        content = made.content or b""
        path.write_bytes(content)
        found = [each for validator in validators for each in _FINDINGS[validator](path, folder)]
        with zipfile.ZipFile(path) as archive:
            said = in_order(_complaints(found, archive, book, places))

    def write(out: IO[bytes]) -> None:
        out.write(content)

    return replace(made, write=None if has_errors(said) else write, diagnostics=(*made.diagnostics, *said))


def _complaints(
    found: list[Finding], archive: zipfile.ZipFile, book: Book, places: Places
) -> Iterator[Diagnostic]:
    """Each finding at the place in the manuscript where its element comes from, if it comes from there."""
    names = {name.removeprefix(epubcheck.FOLDER): name for name in archive.namelist()}
    for each in found:
        span = None
        if each.file.endswith(".xhtml") and each.file in names:
            number = each.element(archive.read(names[each.file]))
            at = None if number is None else places.of(each.file, number)
            span = None if at is None else locate(book.source, at, at + 1)
        where = (each.file + (f":{each.line}" if each.line else "")) or "the book"
        yield complain(
            each.code, span, book.source.path, where=where, says=each.says, rule=each.rule, impact=each.impact
        )
