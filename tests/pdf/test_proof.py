"""The proof finds each way in which a layout can go wrong, whoever laid it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from octopub import building
from octopub.model import Book
from octopub.pdf.proof import faults, prove
from octopub.pdf.record import FURNITURE, Block, LayoutRecord, Line, Page, Part, Reference
from tests.pdf.press import printed

TEXT = (
    "First words[^a] of a text. [See page](#end){.page}\n\n## End {#end}\n\nLast words.\n\n[^a]: The note.\n"
)
CALL = "note-1-call"


def book() -> Book:
    loaded = building.load(f"---\ntitle: T\n---\n\n{TEXT}")
    assert loaded.book is not None
    return loaded.book


def line(block: int, start: int, end: int, baseline: float, **other: object) -> Line:
    return replace(
        Line(
            block,
            f"letters {start} to {end}",
            start,
            end,
            None,
            50,
            baseline - 9,
            200,
            14,
            baseline,
            0,
            False,
        ),
        **other,
    )


BLOCKS = (
    Block(0, "", 20, 20),  # the paragraph with the call
    Block(1, "note-1", 9, 96),
    Block(2, "", 3, 70),
    Block(3, "", 10, 82),
)


def page(
    label: str, *lines: Line, anchors: tuple[str, ...] = (), references: tuple[Reference, ...] = ()
) -> Page:
    placed = tuple((name, 0.0, 0.0) for name in anchors)
    return Page(label, 420, 595, (50, 50, 350, 500), lines, anchors=placed, references=references)


def record(book: Book) -> LayoutRecord:
    """A faultless layout of the text, on two pages."""
    note = book.notes[0]
    blocks = tuple(replace(block, flow=note.id) if block.flow else block for block in BLOCKS)
    first = page(
        "1",
        line(FURNITURE, -1, -1, 30),
        line(0, 0, 12, 70),
        line(0, 12, 20, 84),
        line(1, 0, 9, 490),
        anchors=(note.calls[0], note.id),
        references=(Reference("end", "2"),),
    )
    second = page("2", line(2, 0, 3, 70), line(3, 0, 10, 98), anchors=("end",))
    return LayoutRecord((Part("text", blocks, (first, second)),))


Change = Callable[[list[Page]], object]


def changed(made: LayoutRecord, change: Change) -> LayoutRecord:
    pages = list(made.parts[0].pages)
    change(pages)
    return LayoutRecord((replace(made.parts[0], pages=tuple(pages)),))


def on(number: int, *lines: Line) -> Change:
    """Other lines on a page."""

    def change(pages: list[Page]) -> None:
        pages[number] = replace(pages[number], lines=lines)

    return change


def without(number: int, block: int) -> Change:
    """A block's lines are missing."""

    def change(pages: list[Page]) -> None:
        kept = tuple(each for each in pages[number].lines if each.block != block)
        pages[number] = replace(pages[number], lines=kept)

    return change


def altered(block: int, at: int, **other: object) -> Change:
    """A line has other properties."""

    def change(pages: list[Page]) -> None:
        for number, each in enumerate(pages):
            lines = (
                replace(found, **other) if (found.block, found.start) == (block, at) else found
                for found in each.lines
            )
            pages[number] = replace(each, lines=tuple(lines))

    return change


def call_on_second_page(pages: list[Page]) -> None:
    call, note = pages[0].anchors
    pages[0] = replace(pages[0], anchors=(note,))
    pages[1] = replace(pages[1], anchors=(*pages[1].anchors, call))


def wrong_number(pages: list[Page]) -> None:
    pages[0] = replace(pages[0], references=(Reference("end", "3"),))


NOTE, WORDS, NUMBERS = "note-not-whole", "text-not-whole", "pages-unsettled"

FAULTS: dict[str, tuple[Change, str, str]] = {
    "a note cut": (altered(1, 0, end=8), NOTE, "not printed to its end"),
    "a note lost": (without(0, 1), NOTE, "not printed to its end"),
    "a note below the page": (altered(1, 0, baseline=502), NOTE, "cut off at the edge"),
    "a note above the page": (altered(1, 0, baseline=49), NOTE, "cut off at the edge"),
    "a note before its call": (call_on_second_page, NOTE, "before its call"),
    "a note over the text": (altered(1, 0, baseline=85), WORDS, "over other words"),
    "a note doubled": (
        on(1, line(2, 0, 3, 70), line(3, 0, 10, 98), line(1, 0, 9, 490)), NOTE, "printed twice"
    ),
    "a word missing": (altered(0, 12, start=13), WORDS, "out of order"),
    "a line missing": (on(0, line(0, 0, 12, 70), line(1, 0, 9, 490)), WORDS, "not printed to its end"),
    "a paragraph missing": (without(1, 3), WORDS, "not printed to its end"),
    "letters that nobody wrote": (altered(0, 12, start=-1, end=-1), WORDS, "out of order"),
    "a block behind the next": (
        on(0, line(1, 0, 9, 490), line(2, 0, 3, 70), line(3, 0, 10, 98)), WORDS, "not printed to its end"
    ),
    "a wrong number": (wrong_number, NUMBERS, "do not settle"),
}  # fmt: skip


def test_a_faultless_layout_is_proved() -> None:
    assert prove(record(book()), book()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_proof_finds(fault: str) -> None:
    change, code, reason = FAULTS[fault]
    found = prove(changed(record(book()), change), book())
    assert code in [each.code.slug for each in found]
    assert any(reason in each.message for each in found), found


def test_a_block_behind_its_successor_is_found() -> None:
    made = record(book()).parts[0]
    first, second = made.pages
    swapped = replace(
        made,
        pages=(
            replace(first, lines=(line(3, 0, 10, 98), line(1, 0, 9, 490))),
            replace(second, lines=(line(0, 0, 20, 70), line(2, 0, 3, 84))),
        ),
    )
    assert [(fault.block.key, fault.reason) for fault in faults(swapped)] == [
        (0, "printed behind words that follow it"), (2, "printed behind words that follow it")
    ]  # fmt: skip


def test_a_note_in_another_chapter_is_found() -> None:
    whole = record(book()).parts[0]
    first, second = whole.pages
    text = replace(
        whole,
        name=book().chapters[0].id,
        blocks=(whole.blocks[0],),
        pages=(replace(first, lines=first.lines[:3]),),
    )
    rest = replace(whole, name="next", blocks=whole.blocks[1:], pages=(
        replace(second, lines=(*second.lines, first.lines[3])),
    ))  # fmt: skip
    found = prove(LayoutRecord((text, rest)), book())
    assert ["another chapter" in each.message for each in found] == [True]


def test_a_note_that_the_markup_forgot_is_found() -> None:
    whole = record(book()).parts[0]
    blocks = tuple(block for block in whole.blocks if not block.flow)
    pages = tuple(
        replace(each, lines=tuple(one for one in each.lines if one.block != 1)) for each in whole.pages
    )
    found = prove(LayoutRecord((replace(whole, blocks=blocks, pages=pages),)), book())
    assert ["it is not printed" in each.message for each in found] == [True]


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
def test_a_note_whose_only_call_is_in_a_note_that_nothing_calls_may_stand_before_it(place: str) -> None:
    text = f"# A\n\nText.\n\n[^nobody]: {'Long. ' * 1500}[^called]\n\n[^called]: Y.\n"
    result = printed(text, kind="handout", notes_pdf=place, paper="A6")
    assert result.content is not None, result.diagnostics


def test_repeated_heads_and_running_heads_are_not_counted() -> None:
    made = record(book())
    pages = list(made.parts[0].pages)
    head = line(0, -1, -1, 60, repeated=True)
    pages[1] = replace(pages[1], lines=(line(FURNITURE, -1, -1, 30), head, *pages[1].lines))
    assert prove(LayoutRecord((replace(made.parts[0], pages=tuple(pages)),)), book()) == []


def test_a_fault_names_its_line() -> None:
    found = prove(changed(record(book()), without(0, 1)), book())
    assert [(each.code.slug, each.span.line) for each in found if each.span] == [(NOTE, 11)]
