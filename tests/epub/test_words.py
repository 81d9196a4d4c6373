"""The words of the e-book are those of the manuscript, in its order: by Pandoc's reading of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypandoc
import pytest

from tests.epub.opened import ESSAY, MANUSCRIPTS, TYPE, XHTML, Element, Opened, book
from tests.tools import words

# In Pandoc's Markdown attributes before a block are text.
BLOCK_ATTRIBUTES = re.compile(r"^\{[^}\n]*\}\n", re.MULTILINE)


class Said(NamedTuple):
    """What a text says, and what its notes say, in the order of their calls."""

    text: list[str]
    notes: list[list[str]]


class Reading:
    """What Pandoc reads in a manuscript."""

    def __init__(self, path: Path) -> None:
        markdown = BLOCK_ATTRIBUTES.sub("", path.read_text("utf-8"))
        blocks = json.loads(pypandoc.convert_text(markdown, "json", "markdown-smart-implicit_figures"))[
            "blocks"
        ]
        self.headings = {block["c"][1][0]: block["c"][2] for block in blocks if block["t"] == "Header"}
        self.notes: list[list[str]] = []
        self.text = words("".join(self.pieces(blocks)))

    def pieces(self, node: Any) -> Iterator[str]:
        """The text under a node of Pandoc's tree."""
        match node:
            case list():
                for each in node:
                    yield from self.pieces(each)
            case {"t": "Str", "c": text} | {"t": "Code" | "CodeBlock", "c": [_, text]}:
                yield text
            case {"t": "Space" | "SoftBreak" | "LineBreak"}:
                yield " "
            case {"t": "Note", "c": blocks}:
                note = words("".join(self.pieces(blocks)))
                # Pandoc has a note that is called twice in both places.
                self.notes += [] if note in self.notes else [note]
            case {"t": "Image", "c": [_, _, [_, caption]]}:
                yield f" {caption} "
            case {"t": "Link", "c": [_, [], [target, _]]}:
                # A reference without words of its own has those of its target.
                yield from self.pieces(self.headings[target.removeprefix("#")])
            case {"t": "Header", "c": [_, _, inlines]} | {"t": "Para" | "Plain" | "LineBlock", "c": inlines}:
                yield from ("\n", *self.pieces(inlines), "\n")
            case {"c": children}:
                yield from self.pieces(children)


def by_octopub(epub: Opened) -> Said:
    """The text of the e-book's files, calls taken out, and its notes."""
    text: list[str] = []
    notes: list[list[str]] = []
    for document in epub.texts.values():
        body = document.find(f"{XHTML}body")
        assert body is not None
        notes += [words("".join(_text(note, {"note-number", "note-back"}))) for note in _notes(body)]
        text += words("".join(_text(body, {"call", "notes"})))
    return Said(text, notes)


def _notes(body: Element) -> Iterator[Element]:
    return (each for each in body.iter() if each.get(TYPE) == "footnote")


def _text(element: Element, left_out: set[str]) -> Iterator[str]:
    """The text of an element, but for that of elements of these classes."""
    yield element.text or ""
    for child in element:
        inline = child.tag in {f"{XHTML}{name}" for name in ("a", "code", "em", "span", "strong", "sup")}
        yield "" if inline and child.get("class") != "line" else "\n"
        if child.get("class") not in left_out:
            yield from _text(child, left_out)
        yield "" if inline else "\n"
        yield child.tail or ""


def test_lines_of_verse_are_apart_without_a_stylesheet_too() -> None:
    epub = book("words")
    lines = [
        each
        for text in epub.texts.values()
        for each in text.iter(f"{XHTML}span")
        if each.get("class") == "line"
    ]
    breaks = [line.getnext() for line in lines]
    assert [None if each is None else each.tag for each in breaks] == [f"{XHTML}br", None, None]
    assert re.search(rb"\.line \+ br \{\s*display: none;\s*\}", epub.files["style.css"])


@pytest.mark.parametrize("path", [ESSAY, MANUSCRIPTS / "words.md"], ids=["essay", "book"])
def test_the_words_are_the_manuscripts_in_its_order(path: Path) -> None:
    expected, made = Reading(path), by_octopub(book(path.stem))
    assert made.text == expected.text
    assert made.notes == expected.notes
    assert min(len(made.text), 10 * len(made.notes)) >= 80
