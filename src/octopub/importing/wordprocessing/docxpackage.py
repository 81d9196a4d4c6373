"""The package that a Word file is: its parts by name, where their relations lead, and the file that mammoth reads.

Imports `importing.archive` and lxml (ECMA-376-2). Knows nothing of what the parts say.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.archive import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.importing.archive import Archive
    from octopub.importing.trees.tree import Element

_STRICT = re.compile(r'"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/')
_USUAL = r'"http://schemas.openxmlformats.org/\1/2006/'
"""How the names of the strict form begin, and those of the usual one (ISO/IEC 29500-1 and -4)."""
_OF_PACKAGE = ("[Content_Types].xml", "_rels/.rels")


class Package:
    """The parts of a file, read once. Raises BuildError where it is none of Word's."""

    def __init__(self, archive: Archive) -> None:
        self.name = archive.name
        self._archive = archive
        # Every part that mammoth will read is read here first: it expands entities, this does not.
        self._roots = {name: self._xml(name) for name in archive.names if name.endswith((".xml", ".rels"))}
        named = (self._named_main(), "word/document.xml")
        main = next((name for name in named if name in self._roots), "")
        if not main:
            raise refuse(archive.name, "it is none of Word's files", "save it as .docx")
        self.main = self._roots[main]
        """The part with the text."""
        self._folder = posixpath.dirname(main)

    def _xml(self, name: str) -> Element:
        root = self._archive.xml(name)
        if not any(_STRICT.match(f'"{uri}') for uri in root.nsmap.values()):
            return root
        return etree.fromstring(_STRICT.sub(_USUAL, etree.tostring(root, encoding="unicode")))

    def _named_main(self) -> str:
        """The main part, as the package names it."""
        rels = self._roots.get("_rels/.rels")
        for each in rels if rels is not None else ():
            if (each.get("Type") or "").endswith("/officeDocument"):
                return (each.get("Target") or "").lstrip("/")
        return ""

    @property
    def core(self) -> Element | None:
        """The part with the file's properties."""
        return self._roots.get("docProps/core.xml")

    def part(self, name: str) -> Element | None:
        """A part beside the main one, by its name without the ending."""
        return self._roots.get(posixpath.join(self._folder, f"{name}.xml"))

    def margins(self) -> list[Element]:
        """The running heads and feet."""
        form = re.compile(rf"{re.escape(self._folder)}/(header|footer)\d*\.xml")
        return [self._roots[name] for name in sorted(self._roots) if form.fullmatch(name)]

    def targets(self, part: Element) -> dict[str, str]:
        """Where the relations of a part lead."""
        rels = self._roots.get(_relations_of(self._name_of(part)))
        return {each.get("Id") or "": each.get("Target") or "" for each in (rels if rels is not None else ())}

    def holds(self, target: str) -> bool:
        """Whether what a relation of the main part leads to is in the file."""
        inside = posixpath.normpath(posixpath.join(self._folder, target))
        return inside in self._archive or (bool(target) and target.lstrip("/") in self._archive)

    def _name_of(self, part: Element) -> str:
        return next(name for name, root in self._roots.items() if root is part)

    def packed(self, parts: Iterable[Element]) -> bytes:
        """A file of these parts, as they are now, and of the pictures that they lead to. What says how the text
        looks is settled by then: without it mammoth is quicker."""
        names = [self._name_of(each) for each in parts]
        needed = {*_OF_PACKAGE, *names, *map(_relations_of, names)}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            for name in self._archive.names:
                root = self._roots.get(name)
                if root is None:
                    file.writestr(name, self._archive.read(name))
                elif name in needed:
                    file.writestr(name, etree.tostring(root, encoding="utf-8"))
        return packed.getvalue()


def _relations_of(name: str) -> str:
    """The part that says where the relations of a part lead (ECMA-376-2 §6.5.3)."""
    return posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
