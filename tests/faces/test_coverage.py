"""Which stretches of a text are set in which family."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from octopub.faces.catalogue import Family, open_catalogue
from octopub.faces.choice import FaceSet, choose
from octopub.faces.coverage import needs_glyph, runs
from octopub.model import Fonts


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return choose(Fonts(), "en", open_catalogue())[0]


def set_in(text: str, families: Sequence[Family]) -> list[tuple[str, str | None]]:
    """The stretches that the first family lacks, each with the name of the one that has it."""
    found = runs(text, families)
    return [(text[run.start : run.end], run.family.name if run.family else None) for run in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Plain words, “quoted” — and Ærø, Πλάτων, Пётр.", []),
        ("star ⁂ star", [("⁂", "Noto Serif")]),
        ("שלום", [("שלום", "Frank Ruhl Libre")]),
        # Words of one family are one stretch, with the spaces between them but not those around.
        ("say שלום עולם now", [("שלום עולם", "Frank Ruhl Libre")]),
        ("שלום\u202fعالم", [("שלום", "Frank Ruhl Libre"), ("عالم", "Amiri")]),
        ("語 and 🐙", [("語", None), ("🐙", None)]),
        ("語שׁ", [("語", None), ("שׁ", "Frank Ruhl Libre")]),
        # Joiners and variation selectors belong to the stretch they stand in.
        ("👩\u200d👩\ufe0f", [("👩\u200d👩", None)]),
        # None of these ever needs a face.
        ("a\u202fb\u2009c\u00add\u2060e\u200bf\u3000g\u2028\ufeff\ufe0f\U000e0041\t\n\ufffc", []),
    ],
)
def test_runs(faces: FaceSet, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert set_in(text, faces.for_text) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("x = 'й' → │", []), ("λ", [("λ", "EB Garamond")]), ("ש", [("ש", "Frank Ruhl Libre")])],
)
def test_code_has_its_own_order(faces: FaceSet, code: str, expected: list[tuple[str, str]]) -> None:
    assert set_in(code, faces.for_code) == expected


@pytest.mark.parametrize("char", ["a", "·", "\u0301", "\ue000", "‐", "\u2011", "¶", "\u0378"])
def test_what_shows_needs_a_glyph(char: str) -> None:
    assert needs_glyph(char)


def test_the_faces_a_text_needs(faces: FaceSet) -> None:
    def needed(text: str, code: str = "") -> list[str]:
        return list(dict.fromkeys(face.family for face in faces.faces(text, code)))

    assert needed("words") == ["EB Garamond"]
    assert needed("words ⁂ שלום") == ["EB Garamond", "Noto Serif", "Frank Ruhl Libre"]
    assert needed("words", "code") == ["EB Garamond", "IBM Plex Mono"]
    assert needed("words ↩") == ["EB Garamond", "IBM Plex Mono"]
    assert len(faces.faces("words")) == 4


def test_a_book_takes_milliseconds(faces: FaceSet) -> None:
    text = "The quick brown fox — “jumps” over שלום and dogs. " * 10_000
    list(runs("שלום ⁂", faces.for_text))  # the fonts are opened
    started = time.process_time()
    found = list(runs(text, faces.for_text))
    assert len(found) == 10_000
    # 90,000 words; a machine ten times slower than the slowest seen.
    assert time.process_time() - started < 1
