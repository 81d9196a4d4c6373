"""The contents, for both generations of readers, and the landmarks."""

from __future__ import annotations

import pytest

from tests.epub.opened import BOOKS, NCX, OPF, TYPE, XHTML, Element, Entry, Opened, book, words

each_book = pytest.mark.parametrize(("name", "largest"), BOOKS)

CONTENTS = {
    "book": [
        (1, "The lamp", "text-2.xhtml#the-lamp-2"),
        (2, "How it burns", "text-2.xhtml#how-it-burns"),
        (3, "Oil and wicks", "text-2.xhtml#oil-and-wicks"),
        (1, "The fog", "text-3.xhtml#the-fog"),
        (1, "The wind", "text-4.xhtml#the-wind"),
    ],
    "essay": [
        (1, "Where it comes from", "text-1.xhtml#where-it-comes-from"),
        (2, "Mines", "text-1.xhtml#mines"),
        (1, "Where it goes", "text-1.xhtml#where-it-goes"),
    ],
    "at-end": [
        (1, "Uphill", "text-1.xhtml#uphill"),
        (2, "Stones", "text-1.xhtml#stones"),
        (1, "Downhill", "text-2.xhtml#downhill"),
        (1, "Notes", "notes.xhtml"),
    ],
    # A text without headings is found by its title.
    "handout": [(1, "House Rules", "text-1.xhtml")],
    "bare": [(1, "bare", "text-1.xhtml")],
}


def landmarks(epub: Opened) -> dict[str, tuple[str, str]]:
    """What each landmark is called and where it leads, by its kind."""
    ((_, nav),) = epub.typed("landmarks")
    return {a.get(TYPE, ""): (words(a), str(a.attrib["href"])) for a in nav.iter(f"{XHTML}a")}


def points(point: Element, depth: int = 1) -> list[Entry]:
    """The lines under an element of the NCX."""
    found = []
    for each in point.findall(f"{NCX}navPoint"):
        content = each.find(f"{NCX}content")
        assert content is not None
        label = each.findtext(f"{NCX}navLabel/{NCX}text")
        found += [Entry(depth, str(label), str(content.attrib["src"])), *points(each, depth + 1)]
    return found


@pytest.mark.parametrize("name", CONTENTS)
def test_the_contents_are_the_headings(name: str) -> None:
    assert book(name).contents() == CONTENTS[name]


@each_book
def test_the_ncx_has_the_same_lines(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    (top,) = epub.ncx().findall(f"{NCX}navMap")
    assert points(top) == epub.contents()
    order = [int(str(point.attrib["playOrder"])) for point in top.iter(f"{NCX}navPoint")]
    assert order == list(range(1, len(order) + 1))


@each_book
def test_the_head_of_the_ncx(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    facts = {str(meta.attrib["name"]): meta.attrib["content"] for meta in epub.ncx().iter(f"{NCX}meta")}
    assert facts["dtb:uid"] == epub.values("dc:identifier")[0]
    assert facts["dtb:depth"] == str(max(entry.depth for entry in epub.contents()))
    assert epub.ncx().findtext(f"{NCX}docTitle/{NCX}text") == epub.values("dc:title")[0]


@each_book
def test_the_contents_lead_through_the_book_in_its_order(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    places = []
    for _, _, href in epub.contents():
        file, _, anchor = href.partition("#")
        places.append((epub.spine.index(file), epub.ids(file).index(anchor) if anchor else -1))
    assert places == sorted(places)


def test_a_heading_that_is_a_picture_is_called_as_the_picture_is() -> None:
    labels = [entry.label for entry in book("awkward").contents()]
    assert labels == ["R&D < C", "Waves", "1984: text-1", "Note 1", "Call 1", "Text 1"]


def test_a_note_in_a_heading_is_no_part_of_its_line() -> None:
    heading = "How it burns"
    assert heading in [entry.label for entry in book("book").contents()]
    (shown,) = [
        h for h in book("book").documents["text-2.xhtml"].iter(f"{XHTML}h2") if words(h).startswith(heading)
    ]
    assert words(shown) == f"{heading}3"


LANDMARKS = {
    "book": {
        "cover": ("Cover", "cover.xhtml"),
        "titlepage": ("Title page", "title.xhtml"),
        "toc": ("Contents", "nav.xhtml"),
        "bodymatter": ("Begin reading", "text-1.xhtml"),
        "colophon": ("Colophon", "colophon.xhtml"),
    },
    "german": {
        "cover": ("Umschlag", "cover.xhtml"),
        "titlepage": ("Titelseite", "title.xhtml"),
        "bodymatter": ("Textbeginn", "text-1.xhtml"),
        "colophon": ("Impressum", "colophon.xhtml"),
    },
    "at-end": {
        "cover": ("Cover", "cover.xhtml"),
        "titlepage": ("Title Page", "title.xhtml"),
        "toc": ("Contents", "nav.xhtml"),
        "bodymatter": ("Begin Reading", "text-1.xhtml"),
        "endnotes": ("Notes", "notes.xhtml"),
        "colophon": ("Colophon", "colophon.xhtml"),
    },
    "handout": {"bodymatter": ("Begin Reading", "text-1.xhtml")},
}


@pytest.mark.parametrize("name", LANDMARKS)
def test_landmarks(name: str) -> None:
    assert landmarks(book(name)) == LANDMARKS[name]
    assert list(landmarks(book(name))) == list(LANDMARKS[name]), "in the book's order"


@each_book
def test_the_guide_has_the_same_places_under_the_names_of_epub_2(name: str, largest: int | None) -> None:
    epub = book(name, largest)
    names = {"titlepage": "title-page", "bodymatter": "text", "endnotes": "notes"}
    guide = {
        str(each.attrib["type"]): (str(each.attrib["title"]), str(each.attrib["href"]))
        for each in epub.package.iter(f"{OPF}reference")
    }
    assert guide == {names.get(kind, kind): place for kind, place in landmarks(epub).items()}
