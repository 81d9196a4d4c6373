"""Whatever is written as plain text comes back: the same words, notes and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octopub.diagnostics import BuildError
from octopub.importing.ledger import faults, words
from octopub.importing.manuscript import import_manuscript
from octopub.importing.proof import prove
from octopub.importing.take import import_text
from octopub.importing.writer import write

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
