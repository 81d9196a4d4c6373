"""An EPUB taken apart, so that a browser can show it: its files, and what is read in which order.

Imports lxml. Only what is in the EPUB can be asked for; no file of the machine is opened.
"""

from __future__ import annotations

import posixpath
import zipfile
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple

from lxml import etree

_CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
}


class Document(NamedTuple):
    """A document of the book: its file, its title, and a digest of all that it is shown with."""

    name: str
    title: str
    digest: str


class Shelf:
    """An EPUB's files."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self._files = {name: archive.read(name) for name in archive.namelist()}
        rootfile = etree.fromstring(self._files[_CONTAINER]).find(".//c:rootfile", _NAMES)
        assert rootfile is not None
        self._root = rootfile.get("full-path", "")
        package = etree.fromstring(self._files[self._root])
        items = package.findall("o:manifest/o:item", _NAMES)
        self._types = {self._full(item.get("href", "")): item.get("media-type", "") for item in items}
        names = {item.get("id", ""): self._full(item.get("href", "")) for item in items}
        self._spine = [names[ref.get("idref", "")] for ref in package.findall("o:spine/o:itemref", _NAMES)]

    def _full(self, href: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._root), href))

    def read(self, name: str) -> tuple[bytes, str] | None:
        """A file's content and media type; None where the book has none such."""
        if name not in self._types:
            return None
        return self._files[name], self._types[name]

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents in the order in which they are read."""
        documents = {name for name, kind in self._types.items() if kind == "application/xhtml+xml"}
        others = blake2b(b"".join(self._files[name] for name in sorted(self._types.keys() - documents)))
        return tuple(self._document(name, others.digest()) for name in self._spine)

    def _document(self, name: str, others: bytes) -> Document:
        content = self._files[name]
        title = etree.fromstring(content).findtext(".//x:title", "", _NAMES).strip()
        return Document(name, title or name, blake2b(content + others, digest_size=12).hexdigest())
