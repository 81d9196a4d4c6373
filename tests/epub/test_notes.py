"""Notes: two-way links that readers pop up, in whatever file they stand."""

from __future__ import annotations

import pytest

from tests.epub.opened import BOOKS, TYPE, XHTML, Element, Opened, book, opened, words

each_book = pytest.mark.parametrize(("name", "largest"), BOOKS)


def calls(epub: Opened) -> list[tuple[str, Element]]:
    return list(epub.typed("noteref"))


def notes(epub: Opened) -> list[tuple[str, Element]]:
    return list(epub.typed("footnote"))


@each_book
def test_every_call_leads_to_its_note_and_the_note_back_to_every_call(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    led: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for link in epub.links():
        if link.element.get("role") == "doc-noteref":
            led.setdefault((link.target, link.anchor), []).append((link.file, str(link.element.attrib["id"])))
            note = epub.find(link.target, link.anchor)
            assert note.get("role") == "doc-footnote"
            assert words(note).split()[0] == words(link.element), "a call shows its note's number"
    for file, note in notes(epub):
        back = [
            (link.target, link.anchor)
            for link in epub.links()
            if link.file == file
            and link.element.get("class") == "note-back"
            and note in link.element.iterancestors()
        ]
        assert back == led.get((file, str(note.attrib["id"])), [])


@each_book
def test_the_number_stands_first_and_leads_back(name: str, largest: int | None) -> None:
    """Kindle knows a note by two links that lead to each other, and wants its number first."""
    epub = book(name, largest)
    for _, note in notes(epub):
        first = note.find(f"{XHTML}p/{XHTML}a")
        if first is not None and first.get("class") == "note-number":
            assert first.get("role") == "doc-backlink"
            assert "".join(map(str, note.itertext())).startswith(words(first))


@each_book
def test_a_call_is_a_raised_link_without_markup_inside(name: str, largest: int | None) -> None:
    """Apple Books shows no pop-up for a link that holds a `sup`."""
    for _, call in calls(book(name, largest)):
        parent = call.getparent()
        assert len(call) == 0
        assert parent is not None and parent.tag == f"{XHTML}sup"
        assert call.get("role") == "doc-noteref"


@each_book
def test_a_note_is_a_block_that_is_seen(name: str, largest: int | None) -> None:
    """Apple Books hides an `aside`, Okular finds no id on one; a reader who does not pop up reads on."""
    epub = book(name, largest)
    assert {note.tag for _, note in notes(epub)} <= {f"{XHTML}div"}
    sections = {section for _, note in notes(epub) for section in [note.getparent()]}
    assert all(section is not None and section.get("role") == "doc-endnotes" for section in sections)


def test_at_the_end_of_the_chapter() -> None:
    epub = book("book")
    held = {name: [words(note)[:11] for file, note in notes(epub) if file == name] for name in epub.texts}
    assert held == {
        "text-1.xhtml": [],
        "text-2.xhtml": [
            "1 Colza oil", "2 A wick is", "3 A call in", "4 Struck by", "5 With a pe", "6 The light",
        ],
        "text-3.xhtml": ["1 A note of", "2 A note th"],
        "text-4.xhtml": ["1 The last ", "A note that"],
    }  # fmt: skip


def test_at_the_end_of_the_book() -> None:
    epub = book("at-end")
    assert {file for file, _ in notes(epub)} == {"notes.xhtml"}
    headings = [words(h) for h in epub.documents["notes.xhtml"].iter(f"{XHTML}h1", f"{XHTML}h2")]
    assert headings == ["Notes", "Uphill", "Downhill"]


def test_at_the_end_of_the_book_in_several_files() -> None:
    """Each file says whose notes it holds."""
    epub = book("at-end", 1_000)
    files = [name for name in epub.spine if name.startswith("notes")]
    shown = [
        [words(each)[:8] for each in epub.documents[name].iter(f"{XHTML}h1", f"{XHTML}h2", f"{XHTML}div")]
        for name in files
    ]
    assert dict(zip(files, shown, strict=True)) == {
        "notes.xhtml": ["Notes", "Uphill", "1 Three ", "2 Granit"],
        "notes-2.xhtml": ["Notes", "Downhill", "1 Five m", "Nothing "],
    }


def test_a_note_called_twice_has_two_ways_back_with_names_of_their_own() -> None:
    epub = opened("Once[^1] and again.[^1]\n\n[^1]: The note.\n")
    ((_, note),) = notes(epub)
    labels = [a.get("aria-label") for a in note.iter(f"{XHTML}a")]
    assert labels == ["1. Back to the text", "Back to the text 1", "Back to the text 2"]
    assert words(note) == "1 The note. ↩\ufe0e ↩\ufe0e"


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        ("[^1]: One.", [("p", "1 One. ↩")]),
        ("[^1]: One.\n\n    Two.", [("p", "1 One."), ("p", "Two. ↩")]),
        ("[^1]: - One.", [("p", "1"), ("ul", "One."), ("p", "↩")]),
        ("[^1]: One.\n\n    > Two.", [("p", "1 One."), ("blockquote", "Two."), ("p", "↩")]),
        ("[^1]:\n\n        code", [("p", "1"), ("pre", "code"), ("p", "↩")]),
    ],
    ids=["a paragraph", "two", "a list first", "a quotation last", "code"],
)
def test_where_number_and_way_back_stand(definition: str, shown: list[tuple[str, str]]) -> None:
    ((_, note),) = notes(opened(f"Text.[^1]\n\n{definition}\n"))
    blocks = [(str(block.tag).removeprefix(XHTML), words(block).replace("\ufe0e", "")) for block in note]
    assert blocks == shown


def test_a_note_that_nothing_calls_has_no_number_and_no_way_back() -> None:
    epub = opened("Text.[^a]\n\n[^a]: Called.\n\n[^b]: Not called.\n")
    ((_, called), (_, lost)) = notes(epub)
    assert words(lost) == "Not called."
    assert [
        section.get("class") for section in (called.getparent(), lost.getparent()) if section is not None
    ] == [
        "notes",
        "notes",
    ]
    assert called.getparent() is not lost.getparent()


def test_a_type_that_readers_look_for() -> None:
    epub = book("book")
    assert {call.get(TYPE) for _, call in calls(epub)} == {"noteref"}
    assert {note.get(TYPE) for _, note in notes(epub)} == {"footnote"}
