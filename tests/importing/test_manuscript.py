"""The one way in: kinds, names, errors, the report, and the proof that stops what would lose something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.draft import LeftOut, Paragraph, Place, Text
from octopub.importing.manuscript import import_manuscript
from octopub.importing.plaintext.take import import_text
from octopub.importing.proof import prove
from octopub.importing.writing.writer import write
from octopub.reading.book import Surroundings, read
from octopub.reading.source import from_text

TEXT = """A Title

The ferry left the island early.[1] It came back late, with "letters" and bread.

[1] See the log.
"""


def slugs(error: BuildError) -> list[str]:
    return [each.code.slug for each in error.diagnostics]


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a", "a.log"])
def test_a_file_of_plain_text(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(TEXT)
    assert import_manuscript(file).text == import_manuscript(TEXT).text


OTHERS = (
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", ".docx"),
    ("a.rtf", rb"{\rtf1 words}", ".docx or .odt"),
    ("a.pages", b"PK\x03\x04 and more", "export it"),
    ("a.pdf", b"%PDF-1.7", "made from"),
    ("a.txt", b"%PDF-1.7", "made from"),
    ("a.xyz", b"\x00\x01\x02", "plain text"),
)


@pytest.mark.parametrize(("name", "data", "remedy"), OTHERS)
def test_what_cannot_be_imported_says_what_to_do(name: str, data: bytes, remedy: str) -> None:
    with pytest.raises(BuildError) as raised:
        import_manuscript(data, name=name)
    assert slugs(raised.value) == ["import-kind"]
    assert remedy in str(raised.value)


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf", b"\x0c\n"])
def test_an_empty_text_is_an_error(data: bytes) -> None:
    with pytest.raises(BuildError) as raised:
        import_manuscript(data, name="a.txt")
    assert slugs(raised.value) == ["empty"]


def test_the_report_has_everything() -> None:
    text = "A Title\n\nOne[1] and donâ€™t.\x0c\n\n* * *\n\nMore words.\n\nJane Doe, May 1920\n\nNotes\n\n[1] First.\n"
    done = import_manuscript(text.encode(), name="a.txt")
    for line in (
        "encoding: UTF-8",
        "author: Jane Doe",
        "date: 1920-05",
        "line 5: separator (a line of marks without words)",
        "line 13: [1] is [^1]",
        "line 11: “Notes” (the heading of the notes)",
        "line 3: “U+000C” (a control character)",
    ):
        assert f"  {line}\n" in done.report.text or f"{line}\n" in done.report.text
    assert "line 3: damaged letters" in done.report.text


def test_what_does_not_match_names_its_line_and_the_nearest() -> None:
    with pytest.raises(BuildError) as raised:
        import_manuscript(TEXT + "\n[2] Not called.\n", name="a.txt")
    (only,) = raised.value.diagnostics
    assert str(only).startswith(
        "a.txt:7:1: error: the note [2] has no call (nearest: the call [1] in line 3)"
    )


LOSSES = {
    "a word of the text": ("bread", "letters"),
    "a word of a note": ("log", "book"),
    "a call": ("early.[^1]", "early."),
    "a note": ("[^1]: See the log.", ""),
    "a word twice": ("late", "late late"),
    "two words changed about": ("island early", "early island"),
}


@pytest.mark.parametrize(("old", "new"), LOSSES.values(), ids=LOSSES)
def test_the_proof_sees(old: str, new: str) -> None:
    draft = import_text(TEXT.encode(), name="a.txt")
    markdown = write(draft)
    assert prove(draft, markdown, name="a.txt") == ()
    assert old in markdown
    assert {each.code.slug for each in prove(draft, markdown.replace(old, new), name="a.txt")} == {
        "import-lost"
    }


def test_the_proof_sees_a_stretch_that_is_nowhere_or_in_two_places() -> None:
    draft = import_text(TEXT.encode(), name="a.txt")
    for stretches in (draft.stretches[1:], (*draft.stretches, draft.stretches[-1])):
        assert prove(replace(draft, stretches=stretches), write(draft), name="a.txt")


MISREAD = (
    "# no heading", "> no quotation", "- no item", "+ no item", "1. no item", "1986. A year.", "---", "| no verse",
    "*no emphasis", "_no emphasis_", "a*b*c", "snake_case_name", "[no](link)", "[no]: link", "[no]{.class}", "[^1]", "^[no note]",
    "<b>no tag</b>", "&amp; no entity", "`no code`", "~~no strike~~", "{.no-attribute}", "$no$ formula", "[@no]", "\\no",
    ": no definition", "::: no container", "[sic] and […] stay", "![no image](x)", "ends with a backslash\\", "a # b #",
    "[[no]]", "\\newpage", "https://example.org/a_b_c?d=*e*", "~~~", "+---+", "<!-- no remark -->", "[toc]", "no {braces} here",
)  # fmt: skip


@pytest.mark.parametrize("text", MISREAD)
def test_what_markdown_would_misread_is_escaped(text: str) -> None:
    draft = replace(
        import_text(b"A word.", name="a.txt"),
        blocks=(Paragraph((Text(text),), Place(1)), Paragraph((Text("More."),), Place(2))),
        text_words=(text, "More"), stretches=(), metadata={"title": "A"},
    )  # fmt: skip
    markdown = write(draft)
    assert prove(draft, markdown, name="a.txt") == ()
    source, _ = from_text(markdown)
    assert source
    book, found = read(source, Surroundings())
    assert book and found == ()
    (first, _) = book.chapters[0].blocks
    assert first.type == "paragraph"
    kinds = {node.type for node in first.walk()} - {"text", "text_special", "inline", "paragraph"}
    assert kinds == set()
    assert [
        c for node in first.walk() for c in node.content if node.type.startswith("text") and c.isalnum()
    ] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "text",
    ["[sic] and […] stay.", "snake_case", "5 - 3 > 1 + 1", "a | b", "3 & 4 < 5", "$5 and $6", "C# and #1"],
)
def test_what_markdown_reads_rightly_is_left_as_it_is(text: str) -> None:
    draft = replace(
        import_text(b"A.", name="a.txt"), blocks=(Paragraph((Text(text),), Place(1)),), metadata={}
    )
    assert write(draft) == f"{text}\n"


def test_left_out_is_reported_once() -> None:
    draft = import_text(b"Title\n\nA word.[1]\n\nNotes\n\n[1] First.\n", name="a.txt")
    assert draft.left_out == (LeftOut(Place(5), "Notes", "the heading of the notes"),)
