"""The parts of an OpenDocument text: of an archive, or of a flat file, which has them all in one (ODF 1.3 part 2 §3).

Imports `importing.archive` and lxml. Opens no file and follows no reference out of the archive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing.archive import Archive, check_length, parse_xml, refuse
from octopub.importing.wordprocessing.odtnames import OFFICE, PARAGRAPHS

if TYPE_CHECKING:
    from octopub.importing.bounds import Bounds
    from octopub.importing.trees.tree import Element


@dataclass(slots=True)
class Source:
    """A file. Raises BuildError where it is damaged, encrypted, or no OpenDocument text."""

    data: bytes
    name: str
    bounds: Bounds
    content: Element = field(init=False)
    body: Element = field(init=False)
    _archive: Archive | None = None
    _flat: Element | None = None

    def __post_init__(self) -> None:
        if self.data.startswith(b"PK"):
            self._archive = Archive(self.data, self.name, self.bounds)
            self._refuse_encrypted()
        elif b"<" not in self.data[:100]:
            raise refuse(self.name, "it is no archive, or a damaged one")
        content = self.part("content.xml")
        body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
        if content is None or body is None:
            raise refuse(self.name, "it is no OpenDocument text", "save it as .odt")
        check_length(self.name, sum(1 for _ in body.iter(*PARAGRAPHS)), self.bounds.paragraphs)
        self.content, self.body = content, body

    def _refuse_encrypted(self) -> None:
        assert self._archive is not None
        manifest = "META-INF/manifest.xml"
        if manifest in self._archive and b"encryption-data" in self._archive.read(manifest):
            raise refuse(self.name, "a password protects it", "save it without a password")

    def part(self, member: str) -> Element | None:
        """The root of a part; None where there is none."""
        if self._archive is None:
            if self._flat is None:
                self._flat = parse_xml(self.data, self.name)
            return self._flat
        return self._archive.xml(member) if member in self._archive else None

    def inner(self, address: str) -> Element | None:
        """The content of an embedded object."""
        if self._archive is None or not address:
            return None
        member = f"{address.removeprefix('./').rstrip('/')}/content.xml"
        return self._archive.xml(member) if member in self._archive else None

    def picture(self, address: str) -> bytes | str:
        """The bytes of a picture, or why there are none."""
        address = address.removeprefix("./")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
            return "it is not in the file, and nothing is read from the network"
        if self._archive is None or address not in self._archive:
            return "it is not in the file"
        return self._archive.read(address)
