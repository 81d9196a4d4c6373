"""WeasyPrint's defects that octopub works around. When one of the first tests of a pair fails, WeasyPrint is mended:
then the way around it can go, and the pair with it.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

import octopub
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.model import Fonts
from octopub.pdf.equipment import Kit
from octopub.pdf.fontset import FontSet  # before all else of WeasyPrint's: it keeps its import quiet

# isort: split
from weasyprint import CSS, HTML
from weasyprint.draw import text
from weasyprint.layout import block, inline, preferred
from weasyprint.text import line_break

from octopub.pdf import mended, shaping
from octopub.pdf.engine import Engine
from octopub.pdf.forme import Equipment
from octopub.pdf.lines import reach, setting
from octopub.pdf.mended import Mended
from octopub.pdf.release import digest


def two_notes(lines: int) -> str:
    """A paragraph of so many lines and a note, and one whose second line calls a note."""
    return f"""<style>
        @page {{ size: 200px; margin: 0 }}
        p {{ font: 10px/10px serif; margin: 0; orphans: 2; widows: 2 }}
        i {{ float: footnote }}
        i::footnote-call, i::footnote-marker {{ content: none }}
        </style>
        <p>{"a line<br>" * lines} and a last<i>first note</i></p>
        <p>one<br>two<i>second note</i><br>three<br>four<br>five</p>"""


LINES = range(8, 22)
"""Among these is a number with which the second line does not fit beside the first note."""


def render(html: str, document: type[Any], fonts: FontSet | None = None) -> list[str]:
    """The lines of a document, laid out with this class."""
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415  # after fontset, which keeps its import quiet
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  # as above

    laid = document._render(HTML(string=html), fonts, None, None, dict(DEFAULT_OPTIONS))
    found = (box for page in laid.pages for box in page._page_box.descendants())
    return [
        "".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox))
        for box in found
        if isinstance(box, boxes.LineBox)
    ]


def plain() -> type[Any]:
    from weasyprint.document import Document as Plain  # noqa: PLC0415  # as above

    return Plain  # type: ignore[no-any-return]  # WeasyPrint has no types


def lost(document: type[Any]) -> list[int]:
    """The numbers of lines with which a note is lost."""
    return [number for number in LINES if "second note" not in render(two_notes(number), document)]


@pytest.mark.parametrize("mend", [mended, reach, setting, shaping])
def test_the_mends_fit_the_weasyprint_that_is_installed(mend: Any) -> None:
    """If not: read what has changed in `SOURCES`, write the new digest down, and run the tests of `pdf`."""
    assert digest(*mend.SOURCES) == mend.KNOWN


def test_weasyprint_forgets_the_notes_of_a_line_for_which_it_sends_others_away() -> None:
    assert lost(plain()) != []


def test_octopub_forgets_none() -> None:
    assert lost(Mended) == []


def long_note(lines: int) -> str:
    """A page of ten lines, and a note of so many."""
    return f"""<style>
        @page {{ size: 200px 100px; margin: 0 }}
        p, i {{ font: 10px/10px serif; margin: 0 }}
        i {{ float: footnote }}
        i::footnote-call, i::footnote-marker {{ content: none }}
        </style>
        <p>text<i>{"<br>".join(f"line {number}" for number in range(lines))}</i></p>"""


def beyond(html: str, document: type[Any]) -> list[float]:
    """The tops of the lines that stand above the edge of their page."""
    from weasyprint import DEFAULT_OPTIONS, HTML  # noqa: PLC0415  # as above
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  # as above

    laid = document._render(HTML(string=html), None, None, None, dict(DEFAULT_OPTIONS))
    found = (box for page in laid.pages for box in page._page_box.descendants())
    return [box.position_y for box in found if isinstance(box, boxes.LineBox) and box.position_y < 0]


def test_weasyprint_prints_a_long_note_beyond_its_page() -> None:
    assert beyond(long_note(25), plain()) != []


def test_octopub_goes_on_with_it_on_the_next() -> None:
    assert beyond(long_note(25), Mended) == []
    assert [f"line {number}" in render(long_note(25), Mended) for number in range(25)] == [True] * 25


@pytest.fixture
def fonts() -> Any:
    faces, _ = choose(Fonts(), "en", open_catalogue())
    with FontSet(Kit(faces.faces("a"), "", "").equipment.faces) as fonts, fonts.in_force():
        yield fonts


def narrow(text: str) -> str:
    return f'<html lang="en"><p style="width: 124px; font: 16px EB Garamond; hyphens: auto">{text}'


def test_weasyprint_breaks_a_first_word_where_only_the_space_before_an_element_does_not_fit(
    fonts: FontSet,
) -> None:
    lines = render(narrow("ordinary remarkable <em>considerable</em> end"), plain(), fonts)
    assert lines[0] == "ordin‐"


def test_a_space_inside_the_element_does_not_break_it(fonts: FontSet) -> None:
    lines = render(narrow("ordinary remarkable<em> considerable</em> end"), plain(), fonts)
    assert lines[0] == "ordinary remarkable"


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Something for each Pango context that is made."""
    made = []
    maker = line_break.pango.pango_font_map_create_context

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(pango, name)

        @staticmethod
        def pango_font_map_create_context(font_map: Any) -> Any:
            made.append("one")
            return maker(font_map)

    pango = line_break.pango
    for module in (line_break, shaping):
        monkeypatch.setattr(module, "pango", Counting())
    return made


LINES_OF_TEXT = "one two three four five six " * 40


def test_weasyprint_makes_a_context_for_each_line(
    contexts: list[str], fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_break.Layout, "setup", shaping._whole_setup)
    lines = render(narrow(LINES_OF_TEXT), Mended, fonts)
    assert len(contexts) > len(lines)


def test_octopub_makes_one_for_a_style(
    contexts: list[str], fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_break.Layout, "setup", shaping._setup)
    lines = render(narrow(LINES_OF_TEXT), Mended, fonts)
    assert len(lines) > 20
    assert len(contexts) < 10


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of all texts that Pango breaks, or is asked about."""
    lengths: list[int] = []
    give, ask = line_break.Layout.set_text, line_break.get_log_attrs

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        lengths.append(len(text))
        give(self, text, justify)

    def get_log_attrs(text: str, language: str) -> Any:
        lengths.append(len(text))
        return ask(text, language)

    monkeypatch.setattr(line_break.Layout, "set_text", set_text)
    monkeypatch.setattr(line_break, "get_log_attrs", get_log_attrs)
    return lengths


ACCENTED = "o\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}\N{COMBINING MACRON BELOW}"
LONG = {
    "letters without a width": narrow(f"{ACCENTED * 3} {ACCENTED * 5} " * 200),
    "a narrow column": f"<html lang='en'><table style='hyphens: auto'><td>x<td>{LINES_OF_TEXT * 3}",
}


def set_by(splitter: Any, text: str, fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for module in (inline, preferred):
        monkeypatch.setattr(module, "split_first_line", splitter)
    return render(text, Mended, fonts)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_weasyprint_reads_all_that_is_left_of_a_text_for_each_of_its_lines(
    text: str, read: list[int], fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_by(reach._whole, text, fonts, monkeypatch)
    assert sum(read) > 100 * len(text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_octopub_reads_what_may_go_into_a_line(
    text: str, read: list[int], fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = set_by(reach._split, text, fonts, monkeypatch)
    assert sum(read) < 100 * len(text)
    assert lines == set_by(reach._whole, text, fonts, monkeypatch)


# -- what is not octopub's -----------------------------------------------------------------------------


def test_documents_of_others_are_as_without_octopub(monkeypatch: pytest.MonkeyPatch) -> None:
    octopub.build_pdf("Words.", workers=1)
    justified = narrow(f"<p style='text-align: justify'>{LINES_OF_TEXT}")
    beside = HTML(string=justified).write_pdf()
    monkeypatch.setattr(line_break.Layout, "setup", shaping._whole_setup)
    monkeypatch.setattr(block, "iter_line_boxes", setting._plain_lines)
    monkeypatch.setattr(inline, "split_text_box", setting._plain_split)
    for module in (inline, preferred):
        monkeypatch.setattr(module, "split_first_line", reach._whole)
    monkeypatch.setattr(text, "draw_first_line", setting._plain_draw)
    assert HTML(string=justified).write_pdf() == beside


def test_what_weasyprint_says_is_heard_by_others_alone(caplog: pytest.LogCaptureFixture) -> None:
    styled = Equipment((), "", "p { no-such: property }")
    with closing(Engine(styled)):
        assert caplog.messages == []
    CSS(string=styled.css)
    assert [message.split(" at ")[0] for message in caplog.messages] == ["Ignored `no-such: property `"]
