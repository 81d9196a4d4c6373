"""Word's files: the golden cases that OpenDocument shares, and what only Word's have."""

from __future__ import annotations

from pathlib import Path

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.archive import Archive
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft, Heading, Paragraph
from octopub.importing.wordprocessing.docx import read
from octopub.importing.wordprocessing.docxparts import Parts
from octopub.importing.wordprocessing.docxstyles import w
from tests.importing.rich import GOLDEN, OFFICE_CASES, called, complaints, docx, packed, report, word_case


def draft(body: str, **parts: str) -> Draft:
    return read(docx(body, parts), name="essay.docx")


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def t(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize("case", OFFICE_CASES)
def test_golden(case: str, tmp_path: Path) -> None:
    made = read(word_case(case), name="essay.docx")
    assert report(made) == (GOLDEN / case / "expected.md").read_text("utf-8")
    assert complaints(made, tmp_path) == []


def test_a_deleted_paragraph_end_joins_two() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="Ed"/></w:rPr></w:pPr>'
    made = draft(p(mark + t("half")) + p(t("way there.")))
    assert made.text_words == ("halfway", "there.")
    assert len(made.blocks) == 1
    assert [each.what for each in made.findings] == ["tracked deletion accepted: the end of a paragraph"]


def test_a_move_is_counted_once() -> None:
    moved = f'<w:moveFrom w:id="1" w:author="Ed">{t("here")}</w:moveFrom>'
    made = draft(p(moved + t("Now ")) + p(f'<w:moveTo w:id="1" w:author="Ed">{t("here")}</w:moveTo>'))
    assert made.text_words == ("Now", "here")
    assert [each.what for each in made.findings] == ["tracked move accepted: “here”"]


def test_one_note_called_twice() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    made = draft(
        p(t("A") + call + t(" b") + call), footnotes=f'<w:footnote w:id="2">{p(t("Note."))}</w:footnote>'
    )
    assert called(made) == ["1", "1"]
    assert made.note_words == {"1": ("Note.",)}


def test_notes_that_do_not_match() -> None:
    made = draft(
        p(t("A") + '<w:r><w:footnoteReference w:id="7"/></w:r>'),
        footnotes=f'<w:footnote w:id="3">{p(t("Nothing calls this."))}</w:footnote>',
    )
    assert [(each.mark, each.is_call) for each in made.unmatched] == [
        ("footnote 7", True),
        ("footnote 3: Nothing calls this.", False),
    ]
    assert made.unmatched[0].candidate == "the footnote 3, which nothing calls"


BOLD = {
    "a heading": ("On oil", True),
    "a sentence": ("This is bold.", False),
    "a long one": ("word " * 20, False),
}


@pytest.mark.parametrize("case", BOLD)
def test_a_short_bold_paragraph_is_a_heading(case: str) -> None:
    words, is_heading = BOLD[case]
    made = draft(p(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>") + p(t("Below.")))
    assert isinstance(made.blocks[0], Heading if is_heading else Paragraph)
    assert [each.place.number for each in made.findings] == [1] * is_heading


def test_the_letters_of_a_formula_are_kept() -> None:
    made = draft(p(t("So ") + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>" + t(".")))
    assert " ".join(made.text_words) == "So x=1."
    assert [each.what for each in made.findings] == ["formula “x=1”"]


def test_links_to_headings_lead_there() -> None:
    heading = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:bookmarkStart w:id="1" w:name="there"/>'
    made = draft(p(heading + t("Place")) + p(f'<w:hyperlink w:anchor="there">{t("See there")}</w:hyperlink>'))
    assert isinstance(made.blocks[0], Heading)
    assert made.blocks[0].anchor == "there"


def run(form: str, words: str) -> str:
    return f"<w:r><w:rPr>{form}</w:rPr><w:t>{words}</w:t></w:r>"


RUNS = {
    "plain": (t("One ") + t("two ") + t("three"), 1),
    "checked between": (t("mis") + '<w:proofErr w:type="spellStart"/>' + t("spelt"), 1),
    "marked": (run("<w:b/>", "one") + run("<w:b/>", " two"), 1),
    "off and plain": (run('<w:b w:val="0"/>', "one") + t(" two"), 1),
    "the same to a reader": (run('<w:sz w:val="20"/>', "one") + run('<w:sz w:val="24"/>', " two"), 1),
    "marked otherwise": (run("<w:b/>", "one") + run("<w:i/>", " two"), 2),
    "another language": (t("one") + run('<w:lang w:val="fr-FR"/>', " deux"), 2),
    "a link between": (t("one") + f'<w:hyperlink w:anchor="x">{t(" two")}</w:hyperlink>' + t(" three"), 3),
    "a break and a tab": (t("one") + "<w:r><w:br/></w:r><w:r><w:tab/></w:r>" + t("two"), 1),
}
"""Neighbouring runs, and how many mammoth reads."""


@pytest.mark.parametrize("case", RUNS)
def test_runs_that_say_the_same_are_one(case: str) -> None:
    inside, count = RUNS[case]
    english = p(run('<w:lang w:val="en-GB"/>', "A long line of words, all in English"))
    parts = Parts(Archive(docx(english + p(inside)), "essay.docx"))
    before = parts.text_words(frozenset())
    marked = Archive(parts.marked(), "essay.docx").xml("word/document.xml")
    assert len([*[*marked.iter(w("p"))][1].iter(w("r"))]) == count
    assert parts.text_words(frozenset()) == before


def test_names_in_a_file_do_not_pass_for_marks_of_ours() -> None:
    links = (
        f'<w:hyperlink w:anchor="octopub-{name}">{t("word ")}</w:hyperlink>'
        for name in ("link-9", "lang-x y")
    )
    made = draft(p('<w:bookmarkStart w:id="1" w:name="octopub-paragraph-x"/>' + "".join(links)))
    assert made.text_words == ("word", "word")


def test_running_heads_are_left_out() -> None:
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + p(t("Draft 3"))
        + "</w:hdr>"
    )
    made = read(docx(p(t("Text.")), {"word/header1.xml": header}), name="essay.docx")
    assert [(each.text, each.why) for each in made.left_out] == [("Draft 3", "a running head or foot")]


_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def moved(archive: bytes, by: int) -> bytes:
    """An archive whose directory says that it stands so much further behind (APPNOTE.TXT §4.3.16)."""
    place = archive.rindex(b"PK\x05\x06") + 16
    offset = int.from_bytes(archive[place : place + 4], "little") + by
    return archive[:place] + offset.to_bytes(4, "little") + archive[place + 4 :]


REFUSED = {
    "no archive": b"no archive",
    "another archive": packed({"a.txt": "a"}),
    "entities": packed({"word/document.xml": f"{_LAUGHS}<a>&b;</a>"}),
    "parts before its beginning": moved(docx(p(t("A text."))), 5_000),
    "broken XML": packed({"word/document.xml": "<a>"}),
    "without text": docx(p(t(" "))),
    "deep": packed({"word/document.xml": "<a>" * 200 + "</a>" * 200}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    with pytest.raises(BuildError):
        read(REFUSED[case], name="essay.docx")


def test_too_many_paragraphs() -> None:
    with pytest.raises(BuildError, match="more than 2 paragraphs"):
        read(docx(p(t("Text.")) * 3), name="essay.docx", bounds=USUAL._replace(paragraphs=2))


def test_text_that_only_word_can_join_is_refused() -> None:
    with pytest.raises(BuildError, match="text in another form"):
        draft(p(t("Text.")) + '<w:altChunk r:id="web"/>')


def test_the_strict_form_is_read() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{usual}"><w:body>{p(t("Text."))}</w:body></w:document>'
    made = read(docx("", {"word/document.xml": body.replace(usual, strict)}), name="essay.docx")
    assert made.text_words == ("Text.",)


def test_a_picture_that_cannot_be_shown_is_left_out() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:embed="picture"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    damaged = {"word/media/dot.png": b"\x89PNG\r\n\x1a\nno more"}
    made = read(docx(p(t("be") + drawing + t("side")), damaged), name="essay.docx")
    assert (made.resources, made.text_words) == ({}, ("be", "side"))
    assert [each.what for each in made.findings] == ["image left out: “image-1”"]


def test_the_words_tell_the_language_that_the_program_did_not() -> None:
    made = draft(
        p(t("Die Lampe steht auf dem Turm und das Licht ist in der Nacht nicht zu sehen, der Wind ist es."))
    )
    assert made.metadata["lang"] == "de"
    assert [each.what for each in made.findings] == ["lang “de”"]


def test_a_note_whose_call_was_deleted_goes_with_it() -> None:
    gone = '<w:del w:id="1" w:author="Ed"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    made = draft(p(t("Text.") + gone), footnotes=f'<w:footnote w:id="2">{p(t("Gone."))}</w:footnote>')
    assert (made.unmatched, made.notes) == ((), ())
    assert [(each.text, each.why) for each in made.left_out] == [("Gone.", "a note whose call was deleted")]


def test_too_large() -> None:
    with pytest.raises(BuildError, match="unpacks to more than 1000 bytes"):
        read(docx(p(t("Text."))), name="essay.docx", bounds=USUAL._replace(archive_bytes=1000))


def test_pictures_outside_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:link="picture"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="picture"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        f' Target="file://{tmp_path}/secret.png" TargetMode="External"/></Relationships>'
    )
    made = read(docx(p(t("Text.") + drawing), {"word/_rels/document.xml.rels": relations}), name="essay.docx")
    assert made.resources == {}
    assert [(each.what, each.reason) for each in made.findings] == [
        (f"image left out: “file://{tmp_path}/secret.png”", "it is not in the file")
    ]
