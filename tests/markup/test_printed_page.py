"""The printed page, measured: what a typesetter would hold a ruler to, read from a laid-out document."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import pytest

from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.markup.styles import Geometry, furniture, geometry, print_stylesheet
from octopub.model import Fonts
from octopub.paper import parse
from octopub.pdf.engine import Engine
from octopub.pdf.equipment import Kit
from octopub.pdf.forme import Equipment, FaceFile, Job

HERE = Path(__file__).parent
PROSE = (HERE / "prose.txt").read_text(encoding="utf-8").splitlines()
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
HEBREW = "העיר לא ישנה טוב זמן רב, ובסתיו כבר איש לא ציפה לכך. הלחם נמכר במשקל, והעומדים בתור משעה ארבע למדו."


class Line(NamedTuple):
    """A line of text: points from the paper's left and upper edges."""

    text: str
    left: float
    right: float
    baseline: float
    flow: str
    """`text`, `note`, or `furniture`."""
    tags: tuple[str, ...]
    """The elements that it stands in, outermost first."""


class Page(NamedTuple):
    lines: list[Line]
    left: float
    top: float
    width: float
    right: float
    """The margin to the right of the text."""

    def flow(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.flow == name and line.text]


class Printer:
    """Lays out bodies with the built-in set and the packaged faces."""

    def __init__(self, faces: tuple[FaceFile, ...], code: str) -> None:
        self.faces = faces
        self.code = code

    def __call__(
        self, body: str, paper: str = "A5", *, opening: bool = False, direction: str = "ltr"
    ) -> list[Page]:
        lang = "he" if direction == "rtl" else "en"
        css = print_stylesheet(parse(paper), direction=direction)
        sheet = f":root {{ page: {'opening' if opening else 'head'} }}"
        sheet += furniture("head", "A Head", "7") + furniture("opening", None, "7")
        markup = f'<html lang="{lang}" dir="{direction}"><body class="book">{body}</body></html>'
        engine = Engine(Equipment(self.faces, self.code, css))
        try:
            with engine.at_work():
                _, document = engine.lay_out(Job("page", markup.encode(), sheet, (), {}))
            return [read(page._page_box) for page in document.pages]
        finally:
            engine.close()


def read(box: Any) -> Page:
    lines: list[Line] = []

    def walk(box: Any, flow: str, tags: tuple[str, ...]) -> None:
        box = getattr(box, "_box", box)
        kind = type(box).__name__
        flow = {"MarginBox": "furniture", "FootnoteAreaBox": "note"}.get(kind, flow)
        tags = (*tags, box.element_tag)
        if kind == "LineBox":
            texts = [each for each in box.descendants() if type(each).__name__ == "TextBox"]
            text = "".join(each.text for each in texts)
            edges = [each.position_x * 0.75 for each in texts]
            right = max((each.position_x + each.width) * 0.75 for each in texts) if texts else 0
            lines.append(
                Line(text, min(edges, default=0), right, (box.position_y + box.baseline) * 0.75, flow, tags)
            )
            return
        for child in getattr(box, "children", ()):
            walk(child, flow, tags)

    walk(box, "text", ())
    left, top = box.content_box_x() * 0.75, box.content_box_y() * 0.75
    return Page(lines, left, top, box.width * 0.75, box.margin_right * 0.75)


@pytest.fixture(scope="module")
def lay_out() -> Printer:
    faces = choose(Fonts(), "en", open_catalogue())[0]
    return Printer(Kit(faces.faces(TEXT + HEBREW, "code"), faces.code.name, "").equipment.faces, faces.code.name)


def note(number: int, words: str) -> str:
    return (
        f'<sup class="call"><a id="call-{number}" href="#note-{number}">{number}</a></sup>'
        f'<div class="note" id="note-{number}"><p><a class="note-number" href="#call-{number}">{number}</a> '
        f"{words}</p></div>"
    )


EVERYTHING = Template((HERE / "everything.html").read_text(encoding="utf-8")).substitute(
    text=TEXT, long=PROSE[1], note1=note(1, PROSE[0]), note2=note(2, "Another."), note3=note(3, "In a table.")
)
"""All that a text can hold, amid prose."""

OFF_THE_GRID = {"thead", "hr"}
"""A table's head is two lines high, a break too: what stands in them stands in their middle."""


def off_grid(line: Line, page: Page, sheet: Geometry) -> float:
    """How far a baseline is from the nearest that the grid has, in points."""
    first = page.top + sheet.leading / 2 + 0.3545 * sheet.text_size
    lines = (line.baseline - first) / sheet.leading
    return abs(lines - round(lines)) * sheet.leading


@pytest.mark.parametrize("paper", ["A5", "A6", "A4"])
def test_every_line_stands_on_the_grid(lay_out: Printer, paper: str) -> None:
    sheet = geometry(parse(paper))
    pages = lay_out(EVERYTHING, paper, opening=True)
    astray = [
        (number, round(off_grid(line, page, sheet), 2), line.text)
        for number, page in enumerate(pages, 1)
        for line in page.flow("text")
        if not OFF_THE_GRID & set(line.tags) and off_grid(line, page, sheet) > 0.25
    ]
    assert astray == []


def test_full_pages_end_on_the_last_line_and_so_do_notes(lay_out: Printer) -> None:
    sheet = geometry()
    words = " ".join(PROSE)
    pages = lay_out(f"<section><p>{words}{note(1, PROSE[0])} {words * 12}</p></section>")
    last = pages[0].top + (sheet.lines - 0.5) * sheet.leading + 0.3545 * sheet.text_size
    assert pages[0].flow("note")[-1].baseline == pytest.approx(last, abs=0.1)
    for page in pages[1:-2]:  # the last but one may give a line to the last
        assert len(page.flow("text")) == sheet.lines
        assert page.flow("text")[-1].baseline == pytest.approx(last, abs=0.1)


def test_notes_have_a_smaller_rhythm_of_their_own(lay_out: Printer) -> None:
    sheet = geometry()
    lines = lay_out(f"<section><p>A word.{note(1, PROSE[0])}</p></section>")[0].flow("note")
    steps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    assert steps == [pytest.approx(0.82 * sheet.leading, abs=0.01)] * 4


@pytest.mark.parametrize(
    ("paper", "least", "most"),
    [
        ("A7", 34, 45), ("A6", 42, 55), ("b6", 50, 62), ("5x8in", 52, 64), ("half-letter", 57, 68), ("A5", 60, 68),
        ("6x9in", 60, 72), ("b5", 62, 75), ("A4", 62, 75), ("Letter", 62, 75),
    ],
)
def test_measure(lay_out: Printer, paper: str, least: int, most: int) -> None:
    pages = lay_out(f"<section><p>{' '.join(PROSE * 4)}</p></section>", paper)
    lines = [line for page in pages for line in page.flow("text")][:-1]
    assert least <= sum(len(line.text) for line in lines) / len(lines) <= most


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_text_block_leans_to_the_spine(lay_out: Printer, direction: str) -> None:
    recto, verso = lay_out(f"<section>{TEXT * 3}</section>", direction=direction)[:2]
    left, right = (verso, recto) if direction == "ltr" else (recto, verso)
    assert left.right == pytest.approx(right.left) == pytest.approx(53.4, abs=0.1)
    assert left.left == pytest.approx(right.right) == pytest.approx(76.7, abs=0.1)


@pytest.mark.parametrize(
    ("direction", "opening", "furniture"),
    [
        ("ltr", True, [("7", "centre")]),
        ("ltr", False, [("A Head", "centre"), ("7", "right")]),
        ("rtl", False, [("7", "left"), ("A Head", "centre")]),
    ],
)
def test_running_heads_and_folios(
    lay_out: Printer, direction: str, opening: bool, furniture: list[tuple[str, str]]
) -> None:
    first, second = lay_out(f"<section>{TEXT * 3}</section>", opening=opening, direction=direction)[:2]
    assert [(line.text, side(line, first)) for line in first.flow("furniture")] == furniture
    if not opening:
        outer = "left" if direction == "ltr" else "right"
        verso = {(line.text, side(line, second)) for line in second.flow("furniture")}
        assert verso == {("7", outer), ("A Head", "centre")}


def side(line: Line, page: Page) -> str:
    if line.left == pytest.approx(page.left, abs=1):
        return "left"
    if line.right == pytest.approx(page.left + page.width, abs=1):
        return "right"
    assert (line.left + line.right) / 2 == pytest.approx(page.left + page.width / 2, abs=1)
    return "centre"


def test_a_chapter_opens_with_white_above_its_title(lay_out: Printer) -> None:
    sheet = geometry()
    title = f'<h1 class="chapter-title">A Title</h1>{TEXT}'
    lines = lay_out(f'<section class="chapter">{title}</section>', opening=True)[0].flow("text")
    grid = [round((line.baseline - sheet.text_size) / sheet.leading) for line in lines[:2]]
    top = round(parse("A5").height_mm * 72 / 25.4 * 0.0857 / sheet.leading)
    assert [line - top for line in grid] == [7, 10]


def test_paragraphs_are_told_apart_by_an_indent_alone(lay_out: Printer) -> None:
    sheet = geometry()
    body = "<h2>Heading</h2><p>One.</p><p>Two.</p><hr/><p>Three.</p><p>Four.</p>"
    page = lay_out(f"<section>{body}</section>")[0]
    indents = {line.text: round((line.left - page.left) / sheet.text_size, 2) for line in page.flow("text")}
    assert [indents[text] for text in ("One.", "Two.", "Three.", "Four.")] == [0, 1, 0, 1]


def test_right_to_left_has_its_indents_on_the_right(lay_out: Printer) -> None:
    sheet = geometry()
    verse = f'<div class="verse"><p class="stanza"><span class="line">{HEBREW}</span></p></div>'
    page = lay_out(f"<section><p>{HEBREW}</p><p>{HEBREW}</p>{verse}</section>", direction="rtl")[0]
    edge = page.left + page.width
    lines = page.flow("text")
    ems = [round((edge - line.right) / sheet.text_size, 1) for line in lines]
    # Two paragraphs of two lines, the second with an indent; a line of verse that hangs by three ems.
    assert ems == [0, 0, 1, 0, 1.5, 4.5]
    assert all(page.left - 0.1 < line.left for line in lines)


def test_a_call_stays_with_its_word(lay_out: Printer) -> None:
    sheet = geometry()
    words = ("after the events.", "after the events”", "after the “events”.", "after them all")
    body = "".join(
        f'<p style="width: {sheet.measure - tenths / 10}pt">The square, seen from the roof of the building '
        f'{each}<sup class="call"><a>5</a></sup></p>'
        for each in words
        for tenths in range(0, 500, 4)
    )
    lines = [line for page in lay_out(f"<section>{body}</section>") for line in page.flow("text")]
    assert [line for line in lines if line.text.strip("\u2060") == "5"] == []
    # The widths are such that the last word alone has to turn over here and there.
    assert "events.\u20605" in {line.text for line in lines}


def test_a_note_takes_nothing_from_where_it_is_called(lay_out: Printer) -> None:
    places = (
        "<h2>Heading{}</h2><p>x</p>",
        "<p><em>Words{}</em></p>",
        "<figure><figcaption>Caption{}</figcaption></figure>",
        '<div class="table"><table><tbody><tr><td class="right">1{}</td></tr></tbody></table></div>',
        "<blockquote><p>Words{}</p></blockquote>",
        "<ul><li>Words{}</li></ul>",
    )
    expected = lay_out(f"<section><p>Words{note(1, PROSE[0])}</p></section>")[0].flow("note")
    assert len(expected) == 5
    for place in places:
        page = lay_out(f"<section>{place.format(note(1, PROSE[0]))}</section>")[0]
        assert page.flow("note") == expected, place


def test_title_page_stands_on_its_axis_with_the_house_at_its_foot(lay_out: Printer) -> None:
    sheet = geometry()
    parts = {"author": "An Author", "subtitle": "What it is about", "publisher": "The House", "date": "1917"}
    paragraphs = [f'<p class="{name}">{text}</p>' for name, text in parts.items()]
    paragraphs.insert(1, '<h1 class="title">The Title</h1>')
    page, behind = lay_out(
        f'<section class="title-page">{"".join(paragraphs)}</section>'
        '<section class="colophon"><p>Rights</p></section>'
    )
    lines = page.flow("text")
    order = ["An Author", "The Title", "What it is about", "The House", "1917"]
    assert [line.text for line in sorted(lines, key=lambda line: line.baseline)] == order
    assert {side(line, page) for line in lines} == {"centre"}
    foot = page.top + sheet.lines * sheet.leading
    assert foot - lines[-1].baseline < sheet.leading / 2
    assert foot - behind.flow("text")[-1].baseline < sheet.leading / 2
    assert page.flow("furniture") == behind.flow("furniture") == []


def test_what_a_title_page_cannot_hold_goes_to_the_next(lay_out: Printer) -> None:
    sheet = geometry(parse("A6"))
    title = PROSE[0][:180]
    pages = lay_out(
        f'<section class="title-page"><h1 class="title">{title}</h1><p class="subtitle">{title}</p>'
        '<p class="date">1917</p></section>',
        "A6",
    )
    assert len(pages) == 2
    for page in pages:
        foot = page.top + sheet.lines * sheet.leading
        assert all(page.top < line.baseline < foot for line in page.flow("text"))
    words = "".join(line.text for page in pages for line in page.flow("text"))
    assert words.replace(" ", "") == (title + title + "1917").replace(" ", "")


@pytest.fixture
def said_by_weasyprint() -> Iterator[list[str]]:
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # shorter than a class
    logging.getLogger("weasyprint").addHandler(handler)
    yield said
    logging.getLogger("weasyprint").removeHandler(handler)


def test_weasyprint_understands_all_of_it(lay_out: Printer, said_by_weasyprint: list[str]) -> None:
    lay_out(EVERYTHING, opening=True)
    assert said_by_weasyprint == []
