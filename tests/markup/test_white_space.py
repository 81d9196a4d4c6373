"""White space of notes in print. When the first test fails, WeasyPrint is mended: then `Scribe._set_text` need no
longer make one space of it.
"""

import pytest
from lxml import etree

from octopub.markup import words, xhtml
from octopub.markup.scribe import Setting
from octopub.model import NotesPlace, Target
from octopub.reading.book import Surroundings, read
from octopub.reading.source import from_text

FOOTNOTE = "<style>i {{ float: footnote }}</style><p>Text.<i>{}</i></p>"
"""A page with a note."""


def lines_of(markup: str) -> list[str]:
    """The lines of a page, as WeasyPrint sets them."""
    weasyprint = pytest.importorskip("weasyprint")
    boxes = weasyprint.HTML(string=markup).render().pages[0]._page_box.descendants()
    return [box.text for box in boxes if type(box).__name__ == "TextBox"]


def test_weasyprint_keeps_the_white_space_of_a_note() -> None:
    assert {"one", "two"} <= set(lines_of(FOOTNOTE.format("one\ntwo")))
    assert "one two" in lines_of("<p>one\n two</p>")


def test_octopub_leaves_none_to_keep() -> None:
    source, _ = from_text(
        "---\ntitle: T\n---\nText.^[one\n  *two*  three\n`four  five`]\n\n    code  \n    here\n"
    )
    assert source is not None
    book, _ = read(source, Surroundings())
    assert book is not None
    setting = Setting(book, Target.PRINT, words.lookup("en"), NotesPlace.PAGE, lambda _: "", lambda _: "")
    made = xhtml.chapter(book.chapters[0], setting)
    text, code = (etree.tostring(each, encoding="unicode", method="text") for each in made)
    assert (text, code) == ("Text.11 one two three four five", "code  \nhere")
