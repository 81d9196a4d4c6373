"""The table of standards, cell by cell, on files that keep them: one by one, and all that hold together.

What is looked at is the file itself. These are octopub's own checks, not a validator's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pikepdf
import pytest

from octopub.standards.profiles import examined
from octopub.standards.table import NONE, TABLE, VERSIONS, Claims, Matter, Standard, conflict, parse
from tests.pdf.facts import faults, names, words
from tests.pdf.kept import HOLD, bare_rgb, card, made, remarks, streams
from tests.pdf.press import opened
from tests.tools import qpdf_check


@pytest.fixture(params=HOLD)
def claims(request: pytest.FixtureRequest) -> Claims:
    return parse(request.param)


# -- which hold together -----------------------------------------------------------------------------


def test_all_that_hold_together_are_tried() -> None:
    sets = [each for size in range(1, 6) for each in combinations(Standard, size)]
    hold = {"+".join(each) for each in sets if not any(conflict(*pair) for pair in combinations(each, 2))}
    assert hold == set(HOLD)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a-4+ua-1", "PDF/UA-1 is PDF 1.7 or older (ISO 14289-1 §6.1), PDF/A-4 is PDF 2.0"),
        ("ua-1+ua-2", "PDF/UA-2 is PDF 2.0 (ISO 14289-2 §6.1): no file is both"),
        ("a-3u+a-4", "PDF/A-3u is PDF 1.7 or older (ISO 19005-3 §6.1.2)"),
        ("x-4+a-4", "PDF/X-4 is PDF 1.6 or older"),
        ("a-3u+ua-2", "PDF/UA-2 is PDF 2.0"),
        ("x-4+ua-2", "no file is both"),
        ("ua-1+a-3u+a-4", "no file is both"),
        ("ua-3", "“ua-3” is none of the standards ua-1, ua-2, a-3u, a-4, x-4"),
        ("ua-1+", "“” is none"),
        ("", "“” is none"),
    ],
)
def test_those_that_do_not_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse(text)


def test_a_demand_that_another_forbids_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = TABLE[Matter.LINKS][Standard.X_4]
    monkeypatch.setitem(TABLE[Matter.LINKS], Standard.UA_1, rule._replace(is_demand=True, clause="§1"))
    assert conflict(Standard.X_4, Standard.UA_1) == (
        "PDF/UA-1 demands links on the page (§1), which PDF/X-4 forbids (ISO 15930-7, annotations)"
    )


def test_names_come_in_any_order() -> None:
    assert str(parse("X-4 + a-3u+ ua-1+x-4")) == "ua-1+a-3u+x-4"
    assert (parse("ua-1+a-3u").label, NONE.version) == ("PDF/UA-1 and PDF/A-3u", "1.7")


# -- what is looked at for each matter ---------------------------------------------------------------


def described(book: pikepdf.Pdf) -> bool:
    """Whether the metadata that XMP of 2005 does not know is described."""
    text = book.Root.Metadata.read_bytes().decode()
    own = {name for name in ("pdfuaid", "pdfxid") if f"<{name}:" in text}
    return own == set(re.findall(r"<pdfaSchema:prefix>(\w+id)</", text)) and ("<pdf:Trapped" in text) == (
        "<pdfaProperty:name>Trapped<" in text
    )


def new_tags(book: pikepdf.Pdf) -> bool:
    root = book.Root.StructTreeRoot
    own = [each for each in root.get("/Namespaces", ()) if each.NS == "http://iso.org/pdf2/ssn"]
    return bool(own) and all("/SD" in place for place in names(book).values())


HAS: dict[Matter, Callable[[pikepdf.Pdf], bool]] = {
    Matter.TAGS: lambda book: "/StructTreeRoot" in book.Root and bool(book.Root.MarkInfo.Marked),
    Matter.NEW_TAGS: new_tags,
    Matter.LANGUAGE: lambda book: book.Root.get("/Lang") == "en-GB",
    Matter.TITLE_SHOWN: lambda book: bool(book.Root.ViewerPreferences.DisplayDocTitle),
    Matter.LINKS: lambda book: bool(remarks(book)),
    Matter.PRINTED_LINKS: lambda book: all(each.get("/F") == 4 for each in remarks(book)),
    Matter.OUTPUT_INTENT: lambda book: any("/DestOutputProfile" in each for each in book.Root.get("/OutputIntents", ())),
    Matter.PRINTER_PROFILE: lambda book: all(
        examined(each.DestOutputProfile.read_bytes()).kind == "prtr" for each in book.Root.OutputIntents
    ),
    Matter.BARE_RGB: bare_rgb,
    Matter.INTERPOLATION: lambda book: any(bool(each.get("/Interpolate")) for each in streams(book)),
    Matter.INFO: lambda book: "/Info" in book.trailer,
    Matter.EXTENSION_SCHEMAS: described,
    Matter.VERSION_HISTORY: lambda book: all(
        card(book).get(f"xmpMM:{name}") for name in ("DocumentID", "VersionID", "RenditionClass")
    ),
    Matter.TRAPPED: lambda book: card(book).get("pdf:Trapped") == "False" and book.docinfo.Trapped == "/False",
    Matter.TRIM_BOX: lambda book: all("/TrimBox" in page for page in book.pages),
    Matter.FILE_ID: lambda book: len(bytes(book.trailer.ID[0])) == 16,
    Matter.ENCRYPTION: lambda book: book.is_encrypted,
    Matter.EMBEDDED_FILES: lambda book: bool(book.attachments),
}


@pytest.mark.parametrize("matter", Matter)
def test_each_cell(claims: Claims, matter: Matter) -> None:
    with opened(made(str(claims))) as book:
        for standard in claims.standards:
            if rule := TABLE[matter].get(standard):
                assert HAS[matter](book) is rule.is_demand, f"{standard.label}: {matter} ({rule.clause})"


def test_a_file_that_keeps_nothing_of_a_matter_would_be_noticed() -> None:
    """Where one standard demands a matter or forbids it, a file of another shows the opposite."""
    others = {"ua-1": Matter.BARE_RGB, "ua-2": Matter.LINKS, "a-4": Matter.NEW_TAGS, "x-4": Matter.INTERPOLATION}
    expected = {Matter.BARE_RGB: True, Matter.LINKS: True, Matter.NEW_TAGS: False, Matter.INTERPOLATION: True}
    for standard, matter in others.items():
        with opened(made(standard)) as book:
            assert HAS[matter](book) is expected[matter], (standard, matter)


def test_the_version_suits_all(claims: Claims) -> None:
    version = made(str(claims))[5:8].decode()
    assert all(VERSIONS[each].first <= version <= VERSIONS[each].last for each in claims.standards)


def test_the_file_says_what_it_keeps_and_nothing_else(claims: Claims) -> None:
    said = {
        Standard.UA_1: ("pdfuaid:part", "1"),
        Standard.UA_2: ("pdfuaid:rev", "2024"),
        Standard.A_3U: ("pdfaid:conformance", "U"),
        Standard.A_4: ("pdfaid:rev", "2020"),
        Standard.X_4: ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
    }
    with opened(made(str(claims))) as book:
        found = {standard for standard, (name, value) in said.items() if card(book).get(name) == value}
        assert found == set(claims.standards)
        assert (card(book).get("pdfaid:part") is None) is not bool(found & {Standard.A_3U, Standard.A_4})


def test_what_has_to_fit_together_does(claims: Claims) -> None:
    assert faults(made(str(claims))) == []
    assert qpdf_check(made(str(claims))) == []


def test_the_words_are_the_same_whatever_is_kept(claims: Claims) -> None:
    assert words(made(str(claims))) == words(made("ua-1"))
