"""From the book to the EPUB, step by step (EPUB 3.3, with what EPUB 2 readers need besides).

Imports all parts of `epub`, `markup`, and `faces` for the cover and the embedded faces. It needs no Pango,
and imports nothing of `pdf`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from octopub.diagnostics import in_order
from octopub.epub import container, embedding
from octopub.epub.container import Item, kept
from octopub.epub.files import COLOPHON_FILE, LARGEST, NAV_FILE, NOTES_FILE, TITLE_FILE, Division
from octopub.epub.metadata import metadata
from octopub.epub.navigation import Entry, Landmark, contents, nav, ncx
from octopub.epub.pages import Pages
from octopub.faces.choice import choose
from octopub.markup import pages, xhtml
from octopub.markup.scribe import NAMESPACES, OPS, XHTML, XML, Setting, element, page_break
from octopub.markup.styles import stylesheet
from octopub.markup.words import join_names
from octopub.markup.words import lookup as words_of
from octopub.model import Kind, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from octopub.diagnostics import Diagnostic
    from octopub.epub.files import File
    from octopub.epub.places import Places
    from octopub.faces.catalogue import Catalogue
    from octopub.markup.scribe import Element
    from octopub.model import Book, Pagination

XHTML_TYPE = "application/xhtml+xml"
STYLES_FILE, NCX_FILE = "style.css", "toc.ncx"
COVER_FILE = "cover.xhtml"

# Readers draw boxes for these where the face lacks them; a book that carries its faces has them.
NARROW_SPACES = dict.fromkeys(
    map(ord, "\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{HAIR SPACE}"), "\N{NO-BREAK SPACE}"
)

# Elements that end a line of the source: a message that names a line then says where to look.
BLOCKS = [
    f"{{{XHTML}}}{name}"
    for name in (
        "blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 head header hr li link nav ol p pre "
        "section table tbody td th thead title tr ul"
    ).split()
]


def make(
    book: Book,
    catalogue: Catalogue,
    stylesheets: Mapping[str, str],
    *,
    edition: Pagination | None = None,
    largest: int = LARGEST,
    places: Places | None = None,
) -> tuple[container.Package, tuple[Diagnostic, ...]]:
    """The EPUB, to be written, and what there is to say about it besides what was said when the text was read.

    `stylesheets` are the project's own. `edition` is the printed one whose pages are marked. `largest` is the size in
    bytes above which a file is divided. `places` is told where what is written comes from, while it is written.
    """
    making = _Making(book, catalogue, stylesheets, edition, largest)
    making.places = places
    return making.package(), in_order(making.diagnostics)


class _Making:
    """One EPUB while its parts are planned; most are made only when they are written, one after the other."""

    def __init__(
        self,
        book: Book,
        catalogue: Catalogue,
        stylesheets: Mapping[str, str],
        edition: Pagination | None,
        largest: int,
    ) -> None:
        self.book = book
        self.stylesheets = stylesheets
        self.words = words_of(book.metadata.lang)
        self.division = Division(book, largest)
        self.pages = Pages(book, self.division, edition)
        self.faces, self.diagnostics = choose(
            book.options.fonts,
            book.metadata.lang,
            catalogue,
            span=book.spans.get("octopub.fonts"),
            path=book.source.path,
        )
        self.embeds = book.options.fonts.embed
        self.items: list[Item] = []
        self.used = embedding.Characters()
        """What the embedded faces need."""
        self.spine: list[str] = []
        self.landmarks: list[Landmark] = []
        self.places: Places | None = None

    def package(self) -> container.Package:
        """All parts, in the order in which they are read."""
        book = self.book
        cover = self.cover() if book.cover or book.kind is not Kind.HANDOUT else None
        if book.title_page:
            made = partial(pages.title_page, self.setting(TITLE_FILE))
            self.page(TITLE_FILE, "titlepage", self.words.title_page, made)
        if book.contents:
            self.spine.append(NAV_FILE)
            self.landmarks.append(Landmark("toc", self.words.contents, NAV_FILE))
        self.text()
        self.notes()
        if book.colophon:
            made = partial(pages.colophon, self.setting(COLOPHON_FILE))
            if len(made()):
                self.page(COLOPHON_FILE, "colophon", self.words.colophon, made)
        self.navigation()
        self.items += [
            Item(each.name, each.media_type, each.read) for each in book.resources if each != book.cover
        ]
        self.styles()
        assert book.metadata.modified is not None
        return container.Package(
            lang=book.metadata.lang,
            direction=book.direction,
            modified=book.metadata.modified,
            items=self.items,
            metadata=list(metadata(book, container.item_id(cover) if cover else None, self.pages.source)),
            spine=self.spine,
            guide=[mark.reference for mark in self.landmarks],
        )

    # -- files ----------------------------------------------------------------------------------

    def setting(self, name: str) -> Setting:
        """The setting for the markup of one file."""
        return Setting(
            book=self.book,
            target=Target.EPUB,
            words=self.words,
            notes=self.book.options.notes_epub,
            address=lambda anchor: self.division.address(anchor, name),
            source=lambda resource: resource.name,
            page=self.pages.numbers.get,
            named={} if self.embeds else NARROW_SPACES,
            # An imprint is a text of its own, with places of its own.
            places=self.places.begin(name) if self.places and name != COLOPHON_FILE else None,
        )

    def document(
        self, name: str, title: str, body: Callable[[], list[Element]], properties: tuple[str, ...] = ()
    ) -> None:
        """Add an XHTML file."""
        read = partial(self.written, name, title, body)
        # The faces are listed before any file is written, and hold the characters of all.
        self.items.append(Item(name, XHTML_TYPE, kept(read()) if self.embeds else read, properties))

    def written(self, name: str, title: str, body: Callable[[], list[Element]]) -> bytes:
        """An XHTML file's content."""
        lang = self.book.metadata.lang
        root = element(f"{{{XHTML}}}html", NAMESPACES)
        root.set("lang", lang)
        root.set(f"{{{XML}}}lang", lang)
        if self.book.direction == "rtl":
            root.set("dir", "rtl")
        head = etree.SubElement(root, f"{{{XHTML}}}head")
        etree.SubElement(head, f"{{{XHTML}}}title").text = title
        etree.SubElement(
            head, f"{{{XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": STYLES_FILE}
        )
        made = etree.SubElement(root, f"{{{XHTML}}}body", {"class": str(self.book.kind)})
        made.extend(page_break(each) for each in self.pages.at_top(name))
        made.extend(body())
        if self.places:
            self.places.keep(name, made)
        if self.embeds:
            self.used.add(made)
        for block in root.iter(*BLOCKS):
            block.tail = block.tail or "\n"
        written: bytes = etree.tostring(
            root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
        )
        return written

    def page(self, name: str, kind: str, label: str, body: Callable[[], Element]) -> None:
        """Add a page of the spine that is a landmark."""
        self.document(name, label, _alone(body))
        self.spine.append(name)
        self.landmarks.append(Landmark(kind, label, name))

    # -- parts ----------------------------------------------------------------------------------

    def cover(self) -> Item:
        """The cover: the manuscript's image, or one made of type (a drawing for the page, and pixels for the
        shelf). Gives the image for the shelf."""
        meta, given = self.book.metadata, self.book.cover
        if given:
            image = Item(given.name, given.media_type, given.read, ("cover-image",))
            shown = image.name
        else:
            from octopub.epub.cover import draw  # noqa: PLC0415  # not for a book that brings its own

            drawn = draw(
                meta.title,
                meta.subtitle,
                meta.authors,
                self.faces,
                lang=meta.lang,
                direction=self.book.direction,
            )
            image = Item("cover.png", "image/png", kept(drawn.png), ("cover-image",))
            shown = "cover.svg"
            self.items.append(Item(shown, "image/svg+xml", kept(drawn.svg)))
        self.items.append(image)
        self.page(COVER_FILE, "cover", self.words.cover, partial(self.cover_page, shown))
        return image

    def cover_page(self, shown: str) -> Element:
        """The page that shows this image."""
        meta = self.book.metadata
        section = etree.Element(f"{{{XHTML}}}section", {"class": "cover", f"{{{OPS}}}type": "cover"})
        title = ", ".join(filter(None, (meta.title, join_names(meta.authors, self.words))))
        etree.SubElement(section, f"{{{XHTML}}}img", {"src": shown, "alt": title, "role": "doc-cover"})
        return section

    def text(self) -> None:
        """The chapters; without a title page, title and author at the head of the first."""
        first, *_ = self.division.files
        self.landmarks.append(Landmark("bodymatter", self.words.start, first.name))
        for file in self.division.files:
            self.document(file.name, self.title(file), partial(self.part, file, is_first=file is first))
            self.spine.append(file.name)

    def part(self, file: File, *, is_first: bool) -> list[Element]:
        """What stands in a file of the text."""
        setting = self.setting(file.name)
        breaks = self.pages.inside(file.name)
        body = [xhtml.chapter(file.chapter, replace(setting, breaks=breaks), begins=file.begins)]
        if is_first and not self.book.title_page:
            body.insert(0, pages.masthead(setting))
        return body

    def title(self, file: File) -> str:
        """What a file of the text is called."""
        heading = file.chapter.heading
        return heading.text if heading and heading.text else self.book.metadata.title

    def notes(self) -> None:
        """The notes, where they stand at the end of the book."""
        for file in self.division.notes:
            made = partial(pages.notes_of_book, self.setting(file.name), chapters=file.chapters)
            if file.name == NOTES_FILE:
                self.page(file.name, "endnotes", self.words.notes, made)
            else:
                self.document(file.name, self.words.notes, _alone(made))
                self.spine.append(file.name)

    def navigation(self) -> None:
        """Contents for both generations of readers, and landmarks."""
        more = [Entry(self.words.notes, NOTES_FILE)] if self.division.notes else []
        lines = contents(self.book, self.division.address, self.division.files[0].name, more=more)
        body = partial(nav, self.setting(NAV_FILE), lines, self.landmarks, self.pages.list)
        self.document(NAV_FILE, self.words.contents, body, ("nav",))
        self.items.append(Item(NCX_FILE, container.NCX, kept(ncx(self.book, lines, self.pages.list))))

    def styles(self) -> None:
        """The stylesheet, and the faces if the book carries them."""
        carried = embedding.carry(self.used, self.faces) if self.embeds else embedding.NOTHING
        self.items += carried.files
        css = stylesheet(
            Target.EPUB,
            overrides=self.stylesheets,
            tokens=carried.tokens,
            direction=self.book.direction,
            embedded=carried.families,
        )
        self.items.append(Item(STYLES_FILE, "text/css", kept((carried.css + css).encode())))


def _alone(element: Callable[[], Element]) -> Callable[[], list[Element]]:
    """What makes a body of one element."""
    return lambda: [element()]
