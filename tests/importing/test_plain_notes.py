"""Notes in plain text: what is a call, what is a definition, and what is neither."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.draft import Draft
from octopub.importing.ledger import words
from octopub.importing.manuscript import import_manuscript
from octopub.importing.plaintext.take import import_text
from octopub.importing.writing.writer import write

FILLER = "The ferry left the island early that morning and came back late, with letters and bread."


def draft(text: str) -> Draft:
    return import_text(text.encode(), name="<text>")


def essay(body: str) -> str:
    return f"A Title\n\n{FILLER}\n\n{body}"


class Form(NamedTuple):
    """A way to write notes: the call behind a word, and the definition's beginning."""

    name: str
    call: str
    definition: str
    heading: str = ""


FORMS = (
    Form("brackets", "[{n}]", "[{n}] "),
    Form("brackets, full stop", "[{n}]", "[{n}]. "),
    Form("brackets, no space", "[{n}]", "[{n}]."),
    Form("brackets, number again", "[{n}]", "[{n}]{n}. "),
    Form("brackets, colon", "[{n}]", "[{n}]: "),
    Form("brackets behind a space", " [{n}]", "[{n}] "),
    Form("brackets and a numbered list", "[{n}]", "{n}. ", "Notes"),
    Form("brackets and a numbered list without heading", "[{n}]", "{n}. "),
    Form("brackets and half brackets", "[{n}]", "{n}) ", "Endnotes"),
    Form("brackets and bare numbers", "[{n}]", "{n} ", "Notes:"),
    Form("Gutenberg", "[{n}]", "[Footnote {n}: "),
    Form("Gutenberg, with a space", " [{n}]", "[Note {n}: "),
    Form("parentheses", "({n})", "({n}) "),
    Form("parentheses behind a space", " ({n})", "({n}) "),
    Form("parentheses and a numbered list", "({n})", "{n}. ", "NOTES"),
    Form("braces", "{{{n}}}", "{{{n}}} "),
    Form("half brackets", "{n})", "{n}) "),
    Form("half brackets and a numbered list", "{n})", "{n}. ", "Anmerkungen"),
    Form("superscript", "{s}", "{s} "),
    Form("superscript, no space", "{s}", "{s}", "Fußnoten"),
    Form("superscript and a numbered list", "{s}", "{n}. ", "Notes de bas de page"),
    Form("superscript and brackets", "{s}", "[{n}] ", "Примечания"),
)
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(part: str, number: int) -> str:
    return part.format(n=number, s=str(number).translate(SUPERSCRIPT))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("last", [1, 3, 12])
def test_each_form_of_notes(form: Form, last: int) -> None:
    numbers = range(1, last + 1)
    body = "\n\n".join(f"{FILLER} Here is a call{render(form.call, n)} and more {n} words." for n in numbers)
    closing = "]" if "ote" in form.definition else ""
    notes = "\n\n".join(f"{render(form.definition, n)}The note about word {n}.{closing}" for n in numbers)
    heading = f"{form.heading}\n\n" if form.heading else ""
    found = draft(essay(f"{body}\n\n{heading}{notes}\n"))
    assert found.unmatched == ()
    assert [" ".join(found.note_words[note.key]) for note in found.notes] == [
        f"The note about word {n}" for n in numbers
    ]
    assert write(found).count("call[^") == last


PLACES = {
    "at the end": "One[1] and two[2].\n\n[1] First.\n\n[2] Second.\n",
    "at the end, line by line": "One[1] and two[2].\n\n[1] First.\n[2] Second.\n",
    "under the paragraph": f"One[1] word.\n\n[1] First.\n\n{FILLER}\n\nTwo[2] words.\n\n[2] Second.\n\n{FILLER}\n",
    "under the paragraph, no blank line": f"One[1] word.\n[1] First.\n\n{FILLER}\n\nTwo[2] words.\n[2] Second.\n",
    "at the end of each section": (
        f"ONE\n\nOne[1] word. {FILLER}\n\n[1] First.\n\nTWO\n\nTwo[2] words. {FILLER}\n\n[2] Second.\n"
    ),
    "numbers begin again in each section": (
        f"ONE\n\nOne[1] word. {FILLER}\n\nNotes\n\n[1] First.\n\nTWO\n\nTwo[1] words. {FILLER}\n\nNotes\n\n[1] Second.\n"
    ),
    "all at the end, numbers begin again": (
        f"ONE\n\nOne[1] word. {FILLER}\n\nTWO\n\nTwo[1] words. {FILLER}\n\nNotes\n\nOne\n\n1. First.\n\nTwo\n\n1. Second.\n"
    ),
    "before the signature": "One[1] and two[2].\n\n[1] First.\n\n[2] Second.\n\nJane Doe, May 1920\n",
    "behind a rule": "One[1] and two[2].\n\n----------\n[1] First.\n[2] Second.\n",
    "hanging": "One[1] and two[2].\n\n[1]  First.\n\n[2]\n    Second.\n",
    "signs": "One* word.\n\n* First.\n\nTwo† words.\n\n† Second.\n",
    "one sign again and again": f"One* word.\n\n* First.\n\n{FILLER}\n\nTwo* words.\n\n*Second.\n\n{FILLER}\n",
    "signs at the end": "One* and two**.\n\n* First.\n** Second.\n",
    "signs and numbers": "One* and two[1].\n\n* First.\n\n[1] Second.\n",
}


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_where_definitions_stand(body: str) -> None:
    found = draft(essay(body))
    assert found.unmatched == ()
    assert [found.note_words[note.key] for note in found.notes] == [("First",), ("Second",)]
    markdown = write(found)
    assert "ne[^1]" in markdown and "wo[^2]" in markdown
    assert "First" not in markdown.split("[^1]:")[0] and "[1]" not in markdown


TOGETHER = {
    "a comma": ("One[1, 2] and three[3].", [1, 2, 3]),
    "no space": ("One[1,2] and three [3].", [1, 2, 3]),
    "a range": ("One [1-3] word.", [1, 2, 3]),
    "a dash": ("One [1–3] word.", [1, 2, 3]),
    "brackets": ("One[1][2] and three[3].", [1, 2, 3]),
    "a range of brackets": ("One[1]-[3] word.", [1, 2, 3]),
    "list and range": ("One[1, 2-3] and two[2].", [1, 2, 3, 2]),
    "with a semicolon": ("One[1; 3] and two[2].", [1, 2, 3]),
    "two numbers that are no notes": ("In [0, 1] and [12-14]; one[1], two[2], three[3].", [1, 2, 3]),
}


@pytest.mark.parametrize(("body", "called"), TOGETHER.values(), ids=TOGETHER)
def test_several_calls_at_a_place(body: str, called: list[int]) -> None:
    found = draft(essay(f"{body}\n\n[1] First.\n\n[2] Second.\n\n[3] Third.\n"))
    assert found.unmatched == ()
    markdown = write(found).split("\n[^1]:")[0]
    assert [int(each) for each in re.findall(r"\[\^(\d)\]", markdown)] == called
    assert (
        found.text_words == tuple(words(re.sub(r"\[\d[^\]]*\](?:-\[3\])?", " ", essay(body)))[2:])
        or "0" in body
    )


SEVERAL = {
    "indented": "[1] First.\n\n    More of it.\n\n[2] Second.\n",
    "between two notes": "[1] First.\n\nMore of it.\n\n[2] Second.\n",
    "the last one, indented": "[2] Second.\n\n[1] First.\n\n    More of it.\n",
    "the last one, under a heading": "Notes\n\n[2] Second.\n\n[1] First.\n\nMore of it.\n",
}


@pytest.mark.parametrize("notes", SEVERAL.values(), ids=SEVERAL)
def test_notes_of_several_paragraphs(notes: str) -> None:
    found = draft(essay(f"One[1] and two[2].\n\n{notes}"))
    assert found.note_words == {"1": ("First", "More", "of", "it"), "2": ("Second",)}
    assert "[^1]: First.\n\n    More of it." in write(found)


def test_one_note_called_twice_is_one_note() -> None:
    found = draft(essay("One[1] and two[2] and one again[1].\n\n[1] First.\n\n[2] Second.\n"))
    assert write(found).count("[^1]") == 3 and len(found.notes) == 2


NO_CALLS = {
    "a year": "It was said later [1917] and (1917) again.",
    "sic": "He wrote “becuase” [sic] and stopped.",
    "an omission": "He wrote […] and [...] stopped.",
    "an exponent": "A field of 30 m², 5 km³ and 10¹² grains, as E = mc² says.",
    "an enumeration": "There are three: (1) bread, (2) letters and (3) time.",
    "a citation": "As one can read (12), and in (1917), and on p. (3).",
    "a list": "We need:\n\n1. bread\n2. letters\n3. time\n\nand no more.",
    "a list with half brackets": "We need:\n\n1) bread\n2) letters\n\nand no more.",
    "bullets": "We need:\n\n* bread\n* letters\n\nand *time* most of all.",
    "a chord": "The star* of the evening.",
    "arguments": "As f(1) and g(2) say in Psalm 23(4), Art. 5(2).",
    "an index": "Let a[1] = b[2]; see `v[1]`.",
    "an interval": "In [0, 1] and (1, 2) and the years [14-18].",
    "a death": "He (†1917) and she, *1850 †1900.",
    "editorial words": "He said [the author] and [t]he boat, and [a] man.",
    "a variable": "Then x⁴ + y² = z⁴.",
    "in brackets": "They were two (at most 3) and glad.",
}


@pytest.mark.parametrize("body", NO_CALLS.values(), ids=NO_CALLS)
@pytest.mark.parametrize("noted", [False, True])
def test_what_is_no_call(body: str, noted: bool) -> None:
    text = f"{body}\n\n{FILLER}" + (" A real call.[1]\n\n[1] The note.\n" if noted else "\n")
    found = draft(essay(text))
    assert found.unmatched == ()
    assert len(found.notes) == noted


BROKEN = {
    "a call without a note": (
        "One[1] and two[2].\n\n[1] First.\n", [(5, "[2]", True, "the note [1] in line 7")],
    ),
    "a note without a call": (
        "One[1].\n\n[1] First.\n\n[2] Second.\n", [(9, "[2]", False, "the call [1] in line 5")],
    ),
    "a wrong number": (
        "One[1] and two[3].\n\n[1] First.\n\n[2] Second.\n",
        [(5, "[3]", True, "the note [2] in line 9"), (9, "[2]", False, "the call [3] in line 5")],
    ),
    "a number twice": (
        "One[1] and two[2].\n\n[1] First.\n\n[2] Second.\n\n[2] Third.\n",
        [(5, "[2]", True, "the note [2] in line 9"), (9, "[2]", False, ""), (11, "[2]", False, "")],
    ),
    "calls only": ("One[1] and two[2].\n", [(5, "[1]", True, ""), (5, "[2]", True, "")]),
    "notes only": ("One word.\n\nNotes\n\n1. First.\n\n2. Second.\n", [(9, "1.", False, ""), (11, "2.", False, "")]),
    "superscript": ("One word.¹ Two words.²\n\n¹ First.\n", [(5, "²", True, "the note ¹ in line 7")]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_does_not_match_is_named(body: str, expected: list[tuple[int, str, bool, str]]) -> None:
    found = draft(essay(body))
    rows = [(each.place.number, each.mark, each.is_call, each.candidate) for each in found.unmatched]
    assert [row[:3] for row in rows] == [row[:3] for row in expected]
    assert all(row[3] == wanted[3] for row, wanted in zip(rows, expected, strict=True) if wanted[3])


@pytest.mark.parametrize("body", [body for body, _ in BROKEN.values()], ids=BROKEN)
def test_unmatched_notes_stop_the_import_or_stay_as_text(body: str) -> None:
    with pytest.raises(BuildError) as raised:
        import_manuscript(essay(body))
    assert {each.code.slug for each in raised.value.diagnostics} == {"import-unmatched"}
    kept = import_manuscript(essay(body), keep_unmatched=True)
    assert "kept as text" in kept.report.text
    for word in ("First", "Second", "Third", "One", "two"):
        assert kept.text.count(word) == body.count(word)
