"""What an e-book has besides its text: cover, title page, contents, imprint, page numbers, licences.

Imports `importing.*`. Works on the tree of all files, in place. What is taken out is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut
from octopub.importing.trees.tree import (
    BLOCKS,
    HEADINGS,
    Element,
    classes,
    is_block,
    kinds,
    make,
    remove,
    replace,
    tag,
    text_of,
)
from octopub.importing.trees.tree import words as words_of
from octopub.importing.web.pagemeta import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from octopub.importing.draft import Place

    Placing = Callable[[Element], Place]

NO_TEXT = frozenset(
    "cover titlepage halftitlepage halftitle imprint copyright-page colophon toc landmarks page-list loi lot"
    " doc-cover doc-toc doc-colophon doc-pagelist".split()
)
"""Pages that octopub makes itself, of any book: their words are in the metadata, or are no text."""
_PAGE_NUMBERS = frozenset(
    "pagebreak doc-pagebreak pagenum pageno page-number pagenumber x-ebookmaker-pageno".split()
)
_LICENCES = frozenset("pg-boilerplate pgheader pgfooter".split())
_CONTENTS = frozenset(
    "contents|table of contents|inhalt|inhaltsverzeichnis|table des matières|sommaire|índice|indice|sommario|contenido"
    "|sumário|inhoud|содержание|оглавление".split("|")
)
_COUNT = re.compile(
    r"[\W_]*(?:[ivxlcdm]+|\d+)?[\W_]*|chapter|kapitel|chapitre|capítulo|capitolo|page", re.IGNORECASE
)
"""Words of a table of contents that are no links: numbers."""
_BETWEEN = frozenset(
    "a an the by and written translated edited illustrated from with of von und übersetzt herausgegeben aus dem par et"
    " traduit de por y e di da tradotto door en".split()
)
"""Words of title pages that stand between names."""
_BREAKS = re.compile(r"(?:[*⁂•·⁕✻✽❦—–-]\s*){1,7}")
_ORNAMENT = re.compile(r"[*⁂⁕✻✽❦]")
_FEWEST_LINKS = 2
_TITLE_PAGE = 40
"""Words besides title and authors that a title page may have: publisher, place, year."""
_MOST = 0.5
"""What holds more than this part of the book's words is no such page, whatever it is called."""


def take_pages(
    root: Element, guide: Mapping[str, str], paths: Mapping[Element, str], place: Placing
) -> list[LeftOut]:
    """Take out what says that it is such a page, or of which the package says so."""
    total = len(words_of(root))
    for part in root:
        named = guide.get(paths.get(part, ""), "")
        if named and not kinds(part) and len(words_of(part)) <= _MOST * total:
            part.set("role", named)
    return _take(root, lambda each: bool(NO_TEXT & set(kinds(each))), place, "a page that octopub makes anew")


def take_licences(root: Element, place: Placing) -> list[LeftOut]:
    """Take out what Project Gutenberg puts around its texts."""
    return _take(
        root, lambda each: bool(_LICENCES & set(classes(each))), place, "the licence of Project Gutenberg"
    )


def _take(root: Element, is_one: Callable[[Element], bool], place: Placing, why: str) -> list[LeftOut]:
    found: list[LeftOut] = []
    for each in list(root.iter()):
        if not tag(each) or not is_one(each) or not any(above is root for above in each.iterancestors()):
            continue
        here, text = place(each), text_of(each)
        remove(each)
        if text:
            found.append(LeftOut(here, text, why))
    return found


def take_page_numbers(root: Element, place: Placing) -> list[LeftOut]:
    """Take out the numbers of the pages of a printed book."""
    taken = _take(
        root, lambda each: bool(_PAGE_NUMBERS & {*kinds(each), *classes(each)}) and _is_short(each), place, ""
    )
    numbers = ", ".join(each.text for each in taken)
    return [LeftOut(taken[0].place, numbers, "page numbers of a printed book")] if taken else []


def _is_short(element: Element) -> bool:
    return len(words_of(element)) <= 2  # “[Pg 12]”


def show_drawn_images(root: Element) -> None:
    """Images that are wrapped in a drawing, as covers are, so that they fill the page, are images."""
    for drawing in list(root.iter("svg")):
        images = [each for each in drawing.iter("image") if each.get("src")]
        title = next(drawing.iter("title"), None)
        named = text_of(title) if title is not None else ""
        if drawing.getparent() is None or len(images) != 1 or any(True for _ in drawing.iter("path", "text")):
            continue
        replace(drawing, make("img", src=images[0].get("src") or "", alt=drawing.get("aria-label") or named))


def take_cover(root: Element, cover: str) -> str:
    """Take out the first page if it shows the cover, and nothing else; gives the cover."""
    first = next(iter(root), None)
    images = list(first.iter("img")) if first is not None else []
    if first is None or text_of(first) or len(images) != 1 or len(root) == 1:
        return cover
    shown = images[0].get("src") or ""
    if cover in ("", shown) or set(kinds(first)) & {"cover"}:
        remove(first)
        return cover or shown
    return cover


def take_contents(root: Element, place: Placing) -> list[LeftOut]:
    """Take out what is nothing but links to places in the book: its contents, with their heading."""
    found: list[LeftOut] = []
    inside = {name for each in root.iter() for name in (each.get("id"), each.get("name")) if name}
    for each in list(root.iter("div", "section", "nav", "table", "ul", "ol")):
        if not any(above is root for above in each.iterancestors()) or not _is_contents(each, inside):
            continue
        before = each.getprevious()
        if before is not None and tag(before) in (*HEADINGS, "p") and folded(text_of(before)) in _CONTENTS:
            found.append(LeftOut(place(before), text_of(before), "the book's contents"))
            remove(before)
        found.append(LeftOut(place(each), text_of(each), "the book's contents"))
        remove(each)
    return found


def _is_contents(element: Element, inside: set[str]) -> bool:
    links = [each for each in element.iter("a") if text_of(each)]
    if len(links) < _FEWEST_LINKS or any((each.get("href") or "")[1:] not in inside for each in links):
        return False
    heads = [each for each in element.iter(*HEADINGS) if each.find(".//a") is None]
    if any(folded(text_of(each)) not in _CONTENTS for each in heads):
        return False
    linked = [word for each in links for word in words_of(each)]
    if not any(word[:1].isalpha() for word in linked):
        return False  # numbers alone may be calls
    rest = list(words_of(element))
    for word in (*linked, *(word for each in heads for word in words_of(each))):
        if word in rest:
            rest.remove(word)
    return all(_COUNT.fullmatch(word) or folded(word) in _CONTENTS for word in rest)


def take_front(root: Element, metadata: Mapping[str, str | list[str]], place: Placing) -> list[LeftOut]:
    """Take out the blocks before the text that say only what the metadata say: a title page that is not called
    one."""
    values = [each for value in metadata.values() for each in ([value] if isinstance(value, str) else value)]
    names = [name for value in values if (name := folded(value))]
    allowed = {word for name in names for word in name.split()} | _BETWEEN
    found: list[LeftOut] = []
    for each in list(root.iter()):
        if not _is_line(each):
            continue
        text = text_of(each)
        said = folded(text)
        is_named = any(f" {name} " in f" {said} " for name in names)
        if not is_named or not set(said.split()) <= allowed or each.find(".//a[@href]") is not None:
            break
        found.append(LeftOut(place(each), text, "the title page, which octopub makes anew"))
        remove(each)
    return found


def take_title_page(root: Element, metadata: dict[str, str | list[str]], place: Placing) -> list[LeftOut]:
    """Take out a file at the beginning that is a title page by what it says: the title, an author, and few words
    that the metadata do not have. Its subtitle is the book's."""
    title, authors = folded(str(metadata.get("title", ""))), metadata.get("author", [])
    named = {folded(each) for each in ([authors] if isinstance(authors, str) else authors)}
    for part in list(root)[:-1]:
        lines = [folded(text_of(each)) for each in part.iter() if _is_line(each)]
        if not lines:
            continue
        known = " ".join([title, *named]).split()
        others = [word for line in lines for word in line.split() if word not in known]
        if title not in lines or not named & set(lines) or len(others) > _TITLE_PAGE:
            return []
        subtitle = next((each for each in part.iter() if "subtitle" in (*classes(each), *kinds(each))), None)
        if subtitle is not None and "subtitle" not in metadata:
            metadata["subtitle"] = text_of(subtitle)
        here, text = place(part), text_of(part)
        remove(part)
        return [LeftOut(here, text, "the title page, which octopub makes anew")]
    return []


def _is_line(element: Element) -> bool:
    """Whether an element is a block with words that holds no other."""
    return tag(element) in BLOCKS and not any(map(is_block, element)) and bool(text_of(element))


def settle_breaks(root: Element, place: Placing) -> list[LeftOut]:
    """Signs in the place of a paragraph, between two of them, are separators."""
    found: list[LeftOut] = []
    for each in list(root.iter("p", "div")):
        text = text_of(each)
        if not text or any(map(is_block, each)) or not (_BREAKS.fullmatch(text) and _ORNAMENT.search(text)):
            continue
        found.append(LeftOut(place(each), text, "signs that part the text: a separator"))
        replace(each, make("hr"))
    return found
