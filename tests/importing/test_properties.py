"""Whatever is written as plain text comes back: the same words, notes and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octopub.diagnostics import BuildError
from octopub.importing.draft import Items, Quotation, Verse
from octopub.importing.ledger import faults, words
from octopub.importing.manuscript import import_manuscript
from octopub.importing.plaintext.take import import_text
from octopub.importing.proof import prove
from octopub.importing.writing.writer import write

WORDS = "ferry island morning letters bread harbour winter keeper tower light fog quay it's so-called 1917 §12".split()
ODD = [
    "*",
    "#",
    "_x",
    "[sic]",
    "a_b",
    "<b>",
    "&amp;",
    "|",
    "{.c}",
    "$5",
    "\\x",
    "`t`",
    "^[x",
    "[^1]",
    "~~",
    "1.",
    "(c)",
]

sentences = st.lists(st.sampled_from(WORDS), min_size=6, max_size=30).map(
    lambda row: f"The {' '.join(row)} end."
)
odd_sentences = st.lists(st.sampled_from(WORDS + ODD), min_size=6, max_size=20).map(
    lambda row: f"{' '.join(row)} end."
)
headings = st.lists(st.sampled_from(WORDS[:10]), min_size=1, max_size=4).map(
    lambda row: " ".join(row).capitalize()
)


class Section(NamedTuple):
    """A heading, and paragraphs: each of sentences, with or without a note behind it."""

    heading: str
    paragraphs: list[list[tuple[str, str | None]]]


paragraphs = st.lists(st.tuples(sentences, st.none() | sentences), min_size=1, max_size=4)
sections = st.builds(Section, headings, st.lists(paragraphs, min_size=1, max_size=3))
manuscripts = st.lists(sections, min_size=1, max_size=4)

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Mark = Callable[[int], str]
FORMS: dict[str, tuple[Mark, Mark]] = {
    "brackets": (lambda n: f"[{n}]", lambda n: f"[{n}] "),
    "brackets, stop": (lambda n: f"[{n}]", lambda n: f"[{n}]."),
    "parentheses": (lambda n: f"({n})", lambda n: f"{n}. "),
    "braces": (lambda n: f"{{{n}}}", lambda n: f"{{{n}}} "),
    "half": (lambda n: f"{n})", lambda n: f"{n}) "),
    "superscript": (lambda n: str(n).translate(SUPERSCRIPT), lambda n: f"{str(n).translate(SUPERSCRIPT)} "),
}


def render(manuscript: list[Section], form: str, place: str, width: int) -> str:
    """A manuscript as plain text, its notes in a form, at the end or at each section's."""
    call, definition = FORMS[form]
    units, waiting, number = ["The title of it all"], list[str](), 0
    for section in manuscript:
        units.append(section.heading.upper() if width else section.heading)
        for paragraph in section.paragraphs:
            text = ""
            for sentence, note in paragraph:
                text += f" {sentence}"
                if note:
                    number += 1
                    text += call(number)
                    waiting.append(f"{definition(number)}{note}")
            units.append(wrap(text.strip(), width))
        if place == "section":
            units += [wrap(note, width) for note in waiting]
            waiting = []
            number = 0
    if waiting:
        units += ["Notes", *(wrap(note, width) for note in waiting)]
    return "\n\n".join(units) + "\n"


def wrap(text: str, width: int) -> str:
    if not width:
        return text
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) + 1 > width and lines[-1]:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(manuscript=manuscripts, place=st.sampled_from(["end", "section"]), width=st.sampled_from([0, 72]))
def test_what_was_rendered_comes_back(form: str, manuscript: list[Section], place: str, width: int) -> None:
    text = render(manuscript, form, place, width)
    draft = import_text(text.encode(), name="<text>")
    assert draft.unmatched == ()
    assert prove(draft, write(draft), name="<text>") == ()
    notes = [
        note for section in manuscript for paragraph in section.paragraphs for _, note in paragraph if note
    ]
    assert [list(draft.note_words[note.key]) for note in draft.notes] == [words(note) for note in notes]
    body = [
        *(sentence for section in manuscript for paragraph in section.paragraphs for sentence, _ in paragraph)
    ]
    found = [word for word in draft.text_words if not word.isupper() or word.isdigit()] if width else None
    if found is not None:
        assert found == [word for sentence in body for word in words(sentence)]
    markdown = write(draft)
    marked = re.findall(r"^##+ (.+)$", markdown, re.MULTILINE)
    assert [heading.lower() for heading in marked] == [section.heading.lower() for section in manuscript]


@settings(max_examples=80, deadline=None)
@given(st.lists(odd_sentences, min_size=1, max_size=5))
def test_what_markdown_would_misread_comes_back(texts: list[str]) -> None:
    try:
        done = import_manuscript("\n\n".join(texts), keep_unmatched=True)
    except BuildError as error:  # the proof is what speaks here: it must have nothing to say
        raise AssertionError(str(error)) from error
    assert done.text


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from('aB é.\n*-_[]1()¹†"#>|\t“”:=~`\\<&'), max_size=120))
def test_each_stretch_is_in_one_place(text: str) -> None:
    draft = import_text(f"x {text}".encode(), name="<text>", keep_unmatched=True)
    assert list(faults(draft.source, draft.stretches)) == []


# -- manuscripts with all that a plain text can have -----------------------------------------------

LINES = [
    "The ferry left the shore,",
    "The gulls were in the air,",
    "And nothing was the same,",
    "Nobody else was there.",
]
emphasized = st.lists(st.sampled_from(WORDS[:10]), min_size=1, max_size=3).map(
    lambda row: f"_{' '.join(row)}_"
)


class Part(NamedTuple):
    """A piece of a manuscript: its kind, its texts, and how many notes each of them calls."""

    kind: str
    texts: list[str]
    calls: list[int]


def _part(kind: str, texts: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[Part]:
    rows = st.lists(st.tuples(texts, st.sampled_from([0, 0, 1, 2])), min_size=least, max_size=most)
    return rows.map(lambda row: Part(kind, [text for text, _ in row], [count for _, count in row]))


marked = st.tuples(sentences, emphasized, sentences).map(" ".join)
parts = st.lists(
    st.one_of(
        _part("paragraph", sentences | marked, 1, 1),
        _part("bullets", sentences, 2, 4),
        _part("numbers", sentences, 2, 4),
        _part("letters", sentences, 2, 4),
        _part("quotation", sentences, 1, 2),
        st.just(Part("verse", LINES, [0, 1, 0, 1])),
    ),
    min_size=1,
    max_size=4,
)
rich = st.lists(st.tuples(headings, parts), min_size=1, max_size=3)
INDENT = {"quotation": "    ", "verse": "    "}
MARK: dict[str, Callable[[int], str]] = {
    "bullets": lambda _: "- ", "numbers": lambda n: f"{n + 1}. ", "letters": lambda n: f"{'abcd'[n]}) ",
}  # fmt: skip


def set_text(part: Part, width: int, called: Callable[[int], str]) -> str:
    """A piece as plain text; `called` gives so many calls."""
    blocks = []
    for index, (text, count) in enumerate(zip(part.texts, part.calls, strict=True)):
        mark = MARK[part.kind](index) if part.kind in MARK else INDENT.get(part.kind, "")
        lines = wrap(text + called(count), width - len(mark) if width else 0).split("\n")
        blocks.append(
            "\n".join((mark if at == 0 else " " * len(mark)) + line for at, line in enumerate(lines))
        )
    return ("\n\n" if part.kind == "quotation" else "\n").join(blocks)


def lay_out(
    manuscript: list[tuple[str, list[Part]]], form: str, place: str, width: int
) -> tuple[str, list[int]]:
    """The text, and the numbers of the notes in the order of their calls; every third call repeats the note
    before it."""
    call, definition = FORMS[form]
    units, called, number = ["The title of it all"], list[int](), 0

    def calls(count: int) -> str:
        nonlocal number
        marks = ""
        for _ in range(count):
            again = number and len(called) % 3 == 2
            number += not again
            called.append(number)
            marks += ("," if marks and form == "superscript" else "") + call(number)
        return marks

    done = 0
    for title, pieces in manuscript:
        units.append(title.upper())
        # Two pieces of a kind that stand together would be one.
        for piece in pieces:
            units += [
                set_text(piece, width, calls),
                "The day went on like any other day there, and the island with it.",
            ]
        if place == "section":
            units += [f"{definition(n)}A remark that has the name {n}." for n in range(done + 1, number + 1)]
            done = number
    if done < number:
        units += [
            "Notes",
            *(f"{definition(n)}A remark that has the name {n}." for n in range(done + 1, number + 1)),
        ]
    return "\n\n".join(units) + "\n", called


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("parentheses", "half")])
@settings(max_examples=15, deadline=None)
@given(manuscript=rich, place=st.sampled_from(["end", "section"]), width=st.sampled_from([0, 72]))
def test_lists_quotations_and_verse_come_back(
    form: str, manuscript: list[tuple[str, list[Part]]], place: str, width: int
) -> None:
    text, called = lay_out(manuscript, form, place, width)
    draft = import_text(text.encode(), name="<text>")
    assert draft.unmatched == ()
    markdown = write(draft)
    assert prove(draft, markdown, name="<text>") == ()
    keys = list(dict.fromkeys(called))
    body = markdown.split("\n[^1]: ")[0]
    assert [keys[int(key) - 1] for key in re.findall(r"\[\^(\d+)\](?!:)", body)] == called
    kinds = [piece.kind for _, pieces in manuscript for piece in pieces if piece.kind != "paragraph"]
    names = {Items: "list", Verse: "verse", Quotation: "quotation"}
    found = [names[type(block)] for block in draft.blocks if type(block) in names]
    assert found == ["list" if kind in MARK else kind for kind in kinds]
    assert [line for line in body.split("\n") if line.startswith("## ")] == [
        f"## {t.upper()}" for t, _ in manuscript
    ]
