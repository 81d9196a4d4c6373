"""The drawn sheets, as another program reads them: what stands where, and what stays behind."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from octopub.imposing.impose import Backs, Imposed, Job, impose
from octopub.imposing.scheme import MM, Flip
from octopub.model import Imposition
from octopub.paper import parse

A5 = (148 * MM, 210 * MM)


def made(count: int, size: tuple[float, float] = A5, change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """A PDF whose pages have their number in the lower left corner, 20 points from each side."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, count + 1):
            page: Any = pdf.add_blank_page(page_size=size).obj
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = pdf.make_stream(f"BT /F 12 Tf 20 20 Td (p{number:03}) Tj ET".encode())
        if change:
            change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def done(pdf: bytes, mode: Imposition, sheet: str = "a4", **options: Any) -> Imposed:
    return impose(pdf, Job(mode, parse(sheet), **options), "any.pdf", "any")


def sheets(pdf: bytes, mode: Imposition, sheet: str = "a4", **options: Any) -> bytes:
    result = done(pdf, mode, sheet, **options)
    assert result.files, result.diagnostics
    return result.files[0][1]


def words(pdf: bytes) -> list[dict[str, tuple[float, float, float, float]]]:
    """On each page, the four letters that name a page, with their box."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        letters = text.get_text_range()
        places: dict[str, tuple[float, float, float, float]] = {}
        for at in range(len(letters)):
            if letters[at] == "p":
                boxes = [text.get_charbox(at + step, loose=False) for step in range(4)]
                left, bottom, right, top = zip(*boxes, strict=True)
                places[letters[at : at + 4]] = min(left), min(bottom), max(right), max(top)
        found.append(places)
        text.close()
        page.close()
    document.close()
    return found


def near(box: tuple[float, ...], x: float, y: float) -> bool:
    """Whether the lower left corner is there (letters have some white at their sides and go below the line)."""
    return abs(box[0] - x) < 2 and abs(box[1] - y) < 4


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


def in_pieces(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        text = page.obj.Contents.read_bytes()
        page.obj.Contents = Array([pdf.make_stream(text[:9]), pdf.make_stream(text[9:])])


def ink(pdf: bytes, scale: float = 1) -> tuple[int, ...]:
    """The box around all that is dark on the first page: left, top, right, bottom."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=scale).to_pil().convert("L")
    document.close()
    box = image.point(lambda level: 255 * (level < 128)).getbbox()
    assert box
    return tuple(box)


@pytest.mark.parametrize(
    "change", [shifted, cropped, turned, upside_down, turned_back, in_larger_units, in_pieces]
)
def test_what_a_viewer_shows_is_what_stands_on_the_sheet(change: Callable[[pikepdf.Pdf], None]) -> None:
    file = made(1, (A5[0], 210 * MM), change)
    shown = ink(file, 2 if change is in_larger_units else 1)  # pdfium counts all units as points
    left, top, right, bottom = ink(sheets(file, Imposition.BOOKLET))
    fold = round(297 * MM / 2)
    assert (left - fold, top, right - fold, bottom) == pytest.approx(shown, abs=1.01)


def test_nothing_is_drawn_outside_the_page_or_over_the_fold() -> None:
    def overfull(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"0 g -500 -500 2000 2000 re f")

    file = sheets(made(4, (100.0, 200.0), overfull), Imposition.BOOKLET, "300x300pt")
    assert ink(file) == pytest.approx((50, 50, 250, 250), abs=1)


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


# -- what cannot be imposed ------------------------------------------------------------------------


def boxed(box: list[Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].obj.MediaBox = Array(box)

    return change


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(made(4))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))


def restricted() -> bytes:
    with pikepdf.open(io.BytesIO(made(4))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))


def without_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = Array([Dictionary()])


def damaged(pdf: pikepdf.Pdf) -> None:
    """A compressed stream that ends too early."""
    pdf.pages[0].obj.Contents = pdf.make_stream(zlib.compress(b"q Q " * 500)[:20], Filter=Name.FlateDecode)


BAD = {
    "empty": (b"", "pdf-unreadable", "broken"),
    "text": (b"words", "pdf-unreadable", "broken"),
    "cut off": (made(4)[:-300], "pdf-unreadable", "broken"),
    "no pages": (made(0), "pdf-unreadable", "no pages"),
    "no content": (made(4, change=without_content), "pdf-unreadable", "a page of it is broken"),
    "damaged content": (made(4, change=damaged), "pdf-unreadable", "a page of it is broken"),
    "locked": (locked(), "pdf-unreadable", "encrypted"),
    "restricted": (restricted(), "pdf-unreadable", "encrypted"),
    "two sizes": (made(4, change=boxed([0, 0, 400, 400])), "pages-differ", "page 4 is 141 × 141 mm"),
    "no size": (made(4, change=boxed([0, 0, 0, 0])), "page-box", "[0 0 0 0]"),
    "three numbers": (made(4, change=boxed([0, 0, 9])), "pdf-unreadable", "MediaBox"),
    "words in it": (made(4, change=boxed([0, 0, Name.a, 9])), "pdf-unreadable", "MediaBox"),
    "too large": (made(1, change=boxed([0, 0, 90_000, 9])), "page-box", "page 1"),
    "larger than the sheet": (made(4, (1000.0, 1000.0)), "sheet-too-small", "353 × 353 mm"),
}


@pytest.mark.parametrize(("file", "code", "says"), BAD.values(), ids=BAD)
def test_bad_files(file: bytes, code: str, says: str) -> None:
    result = done(file, Imposition.BOOKLET)
    assert result.files == ()
    (complaint,) = result.diagnostics
    assert complaint.code.slug == code
    assert says in str(complaint)
    assert complaint.path == "any.pdf"


def test_a_zine_of_nine_pages() -> None:
    (complaint,) = done(made(9), Imposition.ZINE).diagnostics
    assert (complaint.code.slug, "has 9" in str(complaint)) == ("zine-too-long", True)


def test_no_room_for_marks_names_the_sheet_that_has_it() -> None:
    (complaint,) = done(made(8), Imposition.BOOKLET, marks=True).diagnostics
    assert complaint.code.slug == "marks-no-room"
    assert "--sheet tabloid" in str(complaint)
    assert done(made(8), Imposition.BOOKLET, "tabloid", marks=True).diagnostics == ()


@pytest.mark.parametrize(
    ("mode", "count", "signature", "warned"),
    [
        (Imposition.BOOKLET, 64, 4, False),
        (Imposition.BOOKLET, 65, 4, True),
        (Imposition.CUT_STACK, 72, 4, True),
        (Imposition.SIGNATURES, 200, 4, False),
        (Imposition.SIGNATURES, 200, 17, True),
        (Imposition.TWO_UP, 200, 4, False),
    ],
)
def test_too_thick(mode: Imposition, count: int, signature: int, warned: bool) -> None:
    found = done(made(count), mode, signature_sheets=signature).diagnostics
    assert [each.code.slug for each in found] == ["too-thick"] * warned


def test_the_line_for_the_person_at_the_printer() -> None:
    assert done(made(12), Imposition.BOOKLET, copies=40).summary == (
        "12 pages on 3 sheets A4 a copy (--copies 40: 120 sheets): both sides, flip on short edge, "
        "actual size, the printer's own booklet mode off"
    )
