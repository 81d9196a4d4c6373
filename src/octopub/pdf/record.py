"""The layout record: what layout leaves behind, as plain values.

Imports nothing of octopub. Proof, page numbers, page list, page report and preview read this record
and nothing of the layout engine. Lengths are points, measured from the page's upper left corner.

The values are msgspec structures: small in memory, and stored and read back in C (`pdf.store`).
"""

from __future__ import annotations

from msgspec import Struct

VERSION = 5
"""Of the record's form; a stored record of another version is laid out again."""

VERSE = "span"
"""The element that a line of verse is, which is a block of its own."""

FURNITURE = -1
"""The block of a running head or folio."""


class Line(Struct, frozen=True, array_like=True, gc=False):
    """A line of text as it stands on the page."""

    block: int
    """Key of the block that it is part of (`Block.key`); `FURNITURE` for running heads and folios."""
    text: str
    start: int
    """Index, among the block's letters, of its first letter; -1 where its letters are not the
    block's next ones."""
    end: int
    """Index behind its last letter."""
    at: int | None
    """Offset in the manuscript of its first word; None for words of octopub's own."""
    left: float
    top: float
    width: float
    height: float
    baseline: float
    """The y of its baseline."""
    stretch: float
    """What justification adds to each of its word spaces, in points."""
    hyphenated: bool
    """Whether it ends with a hyphen that the manuscript does not have."""
    repeated: bool = False
    """A table's head on a further page."""
    space: float = 0
    """The width of its word spaces without that, in points; 0 where nothing is added."""


class Image(Struct, frozen=True, array_like=True, gc=False):
    """An image as it stands on the page."""

    block: int
    """Key of the block that it is (`Block.key`)."""
    at: int | None
    """Offset in the manuscript."""
    name: str
    """What its `src` says."""
    left: float
    top: float
    width: float
    height: float


class Reference(Struct, frozen=True, array_like=True, gc=False):
    """A printed page number that refers to an anchor."""

    anchor: str
    text: str


class Start(Struct, frozen=True, array_like=True, gc=False):
    """With what of the text a page begins."""

    at: int | None = None
    """Offset in the manuscript of its first letter, be it within a word; None for what octopub adds."""
    added: str = ""
    """Which page of octopub's own begins with it (`model.Added`)."""


class Page(Struct, frozen=True, array_like=True):
    """One page."""

    label: str
    """The number that stands for it: printed, in the contents, and in the viewer. Empty while the page's place
    in the book is not known."""
    width: float
    height: float
    area: tuple[float, float, float, float]
    """The text block with the notes' place: left, top, right, bottom."""
    lines: tuple[Line, ...] = ()
    images: tuple[Image, ...] = ()
    anchors: tuple[tuple[str, float, float], ...] = ()
    """Each anchor on the page with its x and y."""
    references: tuple[Reference, ...] = ()
    blank: bool = False
    start: Start | None = None
    """None where nothing of the text begins on it: a page of notes, or a further page of the contents."""


class Block(Struct, frozen=True, array_like=True, gc=False):
    """A block of text that was to be laid out; or an image, which has no letters."""

    key: int
    flow: str
    """The anchor of the note it belongs to (behind it ` pointer`, if it only says where that stands); `""`
    for the text itself."""
    letters: int
    """How many letters it has (whitespace and marks of possible breaks not counted)."""
    at: int | None
    """Offset in the manuscript of its first word."""
    tag: str = "p"
    """The element of HTML that it is: a paragraph, a heading, a cell."""
    goes_on: bool = False
    """Whether it is a line of verse, and not its stanza's first."""


class Part(Struct, frozen=True, array_like=True):
    """What was laid out together: the front matter, a chapter, the notes at the end."""

    name: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]


class LayoutRecord(Struct, frozen=True, array_like=True):
    """The whole book's record."""

    parts: tuple[Part, ...]
    version: int = VERSION

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, in the order of the file."""
        return tuple(page for part in self.parts for page in part.pages)
