"""MuPDF, which lays a book out without a browser: the PDF readers on desks and phones that open EPUBs as well.

It tells where a link leads by page and height; of two words in one line it cannot say which is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pymupdf
import pytest

from tests.readers.books import Trial, trial, without_numbers
from tests.readers.checks import differences
from tests.readers.mutants import with_faults
from tests.tools import words

BOOKS = ("trial", "essay")
LONGEST_LINE = 20
MARGIN = 26.4
"""Points from the upper edge of a page to that of its text, from which MuPDF counts how far down a link leads."""


class Place(NamedTuple):
    """A place: its page, and how far down it is. That of a letter is its line's lower edge."""

    page: int
    down: float


BEGINNING = Place(0, 0)


class Letter(NamedTuple):
    """A letter: its place, and the link that it is part of."""

    place: Place
    text: str
    link: int | None


class Laid:
    """A book as MuPDF lays it out: its letters and links from the first page of the text on."""

    def __init__(self, book: bytes) -> None:
        self.document = pymupdf.open(stream=book, filetype="epub")
        self.letters: list[Letter] = []
        self.targets: list[Place] = []
        """Where each link leads."""
        first, _ = self.place("text-1.xhtml")
        for page in self.document.pages(first):
            self._read(page)
        self.said = [
            "".join(letter.text for letter in self.letters if letter.link == link)
            for link in range(len(self.targets))
        ]
        """What each link says."""
        self.of_notes = {
            link for link, text in enumerate(self.said) if text.isdecimal() or text.startswith("↩")
        }
        """The calls, the numbers of notes and their ways back."""

    def place(self, address: str) -> Place:
        """Where an address in the book leads."""
        page, _, top = self.document.resolve_link(f"EPUB/{address}")
        return Place(page, top + MARGIN)

    def _read(self, page: pymupdf.Page) -> None:
        links = page.get_links()
        known = len(self.targets)
        self.targets += [Place(link["page"], link["to"].y + MARGIN) for link in links]
        for block in page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", ()):
                place = Place(page.number, line["bbox"][3])
                for span in line["spans"]:
                    for letter in span["chars"]:
                        box = pymupdf.Rect(letter["bbox"])
                        inside = [
                            known + i for i, link in enumerate(links) if (box.tl + box.br) / 2 in link["from"]
                        ]
                        self.letters.append(Letter(place, letter["c"], inside[0] if inside else None))
                self.letters.append(Letter(place, "\n", None))

    def links(self) -> list[int]:
        """The links in the order in which they are read."""
        return list(dict.fromkeys(letter.link for letter in self.letters if letter.link is not None))

    def links_in_line(self, place: Place) -> list[int | None]:
        """The links in the line that a place is in."""
        line = next((each.place for each in self.letters if each.place > place), None)
        return [each.link for each in self.letters if each.place == line]

    def _is_number(self, letter: Letter) -> bool:
        return letter.link in self.of_notes or (letter.link is not None and letter.text.isdecimal())

    def words_from(self, place: Place = BEGINNING) -> list[str]:
        """The words from a place on, without calls, ways back and the numbers of notes and pages."""
        shown = (each.text for each in self.letters if each.place > place and not self._is_number(each))
        return words("".join(shown))


def text_faults(laid: Laid, trial: Trial) -> Iterator[str]:
    expected = trial.said.text
    yield from differences("text", laid.words_from()[: len(expected)], expected)


def note_faults(laid: Laid, trial: Trial) -> Iterator[str]:
    """Calls that do not lead to their notes, and ways back that do not lead to a line with a call of the note."""
    links = [link for link in laid.links() if link in laid.of_notes]
    for link, call in zip(links, trial.said.calls, strict=False):
        expected = trial.said.notes[call.note]
        yield from differences(call.id, laid.words_from(laid.targets[link])[: len(expected)], expected)
    calls = dict(zip(links, trial.said.calls, strict=False))
    backs = iter(links[len(calls) :])
    for note in trial.said.notes:
        for link in [next(backs) for _ in range(1 + len(trial.said.ways_back(note)))]:
            led = [calls[each] for each in laid.links_in_line(laid.targets[link]) if each in calls]
            if note not in [call.note for call in led]:
                yield f"{note} leads back to {[call.id for call in led]}"


def heading_faults(laid: Laid, trial: Trial) -> Iterator[str]:
    """Lines of the contents that do not lead to their headings."""
    labels = [label for _, label, *_ in laid.document.get_toc(False)]
    yield from differences("contents", labels[: len(trial.said.headings)], trial.said.headings)
    for _, label, _, where in laid.document.get_toc(False):
        (address,) = (key for key in where if key.startswith("EPUB/"))
        expected = words(label)
        found = laid.words_from(laid.place(address.removeprefix("EPUB/")))
        yield from differences(label, found[: len(expected)], expected)


def page_faults(laid: Laid, trial: Trial) -> Iterator[str]:
    """Pages whose marks lead to lines without their first words."""
    for label, expected in trial.pages.items():
        anchor = f"page-{label}"
        if trial.file_of.get(anchor) not in trial.texts:
            continue
        line = without_numbers(laid.words_from(laid.place(f"{trial.file_of[anchor]}#{anchor}")))[
            :LONGEST_LINE
        ]
        if " ".join(expected[1:]) not in " ".join(line):
            yield f"page {label} is in the line {line}"


CHECKS: dict[str, Callable[[Laid, Trial], Iterator[str]]] = {
    "text": text_faults,
    "notes": note_faults,
    "contents": heading_faults,
    "pages": page_faults,
}

FOUND = {
    "text": ["text: shows ['umbrallas'] where ['umbrellas'] is written"],
    "notes": [
        "call-3: shows ['Knowledge', 'of', 'this'] where ['A', 'bell', 'of'] is written",
        "note-5 leads back to ['call-6']",
    ],
    "contents": [
        "What the pilots knew: shows ['Tide', 'A', 'mile'] where ['What', 'the', 'pilots'] is written"
    ],
    "pages": [],
}
"""What each check says of the book with faults."""


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("name", BOOKS)
def test_it_shows_what_the_manuscript_says(name: str, check: str) -> None:
    assert [*CHECKS[check](Laid(trial(name).data), trial(name))] == []


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_finds_its_faults(check: str) -> None:
    assert [*CHECKS[check](Laid(with_faults(trial("trial").data)), trial("trial"))] == FOUND[check]
