"""Navigation: the contents that reading systems show, for EPUB 3 (nav) and EPUB 2 (NCX), and landmarks.

Imports `model` and `markup`. Both are made from the same entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from octopub.markup.pages import entries
from octopub.markup.scribe import Scribe, element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from octopub.epub.pages import Page
    from octopub.markup.scribe import Element, Setting
    from octopub.model import Book, Heading

NCX = "http://www.daisy.org/z3986/2005/ncx/"

GUIDE = {"titlepage": "title-page", "bodymatter": "text", "endnotes": "notes"}


class Entry(NamedTuple):
    """A line of the contents."""

    label: str
    href: str
    under: tuple[Entry, ...] = ()


class Landmark(NamedTuple):
    """A place that reading systems know by its kind (EPUB 3.3 §7.4.5)."""

    kind: str
    label: str
    href: str

    @property
    def reference(self) -> dict[str, str]:
        """The same in the guide, for readers of EPUB 2, with its names of the kinds (OPF 2.0.1 §2.6)."""
        return {"type": GUIDE.get(self.kind, self.kind), "title": self.label, "href": self.href}


def contents(
    book: Book, address: Callable[[str], str], start: str, *, more: Sequence[Entry] = ()
) -> list[Entry]:
    """The lines of the contents: the headings. A text without any has one line, its title, that leads to
    its beginning (`start`)."""
    return [*(_lines(entries(book), address) or [Entry(book.metadata.title, start)]), *more]


def _lines(headings: Iterable[Heading], address: Callable[[str], str]) -> list[Entry]:
    return [Entry(each.text, address(each.id), tuple(_lines(each.children, address))) for each in headings]


def nav(
    setting: Setting, lines: Sequence[Entry], landmarks: Sequence[Landmark], pages: Sequence[Page] = ()
) -> list[Element]:
    """The body of the navigation document: contents; landmarks and printed pages, which are not shown."""
    scribe = Scribe(setting)
    attributes = {"class": "contents", "epub:type": "toc", "role": "doc-toc", "id": "toc"}
    with scribe.element("nav", attributes) as toc:
        with scribe.element("h2", {"class": "contents-title"}):
            scribe.text(setting.words.contents)
        _list(scribe, lines)
    with scribe.element("nav", {"epub:type": "landmarks", "id": "landmarks", "hidden": "hidden"}) as marks:
        with scribe.element("h2"):
            scribe.text(setting.words.landmarks)
        with scribe.element("ol"):
            for mark in landmarks:
                with scribe.element("li"), scribe.element("a", {"epub:type": mark.kind, "href": mark.href}):
                    scribe.text(mark.label)
    if not pages:
        return [toc, marks]
    attributes = {"epub:type": "page-list", "role": "doc-pagelist", "id": "page-list", "hidden": "hidden"}
    with scribe.element("nav", attributes) as listed:
        with scribe.element("h2"):
            scribe.text(setting.words.pages)
        with scribe.element("ol"):
            for page in pages:
                with scribe.element("li"), scribe.element("a", {"href": page.href}):
                    scribe.text(page.label)
    return [toc, marks, listed]


def _list(scribe: Scribe, lines: Sequence[Entry]) -> None:
    with scribe.element("ol", {"class": "contents-list"}):
        for line in lines:
            with scribe.element("li"):
                with scribe.element("a", {"href": line.href}):
                    scribe.text(line.label)
                if line.under:
                    _list(scribe, line.under)


def ncx(book: Book, lines: Sequence[Entry], pages: Sequence[Page] = ()) -> bytes:
    """The NCX (OPF 2.0.1 §2.4.1), for readers that know no `nav`."""
    root = element(f"{{{NCX}}}ncx", {None: NCX})
    root.set("version", "2005-1")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.metadata.lang)
    head = _sub(root, "head")
    facts = (
        ("dtb:uid", book.metadata.identifier), ("dtb:depth", str(_depth(lines))),
        ("dtb:totalPageCount", str(len(pages))),
        ("dtb:maxPageNumber", str(max((int(page.label) for page in pages if page.label.isdecimal()), default=0))),
    )  # fmt: skip
    for name, content in facts:
        _sub(head, "meta", {"name": name, "content": content})
    _label(_sub(root, "docTitle"), book.metadata.title)
    for author in book.metadata.authors:
        _label(_sub(root, "docAuthor"), author)
    order = _points(_sub(root, "navMap"), lines, 1)
    if pages:
        _targets(_sub(root, "pageList"), pages, order)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _points(parent: Element, lines: Sequence[Entry], order: int) -> int:
    for line in lines:
        point = _sub(parent, "navPoint", {"id": f"point-{order}", "playOrder": str(order)})
        _label(_sub(point, "navLabel"), line.label)
        _sub(point, "content", {"src": line.href})
        order = _points(point, line.under, order + 1)
    return order


def _targets(parent: Element, pages: Sequence[Page], order: int) -> None:
    for number, page in enumerate(pages):
        kind = {"type": "normal", "value": page.label} if page.label.isdecimal() else {"type": "front"}
        target = _sub(parent, "pageTarget", {"id": f"page-{number + 1}", **kind, "playOrder": str(order + number)})
        _label(_sub(target, "navLabel"), page.label)
        _sub(target, "content", {"src": page.href})


def _sub(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Element:
    return etree.SubElement(parent, f"{{{NCX}}}{tag}", attributes or {})


def _label(parent: Element, text: str) -> None:
    _sub(parent, "text").text = text


def _depth(lines: Sequence[Entry]) -> int:
    return 1 + max((_depth(line.under) for line in lines if line.under), default=0)
