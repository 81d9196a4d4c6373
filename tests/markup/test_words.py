"""The words that octopub adds: a complete row for every language, each template with its fields."""

import string
from dataclasses import fields

import pytest

from octopub.markup.words import WORDS, Words, join_names, lookup
from octopub.reading.languages import LANGUAGES
from octopub.reading.languages import lookup as language_of
from octopub.reading.typography import edits

FIELDS = {
    "note": "number", "note_on_page": "page", "see_page": "page", "translated_by": "names",
    "published_by": "publisher", "edition": "edition", "isbn": "isbn", "set_in": "faces", "paper": "paper",
    "qr_code": "address",
}  # fmt: skip
"""The one field of each word that is a template."""

TEXTS = [field.name for field in fields(Words) if field.name not in ("and_before", "serial_comma")]


def test_every_language_has_words() -> None:
    assert WORDS.keys() == LANGUAGES.keys()


@pytest.mark.parametrize("tag", WORDS)
def test_row(tag: str) -> None:
    for name in TEXTS:
        text = getattr(WORDS[tag], name)
        found = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
        assert found == ([FIELDS[name]] if name in FIELDS else []), name
        assert text.strip() == (text[1:-1] if name == "and_" else text) != "", name


@pytest.mark.parametrize("tag", WORDS)
def test_the_words_are_set_as_their_language_wants(tag: str) -> None:
    for name in TEXTS:
        text = getattr(WORDS[tag], name).format_map(dict.fromkeys(FIELDS.values(), "12"))
        assert edits(text, language_of(tag)) == [], name


@pytest.mark.parametrize("tag", [tag for tag in WORDS if not tag.startswith("en")])
def test_no_row_was_left_in_english(tag: str) -> None:
    names = (
        "contents",
        "back_to_text",
        "note_on_page",
        "see_page",
        "cover",
        "start",
        "set_with",
        "translated_by",
    )
    assert [name for name in names if getattr(WORDS[tag], name) == getattr(lookup("en"), name)] == []


@pytest.mark.parametrize(
    ("tag", "contents"),
    {
        "en": "Contents",
        "de-AT": "Inhalt",
        "pt-BR": "Sumário",
        "pt": "Índice",
        "nn": "Innhold",
        "he": "Contents",
    }.items(),
)
def test_lookup(tag: str, contents: str) -> None:
    assert lookup(tag).contents == contents


@pytest.mark.parametrize(
    ("tag", "names", "joined"),
    [
        ("en-GB", [], ""),
        ("en-GB", ["A"], "A"),
        ("en-GB", ["A", "B"], "A and B"),
        ("en-GB", ["A", "B", "C"], "A, B and C"),
        ("en-US", ["A", "B"], "A and B"),
        ("en-US", ["A", "B", "C"], "A, B, and C"),
        ("de", ["A", "B", "C"], "A, B und C"),
        ("es", ["Juan", "Pedro"], "Juan y Pedro"),
        ("es", ["Juan", "Inés"], "Juan e Inés"),
        ("es", ["Juan", "Hilario"], "Juan e Hilario"),
        ("es", ["Juan", "Ian"], "Juan y Ian"),
        ("it", ["Anna", "Elena"], "Anna ed Elena"),
        ("it", ["Anna", "Bruno"], "Anna e Bruno"),
        ("pl", ["A", "B", "C"], "A, B i\u00a0C"),
        ("ru", ["А", "Б"], "А и\u00a0Б"),
    ],
)
def test_join_names(tag: str, names: list[str], joined: str) -> None:
    assert join_names(names, lookup(tag)) == joined
