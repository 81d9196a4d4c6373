"""The typography of each language: a case a rule, in `typography/LANGUAGE.txt`.

A case is a title, the text as typed and the text as set, each closed by a full point on a line of its
own. A no-break space stands there as ⍽, a narrow one as ·, something opaque (U+FFFC) as ▢, and a line
break that the author wants (U+2028) as ⏎.
"""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octopub.reading.block import BLANK
from octopub.reading.languages import GENERIC, LANGUAGES, Language, direction, lookup
from octopub.reading.typography import Edit, apply, edits

FIXTURES = Path(__file__).parent / "typography"
SIGNS = str.maketrans({"⍽": "\u00a0", "·": "\u202f", "▢": "\ufffc", "⏎": "\u2028"})
CASE = re.compile(r"(?P<title>.+)\n\.\n(?P<typed>(?s:.*?))\n\.\n(?P<set>(?s:.*?))\n\.\n+")


def cases() -> list[tuple[str, str, str, str]]:
    """Language, title, typed, set; nothing in a file may escape the pattern."""
    found = []
    for path in sorted(FIXTURES.glob("*.txt")):
        text = path.read_text("utf-8")
        assert CASE.sub("", text) == "", path.name
        found += [
            (path.stem, case["title"], case["typed"].translate(SIGNS), case["set"].translate(SIGNS))
            for case in CASE.finditer(text)
        ]
    return found


CASES = cases()


@pytest.mark.parametrize(
    ("tag", "typed", "wanted"),
    [pytest.param(tag, typed, wanted, id=f"{tag}: {title}") for tag, title, typed, wanted in CASES],
)
def test_case(tag: str, typed: str, wanted: str) -> None:
    assert apply(typed, edits(typed, lookup(tag))) == wanted
    assert edits(wanted, lookup(tag)) == []


def test_each_language_has_cases() -> None:
    assert {tag for tag, *_ in CASES} == {*LANGUAGES, "he"}


@pytest.mark.parametrize(
    ("tag", "row"),
    {
        "en": "en-US", "en-US": "en-US", "en-CA": "en-US", "en-GB": "en-GB", "EN-gb": "en-GB",
        "en-AU": "en-GB", "en-Latn-GB": "en-GB", "en-GB-oxendict": "en-GB", "en-x-GB": "en-US",
        "en-u-ca-gregory": "en-US", "de": "de", "de-AT": "de", "de-1996": "de", "de-CH": "de-CH",
        "de-CH-1996": "de-CH", "fr-BE": "fr", "fr-CA": "fr-CA", "pt": "pt-PT", "pt-BR": "pt-BR",
        "pt-AO": "pt-PT", "no": "nb", "nn": "nb", "nn-NO": "nb", "es-419": "es", "es-MX": "es", "uk": "uk",
        "he": "", "zh-Hant-TW": "", "xx": "", "x-klingon": "",
    }.items(),
)  # fmt: skip
def test_lookup(tag: str, row: str) -> None:
    assert lookup(tag).tag == row


@pytest.mark.parametrize(
    ("tag", "wanted"),
    {
        "en": "ltr",
        "he": "rtl",
        "ar-EG": "rtl",
        "yi-Latn": "ltr",
        "az-Arab": "rtl",
        "az": "ltr",
        "en-x-arab": "ltr",
    }.items(),
)
def test_direction(tag: str, wanted: str) -> None:
    assert direction(tag) == wanted


# -- the author's own marks --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "quotes", "wanted"),
    [
        ("en-GB", ("“", "”", "‘", "’"), "“One, ‘two’,” and ‘three’, it’s"),
        ("de", ("»", "«", "›", "‹"), "»One, ›two‹,« and ›three‹, it’s"),
        ("fr", ("“", "”", "‘", "’"), "“One, ‘two’,” and ‘three’, it’s"),
        ("fr", ("«", "»", "‹", "›"), "«⍽One, ‹⍽two⍽›,⍽» and ‹⍽three⍽›, it’s"),
        ("en-US", ('"', '"', "'", "'"), "\"One, 'two',\" and 'three', it’s"),
    ],
)
def test_quotes_of_ones_own(tag: str, quotes: tuple[str, str, str, str], wanted: str) -> None:
    typed = "\"One, 'two',\" and 'three', it's"
    assert apply(typed, edits(typed, lookup(tag), quotes)) == wanted.translate(SIGNS)


def test_typewriter_marks_of_ones_own_stay_even_where_a_quotation_is_not_closed() -> None:
    assert edits("\"so\" it's 'and on", lookup("en-GB"), ('"', '"', "'", "'")) == [Edit(7, 8, "’")]


# -- the form of the edits ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "Words and more words, and no mark that matters.",
        "“Set already”—it’s so… pp.\u00a01–2",
        "a\nb",
    ],
)
def test_a_text_that_needs_nothing_gets_nothing(typed: str) -> None:
    assert edits(typed, lookup("en-US")) == []


def test_an_edit_replaces_marks_or_spaces_never_both() -> None:
    typed = 'One -- "two" - three'
    assert edits(typed, lookup("en-GB")) == [
        Edit(3, 4, "\u00a0"), Edit(4, 6, "–"), Edit(7, 8, "‘"), Edit(11, 12, "’"),
        Edit(12, 13, "\u00a0"), Edit(13, 14, "–"),
    ]  # fmt: skip


def test_a_line_break_of_the_source_is_a_space_and_one_of_the_author_is_kept() -> None:
    typed = "v\ndomě, z\u2028"
    assert edits(typed, lookup("cs")) == [Edit(1, 2, "\u00a0")]


@pytest.mark.parametrize(
    "text", ['"', "'", '"a ', "'68 ", "'90 a' ", "- ", "--", ". ", "1-", "\n", "! ", "«", "\u2060"]
)
@pytest.mark.parametrize("tag", ["en-GB", "fr", "ru"])
def test_a_long_row_of_marks_costs_no_more_than_its_length(text: str, tag: str) -> None:
    """Twice the length, twice the time; were it the square, this would take minutes."""
    start = time.process_time()
    edits(text * 30_000, lookup(tag))
    assert time.process_time() - start < 10


# -- any text whatever -------------------------------------------------------------------------

MARKS = "\"'-–—.…,;:!?«»‹›„“”‚‘’()[] \n\u00a0\u202f\u2028\u2060\ufffc"
ANYTHING = st.lists(
    st.one_of(
        st.sampled_from(
            [*MARKS, "--", "---", " - ", " -- ", "...", "1914-18", "z. B.", "J. R.", "Mr. ", "p. 12", "в "]
        ),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)
LANGUAGE = st.sampled_from([*LANGUAGES.values(), GENERIC])


def words(text: str) -> str:
    """What is left without spaces and marks."""
    return "".join(char for char in text if char.isalnum() or char == "\ufffc")


@given(ANYTHING, LANGUAGE)
def test_no_word_is_changed_and_each_edit_changes_something(text: str, language: Language) -> None:
    found = edits(text, language)
    assert words(apply(text, found)) == words(text)
    done = 0
    for start, end, replacement in found:
        assert done <= start < end
        assert text[start:end] != replacement
        assert len({char in BLANK for char in text[start:end]}) == 1
        done = end


SENTENCE = st.lists(
    st.sampled_from(
        """word|Word|I|a|v|в|12|1914-18|pp. 12-15|z. B.|Mr. Smith|J. R. R. Tolkien|"word"|'word'|
        "word, word!"|("word")|it's|'tis|'68|word's|dogs'|word--word|word-word|5'10"|10 km|▢|"▢"|word?|
        "Word;"|'word:|M.|é|«word»|« word »|„word“|“word”|wait...|--|-|–|…|84 000|т. д.|25. 10.""".translate(
            SIGNS
        ).split("|")
    ).map(str.strip),
    max_size=12,
).map(" ".join)


@given(SENTENCE, LANGUAGE)
def test_what_is_set_stays_as_it_is(text: str, language: Language) -> None:
    first = apply(text, edits(text, language))
    assert apply(first, edits(first, language)) == first
