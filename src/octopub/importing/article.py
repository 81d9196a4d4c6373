"""Which part of a saved web page is the article, and what around it is furniture.

Imports `importing.draft` and `importing.tree`. Small rules by element, role and class, then by where the text is.
What is taken out is told, never dropped in silence; what holds most of the page's text is never furniture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut
from octopub.importing.tree import BLOCKS, CALL, HEADINGS, Element, kinds, remove, tag, text_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.draft import Place

_NEVER_TEXT = frozenset(
    "script style noscript template iframe object embed canvas audio video svg map link meta title head base"
    " input select textarea datalist progress meter".split()
)
"""Elements whose content is no text, or none that can be printed: they go without a word."""
_FURNITURE = frozenset("nav form button dialog menu search".split())
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog alert menu menubar toolbar tablist form".split()
)
_NAMES = frozenset(
    "share sharing shares sharedaddy social socials comments comment-list commentlist respond disqus cookie cookies"
    " consent gdpr newsletter subscribe subscription signup promo advert advertisement ads adsbygoogle sponsored"
    " related recommended recommendations breadcrumb breadcrumbs pagination pager sidebar widget widgets toolbar"
    " navbar nav navigation menu masthead skip-link screen-reader-text sr-only visually-hidden popup modal paywall"
    " mw-editsection mw-jump-link printfooter catlinks navbox navbox-styles noprint metadata toc mw-indicators"
    " site-header site-footer site-nav footer-links post-navigation entry-meta tags tag-links author-box"
    " jp-relatedposts addtoany at-share-buttons mw-portlet vector-header header-anchor anchorjs-link headerlink"
    " print-link edit-link copyright-notice back-to-top cookie-banner cookie-notice share-buttons".split()
)
"""Classes and ids of what stands around articles, whole or as the first or last part of a longer name."""
_WHOLE_ONLY = frozenset("nav menu tags ads metadata toc related".split())
"""Those that count only as a whole name: `menu-of-the-day` may well be text."""
_ROOTS = (
    "[itemprop=articleBody]", "#mw-content-text", ".mw-parser-output", ".entry-content", ".post-content",
    ".article-content", ".article-body", ".available-content",
)  # fmt: skip
_PROSE = 12
"""So many words outside links make a paragraph of text, and no caption of a button."""
_MOST = 0.5
"""What holds more than this part of the page's words is no furniture, whatever it is called."""


def drop_silent(root: Element) -> None:
    """Take out what is no text: scripts, styles, players, fields, what is hidden."""
    for element in list(root.iter()):
        is_hidden = element.get("hidden") is not None or "display:none" in _style(element)
        if element is not root and (is_hidden or tag(element) in _NEVER_TEXT):
            remove(element)


def _style(element: Element) -> str:
    return (element.get("style") or "").replace(" ", "").lower()


def find_article(root: Element, place: Callable[[Element], Place]) -> tuple[Element, list[LeftOut]]:
    """The element that holds the article, freed from furniture, and what was left out."""
    total = len(words(root)) or 1
    left_out: list[LeftOut] = []
    for element in list(root.iter()):
        if not _is_attached(element, root) or not _is_furniture(element):
            continue
        if len(words(element)) > _MOST * total or element.find(f".//{CALL}") is not None:
            continue
        _leave_out(element, left_out, place, "furniture of the page")
    article = _root(root)
    _free(article, left_out, place)
    inside = set(article.iter())
    left_out += (
        LeftOut(place(element), text, "outside the article")
        for element in _outside(root, article, inside)
        if (text := text_of(element))
    )
    return article, sorted(left_out, key=lambda each: each.place.number)


def _is_attached(element: Element, root: Element) -> bool:
    return element is not root and any(above is root for above in element.iterancestors())


def _leave_out(
    element: Element, left_out: list[LeftOut], place: Callable[[Element], Place], why: str
) -> None:
    if text := text_of(element):
        left_out.append(LeftOut(place(element), text, why))
    remove(element)


def _is_furniture(element: Element) -> bool:
    name = tag(element)
    if name in ("", "html", "body", "main", "article") or name in HEADINGS:
        return False
    if name in _FURNITURE or _ROLES & set(kinds(element)) or element.get("aria-modal") == "true":
        return True
    if name in ("header", "footer") and not any(
        tag(a) in ("article", "main") for a in element.iterancestors()
    ):
        return True
    return any(map(_is_name_of_furniture, _names(element)))


def _names(element: Element) -> Iterator[str]:
    yield from (element.get("class") or "").lower().split()
    if identity := element.get("id"):
        yield identity.lower()


def _is_name_of_furniture(name: str) -> bool:
    name = name.replace("_", "-")
    if name in _NAMES:
        return True
    first, *rest = name.split("-")
    ends = {first, rest[-1] if rest else first}
    return bool((ends & _NAMES) - _WHOLE_ONLY) and bool(rest)


# -- the article ----------------------------------------------------------------------------------


def _root(root: Element) -> Element:
    """What says that it is the article, or where the text is."""
    body = next(root.iter("body"), root)
    total = len(words(body)) or 1
    named = [*body.iter("article"), *body.iter("main"), *_with_role_main(body)]
    for selector in _ROOTS:
        named += _select(body, selector)
    large = [each for each in named if len(words(each)) >= _MOST * total]
    if large:
        return min(large, key=lambda each: (len(words(each)), -_depth(each)))
    return _descend(body)


def _with_role_main(body: Element) -> list[Element]:
    return [each for each in body.iter() if each.get("role") == "main"]


def _select(body: Element, selector: str) -> list[Element]:
    if selector.startswith("["):
        name, _, value = selector.strip("[]").partition("=")
        return [each for each in body.iter() if value in (each.get(name) or "").split()]
    attribute = "id" if selector.startswith("#") else "class"
    return [each for each in body.iter() if selector[1:] in (each.get(attribute) or "").split()]


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _descend(body: Element) -> Element:
    """The largest block of text: from the body downwards, as long as one block has nearly all of it and what
    stands beside it is no prose."""
    here = body
    while True:
        blocks = [
            each for each in here if tag(each) in ("div", "section", "td", "table", "tbody", "tr", "center")
        ]
        largest = max(blocks, key=lambda each: len(words(each)), default=None)
        if largest is None or any(each is not largest and not _is_beside(each) for each in here):
            return here
        if (here.text or "").strip() or any((each.tail or "").strip() for each in here):
            return here
        here = largest


def _is_beside(element: Element) -> bool:
    """Whether an element beside the text is none itself: no heading, no picture, no paragraph of prose."""
    if tag(element) in HEADINGS or any(True for _ in element.iter("img", "pre", "table", CALL, *HEADINGS)):
        return False
    linked = sum(len(words(each)) for each in element.iter("a"))
    return len(words(element)) - linked < _PROSE


def _free(article: Element, left_out: list[LeftOut], place: Callable[[Element], Place]) -> None:
    """Take asides out of the article that are no notes: boxes beside the text."""
    for element in list(article.iter("aside")):
        if element.getparent() is None or kinds(element) or element.find(f".//{CALL}") is not None:
            continue
        _leave_out(element, left_out, place, "a box beside the text")


def _outside(root: Element, article: Element, inside: set[Element]) -> Iterator[Element]:
    """The largest elements that hold nothing of the article."""
    above = set(article.iterancestors())
    waiting = [root]
    while waiting:
        element = waiting.pop(0)
        if element in above:
            waiting[:0] = list(element)
        elif element not in inside and (tag(element) in BLOCKS or tag(element)):
            yield element


# -- what the page says of itself -------------------------------------------------------------------


def page_metadata(root: Element) -> dict[str, str | list[str]]:
    """Author, date and language of a page, from its head."""
    found: dict[str, str | list[str]] = {}
    named = _meta(root)
    authors = [name for name in named.get("author", named.get("article:author", [])) if "://" not in name]
    if authors:
        found["author"] = authors if len(authors) > 1 else authors[0]
    for key in ("article:published_time", "date", "dc.date", "dcterms.date", "dc.date.issued", "pubdate"):
        if date := _date(next(iter(named.get(key, [])), "")):
            found["date"] = date
            break
    html = next(root.iter("html"), root)
    if lang := (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip():
        found["lang"] = lang.replace("_", "-")
    return found


def page_titles(root: Element) -> tuple[str, str]:
    """The titles that a page gives itself: for sharing (`og:title`), and for the window."""
    named = _meta(root)
    window = next((text_of(each) for each in root.iterfind("./head/title")), "")
    shared = next(iter(named.get("og:title", named.get("dc.title", []))), "")
    return " ".join(shared.split()), window


def _meta(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in root.iter("meta"):
        name = (each.get("name") or each.get("property") or "").lower()
        if name and (content := (each.get("content") or "").strip()):
            values = found.setdefault(name, [])
            if content not in values:
                values.append(content)
    return found


def _date(text: str) -> str:
    """The day in a date with its time, `""` where there is none."""
    found = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?=$|[T ])", text.strip())
    return found[0] if found else ""


def take_byline(
    article: Element, metadata: dict[str, str | list[str]], place: Callable[[Element], Place]
) -> list[LeftOut]:
    """Take the line with author and date out of an article; what the head did not say is taken from it."""
    left_out: list[LeftOut] = []
    for element in list(article.iter()):
        if not _is_attached(element, article) or len(words(element)) > 25:
            continue
        names = set(_names(element))
        is_byline = bool(
            {"byline", "author", "post-author", "article-author", "p-author", "author-name"} & names
        )
        is_byline = is_byline or element.get("rel") == "author" or element.get("itemprop") == "author"
        is_date = tag(element) == "time" and _is_line_of_dates(element)
        if not is_byline and not is_date:
            continue
        text = text_of(element)
        for moment in element.iter("time"):
            if date := _date(moment.get("datetime") or text_of(moment)):
                metadata.setdefault("date", date)
        if is_byline and (name := _author(element)):
            metadata.setdefault("author", name)
        whole = element
        for above in element.iterancestors():
            if above is article or text_of(above) != text:
                break
            whole = above
        _leave_out(whole, left_out, place, "the line with author and date (they are metadata)")
    return left_out


def _is_line_of_dates(element: Element) -> bool:
    """Whether a date stands by itself, not inside a sentence."""
    above = element.getparent()
    return above is not None and text_of(above) == text_of(element)


def _author(element: Element) -> str:
    linked = next((text_of(each) for each in element.iter("a") if text_of(each)), "")
    text = linked or re.sub(r"^(by|von|par|por|di|van|av|af)\s+", "", text_of(element), flags=re.IGNORECASE)
    text = re.split(r"\s*[|·•,]\s*|\s+on\s+", text)[0].strip()
    return text if 0 < len(text.split()) <= 6 else ""
