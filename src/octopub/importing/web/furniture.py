"""What stands around the articles of web pages, told by elements, roles and names.

Imports `trees.tree`. A name of a class or an id counts if it is known as a whole, or if all of its words are
of those that pages are built of, and one of them names furniture: `related-articles` is, `related-work` may be a
section of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.trees.tree import BLOCKS, HEADINGS, Element, kinds, tag, text_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER_TEXT = frozenset(
    "script style noscript template iframe object embed canvas audio video svg map link meta title head base"
    " input select textarea datalist progress meter".split()
)
"""Elements whose content is no text, or none that can be printed: they go without a word."""

_ELEMENTS = frozenset("nav form button dialog menu search".split())
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog alert menu menubar toolbar tablist form".split()
)
_WHOLE = frozenset(
    "mw-editsection mw-jump-link printfooter catlinks navbox navbox-styles noprint mw-indicators mw-portlet"
    " vector-header mw-logo authority-control headerlink header-anchor anchorjs-link print-link edit-link"
    " copyright-notice back-to-top author-box screen-reader-text sr-only visually-hidden skip-link post-ufi"
    " cat-links tag-links tags-links site-title site-description site-info sphinxsidebar pg-boilerplate"
    " footnote_container_prepare"
    " jp-relatedposts at-share-buttons metadata gh-article-tag colophon instapaper_ignore speechify-ignore".split()
)
_NAMES = frozenset(
    "share sharing shares sharedaddy sharebar social socials comment comments commentlist respond responses disqus"
    " cookie cookies consent gdpr newsletter newsletters subscribe subscription signup signin login promo promos"
    " advert adverts advertisement advertisements advertising ad ads adsbygoogle sponsored related relatedposts"
    " recommended recommendations breadcrumb breadcrumbs pagination paginav pager sidebar widget widgets toolbar"
    " topbar navbar nav navigation menu menus masthead popup modal paywall toc reactions likes ratings topics tags"
    " banner addtoany printfriendly donate donation search vote votes button buttons btn".split()
)
_COMMENTS = frozenset("comment comments commentlist disqus respond responses".split())
_OF_COMMENTS = frozenset({"body", "content", "text", "author"})
_NEUTRAL = frozenset(
    "post posts entry entries article articles story stories page site main section block box area wrap"
    " wrapper wrapped container inner outer list item items link links icon icons bar group row col column left"
    " right top bottom header footer head title heading label form up sign in now more read next prev"
    " previous primary secondary global local mobile desktop sticky fixed floating inline count recent popular cta"
    " card cards grid slot unit single panel media print email facebook twitter pinterest linkedin whatsapp view"
    " component module region root markdown outline thread threads reply fields multi first last begin show"
    " collapse collapsed closed open standard basic default custom layout display simple core enabled".split()
)
_MARGINS = frozenset({"header", "footer"})
_OF_TEXT = ("article", "main")
_PAGE_LEVEL = frozenset("html body div center form table tbody tr td".split())
_PROSE = 12
"""So many words outside links make a paragraph of text, and no caption of a button."""


def is_furniture(element: Element, headline: Element | None) -> bool:
    """Whether an element is named as something around the article; none that holds the headline is."""
    name = tag(element)
    if name in ("", "html", "body", "main", "article", "tr", "td", "th", "code", "pre"):
        return name == "article" and is_comment(element)
    if headline is not None and any(each is headline for each in element.iter()):
        return False
    if name in HEADINGS or any(tag(above) in ("pre", "code") for above in element.iterancestors()):
        return name in HEADINGS and any(each in _WHOLE for each in _names(element))
    if name in _ELEMENTS or _ROLES & set(kinds(element)) or element.get("aria-modal") == "true":
        return True
    if _is_margin(element):
        return True
    return any(map(_is_name, _names(element))) and not _is_in_sentence(element)


def is_comment(element: Element) -> bool:
    """Whether an element holds what readers wrote below the article, or one piece of it."""
    names = (set(_words_of(name)) for name in _names(element))
    return any(parts & _COMMENTS and parts <= _COMMENTS | _NEUTRAL | _OF_COMMENTS for parts in names)


def is_prose(element: Element) -> bool:
    """Whether an element has a paragraph's words outside its links."""
    linked = sum(len(words(each)) for each in element.iter("a"))
    return len(words(element)) - linked >= _PROSE


def _names(element: Element) -> Iterator[str]:
    """An element's classes, and its id, if that was not made of its own heading."""
    yield from (element.get("class") or "").split()
    identity = element.get("id")
    if identity and not _is_of_heading(identity, element):
        yield identity


def _is_of_heading(identity: str, element: Element) -> bool:
    first = next(element.iter(*HEADINGS), None)
    if first is None or not _folded(text_of(first)).startswith(_folded(identity)):
        return False
    is_beside = not any(tag(above) in _OF_TEXT for above in element.iterancestors())
    return not (is_beside and any(True for _ in element.getroottree().getroot().iter(*_OF_TEXT)))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _words_of(name: str) -> list[str]:
    """The words of a name: `ShareButtons_root__x1`, `share-buttons`. What has figures in it was counted or
    computed, and says nothing."""
    parts = re.split(r"[-_:]+|(?<=[a-z])(?=[A-Z])", name)
    return [part.lower() for part in parts if part and not re.search(r"\d", part)]


def _is_name(name: str) -> bool:
    if name.lower() in _WHOLE:
        return True
    first, *rest = _words_of(name) or [""]
    # A short word in front may be the name space of a theme or a plugin: `wp-`, `gh-`, `jp-`.
    parts = rest if rest and len(first) <= 3 else [first, *rest]
    return bool({first, *rest} & _NAMES) and all(part in _NAMES or part in _NEUTRAL for part in parts)


def _is_margin(element: Element) -> bool:
    """Whether an element is the head or the foot of the page: not those of an article or of a quotation,
    unless it is a foot with nothing but links."""
    parts = [
        part for part in map(_words_of, _names(element)) if all(p in _MARGINS or p in _NEUTRAL for p in part)
    ]
    named = {tag(element), *(word for part in parts for word in part)} & _MARGINS
    if not named or tag(element) in ("thead", "tbody", "table"):
        return False
    if any(True for _ in element.iter("h2", "h3", "h4", "h5", "h6")):
        return False
    above = {tag(each) for each in element.iterancestors()}
    if above <= _PAGE_LEVEL:
        return True
    return "footer" in named and not is_prose(element) and not {"blockquote", "figure", "li", "td"} & above


def _is_in_sentence(element: Element) -> bool:
    """Whether an element stands among the words of a line."""
    above = element.getparent()
    if tag(element) in BLOCKS or above is None:
        return False
    return bool((above.text or "").strip() or any((each.tail or "").strip() for each in above))
