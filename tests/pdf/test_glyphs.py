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


def test_its_name_can_be_printed_instead() -> None:
    text = manuscript(
        f"One {OCTOPUS} here, two {OCTOPUS} there.", "title: T\noctopub:\n  missing-glyphs: name"
    )
    result = printed(text)
    assert result.content is not None
    assert "One [U+1F419] here, two [U+1F419] there." in " ".join(pdf_text(result.content))


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
