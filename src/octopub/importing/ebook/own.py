"""EPUBs that octopub made give their manuscripts back: each element is again what it was made from.

Imports `importing.*`. The inverse of `markup.blocks`, `markup.verse`, `markup.notes` and `markup.pages`; what
those change shows here. Works on a tree of the files of the spine (`epub`), in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from octopub.importing.draft import (
    Break,
    Code,
    Definition,
    Definitions,
    Draft,
    Heading,
    Items,
    LeftOut,
    Note,
    Paragraph,
    Quotation,
    Separator,
    Table,
    Text,
    Verse,
)
from octopub.importing.ebook.ownlines import content, given, line, over_breaks, picture, pieces
from octopub.importing.trees.tree import (
    BLOCKS,
    CALL,
    HEADINGS,
    Element,
    at_line_of,
    classes,
    kinds,
    make,
    remove,
    tag,
    text_of,
    whole_text,
    words,
)
from octopub.importing.trees.tree import replace as put
from octopub.model import Kind
from octopub.reading.anchors import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.draft import Attributes, Block, Inline, Place
    from octopub.importing.pictures import Pictures

_PAGES = frozenset({"cover", "title-page", "masthead", "contents", "colophon"})
"""The classes of the pages that octopub adds."""
_LISTS = frozenset({"landmarks", "page-list"})
"""What else the contents' file lists."""
_KINDS = frozenset(Kind)
_ALIGNMENTS = frozenset({"left", "right", "center"})
_LANGUAGE = "language-"
_HOLDS = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "figure": {"img", "figcaption"}, "pre": {"code"},
    "table": {"thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"},
    "div": {"section", "header", "nav", "p", "table", "ul", "ol", "dl", "blockquote", "pre", "hr", "figure", "div",
            "h1", "h2", "h3", "h4", "h5", "h6"},
}  # fmt: skip
"""What the markup has in elements without text of their own."""
_INDENT = "\N{NO-BREAK SPACE}"


class ForeignError(Exception):
    """The markup is not octopub's, or no longer."""


def draft_of(
    root: Element, metadata: dict[str, str | list[str]], pictures: Pictures, place: Callable[[Element], Place]
) -> Draft:
    """The draft of a book of octopub's own. Raises ForeignError where somebody else has worked on it."""
    for each in root.iter(*BLOCKS):
        # The line feeds between blocks are the markup's own (`epub.package`): the text has none.
        each.tail = each.tail if each.tail != "\n" else None
    _take_printed(root)
    _check(root)
    metadata["octopub.kind"] = next((name for part in root for name in classes(part) if name in _KINDS), "")
    left_out = list(_take_pages(root, place))
    notes = _take_notes(root)
    for image in root.iter("img"):
        image.set("src", pictures.take(image.get("src") or "", place(image)) or "")
    reader = _Reader(place, raised=int(any(each.get("aria-level") == "7" for each in root.iter("h6"))))
    sections = [each for part in root for each in part if tag(each) in ("section", "h1")]
    blocks = [block for each in sections for block in reader.part(each)]
    return Draft(
        tuple(blocks),
        tuple(Note(key, key, reader.inside(body), place(body)) for key, body in notes.items()),
        metadata,
        pictures.resources,
        findings=tuple(pictures.findings),
        left_out=tuple(left_out),
        text_words=words(root),
        note_words={key: words(body) for key, body in notes.items()},
        is_set=True,
    )


def _check(root: Element) -> None:
    """Raise ForeignError where elements hold what octopub never puts there, and no reader below would find."""
    for each in root.iter(*_HOLDS):
        is_strange = any(tag(child) not in _HOLDS[tag(each)] or child.tail for child in each)
        if is_strange or each.text or (not len(each) and each is not root):
            raise ForeignError
    for each in root.iter("ol", "dl", "figure", "pre"):
        start, first = each.get("start") or "1", tag(each[0])
        if not start.isdecimal() or first in ("dd", "figcaption") or (tag(each) == "pre" and len(each) > 1):
            raise ForeignError


def _take_printed(root: Element) -> None:
    """Take out the marks of printed pages, and the numbers behind references to them."""
    for each in list(root.iter("span", "div")):
        above = each.getparent()
        if "pagebreak" in kinds(each):
            remove(each)
        elif "page" in classes(each) and above is not None and "page-reference" in classes(above):
            before = each.getprevious()
            if before is None:
                above.text = (above.text or "").removesuffix(_INDENT)
            else:
                before.tail = (before.tail or "").removesuffix(_INDENT)
            remove(each)


def _take_pages(root: Element, place: Callable[[Element], Place]) -> Iterator[LeftOut]:
    """Take out cover, title page, contents and colophon. A title that the manuscript has as its heading has an
    anchor, and stays."""
    for part in root:
        for each in list(part):
            if not (_PAGES & set(classes(each)) or _LISTS & set(kinds(each))):
                continue
            title = next((h for h in each.iter("h1") if "title" in classes(h) and h.get("id")), None)
            here = place(each)
            if title is not None:
                title.tail = None
                part.insert(part.index(each), title)
            remove(each)
            if text := text_of(each):
                yield LeftOut(here, text, "a page that octopub makes anew")


# -- notes --------------------------------------------------------------------------------------------


def _take_notes(root: Element) -> dict[str, Element]:
    """Put calls where their links are, and take out the notes, without their numbers and ways back."""
    bodies = {each.get("id") or "": each for each in root.iter("div") if "note" in classes(each)}
    keys = {anchor: anchor.removeprefix("note-") for anchor in bodies}
    for raised in [each for each in root.iter("sup") if "call" in classes(each)]:
        target = (raised[0].get("href") or "").removeprefix("#") if len(raised) == 1 else ""
        if target not in keys:
            raise ForeignError
        put(raised, at_line_of(make(CALL, key=keys[target], mark=text_of(raised)), raised))
    for link in root.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        if target in keys:
            link.set("href", f"#note:{keys[target]}")
    for body in bodies.values():
        _bare(body)
        remove(body)
    for section in [each for each in root.iter("section") if {"notes", "notes-of-book"} & set(classes(each))]:
        remove(section)
    return {keys[anchor]: body for anchor, body in bodies.items()}


def _bare(note: Element) -> None:
    """Take a note's number and its ways back out of it (`markup.notes`)."""
    for each in list(note.iter("p", "a")):
        names = classes(each)
        if "note-head" in names or "note-backs" in names:
            remove(each)
        elif "note-number" in names:
            each.tail = (each.tail or "").removeprefix(" ")
            remove(each)
        elif "note-back" in names:
            before, above = each.getprevious(), each.getparent()
            if before is not None:
                before.tail = (before.tail or "").removesuffix(_INDENT)
            elif above is not None:
                above.text = (above.text or "").removesuffix(_INDENT)
            remove(each)


# -- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads blocks; `place` says where an element stands."""

    place: Callable[[Element], Place]
    raised: int
    """So many levels are its sections' headings above their ranks: where a seventh rank came of the sixth level."""

    def part(self, element: Element) -> tuple[Block, ...]:
        """A chapter's blocks; a title."""
        return self.inside(element) if tag(element) == "section" else (self._heading(element),)

    def inside(self, element: Element) -> tuple[Block, ...]:
        """The blocks in an element; words between them are paragraphs of a tight list."""
        found: list[Block] = []
        run: list[Element | str] = []
        for each in content(element):
            if isinstance(each, str) or tag(each) not in BLOCKS:
                run.append(each)
                continue
            found += self._run(run, element)
            run = []
            found.append(self._block(each))
        return (*found, *self._run(run, element))

    def _run(self, run: list[Element | str], element: Element) -> list[Block]:
        return [Paragraph(pieces(run, self.place), self.place(element))] if run else []

    def _line(self, element: Element) -> tuple[Inline, ...]:
        return line(element, self.place)

    def _block(self, element: Element) -> Block:
        read = self.READERS.get(tag(element))
        if read is None:
            raise ForeignError
        return read(self, element)

    def _heading(self, element: Element) -> Heading:
        """A heading. An anchor that is made from its words is none of its author's."""
        found = given(element, "title", "chapter-title", "inner")
        short = element.get("data-short")
        attributes: Attributes = (*found, ("short", short)) if short is not None else found
        own = element.get("id") == slug(text_of(element))
        attributes = tuple(pair for pair in attributes if not (own and pair[0] == "id"))
        is_in_outline = not {"title", "inner"} & set(classes(element))
        level = int(element.get("aria-level") or tag(element)[1]) - (self.raised if is_in_outline else 0)
        return Heading(max(level, 1), self._line(element), self.place(element), attributes=attributes)

    def _paragraph(self, element: Element) -> Paragraph:
        """Running text; or verse, whose lines are elements."""
        here = self.place(element)
        if "stanza" not in classes(element):
            return Paragraph(self._line(element), here, given(element, "source"))
        inside: list[Inline] = []
        for each in content(element):
            if isinstance(each, str) or tag(each) not in ("br", "span"):
                raise ForeignError
            inside += [Break()] if tag(each) == "br" else self._line(each)
        return Paragraph(over_breaks(inside), here, given(element, "stanza"))

    def _quotation(self, element: Element) -> Quotation:
        return Quotation(self.inside(element), self.place(element), attributes=given(element))

    def _division(self, element: Element) -> Verse | Table:
        """A line block; or a table, in the frame that it has in the markup."""
        if "table" in classes(element) and tag(element[0]) == "table":
            return self._table(element[0])
        stanzas = (
            tuple(_indented(self._line(each)) for each in stanza if tag(each) != "br") for stanza in element
        )
        return Verse(tuple(stanzas), self.place(element), given(element, "verse"))

    def _code(self, element: Element) -> Code:
        named = next(iter((element[0].get("class") or "").split()), "").removeprefix(_LANGUAGE)
        return Code(whole_text(element), self.place(element), named, given(element))

    def _break(self, element: Element) -> Separator:
        return Separator(self.place(element), given(element))

    def _items(self, element: Element) -> Items:
        start = int(element.get("start") or 1) if tag(element) == "ol" else None
        items = tuple(self.inside(each) for each in element)
        return Items(items, self.place(element), start, loose=_is_loose(element), attributes=given(element))

    def _definitions(self, element: Element) -> Definitions:
        entries: list[Definition] = []
        for each in element:
            if tag(each) == "dt":
                entries.append(Definition(self._line(each), ()))
            else:
                entries[-1] = replace(entries[-1], definitions=(*entries[-1].definitions, self.inside(each)))
        return Definitions(tuple(entries), self.place(element), _is_loose(element), given(element))

    def _figure(self, element: Element) -> Paragraph:
        image, *captions = element
        caption = self._line(captions[0]) if captions else ()
        return Paragraph((picture(image, given(element), caption),), self.place(element))

    def _table(self, element: Element) -> Table:
        """A table. A head without a word was left out."""
        rows = [tuple(self._line(cell) for cell in row) for row in element.iter("tr")]
        if not any(tag(part) == "thead" for part in element):
            rows.insert(0, ((),) * len(rows[0]))
        first = next(element.iter("tr"))
        aligned = (next((name for name in classes(cell) if name in _ALIGNMENTS), "") for cell in first)
        return Table(tuple(rows), self.place(element), tuple(aligned), given(element))

    READERS: ClassVar[dict[str, Callable[[_Reader, Element], Block]]] = {
        "p": _paragraph,
        **dict.fromkeys(HEADINGS, _heading),
        "blockquote": _quotation,
        "ul": _items, "ol": _items,
        "dl": _definitions,
        "pre": _code,
        "hr": _break,
        "figure": _figure,
        "div": _division,
    }  # fmt: skip


def _is_loose(element: Element) -> bool:
    """Whether the words of a list's items are paragraphs. (Verse always is.)"""
    return any(tag(each) == "p" and "stanza" not in classes(each) for item in element for each in item)


def _indented(said: tuple[Inline, ...]) -> tuple[int, tuple[Inline, ...]]:
    """A line, and the spaces that it is indented by."""
    first = said[0] if said else None
    if not isinstance(first, Text):
        return 0, said
    rest = first.text.lstrip(_INDENT)
    return len(first.text) - len(rest), ((Text(rest), *said[1:]) if rest else said[1:])
