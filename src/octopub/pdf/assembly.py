"""Assembly: all formes of a book become one file.

Imports pikepdf, `model`, `markup.words`, and of `pdf` the formes and what is put on their pages. It knows nothing of
WeasyPrint. Each forme is copied as it is; what hangs on its place in the book is put right on the way: the numbers
of other pages, running heads and folios, where links lead, the numbers of the structure's parent tree.
"""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from octopub.markup.words import lookup as words_of
from octopub.model import NotesPlace
from octopub.pdf import newtags
from octopub.pdf.colours import settle
from octopub.pdf.prepress import give_boxes, without_links
from octopub.standards.marking import declare
from octopub.standards.table import Matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octopub.model import Book, Metadata
    from octopub.pdf.forme import Forme
    from octopub.pdf.furniture import Place
    from octopub.pdf.layout import Laid, Layout
    from octopub.standards.profiles import Profile
    from octopub.standards.table import Claims


class Finish(NamedTuple):
    """How the file is to leave the house: the standards that it keeps, and the profile of its output intent."""

    claims: Claims
    profile: Profile | None


INSIDE = 2
"""So many pages of a cover stand before the book, and as many behind it."""


def assemble(
    book: Book, layout: Layout, faces: Mapping[str, Any], pdf: pikepdf.Pdf, wanted: Finish, cover: Forme | None = None
) -> bytes:
    """The finished file of a book that was laid out, with this cover around it. `faces` are the font dictionaries, by
    their names among a page's resources, in `pdf`, which has no pages yet. The same input gives the same bytes: the
    file's `/ID` is made from its content."""
    assembly = _Assembly(book, layout, faces, pdf, wanted)
    if cover:
        assembly.open_cover(cover)
    for laid in layout.laid:
        assembly.add(laid)
    if cover:
        assembly.close_cover()
    assembly.finish()
    return _written(pdf, wanted)


def assemble_sheet(
    book: Book, layout: Layout, faces: Mapping[str, Any], pdf: pikepdf.Pdf, wanted: Finish, sheet: Forme
) -> bytes:
    """The finished file of a cover that is a sheet, folded a page's width from either side; as `assemble`."""
    words = words_of(book.metadata.lang)
    title = f"{book.metadata.title} ({words.cover})"
    assembly = _Assembly(replace(book, metadata=replace(book.metadata, title=title)), layout, faces, pdf, wanted)
    width = layout.plan.page.width
    assembly.add_sheet(sheet, folds=(width, sheet.pages[0].width - width))
    assembly.finish()
    return _written(pdf, wanted)


def _written(pdf: pikepdf.Pdf, wanted: Finish) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        force_version=wanted.claims.version,
    )
    return out.getvalue()


class _Assembly:
    """One file while it grows."""

    def __init__(
        self, book: Book, layout: Layout, faces: Mapping[str, Any], pdf: pikepdf.Pdf, wanted: Finish
    ) -> None:
        assert layout.furniture
        self._claims, self._profile = wanted
        self._book = book
        self._numbers = layout.numbers
        self._bleed = layout.plan.page.bleed
        self._furniture = layout.furniture
        self._faces = faces
        self._pdf = pdf
        with pikepdf.open(io.BytesIO(layout.furniture.forme.pdf)) as sheet:
            states = sheet.pages[0].obj.Resources.ExtGState
            self._states = {name: pdf.copy_foreign(sheet.make_indirect(state)) for name, state in states.items()}
        self._sources: list[pikepdf.Pdf] = []
        self._descriptions = _descriptions(book)
        self._destinations: dict[str, Any] = {}
        self._bookmarks: list[tuple[int, str, Any]] = []
        self._images: dict[str, Any] = {}
        self._heads: dict[tuple[Place, str], Any] = {}
        self._structure = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._structure, K=Array([]))
        )
        self._folds: Sequence[float] = ()
        self._before = 0
        """So many pages stand before the book's first."""
        self._back: tuple[pikepdf.Page, Sequence[Any]] | None = None
        """The cover's back, which comes last: its page, and what of the tree of tags is on it."""
        self._parents: list[Any] = []
        self._next_parent = 0
        self._notes: dict[str, Any] = {}
        self._anchors: dict[str, Any] = {}
        self._links: list[tuple[str, Any]] = []

    def add(self, laid: Laid) -> None:
        """Add a unit's pages."""
        forme = laid.forme
        assert forme
        while len(self._pdf.pages) < self._before + laid.start - 1:
            self._add_blank()
        pages = self._add_pages(forme)
        self._give_furniture(pages[0].Resources)
        self._stamp(laid, pages)
        for page, record in zip(pages, forme.pages, strict=True):
            for name, x, y in record.anchors:
                self._destinations.setdefault(name, _destination(page, x, record.height - y))
        self._bookmarks += (
            (each.level, each.label,
             _destination(pages[each.page], each.left, forme.pages[each.page].height - each.top))
            for each in forme.bookmarks
        )  # fmt: skip

    def _add_pages(self, forme: Forme) -> list[Any]:
        """Add a forme's pages, with what they are painted with and what they are in the tree of tags."""
        source = pikepdf.open(io.BytesIO(forme.pdf))
        self._sources.append(source)  # a copy reads from it to the end
        self._fill_slots(forme, source)
        shared = self._take_shared_images(source)
        first = len(self._pdf.pages)
        for copied in source.pages:
            self._pdf.pages.append(copied)
        pages = [self._pdf.pages[first + index].obj for index in range(len(forme.pages))]
        self._give_resources(pages[0].Resources, forme, shared)
        self._add_structure(source, pages)
        return pages

    def open_cover(self, cover: Forme) -> None:
        """Begin with a cover's front and the inside of it; its back is kept for the end."""
        self._add_pages(cover)
        _, *elements = self._document.K
        self._back = pikepdf.Page(self._pdf.pages[1].obj), elements
        del self._pdf.pages[1]
        del self._document.K[1:]
        self._add_blank()
        self._before = INSIDE

    def close_cover(self) -> None:
        """End with the inside of the cover's back, on a recto where there are any, and its back."""
        assert self._back
        page, elements = self._back
        while len(self._pdf.pages) % INSIDE:
            self._add_blank()
        self._add_blank()
        self._pdf.pages.append(page)
        self._document.K.extend(elements)

    def add_sheet(self, sheet: Forme, folds: Sequence[float]) -> None:
        """Add a sheet that is no part of the book, with its folds."""
        self._add_pages(sheet)
        self._folds = folds

    def _add_blank(self) -> None:
        _, _, width, height = map(float, self._pdf.pages[-1].mediabox.as_list())
        page = self._pdf.add_blank_page(page_size=(width, height))
        page.trimbox = page.mediabox

    def _fill_slots(self, forme: Forme, source: pikepdf.Pdf) -> None:
        """Put the numbers of pages in, and make one stream again of what stands around them."""
        for index, slots in groupby(forme.slots, lambda slot: slot.page):
            page: Any = source.pages[index].obj
            parts = list(page.Contents)
            for slot in slots:
                number = self._numbers.get(slot.anchor, "0")
                parts[slot.stream] = source.make_stream(slot.filled(number))
            page.Contents = Array(parts)
            source.pages[index].contents_coalesce()
            page.Contents = Array([page.Contents])

    # -- resources --------------------------------------------------------------------------------

    def _take_shared_images(self, source: pikepdf.Pdf) -> dict[str, Any]:
        """Take those images out of a forme that the file has already (a name stands for one image in a book)."""
        images: Any = source.pages[0].Resources.get("/XObject", {})
        shared = {name: self._images[name] for name in images.keys() if name in self._images}  # noqa: SIM118  # pikepdf's dictionaries iterate otherwise
        for name in shared:
            del images[name]
        return shared

    def _give_resources(self, resources: Any, forme: Forme, shared: Mapping[str, Any]) -> None:
        """Give a forme's pages what they are painted with, and the images that were there before. (What is painted
        inside drawings has the same dictionary of faces.)"""
        for each in forme.types:
            resources.Font[f"/{each.name}"] = self._faces[each.name]
        for name, image in shared.items():
            resources.XObject[name] = image
        for name, image in resources.get("/XObject", {}).items():
            if image.get("/Subtype") == Name.Image:
                self._images[name] = image

    def _give_furniture(self, resources: Any) -> None:
        """Give a forme's pages what the furniture is painted with."""
        for each in self._furniture.forme.types:
            resources.Font[f"/{each.name}"] = self._faces[each.name]
        for name, state in self._states.items():
            if name not in resources.ExtGState:  # it is named after what it is
                resources.ExtGState[name] = state

    # -- structure --------------------------------------------------------------------------------

    def _add_structure(self, source: pikepdf.Pdf, pages: Sequence[Any]) -> None:
        """Hang a forme's tree of tags into the book's, and number its pages and links on."""
        tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        if self._claims.forbid(Matter.LINKS):
            without_links(tree, pages)
        for kid in tree.K[0].K:
            kid.P = self._document
            self._document.K.append(kid)
        numbers = tree.ParentTree.Nums
        offset = self._next_parent
        for at in range(0, len(numbers), 2):
            self._parents += (int(numbers[at]) + offset, numbers[at + 1])
        self._next_parent += len(numbers) // 2
        names: Any = tree.IDTree.Names if "/IDTree" in tree else []
        for at in range(0, len(names), 2):
            names[at + 1].ID = String(str(names[at]))  # its letters as those of the name in the book's tree
            self._notes[str(names[at])] = names[at + 1]
        for at in range(0, len(tree.Anchors), 2):
            self._anchors.setdefault(str(tree.Anchors[at]), tree.Anchors[at + 1])
        for page in pages:
            page.StructParents = int(page.StructParents) + offset
            for link in page.get("/Annots", ()):
                own = int(link.StructParent)
                link.StructParent = own + offset
                if "/Dest" in link:
                    target = str(link.Dest)
                    self._links.append((target, numbers[2 * own + 1]))
                    link.Dest = String(target)  # its letters as those of the names that it leads to
                    link.Contents = String(self._descriptions.get(target, target))

    # -- furniture --------------------------------------------------------------------------------

    def _stamp(self, laid: Laid, pages: Sequence[Any]) -> None:
        """Put running heads and folios on a unit's pages (ISO 14289-1 §7.1: artifacts)."""
        for number, page, place in zip(
            range(laid.start, laid.behind), pages, laid.places(), strict=False
        ):
            height = page.MediaBox[3]
            if place is not None:
                page.Contents.append(self._head(place, height))
                page.Contents.append(self._pdf.make_stream(self._furniture.folio(place, str(number)) + b"\nQ EMC"))
            if numbered := laid.numbered[number - laid.start]:
                painted = b"\n".join(map(self._furniture.line_number, numbered))
                page.Contents.append(self._pdf.make_stream(_artifact(height) + painted + b"\nQ EMC"))

    def _head(self, place: Place, height: Any) -> Any:
        """The stream with a running head, one for all its pages; it leaves open what that of the folio closes."""
        key = place, str(height)
        if key not in self._heads:
            self._heads[key] = self._pdf.make_stream(_artifact(height) + self._furniture.head(place))
        return self._heads[key]

    # -- the whole --------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what is one for the whole file."""
        pdf, root = self._pdf, self._pdf.Root
        self._structure.K = Array([self._document])
        self._structure.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(self._parents)))
        self._structure.ParentTreeNextKey = self._next_parent
        if self._notes:
            self._structure.IDTree = pdf.make_indirect(Dictionary(_name_tree(self._notes)))
        root.StructTreeRoot = self._structure
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String(self._book.metadata.lang)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if self._book.direction == "rtl":
            # ISO 32000-1 §12.2: the viewer then opens spreads from the right.
            root.ViewerPreferences.Direction = Name.R2L
        root.PageLabels = Dictionary(Nums=Array(self._labels()))
        if self._claims.demand(Matter.NEW_TAGS):
            self._renew_tags()
        if self._destinations:
            root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(_name_tree(self._destinations))))
        give_boxes(pdf, self._bleed, marks=self._book.options.marks, folds=self._folds)
        _write_outline(pdf, self._bookmarks)
        settle(pdf, self._claims, self._profile)
        declare(pdf, self._claims, _facts(self._book.metadata), self._book.metadata.identifier)

    def _renew_tags(self) -> None:
        """Make the tags those of PDF 2.0."""
        newtags.renew(self._pdf, self._structure, at_end=self._book.options.notes_pdf is not NotesPlace.PAGE)
        newtags.refer(self._links, self._anchors)
        known = [(place, self._anchors[name]) for name, place in self._destinations.items() if name in self._anchors]

        def renewed(place: Any, name: str = "") -> Any:
            element = self._anchors.get(name)
            if element is None:
                element = newtags.nearest(place, known)
            return newtags.with_element(place, self._document if element is None else element)

        self._bookmarks = [(level, label, renewed(place)) for level, label, place in self._bookmarks]
        self._destinations = {name: renewed(place, name) for name, place in self._destinations.items()}


    def _labels(self) -> Iterator[Any]:
        """The numbers of the pages as the viewer shows them (ISO 32000-1 §12.4.2): those of the cover have their own,
        so that the others are what is printed on them."""
        if self._before:
            prefix = words_of(self._book.metadata.lang).cover + " "
            last = len(self._pdf.pages) - INSIDE
            yield from (0, Dictionary(P=String(prefix), S=Name.D))
            yield from (self._before, Dictionary(S=Name.D))
            yield from (last, Dictionary(P=String(prefix), S=Name.D, St=INSIDE + 1))
        else:
            yield from (0, Dictionary(S=Name.D))


def _artifact(height: Any) -> bytes:
    """What begins an artifact that is painted in CSS pixels, on a page of this height."""
    return f"/Artifact BMC q 1 0 0 -1 0 {height} cm .75 0 0 .75 0 0 cm\n".encode()


def _destination(page: Any, x: float, y: float) -> Any:
    return Array([page, Name.XYZ, round(x, 3), round(y, 3), 0])


def _name_tree(values: Mapping[str, Any]) -> dict[str, Any]:
    """A name tree of one node, its names in the order of their bytes (ISO 32000-1 §7.9.6)."""
    names = sorted((String(name) for name in values), key=bytes)
    return {"/Names": Array([item for name in names for item in (name, values[str(name)])])}


def _descriptions(book: Book) -> dict[str, str]:
    """What a link to each anchor leads to, in words (ISO 14289-1 §7.18.5)."""
    words = words_of(book.metadata.lang)
    found = dict(book.anchors)
    for note in book.notes:
        if note.number is not None:
            found[note.id] = words.note.format(number=note.number)
        found |= dict.fromkeys(note.calls, words.back_to_text)
    return found


def _write_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[tuple[int, str, Any]]) -> None:
    """The bookmarks as a tree: one stands under the nearest before it whose level is higher."""
    if not bookmarks:
        return
    with pdf.open_outline() as outline:
        above: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for level, label, destination in bookmarks:
            while above[-1][0] >= level:
                above.pop()
            is_action = isinstance(destination, Dictionary)
            item = pikepdf.OutlineItem(label, **{"action" if is_action else "destination": destination})
            above[-1][1].append(item)
            above.append((level, item.children))


def _facts(metadata: Metadata) -> dict[str, Any]:
    """What the file says of the book, by its XMP names."""
    assert metadata.modified
    stamp = metadata.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts: Iterator[tuple[str, Any]] = iter((
        ("dc:title", metadata.title),
        ("dc:creator", list(metadata.authors)),
        ("dc:description", metadata.description),
        ("dc:language", {metadata.lang}),
        ("pdf:Keywords", ", ".join(metadata.subjects)),
        ("pdf:Producer", "octopub"),
        ("xmp:CreatorTool", "octopub"),
        ("xmp:CreateDate", stamp),
        ("xmp:ModifyDate", stamp),
    ))  # fmt: skip
    return {name: value for name, value in facts if value}
