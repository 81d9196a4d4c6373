"""The structure of the text, for those who do not see the pages: one tree of tags for the whole book.

Imports `pdf.trace`'s values and the standard library. Knows the elements that `markup` writes and what each
is called in a tagged PDF (ISO 32000-1 §14.8.4); writes nothing (`assembly` does).

Reading order: a paragraph that goes over a page is one paragraph, and a note follows the block that calls it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from octopub.pdf.trace import PageTrace, Piece

    Order = tuple[float, ...]

ROLES = {
    "section": "Sect", "nav": "Sect", "header": "Sect", "figure": "Div", "div": "Div",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "p": "P", "pre": "P", "blockquote": "BlockQuote", "figcaption": "Caption", "img": "Figure",
    "ul": "L", "ol": "L", "dl": "L", "li": "LBody", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "code": "Code", "a": "Link",
}  # fmt: skip
"""Element → structure type. Others are none of their own: their text is their parent's."""

TEXT_BLOCKS = frozenset("P H1 H2 H3 H4 H5 H6 Caption".split())
"""Behind one of these stand the notes that it calls."""

NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
"""How a list's items are marked (ISO 32000-1 §14.8.5.5)."""


class Text(NamedTuple):
    """A piece of marked content as a part of the tree."""

    page: int
    """Index of its page."""
    mcid: int


class Annotation(NamedTuple):
    """A link's active area as a part of the tree."""

    page: int
    number: int
    """Among the page's annotations, from 0."""


@dataclass(eq=False)
class Tag:
    """An element of the structure tree."""

    role: str
    element: Element | None = None
    parent: Tag | None = None
    order: float = 0
    """The place of its first words in the text."""
    area: tuple[float, float, float, float] | None = None
    """A figure's place on its page, in points."""
    kids: list[tuple[Order, Tag | Text | Annotation]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The anchors that lead to it."""

    def get(self, name: str) -> str | None:
        """An attribute of its element."""
        return None if self.element is None else self.element.get(name)

    @property
    def children(self) -> list[Tag | Text | Annotation]:
        """What it holds, in reading order."""
        return [kid for _, kid in sorted(self.kids, key=lambda kid: kid[0])]


def tree(roots: Iterable[Element], traces: Sequence[PageTrace]) -> tuple[Tag, list[set[int]]]:
    """The tree, and for each page the numbers of the pieces that are no part of it (artifacts).

    `roots` are the trees of markup that the pages were laid out from.
    """
    grower = _Grower(roots)
    artifacts = []
    for page, trace in enumerate(traces):
        artifacts.append({piece.mcid for piece in trace.pieces if not grower.add(page, piece)})
        for index, element in enumerate(trace.links):
            grower.add_link(page, index, element)
    return grower.document, artifacts


class _Grower:
    """Puts one piece of text after the other into the tree, and makes the tags on its way to the root."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self.document = Tag("Document")
        self._above = {child: parent for root in roots for parent in root.iter() for child in parent}
        self._tags: dict[Element, Tag] = {}
        self._marks: dict[Element, Tag] = {}
        self._count = 0

    def add(self, page: int, piece: Piece) -> bool:
        """Add a piece. False if it is no part of the text."""
        element = piece.element
        if element is None or (element.tag == "img" and not element.get("alt")):
            return False
        self._count += 1
        tag = self._mark(element) if piece.is_mark else self._tag(element)
        if piece.area:
            tag.area = piece.area
        tag.kids.append(((self._count,), Text(page, piece.mcid)))
        return True

    def add_link(self, page: int, index: int, element: Element) -> None:
        """Add the active area of a link, whose words are there already."""
        tag = self._tag(element)
        tag.kids.append(((inf, page, index), Annotation(page, index)))

    def _mark(self, item: Element) -> Tag:
        if item not in self._marks:
            self._marks[item] = self._new("Lbl", None, self._item(item), (-1,))
        return self._marks[item]

    def _item(self, element: Element) -> Tag:
        body = self._tag(element)
        assert body.parent is not None
        return body.parent

    def _tag(self, element: Element) -> Tag:
        """The tag that text directly in the element belongs to."""
        if element not in self._tags:
            self._tags[element] = self._make(element)
        tag = self._tags[element]
        if (name := element.get("id")) and name not in tag.names:
            tag.names.append(name)
        return tag

    def _make(self, element: Element) -> Tag:
        parent = self._above.get(element)
        if parent is None or element.tag == "body":
            return self.document
        if "note" in _classes(element):
            return self._note(element, parent)
        if element.tag in ("dt", "dd"):
            return self._new(ROLES[element.tag], element, self._entry(element, parent))
        above = self._tag(parent)
        if element in self._tags:
            return self._tags[element]  # a cell: its row has made it
        role = _role(element, above)
        return self._wrapped(role, element, above) if role else above

    def _wrapped(self, role: str, element: Element, above: Tag) -> Tag:
        """A tag in its parent, with what must stand between the two."""
        if role == "LBody":
            above = self._new("LI", None, above)
        elif role == "Link" and above.role == "TOCI":
            above = self._new("Reference", None, above)
        made = self._new(role, element, above)
        if role == "TR":
            # All its cells, empty ones too.
            for index, cell in enumerate(element):
                self._tags[cell] = self._new(ROLES[cell.tag], cell, made, (index,))
        return made

    def _new(self, role: str, element: Element | None, parent: Tag, order: Order | None = None) -> Tag:
        tag = Tag(role, element, parent, self._count)
        parent.kids.append((order or (self._count,), tag))
        return tag

    def _entry(self, element: Element, parent: Element) -> Tag:
        """The item of a list of definitions: a term with what is said about it."""
        if element.tag == "dd":
            siblings = list(parent)
            for sibling in reversed(siblings[: siblings.index(element)]):
                if sibling in self._tags:
                    return self._item(sibling)
        return self._new("LI", None, self._tag(parent))

    def _note(self, element: Element, parent: Element) -> Tag:
        """A note, behind the paragraph or heading that calls it; in a cell or an item, at its end."""
        above = self._tag(parent)
        holder = above
        while holder.role in ("Link", "Reference", "Code", "Span") and holder.parent:
            holder = holder.parent
        if holder.role in TEXT_BLOCKS and holder.parent:
            return self._new("Note", element, holder.parent, (holder.order, 1, self._count))
        if holder.role in ("Sect", "Document"):
            return self._new("Note", element, holder)
        return self._new("Note", element, holder, (inf, self._count))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _role(element: Element, above: Tag) -> str | None:
    """The structure type of an element; None if it is none of its own."""
    classes = _classes(element)
    if "contents-list" in classes:
        return "TOC"
    if "call" in classes:
        return "Reference"
    if element.tag == "li" and above.role == "TOC":
        return "TOCI"
    if "table" in classes or (element.tag == "a" and not element.get("href")):
        return None
    return ROLES.get(str(element.tag)) or ("Span" if element.get("lang") else None)
