"""Characters that no face has, and words that are set in another face than the text's."""

from __future__ import annotations

import pypdfium2
import pytest

from octopub.diagnostics import Severity
from tests.pdf.press import HEBREW, pdf, printed
from tests.tools import pdf_text

OCTOPUS = "\N{OCTOPUS}"


def manuscript(body: str, front: str = "title: T") -> str:
    return f"---\n{front}\n---\n\n{body}\n"


MISSING = {
    "in the text": (manuscript(f"One {OCTOPUS} here."), 5, 5),
    "in a heading": (manuscript(f"Text.\n\n## A {OCTOPUS}\n\nText."), 7, 6),
    "in a note": (manuscript(f"Text.[^a]\n\n[^a]: A {OCTOPUS}."), 7, 9),
    "in a table": (manuscript(f"| A |\n|---|\n| {OCTOPUS} |"), 7, 3),
    "in code": (manuscript(f"Some `code {OCTOPUS}`."), 5, 12),
    "in a code block": (manuscript(f"```\nfirst line\nthe {OCTOPUS}\n```"), 7, 5),
    "in the title": (manuscript("Text.", f"title: T {OCTOPUS}"), 2, 8),
    "in a first heading that is the title": (f"# A {OCTOPUS}\n\nText.\n", 1, 5),
    "in the imprint": (manuscript("Text.", f"title: T\noctopub:\n  imprint: An {OCTOPUS}."), 4, None),
    "behind a dash that the typography made": (manuscript(f"Words -- more --- {OCTOPUS}."), 5, 19),
}


@pytest.mark.parametrize("where", MISSING)
def test_a_character_that_no_face_has_is_an_error_at_its_place(where: str) -> None:
    text, line, column = MISSING[where]
    result = printed(text)
    assert result.content is None
    (error,) = (each for each in result.diagnostics if each.severity is Severity.ERROR)
    assert error.code.slug == "glyph-missing"
    assert "U+1F419 “\N{OCTOPUS}”" in error.message
    assert error.span is not None
    assert error.span.line == line
    assert column is None or error.span.column == column


PACKAGE = "; `pip install fontpkg-noto-sans-tamil` brings one"
TAMIL = "\u0b95\u0bbe \u0bae\u0b95"

TOLD_ONCE = {
    "a character in many lines": (
        "\n\n".join(f"The {OCTOPUS}." for _ in range(7)),
        [(5, f"no face has the character U+1F419 “{OCTOPUS}” (lines 5, 7, 9, 11, 13, …)")],
    ),
    "characters of a script that has a package": (
        f"A word: {TAMIL}.\n\nAnd {TAMIL}.",
        [(5, f"no face has the character U+0B95 “\u0b95”, nor 2 more of its script (lines 5, 7){PACKAGE}")],
    ),
    "characters of a script that has none": (
        "The tea, 茶, and the water, 水.",
        [(5, "no face has the character U+8336 “茶”, nor 1 more of its script")],
    ),
    "letters that Python has no names for": (
        "The word \U00017bc9.",
        [(5, "no face has the character U+17BC9 “\U00017bc9”")],
    ),
    "two that belong to none": (
        f"The {OCTOPUS} \N{TROPICAL FISH}.",
        [(5, f"no face has the character U+1F419 “{OCTOPUS}”"),
         (5, "no face has the character U+1F420 “\N{TROPICAL FISH}”")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "told"), TOLD_ONCE.values(), ids=TOLD_ONCE)
def test_what_has_one_remedy_is_told_once(body: str, told: list[tuple[int, str]]) -> None:
    errors = [each for each in printed(manuscript(body)).diagnostics if each.severity is Severity.ERROR]
    remedy = "; take another character, or write `missing-glyphs: name` under `octopub:` to print its name"
    assert [(each.span and each.span.line, each.message) for each in errors] == [
        (line, said + remedy) for line, said in told
    ]


def test_its_name_can_be_printed_instead() -> None:
    text = manuscript(
        f"One {OCTOPUS} here, two {OCTOPUS} {OCTOPUS} there.", "title: T\noctopub:\n  missing-glyphs: name"
    )
    result = printed(text)
    assert result.content is not None
    assert "One [U+1F419] here, two [U+1F419] [U+1F419] there." in " ".join(" ".join(pdf_text(result.content)).split())


def test_a_fallback_face_is_one_warning_at_its_first_words() -> None:
    result = printed(manuscript("Here is שלום, and here is שלום again; and العربية."))
    found = [each for each in result.diagnostics if each.code.slug == "fallback-face"]
    assert [(each.message.split(", since")[0], each.span.column if each.span else 0) for each in found] == [
        ("“שלום” is set in Frank Ruhl Libre", 9), ("“العربية” is set in Amiri", 43)
    ]  # fmt: skip
    assert result.content is not None


@pytest.mark.parametrize(
    "text",
    [
        "a\u2060b",
        "a\u00adb",
        "a\u200db",
        "a\u200cb",
        "a\ufe0fb",
        "a\u202fb",
        "a\u2009b",
        "a\u2011b",
        "*\u202e*",
        "½ ¼ № § † ‡ • …",
    ],
    ids=lambda text: " ".join(f"{ord(character):04X}" for character in text if not character.isalpha()),
)
def test_what_has_no_shape_is_never_missing(text: str) -> None:
    result = printed(manuscript(f"Words {text} words."))
    assert result.content is not None, result.diagnostics
    assert "glyph-missing" not in {each.code.slug for each in result.diagnostics}


def test_hebrew_is_set_from_right_to_left_and_can_be_copied_in_its_order() -> None:
    file = pdf(HEBREW)
    text = pypdfium2.PdfDocument(file)[2].get_textpage()
    words = text.get_text_range()
    assert "הדרך התחילה במקום שבו נגמר הים" in words
    first, second = (text.get_charbox(words.index(word)) for word in ("הדרך", "התחילה"))
    assert first[0] > second[0]
