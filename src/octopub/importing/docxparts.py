"""The parts of Word's files that mammoth does not tell of, and marks that it carries through.

Imports `importing.archive`, `importing.draft` and lxml. What mammoth drops it is told in words that it knows: a
paragraph's number is a bookmark, a run in another language a link; `importing.docx` reads both on the other side.
The words for the proof are read here, from the XML, on a way of their own.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.archive import refuse
from octopub.importing.draft import Finding, LeftOut, Place, Unmatched
from octopub.importing.office import UNIT

if TYPE_CHECKING:
    from octopub.importing.archive import Archive
    from octopub.importing.tree import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"

PARAGRAPH, LANG = "octopub-paragraph-", "octopub-lang-"
"""Names of the bookmarks and links that are marks of ours."""

_CHANGES = {"ins": "insertion", "del": "deletion", "moveTo": "move", "moveFrom": ""}
"""Tracked changes (ECMA-376-1 §17.13.5); a move is counted once, where the words are now."""

_SIGNS = {
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
    **dict.fromkeys(("tab", "br", "cr", "footnoteReference", "endnoteReference", "drawing", "pict"), " "),
}  # fmt: skip
"""What stands for a letter, or parts words."""


def w(name: str) -> str:
    """A name of WordprocessingML's."""
    return f"{{{W}}}{name}"


class Parts:
    """A file's parts. `marked` is the file as mammoth is to read it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._main = next((name for name in (self._named_main(), "word/document.xml") if name in archive), "")
        if not self._main:
            raise refuse(archive.name, "it is none of Word's files", "save it as .docx")
        if _STRICT in archive.read(self._main)[:5000]:
            remedy = "save it as “Word document (.docx)”, not as “Strict Open XML”"
            raise refuse(archive.name, "it is in Word's strict form", remedy)
        # Every part that mammoth will read is read here first: it expands entities, this does not.
        self._roots = {name: archive.xml(name) for name in archive.names if name.endswith((".xml", ".rels"))}
        self._root = self._roots[self._main]
        self._folder = posixpath.dirname(self._main)
        self.findings: list[Finding] = []
        self.left_out: list[LeftOut] = []
        self.unmatched: list[Unmatched] = []
        for each in [*self._root.iter(f"{{{_MC}}}AlternateContent")]:
            _choose_fallback(each)
        self._formulas = [_as_run(each) for each in [*self._root.iter(f"{{{_M}}}oMath")]]
        self._paragraphs = [*self._root.iter(w("p"))]
        self._number = {each: number for number, each in enumerate(self._paragraphs, 1)}
        self.lang = self._language()
        self._read_changes()
        self.findings += (
            Finding(self.place(run), f"formula “{_own_text(run)}”", "its letters stay, its form does not")
            for run in self._formulas
        )
        self._read_comments()
        self._read_running_heads()
        self._match_notes()
        self._words = {number: self._own_words(each) for each, number in self._number.items()}

    def _named_main(self) -> str:
        """The main part, as the package names it."""
        if "_rels/.rels" not in self._archive:
            return ""
        for each in self._archive.xml("_rels/.rels"):
            if (each.get("Type") or "").endswith("/officeDocument"):
                return (each.get("Target") or "").lstrip("/")
        return ""

    def _part(self, name: str) -> Element | None:
        return self._roots.get(posixpath.join(self._folder, f"{name}.xml"))

    def place(self, element: Element) -> Place:
        """The paragraph that an element is in."""
        for each in (element, *element.iterancestors()):
            if each in self._number:
                return Place(self._number[each], UNIT)
        following = (self._number[each] for each in element.iter(w("p")) if each in self._number)
        return Place(next(following, 1), UNIT)

    # -- what mammoth does not tell ---------------------------------------------------------------

    def properties(self) -> dict[str, str | list[str]]:
        """The metadata that the file's properties have."""
        found: dict[str, str | list[str]] = {}
        core = self._roots.get("docProps/core.xml")
        if core is not None:
            title = _line(core.findtext(f"{_DC}title"))
            if title and not title.startswith("Microsoft Word -"):
                found["title"] = title
            authors = [
                each.strip() for each in _line(core.findtext(f"{_DC}creator")).split(";") if each.strip()
            ]
            if authors:
                found["author"] = authors if len(authors) > 1 else authors[0]
            if day := re.match(r"\d{4}-\d\d-\d\d", _line(core.findtext(f"{_DCTERMS}created"))):
                found["date"] = day[0]
        if self.lang:
            found["lang"] = self.lang
        return found

    def _language(self) -> str:
        """The file's language: as its properties say, or its default style."""
        core, styles = self._roots.get("docProps/core.xml"), self._part("styles")
        named = _line(core.findtext(f"{_DC}language")) if core is not None else ""
        if not named and styles is not None:
            path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "lang")))
            default = styles.find(path)
            named = (default.get(w("val")) or "") if default is not None else ""
        return named.replace("_", "-")

    def _read_changes(self) -> None:
        for root in (self._root, self._part("footnotes"), self._part("endnotes")):
            if root is None:
                continue
            for each in root.iter(*map(w, _CHANGES)):
                kind = _CHANGES[etree.QName(each).localname]
                if not kind:
                    continue
                is_mark = any(each.getparent() is a for a in root.iter(w("rPr"), w("trPr")))
                text = _line("".join(t.text or "" for t in each.iter(w("t"), w("delText"))))
                what = f"tracked {kind} accepted" + (": the end of a paragraph" if is_mark else f": “{text}”")
                author = each.get(w("author")) or "someone"
                self.findings.append(Finding(self.place(each), what, f"made by {author}"))

    def _read_comments(self) -> None:
        comments = self._part("comments")
        places = {each.get(w("id")): self.place(each) for each in self._root.iter(w("commentReference"))}
        for each in comments.iter(w("comment")) if comments is not None else ():
            text = " ".join("".join(_texts(p)) for p in each.iter(w("p"))).strip()
            why = f"a comment by {each.get(w('author')) or 'someone'}"
            self.left_out.append(LeftOut(places.get(each.get(w("id")), Place(1, UNIT)), text, why))

    def _read_running_heads(self) -> None:
        for name in sorted(self._roots):
            if re.fullmatch(rf"{re.escape(self._folder)}/(header|footer)\d*\.xml", name):
                text = " ".join("".join(_texts(p)) for p in self._roots[name].iter(w("p"))).strip()
                if text:
                    self.left_out.append(LeftOut(Place(1, UNIT), text, "a running head or foot"))

    def _match_notes(self) -> None:
        """Take out calls without a note (mammoth would stop there), and report them and the notes without
        a call."""
        for kind in ("footnote", "endnote"):
            part = self._part(f"{kind}s")
            notes = {each.get(w("id")): each for each in part.iter(w(kind))} if part is not None else {}
            real = [key for key, each in notes.items() if each.get(w("type"), "normal") == "normal"]
            calls = [*self._root.iter(w(f"{kind}Reference"))]
            called = {each.get(w("id")) for each in calls}
            orphans = [key for key in real if key not in called]
            for each in calls:
                key, parent = each.get(w("id")), each.getparent()
                if key not in notes and parent is not None:
                    near = f"the {kind} {orphans[0]}, which nothing calls" if orphans else ""
                    self.unmatched.append(
                        Unmatched(self.place(each), f"{kind} {key}", is_call=True, candidate=near)
                    )
                    parent.remove(each)
            for orphan in orphans:
                text = " ".join("".join(_texts(p)) for p in notes[orphan].iter(w("p"))).strip()
                if text:
                    mark = f"{kind} {orphan}: {text[:60]}"
                    self.unmatched.append(Unmatched(Place(1, UNIT), mark, is_call=False))

    # -- words ------------------------------------------------------------------------------------

    def text_words(self, without: frozenset[int]) -> tuple[str, ...]:
        """The words of the text, paragraph by paragraph, without those of some."""
        kept = (words for number, words in self._words.items() if number not in without)
        return tuple("".join(kept).split())

    def note_words(self, identity: str) -> tuple[str, ...]:
        """The words of a note, by the name that mammoth gives it (`footnote-2`)."""
        kind, _, key = identity.partition("-")
        part = self._part(f"{kind}s")
        for each in part.iter(w(kind)) if part is not None else ():
            if each.get(w("id")) == key:
                return tuple(word for p in each.iter(w("p")) for word in "".join(_texts(p)).split())
        return ()

    def _own_words(self, paragraph: Element) -> str:
        """A paragraph's words. One whose end was deleted goes on in the next one."""
        ends = paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is None
        return "".join(_texts(paragraph)) + (" " if ends else "")

    # -- marks for mammoth --------------------------------------------------------------------------

    def marked(self) -> bytes:
        """The file with the marks: paragraphs' numbers, languages, formulas as their letters."""
        for paragraph, number in self._number.items():
            bookmark = etree.Element(w("bookmarkStart"))
            bookmark.set(w("id"), str(900_000 + number))
            bookmark.set(w("name"), f"{PARAGRAPH}{number}")
            properties = paragraph.find(w("pPr"))
            paragraph.insert(0 if properties is None else 1, bookmark)
        for root in (self._root, self._part("footnotes"), self._part("endnotes")):
            for run in [*root.iter(w("r"))] if root is not None else []:
                self._mark_language(run)
        return self._packed()

    def _mark_language(self, run: Element) -> None:
        """Put a run in another language into a link. Another country is none: Word marks those at random."""
        found = run.find(f"{w('rPr')}/{w('lang')}")
        lang = (found.get(w("val")) or "") if found is not None else ""
        parent = run.getparent()
        if not lang or parent is None or not self.lang or _primary(lang) == _primary(self.lang):
            return
        link = etree.Element(w("hyperlink"))
        link.set(w("anchor"), f"{LANG}{lang}")
        parent.replace(run, link)
        link.append(run)

    def _packed(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            for name in self._archive.names:
                root = self._roots.get(name)
                data = self._archive.read(name) if root is None else etree.tostring(root, encoding="utf-8")
                file.writestr(name, data)
        return packed.getvalue()


def _texts(paragraph: Element) -> list[str]:
    """What a paragraph says itself: not what was deleted, nor what stands in a frame inside it."""
    found: list[str] = []
    for each in paragraph.iter():
        name = etree.QName(each).localname
        if name != "t" and name not in _SIGNS:
            continue
        above = [etree.QName(a).localname for a in _up_to(each, paragraph)]
        if any(gone in above for gone in ("del", "moveFrom", "p", "pPr", "rPr")):
            continue
        found.append(each.text or "" if name == "t" else _SIGNS[name])
    return found


def _up_to(element: Element, top: Element) -> list[Element]:
    found: list[Element] = []
    for above in element.iterancestors():
        if above is top:
            break
        found.append(above)
    return found


def _choose_fallback(choice: Element) -> None:
    """Of two forms of the same (ECMA-376-3 §10.2.1) the plain one, which mammoth takes as well."""
    for each in list(choice):
        if etree.QName(each).localname == "Choice":
            choice.remove(each)


def _own_text(run: Element) -> str:
    return "".join(each.text or "" for each in run.iter(w("t")))


def _as_run(formula: Element) -> Element:
    """Put a formula's letters in its place, as a run: mammoth knows no formulas."""
    run, text = etree.Element(w("r")), etree.Element(w("t"))
    text.text = "".join(each.text or "" for each in formula.iter(f"{{{_M}}}t"))
    run.append(text)
    parent = formula.getparent()
    if parent is not None:
        run.tail = formula.tail
        parent.replace(formula, run)
    return run


def _primary(lang: str) -> str:
    return re.split("[-_]", lang.lower())[0]


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
