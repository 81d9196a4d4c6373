"""An EPUB taken apart into values, and the small books that the tests take apart.

What looks into the books imports nothing of octopub: it must not share its mistakes.
"""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from octopub import building
from octopub.epub import make, write
from octopub.faces.catalogue import open_catalogue
from tests.tools import ROOT

MANUSCRIPTS = Path(__file__).parent / "manuscripts"
ESSAY = ROOT / "manuscript/october-1917.md"

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"

Element = etree._Element


class Link(NamedTuple):
    """A link: the file it stands in, its element, and the file and the id that it leads to."""

    file: str
    element: Element
    target: str
    anchor: str


class Entry(NamedTuple):
    """A line of the contents: how deep it stands, what it says, and where it leads."""

    depth: int
    label: str
    href: str


class Opened:
    """An EPUB. Files are named as the package document names them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = archive.infolist()
            everything = {entry.filename: archive.read(entry) for entry in self.entries}
        self.files = {name.removeprefix("EPUB/"): content for name, content in everything.items()}
        self.package = etree.fromstring(self.files["content.opf"])
        self.items = {str(item.attrib["id"]): item for item in self.package.iter(f"{OPF}item")}
        self.spine = [self._href(reference) for reference in self.package.iter(f"{OPF}itemref")]
        self.documents = {
            name: etree.fromstring(content) for name, content in self.files.items() if name.endswith(".xhtml")
        }

    def _href(self, reference: Element) -> str:
        return str(self.items[str(reference.attrib["idref"])].attrib["href"])

    @property
    def texts(self) -> dict[str, Element]:
        """The files of the text and of the notes at the end, in reading order."""
        return {name: self.documents[name] for name in self.spine if name.startswith(("text-", "notes"))}

    def ids(self, name: str) -> list[str]:
        """The ids in a file, in their order."""
        return [
            str(element.attrib["id"]) for element in self.documents[name].iter() if "id" in element.attrib
        ]

    def links(self) -> Iterator[Link]:
        """Every link that stays in the book."""
        for name, document in self.documents.items():
            for element in document.iter(f"{XHTML}a"):
                href = str(element.attrib["href"])
                if ":" not in href:
                    file, _, anchor = href.partition("#")
                    yield Link(name, element, file or name, anchor)

    def find(self, file: str, anchor: str) -> Element:
        """The element with this id."""
        (found,) = [each for each in self.documents[file].iter() if each.get("id") == anchor]
        return found

    def typed(self, kind: str) -> Iterator[tuple[str, Element]]:
        """The elements of this `epub:type`, each with its file."""
        for name, document in self.documents.items():
            yield from ((name, each) for each in document.iter() if kind in each.get(TYPE, "").split())

    def contents(self) -> list[Entry]:
        """The lines of the navigation document's table of contents."""
        ((_, nav),) = [each for each in self.typed("toc") if each[1].tag == f"{XHTML}nav"]
        top = nav.find(f"{XHTML}ol")
        assert top is not None
        return list(_entries(top, 1))

    def ncx(self) -> Element:
        return etree.fromstring(self.files["toc.ncx"])

    def values(self, path: str) -> list[str]:
        """What elements of the package's metadata say, by their path: `dc:title`, `meta[@property='…']`."""
        names = {"dc": DC.strip("{}"), "": OPF.strip("{}")}
        metadata = self.package.find("metadata", names)
        assert metadata is not None
        return [str(found.text) for found in metadata.findall(path, names)]


def _entries(ol: Element, depth: int) -> Iterator[Entry]:
    for li in ol:
        link, *under = li
        yield Entry(depth, words(link), str(link.attrib["href"]))
        for inner in under:
            yield from _entries(inner, depth + 1)


def words(element: Element) -> str:
    """The text of an element, in one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def opened(text: str, **options: int) -> Opened:
    """The EPUB of a manuscript's text, without images."""
    return _made(building.load(text), **options)


@functools.cache
def book(name: str, largest: int | None = None) -> Opened:
    """The EPUB of one of the small manuscripts (or of the essay), made once; `largest` divides its files."""
    path = ESSAY if name == "october-1917" else MANUSCRIPTS / f"{name}.md"
    return _made(building.load(path), **({"largest": largest} if largest else {}))


def _made(loaded: building.Loaded, **options: Any) -> Opened:
    assert loaded.book is not None, loaded.diagnostics
    package, _ = make(loaded.book, open_catalogue(loaded.project.fonts), loaded.stylesheets, **options)
    write(package, out := io.BytesIO())
    return Opened(out.getvalue())


BOOKS: list[tuple[str, int | None]] = [
    ("october-1917", None),
    *((path.stem, None) for path in sorted(MANUSCRIPTS.glob("*.md"))),
    ("october-1917", 12_000),
    ("book", 3_000),
    ("at-end", 1_000),
    ("hebrew", 100),
]
"""Each small book, and some of them in many files."""
