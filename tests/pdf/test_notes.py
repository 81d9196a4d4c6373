"""Every note is printed whole, once, behind its call: asked of the pages themselves, not of octopub's record."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest

from octopub.diagnostics import Code
from tests.pdf.press import pdf, printed, structure
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


def _in_place(write: Callable[[Manuscript], str]) -> Callable[[], Manuscript]:
    """A manuscript with a note of 20 words in a block, between paragraphs."""

    def make() -> Manuscript:
        made = Manuscript()
        return made.add(made.prose(60), write(made), made.prose(60))

    return make


def _in_note() -> Manuscript:
    made = Manuscript()
    made.add(made.prose(20, 12, 12))
    made.notes[0] += f" {made.call(9)}"  # its call has a place in the first note's words
    made.notes_words[0].append("Ca3")
    return made.add(made.prose(30, 10))


def _at_the_end() -> Manuscript:
    made = Manuscript()
    made.add(made.prose(1100))
    made.body.append("Ca1")
    return made.add(made.call(40))


PLACES: dict[str, Callable[[], Manuscript]] = {
    "a table's cell": _in_place(lambda made: f"| {made.prose(1)} |\n|---|\n| {made.prose(4, 20)} |"),
    "a table's head": _in_place(lambda made: f"| {made.prose(3, 20)} |\n|---|\n| {made.prose(4)} |"),
    "a heading": _in_place(lambda made: f"## {made.prose(4, 20)}"),
    "a caption": _in_place(lambda made: f'![A cart](cart.svg "{made.prose(9, 20)}")'),
    "a list's item": _in_place(lambda made: f"- {made.prose(30, 20)}\n- {made.prose(9)}"),
    "a block quotation": _in_place(lambda made: f"> {made.prose(40, 20)}"),
    "verse": _in_place(lambda made: f"| {made.prose(5)}\n| {made.prose(5, 20)}"),
    "a definition": _in_place(lambda made: f"{made.prose(2, 20)}\n:   {made.prose(9, 20)}"),
    "a note": _in_note,
    "the last line": _at_the_end,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_note_may_be_called_anywhere(place: str) -> None:
    assert set(check(PLACES[place]())) == {0}


TITLE = "# A Title[^1]\n\nCa2.[^2] Text.\n\n## Section\n\nText.\n\n[^1]: Ba1 Za1\n\n[^2]: Ba2 Za2\n"


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
@pytest.mark.parametrize("kind", ["essay", "handout"])
def test_a_title_may_call_one(kind: str, place: str) -> None:
    text = "\n".join(pdf_text(pdf(TITLE, kind=kind, notes_pdf=place)))
    assert re.findall(r"\b[BZ]a\d", text) == ["Ba1", "Za1", "Ba2", "Za2"]


def test_a_note_in_a_note_follows_the_one_that_calls_it() -> None:
    file = pdf(_in_note().text)
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


def test_a_note_without_room_stands_at_the_chapters_end_and_a_pointer_at_the_foot_says_where() -> None:
    made = _long(3000)
    pages = pdf_text(pdf(made.text, **A6))
    call, first = places(pages, "C")[1], places(pages, "B")[1]
    assert first > call + 1
    # The pages' numbers are those of the file.
    assert f"1 This note is printed on page {first + 1}." in pages[call]
    assert structure(pdf(made.text, **A6)).find("H2")[-1].text() == "Notes"


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
