"""Images: each once, as it is."""

from __future__ import annotations

from tests.epub.opened import MANUSCRIPTS, XHTML, Opened, book

LAMP, DOT = "images/lamp.svg", "images/dot.png"


def shown(epub: Opened) -> list[tuple[str, str | None]]:
    """The images of the text and their alternative texts, in their order."""
    return [
        (str(image.attrib["src"]), image.get("alt"))
        for document in epub.texts.values()
        for image in document.iter(f"{XHTML}img")
    ]


def test_an_image_that_stands_twice_is_one_file() -> None:
    epub = book("book")
    assert shown(epub) == [(LAMP, "A lamp on a rock"), (LAMP, "The same lamp"), (DOT, "A dot")]
    assert sorted(name for name in epub.files if name.startswith("images/")) == [DOT, LAMP]


def test_a_drawing_stays_one() -> None:
    epub = book("book")
    (item,) = [item for item in epub.items.values() if item.get("href") == LAMP]
    assert item.get("media-type") == "image/svg+xml"
    assert b"<path" in epub.files[LAMP]


def test_a_picture_is_not_touched() -> None:
    assert book("book").files[DOT] == (MANUSCRIPTS / DOT).read_bytes()


def test_a_cover_that_stands_in_the_text_as_well_is_one_file() -> None:
    epub = book("pictured")
    assert shown(epub) == [(DOT, "dot"), (LAMP, "The lamp"), (DOT, "")]
    assert [item.get("href") for item in epub.items.values() if item.get("href") == DOT] == [DOT]


def test_one_that_says_nothing_says_so() -> None:
    (decorative,) = [
        image
        for document in book("pictured").texts.values()
        for image in document.iter(f"{XHTML}img")
        if not image.get("alt")
    ]
    assert decorative.get("role") == "presentation"
