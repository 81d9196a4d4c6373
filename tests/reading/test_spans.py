"""Where everything stands: lines and columns of nodes, and the place of every word that is printed."""

import re
from collections.abc import Iterator

import pytest
from markdown_it.tree import SyntaxTreeNode as Node

from octopub.markup import pages, words, xhtml
from octopub.markup.scribe import Setting, Stream
from octopub.model import Book, NotesPlace, Target
from octopub.reading.book import Surroundings, read
from octopub.reading.source import decode, locate
from octopub.reading.spans import span
from tests.tools import ROOT

GOLDEN = ROOT / "tests/golden"

UNPRINTED = ("root", "inline", "text", "softbreak", "hardbreak")
"""Nodes without markup of their own."""


def read_text(text: str) -> Book:
    source, _ = decode(text.encode(), "a.md")
    assert source is not None
    book, said = read(source, Surroundings(folder=GOLDEN / "figures", root=GOLDEN / "figures"))
    assert book is not None, said
    return book


def nodes(book: Book) -> Iterator[Node]:
    """All nodes of a book, with those of its notes."""
    for chapter in book.chapters:
        for block in (*chapter.blocks, *(block for note in chapter.notes for block in note.blocks)):
            yield from block.walk()


def places(text: str) -> list[str]:
    """The markup of a text: for each node with marks of its own its type, line and column."""
    book = read_text(text)
    found = []
    for node in nodes(book):
        if node.type not in UNPRINTED and not (node.type == "paragraph" and node.hidden):
            place = span(node, book.source)
            found.append(f"{node.type} {place.line}:{place.column}")
    return found


PLACES = {
    "a paragraph": ("One *two* `three`", ["paragraph 1:1", "em 1:5", "code_inline 1:11"]),
    "lines with indentation": (
        "One\n   *two*\n      **three**\n \t`four`",
        ["paragraph 1:1", "em 2:4", "strong 3:7", "code_inline 4:3"],
    ),
    "after front matter": ("---\ntitle: T\n---\n\n*One*", ["paragraph 5:1", "em 5:1"]),
    "Windows line ends and a mark": ("\ufeffOne\r\n*two*\r\n\r\n*three*", ["paragraph 1:1", "em 2:1", "paragraph 4:1", "em 4:1"]),
    "a heading": ("## # *One* `#` ##", ["heading 1:1", "em 1:6", "code_inline 1:12"]),
    "a setext heading": ("  One\n  *two*\n---", ["heading 1:3", "em 2:3"]),
    "a quotation": ("> > *One*\n> *two*\n*three*", ["blockquote 1:1", "blockquote 1:3", "paragraph 1:5", "em 1:5", "em 2:3", "em 3:1"]),
    "a list": (
        "1. 1 *one*\n   *two*\n2. - *three*",
        ["ordered_list 1:1", "list_item 1:1", "em 1:6", "em 2:4", "list_item 3:1", "bullet_list 3:4", "list_item 3:4", "em 3:6"],
    ),
    "a list with tabs": ("-\t*one*\n\n\t*two*", ["bullet_list 1:1", "list_item 1:1", "paragraph 1:3", "em 1:3", "paragraph 3:2", "em 3:2"]),
    "definitions": ("A *b*\n:   C *d*\n\n    *e*", ["dl 1:1", "dt 1:1", "em 1:3", "dd 2:1", "paragraph 2:5", "em 2:7", "paragraph 4:5", "em 4:5"]),
    "a table": (
        "| a | *b* |\n|---|---|\n| a | a *a* |\n| `a \\| b` \\| *c* \\| *d* | *e* |",
        [
            "table 1:1", "thead 1:1", "tr 1:1", "th 1:3", "th 1:7", "em 1:7",
            "tbody 3:1", "tr 3:1", "td 3:3", "td 3:7", "em 3:9",
            "tr 4:1", "td 4:3", "code_inline 4:3", "em 4:15", "em 4:22", "td 4:28", "em 4:28",
        ],
    ),
    "a table in a quotation": ("> a|*a*\n> -|-\n> *b*|c", ["blockquote 1:1", "table 1:3", "thead 1:3", "tr 1:3", "th 1:3", "th 1:5", "em 1:5", "tbody 3:3", "tr 3:3", "td 3:3", "em 3:3", "td 3:7"]),
    "a line block": ("> |   a *b*\n>   *c*\n> | *d*", ["blockquote 1:1", "verse 1:3", "stanza 1:3", "verse_line 1:3", "em 1:9", "em 2:5", "verse_line 3:3", "em 3:5"]),
    "a figure": (
        'A\n\n> ![a *b*\n> c](dot.png\n>   "d *e*\n> *f*")',
        ["paragraph 1:1", "blockquote 3:1", "figure 3:3", "image 3:3", "em 3:7", "caption 5:6", "em 5:8", "em 6:3"],
    ),
    "a caption from afar": ('![a][b]\n\nC\n\n[b]: dot.png "d *e*"', ["figure 1:1", "image 1:1", "caption 5:15", "em 5:17", "paragraph 3:1"]),
    "an image in a line": ("a ![b *c*](dot.png)", ["paragraph 1:1", "image 1:3", "em 1:7"]),
    "an inline note": (
        "a^[b *c*\n  ^[*d*] e]",
        ["paragraph 1:1", "note_inline 1:2", "em 1:6", "note_inline 2:3", "em 2:5",
         "paragraph 1:4", "em 1:6", "note_inline 2:3", "em 2:5", "paragraph 2:5", "em 2:5"],
    ),
    "a note": ("a[^x]\n\n[^x]: b *c*\n\n    - *d*", ["paragraph 1:1", "footnote_ref 1:2", "paragraph 3:7", "em 3:9", "bullet_list 5:5", "list_item 5:5", "em 5:7"]),
    "links and words": ("[a *b*](https://a.b) [c *d*]{.e}", ["paragraph 1:1", "link 1:1", "em 1:4", "span 1:22", "em 1:25"]),
    "raw HTML": ("a <b>*c*</b> &amp; \\*", ["paragraph 1:1", "raw 1:3", "em 1:6", "text_special 1:14", "text_special 1:20"]),
    "code": ("a\n\n    b\n\n> ```\n> c\n> ```", ["paragraph 1:1", "code_block 3:5", "blockquote 5:1", "fence 5:3"]),
    "after a comment": ("<!-- a\n\nb --> \n*c*", ["paragraph 4:1", "em 4:1"]),
    "after attributes": ("{.a}\n*c*", ["paragraph 2:1", "em 2:1"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_places(text: str, expected: list[str]) -> None:
    title = "---\ntitle: T\n---\n"
    assert places(text) == expected
    if not text.startswith(("---", "\ufeff")):
        moved = [re.sub(r"(\d+):", lambda line: f"{int(line[1]) + 3}:", place) for place in expected]
        assert places(title + text) == moved


ENDS = {
    "a paragraph": ("One\ntwo.\n\nThree.", "paragraph", (1, 1, 2, 5)),
    "a heading": ("## One ##\n\nTwo.", "heading", (1, 1, 1, 10)),
    "a quotation": ("> One\n> two.\n\nThree.", "blockquote", (1, 1, 2, 7)),
    "text": ("*One* two.", "text", (1, 2, 1, 5)),
}


@pytest.mark.parametrize(("text", "kind", "expected"), ENDS.values(), ids=ENDS)
def test_a_span_ends_where_the_node_does(text: str, kind: str, expected: tuple[int, ...]) -> None:
    book = read_text(text)
    place = span(next(node for node in nodes(book) if node.type == kind), book.source)
    assert (place.line, place.column, place.end_line, place.end_column) == expected


# -- the place of every printed word ----------------------------------------------------------------------

SYNTHETIC = """\
---
title: A book of everything
lang: en-GB
---

"Quoted -- words" of *"the opening"* in 1914-18, on p.
  12... `code -- here` &amp; *more*^["Inline", with `  code`
and -- *two* lines.].

# Chapter "one"[^n] ##

> A quotation -- of "two
> lines", one \\*escaped\\*, and
lazy.
>
> -- Its *source*

- Tight "items"
  - nested -- items

1. 1 loose "item"

   ```python
   code("in a list")
   {tab}tabbed
   ```

| Head | "Head" |
|------|--------|
| `a \\|` c | d \\| *"e"* -- f[^n] |
| 1 | 1 1 |

{.verse}
> Verse -- of *"two
> lines"*
> and [a link](#chapter-one).

| A line   block
|     indented -- "here"
  and continued

Term "one"
:   Definition -- one

    [Deutsch "-- hier"]{lang=de} and <small>"small"</small> print.

[^n]: A "note" -- with

    - a list

    > and a quotation

    {tab}and code
""".replace("{tab}", "\t")


def test_every_printed_word_of_the_essay_is_found_at_its_place() -> None:
    path = ROOT / "manuscript/october-1917.md"
    source, _ = decode(path.read_bytes(), "october-1917.md")
    assert source is not None
    book, _ = read(source, Surroundings(folder=path.parent, root=path.parent))
    assert book is not None
    assert unplaced(book) == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_printed_word_of_a_synthetic_book_is_found_at_its_place(ends: str) -> None:
    assert unplaced(read_text(SYNTHETIC.replace("\n", ends))) == []


def unplaced(book: Book) -> list[str]:
    """The words that the manuscript does not have where their streams say: `word 3:5 …`."""
    wrong = []
    for stream in streams(book):
        for index, word in placed_words(stream):
            at = stream.place(index)
            assert at is not None
            if not begins(book.source.text[at : at + 80], word):
                place = locate(book.source, at, at)
                wrong.append(f"{word} {place.line}:{place.column} {book.source.text[at : at + 20]!r}")
    return wrong


def streams(book: Book) -> list[Stream]:
    """The streams of the book's chapters as they are printed."""
    found: list[Stream] = []
    setting = Setting(
        book=book,
        target=Target.PRINT,
        words=words.lookup("en"),
        notes=NotesPlace.PAGE,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
    )
    pages.masthead(setting, found)
    for chapter in book.chapters:
        xhtml.chapter(chapter, setting, found)
    return found


def placed_words(stream: Stream) -> Iterator[tuple[int, str]]:
    """The words that come from the manuscript, each with the index of its first letter."""
    for start, (text, _) in zip(stream.starts, stream.placed, strict=True):
        index = start
        for word in text.split():
            letters = re.sub("[\u00ad\u200b\u2060\ufeff]", "", word)
            if letters:
                yield index, letters
            index += len(letters)


def begins(source: str, word: str) -> bool:
    """Whether a stretch of the manuscript begins with a word, up to typography."""
    return plain(source).startswith(plain(word))


def plain(text: str) -> str:
    """A text without escapes, and with one kind of mark and of dash."""
    text = re.sub(r"\\(?=[^\w\s])", "", text).replace("&amp;", "&").replace("...", "…")
    return re.sub("-+|[–—]", "-", re.sub('[‘’“”„«»‹›"]', "'", text))


def test_a_place_that_is_wrong_is_noticed() -> None:
    stream = Stream(0, "")
    stream.add("One two", 4)
    assert [(stream.place(index), word) for index, word in placed_words(stream)] == [(4, "One"), (8, "two")]
    assert begins('-- "two"', "—") and begins('"two"', "“two”") and not begins("One two", "two")


def test_octopubs_own_words_stand_where_those_before_them_do() -> None:
    stream = Stream(0, "")
    stream.add("1", None)
    stream.add(" One", 4)
    stream.add("own words", None)
    assert [stream.place(index) for index in (0, 1, 3, 4, 8)] == [None, 5, 5, 5, 5]
