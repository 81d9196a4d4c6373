"""The package document: who made what and when, and in which order it is read."""

from __future__ import annotations

import re

import pytest

from octopub import build_epub
from tests.conftest import Golden
from tests.epub.opened import BOOKS, MANUSCRIPTS, OPF, Opened, book, opened
from tests.tools import epubcheck

each_book = pytest.mark.parametrize(("name", "largest"), BOOKS)

MODIFIED = "meta[@property='dcterms:modified']"


@pytest.mark.parametrize("name", ["book", "bare", "hebrew"])
def test_the_whole_document(name: str, golden: Golden) -> None:
    golden(book(name).files["content.opf"], MANUSCRIPTS / f"{name}.opf")


# -- what it says -------------------------------------------------------------------------------


@each_book
def test_what_refines_names_what_it_refines(name: str, largest: int | None) -> None:
    package = book(name, largest).package
    ids = {str(element.attrib["id"]) for element in package.iter() if "id" in element.attrib}
    refined = {
        str(meta.attrib["refines"]).removeprefix("#")
        for meta in package.iter(f"{OPF}meta")
        if "refines" in meta.attrib
    }
    assert refined <= ids
    assert package.get("unique-identifier") in ids


@each_book
def test_only_reserved_prefixes_are_used_and_none_is_declared(name: str, largest: int | None) -> None:
    """EPUB 3.3, appendix D.3.3."""
    package = book(name, largest).package
    said = [meta.get(name, "") for meta in package.iter(f"{OPF}meta") for name in ("property", "scheme")]
    assert {each.split(":")[0] for each in said if ":" in each} <= {"a11y", "dcterms", "marc", "schema"}
    assert package.get("prefix") is None


def identifiers(front: str, text: str = "Text.") -> list[str]:
    return opened(f"---\n{front}\n---\n\n{text}\n").values("dc:identifier")


def test_a_corrected_text_is_the_same_book() -> None:
    front = "title: A Book\nsubtitle: Of Words\nauthor: Somebody\nlang: en"
    (first,) = identifiers(front)
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first
    )
    assert identifiers(front, "Other text.") == [first]
    assert identifiers(f"{front}\ndate: 2024\npublisher: A Press") == [first]


@pytest.mark.parametrize(
    "front",
    [
        "title: Ein Buch\nauthor: Somebody\nlang: en",
        "title: A Book\nauthor: Somebody Else\nlang: en",
        "title: A Book\nauthor: Somebody\nlang: de",
        "title: A Book\nsubtitle: Part 2\nauthor: Somebody\nlang: en",
        "title: A Book\nlang: en",
    ],
    ids=["title", "author", "translation", "subtitle", "no author"],
)
def test_another_book_is_another(front: str) -> None:
    assert identifiers(front) != identifiers("title: A Book\nauthor: Somebody\nlang: en")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("978-3-16-148410-0", ["urn:isbn:9783161484100"]),
        ("urn:uuid:0e1dcb6d-2a3c-4f1c-b4c1-d8f5f2a7a6c5", ["urn:uuid:0e1dcb6d-2a3c-4f1c-b4c1-d8f5f2a7a6c5"]),
        ("doi:10.1000/182", ["doi:10.1000/182"]),
        ("[https://example.org/b, ISBN 3-16-148410-X]", ["https://example.org/b", "urn:isbn:316148410X"]),
    ],
)
def test_an_identifier_that_is_given(given: str, expected: list[str]) -> None:
    assert identifiers(f"title: A Book\nidentifier: {given}") == expected


@pytest.mark.parametrize(
    ("front", "epoch", "expected"),
    [
        ("title: A", None, "2000-01-01T00:00:00Z"),
        ("date: 2024-03-01", None, "2024-03-01T00:00:00Z"),
        ("date: 1792", None, "1792-01-01T00:00:00Z"),
        ("date: 0476-09-04", None, "0476-09-04T00:00:00Z"),
        ("date: the first of March", None, "2000-01-01T00:00:00Z"),
        ("date: 2024-03-01\noctopub: {modified: 2025-06-01T10:00:00+02:00}", None, "2025-06-01T08:00:00Z"),
        ("date: 2024-03-01\noctopub: {modified: 2025-06-01}", 86_400, "1970-01-02T00:00:00Z"),
    ],
    ids=["nothing", "date", "year", "long ago", "words", "modified", "SOURCE_DATE_EPOCH"],
)
def test_when_it_was_modified(front: str, epoch: int | None, expected: str) -> None:
    made = Opened(build_epub(f"---\n{front}\n---\n\nText.\n", source_date_epoch=epoch))
    assert made.values(MODIFIED) == [expected]


@pytest.mark.parametrize(
    ("date", "in_dublin_core", "besides"),
    [("2024", ["2024"], []), ("2024-03", ["2024-03"], []), ("7 November 2026", [], ["7 November 2026"])],
)
def test_a_date_in_words_is_kept_where_epub_allows_any(
    date: str, in_dublin_core: list[str], besides: list[str]
) -> None:
    made = opened(f"---\ntitle: A\ndate: {date}\n---\n\nText.\n")
    assert made.values("dc:date") == in_dublin_core
    assert made.values("meta[@property='dcterms:date']") == besides


# -- the cover ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "image", "shown"),
    [
        ("essay", "cover.png", "cover.svg"),
        ("pictured", "images/dot.png", "images/dot.png"),
        ("handout", None, None),
    ],
)
def test_the_cover(name: str, image: str | None, shown: str | None) -> None:
    epub = book(name)
    marked = [item for item in epub.items.values() if "cover-image" in item.get("properties", "")]
    assert [item.get("href") for item in marked] == ([image] if image else [])
    named = [meta.get("content") for meta in epub.package.iter(f"{OPF}meta") if meta.get("name") == "cover"]
    assert named == [item.get("id") for item in marked]
    page = epub.documents.get("cover.xhtml")
    images = (
        [] if page is None else [each.get("src") for each in page.iter("{http://www.w3.org/1999/xhtml}img")]
    )
    assert images == ([shown] if shown else [])


def test_what_the_cover_says_to_those_who_do_not_see_it() -> None:
    (image,) = book("book").documents["cover.xhtml"].iter("{http://www.w3.org/1999/xhtml}img")
    assert image.get("alt") == "The Lighthouse Log, Ada Keeper and Ben Wick"


def test_the_cover_page_has_no_words() -> None:
    """By that Amazon's converter knows it, and leaves it out."""
    body = book("book").documents["cover.xhtml"].find("{http://www.w3.org/1999/xhtml}body")
    assert body is not None
    assert "".join(map(str, body.itertext())).strip() == ""


# -- the order ----------------------------------------------------------------------------------

FRONT = "---\ntitle: A\nrights: Mine\noctopub: {options}\n---\n\n"
ESSAY = "{front}## One\n\nText.[^1]\n\n## Two\n\nText.\n\n## Three\n\nText.\n\n[^1]: A note.\n"


@pytest.mark.parametrize(
    ("options", "spine"),
    [
        ("{}", "cover title nav text-1 colophon"),
        ("{notes: {epub: book}}", "cover title nav text-1 notes colophon"),
        ("{contents: false, colophon: false}", "cover title text-1"),
        ("{title-page: false}", "cover nav text-1 colophon"),
        ("{kind: handout}", "text-1 colophon"),
        ("{kind: handout, title-page: true, contents: true, colophon: false}", "title nav text-1"),
    ],
)
def test_the_order_of_reading(options: str, spine: str) -> None:
    text = ESSAY.replace("{front}", FRONT.replace("{options}", options))
    assert opened(text).spine == [f"{name}.xhtml" for name in spine.split()]


@pytest.mark.parametrize(
    ("options", "heads"), [("{}", 0), ("{title-page: false}", 1), ("{kind: handout}", 1)]
)
def test_title_and_author_stand_at_the_head_where_there_is_no_title_page(options: str, heads: int) -> None:
    text = opened(ESSAY.replace("{front}", FRONT.replace("{options}", options))).documents["text-1.xhtml"]
    assert len(list(text.iter("{http://www.w3.org/1999/xhtml}header"))) == heads


# -- what shops ask for ---------------------------------------------------------------------------

SHOP = """\
---
title: A Book
author: {name: Ann Wick, file-as: "Wick, Ann"}
creator: {text: Dee Knot, role: editor}
contributor: [{text: Eve Ink, role: ill}, Flo Ash]
belongs-to-collection: Things of the Sea
group-position: 2
edition: third
subject: [{text: Ropes, authority: Thema, term: WFW}, Knots]
---

Text.
"""


def refined(epub: Opened, path: str) -> list[tuple[str, dict[str, str]]]:
    """Elements of the metadata with what refines each."""
    names = {"dc": "http://purl.org/dc/elements/1.1/", "": OPF.strip("{}")}
    metadata = epub.package.find("metadata", names)
    assert metadata is not None
    metas = list(epub.package.iter(f"{OPF}meta"))
    return [
        (
            str(found.text),
            {
                str(each.get("property")): str(each.text)
                for each in metas
                if each.get("refines") == f"#{found.get('id')}"
            },
        )
        for found in metadata.findall(path, names)
    ]


def test_people_subjects_and_series_as_shops_read_them() -> None:
    epub = opened(SHOP)
    assert refined(epub, "dc:creator") == [
        ("Ann Wick", {"role": "aut", "file-as": "Wick, Ann"}),
        ("Dee Knot", {"role": "edt"}),
    ]
    assert refined(epub, "dc:contributor") == [("Eve Ink", {"role": "ill"}), ("Flo Ash", {})]
    assert refined(epub, "dc:subject") == [("Ropes", {"authority": "Thema", "term": "WFW"}), ("Knots", {})]
    assert refined(epub, "meta[@property='belongs-to-collection']") == [
        ("Things of the Sea", {"collection-type": "series", "group-position": "2"})
    ]
    assert epub.values("meta[@property='schema:bookEdition']") == ["third"]
    assert epubcheck(epub.data) == []
