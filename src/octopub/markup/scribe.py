"""The scribe: writes elements for one target, and remembers what it wrote where.

Imports `model`, `markup.words` and lxml. Knows elements, attributes, languages and addresses, but no
node type (`markup.table` has those) and no page. For print it numbers every block that holds text
(`data-k`) and keeps, for each, its letters and their places in the manuscript: by them layout can
say what stands on a line, and the proof that nothing is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple, cast
from unicodedata import east_asian_width

from lxml import etree

from octopub.model import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from octopub.markup.words import Words
    from octopub.model import Added, Book, Note, NotesPlace, Resource

    Element = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
NAMESPACES = {None: XHTML, "epub": OPS}
XML = "http://www.w3.org/XML/1998/namespace"

UNSEEN = dict.fromkeys(
    map(ord, "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}")
)

_UNSEEN = re.compile(f"[{''.join(map(chr, UNSEEN))}]")
"""To translate takes ten times as long as to see that there is nothing to translate."""

_PARTING = "—\N{ZERO WIDTH SPACE}"
"""Behind these a word begins without a space."""

_WHITE_SPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")
_WORD = re.compile(r"\S+")

INLINE = frozenset("a abbr b cite code del dfn em i ins kbd mark s samp small span strong u var".split())
"""Elements inside a line that have text of their own."""

_IN_WORDS = INLINE | {"sub", "sup"}
"""Elements that may stand within a word."""


def letters(text: str) -> str:
    """The text without whitespace and without characters that mark only where lines may break."""
    joined = "".join(text.split())
    return joined.translate(UNSEEN) if _UNSEEN.search(joined) else joined


def letter_at(text: str, index: int) -> int | None:
    """Where in a text the letter of this index stands (see `letters`); None behind its last."""
    seen = (place for place, each in enumerate(text) if not each.isspace() and ord(each) not in UNSEEN)
    return next(islice(seen, index, None), None)


def word_from(text: str, place: int, before: str) -> int | None:
    """Where the first word begins that begins at or behind a place in a text; None where none does. `before` is the
    character before the text, if it has one."""
    for index in range(place, len(text)):
        here, last = text[index], text[index - 1] if index else before
        if not here.isspace() and ord(here) not in UNSEEN and _parted(last, here):
            return index
    return None


def _parted(last: str, here: str) -> bool:
    """Whether another word begins between two characters. In Chinese and Japanese one may at each."""
    return not last or last.isspace() or last in _PARTING or east_asian_width(here) in "WF"


@dataclass(slots=True)
class Stream:
    """What one block of text says: its letters (see `letters`), and where they come from."""

    key: int
    flow: str
    """The anchor of the note it belongs to, or `""` for the text itself."""
    tag: str = "img"
    """The element that it is."""
    added: Added | None = None
    """The page of octopub's own that it is on."""
    goes_on: bool = False
    """Whether it is a line of a stanza whose first line is another."""
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Index of the first letter of each piece with a place of its own."""
    placed: list[tuple[str, int]] = field(default_factory=list)
    """Each such piece as it is written, and its offset in the manuscript."""
    length: int = 0
    _words: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    """Where the words of a piece are (see `_words`), once somebody asked."""

    def add(self, text: str, at: int | None) -> None:
        """Add a piece of text; `at` is its offset in the manuscript, None for words of octopub's own."""
        seen = letters(text)
        if not seen:
            return
        if at is not None:
            self.starts.append(self.length)
            self.placed.append((text, at))
        self.pieces.append(seen)
        self.length += len(seen)

    @property
    def text(self) -> str:
        """All its letters."""
        return "".join(self.pieces)

    def letter(self, index: int) -> int | None:
        """The offset in the manuscript of the letter at `index`; of octopub's own words, that of the manuscript's
        next letter in the block. None where there is none."""
        found = max(bisect_right(self.starts, index) - 1, 0)
        for start, (text, at) in islice(zip(self.starts, self.placed, strict=True), found, None):
            place = letter_at(text, max(index - start, 0))
            if place is not None:
                return at + place
        return None

    def place(self, index: int) -> int | None:
        """The offset in the manuscript of the word that the letter at `index` belongs to, or of its part
        that stands in the same piece; of octopub's own words, that of the manuscript's word before them."""
        found = bisect_right(self.starts, index) - 1
        if found < 0:
            return None
        if found not in self._words:
            self._words[found] = _words(*self.placed[found])
        firsts, offsets = self._words[found]
        return offsets[bisect_right(firsts, index - self.starts[found]) - 1]


def _words(text: str, at: int) -> tuple[list[int], list[int]]:
    """For each word of a piece the index of its first letter, and its offset in the manuscript."""
    if _UNSEEN.search(text):
        words = [(found.start(), len(letters(found[0]))) for found in _WORD.finditer(text)]
    else:
        words = [(start, end - start) for start, end in (found.span() for found in _WORD.finditer(text))]
    words = words or [(0, 0)]
    firsts = list(accumulate((length for _, length in words), initial=0))[:-1]
    return firsts, [at + start for start, _ in words]


class PageBreak(NamedTuple):
    """Where a printed page begins in the e-book."""

    label: str
    id: str
    at: int
    """Offset in the manuscript of the first letter on it. The mark stands before the first word that begins there or
    behind it."""

    @property
    def attributes(self) -> dict[str, str]:
        """Those of its mark (EPUB Structural Semantics 1.1 §6, DPUB-ARIA 1.1 `doc-pagebreak`)."""
        return {"epub:type": "pagebreak", "role": "doc-pagebreak", "id": self.id, "aria-label": self.label}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the markup depends on besides the nodes."""

    book: Book
    target: Target
    words: Words
    notes: NotesPlace
    address: Callable[[str], str]
    """Anchor → what a link to it says (`#x`, `chapter-2.xhtml#x`)."""
    source: Callable[[Resource], str]
    """Image → what `src` says."""
    page: Callable[[str], str | None] = lambda _: None
    """Anchor → the number of the printed page it is on, where that is known."""
    named: Mapping[int, str] = field(default_factory=dict)
    """Characters that no face has → what is printed in their place (`missing-glyphs: name`)."""
    moved: frozenset[str] = frozenset()
    """Anchors of notes that do not fit at the foot of their page and stand at their chapter's end."""
    breaks: tuple[PageBreak, ...] = ()
    """The printed pages that begin here, in their order."""
    places: list[tuple[Element, int]] | None = None
    """Takes, where somebody asks for it, each element that text is written into, and the text's offset."""


def element(tag: str, namespaces: Mapping[str | None, str] | None = None) -> Element:
    """An element that stands alone. (The types of lxml know no default namespace.)"""
    return etree.Element(tag, nsmap=cast("dict[str, str] | None", namespaces))


def page_break(page: PageBreak) -> Element:
    """The mark of a printed page that begins with what follows, between blocks."""
    mark = element(f"{{{XHTML}}}div", NAMESPACES)
    for name, value in page.attributes.items():
        mark.set(f"{{{OPS}}}type" if name == "epub:type" else name, value)
    return mark


class Open:
    """An element that is open, for a `with`. A class of its own, since a generator takes three times as long,
    and a book has elements by the hundred thousand."""

    __slots__ = ("_outer", "_scribe", "_stream")

    def __init__(self, scribe: Scribe, outer: Element, stream: Stream | None) -> None:
        self._scribe, self._outer, self._stream = scribe, outer, stream

    def __enter__(self) -> Element:
        return self._scribe.here

    def __exit__(self, *_: object) -> None:
        self._scribe.close(self._outer, self._stream)


class Scribe:
    """Writes elements into a tree. `here` is the element that is open."""

    def __init__(
        self, setting: Setting, streams: list[Stream] | None = None, added: Added | None = None
    ) -> None:
        self.setting = setting
        self.added = added
        """The page of octopub's own that is written."""
        self.is_print = setting.target is Target.PRINT
        self._named = [(chr(character), shown) for character, shown in setting.named.items()]
        self._prefix = "" if self.is_print else f"{{{XHTML}}}"
        self.here: Element = self._root()
        self.last: Element | None = None
        """The last element in what is open."""
        self._waiting: list[str] = []
        """The text behind it."""
        self.flow = ""
        self.streams: list[Stream] = [] if streams is None else streams
        """Those of the blocks written so far; a list given to several scribes numbers them through."""
        self._stream: Stream | None = None
        self.verse = False
        self.verbatim = False
        """Whether white space is kept as it is."""
        self.breaks = deque(setting.breaks)
        """Those that are still to come."""
        self._before = ""
        """The character before what is written next, as long as there are breaks to come."""
        self.waiting: list[Note] = []
        """Notes that were called, and are still to be written."""

    @cached_property
    def note_by_id(self) -> Mapping[str, Note]:
        """The notes of the book by their anchors."""
        return {note.id: note for note in self.setting.book.notes}

    def _root(self) -> Element:
        return element("body") if self.is_print else element(f"{{{XHTML}}}body", NAMESPACES)

    def element(self, tag: str, attributes: Mapping[str, str | None] | None = None) -> Open:
        """An element that stays open for the time of the `with`."""
        opened = Open(self, self.here, self._stream)
        if tag not in _IN_WORDS:
            self._before = ""
        space = self._take_space() if self.is_print and tag in INLINE else ""
        self.here, self.last = self.add(tag, attributes), None
        if space:
            self._waiting.append(space)
        return opened

    def close(self, outer: Element, stream: Stream | None) -> None:
        """Close what is open: `outer` and its stream are so again."""
        self._set_text()
        self.here, self.last, self._stream = outer, self.here, stream

    def _take_space(self) -> str:
        """Take away the space that what is open ends with, to put it at the head of an inline element.

        WeasyPrint breaks a line within its first word where its words fit exactly and only the space
        before an inline element does not (`text/line_break.py`, `split_first_line`, step 3).
        """
        text = "".join(self._waiting)
        kept = text.rstrip(" \n")
        self._waiting = [kept]
        return " " if len(kept) < len(text) and kept else text[len(kept) :]

    def block(self, tag: str, attributes: Mapping[str, str | None] | None = None) -> Open:
        """An element that holds text of its own: in print its letters are counted."""
        opened = self.element(tag, attributes)
        if self.is_print:
            self._stream = Stream(len(self.streams), self.flow, tag, self.added)
            self.streams.append(self._stream)
            self.here.set("data-k", str(self._stream.key))
        return opened

    @contextmanager
    def in_flow(self, flow: str) -> Iterator[None]:
        """What is written meanwhile belongs to this note, be its call in verse or not."""
        outer = self.flow, self.verse
        self.flow, self.verse = flow, False
        try:
            yield
        finally:
            self.flow, self.verse = outer

    def add(self, tag: str, attributes: Mapping[str, str | None] | None = None) -> Element:
        """Add an element that holds nothing yet. An attribute that is None is left out."""
        self._set_text()
        if tag == "br":
            self._before = ""
        element = self.last = etree.SubElement(self.here, f"{self._prefix}{tag}")
        for name, value in (attributes or {}).items():
            if value is None:
                continue
            if name in ("epub:type", "role"):
                if not self.is_print:
                    element.set(name if name == "role" else f"{{{OPS}}}type", value)
            else:
                element.set(name, value)
                if name == "lang" and not self.is_print:
                    element.set(f"{{{XML}}}lang", value)
        return element

    def _set_text(self) -> None:
        """Put the text that was added since the last element where it belongs: in one piece, since a tree
        copies its text whenever it grows.

        White space is one space, as CSS would have it: of the notes at a page's foot WeasyPrint keeps all
        (`formatting_structure/build.py`, `build_formatting_structure`, takes them out of the tree before it
        treats its white space); and in an e-book every line feed is then the markup's, none the text's.
        """
        text = "".join(self._waiting)
        if not self.verbatim:
            text = _WHITE_SPACE.sub(" ", text)
        if text and self.last is not None:
            self.last.tail = text
        elif text:
            self.here.text = text
        self._waiting = []

    def picture(self, attributes: Mapping[str, str | None], at: int) -> None:
        """Add an image: in print a block without letters, at its offset in the manuscript."""
        self.break_pages(at)
        image = self.add("img", attributes)
        if self.setting.places is not None:
            self.setting.places.append((image, at))
        if self.is_print:
            image.set("data-k", str(len(self.streams)))
            self.streams.append(Stream(len(self.streams), self.flow, added=self.added, starts=[0], placed=[("", at)]))

    def number(self, anchor: str, page: str) -> None:
        """Add the number of the printed page that an anchor is on. It is no part of the letters: layout
        may still put another in its place."""
        stream, self._stream = self._stream, None
        with self.element("span", {"class": "page", "data-page": anchor if self.is_print else None}):
            self.text(page)
        self._stream = stream

    def text(self, text: str, at: int | None = None) -> None:
        """Add text to what is open; `at` is its offset in the manuscript."""
        if not text:
            return
        # They are few, and `translate` would look up every letter.
        for character, shown in self._named:
            text = text.replace(character, shown)
        if self.breaks and not self.flow:
            text = self._broken(text, at)
        self._waiting.append(text)
        if self._stream is not None:
            self._stream.add(text, at)
        elif at is not None and self.setting.places is not None:
            self.setting.places.append((self.here, at))

    # -- printed pages ----------------------------------------------------------------------------

    def break_pages(self, until: int) -> None:
        """Mark the printed pages that begin up to this offset in the manuscript and are not marked yet."""
        while self.breaks and self.breaks[0].at <= until and not self.flow:
            self.add("span", self.breaks.popleft().attributes)

    def _broken(self, text: str, at: int | None) -> str:
        """Write a text as far as pages begin in it, with their marks; gives the rest. In octopub's own words (`at` is
        None) none does."""
        before, self._before = self._before, text[-1]
        done = 0
        while at is not None and self.breaks and self.breaks[0].at < at + len(text):
            place = word_from(text, max(self.breaks[0].at - at, done), before)
            if place is None:
                break
            self._waiting.append(text[done:place])
            self.add("span", self.breaks.popleft().attributes)
            done = place
        return text[done:]
