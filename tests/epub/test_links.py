"""Ids, links, headings and what elements are called, in every file of every small book."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from tests.epub.opened import BOOKS, TYPE, XHTML, Opened, book, words
from tests.epub.vocabularies import ELEMENTS, EPUB_TYPES, ROLES, SAME

each_book = pytest.mark.parametrize(("name", "largest"), BOOKS)

HEADINGS = [f"{XHTML}h{rank}" for rank in range(1, 7)]


@each_book
def test_an_id_stands_once_in_its_file(name: str, largest: int | None) -> None:
    opened = book(name, largest)
    twice = {
        file: [i for i, count in Counter(opened.ids(file)).items() if count > 1] for file in opened.documents
    }
    assert {file: ids for file, ids in twice.items() if ids} == {}


@each_book
def test_every_link_leads_somewhere(name: str, largest: int | None) -> None:
    opened = book(name, largest)
    ids = {file: {"", *opened.ids(file)} for file in opened.documents}
    links = list(opened.links())
    assert links
    assert [link for link in links if link.anchor not in ids.get(link.target, ())] == []


@each_book
def test_a_link_leads_into_the_spine(name: str, largest: int | None) -> None:
    """Readers cannot show what lies outside."""
    opened = book(name, largest)
    assert {link.target for link in opened.links()} <= set(opened.spine)


def test_a_link_out_of_the_book_is_an_address_or_none() -> None:
    """What EPUBCheck takes for no address leads nowhere: its text stays, without a link."""
    (text,) = book("links").texts.values()
    out = {words(a): str(a.attrib["href"]) for a in text.iter(f"{XHTML}a") if ":" in str(a.attrib["href"])}
    assert out == {
        "a": "https://example.org/%C3%A4?x=%5B1%5D%7C2#%C3%B6",
        "b": "http://[2001:db8::1]:8080/",
        "c": "mailto:me@example.org?subject=%C3%A4%20b",
        "d": "tel:+49-30-1",
        "e": "https://example.org/%25zz",
        "f": "https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9",
        "h": "https://doi.org/10.1000/a%3Cb%3Ec",
        "i": "https://example.org/%22quoted%22%20words",
        "j": "http://user:word@example.org:80?a&b",
        "k": "HTTPS://EXAMPLE.ORG",
        "https://example.org": "https://example.org",
    }
    assert words(text).endswith("l m n o p q r s t u")


@each_book
def test_every_file_is_listed_once_and_every_listed_one_is_there(name: str, largest: int | None) -> None:
    opened = book(name, largest)
    listed = [str(item.attrib["href"]) for item in opened.items.values()]
    there = {name for name in opened.files if not name.startswith("META-INF/")} - {"mimetype", "content.opf"}
    assert sorted(listed) == sorted(there)
    assert len(opened.spine) == len(set(opened.spine))


@each_book
def test_headings_leave_no_gap(name: str, largest: int | None) -> None:
    """Neither in a file nor through the book: a screen reader's user takes a gap for a loss."""
    opened = book(name, largest)
    for files in ([file] for file in opened.spine), [opened.spine]:
        for file_or_book in files:
            ranks = [
                int(str(h.tag)[-1]) for file in file_or_book for h in opened.documents[file].iter(*HEADINGS)
            ]
            assert all(after <= before + 1 for before, after in itertools.pairwise(ranks)), ranks


@each_book
def test_types_and_roles_are_those_of_the_vocabularies(name: str, largest: int | None) -> None:
    opened = book(name, largest)
    landmarks = {item for _, nav in opened.typed("landmarks") for item in nav.iter(f"{XHTML}li")}
    for document in opened.documents.values():
        for element in document.iter(f"{XHTML}*"):
            tag = str(element.tag).removeprefix(XHTML)
            types = set(element.get(TYPE, "").split())
            roles = set(element.get("role", "").split())
            named = {role.removeprefix("doc-") for role in roles if role.startswith("doc-")}
            assert types <= EPUB_TYPES
            assert roles - {f"doc-{role}" for role in named} <= {"presentation"}
            assert named <= ELEMENTS.get(tag, set()) & ROLES
            if element.getparent() not in landmarks:
                assert types & SAME <= named, "a type without its role"


@each_book
def test_every_document_says_its_language_and_its_title(name: str, largest: int | None) -> None:
    opened = book(name, largest)
    (lang,) = opened.values("dc:language")
    for document in opened.documents.values():
        assert document.get("lang") == document.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
        assert document.findtext(f"{XHTML}head/{XHTML}title")


def test_a_source_line_ends_with_each_block() -> None:
    """A message that names a line of a file says where to look; and no space comes into the text by it."""
    text = Opened(book("book").data).files["text-2.xhtml"].decode()
    assert max(map(len, text.splitlines())) < 1000
    assert (
        "<code>gale = 8\nstorm = 10</code></pre>\n"
        in Opened(book("book").data).files["text-4.xhtml"].decode()
    )


@pytest.mark.parametrize(
    ("name", "direction"), [("book", None), ("hebrew", "rtl")], ids=["left to right", "right to left"]
)
def test_direction(name: str, direction: str | None) -> None:
    opened = book(name)
    assert {document.get("dir") for document in opened.documents.values()} == {direction}
    (spine,) = opened.package.iter("{http://www.idpf.org/2007/opf}spine")
    assert spine.get("page-progression-direction") == (direction or "ltr")
    assert opened.package.get("dir") == direction
