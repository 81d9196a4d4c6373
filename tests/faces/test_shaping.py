"""How wide words are, and in which order their stretches stand."""

from __future__ import annotations

import pytest

from octopub.faces.bidi import visual
from octopub.faces.catalogue import Face, open_catalogue
from octopub.faces.choice import choose
from octopub.faces.shaping import Ink, Shaper, advance, metrics, outline
from octopub.model import Fonts


def garamond(style: str = "normal", weight: int = 400) -> Face:
    family = open_catalogue().family("EB Garamond")
    assert family is not None
    return family.face("italic" if style == "italic" else "normal", weight)


@pytest.mark.parametrize(
    ("text", "rtl", "stretches"),
    [
        # Each stretch in the order in which it is read; ← marks those that run to the left.
        ("", False, []),
        ("abc def", False, ["abc def"]),
        ("abc אבג def", False, ["abc ", "←אבג", " def"]),
        ("abc אבג דהו def", False, ["abc ", "←אבג דהו", " def"]),
        ("אבג דהו", True, ["←אבג דהו"]),
        ("אבג", False, ["←אבג"]),
        ("אבג abc דהו", True, ["← דהו", "abc", "←אבג "]),
        ("abc def", True, ["abc def"]),
        ("abc!", True, ["←!", "abc"]),
        # Numbers keep their order, with the signs inside them and at their ends.
        ("אבג 123 דהו", True, ["← דהו", "123", "←אבג "]),
        ("1917: אבג", True, ["←: אבג", "1917"]),
        ("אבג 12.5% דהו", True, ["← דהו", "12.5%", "←אבג "]),
        ("אבג 1,917-18", True, ["1,917-18", "←אבג "]),
        ("abc 123 אבג", True, ["← אבג", "abc 123"]),
        ("سنة ٢٠٢٤", True, ["٢٠٢٤", "←سنة "]),
        # A mark goes with its letter.
        ("a\u0301 שָׁ b", False, ["a\u0301 ", "←שָׁ", " b"]),
    ],
)
def test_order_of_stretches(text: str, rtl: bool, stretches: list[str]) -> None:
    found = ["←" * stretch.rtl + stretch.text for stretch in visual(text, rtl=rtl)]
    assert found == stretches


def test_width_counts_kerning_and_ligatures() -> None:
    width = advance(garamond(), "AV", 10)
    assert 0 < width < advance(garamond(), "A", 10) + advance(garamond(), "V", 10)
    assert advance(garamond(), "AV", 20) == pytest.approx(2 * width)
    assert advance(garamond(), "fi", 10) < advance(garamond(), "f", 10) + advance(garamond(), "i", 10)


def test_width_is_that_of_the_style_weight_and_features() -> None:
    widths = {
        advance(garamond(), "Word 1917", 10),
        advance(garamond(weight=700), "Word 1917", 10),
        advance(garamond("italic"), "Word 1917", 10),
        advance(garamond(), "Word 1917", 10, ("smcp",)),
    }
    assert len(widths) == 4


def test_metrics_are_the_faces() -> None:
    measured = metrics(garamond())
    assert measured.ascent == pytest.approx(1.007)
    assert measured.descent == pytest.approx(0.298)
    assert measured.x_height == pytest.approx(0.4)
    assert measured.cap_height == pytest.approx(0.65)


def test_words_are_set_in_the_first_face_that_has_them() -> None:
    faces, _ = choose(Fonts(), "en", open_catalogue())
    shaper = Shaper(family.face() for family in faces.for_text)
    line = shaper.line("word שלום word")
    in_first = [glyph.font is line.glyphs[0].font for glyph in line.glyphs]
    assert in_first == [True] * 5 + [False] * 4 + [True] * 5
    assert line.width == pytest.approx(
        2 * shaper.line("word").width + 2 * shaper.line(" ").width + shaper.line("שלום").width
    )
    assert [glyph.x for glyph in line.glyphs] == sorted(glyph.x for glyph in line.glyphs)


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        ("as it is", "as it is"),
        ("The 🐙 book", "The book"),
        ("語 word 語", "word"),
        ("🐙", ""),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_what_no_face_has_is_left_out(text: str, drawable: str) -> None:
    assert Shaper((garamond(),)).drawable(text) == drawable


def test_ink_and_outline_of_a_line() -> None:
    line = Shaper((garamond(),)).line("H")
    ink = line.ink
    assert 0 < ink.left < ink.right < line.width
    assert ink.bottom == pytest.approx(0, abs=0.01)
    assert ink.top == pytest.approx(0.65, abs=0.01)
    data = outline(line.glyphs[0].font, line.glyphs[0].number)
    assert data.startswith("M")
    assert data.endswith("Z")
    assert Shaper((garamond(),)).line("  ").ink == Ink(0, 0, 0, 0)
