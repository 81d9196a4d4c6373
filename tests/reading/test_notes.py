"""Notes: every way to write one, every way to get one wrong, and the numbers."""

import re
from collections.abc import Iterable, Iterator

import pytest
from markdown_it.tree import SyntaxTreeNode as Node

from octopub.model import Book, Note
from octopub.reading.book import Surroundings, read
from octopub.reading.source import from_text
from octopub.reading.spans import words as words_of

TITLE = "---\ntitle: T\n---\n"
"""Three lines, so that nothing is said about a missing title; the texts begin in line 4."""


def book_of(text: str, front: str = TITLE) -> tuple[Book | None, list[str]]:
    """The book of a text, and what is said about it."""
    source, _ = from_text(front + text, "a.md")
    assert source is not None
    book, said = read(source, Surroundings())
    return book, [str(each) for each in said]


def sound(text: str, front: str = TITLE) -> Book:
    """The book of a text about which there is nothing to say."""
    book, said = book_of(text, front)
    assert book is not None and said == []
    return book


def calls(nodes: Iterable[Node]) -> Iterator[Node]:
    """All calls in these nodes, in the order of the text."""
    for node in nodes:
        if node.type in ("footnote_ref", "note_inline"):
            yield node
        else:
            yield from calls(node.children)


def summary(book: Book) -> list[str]:
    """Every note: `label=number(calls)`, in the order in which they stand; `/` between chapters."""
    return [
        " ".join(f"{note.label}={note.number or '-'}({len(note.calls)})" for note in chapter.notes)
        for chapter in book.chapters
    ]


def text_of(note: Note) -> str:
    """What a note says, its blocks joined by ` / `."""
    return " / ".join(_text(block) for block in note.blocks)


def _text(block: Node) -> str:
    if block.type == "inline":
        return words_of(block.children)
    return block.content.strip() if not block.children else " ".join(map(_text, block.children))


# -- the table of design: what is wrong ------------------------------------------------------------------

UNDEFINED = "add a line `[^{0}]: …`; for the letters themselves write `\\[^{0}]` [note-undefined]"
MALFORMED = "error: “{}” looks like a note, but is none: {} [note-malformed]"
SPACED = "a label has no spaces and ends with `]`; write `[^label]`, or `\\[^` for the letters themselves"
UNCLOSED = "its bracket is never closed; close it, or write `^\\[` for the letters themselves"
ADDRESS = (
    "it is followed by an address, which makes it a link; "
    "put a space behind it, or write `\\[^` for the letters themselves"
)
IN_ALT = "alternative text is no place for a call; call the note in the caption, the words in quotation marks"
EMPTY = "it has no text; write its text behind the colon, and indent further lines by four spaces"
IN_LINK = (
    "error: a note is called inside a link's text, where it cannot be reached; "
    "move the call behind the link [note-in-link]"
)
AMBIGUOUS = (
    "warning: the note “{}” is another chapter's, and its number {} is another note's in this one; write the note "
    "here too, with a label of its own; or number through the book (`notes: {{numbering: book}}`) [note-ambiguous]"
)
UNCALLED = (
    "warning: nothing calls the note “{0}”; it is kept, without a number; "
    "write `[^{0}]` in the text where it belongs [note-uncalled]"
)
RING = (
    "warning: nothing calls the note “{0}” from the text; it is kept, behind the others; "
    "write `[^{0}]` in the text where it belongs [note-uncalled]"
)

FAULTS: dict[str, tuple[str, list[str]]] = {
    "undefined": ("Word.[^x]\n", ["4:6: error: the note “x” is called here, but defined nowhere; " + UNDEFINED.format("x")]),
    "undefined in a note": (
        "Word.[^a]\n\n[^a]: Note.[^b]\n",
        ["6:12: error: the note “b” is called here, but defined nowhere; " + UNDEFINED.format("b")],
    ),
    "undefined in a quotation": (
        "> - Word.[^x]\n",
        ["4:10: error: the note “x” is called here, but defined nowhere; " + UNDEFINED.format("x")],
    ),
    "uncalled": ("Word.\n\n[^x]: Note.\n", ["6:1: " + UNCALLED.format("x")]),
    "uncalled, with a call": ("Word.\n\n[^x]: Note.[^y]\n\n[^y]: Note.\n", ["6:1: " + UNCALLED.format("x")]),
    "a ring": ("Word.\n\n[^x]: Note.[^y]\n\n[^y]: Note.[^x]\n", ["6:1: " + RING.format("x")]),
    "calls itself": ("Word.\n\n[^x]: Note.[^x]\n", ["6:1: " + RING.format("x")]),
    "another chapter's, with a number of this one": (
        "# A\n\nWord.[^x]\n\n# B\n\nWord.[^y][^x] And[^x] more.[^y]\n\n# C\n\nWord.[^x]\n\n[^x]: One.\n\n[^y]: Two.\n",
        ["10:10: " + AMBIGUOUS.format("x", 1), "10:18: " + AMBIGUOUS.format("x", 1)],
    ),
    "defined twice": (
        "Word.[^x]\n\n[^x]: One.\n\n> [^x]: Two.\n",
        ["8:3: error: the note “x” is defined in line 6 and again in line 8; give one of them another label [note-duplicate]"],
    ),
    "a space in the label": ("Word.[^a b]\n", ["4:6: " + MALFORMED.format("[^a b]", SPACED)]),
    "a space in a definition": ("Word.\n\n[^a b]: Note.\n", ["6:1: " + MALFORMED.format("[^a b]", SPACED)]),
    "a space in a definition that is called": (
        "Word.[^a b]\n\n[^a b]: http://note.example\n",
        ["4:6: " + MALFORMED.format("[^a b]", ADDRESS), "6:1: " + MALFORMED.format("[^a b]", SPACED)],
    ),
    "no label": (
        "Word.[^]\n",
        ["4:6: " + MALFORMED.format("[^]", "it has no label; write `[^label]`, or `\\[^]` for the letters themselves")],
    ),
    "not closed": ("Word.[^a and more\nand more.\n", ["4:6: " + MALFORMED.format("[^a and more", SPACED)]),
    "an address behind": ("Word.[^x](https://a.example)\n", ["4:6: " + MALFORMED.format("[^x]", ADDRESS)]),
    "a reference behind": ("Word.[^x][y]\n\n[y]: https://a.example\n", ["4:6: " + MALFORMED.format("[^x]", ADDRESS)]),
    "inline, not closed": ("Word.^[a note\n", ["4:6: " + MALFORMED.format("^[a note", UNCLOSED)]),
    "inline, over blocks": ("Word.^[a\n\nnote]\n", ["4:6: " + MALFORMED.format("^[a", UNCLOSED)]),
    "inline in a note": ("Word.^[a ^[b [c] note]\n", ["4:6: " + MALFORMED.format("^[a ^[b [c]", UNCLOSED)]),
    "in alternative text": (
        "Word ![alt[^x]](a.png)\n\n[^x]: Note.\n",
        ["4:6: error: there is no image", "4:11: " + MALFORMED.format("[^x]", IN_ALT)],
    ),
    "in a figure's alternative text": (
        "![alt^[Note.]](a.png)\n", ["4:1: error: there is no image", "4:6: " + MALFORMED.format("^[Note.]", IN_ALT)],
    ),
    "without text": ("Word.[^x]\n\n[^x]:\nText.\n", ["6:1: " + MALFORMED.format("[^x]", EMPTY)]),
    "without text but a tag": (
        "Word.[^x]\n\n[^x]: <i></i>\n", ["6:1: " + MALFORMED.format("[^x]", EMPTY)],
    ),
    "a definition and nothing else": (
        "Word.[^x][^y]\n\n[^x]:\n\n    [^y]: Note.\n", ["6:1: " + MALFORMED.format("[^x]", EMPTY)],
    ),
    "inline, without text": (
        "Word.^[ ]\n", ["4:6: " + MALFORMED.format("^[ ]", "it has no text; write its text between the brackets")],
    ),
    "in a link": ("[Word.[^x]](https://a.example)\n\n[^x]: Note.\n", ["4:7: " + IN_LINK]),
    "inline in a link": ("[*Word.^[Note.]* more](#x)\n\n{#x}\nText.\n", ["4:8: " + IN_LINK]),
    "in a link in a note": ("Word.^[See [this[^x]](#x).]\n\n[^x]: Note.\n\n{#x}\nText.\n", ["4:17: " + IN_LINK]),
    "reference to none": (
        "[](#note:x)\n", ["4:1: error: the note “x” is called here, but defined nowhere; " + UNDEFINED.format("x")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_said_at_its_place(text: str, expected: list[str]) -> None:
    book, said = book_of(text)
    # Of what is said about missing images only the place matters here.
    assert [re.sub(r"(no image).*", r"\1", each) for each in said] == [f"a.md:{each}" for each in expected]
    assert (book is None) == any(": error: " in each for each in said)


NO_NOTES = {
    "escaped call": r"Word.\[^x]",
    "escaped inline note": r"Word^\[x]",
    "in code": "`[^x]` and `^[y]`",
    "in a code block": "    [^x]: y ^[z]",
    "a power": "x^2 and ^ [y]",
}


@pytest.mark.parametrize("text", NO_NOTES.values(), ids=NO_NOTES)
def test_what_is_no_note_stays_as_it_is(text: str) -> None:
    assert sound(text).notes == ()


# -- where a note may be called, and where defined ----------------------------------------------------------

PLACES = {
    "emphasis": "A *word.[^1]*",
    "a heading": "## Word[^1]\n\nText.",
    "a setext heading": "Word[^1]\n---\n\nText.",
    "a quotation": "> > Word.[^1]",
    "a source line": "> Word.\n>\n> — Source[^1]",
    "a list": "1. - Word.[^1]",
    "a term": "Word[^1]\n: Text.",
    "a definition": "Word\n: Text.[^1]",
    "a cell": "| a |\n|---|\n| word[^1] |",
    "a head cell": "| word[^1] |\n|---|\n| b |",
    "verse": "{.verse}\n> A\n> line.[^1]",
    "a line block": "| A\n|   line.[^1]",
    "words with attributes": "[Word.[^1]]{lang=fr}",
    "raw HTML": "<small>Word.[^1]</small>",
    "the end of a link": "[Word](https://a.example)[^1]",
    "a bracket": "[Word.[^1]] (so)",
    "a word's middle": "Wo[^1]rd",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_note_may_be_called_in(text: str) -> None:
    by_label = sound(f"{text}\n\n[^1]: Note.\n")
    inline = sound(text.replace("[^1]", "^[Note.]"))
    assert summary(by_label) == ["1=1(1)"]
    assert summary(inline) == ["^1=1(1)"]
    assert [text_of(note) for note in (*by_label.notes, *inline.notes)] == ["Note.", "Note."]


def test_a_note_may_be_called_in_a_caption() -> None:
    book, said = book_of('![alt](a.png "Caption[^1]")\n\n[^1]: Note.\n')
    assert book is None and len(said) == 1 and "image-missing" in said[0]


DEFINITIONS = {
    "blocks": (
        "a[^1]\n\n[^1]: One.\n    Still one.\n\n    Two.\n\n    - three\n\n    > four\n\n        five\n\nNot six.",
        "One. Still one. / Two. / three / four / five",
    ),
    "begins with a list": ("a[^1]\n\n[^1]: - one\n    - two", "one two"),
    "a table": ("a[^1]\n\n[^1]: One.\n\n    | a |\n    |---|\n    | b |", "One. / a b"),
    "a heading": ("a[^1]\n\n[^1]: ## One\n\n    Two.", "One / Two."),
    "lazy lines": ("a[^1]\n\n[^1]: One\ntwo.", "One two."),
    "in a quotation": ("> a[^1]\n>\n> [^1]: One.\n>\n>     Two.\n>\n> b", "One. / Two."),
    "in a list": ("- a[^1]\n\n  [^1]: One.\n\n  b", "One."),
    "in a definition": ("a\n: b[^1]\n\n    [^1]: One.", "One."),
    "before its call": ("[^1]: One.\n\na[^1]", "One."),
    "behind a paragraph's line": ("a[^1]\n[^1]: One.", "One."),
    "an odd label": ("a[^*ü/1]\n\n[^*ü/1]: One.", "One."),
    "verse": ("a[^1]\n\n[^1]: | One\n    | two", "One two"),
}


@pytest.mark.parametrize(("text", "says"), DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_note_may_be_defined(text: str, says: str) -> None:
    book = sound(text)
    assert [text_of(note) for note in book.notes] == [says]
    assert len(list(calls(book.chapters[0].blocks))) == 1
    assert "footnote_reference" not in {
        node.type for block in book.chapters[0].blocks for node in block.walk()
    }


def test_what_held_nothing_but_definitions_goes_with_them() -> None:
    book = sound("a[^1][^2]\n\n> [^1]: One.\n\n- [^2]: Two.\n- Three.\n")
    assert [block.type for block in book.chapters[0].blocks] == ["paragraph", "bullet_list"]
    assert len(book.chapters[0].blocks[1].children) == 1


def test_a_definition_may_stand_in_another_one() -> None:
    book = sound("a[^1] b[^2]\n\n[^1]: One.\n\n    [^2]: Two.\n\n    More.\n")
    assert [text_of(note) for note in book.notes] == ["One. / More.", "Two."]


# -- numbers ------------------------------------------------------------------------------------------------

NUMBERS = {
    "in the order of first calls": ("a[^z] b[^y] c[^z]\n\n[^y]: Y.\n\n[^z]: Z.", ["z=1(2) y=2(1)"]),
    "inline and by label": ("a^[X.] b[^y] c^[Z.]\n\n[^y]: Y.", ["^1=1(1) y=2(1) ^2=3(1)"]),
    "a note in a note follows it": (
        "a[^1] b[^2]\n\n[^1]: One.[^3]\n\n[^2]: Two.\n\n[^3]: Three.", ["1=1(1) 3=2(1) 2=3(1)"],
    ),
    "inline in inline": ("a^[One. ^[Two. ^[Three.]]] b^[Four.]", ["^1=1(1) ^2=2(1) ^3=3(1) ^4=4(1)"]),
    "called by two notes": (
        "a[^1] b[^2]\n\n[^1]: One.[^3]\n\n[^2]: Two.[^3]\n\n[^3]: Three.", ["1=1(1) 3=2(2) 2=3(1)"],
    ),
    "a ring": ("a[^1]\n\n[^1]: One.[^2]\n\n[^2]: Two.[^1]", ["1=1(2) 2=2(1)"]),
    "calls itself": ("a[^1]\n\n[^1]: One.[^1]", ["1=1(2)"]),
    "a heading's first": ("## a[^2]\n\nb[^1]\n\n[^1]: One.\n\n[^2]: Two.", ["2=1(1) 1=2(1)"]),
    "the title's first": ("# T[^2]\n\nb[^1]\n\n[^1]: One.\n\n[^2]: Two.", ["2=1(1) 1=2(1)"]),
    "a table row by row": ("| a^[1] | b^[2] |\n|---|---|\n| c^[3] | d^[4] |", ["^1=1(1) ^2=2(1) ^3=3(1) ^4=4(1)"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(text: str, expected: list[str]) -> None:
    assert summary(sound(text)) == expected


IN_A_BOOK = """\
Opening.[^o]

# One

a[^1] b[^2]

# Two

c[^3] d[^1] e^[Inline.]

[^o]: Opening.
[^1]: One.
[^2]: Two.[^3]
[^3]: Three.
[^4]: Never called.[^5]
[^5]: Called by that.
"""


@pytest.mark.parametrize(
    ("numbering", "expected", "codes"),
    [
        ("chapter", ["o=1(1)", "1=1(2) 2=2(1) 3=3(2)", "^1=1(1) 5=2(1) 4=-(0)"], ["[note-ambiguous]", "[note-uncalled]"]),
        ("book", ["o=1(1)", "1=2(2) 2=3(1) 3=4(2)", "^1=5(1) 5=6(1) 4=-(0)"], ["[note-uncalled]"]),
    ],
)
def test_numbers_in_a_book(numbering: str, expected: list[str], codes: list[str]) -> None:
    front = f"---\ntitle: T\noctopub: {{notes: {{numbering: {numbering}}}}}\n---\n"
    book, said = book_of(IN_A_BOOK, front)
    assert book is not None and [each.rpartition(" ")[2] for each in said] == codes
    assert summary(book) == expected
    assert [note.label for note in book.notes] == ["o", "1", "2", "3", "^1", "5", "4"]


def test_a_book_begins_afresh_and_an_essay_does_not() -> None:
    text = "# A\n\na^[1]\n\n# B\n\nb^[2]\n"
    assert summary(sound(text)) == ["^1=1(1)", "^2=1(1)"]
    assert summary(sound(text, "---\ntitle: T\noctopub: {kind: essay}\n---\n")) == ["^1=1(1) ^2=2(1)"]


def test_each_call_knows_its_note_and_has_an_anchor_of_its_own() -> None:
    book = sound("# A[^1]\n\na[^1] b^[B.[^1]]\n\n# B\n\nc[^1]\n\n[^1]: One.\n")
    found = [
        (call.meta["note"], call.meta["number"], call.meta["call"], call.meta["first"])
        for chapter in book.chapters
        for call in calls(chapter.blocks)
    ]
    first, inline = book.notes
    assert found == [
        (first.id, 1, first.calls[0], True),
        (first.id, 1, first.calls[1], False),
        (inline.id, 2, inline.calls[0], True),
        (first.id, 1, first.calls[3], False),
    ]
    assert len({*first.calls, *inline.calls}) == 5


def test_the_anchors_of_notes_step_aside() -> None:
    book = sound("## Note 1\n\n## Call {#call-1-2}\n\na^[B.]\n")
    assert (book.notes[0].id, book.notes[0].calls) == ("note-1-2", ("call-1-2-2",))


def test_a_heading_without_its_calls() -> None:
    book = sound('## One[^1] *two*^[Inline.] "three"\n\nSee [](#one-two-three).\n\n[^1]: Note.\n')
    (section,) = book.chapters[0].sections
    assert (section.id, section.text) == ("one-two-three", "One two “three”")
    assert len(list(calls(section.content))) == 2
    assert book.anchors["one-two-three"] == "One two “three”"


def test_a_reference_has_the_number_of_its_note() -> None:
    book = sound("a[^x] b[^y], note [](#note:y).\n\n[^x]: X.\n[^y]: Y, not [](#note:x).\n")
    links = [node for block in book.chapters[0].blocks for node in block.walk() if node.type == "link"]
    assert [(link.meta["words"], link.meta["anchor"]) for link in links] == [("2", book.notes[1].id)]


SPANS = {
    "a definition": ("a[^x]\n\n> [^x]: One.\n>     Two.\n", (6, 3, 7, 11)),
    "inline": ("ab *c^[One\n[two](#x)] d*\n\n{#x}\ne\n", (4, 6, 5, 11)),
}


@pytest.mark.parametrize(("text", "span"), SPANS.values(), ids=SPANS)
def test_the_span_of_a_note(text: str, span: tuple[int, int, int, int]) -> None:
    (note,) = sound(text).notes
    assert (note.span.line, note.span.column, note.span.end_line, note.span.end_column) == span
