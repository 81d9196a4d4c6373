"""The parts of Word's files that mammoth does not tell of, and marks that it carries through.

Imports `importing.archive`, `importing.draft`, `office`, the other modules of `docx…` and lxml. What mammoth
drops it is told in words that it knows: a paragraph's number is a bookmark, its kind a style of ours, a run in
another language and an address a link; `docx` reads them on the other side. The words for the proof are
read here, from the XML.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.archive import check_length, refuse
from octopub.importing.draft import Finding, LeftOut, Place, Unmatched
from octopub.importing.wordprocessing import docxplain as plain
from octopub.importing.wordprocessing import docxruns as runs
from octopub.importing.wordprocessing.docxpackage import Package
from octopub.importing.wordprocessing.docxparagraphs import STYLE, Paragraphs
from octopub.importing.wordprocessing.docxstyles import Numbering, Styles, value, w
from octopub.importing.wordprocessing.docxtext import line, text_in, text_of
from octopub.importing.wordprocessing.office import UNIT, is_program

if TYPE_CHECKING:
    from octopub.importing.archive import Archive
    from octopub.importing.trees.tree import Element
    from octopub.importing.wordprocessing.lists import Listed

_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}"

PARAGRAPH, LANG, LINK = "octopub-paragraph-", "octopub-lang-", "octopub-link-"
"""How the names of bookmarks and links begin that are marks of ours."""

_NOTES = (w("footnote"), w("endnote"))
_CHANGES = {"ins": "insertion", "del": "deletion", "moveTo": "move"}
"""Tracked changes (ECMA-376-1 §17.13.5); a move is counted once, where the words are now."""
_REFORMED = tuple(
    map(w, ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"))
)
_ELSEWHERE = {
    "altChunk": "it holds text in another form, which only Word can read",
    "subDoc": "it is a master document, whose text is in other files",
}


class Parts:
    """A file's parts. `marked` is the file as mammoth is to read it."""

    def __init__(self, archive: Archive) -> None:
        self._package = Package(archive)
        self._root = self._package.main
        self._part = self._package.part
        self._stories = plain.stories([self._root, self._part("footnotes"), self._part("endnotes")])
        paragraphs = sum(1 for story in self._stories for _ in story.iter(w("p")))
        check_length(archive.name, paragraphs, archive.bounds.paragraphs)
        self._refuse_what_is_elsewhere()
        self.findings: list[Finding] = []
        self.left_out: list[LeftOut] = []
        self.unmatched: list[Unmatched] = []
        self.links: list[str] = []
        self.marks: dict[str, str] = {}
        self.styles = Styles(self._part("styles"))
        self._paragraphs = Paragraphs(self.styles, Numbering(self._part("numbering"), self.styles))
        self._formulas: list[Element] = []
        for story in self._stories:
            plain.choose(story)
            self._formulas += plain.formulas(story)
            plain.lift_boxes(story)
            plain.settle_bookmarks(story)
        self._all = [each for story in self._stories for each in story.iter(w("p"))]
        self._number = {each: index for index, each in enumerate(self._all, 1)}
        notes = (each for story in self._stories for each in story.iter(*_NOTES))
        self._notes = {self._key(each): each for each in notes}
        self._calls = {self._key(each): self.place(each) for each in self._root.iter(*plain.CALLS)}
        self._read_changes()
        self._read_comments()
        self._read_running_heads()
        self._make_plain()
        self.lang = self._language()

    def _refuse_what_is_elsewhere(self) -> None:
        for each in self._root.iter(*map(w, _ELSEWHERE)):
            reason = _ELSEWHERE[etree.QName(each).localname]
            raise refuse(
                self._package.name, reason, "open it in Word, save it as a new .docx file, and import that"
            )

    # -- places -----------------------------------------------------------------------------------

    def place(self, element: Element) -> Place:
        """The paragraph that an element is in; that of the call, where it is in a note."""
        for each in (element, *element.iterancestors()):
            if each.tag in _NOTES:
                return self._calls.get(self._key(each), Place(1, UNIT))
            if each in self._number and not self._is_noted(each):
                return Place(self._number[each], UNIT)
        following = (self._number[each] for each in element.iter(w("p")) if each in self._number)
        return Place(next(following, 1), UNIT)

    def _is_noted(self, paragraph: Element) -> bool:
        return any(each.tag in _NOTES for each in paragraph.iterancestors())

    @staticmethod
    def _key(element: Element) -> str:
        """The name that mammoth gives to a note (`footnote-2`), from the note or its call."""
        return f"{etree.QName(element).localname.removesuffix('Reference')}-{value(element, 'id')}"

    # -- what mammoth does not tell ---------------------------------------------------------------

    def properties(self) -> dict[str, str | list[str]]:
        """The metadata that the file's properties have."""
        found: dict[str, str | list[str]] = {}
        core = self._package.core
        if core is not None:
            title = line(core.findtext(f"{_DC}title"))
            if title and not title.startswith("Microsoft Word -"):
                found["title"] = title
            named = map(str.strip, line(core.findtext(f"{_DC}creator")).split(";"))
            authors = [each for each in named if each and not is_program(each)]
            if authors:
                found["author"] = authors if len(authors) > 1 else authors[0]
                # A program's date is that of the empty file that it began with.
                if day := re.match(r"\d{4}-\d\d-\d\d", line(core.findtext(f"{_DCTERMS}created"))):
                    found["date"] = day[0]
        if self.lang:
            found["lang"] = self.lang
        return found

    def _language(self) -> str:
        """The language of most words; without words, what the file's properties say."""
        counted: Counter[str] = Counter()
        for run in self._root.iter(w("r")):
            lang = value(run.find(f"{w('rPr')}/{w('lang')}")) or self.styles.lang
            counted[lang] += sum(len(each.text or "") for each in run.iter(w("t")))
        core = self._package.core
        named = line(core.findtext(f"{_DC}language")) if core is not None else ""
        most = counted.most_common(1)
        found = (most[0][0] if most else "") or named or self.styles.lang
        if _primary(found) == _primary(named):
            found = named
        return found.replace("_", "-")

    def _read_changes(self) -> None:
        for story in self._stories:
            for each in story.iter(*map(w, _CHANGES)):
                above = each.getparent()
                is_end = above is not None and above.tag == w("rPr")
                is_row = above is not None and above.tag == w("trPr")
                text = line("".join(t.text or "" for t in each.iter(w("t"), w("delText"))))
                text = text or next(("a note" for _ in each.iter(*plain.CALLS)), "")
                said = ": the end of a paragraph" if is_end else ": a row" if is_row else f": “{text}”"
                what = f"tracked {_CHANGES[etree.QName(each).localname]} accepted{said}"
                self.findings.append(
                    Finding(self.place(each), what, f"made by {value(each, 'author') or 'someone'}")
                )
            reformed = Counter((self.place(each), value(each, "author")) for each in story.iter(*_REFORMED))
            for (place, author), times in reformed.items():
                what = "tracked change of formatting accepted" + (f", {times} times" if times > 1 else "")
                self.findings.append(Finding(place, what, f"made by {author or 'someone'}"))

    def _read_comments(self) -> None:
        comments = self._part("comments")
        calls = (each for story in self._stories for each in story.iter(w("commentReference")))
        places = {value(each, "id"): self.place(each) for each in calls}
        for each in comments.iter(w("comment")) if comments is not None else ():
            why = f"a comment by {value(each, 'author') or 'someone'}"
            self.left_out.append(LeftOut(places.get(value(each, "id"), Place(1, UNIT)), text_in(each), why))

    def _read_running_heads(self) -> None:
        for root in self._package.margins():
            plain.choose(root)
            plain.accept_changes(root)
            if text := text_in(root):
                self.left_out.append(LeftOut(Place(1, UNIT), text, "a running head or foot"))

    # -- plain markup -------------------------------------------------------------------------------

    def _make_plain(self) -> None:
        for story in self._stories:
            plain.accept_changes(story)
        self._match_notes()
        for story in self._stories:
            fields = plain.Fields()
            fields.settle(story)
            plain.unwrap(story)
            for paragraph, text in runs.plain_runs(story, self.styles):
                if text.strip():
                    self.left_out.append(LeftOut(self.place(paragraph), line(text), "hidden text"))
            self._settle_custom_marks(story)
            self._settle_links(story)
            self._settle_pictures(story)
            self._paragraphs.settle(story, set(fields.contents))
        why = "a paragraph indented from both sides"
        self.findings += (
            Finding(self.place(each), "block quotation", why) for each in self._paragraphs.quoted
        )
        for run in self._formulas:
            if run.getparent() is not None:
                what = f"formula “{''.join(each.text or '' for each in run.iter(w('t')))}”"
                self.findings.append(Finding(self.place(run), what, "its letters stay, its form does not"))

    def _match_notes(self) -> None:
        """Take out calls without a note (mammoth would stop there), and report them and the notes without
        a call. A note whose call was deleted went with it."""
        for kind in ("footnote", "endnote"):
            part = self._part(f"{kind}s")
            notes = {value(each, "id"): each for each in part.iter(w(kind))} if part is not None else {}
            real = [key for key, each in notes.items() if value(each, "type") in ("", "normal")]
            calls = [*self._root.iter(w(f"{kind}Reference"))]
            called = {value(each, "id") for each in calls}
            orphans = [key for key in real if key not in called]
            for each in calls:
                key, parent = value(each, "id"), each.getparent()
                if key not in notes and parent is not None:
                    near = f"the {kind} {orphans[0]}, which nothing calls" if orphans else ""
                    self.unmatched.append(
                        Unmatched(self.place(each), f"{kind} {key}", is_call=True, candidate=near)
                    )
                    parent.remove(each)
            for key in orphans:
                if not (text := text_in(notes[key])):
                    continue
                if f"{kind}-{key}" in self._calls:
                    why = "a note whose call was deleted"
                    self.left_out.append(LeftOut(self._calls[f"{kind}-{key}"], text, why))
                else:
                    mark = f"{kind} {key}: {text[:60]}"
                    self.unmatched.append(Unmatched(Place(1, UNIT), mark, is_call=False))

    def _settle_custom_marks(self, story: Element) -> None:
        for (kind, key), mark in plain.custom_marks(story).items():
            self.marks[f"{kind}-{key}"] = mark
            if (note := self._notes.get(f"{kind}-{key}")) is not None:
                plain.take_mark(note, mark)

    def _settle_links(self, story: Element) -> None:
        """Give each link to somewhere outside the file an address that `docx` finds in `links`."""
        targets = self._package.targets(story)
        for each in [*story.iter(w("hyperlink"))]:
            address = each.get(plain.ADDRESS) or targets.get(each.get(f"{plain.RELATION}id") or "", "")
            anchor = value(each, "anchor")
            if anchor.startswith(STYLE):  # a file's own name may not pass for a mark of ours
                anchor = ""
            each.attrib.clear()
            if address:
                self.links.append(f"{address}#{anchor}" if anchor else address)
                anchor = f"{LINK}{len(self.links) - 1}"
            each.set(w("anchor"), anchor)

    def _settle_pictures(self, story: Element) -> None:
        """Take out pictures that are not in the file, and report them, and drawings that are no pictures."""
        targets = self._package.targets(story)
        for each in [*story.iter(_BLIP, f"{_VML}imagedata")]:
            embedded = each.get(f"{plain.RELATION}embed") or each.get(f"{plain.RELATION}id") or ""
            target = targets.get(embedded, "")
            if self._package.holds(target):
                continue
            address = (
                target or targets.get(each.get(f"{plain.RELATION}link") or "", "") or _name_of_picture(each)
            )
            self.findings.append(
                Finding(self.place(each), f"image left out: “{address}”", "it is not in the file")
            )
            plain.drop(each)
        for each in [*story.iter(w("drawing"), w("pict"), w("object"))]:
            if next(each.iter(_BLIP, f"{_VML}imagedata"), None) is not None:
                continue
            kinds = ((g.get("uri") or "") for g in each.iter() if etree.QName(g).localname == "graphicData")
            kind = next(kinds, "").rpartition("/")[2]
            if kind in ("chart", "diagram"):
                what = f"a {kind} was left out"
                self.findings.append(
                    Finding(self.place(each), what, "it is no picture; put one in its place")
                )
            plain.drop(each)

    # -- words ------------------------------------------------------------------------------------

    def text_words(self, without: frozenset[int]) -> tuple[str, ...]:
        """The words of the text, paragraph by paragraph, without those of some."""
        kept = (each for each in self._root.iter(w("p")) if self._number[each] not in without)
        return tuple(word for each in kept for word in text_of(each).split())

    def note_words(self, identity: str) -> tuple[str, ...]:
        """The words of a note, by the name that mammoth gives it (`footnote-2`)."""
        note = self._notes.get(identity)
        paragraphs = note.iter(w("p")) if note is not None else ()
        return tuple(word for each in paragraphs for word in text_of(each).split())

    # -- marks for mammoth --------------------------------------------------------------------------

    def marked(self) -> bytes:
        """The file with the marks: paragraphs' numbers and kinds, languages, addresses."""
        for story in self._stories:
            for paragraph in story.iter(w("p")):
                bookmark = etree.Element(w("bookmarkStart"))
                bookmark.set(w("id"), str(900_000 + self._number[paragraph]))
                bookmark.set(w("name"), f"{PARAGRAPH}{self._number[paragraph]}")
                paragraph.insert(1, bookmark)
            for run in story.iter(w("r")):
                self._drop_language(run)
            runs.join_runs(story)
            for run in [*story.iter(w("r"))]:
                self._mark_language(run)
        return self._package.packed(self._stories)

    def is_noted(self, index: int) -> bool:
        """Whether a paragraph is a note's."""
        return self._is_noted(self._all[index - 1])

    def listed(self, index: int) -> Listed | None:
        """How a paragraph stands in a list."""
        return self._paragraphs.listed.get(self._all[index - 1])

    def aligned(self, index: int) -> str:
        """How a paragraph is aligned, where not as ever."""
        return self._paragraphs.aligned.get(self._all[index - 1], "")

    def _drop_language(self, run: Element) -> None:
        """Drop the language of a run where it is the text's. Another country is none: Word marks those at
        random."""
        told = run.find(f"{w('rPr')}/{w('lang')}")
        if told is not None and (not self.lang or _primary(value(told)) == _primary(self.lang)):
            plain.drop(told)

    @staticmethod
    def _mark_language(run: Element) -> None:
        """Put a run in another language into a link."""
        lang = value(run.find(f"{w('rPr')}/{w('lang')}"))
        parent = run.getparent()
        if not lang or parent is None:
            return
        link = etree.Element(w("hyperlink"))
        link.set(w("anchor"), f"{LANG}{lang}")
        parent.replace(run, link)
        link.append(run)


def _name_of_picture(picture: Element) -> str:
    """What a picture that has no address is called."""
    owner = next(picture.iterancestors(w("drawing")), None)
    found = (each.get("descr") or each.get("name") for each in (owner.iter() if owner is not None else ()))
    return next(filter(None, found), "")


def _primary(lang: str) -> str:
    return re.split("[-_]", lang.lower())[0]
