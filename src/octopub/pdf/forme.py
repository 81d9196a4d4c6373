"""What is set apart from the rest of the book: the job that a compositor gets, and the forme that comes back.

A *forme* is a part's type, set and locked up, ready to be put together with others' (`pdf.assembly`). It is a
function of its `Job` and of the `Equipment` and of nothing else: not of the page that it begins on, nor of the
numbers of other pages, nor of where its words stand in the manuscript. So it can be set anywhere, and kept.

Imports the record and msgspec. Plain values; lengths are points.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec import Struct

from octopub.pdf.record import Page  # noqa: TC001  # msgspec reads the types of its structures


class FaceFile(Struct, frozen=True):
    """A face as layout gets it: a font file of its own, and what it is to be taken for."""

    family: str
    style: str
    """`normal` or `italic`."""
    weight: int
    """OpenType's, from 100 to 900."""
    content: bytes


class Equipment(Struct, frozen=True):
    """What all parts of a book are set with."""

    faces: tuple[FaceFile, ...]
    """The text face first, then as their families are asked for a character."""
    code: str
    """The family that code is set in."""
    css: str
    """The stylesheet set for print."""


class Picture(Struct, frozen=True):
    """An image that a part shows."""

    media_type: str
    digest: str
    """SHA-256 of its content, hexadecimal."""
    content: bytes = b""
    """Empty until the job is handed out: so many pictures need not be held at once."""


class Job(Struct, frozen=True):
    """A part of the book, to be set."""

    name: str
    markup: bytes
    """The whole tree, as XML."""
    css: str
    """What only this part's pages need, behind the set."""
    letters: tuple[str, ...]
    """Those of each block, by its key."""
    pictures: dict[str, Picture]
    """By what `src` says."""

    @property
    def weight(self) -> int:
        """How many letters it has."""
        return sum(map(len, self.letters))

    def key(self, equipment: str) -> str:
        """The name under which its forme can be kept, where `equipment` is that of the equipment: the same for
        equal jobs."""
        pictures = (part for src, picture in sorted(self.pictures.items()) for part in (src, picture.digest))
        # Names are no part of a forme, but of the identifiers that its notes bear in the structure tree.
        return digest(equipment, self.name, self.markup, self.css, *self.letters, "", *pictures)


def digest(*parts: str | bytes) -> str:
    """A digest of parts, each with its length, so that no two lists of parts run together; hexadecimal."""
    made = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


class Type(Struct, frozen=True, array_like=True):
    """A face in use: which of its glyphs, and what a PDF's font dictionary says of them
    (ISO 32000-1 §§9.6 to 9.10)."""

    name: str
    """Its name among a page's resources."""
    base: str
    """Its `BaseFont`."""
    face: int
    """Index among the equipment's faces."""
    flags: int
    ascent: int
    descent: int
    widths: dict[int, float]
    """Glyph → advance, in thousandths of an em."""
    text: dict[int, str]
    """Glyph → the characters that it stands for."""


class Slot(Struct, frozen=True, array_like=True):
    """Where a page number is put in: a content stream of its own, between two others."""

    page: int
    """Index among the forme's pages."""
    stream: int
    """Index among the page's content streams."""
    anchor: str
    """Whose page's number it is."""
    before: bytes
    behind: bytes
    """What stands around the glyphs' codes in the stream."""
    figures: tuple[int, ...]
    """The glyphs of the figures from 0 to 9, all of one width."""

    def filled(self, number: str) -> bytes:
        """The stream with this number in it."""
        return self.before + b"".join(b"%04x" % self.figures[int(each)] for each in number) + self.behind


PLACEHOLDER = "0000"
"""What a part's pages have in their margins where a running head or a folio will stand."""


class Stamp(Struct, frozen=True, array_like=True):
    """A line in a page's margin."""

    page: int
    text: str
    box: str
    """Its margin box, as CSS names it: `@top-left`."""
    align: str
    """`left`, `center` or `right`."""
    content: bytes
    """The operators that paint it, in CSS pixels from the page's upper left corner."""


class Bookmark(Struct, frozen=True, array_like=True):
    """A heading in the viewer's outline."""

    page: int
    level: int
    label: str
    left: float
    top: float


class Forme(Struct, frozen=True):
    """A part's pages, set."""

    pages: tuple[Page, ...]
    """Their record. What it takes from the rest of the book is not filled in: labels, and the offsets of words."""
    names: tuple[str, ...]
    """Each page's name (CSS Paged Media 3 §3.5); empty where it has none."""
    pdf: bytes
    """The pages as a file, without the faces; the tree of tags below `Document`; links by name."""
    types: tuple[Type, ...]
    slots: tuple[Slot, ...]
    stamps: tuple[Stamp, ...]
    bookmarks: tuple[Bookmark, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Forme)


def packed(forme: Forme) -> bytes:
    """The forme as bytes, to be sent and kept."""
    return _encoder.encode(forme)


def unpacked(data: bytes) -> Forme:
    """The forme of such bytes. Raises `msgspec.MsgspecError` for others."""
    return _decoder.decode(data)
