"""Ace by DAISY has nothing to say.

It takes seconds for a book, most of them for pages that are in each: a few books are tried whole, and of the golden
manuscripts the text, all in one book.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from octopub import building
from tests.epub.opened import OPF, Opened, book
from tests.epub.test_epubcheck import GOLDEN
from tests.tools import ace

WHOLE = ("october-1917", "hebrew", "handout")
"""With a picture and a table; from right to left; without title page and cover."""


def golden() -> dict[str, Opened]:
    """The book of each golden manuscript that has no error, by its name."""
    made = {path.parent.name: building.epub(building.load(path)).content for path in GOLDEN}
    return {name: Opened(content) for name, content in made.items() if content}


def joined(whole: Opened, others: dict[str, Opened]) -> bytes:
    """A book with the texts of others behind its own, each in a folder of its own, where its images are too."""
    package = etree.fromstring(whole.files["content.opf"])
    manifest, spine = package.find(f"{OPF}manifest"), package.find(f"{OPF}spine")
    assert manifest is not None and spine is not None
    files = {name: content for name, content in whole.files.items() if name != "content.opf"}
    for folder, other in others.items():
        for number, item in enumerate(other.items.values()):
            href = str(item.attrib["href"])
            if href not in other.texts and not href.startswith(("images/", "style.css")):
                continue
            files[f"{folder}/{href}"] = other.files[href]
            attributes = {
                "id": f"{folder}-{number}",
                "href": f"{folder}/{href}",
                "media-type": str(item.attrib["media-type"]),
            }
            etree.SubElement(manifest, f"{OPF}item", attributes)
            if href in other.texts:
                etree.SubElement(spine, f"{OPF}itemref", {"idref": f"{folder}-{number}"})
    files["content.opf"] = etree.tostring(package)
    return _zipped(files)


def _zipped(files: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        for name, content in files.items():
            outside = name == "mimetype" or name.startswith("META-INF/")
            archive.writestr(name if outside else f"EPUB/{name}", content)
    return out.getvalue()


def test_ace_finds_nothing() -> None:
    others = golden()
    assert len(others) > 20
    books = {name: book(name).data for name in WHOLE} | {"golden": joined(book("book"), others)}
    assert ace(books) == {name: [] for name in books}


def test_ace_is_heard() -> None:
    """A book whose picture says nothing, and whose summary is gone."""
    faulty = Opened(book("october-1917").data)
    files = faulty.files | {
        "content.opf": faulty.files["content.opf"].replace(b"accessibilitySummary", b"accessibilityFeature"),
        "text-1.xhtml": faulty.files["text-1.xhtml"].replace(b" alt=", b" data-was="),
    }
    (found,) = ace({"faulty": _zipped(files)}).values()
    assert {line.split()[2] for line in found} >= {"metadata-accessibilitysummary", "image-alt"}
