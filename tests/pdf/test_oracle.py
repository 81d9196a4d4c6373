"""The oracle: a book set part by part and put together is the book that WeasyPrint would have made of it.

`tools/simple.py` lays the same parts out in one process, lets WeasyPrint count and number, and writes all pages by
`Document.copy`. What must be alike is compared; what octopub does otherwise by design (its tags) is held against one
tree that is made of the whole book at once.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from octopub import building
from octopub.faces.catalogue import open_catalogue
from octopub.model import Book
from octopub.pdf.make import Printed, typeset
from octopub.pdf.record import Page
from tests.pdf import facts
from tests.pdf.press import ESSAY, FOLDER, HEBREW, SAMPLE, elements, opened
from tests.pdf.texts import Manuscript
from tests.tools import pdf_text, qpdf_check, words
from tools.simple import Simple

from octopub.pdf import layout  # isort: skip
from octopub.pdf.drawing import Drawing  # isort: skip  # behind what imports WeasyPrint quietly
from octopub.pdf.tags import Tag, tree  # isort: skip
from octopub.pdf.trace import Tracer  # isort: skip

ODD_FACES = """---
title: Odd Faces
author: Nobody
lang: en
octopub: {contents: false, title-page: false}
---

# *Only slanted, so that nothing upright is here*

*Slanted words, and more of them.*

{.newpage}
*Only slanted.*

{.newpage}
![A wall](ornament.png)

# `code`

```
code only
```

{.newpage}
![A cart](cart.svg)
"""


def chapters(count: int = 8, paragraphs: int = 8) -> str:
    """A book whose chapters refer to one another, before and behind, and share a picture."""
    made = Manuscript(3, title="Chapters")
    for number in range(1, count + 1):
        far, near = (number * 3) % count + 1, (number * 5) % count + 1
        made.add(f"# {made.prose(4)} {{#kapitel-ä{number}}}")
        for at in range(paragraphs):
            made.add(made.prose(80, *([9] if at % 3 == 0 else [])))
            made.add(f"{made.prose(20)} [see page](#kapitel-ä{far}){{.page}}, [and](#part-{near}){{.page}}.")
            if at == paragraphs // 2:
                made.add(f"## {made.prose(3)} {{#part-{number}}}")
        made.add(f"| {made.prose(1)} | {made.prose(1)} |\n|---|---|\n| {made.prose(2)} | {made.prose(3)} |")
        if number % 2:
            made.add('![A wall](ornament.png "A wall.")')
        if number % 3 == 0:
            made.add('![A cart](cart.svg "A cart.")', f"[λόγος]{{lang=el}} and [מילה]{{lang=he}}, {made.prose(5)}")
        made.add(f"- {made.prose(10)}\n- {made.prose(12)}", f"> {made.prose(20)}")
    return made.text


SMALL = chapters(3, 3)

OLD_FIGURES = ".page { font-variant-numeric: oldstyle-nums proportional-nums }"
"""A reference whose figures are of different widths, as in a face without tabular ones."""

MARGINS = {
    "fixed": '@page { @bottom-left { content: "x" } }',
    "counted": '@page { @bottom-left { content: "p " counter(page) } @left-middle { content: counter(page) } }',
    "strings": "h1 { string-set: title content() } @page { @bottom-right { content: string(title) } }",
    "colours": "body { color: oklch(40% 0.1 20) } @page { color: lab(30% 20 10) }",
    "soft": "@page { @top-left { color: rgb(0 0 0 / 50%) } @top-right { letter-spacing: 1pt } }",
    "heads": "@page { @top-center { text-transform: uppercase; text-align: left; text-decoration: underline } }",
    "hidden": "@page { @top-center { display: none } @top-left { visibility: hidden } }",
    "named": "table { page: plate } @page plate { @top-left { content: none } @bottom-center { content: 'P' } }",
    "figures": OLD_FIGURES,
}


class Case(NamedTuple):
    source: str | Path
    css: str = ""
    notes: str | None = None
    guess: str = ""


CASES = {
    "essay": Case(ESSAY),
    "book": Case(SAMPLE),
    "hebrew": Case(HEBREW),
    "chapters": Case(chapters()),
    "notes-of-chapters": Case(SMALL, notes="chapter"),
    "notes-of-book": Case(SMALL, notes="book"),
    "odd-faces": Case(ODD_FACES),
    "guessed-low": Case(SMALL, guess="1"),
    "guessed-high": Case(SMALL, guess="1000"),
    **{name: Case(SMALL, css) for name, css in MARGINS.items()},
}


class Both(NamedTuple):
    """A book, both ways."""

    book: Book
    printed: Printed
    ours: bytes
    simple: bytes
    tags: list[tuple[int, str]]
    """Depth and role of each element of the one tree of the whole."""


@functools.cache
def both(name: str) -> Both:
    case = CASES[name]
    loaded = building.load(case.source, base=FOLDER, options=building.options({"notes_pdf": case.notes}))
    assert loaded.book is not None
    css = (Path(__file__).parents[2] / "styles/print.css").read_text("utf-8") + case.css
    sheets = {**loaded.stylesheets, **({"print.css": css} if case.css else {})}
    catalogue = open_catalogue()
    with pytest.MonkeyPatch.context() as patch:
        if case.guess:
            patch.setattr(layout, "guess", lambda book, _: dict.fromkeys(book.anchors, case.guess))
        printed = typeset(loaded.book, catalogue, sheets)
        assert printed.content, printed.diagnostics
        simple = Simple(loaded.book, catalogue, sheets)
    try:
        written = simple.write()
        return Both(loaded.book, printed, printed.content, written, list(_roles(_whole(simple))))
    finally:
        simple.close()


def _whole(simple: Simple) -> Tag:
    """One tree of tags, made of all parts at once."""
    tracer, roots, traces = Tracer(), [], []
    for job in simple.jobs():
        root, document = simple.laid_out(job)
        drawing = Drawing(root, document, simple.kit.equipment, job.name)
        traces += [tracer.trace(page, drawing._painted(page).numbers) for page in document.pages]
        roots.append(root)
    return tree(roots, traces)[0]


def _roles(tag: Tag, depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, tag.role
    for child in tag.children:
        if isinstance(child, Tag):
            yield from _roles(child, depth + 1)


each = pytest.mark.parametrize("name", CASES)


@each
def test_the_same_words_on_each_page(name: str) -> None:
    assert facts.words(both(name).ours) == facts.words(both(name).simple)


@each
def test_the_same_pictures_of_pages(name: str) -> None:
    assert facts.different_pages(both(name).ours, both(name).simple) == []


@each
def test_the_same_targets_of_links_and_the_same_bookmarks(name: str) -> None:
    ours, simple = facts.links(both(name).ours), facts.links(both(name).simple)
    assert len(ours) == len(simple)
    # What stands before a page's number is spaced as if that were zeros.
    assert [pair for pair in zip(ours, simple, strict=True) if not facts.is_same_link(*pair)] == []
    assert facts.bookmarks(both(name).ours) == facts.bookmarks(both(name).simple)


@each
def test_the_tags_of_the_parts_are_those_of_the_whole(name: str) -> None:
    depth: dict[object, int] = {}
    found = []
    with opened(both(name).ours) as book:
        for element in elements(book):
            depth[element.objgen] = depth.get(element.P.objgen, -1) + 1
            found.append((depth[element.objgen], str(element.S)[1:]))
    assert found == both(name).tags


@each
def test_everything_in_the_file_fits_together(name: str) -> None:
    assert facts.faults(both(name).ours) == []
    assert qpdf_check(both(name).ours) == []


@each
def test_the_file_is_no_larger_and_has_each_face_and_picture_once(name: str) -> None:
    ours, simple = both(name).ours, both(name).simple
    assert len(ours) <= 1.05 * len(simple) + 1_500  # where the pages begin, and what the standards ask for
    with opened(ours) as mine, opened(simple) as theirs:
        assert facts.font_files(mine) == facts.font_files(theirs)
        assert facts.images(mine) == facts.images(theirs)
        own = facts.glyphs(mine)  # and with them all ten figures
        assert {face for face, used in facts.glyphs(theirs).items() if not used <= own[face]} == set()


# -- what holds for any book ---------------------------------------------------------------------------


def pages(name: str) -> tuple[Page, ...]:
    record = both(name).printed.record
    assert record is not None
    return record.pages


@each
def test_each_printed_number_is_that_of_the_page_its_link_leads_to(name: str) -> None:
    with opened(both(name).ours) as book:
        numbers = {page.obj.objgen: str(number) for number, page in enumerate(book.pages, start=1)}
        targets = {anchor: numbers[place[0].objgen] for anchor, place in facts.targets(book).items()}
    for page, text in zip(pages(name), pdf_text(both(name).ours), strict=True):
        for reference in page.references:
            assert reference.text.strip() == targets[reference.anchor]
            assert targets[reference.anchor] in re.findall(r"\d+", text)


@pytest.mark.parametrize("name", ["chapters", "notes-of-chapters", "notes-of-book"])
def test_each_note_stands_exactly_once(name: str) -> None:
    text = words(" ".join(pdf_text(both(name).ours)))
    for number in range(1, len(both(name).book.notes) + 1):
        assert [text.count(f"{mark}{number}") for mark in ("Ca", "Ba", "Za")] == [1, 1, 1]


@each
def test_the_record_has_the_letters_of_each_page(name: str) -> None:
    """Those of lines, furniture and page numbers; on the page are, besides, the words of the stylesheets."""
    for page, text in zip(pages(name), pdf_text(both(name).ours), strict=True):
        assert page.blank == (not text.strip())
        recorded = [*(line.text for line in page.lines), *(each.text for each in page.references)]
        assert _letters("".join(recorded)) <= _letters(text), page.label


def _letters(text: str) -> Counter[str]:
    """How often each letter and figure is there."""
    return Counter(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


@each
def test_labels_and_metadata(name: str) -> None:
    with opened(both(name).ours) as ours:
        assert [page.label for page in ours.pages] == [page.label for page in pages(name)]
        with ours.open_metadata() as card:
            assert (card["dc:title"], card["pdfuaid:part"]) == (both(name).book.metadata.title, "1")
