"""The printed page, measured: what a typesetter would hold a ruler to, read from a laid-out document."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from lxml import etree

from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.markup.styles import Geometry, furniture, geometry, print_stylesheet
from octopub.model import Fonts, Metadata
from octopub.paper import parse
from octopub.pdf.engine import Engine
from octopub.pdf.fontset import FontSet

HEBREW = "העיר לא ישנה טוב זמן רב, ובסתיו כבר איש לא ציפה לכך. הלחם נמכר במשקל, והעומדים בתור משעה ארבע למדו."
PROSE = (
    "The city had not slept well for a long time, and by the autumn nobody expected it to. Bread was sold by the "
    "half pound, and those who stood in line for it from four in the morning had learned to carry a stool, a shawl "
    "and something to read. The newspapers, which still appeared in great number, were read aloud, disputed "
    "sentence by sentence, and then used to wrap whatever there was to wrap.",
    "What strikes the reader of the minutes is how little the men at the table knew. They had telephones, and the "
    "telephones worked; they had couriers on bicycles and, for the longer distances, two motor cars with a doubtful "
    "supply of petrol. Yet every report that reached them was some hours old, and the most important ones, on the "
    "temper of the garrison and the loyalty of the bridges, contradicted each other flatly.",
    "It would be wrong to conclude from this that nothing had been prepared. The committee had existed for a "
    "fortnight, its commissars had been sent to the regiments, and its signature was by now necessary for the "
    "release of rifles from the arsenal. In a city where authority had been passing from hand to hand since the "
    "spring, the right to sign a paper was no small thing.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)


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

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts

    def __call__(
        self, body: str, paper: str = "A5", *, opening: bool = False, direction: str = "ltr", kind: str = "book"
    ) -> list[Page]:
        meta = Metadata(title="T", lang="he" if direction == "rtl" else "en", modified=datetime(2000, 1, 1, tzinfo=UTC))
        engine = Engine(print_stylesheet(parse(paper)), self.fonts, (), meta)
        sheet = furniture("Verso Head", "Recto Head", first_page=7, opening=opening, direction=direction)
        root = etree.fromstring(f"<body>{body}</body>")
        document = engine.lay_out(list(root), sheet, direction=direction, css_class=kind)
        return [read(page._page_box) for page in document.pages]


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
def lay_out() -> Iterator[Printer]:
    faces = choose(Fonts(), "en", open_catalogue())[0]
    with FontSet(faces.faces(TEXT + HEBREW, "code"), faces.code.name) as fonts:
        yield Printer(fonts)


def note(number: int, words: str) -> str:
    return (
        f'<sup class="call"><a id="call-{number}" href="#note-{number}">{number}</a></sup>'
        f'<div class="note" id="note-{number}"><p><a class="note-number" href="#call-{number}">{number}</a> '
        f"{words}</p></div>"
    )


EVERYTHING = f"""<section class="chapter"><h1 class="chapter-title">A Title</h1>
<blockquote class="epigraph"><p>Nothing is so difficult to foretell as last week.</p><p class="source">— A proverb</p>
</blockquote>{TEXT}<h2 id="two">A Heading in Small Capitals That Is So Long That It Runs Over</h2>{TEXT}
<p>Words with a note,{note(1, PROSE[0])} with <code>code</code>, <kbd>Ctrl</kbd>, H<sub>2</sub>O, m<sup>2</sup>,
<small>small type</small>, <strong>strong words</strong>, <em>emphasis</em>, <mark>marks</mark>, <s>and</s>
<span class="smallcaps">Small Capitals</span>, <a class="page-reference" href="#two">page <span class="page">12</span></a>.
{PROSE[1]}{note(2, "Another.")}</p>
<blockquote><p>{PROSE[2]}</p><p>{PROSE[1]}</p><p class="source">— Minutes</p></blockquote>{TEXT}
<h3>In <em>Italics</em></h3>{TEXT}<ul><li>One</li><li>Two<ul><li>Two and a half</li></ul></li></ul>
<ol><li><p>{PROSE[0]}</p><p>{PROSE[1]}</p></li><li><p>Two</p></li></ol>{TEXT}<hr/>{TEXT}
<div class="verse"><p class="stanza"><span class="line">A line that is so long that it does not find room on one line
of any page</span><span class="line">and one that does</span></p><p class="stanza"><span class="line">And one more.</span>
</p></div>{TEXT}<dl><dt>Term</dt><dd>{PROSE[0]}</dd></dl><pre><code>a = 1

b = 2</code></pre>{TEXT}<h4>Four</h4>{TEXT}<h5>Five</h5>{TEXT}<h6>Six</h6>{TEXT}
<div class="table"><table><thead><tr><th scope="col">A</th><th class="right" scope="col">B</th></tr></thead>
<tbody><tr><td>One</td><td class="right">1{note(3, "In a table.")}</td></tr><tr><td>Two</td><td class="right">2</td></tr>
</tbody></table></div>{TEXT}<figure><figcaption>A caption.</figcaption></figure>{TEXT}</section>"""

OFF_THE_GRID = {"thead", "hr::before"}
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
    for page in pages[1:-1]:
        assert len(page.flow("text")) == sheet.lines
        assert page.flow("text")[-1].baseline == pytest.approx(last, abs=0.1)


def test_notes_have_a_smaller_rhythm_of_their_own(lay_out: Printer) -> None:
    sheet = geometry()
    lines = lay_out(f"<section><p>A word.{note(1, PROSE[0])}</p></section>")[0].flow("note")
    steps = {round(below.baseline - above.baseline, 2) for above, below in zip(lines, lines[1:], strict=False)}
    assert steps == {pytest.approx(0.82 * sheet.leading, abs=0.01)}


@pytest.mark.parametrize(
    ("paper", "least", "most"), [("A6", 42, 55), ("A5", 60, 68), ("A4", 62, 75), ("Letter", 62, 75), ("A7", 34, 45)]
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
    assert left.left == pytest.approx(right.right) == pytest.approx(76.9, abs=0.1)


@pytest.mark.parametrize(
    ("direction", "opening", "furniture"),
    [
        ("ltr", True, [("7", "centre")]),
        ("ltr", False, [("Recto Head", "centre"), ("7", "right")]),
        ("rtl", False, [("7", "left"), ("Recto Head", "centre")]),
    ],
)
def test_running_heads_and_folios(
    lay_out: Printer, direction: str, opening: bool, furniture: list[tuple[str, str]]
) -> None:
    first, second = lay_out(f"<section>{TEXT * 3}</section>", opening=opening, direction=direction)[:2]
    assert [(line.text, side(line, first)) for line in first.flow("furniture")] == furniture
    outer = "left" if direction == "ltr" else "right"
    verso = {(line.text, side(line, second)) for line in second.flow("furniture")}
    assert verso == {("8", outer), ("Verso Head", "centre")}


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
    page = lay_out(f"<section><h2>Heading</h2><p>One.</p><p>Two.</p><hr/><p>Three.</p><p>Four.</p></section>")[0]
    indents = {line.text: round((line.left - page.left) / sheet.text_size, 2) for line in page.flow("text")}
    assert [indents[text] for text in ("One.", "Two.", "Three.", "Four.")] == [0, 1, 0, 1]


def test_right_to_left_has_its_indents_on_the_right(lay_out: Printer) -> None:
    sheet = geometry()
    verse = f'<div class="verse"><p class="stanza"><span class="line">{HEBREW}</span></p></div>'
    page = lay_out(f"<section><p>{HEBREW}</p><p>{HEBREW}</p>{verse}</section>", direction="rtl")[0]
    edge = page.left + page.width
    lines = page.flow("text")
    ems = [round((edge - line.right) / sheet.text_size, 1) for line in lines]
    second = len([line for line in lines if "line" not in line.tags]) // 2
    assert ems[0] == 0
    assert 1 in ems
    assert all(line.left > page.left - 0.1 and line.right < edge + 0.1 for line in lines), second


@pytest.mark.parametrize("words", ["after the events.", "after the events”", "after the “events”."])
def test_a_call_stays_with_its_word(lay_out: Printer, words: str) -> None:
    text = "The square, seen from the roof of the general staff building, some days " + words
    sheet = geometry()
    for tenths in range(0, 400, 4):
        width = sheet.measure - tenths / 10
        body = f'<section><p style="width: {width}pt">{text}{note(5, "x")}</p></section>'
        assert lay_out(body)[0].flow("text")[-1].text.strip("\u2060") != "5", width


def test_a_note_takes_nothing_from_where_it_is_called(lay_out: Printer) -> None:
    sheet = geometry()
    places = (
        "<h2>Heading{}</h2><p>x</p>", "<p><em>Words{}</em></p>", "<figure><figcaption>Caption{}</figcaption></figure>",
        '<div class="table"><table><tbody><tr><td class="right">1{}</td></tr></tbody></table></div>',
        "<blockquote><p>Words{}</p></blockquote>", "<ul><li>Words{}</li></ul>",
    )  # fmt: skip
    expected = lay_out(f"<section><p>Words{note(1, PROSE[0])}</p></section>")[0].flow("note")
    for place in places:
        page = lay_out(f"<section>{place.format(note(1, PROSE[0]))}</section>")[0]
        assert page.flow("note") == expected, place
    assert expected[0].left == pytest.approx(lay_out("<p>x</p>")[0].left)
    assert len(expected) == len([1 for line in expected if line.right < sheet.measure * 2])


def test_title_page_stands_on_its_axis_with_the_house_at_its_foot(lay_out: Printer) -> None:
    sheet = geometry()
    page, behind = lay_out(
        '<section class="title-page"><p class="author">An Author</p><h1 class="title">The Title</h1>'
        '<p class="subtitle">And what it is about</p><p class="publisher">The House</p><p class="date">1917</p>'
        '</section><section class="colophon"><p>Rights</p></section>'
    )
    lines = page.flow("text")
    assert [line.text for line in lines] == ["An Author", "The Title", "And what it is about", "The House", "1917"]
    assert {side(line, page) for line in lines} == {"centre"}
    foot = page.top + sheet.lines * sheet.leading
    assert foot - lines[-1].baseline < sheet.leading / 2
    assert foot - behind.flow("text")[-1].baseline < sheet.leading / 2
    assert page.flow("furniture") == behind.flow("furniture") == []


def test_a_title_too_long_for_its_page_is_not_lost(lay_out: Printer) -> None:
    long = f'<section class="title-page"><h1 class="title">{PROSE[0]}</h1><p class="date">1917</p></section>'
    pages = lay_out(long, "A6")
    for page in pages:
        assert all(page.top < line.baseline < page.top + 26 * 12.7 for line in page.flow("text"))
    assert pages[-1].flow("text")[-1].text == "1917"


@pytest.fixture
def said_by_weasyprint() -> Iterator[list[str]]:
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("weasyprint").addHandler(handler)
    yield said
    logging.getLogger("weasyprint").removeHandler(handler)


def test_weasyprint_understands_all_of_it(lay_out: Printer, said_by_weasyprint: list[str]) -> None:
    lay_out(EVERYTHING, opening=True)
    assert said_by_weasyprint == []
