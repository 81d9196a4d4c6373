"""Word's markup said plainly: what mammoth does not know becomes what it knows, before it reads the file.

Imports `docxstyles`, `formulas`, `office`, `symbols`, `trees.tree` and
lxml. Moves words, and drops none but those that are deleted or hidden, which it tells: a box's paragraphs stand behind
the paragraph that the box is tied to, fields are their results, and a run has its style's properties.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.trees.tree import tag
from octopub.importing.wordprocessing.docxstyles import W, value, w
from octopub.importing.wordprocessing.formulas import OMML, linear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.importing.trees.tree import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

ADDRESS = "address"
"""The attribute of a link that has its address on itself, which is no attribute of Word's."""

_IN_LINES = frozenset(map(w, ("r", "hyperlink", "bookmarkStart", "bookmarkEnd", "pPr", "commentRangeStart",
                              "commentRangeEnd")))  # fmt: skip
"""What mammoth reads in a paragraph; anything else there is unwrapped."""
_DELETED = tuple(map(w, ("del", "moveFrom")))
CALLS = tuple(map(w, ("footnoteReference", "endnoteReference")))
_FRAMES = tuple(map(w, ("customXml", "smartTag", "ins", "moveTo")))
_ROWS = (("trPr", "del"), ("tcPr", "cellDel"))


# -- what was deleted -----------------------------------------------------------------------------


def accept_changes(root: Element) -> None:
    """Take out what was deleted, and moved away; join paragraphs whose end was deleted (§17.13.5)."""
    for properties, gone in _ROWS:
        for each in [*root.iter(w(gone))]:
            above = each.getparent()
            if above is not None and above.tag == w(properties):
                drop(above.getparent())
    for each in [*root.iter(*_DELETED)]:
        above = each.getparent()
        if above is not None and above.tag == w("rPr"):
            _join(next(each.iterancestors(w("p")), None))
        drop(each)


def _join(paragraph: Element | None) -> None:
    """Move a paragraph's content into the next one, whose end is the end of both."""
    following = paragraph.getnext() if paragraph is not None else None
    while following is not None and following.tag in (w("bookmarkStart"), w("bookmarkEnd"), w("proofErr")):
        following = following.getnext()
    if paragraph is None or following is None or following.tag != w("p"):
        return
    at = 0 if following.find(w("pPr")) is None else 1
    for offset, each in enumerate([each for each in paragraph if each.tag != w("pPr")]):
        following.insert(at + offset, each)
    drop(paragraph)


def drop(element: Element | None) -> None:
    """Take an element out of its tree."""
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    for each in list(element):
        element.addprevious(each)
    parent.remove(element)


# -- frames around words ----------------------------------------------------------------------------


def choose(root: Element) -> None:
    """Of two forms of the same (ECMA-376-3 §10.2.1) keep the plain one, unless the other says more."""
    for each in [*root.iter(f"{MC}AlternateContent")]:
        forms = [form for form in (each.find(f"{MC}Fallback"), each.find(f"{MC}Choice")) if form is not None]
        chosen = max(forms, key=_content, default=None)
        for other in list(each):
            if other is not chosen:
                each.remove(other)
        if chosen is not None:
            _unwrap(chosen)
        _unwrap(each)


def _content(form: Element) -> tuple[int, bool]:
    """How much a form says: its texts, and whether it holds anything."""
    return sum(1 for _ in form.iter(w("t"))), len(form) > 0


def unwrap(root: Element) -> None:
    """Put what stands in a frame that only says what it is (a control, a tag, a direction) in its place."""
    for each in [*root.iter(w("sdt"))]:
        content = each.find(w("sdtContent"))
        if content is not None:
            each.addprevious(content)
            _unwrap(content)
        drop(each)
    for each in [*root.iter(w("ruby"))]:
        # The word, then how it is said; Word has them the other way round.
        each.extend([*each.iterchildren(w("rubyBase")), *each.iterchildren(w("rt"))])
    for each in [*root.iter(*_FRAMES)]:
        above = each.getparent()
        if above is not None and above.tag not in (w("rPr"), w("trPr")):
            drop(each.find(w(f"{etree.QName(each).localname}Pr")))
            _unwrap(each)
    for paragraph in root.iter(w("p")):
        for each in list(paragraph):
            _flatten(each)


def _flatten(element: Element) -> None:
    """Unwrap what mammoth does not know in a line, as long as there are runs in it."""
    for inner in list(element) if element.tag == w("hyperlink") or element.tag not in _IN_LINES else ():
        _flatten(inner)
    if element.tag not in _IN_LINES and element.find(f".//{w('r')}") is not None:
        _unwrap(element)


def lift_boxes(root: Element) -> None:
    """Put the paragraphs of boxes behind those that the boxes are tied to."""
    for box in [*root.iter(w("txbxContent"))]:
        here = next(box.iterancestors(w("p")), None)
        if here is None:
            continue
        while (following := here.getnext()) is not None and following.get("lifted") is not None:
            here = following
        for each in list(box):
            each.set("lifted", "")
            here.addnext(each)
            here = each


def settle_bookmarks(root: Element) -> None:
    """Put the bookmarks that stand before a block into its first paragraph. Names that only our marks have go."""
    bookmarks = [*root.iter(w("bookmarkStart"))]
    for each in bookmarks:
        if value(each, "name").startswith("octopub-"):
            drop(each)
    for parent in dict.fromkeys(each.getparent() for each in bookmarks):
        if parent is None or any(above.tag == w("p") for above in (parent, *parent.iterancestors())):
            continue
        following = None
        for each in reversed(parent):
            if each.tag != w("bookmarkStart"):
                following = next(each.iter(w("p")), following)
            elif following is not None:
                first = next(iter(following), None)
                if first is not None and first.tag == w("pPr"):
                    first.addnext(each)
                else:
                    following.insert(0, each)


def formulas(root: Element) -> list[Element]:
    """Put the letters of formulas in their place, as runs; gives the runs."""
    found: list[Element] = []
    for formula in [*root.iter(f"{OMML}oMath")]:
        run, text = etree.Element(w("r")), etree.Element(w("t"))
        text.text = linear(formula)
        run.append(text)
        parent = formula.getparent()
        if parent is not None:
            parent.replace(formula, run)
            found.append(run)
    for each in [*root.iter(f"{OMML}oMathPara")]:
        for run in [*each.iterchildren(w("r"))]:
            each.addprevious(run)
        drop(each)
    return found


# -- fields -------------------------------------------------------------------------------------------


class Fields:
    """The fields of a story (§17.16): each becomes its result, in a link if it has a target."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self.contents: list[Element] = []
        """Paragraphs of tables of contents, and of indexes."""

    def settle(self, root: Element) -> None:
        """Settle the fields of a story. Its complex ones may reach over paragraphs."""
        for each in [*root.iter(w("fldSimple"))]:
            link = _link(value(each, "instr"))
            each.attrib.clear()
            if link is None:
                _unwrap(each)
            else:
                each.tag = w("hyperlink")
                for key, target in link.items():
                    each.set(key, target)
        for paragraph in root.iter(w("p")):
            is_contents = self._is_contents()
            for run in [*paragraph.iter(w("r"))]:
                for each in list(run):
                    self._follow(each)
                is_contents = is_contents or self._is_contents()
                self._link(run)
            if is_contents:
                self.contents.append(paragraph)

    def _is_contents(self) -> bool:
        return any(re.match(r"\s*(TOC|INDEX)\b", text) for text, _ in self._open)

    def _link(self, run: Element) -> None:
        """Put a run that is the result of a field with a target into a link."""
        links = (_link(text) for text, is_shown in reversed(self._open) if is_shown)
        link, parent = next(filter(None, links), None), run.getparent()
        if link and parent is not None and parent.tag != w("hyperlink") and run.find(w("t")) is not None:
            around = etree.Element(w("hyperlink"), link)
            parent.replace(run, around)
            around.append(run)

    def _follow(self, each: Element) -> None:
        """Follow a field's signs, and take them out, with all that is not its result."""
        kind = value(each, "fldCharType")
        if each.tag != w("fldChar"):
            if self._open and not self._open[-1][1] and each.tag == w("instrText"):
                self._open[-1] = (self._open[-1][0] + (each.text or ""), False)
            if each.tag != w("rPr") and not all(is_shown for _, is_shown in self._open):
                drop(each)
            return
        if kind == "begin":
            self._open.append(("", False))
        elif self._open and kind == "separate":
            self._open[-1] = (self._open[-1][0], True)
        elif self._open and kind == "end":
            self._open.pop()
        drop(each)


def _link(instruction: str) -> dict[str, str] | None:
    """The attributes of a link for a field with a target; `ADDRESS` is one outside the file."""
    words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', instruction)]
    if not words:
        return None
    name, rest = words[0].upper(), words[1:]
    if name == "HYPERLINK":
        anchor = rest[rest.index("\\l") + 1] if "\\l" in rest[:-1] else ""
        address = rest[0] if rest and not rest[0].startswith("\\") else ""
        if address:
            return {ADDRESS: f"{address}#{anchor}" if anchor else address}
        return {w("anchor"): anchor} if anchor else None
    if name in ("REF", "PAGEREF", "NOTEREF") and rest and "\\h" in rest:
        return {w("anchor"): rest[0]}
    return None


# -- notes' own marks ------------------------------------------------------------------------------


def custom_marks(root: Element) -> dict[tuple[str, str], str]:
    """Take out the marks of notes that have marks of their own (§17.11.3); gives them by kind and note."""
    found: dict[tuple[str, str], str] = {}
    for call in [*root.iter(*CALLS)]:
        run = call.getparent()
        if run is None or value(call, "customMarkFollows") in ("", "0", "false"):
            continue
        marks = [each for each in call.itersiblings() if each.tag == w("t")]
        kind = etree.QName(call).localname.removesuffix("Reference")
        found[kind, value(call, "id")] = "".join(each.text or "" for each in marks)
        for each in marks:
            run.remove(each)
    return found


def take_mark(note: Element, mark: str) -> None:
    """Take a note's own mark from its beginning."""
    first = next((each for each in note.iter(w("t")) if each.text), None)
    if first is not None and mark and (first.text or "").startswith(mark):
        first.text = (first.text or "").removeprefix(mark)


def stories(roots: Iterable[Element | None]) -> list[Element]:
    """The stories that there are."""
    return [each for each in roots if each is not None and tag(each).startswith(f"{{{W}}}")]
