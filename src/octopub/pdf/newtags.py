"""The tags of PDF 2.0, as PDF/UA-2 asks for them: made of those of PDF 1.7, when the whole is put together.

Imports pikepdf. Structure types that PDF 2.0 has are put into its namespace, notes and their calls know one another,
entries of the contents know what they lead to, and every destination within the file leads to an element as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pikepdf

NAMESPACE = "http://iso.org/pdf2/ssn"

NEW = frozenset(
    "Document Sect Div P H1 H2 H3 H4 H5 H6 FENote Lbl Span Link L LI LBody Table TR TH TD THead TBody TFoot Caption "
    "Figure".split()
)
"""The structure types in its namespace (ISO 32000-2 §14.8.6.1); others stay those of PDF 1.7."""


def renew(pdf: pikepdf.Pdf, root: Any, *, at_end: bool) -> None:
    """Put a tree's elements into the namespace. `at_end` says whether notes stand at the end of a chapter or book."""
    namespace = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(NAMESPACE)))
    root.Namespaces = Array([namespace])
    kind = Name.Endnote if at_end else Name.Footnote
    for element in _elements(root):
        if Name.Note == element.S:
            # ISO 14289-2 §8.2.5.14
            element.S = Name.FENote
            element.A = Dictionary(O=Name.FENote, NoteType=kind)
        elif element.S == Name.L and element.get("/A", {}).get("/ListNumbering") == Name("/None"):
            element.A.ListNumbering = Name.Description  # ISO 14289-2 §8.2.5.25: its labels are terms
        if str(element.S)[1:] in NEW:
            element.NS = namespace


def refer(links: Iterable[tuple[str, Any]], anchors: Mapping[str, Any]) -> None:
    """Let elements know one another. `links` are the anchors that links lead to, each with the link's element."""
    for anchor, element in links:
        target = anchors.get(anchor)
        if target is None:
            continue
        entry = _above(element, Name.TOCI)
        if entry is not None:
            _add_reference(entry, target)  # ISO 14289-2 §8.2.5.8
        elif Name.FENote == target.S:
            _add_reference(element, target)
            _add_reference(target, element)


def with_element(destination: Any, element: Any) -> Any:
    """A destination on a page that leads to an element as well (ISO 32000-2 §12.3.2.3, table 202)."""
    place = Array([element, *list(destination)[1:]])
    return Dictionary(S=Name.GoTo, D=destination, SD=place)


def nearest(destination: Any, anchors: Iterable[tuple[Any, Any]]) -> Any | None:
    """Of the elements with their destinations the one that is nearest on the page of this destination."""
    page, _, x, y, *_ = destination
    found = [
        (abs(float(other[3]) - float(y)) + abs(float(other[2]) - float(x)) / 1000, index, element)
        for index, (other, element) in enumerate(anchors)
        if other[0].objgen == page.objgen
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _add_reference(element: Any, target: Any) -> None:
    known = element.get("/Ref")
    if known is None:
        element.Ref = Array([target])
    elif all(each.objgen != target.objgen for each in known):
        known.append(target)


def _above(element: Any, role: Name) -> Any | None:
    """The nearest element of this type around an element."""
    while element is not None and element.get("/S") != role:
        element = element.get("/P")
    return element


def _elements(root: Any) -> Iterator[Any]:
    waiting = list(root.K)
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting += list(element.get("/K", ()))
