"""The values that travel between the parts: frozen dataclasses without behaviour.

Imports only `diagnostics`. `reading` makes a `Book`; both renderers take it as it is: neither numbers
a note, names an anchor or builds a table of contents on its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.diagnostics import Span


class Target(StrEnum):
    """The two outputs."""

    EPUB = "epub"
    PRINT = "print"


class Kind(StrEnum):
    """What the manuscript is (`octopub.kind`): it decides on title page, contents and chapters."""

    BOOK = "book"
    ESSAY = "essay"
    HANDOUT = "handout"


class NotesPlace(StrEnum):
    """Where notes print: at the foot of the page, at the end of the chapter, or of the book."""

    PAGE = "page"
    CHAPTER = "chapter"
    BOOK = "book"


class Numbering(StrEnum):
    """Where note numbers begin afresh."""

    CHAPTER = "chapter"
    BOOK = "book"


class Imposition(StrEnum):
    """How pages stand on the sheets that are printed (`octopub.impose`)."""

    BOOKLET = "booklet"
    SIGNATURES = "signatures"
    TWO_UP = "2up"
    FOUR_UP = "4up"
    EIGHT_UP = "8up"
    REPEAT_TWO = "repeat2"
    REPEAT_FOUR = "repeat4"
    ZINE = "zine"
    CUT_STACK = "cut-stack"


class Cover(StrEnum):
    """Which cover the PDF has (`octopub.cover`)."""

    NONE = "none"
    SELF = "self"
    """Four pages around the others."""
    SEPARATE = "separate"
    """A sheet of its own, in a file of its own, to be laid around the others."""


class LineNumbers(StrEnum):
    """Where the numbers of lines begin afresh, if they are printed."""

    NONE = "none"
    TEXT = "text"
    PAGE = "page"


class Added(StrEnum):
    """The pages that octopub adds to a text, and in which a printed page may begin."""

    TITLE = "title-page"
    MASTHEAD = "masthead"
    CONTENTS = "contents"
    COLOPHON = "colophon"


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: one of `at` and `added` is set."""

    label: str
    """The number that is printed on it, or stands for it."""
    at: int | None = None
    """Offset in the manuscript of the first letter of the text on it, be it within a word. That of a page without
    text is the next one's; behind the last of them it is the end of the manuscript."""
    added: Added | None = None
    """What begins with it."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of a printed edition, in their order; blank ones are none."""

    starts: tuple[PageStart, ...]
    numbers: Mapping[str, str]
    """Anchor → label of its page, for those to whose pages the text refers."""
    source: str
    """What identifies the edition."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """`octopub.fonts`: the text face's family, families to fall back on, and whether the EPUB carries
    the faces."""

    text: str | None = None
    fallback: tuple[str, ...] = ()
    embed: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What describes the book rather than the run: `octopub:` in the front matter, overridden by the
    command line. None means: as the kind of text decides."""

    kind: Kind | None = None
    paper: str | None = None
    one_sided: bool = False
    """Printed on the front of each leaf alone: there are no versos."""
    wide_margin: bool = False
    """Room for a reader's own notes at the outer edge."""
    large_print: bool = False
    """For weak eyes; one-sided."""
    line_numbers: LineNumbers = LineNumbers.NONE
    impose: Imposition | None = None
    sheet: str | None = None
    """The paper that it is imposed on."""
    bleed: str | None = None
    """How far what is to reach the edge of the page is printed beyond it, in millimetres (`3mm`)."""
    marks: bool = False
    """Crop marks beside the pages of the PDF."""
    cover: Cover | None = None
    standard: str | None = None
    """The standards that the PDF keeps, as `standards.table` reads them."""
    output_profile: str | None = None
    """The file with the ICC profile of the printing condition, from the manuscript's folder."""
    notes_numbering: Numbering | None = None
    notes_pdf: NotesPlace = NotesPlace.PAGE
    notes_epub: NotesPlace = NotesPlace.CHAPTER
    fonts: Fonts = field(default_factory=Fonts)
    quotes: tuple[str, str, str, str] | None = None
    short_title: str | None = None
    url: str | None = None
    imprint: str | None = None
    print_identifier: str | None = None
    """What identifies the print edition: an ISBN as `urn:isbn:` and its digits."""
    credit: bool = True
    modified: str | None = None
    missing_glyphs_by_name: bool = False
    title_page: bool | None = None
    contents: bool | None = None
    colophon: bool | None = None
    ignore: tuple[str, ...] = ()
    """The copy editor's rules that `check` leaves out, by name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who had a part in the book."""

    name: str
    role: str = ""
    """MARC's code for the part (https://www.loc.gov/marc/relators/); empty where nobody says which."""
    is_creator: bool = False
    """Whether it is one of those whose book it is."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a library would write on the card. Texts are plain (no Markdown), lists in their order."""

    title: str
    lang: str = "en"
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None
    rights: str | None = None
    description: str | None = None
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    """The identifier as given, or `urn:uuid:…` made from title, subtitle, authors and language."""
    isbn: str | None = None
    edition: str | None = None
    translators: tuple[str, ...] = ()
    contributors: tuple[Person, ...] = ()
    """Whoever else had a part in it."""
    sort_names: Mapping[str, str] = field(default_factory=dict)
    """Name → under what a library files it."""
    terms: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Subject → the scheme that has it (`Thema`), and its code there."""
    series: str | None = None
    position: str | None = None
    """The book's number in the series: `2`, `2.1`."""
    modified: datetime | None = None
    """Stamped into both outputs (UTC): `SOURCE_DATE_EPOCH`, else `octopub.modified`, else `date`,
    else 2000-01-01. Always set in a `Book`."""


class Reader(Protocol):
    """A lazy file: called, it gives the bytes."""

    def __call__(self) -> bytes:
        """The file's content. Raises OSError where it can no longer be read."""
        ...


@dataclass(frozen=True, slots=True)
class Resource:
    """An image that the manuscript names. Its bytes are read when asked for; what layout needs to know
    is known before."""

    path: str
    """As the manuscript writes it, relative to the manuscript's folder."""
    name: str
    """Its file name in the outputs: unique in the book."""
    media_type: str
    digest: str
    """SHA-256 of its content, hexadecimal."""
    size: int
    """Bytes."""
    width: float
    """Pixels (for SVG: CSS pixels of its view)."""
    height: float
    read: Reader = field(compare=False)
    moves: bool = False
    """Whether it is a picture of several, shown one after the other."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, resolved: what it says, and who calls it."""

    label: str
    """As the manuscript writes it; an inline note's is `^` and its running number."""
    id: str
    """Its anchor, unique in the book."""
    number: int | None
    """None for a note that nothing calls."""
    blocks: tuple[Node, ...]
    calls: tuple[str, ...]
    """The anchors of its calls, in the order of the text."""
    span: Span
    """Of its definition."""
    reached: bool = True
    """False if the text does not lead to it: nothing calls it, or only such notes do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in the contents."""

    id: str
    level: int
    """As written, from 1 to 6."""
    content: tuple[Node, ...]
    """Its inline nodes, note calls included."""
    text: str
    """Its plain words, without note calls: for contents, running heads and bookmarks."""
    short: str | None
    """`{short="…"}`."""
    span: Span
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """What opens on a page of its own: a book's chapter, or the whole text of an essay.

    The opening (text before the first chapter) and an essay have no heading of their own.
    """

    id: str
    heading: Heading | None
    """Stands also as the first of `blocks`."""
    blocks: tuple[Node, ...]
    sections: tuple[Heading, ...]
    """The headings inside, nested."""
    notes: tuple[Note, ...]
    """The notes first called here, in order; uncalled ones follow in the book's last chapter."""
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """The manuscript's text and where its lines begin (offsets in characters)."""

    path: str
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A manuscript, read and resolved: all that a renderer needs."""

    source: Source
    metadata: Metadata
    options: Options
    kind: Kind
    direction: str
    """`ltr` or `rtl`: from language and script."""
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...]
    """All notes in the order of their numbers' first calls; uncalled ones last."""
    resources: tuple[Resource, ...]
    cover: Resource | None
    anchors: dict[str, str]
    """Every anchor that can be linked to, with the words that name its target."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where the front matter's values stand, by key (`title`, `octopub.imprint`)."""
    output_profile: bytes | None = None
    """The ICC profile of the printing condition, where one is named."""
    title: tuple[Node, ...] = ()
    """The heading that is the title, as written: one node, or none."""
    imprint: tuple[Node, ...] = ()
    """`octopub.imprint`, read as Markdown."""
    standard: Options | None = None
    """Of large print: what the copies of the others are set with. The numbers of their pages stand in its margin."""
    title_page: bool = True
    contents: bool = True
    """Whether a table of contents is printed (every EPUB has one for its reader)."""
    colophon: bool = True
