"""Texts: what people without a project bring, kept in a folder of the desk's own, which is a project as any other.

Imports `importing` and `reading.project`. It writes by the hand that it is given, and no text is ever replaced by
another one.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import BuildError
from octopub.importing.manuscript import import_manuscript
from octopub.reading import project as projects
from octopub.reading.source import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from octopub.diagnostics import Diagnostic

    Write = Callable[[Path, bytes], None]
    """Puts a whole file in its place, with the folders that it needs. Raises MachineError where that fails."""

MARKDOWN = (".md", ".markdown")
PLAIN = (".txt", ".text", ".asc", "")
"""How the names of sources end that can be edited as they are, where they cannot be imported."""

LONGEST_NAME = 80


class Brought(NamedTuple):
    """What became of a source: its manuscript, or None and the text to mend, if it is a text."""

    name: str
    manuscript: Path | None
    text: str
    report: tuple[str, ...]
    """What was inferred and left out."""
    faults: tuple[Diagnostic, ...] = ()
    """What is wrong, where there is no manuscript."""


class Text(NamedTuple):
    """A manuscript's text, and what tells this state of it from every other."""

    text: str
    state: str


class ChangedError(Exception):
    """A text is not what it was when it was opened."""


class Texts:
    """The texts in a folder."""

    def __init__(self, folder: Path, write: Write) -> None:
        self._folder = folder
        self._write = write

    def names(self) -> list[str]:
        """The names of the texts that are there."""
        return sorted(path.stem for path in projects.candidates(self._folder))

    def path(self, name: str) -> Path | None:
        """The manuscript of this name; None where there is none."""
        return next((path for path in projects.candidates(self._folder) if path.stem == name), None)

    def read(self, manuscript: Path) -> Text:
        """A manuscript's text, as far as it is one. Raises OSError."""
        content = projects.content(manuscript)
        return Text(content.decode("utf-8", "replace"), _state(content))

    def save(self, manuscript: Path, text: str, state: str) -> None:
        """Replace a manuscript's text by its next state. Raises ChangedError where it is not in this one any more, or
        was no text: what another program saved is not lost."""
        if manuscript.exists():
            content = projects.content(manuscript)
            if _state(content) != state:
                raise ChangedError(f"{manuscript.name} was changed by another program meanwhile, and stays as it is")
            if content.decode("utf-8", "replace").encode() != content:
                raise ChangedError(f"{manuscript.name} is not in UTF-8, and stays as it is: letters would be lost")
        self._write(manuscript, text.encode())

    def bring(self, name: str, data: bytes, *, keep_unmatched: bool = False) -> Brought:
        """Take in a source: a manuscript as it is, anything else by way of the import."""
        source = PurePosixPath(file_name(name))
        if source.suffix.lower() in MARKDOWN:
            decoded, found = decode(data, str(source))
            if decoded is None:
                return Brought(str(source), None, "", (), tuple(found))
            return self._keep(source.name, decoded.text, {}, ("It is a manuscript already, and taken as it is.",))
        for stem in _stems(source.stem):
            try:
                imported = import_manuscript(data, name=f"{stem}{source.suffix}", keep_unmatched=keep_unmatched)
            except BuildError as error:
                return Brought(str(source), None, _text(source, data), (), tuple(error.diagnostics))
            if self._is_free(stem, imported.text):
                return self._keep(f"{stem}.md", imported.text, imported.resources, imported.report.lines)
        raise AssertionError("names do not end")

    def _keep(self, name: str, text: str, resources: Mapping[str, bytes], report: tuple[str, ...]) -> Brought:
        """Write the images, then the manuscript that names them."""
        stem = next(stem for stem in _stems(PurePosixPath(name).stem) if self._is_free(stem, text))
        manuscript = self._target(stem)
        for path, content in resources.items():
            self._write(manuscript.parent / path, content)
        self._write(manuscript, text.encode())
        return Brought(name, manuscript, text, report)

    def _target(self, stem: str) -> Path:
        return self._folder / projects.MANUSCRIPTS / f"{stem}.md"

    def _is_free(self, stem: str, text: str) -> bool:
        """Whether this text can have that name: nothing has it, or the same text."""
        target = self._target(stem)
        return not target.exists() or projects.content(target) == text.encode()


def file_name(name: str) -> str:
    """The last part of a name, without what some system does not allow in one."""
    last = re.sub(r'[\x00-\x1f<>:"|?*]', "-", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem if dot else last)[:LONGEST_NAME].strip() or 'text'}{dot}{ending if dot else ''}"


def _state(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _stems(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _text(source: PurePosixPath, data: bytes) -> str:
    """A plain text to be mended; empty for other kinds, which are mended in the program they come from."""
    if source.suffix.lower() not in PLAIN:
        return ""
    decoded, _ = decode(data, str(source))
    return decoded.text if decoded else ""
