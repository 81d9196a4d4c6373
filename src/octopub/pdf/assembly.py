"""Assembly: what the layout engine's file still lacks, put right with pikepdf.

Imports pikepdf and `model`. Takes a PDF's bytes and gives a PDF's bytes; draws nothing. Each mend is a
function of its own, with the clause that asks for it.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from octopub.model import Book

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def finish(pdf_bytes: bytes, book: Book) -> bytes:
    """The finished file. The same input gives the same bytes: its `/ID` is made from its content."""
    calls = {call for note in book.notes for call in note.calls[:1]}
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        _scope_heads(elements)
        _tag_notes(pdf, elements, calls)
        _make_furniture_artifacts(pdf)
        if book.direction == "rtl":
            # ISO 32000-1 §12.2: the viewer then opens spreads from the right.
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _elements(root: Any) -> Iterator[Any]:
    """The structure elements, in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kids = element.get("/K")
        if isinstance(kids, pikepdf.Array):
            waiting += reversed([kid for kid in list(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid])
        if "/S" in element:
            yield element


def _scope_heads(elements: list[Any]) -> None:
    """Say of each table head what it is the head of (ISO 14289-1 §7.5). Ours head columns; WeasyPrint
    writes no `/Scope`."""
    for element in elements:
        if element.S == Name.TH:
            if "/A" not in element:
                element.A = Dictionary(O=Name.Table)
            element.A.Scope = Name.Column


def _tag_notes(pdf: pikepdf.Pdf, elements: list[Any], calls: Collection[str]) -> None:
    """Tag notes as notes, each with an ID (ISO 14289-1 §7.9). A note is a block whose first link leads
    back to its call."""
    found = 0
    ids: list[tuple[str, Any]] = []
    for element in elements:
        if element.S == Name.Div and (target := _first_link(element)) in calls:
            found += 1
            element.S = Name.Note
            element.ID = String(f"note-{found:05d}")
            ids.append((f"note-{found:05d}", element))
    ids += [(str(element.ID), element) for element in elements if "/ID" in element and element.S != Name.Note]
    if ids:
        names = Array()
        for identifier, element in sorted(ids, key=lambda pair: pair[0]):
            names.extend([String(identifier), element])
        first, last = names[0], names[len(names) - 2]
        leaf = Dictionary(Names=names, Limits=Array([first, last]))
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Kids=Array([pdf.make_indirect(leaf)])))


def _first_link(element: Any) -> str | None:
    """The destination of the link that stands first in a block: in its first child's first child."""
    for _ in range(4):
        kids = element.get("/K")
        first = next((kid for kid in list(kids or ()) if isinstance(kid, pikepdf.Dictionary)), None)
        if first is None:
            return None
        if first.get("/Type") == Name.OBJR:
            return str(first.Obj.get("/Dest", "")) or None
        element = first
    return None


def _make_furniture_artifacts(pdf: pikepdf.Pdf) -> None:
    """Mark running heads and folios as artifacts (ISO 14289-1 §7.1). WeasyPrint marks them as content,
    and hangs their elements outside the structure tree."""
    tree = pdf.Root.StructTreeRoot
    document = tree.K[0]
    inside = {kid.objgen for kid in list(document.K)}
    belongs: dict[tuple[int, int], bool] = {tree.objgen: False, document.objgen: False}

    def in_tree(element: Any) -> bool:
        known = belongs.get(element.objgen)
        if known is None:
            known = element.objgen in inside or in_tree(element.P)
            belongs[element.objgen] = known
        return known

    numbers = tree.ParentTree.Nums
    by_key = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page in pdf.pages:
        marked = by_key[int(page.obj.StructParents)]
        strays = {index for index, element in enumerate(list(marked)) if not in_tree(element)}
        if not strays:
            continue
        for index in strays:
            marked[index] = None
        stream = _MARKED.sub(
            lambda match, strays=strays: (  # type: ignore[misc]
                b"/Artifact <</Type /Pagination>> BDC" if int(match[1]) in strays else match[0]
            ),
            page.obj.Contents.read_bytes(),
        )
        page.obj.Contents = pdf.make_stream(stream)
