"""The printed cover: what stands on it, where, and that nothing inside hangs on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

import octopub
from octopub import building
from octopub.covers.code import LEAST_SIDE_MM, qr_code
from octopub.covers.composing import RUBRICS
from octopub.diagnostics import Code
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.imposing.scheme import MM
from octopub.model import Cover, Fonts, Imposition, Kind
from octopub.pdf.covering import cover_of
from octopub.pdf.room import Means
from octopub.pdf.store import Store
from tests.pdf.bound import covered, ink, made, painted, text
from tests.pdf.press import ESSAY, HEBREW, SAMPLE, elements, opened, pdf
from tests.tools import pdf_text, qpdf_check

ADDRESS = "https://example.org/books/salt-road"
BLURB = "A short account of the salt roads, and of those who walked them with their mules. "
LONG = (
    "On the Several Uses of Salt, and of the Roads by Which It Was Carried, Together with Remarks on the Tolls That "
    "Were Taken at Each Gate, the Mules That Died on the Way, and the Songs of Those Who Led Them, Written Down by One "
    "Who Went with Them from the Sea to the Lakes and Back Again in a Year of Great Floods, and in Two Dry Ones"
)


# -- around the book ---------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [ESSAY, SAMPLE, HEBREW], ids=["essay", "book", "hebrew"])
def test_the_pages_inside_are_what_they_are_without_it(source: Path) -> None:
    bare, around = pdf_text(pdf(source)), pdf_text(covered(source))
    assert len(around) == 4 + len(bare) + len(bare) % 2
    assert around[2 : 2 + len(bare)] == bare
    assert not any(page.strip() for page in (around[0], around[1], *around[2 + len(bare) : -1]))


@pytest.mark.parametrize(("lang", "word"), [("en", "Cover"), ("de", "Umschlag"), ("ru", "Обложка")])
def test_labels(lang: str, word: str) -> None:
    with pypdfium2.PdfDocument(covered(text(lang=lang))) as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
    inside = [str(number) for number in range(1, len(labels) - 3)]
    assert labels == [f"{word} 1", f"{word} 2", *inside, f"{word} 3", f"{word} 4"]


def test_links_and_bookmarks_lead_to_the_pages_behind_the_cover() -> None:
    def targets(file: bytes) -> list[int]:
        with opened(file) as book:
            numbers = {page.obj.objgen: index for index, page in enumerate(book.pages)}
            return [numbers[place[0].objgen] for _, place in pikepdf.NameTree(book.Root.Names.Dests).items()]

    assert targets(covered(SAMPLE)) == [page + 2 for page in targets(pdf(SAMPLE))]


@pytest.mark.parametrize("source", [ESSAY, HEBREW], ids=["essay", "hebrew"])
def test_the_checkers_find_nothing(source: Path, tmp_path: Path) -> None:
    import pdfua  # noqa: PLC0415  # half a second

    file = covered(source)
    assert qpdf_check(file) == []
    (tmp_path / "covered.pdf").write_bytes(file)
    found = pdfua.validate(str(tmp_path / "covered.pdf")).findings
    assert [f"{each.rule_id} {each.message}" for each in found] == []


def test_front_and_code_say_what_they_show_and_the_back_is_read_last() -> None:
    source = text(subtitle="A history", author=["Ada Winter", "Bo Sommer"], description=BLURB, octopub={"url": ADDRESS})
    with opened(covered(source)) as book:
        alternatives = [str(each.Alt) for each in elements(book) if each.S == "/Figure"]
        last = book.Root.StructTreeRoot.K[0].K[-1]
        page = next(each.Pg for each in elements(book) if each.S == "/P" and last == each.P.P)
        assert page.objgen == book.pages[-1].obj.objgen
    assert alternatives == ["The Salt Road. A history. Ada Winter, Bo Sommer", f"QR code: {ADDRESS}"]


@pytest.mark.parametrize("back", [{}, {"publisher": "The Lantern Press"}], ids=["empty back", "back"])
def test_the_front_is_read_first(back: dict[str, str]) -> None:
    with opened(covered(text(**back))) as book:
        shown = [each.Pg.objgen for each in elements(book) if "/Pg" in each]
        numbers = {page.obj.objgen: index for index, page in enumerate(book.pages)}
        read = [numbers[page] for page in shown]
        assert read == sorted(read)
        assert read[0] == 0
        assert (read[-1] == len(book.pages) - 1) == bool(back)


def test_the_same_bytes_each_time_and_from_the_store(tmp_path: Path) -> None:
    source = text(description=BLURB, octopub={"url": ADDRESS, "cover": "self"})
    loaded = building.load(source)
    store = Means(store=Store(tmp_path))
    files = [building.pdf(loaded, means).content for means in (None, store, store)]
    assert len(set(files)) == 1


def test_a_program_that_imposes_it_finds_its_back_by_the_labels() -> None:
    """Where the sheets need blank pages, they go before the inside of its back."""
    source = text(octopub={"title-page": False, "contents": False})
    sheets = octopub.impose(covered(source, paper="a5"), "booklet", sheet="a4")
    assert len(pdf_text(sheets)) == 4
    with opened(sheets) as file:
        placed = [sorted(page.Resources.get("/XObject", {}).keys()) for page in file.pages]
    assert placed == [["/Page1", "/Page6"], ["/Page2", "/Page5"], ["/Page3"], ["/Page4"]]


# -- which cover -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "kind", "asked", "cover"),
    [
        (None, "essay", None, Cover.NONE),
        (Imposition.BOOKLET, "essay", None, Cover.SELF),
        (Imposition.CUT_STACK, "book", None, Cover.SELF),
        (Imposition.BOOKLET, "handout", None, Cover.NONE),
        (Imposition.BOOKLET, "handout", "self", Cover.SELF),
        (Imposition.BOOKLET, "essay", "none", Cover.NONE),
        (Imposition.SIGNATURES, "book", None, Cover.NONE),
        (Imposition.ZINE, "essay", None, Cover.NONE),
        (Imposition.TWO_UP, "essay", None, Cover.NONE),
        (Imposition.SIGNATURES, "book", "separate", Cover.SEPARATE),
    ],
)
def test_which_cover(mode: Imposition | None, kind: str, asked: str | None, cover: Cover) -> None:
    book = building.load(text(), options=building.options({"kind": kind, "cover": asked})).book
    assert book
    assert book.kind is Kind(kind)
    assert cover_of(book, mode) is cover


# -- the front ---------------------------------------------------------------------------------------

TITLES: dict[str, dict[str, Any]] = {
    "short": {"title": "I", "author": "Ada Winter"},
    "long": {"title": LONG, "author": ["Ada Winter", "Bo Sommer", "Cy Herbst"]},
    "nobody": {"title": "Rechtsschutzversicherungsgesellschaften", "lang": "de"},
    "russian": {"title": "Соляная дорога", "author": "Ада Зимина", "lang": "ru"},
}


PAPERS = ["a7", "a6", "a5", "a4", "a3", "210x148mm", "200x200mm"]
ON_PAPERS = [*((title, paper) for title in ("short", "long") for paper in PAPERS), ("nobody", "a6"), ("russian", "a6")]


@pytest.mark.parametrize(("title", "paper"), ON_PAPERS)
def test_on_every_paper_all_stands_inside_the_margin(title: str, paper: str) -> None:
    own = {"kind": "handout", "url": ADDRESS}  # a title page would have no room for the long one on a small paper
    source = text(**TITLES[title], description=BLURB, publisher="The Lantern Press", octopub=own)
    outcome = made(source, cover="self", paper=paper)
    assert Code.COVER_TEXT not in {each.code for each in outcome.diagnostics}
    for page in (0, -1):
        picture = painted(outcome.content or b"", page)
        left, top, right, bottom = ink(picture)
        least = max(6 * MM, 0.09 * picture.width) - 2
        assert min(left, top, picture.width - right, picture.height - bottom) >= least
        assert left == pytest.approx(least + 2, abs=3), "on the axis"


def test_hebrew_hangs_from_the_right_and_opens_there() -> None:
    file = covered(HEBREW)
    picture = painted(file, 0)
    assert picture.width - ink(picture)[2] == pytest.approx(0.09 * picture.width, abs=3)
    with opened(file) as book:
        assert book.Root.ViewerPreferences.Direction == "/R2L"


def test_it_is_the_e_books_design() -> None:
    """The same letter in the same colour."""
    from octopub.epub.cover import draw  # noqa: PLC0415  # of the other part

    faces, _ = choose(Fonts(), "en", open_catalogue())
    drawn = draw("The Salt Road", None, (), faces).svg.decode()
    colour = re.search(r'<g fill="(#[0-9a-f]{6})">', drawn)
    assert colour
    rubric = next(each for each in RUBRICS if "#" + bytes(each).hex() == colour[1])
    assert rubric in {each for _, each in painted(covered(text()), 0).getcolors(1 << 20) or ()}


@pytest.mark.parametrize(
    ("options", "edge", "middle"),
    [({}, None, (5.9, 6.6)), ({"bleed": "3mm"}, (0, 0, 255), None)],
    ids=["white around it", "to the edge"],
)
def test_a_picture(
    tmp_path: Path, options: dict[str, str], edge: tuple[int, int, int] | None, middle: tuple[float, float] | None
) -> None:
    """A wide blue picture: whole within 6 mm of white, or cut off at both sides to fill what bleeds."""
    picture = Image.new("RGB", (4000, 2000), (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, 100, 2000))
    picture.save(tmp_path / "wide.png")
    loaded = building.load(
        text(**{"cover-image": "wide.png"}), base=tmp_path, options=building.options({"cover": "self", **options})
    )
    outcome = building.pdf(loaded)
    assert [each for each in outcome.diagnostics if each.code is Code.IMAGE_RESOLUTION] == []
    front = painted(outcome.content or b"", 0)
    corners = {front.getpixel((x, y)) for x in (0, front.width - 1) for y in (0, front.height - 1)}
    assert corners == {edge or (255, 255, 255)}
    if middle:
        left, top, right, bottom = ink(front)
        assert middle[0] * MM <= left <= middle[1] * MM
        assert (right - left) / (bottom - top) == pytest.approx(2, abs=0.02), "whole"


def test_a_coarse_picture_is_said(tmp_path: Path) -> None:
    Image.new("RGB", (300, 500)).save(tmp_path / "small.png")
    loaded = building.load(text(octopub={"cover": "self"}, **{"cover-image": "small.png"}), base=tmp_path)
    assert Code.IMAGE_RESOLUTION in {each.code for each in building.pdf(loaded).diagnostics}


# -- the back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a7", "a5", "a3"])
@pytest.mark.parametrize("address", [ADDRESS, "https://example.org/" + "a-long-path/" * 12, "https://пример.испытание/соль"])
def test_the_code_can_be_read(address: str, paper: str) -> None:
    file = covered(text(octopub={"url": address}), paper=paper)
    (found,) = zxingcpp.read_barcodes(painted(file, -1, 220))
    with opened(file) as book:
        (figure,) = [each for each in elements(book) if each.S == "/Figure" and str(each.Alt).startswith("QR")]
        left, bottom, right, top = map(float, figure.A.BBox)
        uri = str(book.pages[-1].Annots[0].A.URI)
    assert found.text in (uri, address)
    assert round(right - left, 2) == round(top - bottom, 2) >= round(LEAST_SIDE_MM * MM, 2)
    assert "".join(pdf_text(file)[-1].split()) == "".join(address.split())


def test_the_quiet_zone_is_white() -> None:
    file = covered(text(description=BLURB, octopub={"url": ADDRESS}))
    with opened(file) as book:
        (figure,) = [each for each in elements(book) if each.S == "/Figure" and str(each.Alt).startswith("QR")]
        left, bottom, right, top = map(float, figure.A.BBox)
    code = qr_code(ADDRESS)
    assert code
    quiet = 4 * (right - left) / code.modules
    picture = painted(file, -1, 144)
    box = (left - quiet, 595.28 - top - quiet, right + quiet, 595.28 - bottom + quiet)
    cut = picture.crop(tuple(round(2 * side) for side in box))  # type: ignore[arg-type]  # four of them
    assert ink(cut) == pytest.approx([2 * quiet, 2 * quiet, cut.width - 2 * quiet, cut.height - 2 * quiet], abs=2)


@pytest.mark.parametrize(
    ("facts", "words", "left_out"),
    [
        ({}, [], None),
        ({"description": BLURB, "publisher": "The Lantern Press"}, ["account", "Lantern"], None),
        ({"description": BLURB * 24, "publisher": "The Lantern Press"}, ["account", "Lantern"], None),
        ({"description": BLURB * 90, "publisher": "The Lantern Press"}, ["Lantern"], "description"),
    ],
    ids=["nothing", "a few words", "small", "too many"],
)
def test_what_is_said_on_the_back(facts: dict[str, Any], words: list[str], left_out: str | None) -> None:
    outcome = made(text(**facts), cover="self")
    back = pdf_text(outcome.content or b"")[-1]
    assert [word for word in ("account", "Lantern") if word in back] == words
    found = [str(each) for each in outcome.diagnostics if each.code is Code.COVER_TEXT]
    assert len(found) == (left_out is not None)
    assert all(f"“{left_out}”" in each for each in found)


def test_a_character_that_no_face_has_is_found_where_it_is_printed_only() -> None:
    source = text(description="A 🐙.")
    assert building.pdf(building.load(source)).content
    covered = building.pdf(building.load(source, options={"cover": Cover.SELF}))
    assert [each.code for each in covered.diagnostics] == [Code.GLYPH_MISSING]
