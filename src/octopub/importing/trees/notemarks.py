"""How calls and notes look in HTML: the names that programs and sites give them.

Imports `tree`. Small recognisers; each says one thing of one element, and changes nothing. The forms
known: Word (`_ftn1`), LibreOffice (`sdfootnote1sym`), Pandoc, markdown-it, kramdown and python-markdown
(`fn1`, `fn:1`), WordPress, Substack (`footnote-anchor`), MediaWiki (`cite_note`), docutils, DPUB-ARIA 1.1 and
EPUB Structural Semantics 1.1 (`doc-noteref`, `noteref`), Tufte CSS (`margin-toggle`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.importing.trees.tree import (
    BLOCKS,
    CALL,
    HEADINGS,
    classes,
    kinds,
    remove,
    tag,
    text_of,
    whole_text,
)

if TYPE_CHECKING:
    from collections.abc import Container

    from octopub.importing.trees.tree import Element

_CALL_KINDS = frozenset({"doc-noteref", "noteref"})
_NOTE_KINDS = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"})
_BACK_KINDS = frozenset({"doc-backlink", "backlink", "referrer"})

_CALL_CLASSES = frozenset(
    "footnote-anchor footnote-ref footnoteref footnote-reference footnote-link footnote_referrer noteref note-ref"
    " fnref fn-ref fn-link sdfootnoteanc sdendnoteanc easy-footnote simple-footnote endnote-ref endnote-reference"
    " msofootnotereference footnotecall notecall footnote-call note-call".split()
)
_BACK_CLASSES = frozenset(
    "footnote-back footnote-backref footnote-backlink reversefootnote backref back-ref footnote-number note-back"
    " note-number fn-backref footnoteback footnote-return easy-footnote-to-top sdfootnotesym sdendnotesym"
    " mw-cite-backlink data-footnote-backref footnote_backlink fn-back backlink".split()
)
_NOTE_CLASSES = frozenset("footnote endnote footnote-item sdfootnote".split())

_NOTE_TARGET = re.compile(
    r"_(?:ftn|edn)\d+ | (?:user-content-)?(?:fn|footnote|endnote|note|en|sdfootnote|sdendnote)[-_:.]?[\w:.-]*\d[\w-]*"
    r" | (?:user-content-)?fn[-_:]\w+ | cite_note-.+ | footnote[-_].+ | easy-footnote-bottom-.+",
    re.VERBOSE | re.IGNORECASE,
)
_CALL_TARGET = re.compile(
    r"_(?:ftn|edn)ref\d+ | (?:user-content-)?(?:fn|footnote|endnote|note|cite_|en)[-_:]?\w*?ref(?![a-z]).*"
    r" | cite_ref-.+ | footnote-anchor-.+ | sd(?:foot|end)note\d+anc | fnref.* | ref[-_]?(?:fn|note).*"
    r" | call[-_]\d.* | easy-footnote-\d.* | cmnt_ref\d+ | _msoanchor_\d+ | footnote_plugin_tooltip_.*",
    re.VERBOSE | re.IGNORECASE,
)
"""What calls are named, so that a link to one is the way back."""

_MARGIN_CLASSES = frozenset("sidenote marginnote margin-note side-note ltx_role_footnote".split())
_MARGIN_MARKS = frozenset("ltx_note_mark ltx_tag_note sidenote-number".split())
_SHOWN = ("title", "data-title", "data-tooltip", "data-footnote", "data-note", "data-content")
"""Attributes whose text shows when an element is pointed at."""
_REMARK_TARGET = re.compile(r"cmnt\d+|_msocom_\d+")
"""Google Docs, Word."""
_MARK = re.compile(
    r"(?:\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,6}|(?:note|nb|n\.|fn\.?)\s?\d{1,3})", re.IGNORECASE
)
_ARROWS = frozenset("↩↑⏎^⮐⤴↵←⇑▲")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def bare(mark: str) -> str:
    """A mark without its brackets: `[3]` → `3`."""
    return mark.translate(_SUPERSCRIPTS).strip().strip("[](){}.:").strip()


def fragment(link: Element, targets: Container[str]) -> str:
    """The target of a link within its page, `""` where it leads elsewhere. A saved page may name itself with
    its whole address, so that the fragment alone tells; it counts if the page has it."""
    address, mark, name = (link.get("href") or "").strip().partition("#")
    if not mark or not name:
        return ""
    if address and name not in targets and unquote(name) not in targets:
        return ""
    return name if name in targets else unquote(name)


def is_back_link(link: Element, target: str) -> bool:
    """Whether a link leads back from a note to its call."""
    if _BACK_KINDS & set(kinds(link)) or _BACK_CLASSES & _names(link):
        return True
    if _CALL_KINDS & set(kinds(link)) or _CALL_CLASSES & _names(link):
        return False
    return bool(_CALL_TARGET.fullmatch(target)) or is_arrow(text_of(link))


def is_arrow(text: str) -> bool:
    """Whether these words are only an arrow that points back."""
    letters = text.translate({0xFE0E: None, 0xFE0F: None}).strip("[]() \N{NO-BREAK SPACE}")
    return bool(letters) and all(letter in _ARROWS for letter in letters)


def is_call(link: Element, target: str, there: Element | None) -> bool:
    """Whether a link calls a note: it says so; or it is a mark that leads to what is named as a note is, or begins
    with this mark as a note does; or it is a raised mark. `there` is what it leads to."""
    if _says_call(link):
        return True
    mark = bare(text_of(link))
    if not _MARK.fullmatch(mark):
        return False
    if _NOTE_TARGET.fullmatch(target) or is_remark(target) or _is_raised(link):
        return True
    return there is not None and _answers(there, mark)


def is_remark(target: str) -> bool:
    """Whether a target is named as the remark of a reviewer, in what word processors export."""
    return bool(_REMARK_TARGET.fullmatch(target))


def _answers(there: Element, mark: str) -> bool:
    """Whether a note begins at a target: with the mark of its call."""
    above = next((each for each in (there, *there.iterancestors()) if tag(each) in BLOCKS), None)
    if above is None or tag(above) in HEADINGS or tag(above) in ("body", "main", "article", "section"):
        return False
    if bare(text_of(there)) == mark:
        return True
    begin = text_of(above if above is there or not text_of(there) else there)
    return bool(re.match(rf"[\[({{]?{re.escape(mark)}(?:[\])}}.:]|\s)", begin)) and begin != mark


def _says_call(link: Element) -> bool:
    """Whether a link, or what only holds it, is named as a call."""
    if _CALL_KINDS & set(kinds(link)) or _CALL_CLASSES & _names(link) or link.get("rel") == "footnote":
        return True
    if link.get("data-footnote-ref") is not None:
        return True
    above = link.getparent()
    if above is None or tag(above) not in ("sup", "span", "cite"):
        return False
    return "reference" in classes(above) or bool(
        _CALL_CLASSES & _names(above) or _CALL_KINDS & set(kinds(above))
    )


def says_note(link: Element, there: Element) -> bool:
    """Whether a link upwards is a call all the same, since it or its target says what it is."""
    near = [there, *list(there.iterancestors())[:2]]
    return _says_call(link) and any(names_note(each) for each in near)


def _is_raised(link: Element) -> bool:
    above = link.getparent()
    return (above is not None and tag(above) == "sup") or link.find("sup") is not None


def names_note(element: Element) -> bool:
    """Whether an element says that it is a note."""
    if tag(element) in ("", "a", "sup", "section", "ol", "ul", CALL):
        return False
    if _NOTE_KINDS & set(kinds(element)) and element.get("role") != "note":
        # The role `note` is a remark's (WAI-ARIA 1.2), and no footnote's.
        return True
    if tag(element) in ("p", "div", "li", "aside", "dd"):
        return bool(_NOTE_CLASSES & set(classes(element))) and element.get("id") is not None
    return False


def is_margin_note(element: Element) -> bool:
    """Whether an element is a note that stands where it is called (Tufte CSS, LaTeXML and the like)."""
    return tag(element) in ("span", "small", "aside", "div", "i") and bool(
        _MARGIN_CLASSES & set(classes(element))
    )


def marks_of(note: Element) -> list[Element]:
    """What stands right before a margin note and only calls it: a label, a check box, a raised number."""
    found: list[Element] = []
    here = note.getprevious()
    while here is not None and not (here.tail or "").strip():
        is_mark = tag(here) in ("label", "input") or (
            tag(here) in ("sup", "span", "a") and bool(_MARK.fullmatch(bare(text_of(here))))
        )
        if not is_mark:
            break
        found.append(here)
        here = here.getprevious()
    return found


def remove_repeated_marks(note: Element, marks: Container[str]) -> None:
    """Take out the marks with which a margin note itself begins."""
    for each in [each for each in note.iter("sup", "span", "label") if each is not note]:
        is_first = not whole_text(note)[: whole_text(note).find(text_of(each))].strip()
        if is_first and (text_of(each) in marks or _MARGIN_MARKS & set(classes(each))):
            remove(each)


def shown_by(mark: Element) -> str:
    """The note that shows when a raised mark is pointed at; empty where there is none."""
    is_mark = bool(_MARK.fullmatch(bare(text_of(mark)))) and (tag(mark) == "sup" or _is_raised(mark))
    if not is_mark or (mark.get("href") or "#") != "#":
        return ""
    texts = [mark.get(name) for each in mark.iter() for name in _SHOWN for mark in [each]]
    return next((" ".join(text.split()) for text in texts if text and len(text.split()) > 1), "")


def _names(element: Element) -> set[str]:
    return set(classes(element))
