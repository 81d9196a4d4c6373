"""What a finished PDF says of itself, as plain values: read from the file, by pikepdf, poppler and PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from PIL import ImageChops, ImageStat

from tests.pdf.press import elements, opened
from tests.tools import pdf_text


class Place(NamedTuple):
    """Where a destination is: the page, counted from 0, and x and y in points."""

    page: int
    x: float
    y: float


def words(file: bytes) -> list[list[str]]:
    """The words of each page, sorted: what is painted last is read last."""
    return [sorted(page.split()) for page in pdf_text(file)]


def _pages(book: pikepdf.Pdf) -> dict[Any, int]:
    return {page.obj.objgen: index for index, page in enumerate(book.pages)}


def _place(destination: Any, pages: dict[Any, int]) -> Place:
    page, _, x, y, *_ = destination
    return Place(pages[page.objgen], round(float(x), 1), round(float(y), 1))


def names(book: pikepdf.Pdf) -> dict[bytes, Any]:
    """The named destinations."""
    if "/Names" not in book.Root:
        return {}
    found = list(book.Root.Names.Dests.Names)
    return {bytes(name): place for name, place in zip(found[::2], found[1::2], strict=True)}


def targets(book: pikepdf.Pdf) -> dict[str, Any]:
    """The named destinations, by their names as text."""
    return dict(pikepdf.NameTree(book.Root.Names.Dests).items()) if "/Names" in book.Root else {}


def each_link(book: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Every link with the page it is on."""
    for index, page in enumerate(book.pages):
        for link in page.get("/Annots", ()):
            yield index, link


def links(file: bytes) -> list[tuple[int, Place | str]]:
    """The page of each link, and where it leads."""
    with opened(file) as book:
        pages, named = _pages(book), names(book)
        return [
            (index, _place(named[bytes(link.Dest)], pages) if "/Dest" in link else str(link.A.URI))
            for index, link in each_link(book)
        ]


def is_same_link(one: tuple[int, Place | str], other: tuple[int, Place | str], tolerance: float = 0.3) -> bool:
    """Whether two links stand on one page and lead to one place, within so many points."""
    (page, target), (other_page, other_target) = one, other
    if isinstance(target, str) or isinstance(other_target, str):
        return one == other
    distances = abs(target.x - other_target.x), abs(target.y - other_target.y)
    return (page, target.page) == (other_page, other_target.page) and max(distances) <= tolerance


def bookmarks(file: bytes) -> list[tuple[int, str, Place]]:
    """Depth, title and place of each."""
    with opened(file) as book, book.open_outline() as outline:
        pages = _pages(book)

        def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, Place]]:
            for item in items:
                yield depth, item.title, _place(item.destination, pages)
                yield from walk(item.children, depth + 1)

        return list(walk(outline.root, 0))


def different_pages(one: bytes, other: bytes, scale: float = 1.5) -> list[int]:
    """The pages whose pictures differ by more than the softness of an edge or two."""
    with pypdfium2.PdfDocument(one) as ours, pypdfium2.PdfDocument(other) as theirs:
        found = []
        for index in range(max(len(ours), len(theirs))):
            first, second = (
                book[index].render(scale=scale, grayscale=True).to_pil() for book in (ours, theirs)
            )
            if first.size != second.size or _unlike(ImageChops.difference(first, second)):
                found.append(index)
        return found


PIXELS, SHADE = 30, 16
"""So many pixels may be darker or lighter by more than so many of 255 shades."""


def _unlike(difference: Any) -> bool:
    return sum(ImageStat.Stat(difference).h[SHADE:]) > PIXELS


def font_files(book: pikepdf.Pdf) -> int:
    """How many font files there are."""
    return sum("/FontFile2" in each or "/FontFile3" in each for each in _dictionaries(book, "/FontDescriptor"))


def _dictionaries(book: pikepdf.Pdf, kind: str) -> list[Any]:
    return [each for each in book.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == kind]


def images(book: pikepdf.Pdf) -> int:
    """How many images there are."""
    streams = (each for each in book.objects if isinstance(each, pikepdf.Stream))
    return sum(each.get("/Subtype") == "/Image" for each in streams)


def glyphs(book: pikepdf.Pdf) -> dict[str, set[int]]:
    """The numbers of the glyphs that each face says the widths of."""
    found: dict[str, set[int]] = {}
    for font in _dictionaries(book, "/Font"):
        if "/W" in font:
            runs = list(font.W)
            own = found.setdefault(str(font.BaseFont), set())
            for first, widths in zip(runs[::2], runs[1::2], strict=True):
                own |= set(range(int(first), int(first) + len(widths)))
    return found


# -- what has to fit together in any file ------------------------------------------------------------


def faults(file: bytes) -> list[str]:
    """What does not fit: content, resources, tags, parent tree, identifiers, names."""
    with opened(file) as book:
        return [*_content(book), *_tags(book), *_names(book)]


USERS = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace"}
"""Operators whose first operand is the name of a resource, and of which kind it is (ISO 32000-1 §7.8.3)."""


def _content(book: pikepdf.Pdf) -> Iterator[str]:
    """Names that no resource has, content outside marks, what is opened and not closed."""
    for index, page in enumerate(book.pages):
        states = marks = 0
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            if (kind := USERS.get(operator)) and step.operands[0] not in page.Resources.get(kind, {}):
                yield f"page {index}: {kind} has no {step.operands[0]}"
            if operator in ("Tj", "TJ", "Do") and not marks:
                yield f"page {index}: {operator} outside marked content"
            states += (operator == "q") - (operator == "Q")
            marks += (operator in ("BDC", "BMC")) - (operator == "EMC")
        if states or marks:
            yield f"page {index}: {states} states and {marks} marks are left open"


def _marked(page: pikepdf.Page) -> set[int]:
    """The numbers of a page's marked content."""
    steps = pikepdf.parse_content_stream(page)
    return {
        int(step.operands[1].MCID) for step in steps if str(step.operator) == "BDC" and "/MCID" in step.operands[1]
    }


def _tags(book: pikepdf.Pdf) -> Iterator[str]:
    """The parent tree and the tree of tags say the same, of all that is marked and of nothing else."""
    root = book.Root.StructTreeRoot
    parents: dict[int, Any] = dict(pikepdf.NumberTree(root.ParentTree).items())
    used = [int(page.obj.StructParents) for page in book.pages if "/StructParents" in page.obj]
    used += [int(link.StructParent) for _, link in each_link(book)]
    if sorted(used) != sorted(parents) or len(set(used)) != len(used):
        yield "the parent tree's keys are not those in use"
    if int(root.ParentTreeNextKey) <= max(parents, default=-1):
        yield "the parent tree's next key is taken"
    held: dict[int, set[int]] = {index: set() for index in range(len(book.pages))}
    pages = _pages(book)
    for element in elements(book):
        for kid in element.get("/K", ()):
            if _is(kid, "/StructElem"):
                is_well = kid.P.objgen == element.objgen
            elif _is(kid, "/OBJR"):
                is_well = parents[int(kid.Obj.StructParent)].objgen == element.objgen
            else:
                page, number = (kid.Pg, int(kid.MCID)) if _is(kid, "/MCR") else (element.Pg, int(kid))
                held[pages[page.objgen]].add(number)
                is_well = parents[int(page.StructParents)][number].objgen == element.objgen
            if not is_well:
                yield f"a {element.S} and what it holds do not know each other"
    for index, page in enumerate(book.pages):
        if held[index] != _marked(page):
            yield f"page {index}: the tags hold {held[index] ^ _marked(page)} wrongly"


def _is(kid: Any, kind: str) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == kind


def _names(book: pikepdf.Pdf) -> Iterator[str]:
    """Identifiers are there once and in order, and each link leads somewhere."""
    own = [bytes(element.ID) for element in elements(book) if "/ID" in element]
    tree = book.Root.StructTreeRoot.get("/IDTree")
    listed = [bytes(name) for name in list(tree.Names)[::2]] if tree is not None else []
    if listed != sorted(set(own)) or len(set(own)) != len(own):
        yield "the identifiers of tags are not those of their tree"
    targets = list(names(book))
    if targets != sorted(targets):
        yield "the names of destinations are not in order"
    for index, link in each_link(book):
        if "/Dest" in link and bytes(link.Dest) not in targets:
            yield f"page {index}: a link to {link.Dest} leads nowhere"
