"""Formulas in one line: those of Word (OMML, ECMA-376-1 §22.1) and of OpenDocument (MathML), as people type them.

Imports `trees.tree`. A book has no formulas; their letters stay, with `^`, `_` and `/` where these are meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.trees.tree import Element

OMML = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"

_SILENT = frozenset(("annotation", "annotation-xml", "rPr", "ctrlPr"))
_FORMS = {
    "f": "{}/{}", "mfrac": "{}/{}",
    "sSup": "{}^{}", "msup": "{}^{}", "sSub": "{}_{}", "msub": "{}_{}",
    "sSubSup": "{}_{}^{}", "msubsup": "{}_{}^{}", "munderover": "{}_{}^{}",
    "limLow": "{}_{}", "munder": "{}_{}", "limUpp": "{}^{}", "mover": "{}{}",
    "msqrt": "√{}", "mroot": "√{}",
}  # fmt: skip
"""How the parts of an element stand, by its name in either language."""


def linear(formula: Element) -> str:
    """A formula in one line, without spaces."""
    return "".join(_text(formula).split())


def _text(element: Element) -> str:
    name = etree.QName(element).localname
    if name in _SILENT or name.endswith("Pr"):
        return ""
    if write := _WRITERS.get(name):
        return write(element)
    parts = [each for each in element if not etree.QName(each).localname.endswith("Pr")]
    form = _FORMS.get(name, "")
    if form and form.count("{}") == len(parts):
        first, *rest = map(_text, parts)
        first = _grouped(first) if form == "{}/{}" or form[0] != "{" else first
        return form.format(first, *map(_grouped, rest))
    return (element.text or "") + "".join(map(_text, parts))


def _grouped(text: str) -> str:
    """In parentheses, where it is more than a word or a number."""
    text = text.strip()
    is_one = text.isalnum() or (text.startswith("(") and text.endswith(")") and text.count("(") == 1)
    return text if is_one or len(text) < 2 else f"({text})"


def _sign(element: Element, owner: str, name: str, otherwise: str) -> str:
    """A sign that the properties of an element name."""
    found = element.find(f"{OMML}{owner}/{OMML}{name}")
    return otherwise if found is None else found.get(f"{OMML}val") or ""


def _part(element: Element, name: str) -> str:
    found = element.find(f"{OMML}{name}")
    return _text(found) if found is not None else ""


def _sum(element: Element) -> str:
    """A sum or an integral: its sign, its limits, what it is of."""
    low, high = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")
    return f"{_sign(element, 'naryPr', 'chr', '∫')}{limits} {_part(element, 'e')}"


def _brackets(element: Element) -> str:
    begin, end = (_sign(element, "dPr", f"{side}Chr", sign) for side, sign in (("beg", "("), ("end", ")")))
    between = _sign(element, "dPr", "sepChr", "|")
    return begin + between.join(map(_text, element.findall(f"{OMML}e"))) + end


def _root(element: Element) -> str:
    return f"{_part(element, 'deg')}√{_grouped(_part(element, 'e'))}"


_WRITERS: dict[str, Callable[[Element], str]] = {"nary": _sum, "d": _brackets, "rad": _root}
