"""The text of an OpenDocument file as a plain tree.

Imports `importing.draft`, `importing.odtstyles`, `importing.office` and `importing.tree`. Element → element is a
table of small functions; what has none is read through. The words for the proof are read from the source, on a way
of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import Place
from octopub.importing.odtstyles import TEXT, Styles
from octopub.importing.office import UNIT, mark_place
from octopub.importing.tree import CALL, Element, PlainNote, append_text_before, make, tag, whole_text

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

_REPEATED = 200
"""Cells and rows that are said once and stand several times: a file of a few bytes may claim millions."""
_SPACES = 1000
_UNREAD = frozenset((
    f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}note-citation",
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{OFFICE}forms",
    f"{SVG}title", f"{SVG}desc", f"{TABLE}covered-table-cell", f"{OFFICE}event-listeners",
))  # fmt: skip
"""What is no text, or is told elsewhere."""
_CONTENTS = frozenset(f"{TEXT}{name}" for name in (
    "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
))  # fmt: skip
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def name_of(element: Element) -> str:
    """An element's name with its namespace."""
    return tag(element)


class Reading:
    """One reading of a body: its paragraphs' numbers, and the notes met on the way."""

    def __init__(self, body: Element, styles: Styles, lang: str) -> None:
        self.body = body
        self.styles = styles
        self.lang = lang
        self.notes: list[PlainNote] = []
        self.note_words: list[tuple[str, ...]] = []
        found = (
            each for each in body.iter(*_PARAGRAPHS) if not _is_within(each, body, _UNREAD | {f"{TEXT}note"})
        )
        self.number = {each: number for number, each in enumerate(found, 1)}

    def place(self, element: Element) -> Place:
        """The paragraph that an element is in, or stands before."""
        for each in (element, *element.iterancestors()):
            if each in self.number:
                return Place(self.number[each], UNIT)
        behind = (self.number[each] for each in element.itersiblings() if each in self.number)
        return Place(next(behind, 1), UNIT)

    def _mark_of_change(self, identity: str) -> Element | None:
        for each in self.body.iter(f"{TEXT}change", f"{TEXT}change-start"):
            if each.get(f"{TEXT}change-id") == identity:
                return each
        return None

    def place_of_change(self, identity: str) -> Place:
        """Where a tracked change is."""
        mark = self._mark_of_change(identity)
        return self.place(mark) if mark is not None else Place(1, UNIT)

    def inserted(self, identity: str) -> str:
        """The words between the marks of an insertion, as far as they stand in its paragraph."""
        mark = self._mark_of_change(identity)
        found: list[str] = []
        while mark is not None and not (
            name_of(mark) == f"{TEXT}change-end" and mark.get(f"{TEXT}change-id") == identity
        ):
            found += [whole_text(mark), mark.tail or ""]
            mark = mark.getnext()
        return " ".join("".join(found).split())


def _is_within(element: Element, top: Element, names: frozenset[str] | set[str]) -> bool:
    for above in element.iterancestors():
        if above is top:
            return False
        if name_of(above) in names:
            return True
    return False


def convert(reading: Reading) -> Element:
    """The body as a plain tree; its notes are in `reading.notes` afterwards."""
    root = make("body")
    _inside(reading, reading.body, root)
    return root


# -- text -----------------------------------------------------------------------------------------


def _add_text(here: Element, text: str | None) -> None:
    if not text:
        return
    if len(here):
        here[-1].tail = (here[-1].tail or "") + text
    else:
        here.text = (here.text or "") + text


def _inside(reading: Reading, source: Element, here: Element) -> None:
    """Write what stands in a source's element into an element of the tree."""
    is_line = _is_line(source)
    if is_line:
        _add_text(here, source.text)
    for child in source:
        name = name_of(child)
        if name not in _UNREAD:
            _WRITERS.get(name, _inside)(reading, child, here)
        if is_line:
            _add_text(here, child.tail)


def _is_line(source: Element) -> bool:
    """Whether what stands in an element directly is text; between blocks there are only a file's line ends."""
    return any(name_of(each) in _PARAGRAPHS for each in (source, *source.iterancestors()))


def _paragraph(reading: Reading, source: Element, here: Element) -> None:
    style = source.get(f"{TEXT}style-name") or ""
    kind = reading.styles.of_paragraph(style)
    level = _number(source.get(f"{TEXT}outline-level")) if name_of(source) == f"{TEXT}h" else 0
    level = min(level or reading.styles.level(style), 6)
    if _is_within(source, reading.body, _CONTENTS):
        kind, level = "toc", 0
    if kind in ("quote", "epigraph") and not level:
        here = _quotation(here, kind)
    paragraph = make(f"h{level}" if level and not kind else "p")
    if kind and kind not in ("quote", "epigraph"):
        paragraph.set("class", kind)
    if source in reading.number:
        mark_place(paragraph, reading.number[source])
    inner = paragraph
    if not level and not kind:
        for mark in reading.styles.marks("paragraph", style):
            inner = _open(inner, mark)
    _inside(reading, source, inner)
    here.append(paragraph)


def _number(given: str | None) -> int:
    """A number as it is written; 0 for anything else."""
    return int(given) if given and re.fullmatch(r"\d{1,6}", given) else 0


def _quotation(here: Element, kind: str) -> Element:
    """The block quotation that is open, or a new one."""
    last = here[-1] if len(here) else None
    if last is not None and last.tag == "blockquote" and (last.get("class") or "quote") == kind:
        return last
    quotation = make("blockquote")
    if kind == "epigraph":
        quotation.set("class", kind)
    here.append(quotation)
    return quotation


def _open(here: Element, mark: str) -> Element:
    inner = make("span", class_="small-caps") if mark == "small-caps" else make(mark)
    here.append(inner)
    return inner


def _span(reading: Reading, source: Element, here: Element) -> None:
    style = source.get(f"{TEXT}style-name") or ""
    lang = reading.styles.lang_of(style)
    if lang and reading.lang and _primary(lang) != _primary(reading.lang):
        words = make("span", lang=lang)
        here.append(words)
        here = words
    for mark in reading.styles.marks("text", style):
        here = _open(here, mark)
    _inside(reading, source, here)


def _primary(lang: str) -> str:
    return re.split("[-_]", lang.lower())[0]


def _space(_: Reading, source: Element, here: Element) -> None:
    given = source.get(f"{TEXT}c") or "1"
    _add_text(here, " " * (min(int(given), _SPACES) if given.isdecimal() else 1))


def _tab(_: Reading, __: Element, here: Element) -> None:
    _add_text(here, "\t")


def _line_break(_: Reading, __: Element, here: Element) -> None:
    here.append(make("br"))


def _link(reading: Reading, source: Element, here: Element) -> None:
    link = make("a", href=(source.get(f"{XLINK}href") or "").removesuffix("|outline"))
    here.append(link)
    _inside(reading, source, link)


def _bookmark(_: Reading, source: Element, here: Element) -> None:
    here.append(make("a", id=source.get(f"{TEXT}name") or ""))


def _note(reading: Reading, source: Element, here: Element) -> None:
    """A note, which stands where it is called."""
    key = str(len(reading.notes) + 1)
    here.append(make(CALL, key=key))
    citation = source.find(f"{TEXT}note-citation")
    body = make("div")
    place = reading.place(source)
    mark_place(body, place.number)
    reading.notes.append(PlainNote(key, whole_text(citation) if citation is not None else key, body, place))
    content = source.find(f"{TEXT}note-body")
    reading.note_words.append(_words_of(content) if content is not None else ())
    if content is not None:
        _inside(reading, content, body)


# -- blocks ---------------------------------------------------------------------------------------


def _list(reading: Reading, source: Element, here: Element) -> None:
    above = list(source.iterancestors(f"{TEXT}list"))
    styled = (each.get(f"{TEXT}style-name") for each in (source, *above))
    style = next((name for name in styled if name), "")
    items = make("ol" if reading.styles.is_ordered(style, len(above) + 1) else "ul")
    for item in source:
        if name_of(item) not in (f"{TEXT}list-item", f"{TEXT}list-header"):
            continue
        if (start := item.get(f"{TEXT}start-value")) and not len(items):
            items.set("start", start)
        entry = make("li")
        _inside(reading, item, entry)
        items.append(entry)
    # LibreOffice puts headings into lists, to number them: such a list is none.
    if any(each.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for each in items.iter()):
        for entry in items.iter("li"):
            for each in [each for each in entry if each.tag not in ("ul", "ol")]:
                here.append(each)
        return
    here.append(items)


def _table(reading: Reading, source: Element, here: Element) -> None:
    table = make("table")
    heads = {
        row for head in source.iter(f"{TABLE}table-header-rows") for row in head.iter(f"{TABLE}table-row")
    }
    for row in source.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is not source:
            continue
        line = make("tr")
        table.append(line)
        for cell in row:
            if name_of(cell) == f"{TABLE}table-cell":
                _cell(reading, cell, line, "th" if row in heads else "td")
    here.append(table)


def _cell(reading: Reading, source: Element, line: Element, tag: str) -> None:
    cell = make(tag)
    for name, ours in (("number-columns-spanned", "colspan"), ("number-rows-spanned", "rowspan")):
        if value := source.get(f"{TABLE}{name}"):
            cell.set(ours, value)
    _inside(reading, source, cell)
    line.append(cell)
    repeated = source.get(f"{TABLE}number-columns-repeated") or "1"
    if not len(cell) and repeated.isdecimal():
        for _ in range(min(int(repeated), _REPEATED) - 1):
            line.append(make(tag))


def _frame(reading: Reading, source: Element, here: Element) -> None:
    """A frame: a picture, or a box with one and its caption."""
    image = source.find(f"{DRAW}image")
    if image is not None:
        title, text = source.findtext(f"{SVG}title"), source.findtext(f"{SVG}desc")
        picture = make(
            "img", src=image.get(f"{XLINK}href") or "", alt=" ".join((text or title or "").split())
        )
        here.append(picture)
        return
    box = source.find(f"{DRAW}text-box")
    if box is None:
        return
    part = make("div")
    _inside(reading, box, part)
    for paragraph in list(part.iter("p")):
        picture_in_it = paragraph.find(".//img")
        if picture_in_it is not None and whole_text(paragraph).strip():
            # LibreOffice anchors the picture in its caption's paragraph.
            alone = make("p")
            append_to = picture_in_it.getparent()
            assert append_to is not None
            tail, picture_in_it.tail = picture_in_it.tail, None
            if tail:
                append_text_before(picture_in_it, tail)
            alone.append(picture_in_it)
            paragraph.set("class", "caption")
            paragraph.addprevious(alone)
    here.append(part)


_WRITERS: dict[str, Callable[[Reading, Element, Element], None]] = {
    f"{TEXT}p": _paragraph, f"{TEXT}h": _paragraph,
    f"{TEXT}span": _span, f"{TEXT}a": _link,
    f"{TEXT}s": _space, f"{TEXT}tab": _tab, f"{TEXT}line-break": _line_break,
    f"{TEXT}bookmark": _bookmark, f"{TEXT}bookmark-start": _bookmark, f"{TEXT}reference-mark-start": _bookmark,
    f"{TEXT}note": _note,
    f"{TEXT}list": _list, f"{TABLE}table": _table, f"{DRAW}frame": _frame,
}  # fmt: skip


# -- words ----------------------------------------------------------------------------------------


def source_words(reading: Reading, without: frozenset[int]) -> tuple[str, ...]:
    """The words of the text, paragraph by paragraph, without those of some."""
    kept = (each for each, number in reading.number.items() if number not in without)
    return tuple(word for each in kept for word in "".join(_texts(each)).split())


def _words_of(content: Element) -> tuple[str, ...]:
    return tuple(word for each in content.iter(*_PARAGRAPHS) for word in "".join(_texts(each)).split())


def _texts(paragraph: Element) -> list[str]:
    """What a paragraph says itself, without what stands in a note, a comment or a frame in it."""
    found = [paragraph.text or ""]
    for child in paragraph:
        name = name_of(child)
        if name in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}note", f"{DRAW}frame"):
            found.append(" ")
        elif name not in _UNREAD and name not in _PARAGRAPHS:
            found += _texts(child)
        found.append(child.tail or "")
    return found
