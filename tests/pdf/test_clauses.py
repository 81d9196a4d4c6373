"""Rules of the standards, each named after the clause that it holds to; checked by means of octopub's own."""

from __future__ import annotations

import io
import re
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary

from octopub.standards.profiles import black_ink, examined
from tests.pdf.facts import names
from tests.pdf.kept import HOLD, TEXT, bare_rgb, made, painted
from tests.pdf.press import elements, opened, pdf

ARCHIVED = [each for each in HOLD if "a-3u" in each or "a-4" in each]


def fonts(book: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Each face: its dictionary, and its font program."""
    for each in book.objects:
        if isinstance(each, Dictionary) and each.get("/Subtype") == "/Type0":
            descriptor = each.DescendantFonts[0].FontDescriptor
            file: Any = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
            yield each, TTFont(io.BytesIO(file.read_bytes()))


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_2_11_7_2_every_glyph_stands_for_characters(standard: str) -> None:
    with opened(made(standard)) as book:
        for font, _ in fonts(book):
            rows = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", font.ToUnicode.read_bytes(), re.M)
            assert rows
            for _, written in rows:
                characters = bytes.fromhex(written.decode()).decode("utf-16-be")
                assert characters
                assert not set(characters) & {"\0", "\ufeff", "\ufffe"}


def shown_glyphs(book: pikepdf.Pdf) -> set[int]:
    return {
        int(code[at : at + 4], 16)
        for _, content in painted(book)
        for array in re.findall(rb"\[([^\]]*)\] TJ", content)
        for code in re.findall(rb"<([0-9a-f]*)>", array)
        for at in range(0, len(code), 4)
    }


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_2_11_8_no_glyph_is_the_one_for_missing_ones(standard: str) -> None:
    with opened(made(standard)) as book:
        assert 0 not in shown_glyphs(book)


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_2_11_5_widths_are_those_of_the_font_programs(standard: str) -> None:
    with opened(made(standard)) as book:
        for font, program in fonts(book):
            runs = list(font.DescendantFonts[0].W)
            scale = 1000 / program["head"].unitsPerEm
            order = program.getGlyphOrder()
            for first, widths in zip(runs[::2], runs[1::2], strict=True):
                for glyph, width in enumerate(widths, int(first)):
                    assert abs(float(width) - scale * program["hmtx"][order[glyph]][0]) <= 1


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_1_13_no_graphics_state_is_nested_too_deeply(standard: str) -> None:
    with opened(made(standard)) as book:
        for _, content in painted(book):
            depth = deepest = 0
            for operator in re.findall(rb"(?:^|\s)([qQ])(?=\s|$)", content):
                depth += 1 if operator == b"q" else -1
                deepest = max(deepest, depth)
            assert deepest <= 28


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_2_4_3_colours_are_those_of_the_intent(standard: str) -> None:
    """RGB stands bare only beside a profile in RGB, grey beside any; and there is no CMYK."""
    with opened(made(standard)) as book:
        space = examined(book.Root.OutputIntents[0].DestOutputProfile.read_bytes()).space
        assert space == "RGB" or not bare_rgb(book)
        assert not any(b"DeviceCMYK" in content for _, content in painted(book))


@pytest.mark.parametrize("standard", ARCHIVED)
def test_iso_19005_3_6_6_2_1_the_packet_is_plain(standard: str) -> None:
    with opened(made(standard)) as book:
        stream: Any = book.Root.Metadata
        assert (stream.Type, stream.Subtype) == ("/Metadata", "/XML")
        head = stream.read_bytes().split(b"?>")[0]
        assert b"bytes=" not in head
        assert b"encoding=" not in head


def test_iso_19005_3_6_2_3_all_intents_share_one_profile() -> None:
    with opened(made("a-3u+x-4")) as book:
        intents = list(book.Root.OutputIntents)
        assert [str(each.S) for each in intents] == ["/GTS_PDFA1", "/GTS_PDFX"]
        assert len({each.DestOutputProfile.objgen for each in intents}) == 1


RENEWED = ["ua-2", "ua-2+a-4"]
NEW = "http://iso.org/pdf2/ssn"


@pytest.mark.parametrize("standard", RENEWED)
def test_iso_14289_2_8_2_4_structure_types_are_in_a_namespace_that_has_them(standard: str) -> None:
    gone = {"/BlockQuote", "/TOC", "/TOCI", "/Reference", "/Code"}
    with opened(made(standard)) as book:
        for element in elements(book):
            assert element.S != "/Note"
            assert ("/NS" in element) is (str(element.S) not in gone), element.S
            assert "/NS" not in element or element.NS.NS == NEW


@pytest.mark.parametrize("standard", RENEWED)
def test_iso_14289_2_8_2_5_14_notes_and_calls_know_one_another(standard: str) -> None:
    with opened(made(standard)) as book:
        notes = [each for each in elements(book) if each.S == "/FENote"]
        assert [len(each.Ref) for each in notes] == [1, 2]
        for note in notes:
            assert note.A.NoteType == "/Footnote"
            assert all(any(back.objgen == note.objgen for back in call.Ref) for call in note.Ref)


def test_iso_14289_2_8_2_5_14_notes_at_the_end_are_endnotes() -> None:
    with opened(pdf(TEXT, standard="ua-2", notes_pdf="chapter")) as book:
        assert {str(each.A.NoteType) for each in elements(book) if each.S == "/FENote"} == {"/Endnote"}


@pytest.mark.parametrize("standard", RENEWED)
def test_iso_14289_2_8_2_5_8_entries_of_the_contents_know_their_headings(standard: str) -> None:
    with opened(made(standard)) as book:
        entries = [each for each in elements(book) if each.S == "/TOCI"]
        assert [[str(target.S) for target in each.Ref] for each in entries] == [["/H1"], ["/H1"]]


@pytest.mark.parametrize("standard", RENEWED)
def test_iso_14289_2_8_2_5_25_lists_with_labels_say_how_they_are_numbered(standard: str) -> None:
    with opened(made(standard)) as book:
        lists = [str(each.A.ListNumbering) for each in elements(book) if each.S == "/L"]
        assert lists == ["/Description", "/Decimal"]


@pytest.mark.parametrize("standard", RENEWED)
def test_iso_14289_2_8_8_every_destination_leads_to_an_element(standard: str) -> None:
    with opened(made(standard)) as book:
        places = list(names(book).values())
        with book.open_outline() as outline:
            places += [item.action for item in outline.root]
        own = {element.objgen for element in elements(book)}
        assert len(places) > 6
        assert all(place.SD[0].objgen in own and list(place.SD)[1:] == list(place.D)[1:] for place in places)
        bookmarks = [str(place.SD[0].S) for place in places[-2:]]
        assert bookmarks == ["/H1", "/H1"]


@pytest.mark.parametrize("standard", [each for each in HOLD if "x-4" in each])
def test_iso_15930_7_pages_have_neither_links_nor_traces_of_them_and_keep_their_words(standard: str) -> None:
    with opened(made(standard)) as book:
        roles = [str(each.S) for each in elements(book)]
        assert "/Link" not in roles
        assert roles.count("/Reference") == 5
        assert all("/TrimBox" in page for page in book.pages)


@pytest.mark.parametrize("standard", [each for each in HOLD if "ua-1" in each])
def test_the_checker_of_pdf_ua_finds_nothing(standard: str) -> None:
    import pdfua  # noqa: PLC0415  # half a second

    with tempfile.NamedTemporaryFile(suffix=".pdf") as book:
        Path(book.name).write_bytes(made(standard))
        found = pdfua.validate(book.name).findings
    assert [f"{each.rule_id} {each.message}" for each in found] == []


# -- colours and profiles ----------------------------------------------------------------------------


def test_black_is_black_ink_alone_in_any_file() -> None:
    with opened(made("ua-1")) as book:
        found = {each for _, content in painted(book) for each in re.findall(rb"[\d.][\d. ]* (?:rg|RG|g|G|k|K)\b", content)}
    assert found == {b"0 g", b"0 G"}


def test_the_profile_of_black_ink() -> None:
    profile = black_ink()
    assert (profile.kind, profile.space, profile.channels) == ("prtr", "GRAY", 1)
    assert len(profile.content) == struct.unpack(">I", profile.content[:4])[0] < 1000
    curve = struct.unpack(">256H", profile.content[-512:])
    assert (curve[0], curve[-1]) == (0, 65535)
    assert list(curve) == sorted(curve)
    assert curve[128] / 65535 == pytest.approx(0.5 - 0.15, abs=0.01)
