"""Archives and XML of strangers: opened with limits, so that a hostile file costs nothing but a complaint.

Imports `diagnostics`, `importing.bounds` and lxml. Never writes a member to the disk, never follows a reference out
of the archive, never expands an entity. What breaks a limit is refused with `BuildError`.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from html.entities import html5
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lxml import etree

from octopub.diagnostics import BuildError, Code, complain
from octopub.importing.bounds import USUAL, check_tags

if TYPE_CHECKING:
    from octopub.importing.bounds import Bounds
    from octopub.importing.trees.tree import Element

DEPTH_LIMIT = 100
"""Levels of elements: deeper than any text, less deep than Python's stack."""

_DAMAGES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip
"""What zipfile raises for members that are damaged, encrypted or packed in a way that it does not know."""

_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def refuse(name: str, reason: str, remedy: str = "save the file anew, and import that") -> BuildError:
    """The error that says why a source cannot be imported."""
    return BuildError([complain(Code.SOURCE_UNREADABLE, None, name, name=name, reason=reason, remedy=remedy)])


def check_length(name: str, paragraphs: int, limit: int) -> None:
    """Raise BuildError where a text has more paragraphs than any text has."""
    if paragraphs > limit:
        raise refuse(name, f"it has more than {limit} paragraphs")


class Archive:
    """A zip archive in memory: its members by name. Names that would lead out of it are as if they were not
    there."""

    def __init__(self, data: bytes, name: str, bounds: Bounds = USUAL) -> None:
        self.name = name
        self.bounds = bounds
        self._unpacked = self._tags = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGES as damage:
            raise refuse(name, f"it is no archive, or a damaged one ({damage})") from damage
        infos = self._zip.infolist()
        if len(infos) > bounds.members:
            raise refuse(name, f"it holds more than {bounds.members} files")
        if sum(info.file_size for info in infos) > bounds.archive_bytes:
            raise self._refuse_size()
        self._infos = {
            info.filename: info for info in infos if not info.is_dir() and is_inside(info.filename)
        }
        self._folded = {_folded(member): member for member in reversed(self._infos)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the archive's order."""
        return tuple(self._infos)

    def __contains__(self, member: str) -> bool:
        return member in self._infos

    def find(self, folder: str, reference: str) -> str | None:
        """The member that a reference from a file in this folder names (EPUB 3.3 §4.2.5: the archive's root is its
        top); also where only the case of its letters, their composition or the escapes differ."""
        for each in (unquote(reference), reference):
            path = posixpath.normpath(posixpath.join("/", folder, each)).lstrip("/")
            if path in self._infos:
                return path
            if found := self._folded.get(_folded(path)):
                return found
        return None

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises BuildError where there is none, a damaged one or one too large, and where too much
        was read of the archive: a few members may be asked for any number of times."""
        info = self._infos.get(member)
        if info is None:
            raise refuse(self.name, f"its part “{member}” is missing")
        limit = self.bounds.member_bytes
        if info.file_size > limit:
            raise refuse(self.name, f"its part “{member}” has more than {limit} bytes")
        self._unpacked += info.file_size
        if self._unpacked > self.bounds.archive_bytes:
            raise self._refuse_size()
        try:
            with self._zip.open(info) as file:
                return file.read(limit + 1)
        except _DAMAGES as damage:
            raise refuse(self.name, f"its part “{member}” is damaged ({damage})") from damage

    def document(self, member: str) -> bytes:
        """As `read`, for a member that a tree is made of: all of them together may have so many tags."""
        data = self.read(member)
        self._tags += data.count(b"<")
        check_tags(self.name, self._tags, self.bounds.tags)
        return data

    def xml(self, member: str) -> Element:
        """A member's root element. Raises BuildError where it is no XML, or declares entities."""
        return parse_xml(self.document(member), f"{self.name}: {member}")

    def _refuse_size(self) -> BuildError:
        return refuse(self.name, f"it unpacks to more than {self.bounds.archive_bytes} bytes")


def _folded(member: str) -> str:
    return unicodedata.normalize("NFC", member).casefold()


def is_inside(member: str) -> bool:
    """Whether a member's name stays within its archive."""
    path = PurePosixPath(member)
    return not (path.is_absolute() or ".." in path.parts or "\\" in member or ":" in member or "\0" in member)


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document, without comments and processing instructions.

    Raises BuildError where it is not well-formed, declares entities, or is nested too deep. How many tags it has is
    to be known before.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise refuse(name, f"its XML is not well-formed ({fault.msg})") from fault
    # The type stubs know no DTD's entities.
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise refuse(name, "it declares entities, which no book needs and which may hide an attack")
    check_depth(root, name)
    return root


def parse_xhtml(data: bytes, name: str) -> Element:
    """As `parse_xml`, for XHTML: the entities that HTML names are the characters they stand for."""
    encoding = re.match(rb"""\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""", data)
    try:
        text = data.decode(encoding[1].decode("ascii") if encoding else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        return parse_xml(data, name)
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    return parse_xml(_NAMED_ENTITY.sub(_character, text).encode(), name)


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OF_XML else html5.get(f"{found[1]};", found[0])


def check_depth(root: Element, name: str, limit: int = DEPTH_LIMIT) -> None:
    """Raise BuildError where elements are nested more than so many levels deep."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            raise BuildError([complain(Code.TOO_DEEP, None, name, what="an element", limit=limit)])
