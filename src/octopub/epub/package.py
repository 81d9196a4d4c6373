"""From the book to the EPUB, step by step (EPUB 3.3, with what EPUB 2 readers need besides).

Imports all parts of `epub`, `markup`, and `faces` for the cover. It needs no Pango, and imports nothing of `pdf`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ebooklib import epub
from lxml import etree

from octopub.diagnostics import in_order
from octopub.epub import container, embedding
from octopub.epub.accessibility import accessibility
from octopub.epub.files import NOTES_FILE, Division
from octopub.epub.navigation import Entry, Landmark, contents, nav, ncx
from octopub.faces.choice import choose
from octopub.markup import pages, xhtml
from octopub.markup.scribe import NAMESPACES, OPS, XHTML, XML, Setting, element
from octopub.markup.styles import stylesheet
from octopub.markup.words import join_names
from octopub.markup.words import lookup as words_of
from octopub.model import Kind, NotesPlace, Target

if TYPE_CHECKING:
    from octopub.diagnostics import Diagnostic
    from octopub.epub.files import File
    from octopub.faces.catalogue import Catalogue
    from octopub.markup.scribe import Element
    from octopub.model import Book

STYLES_FILE = "style.css"
COVER_PAGE, TITLE_PAGE, NAV_PAGE, COLOPHON_PAGE = "cover.xhtml", "title.xhtml", "nav.xhtml", "colophon.xhtml"

# Readers draw boxes for these where the face lacks them; a book that carries its faces has them.
NARROW_SPACES = dict.fromkeys(map(ord, "\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{HAIR SPACE}"), "\N{NO-BREAK SPACE}")


def make(
    book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str]
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The EPUB's bytes, and what there is to say about it (warnings only: a fault of the text was found
    when it was read)."""
    package = _Package(book, catalogue, stylesheets)
    return package.write(), in_order(package.diagnostics)


class _Package:
    """One EPUB while it is put together."""

    def __init__(self, book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str]) -> None:
        self.book = book
        self.stylesheets = stylesheets
        self.words = words_of(book.metadata.lang)
        self.division = Division(book)
        self.out = epub.EpubBook()
        self.spine: list[str] = []
        self.landmarks: list[Landmark] = []
        options = book.options.fonts
        self.faces, self.diagnostics = choose(
            options, book.metadata.lang, catalogue, span=book.spans.get("octopub.fonts"), path=book.source.path
        )
        self.has_cover = book.kind is not Kind.HANDOUT or book.cover is not None
        self.embeds = options.embed

    def write(self) -> bytes:
        """All parts, in the order in which they are read."""
        book = self.book
        if self.has_cover:
            self.cover()
        if book.title_page:
            self.page(TITLE_PAGE, "titlepage", self.words.title_page, [pages.title_page(self.setting(TITLE_PAGE))])
        if book.contents:
            self.spine.append(NAV_PAGE)
        for file in self.division.files:
            self.text(file)
        if book.options.notes_epub is NotesPlace.BOOK and book.notes:
            self.page(NOTES_FILE, "endnotes", self.words.notes, [pages.notes_of_book(self.setting(NOTES_FILE))])
        if book.colophon:
            made = pages.colophon(self.setting(COLOPHON_PAGE))
            if len(made):
                self.page(COLOPHON_PAGE, "colophon", self.words.colophon, [made])
        self.navigation()
        self.images()
        self.styles()
        self.metadata()
        assert book.metadata.modified is not None
        return container.write(self.out, book.metadata.modified)

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
            named={} if self.embeds else NARROW_SPACES,
        )

    def add(self, name: str, media_type: str, content: bytes, properties: tuple[str, ...] = ()) -> None:
        uid = "ncx" if name == "toc.ncx" else "id-" + name.replace("/", "-")
        self.out.add_item(container.item(uid, name, media_type, content, properties))

    def page(
        self, name: str, kind: str, label: str, body: list[Element], properties: tuple[str, ...] = (), guide: str = ""
    ) -> None:
        """Add a page of the spine that is a landmark."""
        self.add(name, "application/xhtml+xml", self.document(label, body), properties)
        self.spine.append(name)
        self.landmarks.append(Landmark(kind, label, name, guide or {"titlepage": "title-page", "endnotes": "notes"}.get(kind, kind)))

    def text(self, file: File) -> None:
        """Add a file of the text."""
        setting = self.setting(file.name)
        body = []
        if not self.spine or (not self.book.title_page and file is self.division.files[0]):
            body.append(pages.masthead(setting))
        section = xhtml.chapter(replace(file.chapter, blocks=file.blocks), setting, with_notes=file.last, begins=file.first)
        body.append(section)
        title = file.chapter.heading.text if file.chapter.heading else self.book.metadata.title
        properties = ("svg",) if section.find(f".//{{{XHTML}}}svg") is not None else ()
        self.add(file.name, "application/xhtml+xml", self.document(title, body), properties)
        self.spine.append(file.name)
        if file is self.division.files[0]:
            self.landmarks.append(Landmark("bodymatter", self.words.start, file.name, "text"))

    def document(self, title: str, body: list[Element]) -> bytes:
        """A whole XHTML document."""
        meta = self.book.metadata
        root = element(f"{{{XHTML}}}html", NAMESPACES)
        root.set("lang", meta.lang)
        root.set(f"{{{XML}}}lang", meta.lang)
        if self.book.direction == "rtl":
            root.set("dir", "rtl")
        head = etree.SubElement(root, f"{{{XHTML}}}head")
        etree.SubElement(head, f"{{{XHTML}}}title").text = title
        etree.SubElement(
            head, f"{{{XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": STYLES_FILE}
        )
        etree.SubElement(root, f"{{{XHTML}}}body", {"class": str(self.book.kind)}).extend(body)
        written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
        return written

    # -- parts ----------------------------------------------------------------------------------

    def cover(self) -> None:
        """The cover: the manuscript's image, or one made of type (a drawing, and a raster image for
        the shelf)."""
        meta = self.book.metadata
        title = ", ".join(filter(None, (meta.title, join_names(meta.authors, self.words))))
        if self.book.cover:
            shown = self.book.cover.name
            self.add(shown, self.book.cover.media_type, self.book.cover.read(), ("cover-image",))
        else:
            from octopub.epub.cover import draw  # noqa: PLC0415  # costs more than reading a short text

            drawn = draw(
                meta.title, faces=self.faces, subtitle=meta.subtitle, authors=meta.authors, lang=meta.lang,
                direction=self.book.direction,
            )  # fmt: skip
            shown = "cover.svg"
            self.add("cover.png", "image/png", drawn.png, ("cover-image",))
            self.add(shown, "image/svg+xml", drawn.svg)
        body = etree.Element(f"{{{XHTML}}}section", {"class": "cover", f"{{{OPS}}}type": "cover"})
        etree.SubElement(body, f"{{{XHTML}}}img", {"src": shown, "alt": title, "role": "doc-cover"})
        self.page(COVER_PAGE, "cover", self.words.cover, [body])

    def navigation(self) -> None:
        """Contents for both generations of readers, and landmarks."""
        start = self.division.files[0].name
        more = []
        if self.book.options.notes_epub is NotesPlace.BOOK and self.book.notes:
            more.append(Entry(self.words.notes, NOTES_FILE))
        lines = contents(self.book, self.division.address, start, more=more)
        if self.book.contents:
            self.landmarks.append(Landmark("toc", self.words.contents, NAV_PAGE, "toc"))
        body = nav(self.setting(NAV_PAGE), lines, self.landmarks)
        self.add(NAV_PAGE, "application/xhtml+xml", self.document(self.words.contents, body), ("nav",))
        self.add("toc.ncx", "application/x-dtbncx+xml", ncx(self.book, lines))
        self.out.guide = [{"type": mark.guide, "title": mark.label, "href": mark.href} for mark in self.landmarks]

    def images(self) -> None:
        """The images of the text."""
        for resource in self.book.resources:
            if resource != self.book.cover:
                self.add(resource.name, resource.media_type, resource.read())

    def styles(self) -> None:
        """The stylesheet, and the faces if the book carries them."""
        carried = embedding.carry(self.book, self.faces) if self.embeds else embedding.NOTHING
        for name, media_type, content in carried.files:
            self.add(name, media_type, content)
        css = stylesheet(
            Target.EPUB, overrides=self.stylesheets, tokens=carried.tokens, direction=self.book.direction,
            embedded=carried.families,
        )  # fmt: skip
        self.add(STYLES_FILE, "text/css", (carried.css + css).encode())

    def metadata(self) -> None:
        """The package's metadata (EPUB 3.3 §5.5)."""
        meta, out = self.book.metadata, self.out
        out.metadata.clear()
        out.set_identifier(meta.identifier)
        out.set_title(meta.title)
        out.metadata["http://purl.org/dc/elements/1.1/"]["title"] = [(meta.title, {"id": "title"})]
        self.refine("title", "title-type", "main")
        if meta.subtitle:
            out.add_metadata("DC", "title", meta.subtitle, {"id": "subtitle"})
            self.refine("subtitle", "title-type", "subtitle")
        out.set_language(meta.lang)
        for number, author in enumerate(meta.authors, 1):
            out.add_metadata("DC", "creator", author, {"id": f"author-{number}"})
            self.refine(f"author-{number}", "role", "aut", scheme="marc:relators")
        for number, name in enumerate(meta.translators, 1):
            out.add_metadata("DC", "contributor", name, {"id": f"translator-{number}"})
            self.refine(f"translator-{number}", "role", "trl", scheme="marc:relators")
        for key, values in (
            ("date", (meta.date,)), ("publisher", (meta.publisher,)), ("rights", (meta.rights,)),
            ("description", (meta.description,)), ("subject", meta.subjects),
        ):  # fmt: skip
            for value in filter(None, values):
                out.add_metadata("DC", key, value, {})
        if self.has_cover:
            name = self.book.cover.name if self.book.cover else "cover.png"
            self.meta({"name": "cover", "content": "id-" + name.replace("/", "-")})
        for name, value in accessibility(self.book):
            self.meta({"property": f"schema:{name}"}, value)
        self.meta({"name": "generator", "content": "octopub"})
        out.language = meta.lang
        out.direction = self.book.direction
        out.spine = ["id-" + name for name in self.spine]

    def meta(self, attributes: Mapping[str, str], value: str | None = None) -> None:
        self.out.add_metadata("OPF", "meta", value, dict(attributes))

    def refine(self, uid: str, name: str, value: str, **attributes: str) -> None:
        self.meta({"refines": f"#{uid}", "property": name, **attributes}, value)
