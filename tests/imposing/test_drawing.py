"""The drawn sheets, as another program reads them: what stands where, and what stays behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from octopub.imposing.impose import Backs, Job, impose
from octopub.imposing.scheme import MM, Flip
from octopub.model import Imposition
from tests.imposing.press import A5, done, ink, made, near, saved, sheets, words


def test_a_booklet_stands_where_it_should() -> None:
    front, back, *_ = words(sheets(made(8), Imposition.BOOKLET))
    fold = 297 * MM / 2
    assert near(front["p008"], fold - A5[0] + 20, 20)
    assert near(front["p001"], fold + 20, 20)
    assert near(back["p002"], fold - A5[0] + 20, 20)
    assert near(back["p007"], fold + 20, 20)


def test_the_other_flip_has_its_backs_upside_down() -> None:
    _, back, *_ = words(sheets(made(8), Imposition.BOOKLET, flip=Flip.LONG))
    _, _, right, top = back["p002"]
    assert right == pytest.approx(297 * MM / 2 + A5[0] - 20, abs=2)
    assert top == pytest.approx(210 * MM - 20, abs=4)


def test_pages_are_reduced_with_what_is_on_them() -> None:
    result = done(made(4, (210 * MM, 297 * MM)), Imposition.BOOKLET)
    assert result.scheme is not None
    scale = result.scheme.scale
    front, _ = words(result.files[0][1])
    assert near(front["p001"], 297 * MM / 2 + 20 * scale, 20 * scale)
    assert "4 pages, reduced to 70.7 %, on 1 sheet A4 a copy" in result.summary


@pytest.mark.parametrize(
    ("page", "mode", "sheet", "reduced"),
    [
        ((595.0, 842.0), Imposition.TWO_UP, "A4", True),
        ((420.0, 596.0), Imposition.BOOKLET, "A4", False),
        ((421.0, 595.0), Imposition.BOOKLET, "A4", False),
        ((612.0, 792.0), Imposition.BOOKLET, "Letter", True),
        ((609.5, 788.0), Imposition.BOOKLET, "Letter", True),
        ((396.0, 612.0), Imposition.BOOKLET, "Letter", False),
        ((612.0, 396.0), Imposition.TWO_UP, "Letter", False),
    ],
)
def test_papers_whose_sides_were_rounded(
    page: tuple[float, float], mode: Imposition, sheet: str, reduced: bool
) -> None:
    """And the sheet that goes with them, where none is named."""
    result = impose(made(4, page), Job(mode), "any.pdf", "any")
    assert f"sheet {sheet} a copy" in result.summary
    assert ("reduced" in result.summary) is reduced


# -- pages that are not as simple as they could be -------------------------------------------------


def shifted(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.mediabox = Array([-20, -10, A5[0] - 20, A5[1] - 10])


def cropped(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.cropbox = Array([A5[0] + 10, A5[1], 10, 0])  # corners in any order, and farther than the page


def turned(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.mediabox = Array([0, 0, A5[1], A5[0]])
    pdf.Root.Pages.Rotate = 90


def upside_down(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Rotate = -180


def turned_back(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.mediabox = Array([0, 0, A5[1], A5[0]])
        page.obj.Rotate = 270


def in_larger_units(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.mediabox = Array([0, 0, A5[0] / 2, A5[1] / 2])
        page.obj.UserUnit = 2


def cropped_by_hand(pdf: pikepdf.Pdf) -> None:
    """A crop box inside the trim box: what was cut off by it stays off."""
    for page in pdf.pages:
        page.trimbox = Array([0, 0, *A5])
        page.cropbox = Array([10, 0, A5[0], A5[1]])


def in_pieces(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        text = page.obj.Contents.read_bytes()
        page.obj.Contents = Array([pdf.make_stream(text[:9]), pdf.make_stream(text[9:])])


@pytest.mark.parametrize(
    "change", [shifted, cropped, turned, upside_down, turned_back, in_larger_units, in_pieces, cropped_by_hand]
)
def test_what_a_viewer_shows_is_what_stands_on_the_sheet(change: Callable[[pikepdf.Pdf], None]) -> None:
    file = made(1, (A5[0], 210 * MM), change)
    shown = ink(file, 2 if change is in_larger_units else 1)  # pdfium counts all units as points
    left, top, right, bottom = ink(sheets(file, Imposition.BOOKLET))
    fold = round(297 * MM / 2)
    assert (left - fold, top, right - fold, bottom) == pytest.approx(shown, abs=1.01)


@pytest.mark.parametrize("quarters", range(4))
def test_bleed_is_printed_on_its_own_sides(quarters: int) -> None:
    """Of a page whose sides bleed by 5, 10, 15 and 20 points, however its file has it turned."""
    sides = (5, 10, 15, 20)

    def bleeding(pdf: pikepdf.Pdf) -> None:
        size = A5 if quarters % 2 == 0 else A5[::-1]
        page = pdf.pages[0].obj
        page.MediaBox = Array([-50, -50, size[0] + 50, size[1] + 50])
        page.TrimBox = Array([0, 0, *size])
        left, bottom, right, top = (*sides[-quarters:], *sides[:-quarters]) if quarters else sides
        page.BleedBox = Array([-left, -bottom, size[0] + right, size[1] + top])
        page.Contents = pdf.make_stream(b"-50 -50 900 900 re f")
        page.Rotate = 90 * quarters

    file = sheets(made(1, change=bleeding), Imposition.TWO_UP, "320x450mm")
    left, top, right, bottom = ink(file)
    middle, centre = 450 * MM / 2, 320 * MM / 2
    assert (left, right) == pytest.approx((middle - A5[0] - 5, middle), abs=1.01)
    assert (top, bottom) == pytest.approx((centre - A5[1] / 2 - 20, centre + A5[1] / 2 + 10), abs=1.01)


def test_nothing_is_drawn_outside_the_page_or_over_the_fold() -> None:
    def overfull(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"0 g -500 -500 2000 2000 re f")

    file = sheets(made(4, (100.0, 200.0), overfull), Imposition.BOOKLET, "300x300pt")
    assert ink(file) == pytest.approx((50, 50, 250, 250), abs=1)


def test_what_creep_pushes_over_the_fold_is_cut_off() -> None:
    def third_is_black(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj.Contents = pdf.make_stream(b"0 g 0 0 2000 2000 re f")

    file = sheets(made(8, (100.0, 200.0), third_is_black), Imposition.BOOKLET, "300x300pt", trim=True, thickness_mm=2)
    still = made(8, (100.0, 200.0), third_is_black)
    with pikepdf.open(io.BytesIO(file)) as pdf:  # the number of page 6 goes, which is left of the fold
        pdf.pages[2].obj.Resources.XObject["/Page6"].write(b"")
        cut = ink(saved(pdf), page=2)
    assert ink(still, page=2) == (0, 0, 100, 200)
    assert cut == pytest.approx((150, 50, 250 - 2 * MM, 250), abs=1)


def stamped(pdf: pikepdf.Pdf) -> None:
    """A remark that prints, one that does not, and nothing else."""
    black = pdf.make_stream(b"0 g 0 0 30 30 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 30, 30]))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"")
    page.Annots = Array([
        pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([x, 100, x + 30, 130]), F=flags, AP=Dictionary(N=black)
        ))
        for x, flags in ((200, 4), (300, 0))
    ])  # fmt: skip


def test_what_prints_of_remarks_and_forms_is_kept() -> None:
    left, top, right, bottom = ink(sheets(made(1, change=stamped), Imposition.BOOKLET))
    fold = 297 * MM / 2
    assert (left, right, bottom - top) == pytest.approx((fold + 200, fold + 230, 30), abs=2)


def filled_in(pdf: pikepdf.Pdf) -> None:
    """A form's field that viewers paint themselves."""
    page = pdf.pages[0].obj
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="p777", F=4, DA="/F 12 Tf 0 g",
        Rect=Array([100, 100, 200, 120]), AP=Dictionary(N=pdf.make_stream(
            b"/Tx BMC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]),
            Resources=page.Resources,
        )),
    ))  # fmt: skip
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=page.Resources, NeedAppearances=True)


def test_what_was_filled_into_a_form_is_kept() -> None:
    front, *_ = words(sheets(made(1, change=filled_in), Imposition.BOOKLET))
    assert near(front["p777"], 297 * MM / 2 + 101, 105)


def test_layers_that_are_off_stay_off() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(Off=layer)
        page.Contents = pdf.make_stream(b"0 g 50 50 9 9 re f /OC /Off BDC 200 200 90 90 re f EMC")

    left, top, right, bottom = ink(sheets(made(1, change=layered), Imposition.BOOKLET))
    assert (right - left, bottom - top) == pytest.approx((9, 9), abs=2)


# -- what is in the file, and what is not ----------------------------------------------------------


def rich(pdf: pikepdf.Pdf) -> None:
    """Tags, bookmarks, links and a claim."""
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest="a")])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))
    with pdf.open_metadata() as card:
        card.update({"dc:title": "On Paper", "dc:creator": ["A. Writer"], "pdfuaid:part": "1"})


def test_no_tags_bookmarks_links_or_claims() -> None:
    with pikepdf.open(io.BytesIO(sheets(made(8, change=rich), Imposition.BOOKLET))) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/ViewerPreferences"}
        assert not any("/Annots" in page.obj or "/StructParents" in page.obj for page in pdf.pages)
        with pdf.open_metadata() as card:
            assert card["dc:title"] == "On Paper (for printing)"
            assert card["dc:creator"] == ["A. Writer"]
            assert "pdfuaid:part" not in card


@pytest.mark.parametrize(
    ("mode", "options", "duplex"),
    [
        (Imposition.BOOKLET, {}, "/DuplexFlipShortEdge"),
        (Imposition.BOOKLET, {"flip": Flip.LONG}, "/DuplexFlipLongEdge"),
        (Imposition.FOUR_UP, {}, "/DuplexFlipLongEdge"),
        (Imposition.ZINE, {}, "/Simplex"),
        (Imposition.BOOKLET, {"backs": frozenset({Backs.SAME})}, "/Simplex"),
    ],
)
def test_the_file_tells_the_printer(mode: Imposition, options: dict[str, Any], duplex: str) -> None:
    with pikepdf.open(io.BytesIO(sheets(made(8), mode, **options))) as pdf:
        preferences: Any = pdf.Root.ViewerPreferences
        assert preferences.Duplex == Name(duplex)
        assert preferences.PrintScaling == Name("/None")
        assert preferences.PickTrayByPDFSize is True


def test_what_pages_share_is_copied_once() -> None:
    with pikepdf.open(io.BytesIO(sheets(made(40), Imposition.REPEAT_FOUR, "a3"))) as pdf:
        kinds = [item.get("/Type") for item in pdf.objects if isinstance(item, Dictionary | pikepdf.Stream)]
        assert kinds.count(Name.Font) == 1
        assert kinds.count(Name.XObject) == 40


def test_a_right_to_left_file_binds_on_the_right() -> None:
    def from_right(pdf: pikepdf.Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)

    front, *_ = words(sheets(made(8, change=from_right), Imposition.BOOKLET))
    assert front["p001"][0] < front["p008"][0]


@pytest.mark.parametrize("mode", Imposition)
def test_the_same_bytes(mode: Imposition) -> None:
    file = made(7)
    assert sheets(file, mode) == sheets(file, mode)


def test_fronts_and_backs_by_hand() -> None:
    def numbers(file: bytes) -> list[list[str]]:
        return [sorted(places, key=lambda name: places[name]) for places in words(file)]

    fronts, backs = done(made(8), Imposition.BOOKLET, backs=frozenset({Backs.SAME})).files
    assert (fronts[0], numbers(fronts[1])) == ("-fronts", [["p008", "p001"], ["p006", "p003"]])
    assert (backs[0], numbers(backs[1])) == ("-backs", [["p002", "p007"], ["p004", "p005"]])
    _, reverse = done(made(8), Imposition.BOOKLET, backs=frozenset({Backs.REVERSED})).files
    assert numbers(reverse[1]) == [["p004", "p005"], ["p002", "p007"]]
    _, rotated = done(made(8), Imposition.BOOKLET, backs=frozenset({Backs.ROTATED})).files
    assert numbers(rotated[1]) == [["p007", "p002"], ["p005", "p004"]]




ODD: dict[str, tuple[str, Any]] = {
    "preferences in a list": ("ViewerPreferences", Array([])),
    "a direction that is a text": ("ViewerPreferences", Dictionary(Direction="R2L")),
    "a language that is a name": ("Lang", Name.en),
    "labels in a list": ("PageLabels", Array([])),
    "labels without numbers": ("PageLabels", Dictionary(Nums=Array([Name.a, 1, 2]))),
    "layers that are a number": ("OCProperties", 1),
    "a form that is a list": ("AcroForm", Array([])),
}
ODD_PAGE: dict[str, tuple[str, Any]] = {
    "a node above that is none": ("Parent", 7),
    "a group that is a name": ("Group", Name.a),
}


@pytest.mark.parametrize("name", [*ODD, *ODD_PAGE])
def test_what_is_of_another_kind_than_it_should_be_is_as_if_it_were_not_there(name: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        rich(pdf)
        holder, (key, value) = (pdf.Root, ODD[name]) if name in ODD else (pdf.pages[0].obj, ODD_PAGE[name])
        holder[f"/{key}"] = value

    assert sheets(made(4, change=change), Imposition.BOOKLET) == sheets(made(4, change=rich), Imposition.BOOKLET)
