"""How a book is divided into files, and that nothing is lost at the seams."""

from __future__ import annotations

import pytest

from tests.epub.opened import XHTML, Opened, book, opened, words
from tests.tools import epub_text
from tests.tools import words as words_of

ROOMY = 10_000_000


def shape(epub: Opened) -> list[str]:
    """What the files of the text hold: the first letter of each block, and notes as *."""
    shown = []
    for document in epub.texts.values():
        (section,) = document.iterfind(f"{XHTML}body/{XHTML}section")
        shown.append("".join("*" if block.tag == f"{XHTML}section" else words(block)[0] for block in section))
    return shown


def text(blocks: str) -> str:
    """A text with a paragraph of 100 letters for each small letter and a heading for each capital."""
    return "\n\n".join(f"## {each}" if each.isupper() else each * 100 for each in blocks)


# Each is reckoned at 145 bytes: six fit into 900, seven do not.
@pytest.mark.parametrize(
    ("blocks", "files"),
    [
        ("abcdef", ["abcdef"]),
        ("abcdefg", ["abcdef", "g"]),
        ("abcdefghijklm", ["abcdef", "ghijkl", "m"]),
        ("abcdEfg", ["abcd", "Efg"]),
        ("abcdEFg", ["abcd", "EFg"]),
        ("aBcdefg", ["aBcdef", "g"]),
        ("abcdefG", ["abcdef", "G"]),
        ("abcdeFg", ["abcde", "Fg"]),
        ("ABCDEFg", ["A", "BCDEFg"]),
    ],
    ids=[
        "it fits",
        "between two paragraphs",
        "twice",
        "before a late heading",
        "before the first of two",
        "not before an early one",
        "before one that has no room",
        "not behind one",
        "between headings where there is nothing else",
    ],
)
def test_where_a_chapter_is_parted(blocks: str, files: list[str]) -> None:
    assert shape(opened(f"---\ntitle: A\n---\n\n{text(blocks)}\n", largest=900)) == files


NOTES = "\n\n".join(f"[^{number}]: {'n' * 100}" for number in range(1, 5))


@pytest.mark.parametrize(
    ("largest", "files"),
    [(ROOMY, ["a*"]), (1_900, ["a", "*"]), (1_000, ["a", "*", "*"])],
    ids=["behind the text", "in a file of their own", "in several"],
)
def test_where_many_notes_stand(largest: int, files: list[str]) -> None:
    calls = "".join(f"[^{number}]" for number in range(1, 5))
    assert shape(opened(f"aaaa{calls}\n\n{NOTES}\n", largest=largest)) == files


def test_a_block_that_is_too_large_has_a_file_of_its_own() -> None:
    assert shape(opened(f"a\n\n{'b' * 1_000}\n\nc\n", largest=500)) == ["a", "b", "c"]


ITEM = "w" * 100

LARGE = {
    "a list": ("- {}\n", 9, "ul/li"),
    "a numbered list": ("1. {}\n", 9, "ol/li"),
    "definitions": ("{}\n: {}\n\n", 9, "dl/dt"),
    "a quotation": ("> {}\n>\n", 9, "blockquote/p"),
    "a table": ("| {} |\n", 9, "div/table/tbody/tr"),
}


@pytest.mark.parametrize(("pattern", "count", "path"), LARGE.values(), ids=LARGE)
def test_a_block_that_is_too_large_is_parted_where_it_has_seams(pattern: str, count: int, path: str) -> None:
    rows = [pattern.format(*[f"{number}{ITEM}"] * 2) for number in range(count)]
    if "|" in pattern:
        rows[:0] = ["| Head |\n", "|------|\n"]
    text = f"Before.\n\n{{#whole .some}}\n{''.join(rows)}\nBehind it.\n"
    whole, parted = opened(text, largest=ROOMY), opened(text, largest=1_000)
    below = path.replace("/", f"/{XHTML}")
    found = [document.findall(f"{XHTML}body/{XHTML}section/{XHTML}{below}") for document in parted.texts.values()]
    assert len([items for items in found if items]) > 1
    assert sum(map(len, found)) == count
    assert said(parted) == said(whole)
    assert [name for name in parted.texts if "whole" in parted.ids(name)] == ["text-1.xhtml"]
    assert max(len(parted.files[name]) for name in parted.texts) < 2_200


def test_a_parted_list_counts_on() -> None:
    items = "".join(f"{number}. {ITEM}\n" for number in range(5, 14))
    lists = [each for document in opened(items, largest=500).texts.values() for each in document.iter(f"{XHTML}ol")]
    counted = 5
    assert len(lists) > 2
    for each in lists:
        assert each.get("start") == str(counted)
        counted += len(each)
    assert counted == 14


def test_the_source_of_a_quotation_stays_with_words() -> None:
    epub = opened(f"> {ITEM}\n>\n> {ITEM}\n>\n> — Somebody\n", largest=200)
    (source,) = [each for document in epub.texts.values() for each in document.iter(f"{XHTML}p") if each.get("class")]
    assert (source.get("class"), words(source)) == ("source", "— Somebody")


@pytest.mark.parametrize(
    ("name", "largest"), [("october-1917", 12_000), ("book", 3_000), ("at-end", 1_000), ("hebrew", 100)]
)
def test_nothing_is_lost_at_the_seams(name: str, largest: int) -> None:
    whole, parted = book(name), book(name, largest)
    assert len(parted.texts) > len(whole.texts)
    assert said(parted) == said(whole)


def said(epub: Opened) -> list[str]:
    """The words of the text and its notes. The heading above notes stands in each file that has some."""
    texts = epub_text(epub.data)
    return [word for name in epub.texts for word in words_of(texts[f"EPUB/{name}"]) if word != "Notes"]


@pytest.mark.parametrize(("name", "largest"), [("october-1917", 12_000), ("book", 3_000)])
def test_files_are_about_as_large_as_was_reckoned(name: str, largest: int) -> None:
    """With the usual limit they stay below the 300 kB that old readers take."""
    epub = book(name, largest)
    sizes = [len(epub.files[name]) for name in epub.texts]
    assert max(sizes) < largest * 1.25
    assert sum(sizes) > largest * 0.4 * len(sizes)


def test_a_chapter_begins_once() -> None:
    """Its heading, its anchor and its first words stand in the first of its files."""
    epub = opened(
        f"---\ntitle: A\noctopub: {{kind: book}}\n---\n\n{text('abcd')}\n\n# One\n\n{text('efgh')}\n",
        largest=450,
    )
    sections = [section for document in epub.texts.values() for section in document.iter(f"{XHTML}section")]
    assert shape(epub) == ["abc", "d", "Oef", "gh"]
    assert [section.get("id") for section in sections] == ["text-1", None, None, None]
    assert [section.get("class") for section in sections] == ["chapter opening"] * 2 + ["chapter"] * 2
