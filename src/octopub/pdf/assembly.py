"""Assembly: what the layout engine's file still lacks, put right with pikepdf.

Imports pikepdf, `model`, `markup.words`, and `pdf.tags` with what it needs. Takes a PDF's bytes and gives a
PDF's bytes; draws nothing. Each mend is a function of its own, with the clause that asks for it.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from octopub.markup.words import lookup as words_of
from octopub.pdf.tags import NUMBERING, Annotation, Tag, Text, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from octopub.model import Book
    from octopub.pdf.trace import PageTrace

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def finish(pdf_bytes: bytes, book: Book, roots: Sequence[Element], traces: Sequence[PageTrace]) -> bytes:
    """The finished file. `roots` are the trees that it was laid out from, `traces` what was painted on each
    page. The same input gives the same bytes: the file's `/ID` is made from its content."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        root, artifacts = tree(roots, traces)
        _Structure(pdf, [page.obj for page in pdf.pages], _descriptions(book)).write(root)
        for page, numbers in zip(pdf.pages, artifacts, strict=True):
            _make_artifacts(pdf, page.obj, numbers)
        if book.direction == "rtl":
            # ISO 32000-1 §12.2: the viewer then opens spreads from the right.
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _descriptions(book: Book) -> dict[str, str]:
    """What a link to each anchor leads to, in words (ISO 14289-1 §7.18.5)."""
    words = words_of(book.metadata.lang)
    found = dict(book.anchors)
    for note in book.notes:
        if note.number is not None:
            found[note.id] = words.note.format(number=note.number)
        found |= dict.fromkeys(note.calls, words.back_to_text)
    return found


def _make_artifacts(pdf: pikepdf.Pdf, page: Any, numbers: set[int]) -> None:
    """Mark what is no part of the text as artifacts (ISO 14289-1 §7.1): WeasyPrint marks running heads,
    folios, repeated table heads and pictures that say nothing as content."""
    if not numbers:
        return

    def mark(match: re.Match[bytes]) -> bytes:
        return b"/Artifact BMC" if int(match[1]) in numbers else match[0]

    page.Contents = pdf.make_stream(_MARKED.sub(mark, page.Contents.read_bytes()))


class _Structure:
    """Writes the structure tree in place of WeasyPrint's, which begins anew on every page, puts notes in the
    midst of a paragraph that goes on behind them, and knows neither a table head's scope nor a language."""

    def __init__(self, pdf: pikepdf.Pdf, pages: list[Any], descriptions: Mapping[str, str]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._descriptions = descriptions
        self._parents: list[dict[int, Any]] = [{} for _ in pages]
        self._links: list[Any] = []
        self._notes: list[tuple[str, Any]] = []

    def write(self, document: Tag) -> None:
        """Write the tree into the file."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self._element(document, root)])
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._numbers())))
        root.ParentTreeNextKey = len(self._pages) + len(self._links)
        if self._notes:
            # ISO 32000-1 §7.9.6: a name tree, its names in order.
            names = [item for identifier, note in self._notes for item in (String(identifier), note)]
            limits = Array([names[0], names[-2]])
            leaf = self._pdf.make_indirect(Dictionary(Names=Array(names), Limits=limits))
            root.IDTree = self._pdf.make_indirect(Dictionary(Kids=Array([leaf])))
        self._pdf.Root.StructTreeRoot = root

    def _element(self, tag: Tag, parent: Any) -> Any:
        """A structure element with all it holds."""
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag.role}"), P=parent, **self._facts(tag))
        )
        children = tag.children
        own = next((child.page for child in children if not isinstance(child, Tag)), None)
        if own is not None:
            element.Pg = self._pages[own]
        if tag.role == "Note":
            # ISO 14289-1 §7.9
            self._notes.append((f"note-{len(self._notes) + 1:06d}", element))
            element.ID = String(self._notes[-1][0])
        element.K = Array([self._kid(child, element, own) for child in children])
        return element

    def _kid(self, child: Tag | Text | Annotation, element: Any, own: int | None) -> Any:
        if isinstance(child, Tag):
            return self._element(child, element)
        page = self._pages[child.page]
        if isinstance(child, Text):
            self._parents[child.page][child.mcid] = element
            return child.mcid if child.page == own else Dictionary(Type=Name.MCR, Pg=page, MCID=child.mcid)
        annotation = page.Annots[child.number]
        left, top, right, bottom = annotation.Rect
        annotation.Rect = Array([left, bottom, right, top])  # ISO 32000-1 §7.9.5: from the lower left
        annotation.StructParent = len(self._pages) + len(self._links)
        if "/Dest" in annotation:
            target = str(annotation.Dest)
            annotation.Contents = String(self._descriptions.get(target, target))
        self._links.append(element)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation)

    def _facts(self, tag: Tag) -> dict[str, Any]:
        """What a structure element says about itself."""
        facts: dict[str, Any] = {}
        if lang := tag.get("lang"):
            facts["Lang"] = String(lang)
        if tag.role == "TH":
            facts["A"] = Dictionary(O=Name.Table, Scope=Name.Column)  # ISO 14289-1 §7.5
        elif tag.role == "L" and tag.element is not None:
            kind = Name(f"/{NUMBERING[str(tag.element.tag)]}")
            facts["A"] = Dictionary(O=Name.List, ListNumbering=kind)  # ISO 14289-1 §7.6
        elif tag.role == "Figure":
            facts["Alt"] = String(tag.get("alt") or "")  # ISO 14289-1 §7.3
            if tag.area:
                area = Array([round(length, 3) for length in tag.area])
                facts["A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=area)
        return facts

    def _numbers(self) -> list[Any]:
        """The parent tree: which element each piece on each page, and each link, belongs to."""
        numbers: list[Any] = []
        for index, parents in enumerate(self._parents):
            row = [parents.get(mcid) for mcid in range(max(parents, default=-1) + 1)]
            numbers += [index, self._pdf.make_indirect(Array(row))]
        for index, element in enumerate(self._links, start=len(self._pages)):
            numbers += [index, element]
        return numbers
