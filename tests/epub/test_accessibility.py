"""What a book says of its accessibility is so: each claim is held against the content of its files. (Ace does not do
that: it passes a book that claims what it does not hold.)"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

import octopub
from tests.epub.opened import BOOKS, ESSAY, XHTML, Element, Opened, book, opened, words

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMED = "---\nlang: en\n---\n\n"
CONFORMS_TO = "EPUB Accessibility 1.1 - WCAG 2.1 Level A"
HEADED = "| A | B |\n|---|---|\n| c | d |\n"
HEADLESS = "| | |\n|---|---|\n| c | d |\n"

CASES = {
    "words": (NAMED + "Words.", "textual", "textual", True),
    "no-language": ("Words.", "textual", "textual", False),
    "another-language": (NAMED + "Сани стоят у ворот, а лошадь ещё в стойле, и снег идёт.", "textual", "textual", False),
    "described": (NAMED + "Words.\n\n![A dot](dot.png)", "textual visual", "textual,visual textual", True),
    "not-described": (NAMED + "Words.\n\n![](dot.png)", "textual visual", "textual,visual", False),
    "one-of-two": (NAMED + "![A dot](dot.png)\n\n![](dot.png)", "textual visual", "textual,visual", False),
    "decorative": (NAMED + "Words.\n\n![](dot.png){.decorative}", "textual", "textual", True),
    "in-a-note": (NAMED + "Words.^[A ![](dot.png).]", "textual visual", "textual,visual", False),
    "in-the-imprint": (
        "---\nlang: en\noctopub: {colophon: true, imprint: '![](dot.png)'}\n---\n\nWords.",
        "textual visual", "textual,visual", False,
    ),
    "moving": (NAMED + "![Dots](moving.gif)", "textual visual", "textual,visual textual", False),
    "moving-drawing": (NAMED + "![Dots](moving.svg)", "textual visual", "textual,visual textual", False),
    "still": (NAMED + "![Dots](still.gif)", "textual visual", "textual,visual textual", True),
    "headings": (NAMED + "## One\n\nWords.\n\n#### Far below\n\nWords.", "textual", "textual", True),  # gets rank 2
    "gap": (NAMED + "## One\n\n> ##### Far below\n>\n> Words.", "textual", "textual", False),
    "table": (NAMED + HEADED, "textual", "textual", True),
    "table-without-head": (NAMED + HEADLESS, "textual", "textual", False),
    "link": (NAMED + "[There](https://example.org).", "textual", "textual", True),
    "link-that-takes-words": (NAMED + "Words. [](https://example.org)", "textual", "textual", True),
    "link-without-words": (
        NAMED + "Words. [![](dot.png){.decorative}](https://example.org)", "textual", "textual", False,
    ),
    "link-of-a-picture": (
        NAMED + "[![There](dot.png)](https://example.org)", "textual visual", "textual,visual textual", True,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures that the cases name."""
    folder = tmp_path_factory.mktemp("pictures")
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(folder / "dot.png")
    first.save(folder / "still.gif")
    first.save(folder / "moving.gif", save_all=True, append_images=[second])
    (folder / "moving.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3" cx="4" cy="4">'
        '<animate attributeName="r" from="1" to="3" dur="1s"/></circle></svg>'
    )
    return folder


def said(epub: Opened, name: str) -> list[str]:
    return epub.values(f"meta[@property='{name}']")


@pytest.mark.parametrize("name", CASES)
def test_what_is_claimed(name: str, folder: Path) -> None:
    text, modes, sufficient, conforms = CASES[name]
    epub = Opened(octopub.build_epub(text, base=folder))
    assert said(epub, "schema:accessMode") == modes.split()
    assert said(epub, "schema:accessModeSufficient") == sufficient.split()
    assert said(epub, "dcterms:conformsTo") == [CONFORMS_TO] * conforms
    assert said(epub, "a11y:certifiedBy") == ["octopub"] * conforms
    assert said(epub, "schema:accessibilityHazard") == ["unknown" if "moving" in name else "none"]


SUMMARIES = {
    "words": "A screen reader can read the text in its order. "
    "That it conforms was checked by a program, not by a person.",
    "not-described": "A screen reader can read the text in its order. Not every picture is described.",
    "moving": "A screen reader can read the text in its order. Its pictures are described. Some of its pictures move.",
    "in-a-note": "A screen reader can read the text in its order. "
    "Each note is linked from its call, and leads back to it. Not every picture is described.",
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summary(name: str, folder: Path) -> None:
    epub = Opened(octopub.build_epub(CASES[name][0], base=folder))
    assert said(epub, "schema:accessibilitySummary") == [SUMMARIES[name]]


# -- each claim against the files ----------------------------------------------------------------------


def elements(epub: Opened, *names: str) -> list[Element]:
    """The elements of these names in what is read, in their order; not the cover's."""
    tags = [f"{XHTML}{name}" for name in names]
    files = [name for name in epub.spine if name != "cover.xhtml"]
    return [each for name in files for each in epub.documents[name].iter(*tags)]


def shown_images(epub: Opened) -> list[Element]:
    return [image for image in elements(epub, "img") if image.get("role") != "presentation"]


def headings_follow(epub: Opened) -> bool:
    """Whether no heading in a file is more than one rank below the one before it."""
    names = [f"h{rank}" for rank in range(1, 7)]
    ranks = [
        [int(str(each.tag)[-1]) for each in document.iter(*(f"{XHTML}{name}" for name in names))]
        for document in epub.texts.values()
    ]
    return all(rank <= before + 1 for found in ranks for before, rank in pairwise(found))


HOLDS: dict[str, Callable[[Opened], bool]] = {
    "tableOfContents": lambda epub: bool(epub.contents()),
    "structuralNavigation": lambda epub: any("#" in line.href for line in epub.contents()),
    "alternativeText": lambda epub: bool(shown_images(epub)) and all(each.get("alt") for each in shown_images(epub)),
    "pageBreakMarkers": lambda epub: bool(list(epub.typed("pagebreak"))),
    "pageNavigation": lambda epub: bool(list(epub.typed("page-list"))),
    "readingOrder": lambda epub: bool(epub.spine),
}
"""What each feature means, by the files alone."""


def held(epub: Opened) -> None:
    features = set(said(epub, "schema:accessibilityFeature"))
    assert features == {name for name, holds in HOLDS.items() if holds(epub)}
    described = all(each.get("alt") for each in shown_images(epub))
    assert ("textual" in said(epub, "schema:accessModeSufficient")) == described
    assert ("visual" in said(epub, "schema:accessMode")) == bool(shown_images(epub))
    if said(epub, "dcterms:conformsTo"):
        assert described
        assert headings_follow(epub)
        assert all(any(True for _ in table.iter(f"{XHTML}th")) for table in elements(epub, "table"))
        links = [link for link in elements(epub, "a") if link.get("href")]
        assert all(words(link) or any(each.get("alt") for each in link.iter(f"{XHTML}img")) for link in links)
        assert all(document.get("lang") for document in epub.documents.values())


@pytest.mark.parametrize(("name", "largest"), BOOKS)
def test_of_each_small_book(name: str, largest: int | None) -> None:
    held(book(name, largest))


@pytest.mark.parametrize("name", CASES)
def test_of_each_case(name: str, folder: Path) -> None:
    held(Opened(octopub.build_epub(CASES[name][0], base=folder)))


def test_with_printed_pages() -> None:
    held(Opened(octopub.build_epub(ESSAY, pages="a5")))


def test_foreign_words_say_their_language() -> None:
    (word,) = elements(opened("# A\n\nThe [mot]{lang=fr} juste."), "span")
    assert [word.get("lang"), word.get(XML_LANG), words(word)] == ["fr", "fr", "mot"]


def test_the_heads_of_a_table_say_what_they_head() -> None:
    assert [head.get("scope") for head in elements(opened(HEADED), "th")] == ["col", "col"]
