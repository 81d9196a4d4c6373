"""The tree of tags as objects of a PDF (ISO 32000-1 §14.7).

Imports pydyf and `pdf.tags`. WeasyPrint would write a tree that begins anew on every page, puts notes in the
midst of a paragraph that goes on behind them, and knows neither a table head's scope nor a language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydyf import PDF, Array, Dictionary, String

from octopub.pdf.tags import NUMBERING, Annotation, Tag, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    Objects = Sequence[Dictionary]


class Structure:
    """Writes one tree into a file that has the pages and their links already.

    Its elements lie below one `Document`; pages and links are numbered in the parent tree from 0 on, first the
    pages; a note's ID is `prefix` and its number. (`pdf.assembly` makes one tree of several.)
    """

    def __init__(self, pdf: PDF, pages: Objects, links: Sequence[Objects], prefix: str) -> None:
        self._pdf = pdf
        self._pages = pages
        self._annotations = links
        self._prefix = prefix
        self._parents: list[dict[int, bytes]] = [{} for _ in pages]
        self._links: list[bytes] = []
        self._notes: list[Any] = []
        self._anchors: dict[str, Any] = {}

    def write(self, document: Tag) -> None:
        """Write the tree into the file."""
        root = self._add({"Type": "/StructTreeRoot"})
        root["K"] = Array([self._element(document, root)])
        root["ParentTree"] = self._add({"Nums": Array(self._numbers())}).reference
        if self._notes:
            root["IDTree"] = self._add({"Names": Array(self._notes)}).reference
        root["Anchors"] = Array(part for name, element in self._anchors.items() for part in (String(name), element))
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _add(self, values: dict[str, Any]) -> Dictionary:
        made = Dictionary(values)
        self._pdf.add_object(made)
        return made

    def _element(self, tag: Tag, parent: Dictionary) -> bytes:
        """Add a structure element with all it holds; its reference."""
        facts = {"Type": "/StructElem", "S": f"/{tag.role}", "P": parent.reference}
        element = self._add(facts | self._facts(tag))
        reference: bytes = element.reference
        self._anchors |= dict.fromkeys(tag.names, reference)
        children = tag.children
        own = next((child.page for child in children if not isinstance(child, Tag)), None)
        if own is not None:
            element["Pg"] = self._pages[own].reference
        if tag.role == "Note":
            # ISO 14289-1 §7.9
            name = String(f"{self._prefix}/{len(self._notes) // 2 + 1:06d}")
            element["ID"] = name
            self._notes += (name, reference)
        element["K"] = Array([self._kid(child, element, own) for child in children])
        return reference

    def _kid(self, child: Tag | Text | Annotation, element: Dictionary, own: int | None) -> Any:
        if isinstance(child, Tag):
            return self._element(child, element)
        page = self._pages[child.page].reference
        if isinstance(child, Text):
            self._parents[child.page][child.mcid] = element.reference
            if child.page == own:
                return child.mcid
            return Dictionary({"Type": "/MCR", "Pg": page, "MCID": child.mcid})
        annotation = self._annotations[child.page][child.number]
        annotation["StructParent"] = len(self._pages) + len(self._links)
        self._links.append(element.reference)
        return Dictionary({"Type": "/OBJR", "Pg": page, "Obj": annotation.reference})

    def _facts(self, tag: Tag) -> dict[str, Any]:
        """What a structure element says about itself."""
        facts: dict[str, Any] = {}
        if lang := tag.get("lang"):
            facts["Lang"] = String(lang)
        if tag.role == "TH":
            facts["A"] = Dictionary({"O": "/Table", "Scope": "/Column"})  # ISO 14289-1 §7.5
        elif tag.role == "L" and tag.element is not None:
            # ISO 14289-1 §7.6
            facts["A"] = Dictionary({"O": "/List", "ListNumbering": f"/{NUMBERING[str(tag.element.tag)]}"})
        elif tag.role == "Figure":
            facts["Alt"] = String(tag.get("alt") or "")  # ISO 14289-1 §7.3
            if tag.area:
                area = Array([round(length, 3) for length in tag.area])
                facts["A"] = Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": area})
        return facts

    def _numbers(self) -> list[Any]:
        """The parent tree: which element each piece on each page, and each link, belongs to."""
        numbers: list[Any] = []
        for index, parents in enumerate(self._parents):
            row = [parents.get(mcid, "null") for mcid in range(max(parents, default=-1) + 1)]
            numbers += [index, Array(row)]
        for index, element in enumerate(self._links, start=len(self._pages)):
            numbers += [index, element]
        return numbers
