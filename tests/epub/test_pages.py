"""The printed pages in the EPUB: each mark stands before the first word that begins on its page, and nothing else of the
book is changed by it. What is on a page is what poppler reads in the PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import octopub
from octopub import building
from octopub.diagnostics import BuildError, Code
from octopub.markup.scribe import word_from
from octopub.model import Added, PageStart, Pagination
from tests.epub.opened import ESSAY, MANUSCRIPTS, NCX, TYPE, XHTML, Element, Opened, words
from tests.epub.printed import both, marks, misplaced, pages
from tests.tools import ROOT, epubcheck

SALT_ROAD, HEBREW = (ROOT / f"tests/pdf/manuscripts/{name}.md" for name in ("salt-road", "hebrew"))
EVERYTHING = ROOT / "tests/importing/manuscripts/everything.md"

LEFT_OUT = {
    # Blank pages; and in a book the title page's verso, whose colophon stands at the end of the EPUB.
    (ESSAY, "a5"): [],
    (ESSAY, "letter"): [],
    (SALT_ROAD, "a5"): ["2", "4", "12"],
    (HEBREW, "a5"): [],
    (MANUSCRIPTS / "book.md", "a5"): ["2", "4", "6", "10"],
    (MANUSCRIPTS / "words.md", "a5"): ["2", "4"],
    (MANUSCRIPTS / "handout.md", "a5"): [],
}

each_book = pytest.mark.parametrize(("path", "paper"), LEFT_OUT, ids=lambda each: getattr(each, "stem", each))

LONG = "It went on for longer than the page had room for, and then for longer again. " * 150
NOTES = f"""---
title: Notes Alone
octopub: {{kind: book, title-page: false, contents: false, colophon: false}}
---

# One

A call to a note that fills pages.[^1] {"Words of the text that go on for a while. " * 20}

# Two

Next.

[^1]: {LONG}
"""

REFERENCES = """---
title: References
octopub: {kind: essay}
---

# One

[See](#two){.page}, and [](#two){.page}.

{.newpage}
# Two

Words.
"""


@each_book
def test_each_page_begins_where_its_mark_is(path: Path, paper: str) -> None:
    edition = both(path, paper)
    assert misplaced(edition) == []
    marked = [mark.label for mark in marks(edition.epub)]
    assert [label for label in pages(edition) if label not in marked] == LEFT_OUT[path, paper]


@pytest.mark.parametrize("by", [-2, 2])
def test_a_mark_that_is_words_away_is_found(by: int) -> None:
    """The comparison is worth something: it sees each mark that was moved."""
    edition = both(ESSAY)
    moved = Opened(edition.epub.data)
    inside = [each for each in marks(moved) if (each.element.tail or "").count(" ") > 2 and each.element.getprevious() is None]
    for mark in inside:
        _move(mark.element, by)
    assert len(inside) > 5
    assert misplaced(edition._replace(epub=moved)) == [mark.label for mark in inside]


def _move(mark: Element, by: int) -> None:
    above = mark.getparent()
    assert above is not None
    before, behind = (above.text or "").split(" "), (mark.tail or "").split(" ")
    if by > 0 or len(before) < 3:
        before, behind = [*before[:-1], *behind[:2], ""], behind[2:]
    else:
        before, behind = [*before[:by - 1], ""], [*before[by - 1 : -1], *behind]
    above.text, mark.tail = " ".join(before), " ".join(behind)


@pytest.mark.parametrize(
    ("path", "paper"), [*LEFT_OUT, (EVERYTHING, "a4"), (SALT_ROAD, "80x100mm"), (ESSAY, "80x100mm")],
    ids=lambda each: getattr(each, "stem", each),
)  # fmt: skip
def test_nothing_is_changed_but_for_the_marks(path: Path, paper: str) -> None:
    marked = both(path, paper).epub
    plain = Opened(octopub.build_epub(path))
    for name, document in marked.documents.items():
        if name != "nav.xhtml":
            assert _without_marks(document) == _without_marks(plain.documents[name]), name


def _without_marks(document: Element) -> bytes:
    copy = etree.fromstring(etree.tostring(document))
    for each in list(copy.iter(f"{XHTML}span", f"{XHTML}div")):
        is_number = each.get("class") == "page"
        if each.get(TYPE) == "pagebreak" or is_number:
            _take_out(each, "\N{NO-BREAK SPACE}" if is_number else "")
    return etree.tostring(copy, method="c14n")


def _take_out(element: Element, space: str) -> None:
    above, before = element.getparent(), element.getprevious()
    assert above is not None
    tail = "" if element.tag == f"{XHTML}div" else element.tail or ""
    if before is None:
        above.text = ((above.text or "").removesuffix(space) + tail) or None
    else:
        before.tail = ((before.tail or "").removesuffix(space) + tail) or None
    above.remove(element)


@each_book
def test_the_lists_name_each_mark(path: Path, paper: str) -> None:
    epub = both(path, paper).epub
    marked = [(mark.label, f"{mark.file}#{mark.element.get('id')}") for mark in marks(epub)]
    ((_, listed),) = epub.typed("page-list")
    assert [(words(link), link.get("href")) for link in listed.iter(f"{XHTML}a")] == marked
    targets = epub.ncx().iter(f"{NCX}pageTarget")
    assert [(words(each[0]), each[1].get("src")) for each in targets] == marked
    assert all(len(set(epub.ids(name))) == len(epub.ids(name)) for name in epub.documents)


def test_pages_of_notes_alone_begin_with_the_next_words() -> None:
    edition = both(NOTES)
    found = marks(edition.epub)
    assert [mark.label for mark in found] == [label for label, text in pages(edition).items() if text]
    alone = [mark for mark in found if mark.label in misplaced(edition)]
    assert len(alone) > 1
    assert {mark.behind.split()[0] for mark in (*alone, found[-1])} == {"Two"}


@pytest.mark.parametrize(
    ("source", "paper"), [(NOTES, "a5"), (REFERENCES, "a5"), (EVERYTHING, "a4"), (SALT_ROAD, "a5")], ids=range(4)
)
def test_epubcheck_has_nothing_to_say(source: str | Path, paper: str) -> None:
    assert epubcheck(both(source, paper).epub.data) == []


def test_references_have_the_printed_numbers() -> None:
    edition = both(REFERENCES)
    document = edition.epub.documents["text-1.xhtml"]
    numbers = [words(each) for each in document.iter(f"{XHTML}span") if each.get("class") == "page"]
    (page,) = [label for label, text in pages(edition).items() if text.startswith("TwoWords")]
    assert numbers == [page, page]
    assert f"See {page}, and Two {page}." in words(document)
    assert "See, and Two." in words(Opened(octopub.build_epub(REFERENCES)).documents["text-1.xhtml"])


@pytest.mark.parametrize(
    ("text", "place", "before", "found"),
    [
        ("one two", 0, "", 0),
        ("one two", 0, " ", 0),
        ("one two", 0, "n", 4),  # the text goes on with a word that was begun before
        ("one two", 2, "", 4),
        ("one two", 3, "", 4),
        ("one two", 5, "", None),
        ("one—two", 1, "", 4),  # a dash parts words, and stands with the one before it
        ("one—two", 3, "", 4),
        ("self-made man", 5, "", 10),  # a hyphen does not
        ("so\N{SOFT HYPHEN}me word", 3, "", 6),
        ("a\N{ZERO WIDTH SPACE}b", 1, "", 2),
        ("三日前のこと", 2, "", 2),
        (" \n", 0, "", None),
    ],
)
def test_where_a_word_begins(text: str, place: int, before: str, found: int | None) -> None:
    assert word_from(text, place, before) == found


# -- the edition --------------------------------------------------------------------------------------


def source_of(epub: Opened) -> list[str]:
    (source,) = epub.values("dc:source")
    assert epub.values("meta[@property='pageBreakSource']") == [source]
    return [source]


def test_the_print_edition_is_named() -> None:
    text = "# One\n\nWords.\n"
    own = "---\noctopub: {print-identifier: 978-3-16-148410-0}\n---\n\n"
    assert source_of(both(own + text).epub) == ["urn:isbn:9783161484100"]
    assert source_of(both(REFERENCES).epub) == source_of(Opened(octopub.build_epub(REFERENCES, pages="a5")))
    assert source_of(both(ESSAY).epub) != source_of(both(ESSAY, "a6").epub)
    assert Opened(octopub.build_epub(text)).values("dc:source") == []


def test_roman_numbers_stay_such() -> None:
    loaded = building.load(REFERENCES)
    at = REFERENCES.index("Words.")
    starts = (PageStart("iv", added=Added.TITLE), PageStart("vi", at=at), PageStart("1", at=at))
    made = building.epub(loaded, Pagination(starts, {}, "x"))
    assert made.content is not None
    epub = Opened(made.content)
    assert [(mark.label, mark.behind[:5]) for mark in marks(epub)[1:]] == [("vi", "Words"), ("1", "Words")]
    kinds = [each.get("type") for each in epub.ncx().iter(f"{NCX}pageTarget")]
    assert kinds == ["front", "front", "normal"]
    assert epubcheck(epub.data) == []


# -- a PDF's pages ------------------------------------------------------------------------------------


def test_a_pdf_tells_its_pages() -> None:
    assert octopub.build_epub(ESSAY, pages=both(ESSAY).pdf) == octopub.build_epub(ESSAY, pages="a5")


def test_a_corrected_text_has_the_pages_that_were_printed(tmp_path: Path) -> None:
    """Paragraphs were added, and words within the pages."""
    edition = both(SALT_ROAD)
    text = SALT_ROAD.read_text("utf-8")
    head, middle, rest = text.partition("takes its time")
    rest = rest.replace("\n\n", "\n\nA paragraph that was put in.\n\n", 3).replace(" salt ", " white salt ")
    path = tmp_path / "corrected.md"
    path.write_text(head + middle + rest, "utf-8")
    for image in SALT_ROAD.parent.glob("*.[ps][nv]g"):
        (tmp_path / image.name).write_bytes(image.read_bytes())
    again = Opened(octopub.build_epub(path, pages=edition.pdf))
    was, now = ({mark.label: mark.behind[:12] for mark in marks(each)} for each in (edition.epub, again))
    assert list(now) == list(was)
    assert [label for label in was if was[label].replace(" salt ", " white salt ")[:12] != now[label][:12]] == []


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (lambda: both(ESSAY).pdf, "it is of another text; of 21 beginnings 19 are not found"),
        (lambda: b"%PDF-1.7\nno PDF at all", "octopub did not make it of a text"),
        (lambda: octopub.impose(both(NOTES).pdf, "2up"), "octopub did not make it of a text"),
    ],
    ids=["another-text", "no-pdf", "imposed"],
)
def test_a_pdf_that_does_not_tell(pdf: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(BuildError) as raised:
        octopub.build_epub("# One\n\nWords of another text.\n", pages=pdf())
    (said,) = [each for each in raised.value.diagnostics if each.code is Code.PAGES_NONE]
    assert said.message.startswith(f"this PDF does not tell where the pages of the manuscript begin: {reason};")


def test_a_page_whose_words_are_gone_is_told() -> None:
    """Two lines were cut out at the beginning of page 8."""
    edition = both(ESSAY)
    text = ESSAY.read_text("utf-8")
    (mark,) = [mark for mark in marks(edition.epub) if mark.label == "8"]
    at = text.index(mark.behind[:40])
    gone = building.load(text[: at - 70] + text[at + 70 :], base=ESSAY.parent)
    found, complaints = building.pages_of(gone, edition.pdf, name="paper.pdf")
    (said,) = map(str, complaints)
    assert said.startswith("paper.pdf: warning: the words around the beginning of page 8 are not in the manuscript")
    assert found is not None
    assert [start.label for start in found.starts] == [label for label in pages(edition) if label != "8"]
