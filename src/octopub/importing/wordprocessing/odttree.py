"""The text of an OpenDocument file as a plain tree.

Imports `importing.draft`, `odtstyles`, `office` and `trees.tree`. Element → element is a
table of small functions; what has none is read through. The words for the proof are read from the source, on a way
of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.importing.draft import Place
from octopub.importing.trees.tree import CALL, Element, PlainNote, make, tag, whole_text
from octopub.importing.wordprocessing.lists import Listed, mark
from octopub.importing.wordprocessing.odtlists import Counting
from octopub.importing.wordprocessing.odtnames import DRAW, FO, OFFICE, PARAGRAPHS, SVG, TABLE, TEXT, XLINK
from octopub.importing.wordprocessing.odtplain import LIFTED
from octopub.importing.wordprocessing.office import SIDES, UNIT, mark_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.wordprocessing.odtstyles import Styles

_REPEATED = 200
"""Cells and rows that are said once and stand several times: a file of a few bytes may claim millions."""
_SPACES = 1000
_UNREAD = frozenset((
    f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}note-citation",
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{OFFICE}forms",
    f"{SVG}title", f"{SVG}desc", f"{TABLE}covered-table-cell", f"{OFFICE}event-listeners",
))  # fmt: skip
"""What is no text, or is told elsewhere."""
_REFERENCES = tuple(f"{TEXT}{name}-ref" for name in ("bookmark", "reference", "note", "sequence"))
_POINTS = {"in": 72, "cm": 28.3465, "mm": 2.83465, "pt": 1, "pc": 12}
_INDENT = 14
"""Points: from here on an indent is meant."""
_CONTENTS = frozenset(f"{TEXT}{name}" for name in (
    "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
))  # fmt: skip


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
            each for each in body.iter(*PARAGRAPHS) if not _is_within(each, body, _UNREAD | {f"{TEXT}note"})
        )
        self.number = {each: number for number, each in enumerate(found, 1)}
        self.counting = Counting()
        self.list = ""
        """The name of the list that is read."""
        self.quoted: list[Place] = []
        """Where a quotation was inferred from its indent."""

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
    return any(name_of(each) in PARAGRAPHS for each in (source, *source.iterancestors()))


def _paragraph(reading: Reading, source: Element, here: Element) -> None:
    style = source.get(f"{TEXT}style-name") or ""
    outline = (_number(source.get(f"{TEXT}outline-level")) or 1) if name_of(source) == f"{TEXT}h" else 0
    kind = reading.styles.kind(style, outline)
    if _is_within(source, reading.body, _CONTENTS):
        kind = "toc"
    elif not kind and source.get(LIFTED) is not None and source.find(f".//{DRAW}image") is not None:
        # LibreOffice ties a picture to its caption.
        kind = "caption"
    elif not kind and whole_text(source).strip() and _is_indented(reading, style) and not _is_listed(source):
        kind = "quote"
        if source in reading.number:
            reading.quoted.append(reading.place(source))
    is_heading = kind[:1] == "h" and kind[1:].isdecimal()
    paragraph = make(kind) if is_heading else make("p", class_=kind) if kind else make("p")
    if source in reading.number:
        mark_place(paragraph, reading.number[source])
    if align := reading.styles.paragraph(style, f"{FO}text-align"):
        paragraph.set("align", SIDES.get(align, ""))
    inner = paragraph
    if not kind or kind == "quote":
        inner = _in_language(reading, "paragraph", source, inner)
        for each in reading.styles.marks("paragraph", style):
            inner = _open(inner, each)
    _inside(reading, source, inner)
    here.append(paragraph)


def _is_indented(reading: Reading, style: str) -> bool:
    """Whether paragraphs of a style are indented from both sides."""
    sides = (reading.styles.paragraph(style, f"{FO}margin-{side}") for side in ("left", "right"))
    return all(length(each) >= _INDENT for each in sides)


def _is_listed(source: Element) -> bool:
    return next(source.iterancestors(f"{TEXT}list"), None) is not None


def length(given: str) -> float:
    """A length in points; 0 for what is none."""
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)(in|cm|mm|pt|pc)", given)
    return float(found[1]) * _POINTS[found[2]] if found else 0


def _number(given: str | None) -> int:
    """A number as it is written; 0 for anything else."""
    return int(given) if given and re.fullmatch(r"\d{1,6}", given) else 0


def _open(here: Element, mark: str) -> Element:
    inner = make("span", class_="small-caps") if mark == "small-caps" else make(mark)
    here.append(inner)
    return inner


def _span(reading: Reading, source: Element, here: Element) -> None:
    here = _in_language(reading, "text", source, here)
    for each in reading.styles.marks("text", source.get(f"{TEXT}style-name") or ""):
        here = _open(here, each)
    _inside(reading, source, here)


def _in_language(reading: Reading, family: str, source: Element, here: Element) -> Element:
    """Where words of another language go."""
    lang = reading.styles.lang_of(family, source.get(f"{TEXT}style-name") or "", whole_text(source))
    if not lang or not reading.lang or _primary(lang) == _primary(reading.lang):
        return here
    words = make("span", lang=lang)
    here.append(words)
    return words


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
    here.append(make("a", id=source.get(f"{TEXT}id") or ""))
    here.append(make(CALL, key=key))
    citation = source.find(f"{TEXT}note-citation")
    content = source.find(f"{TEXT}note-body")
    label = citation.get(f"{TEXT}label") if citation is not None else None
    if content is not None and label:
        _take_label(content, label)
    body = make("div")
    place = reading.place(source)
    mark_place(body, place.number)
    reading.notes.append(PlainNote(key, whole_text(citation) if citation is not None else key, body, place))
    reading.note_words.append(words_of(content) if content is not None else ())
    if content is not None:
        _inside(reading, content, body)


def _take_label(content: Element, label: str) -> None:
    """Take a mark of one's own from the beginning of its note, where Word wants it typed."""
    first = next(content.iter(*PARAGRAPHS), None)
    while first is not None and not first.text and len(first):
        first = first[0]
    if first is not None and (first.text or "").startswith(label):
        first.text = (first.text or "").removeprefix(label)


def _reference(reading: Reading, source: Element, here: Element) -> None:
    """A cross reference: a link to what it names."""
    link = make("a", href=f"#{source.get(f'{TEXT}ref-name') or ''}")
    here.append(link)
    _inside(reading, source, link)


# -- blocks ---------------------------------------------------------------------------------------


def _list(reading: Reading, source: Element, here: Element) -> None:
    """A list: its paragraphs, each marked with its level and number."""
    above = list(source.iterancestors(f"{TEXT}list"))
    styled = (each.get(f"{TEXT}style-name") for each in (source, *above))
    style, level = next((name for name in styled if name), ""), len(above)
    if not above:
        reading.list = reading.counting.begin(source, style)
    form, first = reading.styles.form(style, level)
    for item in source:
        if name_of(item) in (f"{TEXT}list-item", f"{TEXT}list-header"):
            if given := _number(item.get(f"{TEXT}start-value")):
                reading.counting.start(reading.list, level, given)
            counted = bool(form) and name_of(item) == f"{TEXT}list-item"
            _item(reading, item, here, Listed(reading.list, level, form, first, not counted))


def _item(reading: Reading, item: Element, here: Element, listed: Listed) -> None:
    """An item's blocks. The first is the item, if a list does not come first; others continue it."""
    is_first = not listed.continues
    for child in item:
        begin = len(here)
        _WRITERS.get(name_of(child), _inside)(reading, child, here)
        if name_of(child) == f"{TEXT}list":
            # An item without words of its own only leads to the level below.
            continue
        for each in list(here)[begin:]:
            if each.tag[0] == "h" and each.tag[1:].isdecimal():
                # LibreOffice puts headings into lists, to number them.
                continue
            if is_first:
                mark(each, reading.counting.next(listed))
                is_first = False
            else:
                mark(each, replace(listed, continues=True))


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


def _frame(_: Reading, source: Element, here: Element) -> None:
    """A frame: a picture. (Boxes were lifted out.)"""
    image = source.find(f"{DRAW}image")
    if image is None:
        return
    title, text = source.findtext(f"{SVG}title"), source.findtext(f"{SVG}desc")
    data = image.findtext(f"{OFFICE}binary-data")
    address = f"data:;base64,{''.join(data.split())}" if data else image.get(f"{XLINK}href") or ""
    here.append(make("img", src=address, alt=" ".join((text or title or "").split())))


_WRITERS: dict[str, Callable[[Reading, Element, Element], None]] = {
    f"{TEXT}p": _paragraph, f"{TEXT}h": _paragraph,
    f"{TEXT}span": _span, f"{TEXT}a": _link,
    f"{TEXT}s": _space, f"{TEXT}tab": _tab, f"{TEXT}line-break": _line_break,
    f"{TEXT}bookmark": _bookmark, f"{TEXT}bookmark-start": _bookmark, f"{TEXT}reference-mark-start": _bookmark,
    f"{TEXT}note": _note,
    **dict.fromkeys(_REFERENCES, _reference),
    f"{TEXT}list": _list, f"{TABLE}table": _table, f"{DRAW}frame": _frame,
}  # fmt: skip


# -- words ----------------------------------------------------------------------------------------


def source_words(reading: Reading, without: frozenset[int]) -> tuple[str, ...]:
    """The words of the text, paragraph by paragraph, without those of some."""
    kept = (each for each, number in reading.number.items() if number not in without)
    return tuple(word for each in kept for word in "".join(_texts(each)).split())


def words_of(content: Element) -> tuple[str, ...]:
    """The words of the paragraphs in an element."""
    return tuple(word for each in content.iter(*PARAGRAPHS) for word in "".join(_texts(each)).split())


def _texts(paragraph: Element) -> list[str]:
    """What a paragraph says itself, without what stands in a note, a comment or a frame in it."""
    found = [paragraph.text or ""]
    for child in paragraph:
        name = name_of(child)
        if name in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}note", f"{DRAW}frame"):
            found.append(" ")
        elif name not in _UNREAD and name not in PARAGRAPHS:
            found += _texts(child)
        found.append(child.tail or "")
    return found
