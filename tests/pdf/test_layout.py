"""Pages: which there are, where each part begins, what they carry, and that every printed number is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from octopub.diagnostics import Code
from octopub.pdf import layout
from octopub.pdf.record import FURNITURE, Page
from tests.pdf.press import ESSAY, FOLDER, HEBREW, SAMPLE, opened, pdf, printed, structure
from tests.pdf.texts import Manuscript
from tests.tools import pdf_text

HANDOUT = "---\ntitle: A Handout\nauthor: Ada Example\n---\n\nOne paragraph, and no more.^[And its note.]\n"


def bookmarks(file: bytes) -> dict[str, int]:
    """Title → number of the page, of each bookmark."""

    def walk(items: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, int]]:
        for item in items:
            destination: Any = item.destination
            yield item.title, numbers[destination[0].objgen]
            yield from walk(item.children)

    with opened(file) as book:
        numbers = {page.obj.objgen: number for number, page in enumerate(book.pages, start=1)}
        with book.open_outline() as outline:
            return dict(walk(outline.root))


def contents(file: bytes) -> dict[str, int]:
    """Entry → page number, as the contents print them."""
    texts = ["".join(node.text("TOC").split("\n")) for node in structure(file).find("TOCI")]
    found = (re.fullmatch(r"(.*\D) (\d+)", text) for text in texts)
    return {match[1]: int(match[2]) for match in found if match}


def pages(source: str | Path = SAMPLE) -> tuple[Page, ...]:
    record = printed(source).record
    assert record is not None
    return record.pages


def furniture(page: Page) -> list[str]:
    """The running head and the folio of a page, from the left."""
    lines = [line for line in page.lines if line.block == FURNITURE]
    return [line.text for line in sorted(lines, key=lambda line: line.left)]


# -- page numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [ESSAY, SAMPLE], ids=["essay", "book"])
def test_the_contents_number_the_pages_that_the_bookmarks_lead_to(source: Path) -> None:
    numbers = contents(pdf(source))
    assert len(numbers) >= 4
    assert numbers.items() <= bookmarks(pdf(source)).items()


def test_a_reference_prints_the_number_of_its_targets_page() -> None:
    text = " ".join(" ".join(pdf_text(pdf(SAMPLE))).split())
    found = re.search(r"\(see page (\d+)\)", text)
    assert found is not None
    assert int(found[1]) == bookmarks(pdf(SAMPLE))["Prices and Quarrels: What the Archive Does Not Say"]


def references(count: int = 60) -> str:
    """A text with a reference in every paragraph, forward and back."""
    made = Manuscript(title="References")
    for number in range(1, count):
        other = (number * 17) % (count - 1) + 1
        made.add(f"## Part {number} {{#p{number}}}", f"{made.prose(95)} [to {other} on](#p{other}){{.page}}.")
    return made.text


def test_references_that_change_the_pages_settle() -> None:
    file = pdf(references())
    numbers = bookmarks(file)
    text = " ".join(" ".join(pdf_text(file)).split())
    found = re.findall(r"to (\d+) on (\d+)\.", text)
    assert len(found) == 59
    assert [(part, page) for part, page in found if numbers[f"Part {part}"] != int(page)] == []
    assert len({len(page) for _, page in found}) == 2, "numbers of one and of two figures"


@pytest.mark.parametrize("first_guess", ["1", "1000"])
def test_a_wrong_guess_makes_no_difference(first_guess: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = references(30)
    expected = pdf(text)
    monkeypatch.setattr(layout, "guess", lambda book, _: dict.fromkeys(book.anchors, first_guess))
    assert printed.__wrapped__(text).content == expected


def test_what_does_not_settle_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "guess", lambda book, _: dict.fromkeys(book.anchors, "1000"))
    monkeypatch.setattr(layout, "ROUNDS", 0)
    result = printed.__wrapped__(references(30))
    assert result.content is None
    assert Code.PAGES_UNSETTLED in {each.code for each in result.diagnostics}


# -- which pages there are ---------------------------------------------------------------------------


def test_a_books_chapters_open_on_rectos() -> None:
    numbers = bookmarks(pdf(SAMPLE))
    opened_on = [numbers[title] for title in ("The Road", "Afterword")]
    assert [number % 2 for number in opened_on] == [1, 1]


def test_a_blank_verso_carries_nothing() -> None:
    blank = [number for number, page in enumerate(pages()) if page.blank]
    assert blank
    assert [number for number in blank if number % 2 == 0] == [], "only versos are blank"
    assert "".join(pdf_text(pdf(SAMPLE))[number] for number in blank).strip() == ""
    assert not pages()[-1].blank


def test_an_essay_runs_on() -> None:
    made = Manuscript().add("## One", "A line.", "## Two", "A line.", "## Three", "A line.")
    text = pdf_text(pdf(made.text))
    assert len(text) == 3  # title page, contents, text
    assert all(title in text[2] for title in ("One", "Two", "Three"))


def test_contents_are_left_out_under_three_headings() -> None:
    made = Manuscript().add("## One", "A line.", "## Two", "A line.")
    assert structure(pdf(made.text)).find("TOC") == []
    assert structure(pdf(made.add("## Three", "A line.").text)).find("TOC") != []


def test_a_handout_of_a_paragraph_is_one_page() -> None:
    text = pdf_text(pdf(HANDOUT), layout=True)
    assert len(text) == 1
    lines = [line.strip() for line in text[0].splitlines() if line.strip()]
    assert lines[:3] == ["A Handout", "Ada Example", "One paragraph, and no more.1"]
    assert structure(pdf(HANDOUT)).find("H1")[0].text() == "A Handout"


# -- what pages carry --------------------------------------------------------------------------------


def test_front_matter_has_neither_heads_nor_folios() -> None:
    assert [furniture(page) for page in pages()[:4]] == [[], [], [], []]


def test_a_chapter_opens_without_a_head_and_with_its_folio_at_the_foot() -> None:
    opening, second, third = pages()[4:7]
    assert (furniture(opening), furniture(second), furniture(third)) == (
        ["5"], ["6", "The Salt Road"], ["The Road", "7"]
    )  # fmt: skip
    (folio,) = (line for line in opening.lines if line.block == FURNITURE)
    assert folio.top > opening.area[3]


def test_running_heads_are_printed_in_their_face_where_the_text_has_no_word_in_it() -> None:
    _, verso, recto = pdf_text(pdf(Manuscript().add(Manuscript().prose(700)).text))
    assert "Nobody" in verso
    assert "Experiment" in recto


def test_from_right_to_left_folios_change_sides() -> None:
    first, second = pages(HEBREW)[2:4]
    assert furniture(first) == ["3"]
    folio = next(line for line in second.lines if line.block == FURNITURE and line.text == "4")
    assert folio.left > second.width / 2


def test_no_line_of_a_stanza_stands_alone() -> None:
    """There are so many of them, of two to six lines, that pages end within some."""
    lengths = [2 + number % 5 for number in range(120)]
    stanzas = ["\n".join(f"| Stanza {number}." for _ in range(length)) for number, length in enumerate(lengths)]
    found = [
        Counter(line.text for line in page.lines if line.text.startswith("Stanza"))
        for page in pages("# Verse\n\n" + "\n\n".join(stanzas))
    ]
    assert sum(found, Counter()) == {f"Stanza {number}.": length for number, length in enumerate(lengths)}
    assert min(count for page in found for count in page.values()) > 1
    assert sum(map(len, found)) > len(stanzas)


def test_at_least_four_rows_of_a_table_stand_on_a_page() -> None:
    """There are so many tables, of three to twelve rows, that pages end within some."""
    lengths = [3 + number % 10 for number in range(60)]
    tables = ["| A | B |\n|---|---|\n" + f"| Table {number}. | b |\n" * length for number, length in enumerate(lengths)]
    found = [
        Counter(line.text for line in page.lines if line.text.startswith("Table "))
        for page in pages("# Rows\n\n" + "\n\n".join(tables))
    ]
    assert sum(found, Counter()) == {f"Table {number}.": length for number, length in enumerate(lengths)}
    assert all(count >= min(4, lengths[int(text[6:-1])]) for page in found for text, count in page.items())
    assert sum(map(len, found)) > len(tables)


def test_the_text_leans_to_the_spine() -> None:
    verso, recto = pages(ESSAY)[5], pages(ESSAY)[6]
    assert verso.area[0] > recto.area[0]
    hebrew = pages(HEBREW)
    assert hebrew[3].area[0] < hebrew[2].area[0]


# -- pictures ----------------------------------------------------------------------------------------

PICTURE = "![A wall](ornament.png)"


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (PICTURE, ["the image “ornament.png” prints at 179 dpi; under 200 it looks coarse"]),
        (f"{PICTURE}{{width=50%}}", []),
        ("![A cart](cart.svg)", []),
    ],
)
def test_coarse_pictures_are_named_with_their_line(image: str, found: list[str]) -> None:
    result = printed(f"---\ntitle: T\n---\n\nText.\n\n{image}\n")
    coarse = [each for each in result.diagnostics if each.code is Code.IMAGE_RESOLUTION]
    assert [each.message.split("; use")[0] for each in coarse] == found
    assert [each.span.line for each in coarse if each.span] == [7] * len(found)


def test_a_drawing_stays_one_and_a_picture_is_embedded_once() -> None:
    text = f"---\ntitle: T\n---\n\n{PICTURE}\n\n![A cart](cart.svg)\n\n{PICTURE}\n"
    with opened(pdf(text)) as file:
        images = [item for item in file.objects if isinstance(item, pikepdf.Stream)
                  and item.get("/Subtype") == "/Image"]  # fmt: skip
        assert [(int(image.Width), int(image.Height)) for image in images] == [(720, 120)]
    assert (FOLDER / "cart.svg").exists()


# -- papers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "size"),
    [("A5", (420, 595)), ("A6", (298, 420)), ("letter", (612, 792)), ("5x8in", (360, 576))],
)
def test_papers(paper: str, size: tuple[int, int]) -> None:
    with opened(pdf(HANDOUT, paper=paper)) as file:
        assert [round(float(side)) for side in file.pages[0].mediabox[2:]] == list(size)


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        ("30x40mm", "a page of 30 × 40 mm leaves no room for text"),
        ("folio", "“folio” is no paper: "),
    ],
)
def test_papers_that_are_none(paper: str, message: str) -> None:
    result = printed(HANDOUT, paper=paper)
    assert result.content is None
    assert [each.message.startswith(message) for each in result.diagnostics] == [True]


@pytest.mark.parametrize("paper", ["a7", "148x148mm", "a5"])
def test_a_long_title_has_room_on_its_page(paper: str) -> None:
    title = "All that happened on the river between the first of May and the last of October " * 4
    text = f"---\ntitle: {title}\nauthor: [Ada Example, Berta Beispiel, Carla Esempio]\nlang: en\n---\n\n# One\n\n# Two\n"
    assert printed(text, paper=paper).content is not None
