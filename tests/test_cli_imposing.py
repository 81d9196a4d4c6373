"""The commands that print sheets: their files, their line on standard error, and what they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import octopub
from octopub.imposing.testsheet import Pile
from octopub.imposing.testsheet import test_sheet as sheet  # no test of pytest's
from tests.imposing.press import made, words
from tests.running import ESSAY, Run
from tests.tools import needs_tool, pdf_text

LINE = "both sides, flip on short edge, actual size, the printer's own booklet mode off\n"
LONG = ESSAY.replace("A text", "A text. {text}\n\nA text").replace("{text}", "Words and words. " * 500)


def size(path: Path) -> tuple[int, int]:
    """Of the first page, in millimetres."""
    with pikepdf.open(path) as pdf:
        box: Any = pdf.pages[0].MediaBox
        return round(float(box[2]) / 72 * 25.4), round(float(box[3]) / 72 * 25.4)


def test_a_booklet_stands_beside_the_pdf_and_never_replaces_it(run: Run) -> None:
    run.write("manuscript/essay.md", LONG)
    run("pdf")
    before = (run.folder / "build/essay.pdf").read_bytes()
    ran = run("pdf", "--impose", "booklet", "--copies", "40")
    with pikepdf.open(run.folder / "build/essay.pdf") as pdf:
        pages = len(pdf.pages) + 4  # its cover
    pages += pages % 2
    sheets = -(-pages // 4)
    assert ran.out == "build/essay-booklet.pdf\n"
    assert ran.err == f"{pages} pages on {sheets} sheets A4 a copy (--copies 40: {40 * sheets} sheets): {LINE}"
    assert (run.folder / "build/essay.pdf").read_bytes() == before
    assert size(run.folder / "build/essay-booklet.pdf") == (297, 210)


@pytest.mark.parametrize(
    ("lang", "options", "page", "sheet"),
    [
        ("en", [], (148, 210), (297, 210)),
        ("en-US", [], (140, 216), (279, 216)),
        ("es-MX", [], (140, 216), (279, 216)),
        ("en", ["--sheet", "letter"], (140, 216), (279, 216)),
        ("en-US", ["--sheet", "A4"], (148, 210), (297, 210)),
        ("en", ["--sheet", "a3"], (210, 297), (420, 297)),
        ("en", ["--sheet", "a3", "--paper", "a5"], (148, 210), (420, 297)),
        ("en", ["--paper", "half-letter"], (140, 216), (279, 216)),
        ("en", ["--sheet", "200x300mm"], (150, 200), (300, 200)),
    ],
)
def test_page_and_sheet_belong_together(
    run: Run, lang: str, options: list[str], page: tuple[int, int], sheet: tuple[int, int]
) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", f"lang: {lang}"))
    ran = run("pdf", "essay.md", "--impose", "booklet", *options)
    assert (ran.status, "reduced" in ran.err) == (0, False)
    assert size(run.folder / "build/essay-booklet.pdf") == sheet
    with pikepdf.open(run.folder / "build/essay-booklet.pdf") as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        assert tuple(round(float(side) / 72 * 25.4) for side in form.BBox[2:]) == page


@pytest.mark.parametrize(
    ("mode", "sheet"),
    [("zine", (297, 210)), ("cut-stack", (210, 297)), ("4up", (210, 297)), ("8up", (297, 210)), ("repeat2", (297, 210))],
)
def test_every_mode_lays_the_text_out_for_its_part_of_the_sheet(run: Run, mode: str, sheet: tuple[int, int]) -> None:
    run.write("essay.md", ESSAY)
    ran = run("pdf", "essay.md", "--impose", mode)
    assert (ran.status, ran.err) == (0, ran.err if "actual size" in ran.err and "reduced" not in ran.err else "")
    assert size(run.folder / f"build/essay-{mode}.pdf") == sheet


def test_build_makes_what_the_front_matter_asks_for_of_one_layout(run: Run) -> None:
    run.write("essay.md", LONG.replace("lang: en", "lang: en-US\noctopub: {impose: booklet, cover: none}"))
    ran = run("build", "essay.md")
    assert ran.out == "build/essay.epub\nbuild/essay.pdf\nbuild/essay-booklet.pdf\n"
    assert "sheets Letter a copy" in ran.err
    assert size(run.folder / "build/essay.pdf") == (140, 216)
    made_of = octopub.impose((run.folder / "build/essay.pdf").read_bytes(), "booklet")
    assert (run.folder / "build/essay-booklet.pdf").read_bytes() == made_of


@pytest.mark.parametrize(
    ("options", "files", "page"),
    [
        ([], ["build/essay-booklet.pdf"], (297, 210)),
        (["--marks", "--paper", "a6"], ["build/essay-booklet.pdf"], (297, 210)),
        (["--impose", "none"], ["build/essay.pdf"], (148, 210)),
        (["--impose", "none", "--wide-margin"], ["build/essay.pdf"], (210, 297)),
        (["--impose", "4up"], ["build/essay-4up.pdf"], (210, 297)),
        (["--duplex", "manual"], ["build/essay-booklet-fronts.pdf", "build/essay-booklet-backs.pdf"], (297, 210)),
    ],
)
def test_the_key_stands_for_the_option_and_the_option_wins(
    run: Run, options: list[str], files: list[str], page: tuple[int, int]
) -> None:
    run.write("essay.md", LONG.replace("lang: en", "lang: en\noctopub: {impose: booklet}"))
    ran = run("pdf", "essay.md", *options)
    assert ran.out.splitlines() == files
    assert {size(run.folder / name) for name in files} == {page}


def test_the_sheets_of_one_manuscript_do_not_replace_the_pdf_of_another(run: Run) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", "lang: en\noctopub: {impose: booklet}"))
    run.write("essay-booklet.md", ESSAY)
    ran = run("build", "essay.md", "essay-booklet.md")
    assert (ran.status, "would both be written to essay-booklet.pdf" in ran.err) == (2, True)
    assert "build/essay-booklet.epub" not in run.files()


def test_a_sheet_in_the_front_matter(run: Run) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", "lang: en\noctopub: {impose: 2up, sheet: A3}"))
    run("build", "essay.md")
    assert size(run.folder / "build/essay-2up.pdf") == (420, 297)


@pytest.mark.parametrize(("key", "value"), [("impose", "boklet"), ("sheet", "a44")])
def test_a_front_matter_that_asks_for_what_there_is_not(run: Run, key: str, value: str) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", f"lang: en\noctopub:\n  {key}: {value}"))
    ran = run("build", "essay.md")
    assert (ran.status, ran.out) == (1, "")
    assert "essay.md:6:" in ran.err and "[value-invalid]" in ran.err


def test_fronts_and_backs_are_two_files(run: Run) -> None:
    run.write("essay.md", LONG)
    ran = run("pdf", "essay.md", "--impose", "booklet", "--duplex", "manual", "--backs", "rotated")
    assert ran.out == "build/essay-booklet-fronts.pdf\nbuild/essay-booklet-backs.pdf\n"
    ran = run("pdf", "essay.md", "--impose", "booklet", "--duplex", "manual", "-o", "b.pdf")
    assert ran.out == "b-fronts.pdf\nb-backs.pdf\n"
    assert run("pdf", "essay.md", "--impose", "booklet", "--duplex", "manual", "-o", "-").status == 2


def test_a_pdf_of_any_origin(run: Run) -> None:
    run.write("any.pdf", made(8))
    assert run("pdf", "--from", "any.pdf", "--impose", "booklet").out == "build/any-booklet.pdf\n"
    assert set(words((run.folder / "build/any-booklet.pdf").read_bytes())[0]) == {"p001", "p008"}
    assert run("pdf", "--from", "build/any-booklet.pdf", "--impose", "2up").out == "build/any-booklet-2up.pdf\n"


def test_text_that_nobody_can_read_is_said(run: Run) -> None:
    run.write("essay.md", ESSAY)
    ran = run("pdf", "essay.md", "--paper", "a5", "--impose", "8up")
    assert "[too-small]" in ran.err
    assert "1 page, reduced to 50 %, on 1 sheet A4 a copy: one side" in ran.err


def test_text_at_the_very_edge_is_said(run: Run) -> None:
    run.write("essay.md", LONG)
    assert "[unprintable-edge]" not in run("pdf", "essay.md", "--impose", "booklet").err
    assert "[unprintable-edge]" in run("pdf", "essay.md", "--impose", "8up", "--paper", "a5").err


def test_what_other_programs_print_is_judged_as_well(run: Run) -> None:
    def small(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents.write(page.Contents.read_bytes().replace(b"BT", b"0.5 0 0 0.5 0 0 cm BT"))

    run.write("any.pdf", made(8))
    assert "warning" not in run("pdf", "--from", "any.pdf", "--impose", "booklet").err
    run.write("any.pdf", made(8, change=small))
    said = run("pdf", "--from", "any.pdf", "--impose", "booklet").err
    assert "6.0" in said and "[too-small]" in said
    assert "[unprintable-edge]" in said


def test_a_booklet_of_the_same_layout_has_its_cover_around_it(run: Run) -> None:
    needs_tool("pdftotext")
    run.write("essay.md", LONG.replace("lang: en", "lang: en\noctopub: {impose: booklet}"))
    run("build", "essay.md")
    run("pdf", "essay.md", "--impose", "none", "--cover", "self", "--paper", "a5", "-o", "covered.pdf")
    printed = (run.folder / "build/essay-booklet.pdf").read_bytes()
    run("pdf", "essay.md", "--impose", "booklet", "-o", "again.pdf")
    assert (run.folder / "again.pdf").read_bytes() == printed
    pages = pdf_text(run.folder / "build/essay.pdf")
    assert pdf_text(run.folder / "covered.pdf")[2 : 2 + len(pages)] == pages


def test_a_cover_on_a_sheet_is_a_file_of_its_own(run: Run) -> None:
    run.write("essay.md", LONG)
    ran = run("pdf", "essay.md", "--cover", "separate", "--paper-thickness", "2")
    assert ran.out == "build/essay.pdf\nbuild/essay-cover.pdf\n"
    with pikepdf.open(run.folder / "build/essay.pdf") as pdf:
        spine = 2.0 * -(-len(pdf.pages) // 2)
    assert ran.err == f"cover of {296 + spine:.0f} × 210 mm: spine {spine:.1f} mm\n"
    assert size(run.folder / "build/essay-cover.pdf") == (296 + spine, 210)
    ran = run("pdf", "essay.md", "--cover", "separate", "--impose", "signatures", "-o", "s.pdf")
    assert ran.out == "s.pdf\ns-cover.pdf\n"
    assert "too narrow for words" in ran.err
    assert run("pdf", "essay.md", "--cover", "separate", "-o", "-").status == 2
    on_a3 = ("--impose", "signatures", "--marks", "--paper", "a5", "--sheet", "a3")
    assert run("pdf", "essay.md", "--cover", "separate", *on_a3, "-o", "s.pdf").status == 0
    assert size(run.folder / "s-cover.pdf")[1] == 210 + 7, "room for marks"
    run.write("essay.md", LONG.replace("lang: en", "lang: en\noctopub: {cover: separate}"))
    assert run("build", "essay.md").out == "build/essay.epub\nbuild/essay.pdf\nbuild/essay-cover.pdf\n"


def test_the_report_finds_its_places_behind_a_cover(run: Run) -> None:
    run.write("essay.md", LONG.replace("A text", "A text, \N{HEBREW LETTER ALEF}", 1))  # in another face
    leaves = []
    for cover in ("none", "self"):
        run("pdf", "essay.md", "--cover", cover, "--report", "marks.json")
        leaves.append([mark["leaf"] for mark in json.loads((run.folder / "marks.json").read_text("utf-8"))["marks"]])
    assert leaves[0]
    assert leaves[1] == [leaf + 2 for leaf in leaves[0]]


BAD = [
    (["essay.md", "--paper-thickness", "0.2"], 2, "--paper-thickness needs --impose"),
    (["essay.md", "--sheet", "a4"], 2, "--sheet needs --impose"),
    (["essay.md", "--trim"], 2, "--trim needs --impose"),
    (["essay.md", "--impose", "none", "--copies", "3"], 2, "--copies needs --impose"),
    (["--impose", "none", "--from", "any.pdf"], 2, "--from needs --impose"),
    (["--bleed", "-3mm"], 2, "“-3mm” is no bleed"),
    (["--bleed", "21mm"], 2, "it is more than 20 mm"),
    (["--from", "any.pdf"], 2, "--from needs --impose"),
    (["--standard", "a-4+ua-1"], 2, "PDF/UA-1 is PDF 1.7 or older"),
    (["--standard", "a-4u"], 2, "“a-4u” is none of the standards"),
    (["essay.md", "--standard", "ua-1", "--impose", "booklet"], 2, "the file to read is build/essay.pdf"),
    (["essay.md", "--standard", "x-4+a-3u", "--impose", "2up"], 2, "sheets cannot keep PDF/A-3u and PDF/X-4"),
    (["--from", "any.pdf", "--standard", "x-4", "--impose", "2up"], 2, "are laid out already"),
    (["essay.md", "--standard", "x-4", "--output-profile", "no.icc"], 2, "there is no profile no.icc"),
    (["essay.md", "--standard", "x-4", "--output-profile", "any.pdf"], 1, "[profile-unfit]"),
    (["--impose", "boklet"], 2, "boklet"),
    (["--impose", "booklet", "--sheet", "a44"], 2, "a44"),
    (["--impose", "booklet", "--backs", "same"], 2, "--duplex manual"),
    (["--impose", "booklet", "--from", "any.pdf", "--paper", "a5"], 2, "laid out already"),
    (["--impose", "booklet", "--from", "none.pdf"], 2, "none.pdf"),
    (["--impose", "booklet", "--from", "bad.pdf"], 1, "[pdf-unreadable]"),
    (["--impose", "booklet", "--from", "any.pdf", "--sheet", "a6"], 1, "[sheet-too-small]"),
    (["--impose", "booklet", "--from", "any.pdf", "-o", "any.pdf"], 2, "any.pdf"),
    (["essay.md", "--impose", "booklet", "--paper", "a3"], 1, "[sheet-too-small]"),
    (["essay.md", "--impose", "booklet", "--paper", "20x30mm"], 1, "[paper-too-small]"),
    (["essay.md", "--impose", "booklet", "--marks"], 1, "[marks-no-room]"),
]


@pytest.mark.parametrize(("options", "status", "says"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_what_cannot_be_is_refused_and_nothing_is_written(run: Run, options: list[str], status: int, says: str) -> None:
    run.write("any.pdf", made(4))
    run.write("bad.pdf", b"%PDF-1.7 and no more")
    run.write("essay.md", ESSAY)
    before = run.files()
    ran = run("pdf", *options)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err
    assert run.files() == before


def test_the_help_keeps_its_lines(run: Run) -> None:
    shown = "".join(run("pdf", page).out for page in ("--help-sheets", "--help-modes"))
    assert "\n  octopub pdf --from any.pdf --impose 2up\n" in shown
    assert "\n  booklet      8 | 1    2 | 7       sheets" in shown
    assert all(str(mode) in shown for mode in ("signatures", "4up", "8up", "repeat4", "cut-stack", "zine"))


ANSWERS = {
    "A": ("same", "rotated"),
    "B": ("reversed", "reversed rotated"),
    "C": ("rotated", "same"),
    "D": ("reversed rotated", "reversed"),
}
"""For each letter of the test sheet: the backs of sheets that lie, and of upright ones."""


@pytest.mark.parametrize("letter", ANSWERS)
def test_what_the_test_sheet_says_by_a_letter(letter: str) -> None:
    lying, upright = ({str(each) for each in Pile(letter).backs(is_lying=lies)} for lies in (True, False))
    assert (lying, upright) == tuple(set(named.split()) for named in ANSWERS[letter])


def test_the_test_sheet_names_every_answer(run: Run) -> None:
    needs_tool("pdftotext")
    assert run("doctor", "--test-sheet", "sheet.pdf").out == "sheet.pdf\n"
    content = (run.folder / "sheet.pdf").read_bytes()
    front, back = pdf_text(content)
    assert (front.split()[0], back.split()[0]) == ("FRONT", "BACK")
    for letter, named in ANSWERS.items():
        lying, upright = (" ".join(f"--backs {each}" for each in names.split()) for names in named)
        assert re.search(rf"^{letter} .*\n.*{lying} +for sheets that lie; +{upright} +for upright ones$", back, re.MULTILINE)
    assert content == sheet()


def test_the_library(run: Run) -> None:
    file = made(8)
    run.write("any.pdf", file)
    run("pdf", "--from", "any.pdf", "--impose", "signatures", "--sheet", "a3")
    printed = octopub.impose(file, "signatures", sheet="a3")
    assert (run.folder / "build/any-signatures.pdf").exists()
    assert printed == octopub.impose(file, "signatures", sheet="A3", signature_sheets=4)
    with pytest.raises(octopub.BuildError, match="pdf-unreadable"):
        octopub.impose(b"", "booklet")
    with pytest.raises(ValueError, match="boklet"):
        octopub.impose(file, "boklet")
