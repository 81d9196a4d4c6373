"""The front matter: where it begins and ends, what each key gives, and every fault with its line."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from octopub.diagnostics import Diagnostic, Span
from octopub.model import Cover, Fonts, Imposition, Kind, LineNumbers, NotesPlace, Numbering, Options, Person
from octopub.reading import yamltree
from octopub.reading.frontmatter import FrontMatter, read
from octopub.reading.source import from_text


def front_matter(text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    source, complaints = from_text(text)
    assert source is not None
    assert complaints == ()
    return read(source)


def keys(yaml_text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    return front_matter(f"---\n{yaml_text}\n---\nText.\n")


EVERYTHING = """\
title: "An Essay: On Something"
subtitle: With a
  folded line
author:
  - Ann Author
  - name: Ben Writer
date: 1917-11-07
lang: EN-gb
publisher: A Press
rights: © 2026
description: |
  Two lines.

  And one.
keywords: russia
identifier:
  - scheme: ISBN-13
    text: 978-3-16-148410-0
  - https://example.org/essay
edition: 2
translator: Cy Turner
cover-image: images/cover.png
octopub:
  kind: essay
  paper: 148x210mm
  impose: booklet
  cover: self
  notes: {numbering: book, pdf: chapter, epub: book}
  fonts:
    text: EB Garamond
    fallback: [Amiri, Noto Serif]
    embed: yes
  quotes: «»‹›
  short-title: Something
  url: https://example.org
  imprint: |
    Printed *here*.

    And bound.
  credit: no
  modified: 2026-11-07T21:45:00Z
  missing-glyphs: name
  ignore: doubled-word
  title-page: true
  contents: false
  colophon: TRUE
  one-sided: yes
  wide-margin: true
  large-print: true
  line-numbers: page
  bleed: 0.125 in
  marks: true
  standard: X-4 + ua-1
  output-profile: press.icc
  print-identifier: 978-3-16-148410-0
creator:
  - {text: Dee Editor, role: Editor, file-as: "Editor, Dee"}
  - Eli Author
contributor: {name: Fay Painter, role: ill}
subject: [history, {text: "1917", authority: thema, term: 3MPBG}]
belongs-to-collection: Essays
group-position: 2.1
"""


def test_every_key() -> None:
    front, complaints = keys(EVERYTHING)
    assert complaints == ()
    assert front._replace(spans={}, body=0) == FrontMatter(
        title="An Essay: On Something",
        subtitle="With a folded line",
        authors=("Ann Author", "Ben Writer", "Eli Author"),
        contributors=(Person("Dee Editor", "edt", is_creator=True), Person("Fay Painter", "ill")),
        sort_names={"Dee Editor": "Editor, Dee"},
        terms={"1917": ("Thema", "3MPBG")},
        series="Essays",
        position="2.1",
        date="1917-11-07",
        lang="en-GB",
        publisher="A Press",
        rights="© 2026",
        description="Two lines.\n\nAnd one.",
        subjects=("history", "1917", "russia"),
        identifier="https://example.org/essay",
        isbn="978-3-16-148410-0",
        edition="2",
        translators=("Cy Turner",),
        cover_image="images/cover.png",
        options=Options(
            kind=Kind.ESSAY,
            paper="148x210mm",
            one_sided=True,
            wide_margin=True,
            large_print=True,
            line_numbers=LineNumbers.PAGE,
            bleed="3.175mm",
            marks=True,
            standard="ua-1+x-4",
            output_profile="press.icc",
            print_identifier="urn:isbn:9783161484100",
            impose=Imposition.BOOKLET,
            cover=Cover.SELF,
            notes_numbering=Numbering.BOOK,
            notes_pdf=NotesPlace.CHAPTER,
            notes_epub=NotesPlace.BOOK,
            fonts=Fonts(text="EB Garamond", fallback=("Amiri", "Noto Serif"), embed=True),
            quotes=("«", "»", "‹", "›"),
            short_title="Something",
            url="https://example.org",
            imprint="Printed *here*.\n\nAnd bound.",
            credit=False,
            modified="2026-11-07T21:45:00Z",
            ignore=("doubled-word",),
            missing_glyphs_by_name=True,
            title_page=True,
            contents=False,
            colophon=True,
        ),
    )


def test_each_value_has_its_place() -> None:
    front, _ = keys(EVERYTHING)
    assert front.spans["title"] == Span(2, 8, 2, 32)
    assert front.spans["subtitle"] == Span(3, 11, 4, 14)
    assert front.spans["lang"] == Span(9, 7, 9, 12)
    assert front.spans["cover-image"] == Span(23, 14, 23, 30)
    assert front.spans["octopub.notes.pdf"] == Span(29, 33, 29, 40)
    assert front.spans["octopub.fonts.text"].line == 31


NO_FRONT_MATTER = [
    "Text.",
    "---\n\nText.\n\n---\n",
    "---\n",
    "---",
    "***\na: b\n---\n",
    "\n---\na: b\n---\n",
    "----\na: b\n---\n",
]


@pytest.mark.parametrize("text", NO_FRONT_MATTER)
def test_there_is_none(text: str) -> None:
    assert front_matter(text) == (FrontMatter(), ())


BODIES = {
    "---\ntitle: A\n---\nText.": ("A", "Text."),
    "--- \t\ntitle: A\n...  \n\nText.": ("A", "\nText."),
    "---\n---\nText.": (None, "Text."),
    "---\n# only a comment\n---\nText.": (None, "Text."),
    "---\ntitle: A\n---\n---\n\nText.": ("A", "---\n\nText."),
    "\ufeff---\r\ntitle: A\r\n---\r\nText.": ("A", "Text."),
    "---\ntitle: |\n  ---\n---\nText.": ("---", "Text."),
}


@pytest.mark.parametrize(("text", "expected"), BODIES.items())
def test_where_the_markdown_begins(text: str, expected: tuple[str | None, str]) -> None:
    front, complaints = front_matter(text)
    source, _ = from_text(text)
    assert source is not None
    assert (front.title, source.text[front.body :], complaints) == (*expected, ())


# What the ready-made loader would make a truth value, a number or a date of, and other traps of YAML.
TEXTS = {
    "lang: no": {"lang": "no"},
    "title: 1984": {"title": "1984"},
    "title: 12:30": {"title": "12:30"},
    "title: on": {"title": "on"},
    "title: Null": {"title": "Null"},
    'title: "null"': {"title": "null"},
    "edition: 0x1F": {"edition": "0x1F"},
    "date: 2026-11-07": {"date": "2026-11-07"},
    "date: 1917-10-25 (old style)": {"date": "1917-10-25 (old style)"},
    "date: 1917–1918": {"date": "1917–1918"},
    "date: 1917-1918": {"date": "1917-1918"},
    "date: November 1917": {"date": "November 1917"},
    "title: >\n  Folded\n  over": {"title": "Folded over"},
    "title: 'It''s'": {"title": "It's"},
    'title: "A\\tB"': {"title": "A B"},
    "title: A\u00a0B\u202f!": {"title": "A\u00a0B\u202f!"},
    "title: 🐙 & <b>": {"title": "🐙 & <b>"},
    "subtitle:": {},
    "subtitle: ~": {},
    "subtitle: null": {},
    'subtitle: ""': {},
    "author:\n- A\n-\n- B": {"authors": ("A", "B")},
    "author: []": {},
    "author: A, B": {"authors": ("A, B",)},
    "author: {name: A}": {"authors": ("A",)},
    "octopub:": {},
    "subject: a": {"subjects": ("a",)},
    "octopub: {quotes: ['« ', ' »', “, ”]}": {"options": Options(quotes=("« ", " »", "“", "”"))},
    "octopub: {kind: Handout}": {"options": Options(kind=Kind.HANDOUT)},
    "octopub: {missing-glyphs: error}": {},
    "octopub: {url: example.org/essay}": {"options": Options(url="example.org/essay")},
    "octopub: {fonts: {fallback: Amiri}}": {"options": Options(fonts=Fonts(fallback=("Amiri",)))},
    "octopub: {modified: 2026}": {"options": Options(modified="2026")},
}


@pytest.mark.parametrize(("yaml_text", "given"), TEXTS.items())
def test_values(yaml_text: str, given: dict[str, Any]) -> None:
    front, complaints = keys(yaml_text)
    assert complaints == ()
    assert front._replace(spans={}, body=0) == FrontMatter(**given)


IDENTIFIERS = {
    "identifier: doi:10.1000/182": ("doi:10.1000/182", None),
    "identifier: 9783161484100": ("urn:isbn:9783161484100", "9783161484100"),
    "identifier: 978 3 16 148410 0": ("urn:isbn:9783161484100", "978 3 16 148410 0"),
    "identifier: ISBN 3-16-148410-X": ("urn:isbn:316148410X", "3-16-148410-X"),
    "identifier: urn:isbn:9783161484100": ("urn:isbn:9783161484100", "9783161484100"),
    "identifier: {scheme: isbn-10, text: 316148410x}": ("urn:isbn:316148410X", "316148410x"),
    'identifier: {scheme: "15", text: 978-3-16-148410-0}': ("urn:isbn:9783161484100", "978-3-16-148410-0"),
    "identifier: {scheme: DOI, text: 10.1000/182}": ("doi:10.1000/182", None),
    "identifier: {scheme: doi, text: doi:10.1000/182}": ("doi:10.1000/182", None),
    "identifier: {scheme: UUID, text: 6A1A2C3E-9d0b-4c5f-8e7a-1b2c3d4e5f60}": ("urn:uuid:6A1A2C3E-9d0b-4c5f-8e7a-1b2c3d4e5f60", None),
    "identifier: {scheme: URL, text: https://example.org}": ("https://example.org", None),
    "identifier: {scheme: LCCN, text: n78-890351}": ("LCCN:n78-890351", None),
    "identifier: {text: abc}": ("abc", None),
    "identifier: [abc, 978-3-16-148410-0]": ("abc", "978-3-16-148410-0"),
    "identifier: [978-3-16-148410-0, abc]": ("abc", "978-3-16-148410-0"),
}


@pytest.mark.parametrize(("yaml_text", "expected"), IDENTIFIERS.items())
def test_identifiers(yaml_text: str, expected: tuple[str, str | None]) -> None:
    front, complaints = keys(yaml_text)
    assert (front.identifier, front.isbn, complaints) == (*expected, ())


# Each case of the file: a title, a YAML, and what is said of it, with lines of one stop between them.
CASES = (Path(__file__).parent / "frontmatter_faults.txt").read_text(encoding="utf-8").split("\n.\n")
FAULTS = {
    title.strip(): (yaml_text, said.splitlines())
    for title, yaml_text, said in zip(CASES[:-1:3], CASES[1::3], CASES[2::3], strict=True)
}


@pytest.mark.parametrize(("yaml_text", "said"), FAULTS.values(), ids=FAULTS)
def test_faults(yaml_text: str, said: list[str]) -> None:
    _, complaints = keys(yaml_text)
    assert [str(each).removeprefix("<text>:") for each in complaints] == said


def test_a_character_that_yaml_forbids() -> None:
    _, complaints = keys("title: 🐙\x85\x80")
    problem = "the character U+0080 has no place in it"
    assert [str(each) for each in complaints] == [
        f"<text>:2:10: error: the front matter is not valid YAML: {problem}; delete it [front-matter-syntax]"
    ]


def test_a_page_of_brackets_is_no_danger() -> None:
    _, complaints = keys(f"title: {'[' * 5000}{']' * 5000}")
    assert [str(each) for each in complaints] == [
        "<text>:2:17: error: this value is nested more than 10 levels deep; nest it less [too-deep]"
    ]


def test_a_long_value_is_shown_in_part() -> None:
    _, (complaint,) = keys(f"lang: {'x' * 50}")
    assert complaint.message.startswith(f"“{'x' * 39}…” is no language tag")


def test_the_parser_without_libyaml_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = (yaml_text for yaml_text, _ in FAULTS.values())
    with_libyaml = {text: keys(text) for text in (EVERYTHING, *TEXTS, *faulty)}
    monkeypatch.setattr(yamltree, "_PARSER", yaml.SafeLoader)
    assert with_libyaml == {text: keys(text) for text in with_libyaml}


def test_all_faults_at_once() -> None:
    front, complaints = keys("title: [A]\nauthor: B\nlang: en_US\ndate: 1917-13\nAutor: C")
    assert [(each.span and each.span.line, each.code.slug) for each in complaints] == [
        (2, "value-invalid"),
        (4, "lang-invalid"),
        (5, "value-invalid"),
        (6, "key-unknown"),
    ]
    assert front.authors == ("B",)


def test_one_without_end() -> None:
    front, complaints = front_matter("---\ntitle: A\n\nText.\n")
    said = "<text>:1:1: error: the front matter that begins here has no end; close it with a line `---` {}"
    assert [str(each) for each in complaints] == [said.format("[front-matter-unclosed]")]
    assert front == FrontMatter(body=20)


def test_one_with_nothing_behind_it() -> None:
    _, complaints = front_matter("---\ntitle: A\n---\n\n")
    assert [str(each) for each in complaints] == [
        "<text>:4:1: error: the manuscript has no text; write some [empty]"
    ]


@settings(deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"%@`#?, \n\t~<\x85\u2028🐙", max_size=60))
def test_any_text_gives_keys_or_complaints(text: str) -> None:
    source, _ = from_text(f"---\nx{text}\n---\nText.\n")
    assert source is not None
    _, complaints = read(source)
    lines = source.text.count("\n") + 1
    assert all(each.span is not None and 1 <= each.span.line <= lines for each in complaints)
