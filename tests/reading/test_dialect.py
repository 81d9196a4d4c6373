"""What an author may write, feature by feature: each folder of tests/golden/ is a manuscript, the markup of the
book that it becomes, and what octopub says about it."""

import re
from pathlib import Path

import pytest
from lxml import etree

from octopub.building import load
from octopub.markup import pages, xhtml
from octopub.markup.scribe import Setting
from octopub.markup.words import lookup
from octopub.model import Book, Target
from tests.conftest import Golden
from tests.tools import ROOT

CASES = sorted(path.parent for path in (ROOT / "tests/golden").glob("*/manuscript.md"))

NAMESPACE = re.compile(r' xmlns(?::epub)?="[^"]+"')
BLOCK = re.compile(
    r"(?<!\n)(?=<(?:/?(?:section|nav|header|blockquote|[ou]l|dl|table|thead|tbody|div|figure)"
    r"|h[1-6r]|p|li|d[td]|tr|t[hd]|figcaption|pre)\b)"
)


def markup(book: Book) -> str:
    """The e-book's markup in one piece, a line for each block."""
    setting = Setting(
        book=book,
        target=Target.EPUB,
        words=lookup(book.metadata.lang),
        notes=book.options.notes_epub,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
    )
    parts = [pages.title_page(setting) if book.title_page else pages.masthead(setting)]
    if book.contents:
        parts.append(pages.contents(setting))
    parts += [xhtml.chapter(chapter, setting) for chapter in book.chapters]
    if book.options.notes_epub == "book":
        parts.append(pages.notes_of_book(setting))
    if book.colophon:
        parts.append(pages.colophon(setting))
    written = (NAMESPACE.sub("", etree.tostring(part, encoding="unicode")) for part in parts)
    return "\n".join(BLOCK.sub("\n", part) for part in written).lstrip("\n") + "\n"


def case(folder: Path) -> tuple[Book | None, str]:
    """The book of a golden case, None where there is none, and what is said about it."""
    loaded = load((folder / "manuscript.md").read_bytes(), name="manuscript.md", base=folder)
    return loaded.book, "".join(f"{each}\n" for each in loaded.diagnostics)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_dialect(folder: Path, golden: Golden) -> None:
    book, said = case(folder)
    golden(said, folder / "diagnostics.txt")
    assert (book is None) == (": error: " in said)
    if book:
        golden(markup(book), folder / "book.xhtml")
    else:
        assert not (folder / "book.xhtml").exists()


def test_there_are_cases() -> None:
    assert len(CASES) > 25
