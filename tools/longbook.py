"""A book of any length, made of words that nobody wrote: the same one every time."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from typing import NamedTuple


class Size(NamedTuple):
    """How much of a book there is to be."""

    words: int
    """In text and notes together."""
    notes: int
    chapters: int
    references: int = 0
    """To pages of other chapters."""

    def times(self, factor: int) -> Size:
        """So many times as much of everything."""
        return Size(*(factor * each for each in self))


NOTE_WORDS = 14
"""So long is a note, on average."""

SECTIONS = 4
"""Of a chapter."""


def long_book(size: Size, seed: int = 1917) -> str:
    """A manuscript of this size.

    Its words are made of syllables, the short ones oftener than the long ones, as in any language; paragraphs have
    some 90 words, one in twelve is a quotation.
    """
    chance = random.Random(seed)
    stock = _stock(size.words, chance)
    plain = list(_paragraphs(stock, chance, size.words - NOTE_WORDS * size.notes))
    paragraphs = [f"> {text}" if chance.random() < 1 / 12 else text for text in plain]
    _add_references(paragraphs, size, chance)
    for number, place in enumerate(sorted(chance.choices(range(len(paragraphs)), k=size.notes)), start=1):
        words = " ".join(itertools.islice(stock, chance.randint(NOTE_WORDS // 2, NOTE_WORDS * 3 // 2)))
        paragraphs[place] = _with_call(paragraphs[place], f"[^{number}]", chance) + f"\n\n[^{number}]: {words}."
    step = len(paragraphs) / (size.chapters * SECTIONS)
    for number in range(size.chapters * SECTIONS - 1, -1, -1):
        chapter, section = divmod(number, SECTIONS)
        heading = f"## Section {section} of {chapter + 1} {{#{anchor(chapter, section)}}}" if section else (
            f"# Chapter {chapter + 1} {{#{anchor(chapter, section)}}}"
        )  # fmt: skip
        paragraphs.insert(round(number * step), heading)
    head = "---\ntitle: A long book\nauthor: Nobody\nlang: en\n---\n"
    return "\n\n".join([head, *paragraphs]) + "\n"


def anchor(chapter: int, section: int) -> str:
    """The anchor of a section; both count from 0."""
    return f"c{chapter + 1}-s{section}"


def edited(book: str) -> str:
    """The book with a paragraph more in its middle chapter."""
    middle = f"\n\n# Chapter {book.count(chr(10) + '# Chapter') // 2} "
    before, heading, behind = book.partition(middle)
    line, _, rest = behind.partition("\n")
    return f"{before}{heading}{line}\n\nA paragraph that was not there before.{rest}"


def _stock(words: int, chance: random.Random) -> Iterator[str]:
    syllables = [a + b + c for a in "bdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s")]
    lexicon = ["".join(chance.choices(syllables, k=1 + number // 900)) for number in range(3_000)]
    weights = [1 / (number + 3) for number in range(len(lexicon))]
    return iter(chance.choices(lexicon, weights, k=2 * words))


def _paragraphs(stock: Iterator[str], chance: random.Random, words: int) -> Iterator[str]:
    """Paragraphs of a few sentences, here and there a word stressed or some quoted, until there are enough."""
    done = 0
    while done < words:
        text = " ".join(_sentence(stock, chance) for _ in range(chance.randint(3, 9)))
        done += text.count(" ") + 1
        yield text


def _sentence(stock: Iterator[str], chance: random.Random) -> str:
    words = list(itertools.islice(stock, chance.randint(5, 24)))
    place = chance.randrange(len(words))
    if chance.random() < 0.1:
        words[place] = f"*{words[place]}*"
    elif chance.random() < 0.1:
        words[place] = f'"{words[place]}"'
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:] + "."


def _with_call(paragraph: str, call: str, chance: random.Random) -> str:
    """The first block of a paragraph with a call behind one of its sentences."""
    text, *behind = paragraph.split("\n\n")
    at = chance.choice([stop.end() for stop in re.finditer(r"\.(?=[\s\[]|$)", text)])
    return "\n\n".join([text[:at] + call + text[at:], *behind])


def _add_references(paragraphs: list[str], size: Size, chance: random.Random) -> None:
    """Put references to the pages of sections at the ends of paragraphs."""
    for place in sorted(chance.sample(range(len(paragraphs)), size.references)):
        target = anchor(chance.randrange(size.chapters), chance.randrange(SECTIONS))
        paragraphs[place] += f" ([see page](#{target}){{.page}})"
