"""Manuscripts made for these tests: as many words, notes and shapes as a test asks for, and always the same.

A note numbered 7 is called behind the word `Ca7`, begins with the word `Ba7` and ends with `Za7`: by them it is
found in any output, whatever octopub says about it. All other words are made of syllables.
"""

from __future__ import annotations

import random
from collections.abc import Callable

SYLLABLES = [a + b + c for a in "bdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s")]

Shape = Callable[["Manuscript", list[str]], str]


class Manuscript:
    """A manuscript in the making: `text` is what it has come to."""

    def __init__(self, seed: int = 1, title: str = "Experiment", front: str = "") -> None:
        self.chance = random.Random(seed)
        self.blocks = [f"---\ntitle: {title}\nauthor: Nobody\nlang: en\n{front}---"]
        self.notes: list[str] = []
        self.body: list[str] = []
        """The words of the text itself, in order, those behind which a note is called among them."""
        self.notes_words: list[list[str]] = []
        """Each note's words, in order."""

    def words(self, count: int) -> list[str]:
        """So many words; in print they may be hyphenated."""
        lengths = (1, 1, 2, 2, 3, 4)
        made = ("".join(self.chance.choices(SYLLABLES, k=self.chance.choice(lengths))) for _ in range(count))
        return [f"{word}n" if word == "note" else word for word in made]  # that one is octopub's

    def prose(self, count: int, *notes: int) -> str:
        """So many words of the text itself, some of them with a call; `notes` are the notes' lengths."""
        words = self.words(count)
        for place, length in zip(sorted(self.chance.sample(range(count), len(notes))), notes, strict=True):
            words[place] = self.call(length)
        self.body += [word.partition(".")[0] for word in words]
        return " ".join(words)

    def call(self, length: int, shape: Shape | None = None) -> str:
        """A word with a call, whose note has so many words; `shape` makes more than a paragraph of them."""
        number = len(self.notes_words) + 1
        words = [f"Ba{number}", *self.words(length - 2), f"Za{number}"]
        self.notes_words.append(words)
        self.notes.append(f"[^{number}]: " + (shape(self, words) if shape else " ".join(words)))
        return f"Ca{number}.[^{number}]"

    def add(self, *blocks: str) -> Manuscript:
        """Add blocks to the text."""
        self.blocks += blocks
        return self

    @property
    def text(self) -> str:
        """The manuscript."""
        return "\n\n".join([*self.blocks, *self.notes]) + "\n"


def manifold(manuscript: Manuscript, words: list[str]) -> str:
    """A note of several blocks: paragraphs, quotations and lists in turn."""
    pieces = [words[:30]]
    rest = words[30:]
    while rest:
        size = manuscript.chance.randint(12, 90)
        pieces.append(rest[:size])
        rest = rest[size:]
    blocks = [" ".join(pieces[0])]
    for piece, mark in zip(pieces[1:], ("", "> ", "- ", "", "1. ") * len(pieces), strict=False):
        half = len(piece) // 2
        blocks.append(
            f"    {mark}{' '.join(piece[:half])}\n    {mark}{' '.join(piece[half:])}"
            if mark == "- " and half
            else f"    {mark}{' '.join(piece)}"
        )
    return "\n\n".join(blocks)


def chapter(seed: int, notes: tuple[int, int], paragraphs: int = 14, density: float = 0.6) -> Manuscript:
    """A chapter of blocks of all kinds, with notes of between so many words. It has no contents, where the
    headings' words would stand a second time."""
    made = Manuscript(seed, front="octopub:\n  contents: false\n")
    chance = made.chance
    for _ in range(paragraphs):
        lengths: list[int] = []
        while chance.random() < density and len(lengths) < 4:
            lengths.append(chance.randint(*notes))
        made.add(chance.choice(BLOCKS)(made, lengths))
    return made


def _paragraph(made: Manuscript, notes: list[int]) -> str:
    return made.prose(made.chance.randint(10, 150), *notes)


def _quotation(made: Manuscript, notes: list[int]) -> str:
    return f"> {made.prose(made.chance.randint(10, 90), *notes)}"


def _list(made: Manuscript, notes: list[int]) -> str:
    return f"- {made.prose(made.chance.randint(8, 60), *notes)}\n- {made.prose(9)}"


def _table(made: Manuscript, notes: list[int]) -> str:
    lines = [f"| {made.prose(1)} | {made.prose(1)} |", "|---|---|"]
    lines.append(f"| {made.prose(5, *notes[:1])} | {made.prose(5, *notes[1:])} |")
    lines += [f"| {made.prose(4)} | {made.prose(3)} |" for _ in range(made.chance.randint(0, 8))]
    return "\n".join(lines)


def _section(made: Manuscript, notes: list[int]) -> str:
    return f"## {made.prose(5, *notes)}\n\n{made.prose(made.chance.randint(12, 90))}"


def _verse(made: Manuscript, notes: list[int]) -> str:
    lines = [made.prose(5) for _ in range(made.chance.randint(1, 9))]
    return "\n".join(f"| {line}" for line in [*lines, made.prose(6, *notes)])


BLOCKS: list[Callable[[Manuscript, list[int]], str]] = [
    *([_paragraph] * 7), _quotation, _list, _table, _section, _verse,
]  # fmt: skip
