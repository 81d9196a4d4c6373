"""Every note is printed whole, once, behind its call: asked of the pages themselves, not of octopub's record."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container, Iterable
from itertools import pairwise

import pytest
import weasyprint.document

from octopub.diagnostics import Code
from octopub.pdf.record import FURNITURE, LayoutRecord, Line
from tests.pdf.press import opened, pdf, printed, structure
from tests.pdf.texts import Manuscript, chapter, manifold
from tests.tools import pdf_text, words

A6 = {"paper": "A6"}


def places(pages: list[str], mark: str) -> dict[int, int]:
    """Note → page, of the words that mark its call, its first or its last word; each stands there once."""
    found = [
        (int(number), page)
        for page, text in enumerate(pages)
        for number in re.findall(rf"\b{mark}a(\d+)\b", text)
    ]
    assert len(dict(found)) == len(found), f"a {mark} is doubled"
    return dict(found)


def check(made: Manuscript, **options: str) -> list[int]:
    """Look for a manuscript's words on the pages of its PDF; how many pages behind its call each note is."""
    file = pdf(made.text, **options)
    pages = pdf_text(file)
    calls, first, last = (places(pages, mark) for mark in "CBZ")
    numbers = list(range(1, len(made.notes) + 1))
    assert sorted(calls) == sorted(first) == sorted(last) == numbers
    assert [number for number in numbers if not calls[number] <= first[number] <= last[number]] == []
    _check_structure(made, file)
    return [first[number] - calls[number] for number in numbers]


def _check_structure(made: Manuscript, file: bytes) -> None:
    """The tags give the text in its order, and each note in one piece."""
    tree = structure(file)
    own = {*made.body, *(word for note in made.notes_words for word in note)}
    assert [word for word in words(tree.text(without="Note")) if word in own] == made.body
    notes = [[word for word in words(note.text("Note")) if word in own] for note in tree.find("Note")]
    assert sorted(filter(None, notes)) == sorted(made.notes_words)


# -- where a note may be called ----------------------------------------------------------------------


def _in_place(write: Callable[[Manuscript, int], str]) -> Callable[[int], Manuscript]:
    """A manuscript with a note of so many words in a block, between paragraphs."""

    def make(words: int) -> Manuscript:
        made = Manuscript()
        return made.add(made.prose(60), write(made, words), made.prose(60))

    return make


def _in_note(words: int) -> Manuscript:
    made = Manuscript()
    made.add(made.prose(20, words, 12))
    made.notes[0] += f" {made.call(9)}"  # its call has a place in the first note's words
    made.notes_words[0].append("Ca3")
    return made.add(made.prose(30, 10))


def _at_the_end(words: int) -> Manuscript:
    made = Manuscript()
    made.add(made.prose(1100))
    made.body.append("Ca1")
    return made.add(made.call(words))


PLACES: dict[str, Callable[[int], Manuscript]] = {
    "a table's cell": _in_place(lambda m, n: f"| {m.prose(1)} |\n|---|\n| {m.prose(4, n)} |"),
    "a table's head": _in_place(lambda m, n: f"| {m.prose(3, n)} |\n|---|\n| {m.prose(4)} |"),
    "a heading": _in_place(lambda m, n: f"## {m.prose(4, n)}"),
    "a caption": _in_place(lambda m, n: f'![A cart](cart.svg "{m.prose(9, n)}")'),
    "a list's item": _in_place(lambda m, n: f"- {m.prose(30, n)}\n- {m.prose(9)}"),
    "a block quotation": _in_place(lambda m, n: f"> {m.prose(40, n)}"),
    "verse": _in_place(lambda m, n: f"| {m.prose(5)}\n| {m.prose(5, n)}"),
    "a definition": _in_place(lambda m, n: f"{m.prose(2, n)}\n:   {m.prose(9, n)}"),
    "a note": _in_note,
    "the last line": _at_the_end,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_note_may_be_called_anywhere(place: str) -> None:
    assert set(check(PLACES[place](20))) == {0}


TITLE = "# A Title[^1]\n\nCa2.[^2] Text.\n\n## Section\n\nText.\n\n[^1]: Ba1 Za1\n\n[^2]: Ba2 Za2\n"


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
@pytest.mark.parametrize("kind", ["essay", "handout"])
def test_a_title_may_call_one(kind: str, place: str) -> None:
    text = "\n".join(pdf_text(pdf(TITLE, kind=kind, notes_pdf=place)))
    assert re.findall(r"\b[BZ]a\d", text) == ["Ba1", "Za1", "Ba2", "Za2"]


def test_a_note_in_a_note_follows_the_one_that_calls_it() -> None:
    file = pdf(_in_note(12).text)
    assert re.findall(r"^\d(?= Ba)", "\n".join(pdf_text(file)), re.MULTILINE) == ["1", "2", "3", "4"]
    assert re.findall(r"Ba\d", "\n".join(pdf_text(file))) == ["Ba1", "Ba3", "Ba2", "Ba4"]


# -- long and many -----------------------------------------------------------------------------------


def _long(length: int, **options: Callable[[Manuscript, list[str]], str]) -> Manuscript:
    made = Manuscript()
    made.body += [*(before := made.words(150)), "Ca1"]
    return made.add(" ".join([*before, made.call(length, options.get("shape"))]), made.prose(150, 12))


MANY: dict[str, tuple[Callable[[], Manuscript], dict[str, str]]] = {
    "3,000 words on A6": (lambda: _long(3000), A6),
    "2,400 words of lists and quotations": (lambda: _long(2400, shape=manifold), {}),
    "several long ones on a page": (lambda: _with(lambda m: m.prose(90, 300, 260, 280), 40), {}),
    "12 in a paragraph": (lambda: _with(lambda m: m.prose(120, *[25] * 12), 200), {}),
    "200 short ones": (lambda: _with(lambda m: m.prose(3000, *[6] * 200)), {}),
    "all of a table's rows": (
        lambda: _with(lambda m: "| x |\n|---|\n" + "\n".join(f"| {m.prose(5, 30)} |" for _ in range(20))),
        {},
    ),
}


def _with(write: Callable[[Manuscript], str], behind: int = 0) -> Manuscript:
    made = Manuscript()
    made.add(write(made))
    return made.add(made.prose(behind)) if behind else made


@pytest.mark.parametrize("case", MANY)
def test_notes_may_be_long_and_many(case: str) -> None:
    make, options = MANY[case]
    check(make(), **options)


# -- how a long note goes on -------------------------------------------------------------------------

LONG: dict[str, tuple[Callable[[], Manuscript], dict[str, str]]] = {
    "3,000 words on A6": (lambda: _long(3000), A6),
    "2,400 words of lists and quotations": (lambda: _long(2400, shape=manifold), {}),
    "a table and code on A6": (lambda: _long(900, shape=rows), A6),
}


def rows(_: Manuscript, words: list[str]) -> str:
    """A note of a paragraph, a table, lines of code and a paragraph."""
    start, table, code, end = words[:40], words[40:280], words[280:400], words[400:]
    blocks = [
        " ".join(start),
        "| x | y |\n    |---|---|\n    "
        + "\n    ".join(f"| {' '.join(table[at : at + 3])} | {table[at + 3]} |" for at in range(0, 240, 4)),
        "```\n    " + "\n    ".join(" ".join(code[at : at + 3]) for at in range(0, 120, 3)) + "\n    ```",
        " ".join(end),
    ]
    return "\n\n    ".join(blocks)


def parts(made: Manuscript, note: str, **options: str) -> list[tuple[int, list[Line]]]:
    """The pages that a note stands on, with its lines there."""
    record = printed(made.text, **options).record
    assert record is not None
    flows = {block.key: block.flow for part in record.parts for block in part.blocks if part.name == "text-1"}
    found = (
        (number, [line for line in page.lines if flows.get(line.block) == note])
        for number, page in enumerate(next(part for part in record.parts if part.name == "text-1").pages)
    )
    return [(number, lines) for number, lines in found if lines]


@pytest.mark.parametrize("case", LONG)
def test_a_long_note_goes_on_page_after_page_from_its_calls(case: str) -> None:
    make, options = LONG[case]
    made = make()
    assert check(made, **options)[0] == 0
    numbers = [number for number, _ in parts(made, "note-1", **options)]
    assert len(numbers) > 3
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize("case", LONG)
def test_its_number_stands_once_and_its_pages_end_on_the_texts_last_baseline(case: str) -> None:
    make, options = LONG[case]
    pages = parts(make(), "note-1", **options)
    first = pages[0][1][0]
    assert first.text.startswith("1 Ba1")
    assert [line.text for _, lines in pages for line in lines if re.match(r"1 \w", line.text)] == [first.text]
    feet = {max(line.baseline for line in lines) for _, lines in pages[:-1]}
    assert max(feet) - min(feet) < 1, "a cell's type is smaller"


@pytest.mark.parametrize("case", LONG)
def test_six_lines_of_text_stay_on_its_pages_or_five_lest_one_stand_alone(case: str) -> None:
    make, options = LONG[case]
    made = make()
    record = printed(made.text, **options).record
    assert record is not None
    (part,) = (part for part in record.parts if part.name == "text-1")
    own = {block.key for block in part.blocks if not block.flow and block.at is not None}
    counts = [sum(line.block in own for line in page.lines) for page in part.pages]
    while not counts[-1]:
        counts.pop()
    assert min(counts[:-1]) >= 5 <= max(counts[1:]) <= 7


@pytest.mark.parametrize("paper", ["A5", "A6"])
@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("a note", "a definition")])
def test_a_long_note_begins_on_its_calls_page_wherever_it_is_called(place: str, paper: str) -> None:
    assert check(PLACES[place](600), paper=paper)[0] == 0


@pytest.mark.parametrize("place", ["a note", "a definition"])
def test_long_notes_one_behind_the_other(place: str) -> None:
    made = PLACES[place](600)
    check(made)
    pages = [[page for page, _ in parts(made, f"note-{number}")] for number in range(1, len(made.notes) + 1)]
    ends = [(each[0], each[-1]) for each in pages]
    assert ends == sorted(ends)


def test_pages_of_notes_alone_end_the_chapter_with_heads_and_folios_as_others() -> None:
    made = Manuscript().add("# One")
    made.add(made.prose(200), made.call(1500), "# Two", made.prose(50))
    record = printed(made.text).record
    assert record is not None
    part = next(part for part in record.parts if any(block.flow for block in part.blocks))
    flows = {block.key: block.flow for block in part.blocks}
    full = [page for page in part.pages if not page.blank]
    alone = [page for page in full if "" not in {flows.get(line.block) for line in page.lines}]
    assert len(alone) > 2
    assert alone == full[-len(alone) :]
    assert {sum(line.block == FURNITURE for line in page.lines) for page in alone} == {2}


def test_links_in_the_further_parts_of_a_note_are_on_their_pages() -> None:
    made = Manuscript()
    made.add(f"{made.prose(60, 1500)}")
    made.notes[0] += " [elsewhere](https://example.org/) and [the end](#end){.page}."
    made.add("## End {#end}", made.prose(20))
    file = pdf(made.text)
    (page,) = (number for number, text in enumerate(pdf_text(file)) if "elsewhere" in text)
    assert page > places(pdf_text(file), "C")[1]
    with opened(file) as book:
        links = list(book.pages[page].obj.Annots)
        addresses = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
        assert set(addresses) == {"https://example.org/"}  # a link has an area on each of its lines
        assert {str(link.Dest) for link in links if "/Dest" in link} == {"end"}


WIDE = "| x | y |\n|---|---|\n"


@pytest.mark.parametrize(
    "first",
    [
        lambda m: f'![A wall](ornament.png "{m.prose(4)}")',
        lambda m: f"{WIDE}| {m.prose(44)} | {m.prose(30)} |\n| {m.prose(4)} | {m.prose(4)} |",
        lambda m: f"{WIDE}| {m.prose(44, 30)} | {m.prose(30, 30)} |\n| {m.prose(4)} | {m.prose(4)} |",
    ],
    ids=["a picture", "a table's row", "a row with notes of its own"],
)
def test_what_cannot_be_cut_stands_above_a_continued_note(first: Callable[[Manuscript], str]) -> None:
    made = Manuscript()
    made.add(made.prose(110, 700), first(made), made.prose(200, 12))
    check(made, **A6)


def test_a_page_with_short_notes_is_as_weasyprint_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def places(record: LayoutRecord | None) -> list[list[tuple[str, float, float]]]:
        assert record is not None
        return [[(at.text, round(at.left), round(at.baseline)) for at in page.lines] for page in record.pages]

    text = chapter(4, (5, 30)).text  # none of its notes is one that WeasyPrint sends on without its call
    # WeasyPrint makes no page again for the word at its end.
    monkeypatch.setattr("octopub.pdf.mended.bar_broken_word", lambda _: False)
    mended = printed.__wrapped__(text).record
    monkeypatch.setattr("octopub.pdf.engine.Document", weasyprint.document.Document)
    assert places(printed.__wrapped__(text).record) == places(mended)


def white_and_cuts(source: str, **options: str) -> list[tuple[float, int]]:
    """Of pages with text behind them: lines of white above the notes, and lines of the note that goes on, or 0."""
    record = printed(source, **options).record
    assert record
    (part,) = (part for part in record.parts if part.name == "text-1")
    own, found = {block.key for block in part.blocks if not block.flow}, []
    for page, following in pairwise(part.pages):
        text, notes = _parted(page.lines, own)
        next_text, next_notes = _parted(following.lines, own)
        if text and next_text and notes:
            leading = text[1].baseline - text[0].baseline
            white = (notes[0].baseline - 0.75 * notes[0].height - text[-1].baseline) / leading - 1.25
            goes_on = next_notes and next_notes[0].block == notes[-1].block
            found.append((white, sum(line.block == notes[-1].block for line in notes) if goes_on else 0))
    return found


def _parted(lines: Iterable[Line], own: Container[int]) -> tuple[list[Line], list[Line]]:
    body = [line for line in lines if line.block != FURNITURE]
    return [line for line in body if line.block in own], [line for line in body if line.block not in own]


def test_a_short_note_is_cut_only_where_much_white_would_be_left() -> None:
    made = Manuscript()
    for _ in range(60):
        made.add(made.prose(160, made.chance.randint(50, 80)))  # of four to seven lines, one in a paragraph
    pages = white_and_cuts(made.text)
    assert max(white for white, _ in pages) < 6
    cuts = [lines for _, lines in pages if lines]
    assert min(cuts) >= 2
    assert 0 < len(cuts) < len(pages) / 2


def test_the_second_note_of_a_line_waits_rather_than_leave_the_page_white() -> None:
    made = Manuscript()
    made.add(made.prose(150), f"{made.prose(20)} {made.call(330)} {made.call(8)} {made.prose(600)}")
    behind = [first - call for call, first in zip(*(places(pdf_text(pdf(made.text)), mark).values() for mark in "CB"), strict=True)]
    assert behind == [0, 1]
    assert max(white for white, _ in white_and_cuts(made.text)) < 3


def test_in_another_weasyprint_a_note_without_room_stands_at_the_chapters_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("octopub.pdf.engine.Document", weasyprint.document.Document)
    file = printed.__wrapped__(_long(3000).text, **A6).content
    assert file is not None
    pages = pdf_text(file)
    call, first = places(pages, "C")[1], places(pages, "B")[1]
    assert first > call + 1
    # The pages' numbers are those of the file.
    assert f"1 This note is printed on page {first + 1}." in pages[call]
    assert structure(file).find("H2")[-1].text() == "Notes"


def test_a_short_note_stands_at_the_foot_of_its_calls_page() -> None:
    assert set(check(_with(lambda made: made.prose(2000, *range(5, 60))))) == {0}


# -- anything ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_any_chapter_on_a5(seed: int) -> None:
    check(chapter(seed, (5, 90)))


@pytest.mark.parametrize("seed", range(100, 104))
def test_any_chapter_with_long_notes_on_a6(seed: int) -> None:
    check(chapter(seed, (5, 600), density=0.35), **A6)


# -- elsewhere ---------------------------------------------------------------------------------------


@functools.cache
def _book() -> Manuscript:
    made = Manuscript()
    made.add("# One", made.prose(150, 20, 30), "# Two", made.prose(150, 40, 20))
    made.notes.append("[^nobody]: Nocalls nothing.")
    return made


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
def test_notes_of_a_book_in_each_place(place: str) -> None:
    file = pdf(_book().text, notes_pdf=place)
    text = "\n".join(pdf_text(file))
    assert re.findall(r"\b[BZ]a\d", text) == [f"{mark}a{number}" for number in range(1, 5) for mark in "BZ"]
    assert len(re.findall("Nocalls nothing", text)) == 1
    assert Code.NOTE_UNCALLED in {each.code for each in printed(_book().text, notes_pdf=place).diagnostics}


def test_notes_at_the_chapters_end_stand_behind_its_text() -> None:
    tree = structure(pdf(_book().text, notes_pdf="chapter"))
    headings = [node.text() for node in tree.find("H1", "H2")]
    assert headings == ["Experiment", "One", "Notes", "Two", "Notes", "Further Notes"]


def test_notes_at_the_books_end_stand_under_their_chapters() -> None:
    tree = structure(pdf(_book().text, notes_pdf="book"))
    assert [node.text() for node in tree.find("H1", "H2")][-3:] == ["Notes", "One", "Two"]


def test_an_uncalled_note_stands_at_the_end_without_a_number() -> None:
    note = structure(pdf(_book().text)).find("Note")[-1]
    assert note.text() == "Nocalls nothing."
