"""The page report: each rule marks what it is for, and leaves alone what is as it should be."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace as with_changes
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from octopub import building
from octopub.diagnostics import Code, Span, complain
from octopub.model import Book, NotesPlace, Resource
from octopub.pdf.marks.mark import Box, Kind, Mark
from octopub.pdf.marks.pictures import AROUND, SCALE, pictures
from octopub.pdf.marks.report import as_json
from octopub.pdf.marks.rules import marks
from octopub.pdf.marks.showing import MOST_PICTURES, as_html
from octopub.pdf.parts import SCHEME
from octopub.pdf.record import FURNITURE, Block, LayoutRecord, Line, Page, Part
from octopub.pdf.record import Image as Shown
from tests.pdf.press import ESSAY, printed

TEXT = "---\ntitle: T\nkind: essay\n---\n\nFirst words[^a] of a text.\n\nOthers.\n\n[^a]: The note.\n"
SEED = "One after another the words of this paragraph go to their places in the line. "


def book() -> Book:
    loaded = building.load(TEXT)
    assert loaded.book is not None, loaded.diagnostics
    return loaded.book


BOOK = book()
NOTE = BOOK.notes[0]
BLOCKS = (
    Block(0, "", 500, 40, "p"),
    Block(1, "", 500, 70, "p"),
    Block(2, "", 20, 40, "h2"),
    Block(3, NOTE.id, 500, 80, "p"),
    Block(4, "", 90, 40, "td"),
    Block(5, f"{NOTE.id} pointer", 20, None, "p"),
    Block(6, "", 90, None, "p"),
    Block(7, "", 90, 9, "p"),
    *(Block(key, "", 9, 40, "span", goes_on=key % 4 > 0) for key in range(20, 28)),
)


def lines(block: int, count: int, top: float = 60, **other: Any) -> tuple[Line, ...]:
    """So many lines of a block, one under the other from here."""
    plain = [
        Line(block, "so many words", 0, 9, 40, 50, y, 300, 14, y + 10, 0, hyphenated=False)
        for y in (top + 14 * number for number in range(count))
    ]
    return tuple(replace(line, **other) for line in plain)


def verse(first: int, top: float, count: int = 4) -> tuple[Line, ...]:
    """So many lines of verse: the blocks from 20 to 23 are a stanza, and those from 24 to 27."""
    return tuple(line for index in range(count) for line in lines(first + index, 1, top + 14 * index))


FULL = lines(0, 20)
FOOT = 350
"""Where notes stand."""

Pages = tuple[tuple[Line, ...], ...]


def page(number: int, own: tuple[Line, ...], calls: tuple[str, ...] = (), images: tuple[Shown, ...] = ()) -> Page:
    head = Line(FURNITURE, "Head", -1, -1, None, 50, 20, 30, 14, 30, 0, hyphenated=False)
    anchors = tuple((name, 50.0, 60.0) for name in calls)
    return Page(str(number), 420, 595, (50, 50, 350, 500), (head, *own), images, anchors)


def record(pages: Pages, calls_on: int | None = None, images: tuple[Shown, ...] = ()) -> LayoutRecord:
    """A chapter of these pages; the note is called on the page of this index, the images stand on the last."""
    made = tuple(
        page(
            index + 1,
            own,
            NOTE.calls if index == calls_on else (),
            images if index == len(pages) - 1 else (),
        )
        for index, own in enumerate(pages)
    )
    used = {line.block for own in pages for line in own}
    blocks = tuple(block for block in BLOCKS if block.key in used)
    return LayoutRecord((Part(BOOK.chapters[0].id, blocks, made),))


def found(pages: Pages, calls_on: int | None = None, images: tuple[Shown, ...] = ()) -> list[str]:
    """What is marked: kind, page, and the measure where there is one."""
    return [shown(mark) for mark in marks(record(pages, calls_on, images), BOOK)]


def shown(mark: Mark) -> str:
    measure = "" if mark.measure is None else f" {mark.measure:g}"
    return f"{mark.kind.slug} {mark.page}{measure}"


def spaced(times: float) -> tuple[Line, ...]:
    return lines(0, 6, space=2.0, stretch=2 * (times - 1))


HYPHENATED: dict[str, Any] = {"hyphenated": True, "text": "so many wo-"}
NOTES = lines(3, 6, FOOT)
PICTURE = Shown(0, 40, SCHEME + "p.png", 50, 200, 300, 200)

CASES: tuple[tuple[str, Pages, int | None, list[str]], ...] = (
    ("two lines of a paragraph on its last page", (FULL, (*lines(0, 2), *lines(1, 8, 88))), None, []),
    ("one line of it", (FULL, (*lines(0, 1), *lines(1, 8, 74))), None, ["widow 2"]),
    ("a note's last line", ((*FULL, *NOTES), (*FULL, *lines(3, 1, FOOT))), 0, ["widow 2"]),
    ("two lines of a paragraph on its first page", ((*FULL, *lines(1, 2, 340)), lines(1, 9)), None, []),
    ("one line of it", ((*FULL, *lines(1, 1, 340)), lines(1, 9)), None, ["orphan 1"]),
    ("a cell's last line", ((*FULL, *lines(4, 2, 340)), (*lines(4, 1), *lines(1, 9, 74))), None, []),
    ("two stanzas, parted between them", ((*FULL, *verse(20, 340)), (*verse(24, 60), *lines(1, 9, 116))), None, []),
    ("a stanza, parted in the middle", ((*FULL, *verse(20, 340, 2)), (*verse(22, 60, 6), *lines(1, 9, 144))), None, []),
    ("the last line of a stanza", (verse(20, 60, 7), (*verse(27, 60, 1), *lines(1, 9, 74))), None, ["widow 2"]),
    ("the first line of one", ((*FULL, *verse(20, 340, 1)), (*verse(21, 60, 3), *lines(1, 9, 116))), None, ["orphan 1"]),
    ("word spaces of their natural width, and more", (spaced(1.5),), None, []),
    ("wide word spaces", (lines(0, 8)[:7] + lines(0, 1, 170, space=2.0, stretch=1.2),), None, ["loose-line 1 1.6"]),
    ("narrow ones", (lines(0, 8)[:7] + lines(0, 1, 170, space=2.0, stretch=-0.6),), None, ["tight-line 1 0.7"]),
    ("two hyphens in a row", ((*lines(0, 2, **HYPHENATED), *lines(0, 9, 88)),), None, []),
    ("three", ((*lines(0, 3, **HYPHENATED), *lines(0, 9, 102)),), None, ["hyphens 1 3"]),
    (
        "three, of which one is the manuscript's",
        ((*lines(0, 2, **HYPHENATED), *lines(0, 1, 88, text="so well-"), *lines(0, 9, 102)),),
        None,
        ["hyphens 1 3"],
    ),
    (
        "three in two paragraphs",
        ((*lines(0, 2, **HYPHENATED), *lines(1, 1, 88, **HYPHENATED), *lines(1, 9, 102)),),
        None,
        [],
    ),
    ("a word from recto to verso", ((*FULL[:19], *lines(0, 1, 326, **HYPHENATED)), FULL), None, ["broken-word 1"]),
    ("a word from verso to recto", (FULL, (*FULL[:19], *lines(0, 1, 326, **HYPHENATED)), FULL), None, []),
    ("a heading at the foot of a page", ((*FULL, *lines(2, 1, 340)), lines(1, 9)), None, ["heading 1 0"]),
    (
        "a heading with one line under it, the paragraph's only one",
        ((*FULL, *lines(2, 1, 340), *lines(4, 1, 354)), lines(1, 9)),
        None,
        ["heading 1 1"],
    ),
    (
        "a heading with notes under it only",
        ((*FULL, *lines(2, 1, 340), *lines(3, 6, 370)), lines(1, 9)),
        None,
        ["heading 1 0"],
    ),
    ("a heading with two lines under it", ((*FULL, *lines(2, 1, 340), *lines(1, 2, 354)), lines(1, 9)), None, []),
    ("a last page of four lines", (FULL, lines(1, 4)), None, ["last-page 2 4"]),
    ("a last page of four lines and a colophon", (FULL, (*lines(1, 4), *lines(6, 2, 300), *lines(7, 1, 340))), None, ["last-page 2 4"]),
    ("a last page of five lines", (FULL, lines(1, 5)), None, []),
    ("a text of four lines", (lines(1, 4),), None, []),
    ("four lines above notes", ((*lines(0, 4), *NOTES), FULL), 0, ["few-lines 1 4"]),
    ("five lines above notes", ((*lines(0, 5), *NOTES), FULL), 0, []),
    ("five lines, in cells side by side", ((*lines(4, 3), *lines(4, 3, left=200), *NOTES), FULL), 0, ["few-lines 1 3"]),
    ("a page of notes", ((*FULL, *NOTES), NOTES, FULL), 0, []),
    ("a note on the page of its call", ((*FULL, *NOTES), FULL), 0, []),
    ("a note on the next page", (FULL, (*FULL, *NOTES)), 0, ["late-note 2 1"]),
    (
        "a note at the chapter's end, with a pointer on the page of its call",
        ((*FULL, *lines(5, 1, FOOT)), (*FULL, *NOTES)),
        0,
        [],
    ),
)


@pytest.mark.parametrize(("pages", "calls_on", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rules(pages: Pages, calls_on: int | None, expected: list[str]) -> None:
    assert found(pages, calls_on) == expected


def test_where_notes_stand_at_the_end_none_is_late() -> None:
    book = with_changes(BOOK, options=with_changes(BOOK.options, notes_pdf=NotesPlace.CHAPTER))
    assert marks(record((FULL, (*FULL, *NOTES)), 0), book) == []


def test_where_pages_have_one_side_each_is_turned() -> None:
    book = with_changes(BOOK, options=with_changes(BOOK.options, one_sided=True))
    pages = (FULL, (*FULL[:19], *lines(0, 1, 326, **HYPHENATED)), FULL)
    assert [shown(mark) for mark in marks(record(pages), book)] == ["broken-word 2"]


@pytest.mark.parametrize(("pixels", "expected"), [(800, ["coarse-image 1 192"]), (840, [])])
def test_coarse_pictures(pixels: int, expected: list[str]) -> None:
    resource = Resource("p.png", "p.png", "image/png", "", 1, pixels, pixels / 2, read=lambda: b"")
    book = with_changes(BOOK, resources=(resource,))
    assert [shown(mark) for mark in marks(record((FULL,), None, (PICTURE,)), book)] == expected


def test_words_in_another_face_are_marked_where_they_are_printed() -> None:
    said = [
        complain(Code.FALLBACK_FACE, Span(8, 1, 8, 3), text="x", face="A", main="B"),
        complain(Code.PAGES_UNSETTLED, Span(8, 1, 8, 3)),
    ]
    at = BOOK.source.lines[7]
    pages = (lines(0, 20), (*lines(1, 7, at=at), *lines(1, 1, 200, at=at + 90)))
    (mark,) = marks(record(pages), BOOK, said)
    assert (shown(mark), mark.line, mark.leaf) == ("fallback-face 2", 8, 1)


def test_a_mark_says_where_it_is() -> None:
    (mark,) = marks(record((FULL, (*lines(0, 1), *lines(1, 8, 74)))), BOOK)
    assert mark == Mark(Kind.WIDOW, 1, "2", 6, "so many words", None, Box(50, 60, 350, 74))


def test_the_form_of_the_report() -> None:
    some = marks(record((FULL, lines(1, 4))), BOOK)
    report = json.loads(as_json(some, BOOK, 2))
    assert report["version"] == 1
    assert report["pages"] == 2
    assert list(report["counts"]) == [kind.slug for kind in Kind]
    assert [report["counts"][kind] for kind in ("last-page", "widow")] == [1, 0]
    assert report["marks"] == [
        {
            "kind": "last-page",
            "page": "2",
            "leaf": 2,
            "line": 6,
            "words": "so many words",
            "measure": 4,
            "box": [50, 60, 350, 74],
        }
    ]


def test_the_report_shows_each_place() -> None:
    made = printed(ESSAY)
    book = building.load(ESSAY).book
    assert book is not None
    assert made.record is not None
    assert made.content is not None
    some = marks(made.record, book)
    root = etree.fromstring(as_html(some, book, 20, made.content), etree.HTMLParser())
    places = sum(min(count, MOST_PICTURES) for count in Counter(mark.kind for mark in some).values())
    assert [image.get("src", "")[:22] for image in root.iter("img")] == ["data:image/png;base64,"] * places
    assert all(image.get("alt") for image in root.iter("img"))
    targets = {element.get("id") for element in root.iter("section")}
    assert {link.get("href", "").removeprefix("#") for link in root.iter("a")} == targets
    assert not list(root.iter("script", "link"))
    cells = [int(cell.text or "") for cell in root.iter("td")]
    assert (len(cells), sum(cells)) == (len(Kind), len(some))


def test_of_each_kind_the_first_are_shown_in_pictures_and_the_others_told() -> None:
    made = printed(ESSAY)
    assert made.content is not None
    box = Box(100, 200, 200, 214)
    some = [Mark(kind, leaf, str(leaf + 1), 1, "words", None, box)
            for leaf in range(20) for kind in (Kind.WIDOW, Kind.ORPHAN, Kind.WIDOW, Kind.WIDOW)]  # fmt: skip
    root = etree.fromstring(as_html(some, BOOK, 20, made.content), etree.HTMLParser())
    widows, orphans = root.iter("section")
    assert [len(list(section.iter("li"))) for section in (widows, orphans)] == [60, 20]
    assert [len(list(section.iter("img"))) for section in (widows, orphans)] == [MOST_PICTURES, 20]
    assert ["shown in pictures" in "".join(map(str, section.itertext())) for section in (widows, orphans)] == [True, False]


def test_a_picture_is_cut_out_around_its_place_and_has_a_frame() -> None:
    made = printed(ESSAY)
    assert made.content is not None
    box = Box(100, 200, 200, 214)
    (picture,) = pictures(made.content, [Mark(Kind.WIDOW, 2, "3", None, "", None, box)])
    image = Image.open(BytesIO(picture.content)).convert("L")
    assert image.size == (picture.width, picture.height)
    assert picture.height == round((14 + 2 * AROUND) * SCALE)
    upper = image.crop((160, round((AROUND - 4) * SCALE), 290, round(AROUND * SCALE)))
    assert max(upper.reduce((1, upper.height)).tobytes()) < 225, "a line of the frame, over its whole length"


# -- real pages ------------------------------------------------------------------------------------------


def marked(text: str, **options: str) -> Counter[str]:
    loaded = building.load(text, options=building.options(options))
    assert loaded.book is not None
    made = printed(text, **options)
    assert made.record is not None
    return Counter(mark.kind.slug for mark in marks(made.record, loaded.book, made.diagnostics))


def test_the_essays_pages_are_in_order() -> None:
    loaded = building.load(ESSAY)
    made = printed(ESSAY)
    assert loaded.book is not None
    assert made.record is not None
    counts = Counter(mark.kind for mark in marks(made.record, loaded.book, made.diagnostics))
    assert {kind for kind, count in counts.items() if count} <= {Kind.LOOSE, Kind.TURN}
    assert counts.total() <= 3


HEADER = "---\ntitle: T\nlang: en\n---\n\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("loose-line", f"{SEED} {' a '.join(['9' * 35] * 3)} {SEED}"),
        ("last-page", "\n\n".join(f"{number}. paragraph." for number in range(31))),
        ("fallback-face", f"{SEED} שלום {SEED}"),
    ],
)
def test_real_texts(kind: str, text: str) -> None:
    assert marked(HEADER + text, paper="a5", kind="handout")[kind] >= 1
    assert marked(HEADER + "A short text.", paper="a5", kind="handout")[kind] == 0


def test_the_lines_of_a_stanza_belong_together() -> None:
    text = "| One[^a]\n| two\n|\n| three\n| four\n\n{.verse}\nfive\\\nsix\n\n[^a]: | seven\n    | eight\n"
    made = printed(HEADER + text, kind="handout")
    assert made.record is not None
    pieces = {line.block: line.text.strip() for page in made.record.pages for line in page.lines}
    found = {pieces[block.key]: block.goes_on for part in made.record.parts for block in part.blocks if block.tag == "span"}
    assert found == {"One1": False, "two": True, "three": False, "four": True, "five": False, "six": True} | {
        "seven": False, "eight": True}  # fmt: skip


def test_the_natural_space_is_the_stylesheets() -> None:
    made = printed(ESSAY)
    assert made.record is not None
    spaces = {
        round(line.space / line.height * 14 / 11, 2) for page in made.record.pages for line in page.lines if line.space
    }
    assert spaces == {0.25}  # in ems: EB Garamond's, and what the stylesheets add
