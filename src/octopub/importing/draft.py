"""The draft: what a reader made of its source, before it becomes Markdown.

Imports `diagnostics`. Plain values, without behaviour: every reader gives one, and the writer, the proof and the
report know nothing else.

Readers of texts also say which stretch of their source became what (`stretches`, offsets in `source`), for the
proof; metadata of octopub's own has a dotted key (`octopub.imprint`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source: a line of a text or web page, a paragraph of a word processor's
    file, from 1."""

    number: int
    unit: str = "line"

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""What an author gives in braces: names and values, `("id", "x")`, `("class", "a b")`."""


# -- inside a block -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words, as the source has them (no Markdown in them)."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Marked words. `mark` is `em`, `strong`, `code`, `sub`, `sup`, `s`, `small-caps`, or `lang` with the tag as
    `value`, or `link` with the address as `value`; or `span`, which has attributes, or `raw` with the name of an
    element of HTML's as `value`."""

    mark: str
    inside: tuple[Inline, ...]
    value: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the note with this key."""

    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """An image: the name of its resource, its alternative text and its caption."""

    name: str
    alternative: str = ""
    caption: tuple[Inline, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that was meant."""


Inline: TypeAlias = Text | Span | Call | Image | Break


# -- blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inside: tuple[Inline, ...]
    place: Place
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level from 1 to 6; `anchor` where the source links to it."""

    level: int
    inside: tuple[Inline, ...]
    place: Place
    anchor: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation; `epigraph` where it stands before the text."""

    blocks: tuple[Block, ...]
    place: Place
    epigraph: bool = False
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Verse:
    """Verse: stanzas of lines, each with the spaces that it is indented by."""

    stanzas: tuple[tuple[tuple[int, tuple[Inline, ...]], ...], ...]
    place: Place
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `start` is the first number of an ordered one, None for bullets; `style` is that of labels that
    are no figures (`lower-alpha`, `upper-alpha`, `lower-roman`). In a `dense` one a list stands close below its
    item's words. `loose` says whether its items' words are paragraphs; None where the source does not say."""

    items: tuple[tuple[Block, ...], ...]
    place: Place
    start: int | None = None
    style: str = ""
    dense: bool = False
    loose: bool | None = None
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, and what is said of it: one or more definitions, each of blocks. Of several terms with one
    definition each is a line of `term`."""

    term: tuple[Inline, ...]
    definitions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of definitions; `loose` as of a list."""

    entries: tuple[Definition, ...]
    place: Place
    loose: bool | None = None
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head. `aligned` has `left`, `right`, `center` or `""` for each column."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    place: Place
    aligned: tuple[str, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Code, line for line, and the language that it is in."""

    text: str
    place: Place
    language: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Separator:
    """A break between two parts of the text."""

    place: Place
    attributes: Attributes = ()


Block: TypeAlias = Paragraph | Heading | Quotation | Verse | Items | Definitions | Table | Code | Separator


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its key (unique in the draft), the mark it had in the source, its text."""

    key: str
    mark: str
    blocks: tuple[Block, ...]
    place: Place


# -- what the report says -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was inferred: what, and why. `line 13: heading (short line, no full stop, …)`."""

    place: Place
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the source that are in no text, note or metadata, and why."""

    place: Place
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A call without a note, or a note without a call, and the nearest candidate."""

    place: Place
    mark: str
    is_call: bool
    candidate: str = ""
    column: int = 1
    """Where in its line it stands, from 1, if the line is one of a text."""


class Use(StrEnum):
    """What a stretch of the source became."""

    TEXT = "text"
    NOTE = "note"
    METADATA = "metadata"
    MARKUP = "markup"
    """Marks that are written otherwise in Markdown: of a call, of emphasis, of a list's item."""
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a plain text, and what it became; `key` names the note."""

    start: int
    end: int
    use: Use
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a reader has to say about its source."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    metadata: dict[str, str | list[str]] = field(default_factory=dict)
    """Keys of the front matter."""
    resources: dict[str, bytes] = field(default_factory=dict)
    """Images by the name that `Image.name` has."""
    findings: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    text_words: tuple[str, ...] = ()
    """The source's words that the reader took for the text, in order, for the proof."""
    note_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The same for each note, by key."""
    source: str = ""
    """The whole source, where it is a text whose stretches are known."""
    stretches: tuple[Stretch, ...] = ()
    """What became of it, in order; empty where the reader does not know."""
    is_set: bool = False
    """Whether the typography of the language is in the text: it is written so that no mark in it changes."""
    encoding: str = ""
    """What the source's bytes were, with the doubt there is; empty where they say it themselves."""
