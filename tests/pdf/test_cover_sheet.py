"""The cover that is a sheet of its own: its measures, its spine, its folds."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from octopub import building
from octopub.covers.spine import Strip, spine
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.imposing.scheme import MM
from octopub.model import Fonts, Imposition, Options
from octopub.pdf.make import leaves
from tests.pdf.bound import has_colour, has_ink, painted, text


@pytest.mark.parametrize(
    ("pages", "mode", "one_sided", "count"),
    [(1, None, False, 1), (2, None, False, 1), (3, None, False, 2), (3, None, True, 3), (1, Imposition.SIGNATURES, False, 2),
     (61, Imposition.BOOKLET, False, 32), (64, Imposition.SIGNATURES, True, 32), (3, Imposition.TWO_UP, False, 2)],
)  # fmt: skip
def test_leaves(pages: int, mode: Imposition | None, one_sided: bool, count: int) -> None:
    assert leaves(pages, Options(impose=mode, one_sided=one_sided)) == count


@pytest.mark.parametrize(("thickness", "spine_mm", "words"), [(2.9, 5.8, False), (3.0, 6.0, True), (5.0, 10.0, True)])
def test_a_spine_is_as_wide_as_the_leaves_and_bears_words_from_6_mm_on(
    thickness: float, spine_mm: float, words: bool
) -> None:
    loaded = building.load(text(author="Ada Winter"), options=building.options({"cover": "separate", "impose": "signatures"}))
    outcome = building.pdf(loaded, thickness_mm=thickness)
    sheet = outcome.cover
    assert sheet
    assert (sheet.width_mm, sheet.height_mm, sheet.spine_mm) == pytest.approx((2 * 148 + spine_mm, 210, spine_mm), abs=0.01)
    with pypdfium2.PdfDocument(sheet.content) as document:
        assert len(document) == 2
    assert not has_ink(painted(sheet.content, 1))
    strip = painted(sheet.content, 0, 144).crop((round(148 * MM * 2) + 1, 0, round((148 + spine_mm) * MM * 2) - 1, 1190))
    assert has_ink(strip) == words


@pytest.mark.parametrize(
    ("lang", "direction", "from_the_head"),
    [("en", "ltr", True), ("nl", "ltr", True), ("sv", "ltr", True), ("de", "ltr", False), ("fr-CH", "ltr", False),
     ("ru", "ltr", False), ("he", "rtl", True)],
)
def test_which_way_a_spine_reads(lang: str, direction: str, from_the_head: bool) -> None:
    """The title, which is read first, is at the head or at the foot; the authors are at the other end."""
    faces, _ = choose(Fonts(), lang, open_catalogue())
    drawn = spine("Ab", (), faces, Strip(20, 500, 30), "#000", lang=lang, direction=direction)
    assert drawn
    (turn,) = re.findall(r'<g [^>]*transform="matrix\(([-\d. ]+)\)"', drawn.decode())
    a, b, c, d, e, f = map(float, turn.split())
    places = [
        (a * float(x) + c * float(y) + e, b * float(x) + d * float(y) + f)
        for x, y in re.findall(r'<path transform="matrix\([-\d.]+ 0 0 [-\d.]+ ([-\d.]+) ([-\d.]+)\)', drawn.decode())
    ]
    assert all((y < 100) == from_the_head for _, y in places)
    assert all(0 < x < 20 for x, _ in places)


@pytest.mark.parametrize(("lang", "front"), [("en", "right"), ("he", "left")])
def test_the_front_is_where_the_book_opens(lang: str, front: str) -> None:
    loaded = building.load(text(lang=lang), options=building.options({"cover": "separate"}))
    sheet = building.pdf(loaded).cover
    assert sheet
    picture = painted(sheet.content, 0)
    half = picture.width // 2
    halves = {"left": picture.crop((0, 0, half, picture.height)), "right": picture.crop((half, 0, picture.width, picture.height))}
    assert [side for side, part in halves.items() if has_colour(part)] == [front]


def test_the_sheet_bleeds_at_its_edges_and_not_onto_the_spine(tmp_path: Path) -> None:
    Image.new("RGB", (2000, 3000), (0, 0, 255)).save(tmp_path / "blue.png")
    options = building.options({"cover": "separate", "bleed": "3mm", "marks": True})
    loaded = building.load(text(**{"cover-image": "blue.png"}), base=tmp_path, options=options)
    sheet = building.pdf(loaded, thickness_mm=8.0).cover
    assert sheet
    with pikepdf.open(io.BytesIO(sheet.content)) as file:
        trim = [round(float(side) / MM, 1) for side in file.pages[0].TrimBox]
        media = [round(float(side) / MM, 1) for side in file.pages[0].MediaBox]
    assert (trim, media) == ([0, 0, 312, 210], [-8, -8, 320, 218])
    picture = painted(sheet.content, 0)
    blue = [x for x in range(picture.width) if picture.getpixel((x, picture.height // 2)) == (0, 0, 255)]
    assert [round((blue[0] / MM) - 8), round(blue[-1] / MM - 8)] == [164, 315]


def test_marks_show_where_it_is_cut_and_folded() -> None:
    loaded = building.load(text(), options=building.options({"cover": "separate", "marks": True}))
    sheet = building.pdf(loaded, thickness_mm=4.0).cover
    assert sheet
    with pikepdf.open(io.BytesIO(sheet.content)) as file:
        content = file.pages[0].Contents[-1].read_bytes().decode()
    drawn = re.findall(r"([-\d.]+) [-\d.]+ m ([-\d.]+) [-\d.]+ l", content)
    upright = {round(float(start) / MM, 1) for start, end in drawn if start == end}
    assert upright == {0, 148, 148 + round(sheet.spine_mm, 1), round(sheet.width_mm, 1)}


def test_its_title_says_what_it_is() -> None:
    loaded = building.load(text(lang="de"), options=building.options({"cover": "separate"}))
    sheet = building.pdf(loaded).cover
    assert sheet
    with pikepdf.open(io.BytesIO(sheet.content)) as file, file.open_metadata() as card:
        assert card["dc:title"] == "The Salt Road (Umschlag)"
