"""Faces: none, unless the manuscript asks for them; then those that it needs, with what it needs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import uharfbuzz as hb
from lxml import etree

from tests.epub.opened import BOOKS, XHTML, Opened, book, opened

TEXT, HEBREW, CODE = "EB Garamond", "Frank Ruhl Libre", "IBM Plex Mono"
APPLE = "META-INF/com.apple.ibooks.display-options.xml"
NARROW = "\N{NARROW NO-BREAK SPACE}"
SILENT = {"\n", " ", "\N{VARIATION SELECTOR-15}"}


def rules(epub: Opened) -> dict[str, tuple[str, str, str]]:
    """The family, style and weight of each `@font-face` rule, by its file."""
    css = epub.files["style.css"].decode()
    rule = (
        r'@font-face \{ font-family: "([^"]+)"; font-style: (\w+); font-weight: (\d+); src: url\(([^)]+)\) \}'
    )
    return {file: (family, style, weight) for family, style, weight, file in re.findall(rule, css)}


def families(epub: Opened) -> set[str]:
    """Every family that the stylesheet asks for."""
    css = re.sub(r"@font-face \{[^}]*\}", "", epub.files["style.css"].decode())
    asked = ", ".join(re.findall(r"font-family:\s*([^;}]+)", css))
    return {name.strip().strip('"') for name in asked.split(",") if name.strip()}


def covered(epub: Opened, family: str) -> Iterator[set[str]]:
    """The characters that each face of the family has a glyph for."""
    for file, (name, _, _) in rules(epub).items():
        if name == family:
            yield {chr(number) for number in hb.Face(epub.files[file]).unicodes}


def text(epub: Opened, *, code: bool) -> set[str]:
    """The characters of the text, or of code."""
    found: set[str] = set()
    for document in epub.documents.values():
        for element in document.iter(f"{XHTML}*"):
            inside = any(each.tag == f"{XHTML}code" for each in [element, *element.iterancestors()])
            found.update(element.text or "" if inside == code else "")
            outer = any(each.tag == f"{XHTML}code" for each in element.iterancestors())
            found.update(element.tail or "" if outer == code else "")
    return found - SILENT


@pytest.mark.parametrize(("name", "largest"), [each for each in BOOKS if each[0] != "carried"])
def test_a_book_that_carries_no_faces_asks_for_none(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    assert [
        item.get("href") for item in epub.items.values() if item.get("media-type", "").startswith("font/")
    ] == []
    assert families(epub) <= {"monospace", "inherit"}
    assert b"@font-face" not in epub.files["style.css"]
    assert APPLE not in epub.files


def test_apple_is_told_of_faces() -> None:
    (option,) = etree.fromstring(book("carried").files[APPLE]).iter("option")
    assert (option.get("name"), option.text) == ("specified-fonts", "true")


def test_a_book_carries_the_faces_that_it_asks_for() -> None:
    epub = book("carried")
    files = [str(item.get("href")) for item in epub.items.values() if item.get("media-type") == "font/ttf"]
    assert sorted(rules(epub)) == sorted(files)
    assert {family for family, _, _ in rules(epub).values()} == {TEXT, HEBREW, CODE}
    assert families(epub) == {TEXT, HEBREW, CODE, "serif", "monospace", "inherit"}
    cuts = {rule[1:] for rule in rules(epub).values() if rule[0] == TEXT}
    assert cuts == {("normal", "400"), ("italic", "400"), ("normal", "700"), ("italic", "700")}


def test_they_have_the_characters_that_are_set_in_them() -> None:
    epub = book("carried")
    hebrew, arrow = set("שוק"), {"↩"}
    needed = {
        TEXT: text(epub, code=False) - hebrew - arrow | set("0123456789"),  # for the numbers of lists
        HEBREW: hebrew,
        CODE: text(epub, code=True) | arrow,
    }
    for family, characters in needed.items():
        assert all(characters <= held for held in covered(epub, family))


def test_they_have_little_else() -> None:
    epub = book("carried")
    for family, most in ((TEXT, 90), (HEBREW, 10), (CODE, 25)):
        assert all(len(held) < most for held in covered(epub, family))


@pytest.mark.parametrize(("embed", "spaces"), [("false", set()), ("true", {NARROW})])
def test_narrow_spaces_stay_where_there_is_a_face_that_has_them(embed: str, spaces: set[str]) -> None:
    """Readers draw boxes for them in many a face of their own."""
    front = f"---\ntitle: A\nlang: fr\noctopub: {{fonts: {{embed: {embed}}}}}\n---\n\n"
    epub = opened(f"{front}Vraiment ? Oui ; mais\u2009où\u200aça ?[^1]\n\n[^1]: Ici ; ou là ?\n")
    narrow = {NARROW, "\N{THIN SPACE}", "\N{HAIR SPACE}"}
    found = {
        character
        for document in epub.documents.values()
        for character in "".join(map(str, document.itertext()))
    }
    assert found & narrow == (narrow if spaces else set())
    assert "\N{NO-BREAK SPACE}" in found


def test_they_are_called_as_the_stylesheet_calls_them() -> None:
    """A subset has a name of its own inside (the licence wants that), which no reader goes by."""
    epub = book("carried")
    for file in rules(epub):
        assert TEXT not in str(hb.Face(epub.files[file]).get_name(1))
