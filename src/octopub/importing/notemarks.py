"""How calls and notes look in HTML: the names that programs and sites give them.

Imports `importing.tree`. Small recognisers; each says one thing of one element, and changes nothing. The forms
known: Word (`_ftn1`), LibreOffice (`sdfootnote1sym`), Pandoc, markdown-it, kramdown and python-markdown
(`fn1`, `fn:1`), WordPress, Substack (`footnote-anchor`), MediaWiki (`cite_note`), docutils, DPUB-ARIA 1.1 and
EPUB Structural Semantics 1.1 (`doc-noteref`, `noteref`), Tufte CSS (`margin-toggle`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.importing.tree import CALL, classes, kinds, tag, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from octopub.importing.tree import Element

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
    r" | call[-_]\d.* | easy-footnote-\d.*",
    re.VERBOSE | re.IGNORECASE,
)
"""What calls are named, so that a link to one is the way back."""

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


def is_call(link: Element, target: str) -> bool:
    """Whether a link calls a note: it says so, or it is a mark that leads to what is named as a note is, or a
    raised mark."""
    if _says_call(link):
        return True
    mark = bare(text_of(link))
    if not _MARK.fullmatch(mark):
        return False
    return bool(_NOTE_TARGET.fullmatch(target)) or _is_raised(link)


def has_kind_of_call(link: Element) -> bool:
    """Whether a link has the role or type of a call."""
    return bool(_CALL_KINDS & set(kinds(link)))


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


def margin_note(label: Element) -> Element | None:
    """The note of a label that shows it in the margin (Tufte CSS: a label, a check box, the note)."""
    if "margin-toggle" not in classes(label):
        return None
    here = label.getnext()
    while here is not None:
        if {"sidenote", "marginnote"} & set(classes(here)):
            return here
        if tag(here) != "input" or (here.tail or "").strip():
            return None
        here = here.getnext()
    return None


def is_empty_label(label: Element) -> bool:
    """Whether a label shows nothing but a sign to press."""
    return text_of(label) in ("", "⊕")


def _names(element: Element) -> set[str]:
    return set(classes(element))
