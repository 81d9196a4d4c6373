"""Which part of a saved web page is the article, and what around it is left out.

Imports `importing.draft`, `furniture` and `trees.tree`. What is left out is told, never dropped in
silence; neither what holds most of the page's text nor what holds the article's heading is furniture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut
from octopub.importing.trees.tree import CALL, HEADINGS, Element, kinds, remove, tag, text_of, words
from octopub.importing.web.furniture import NEVER_TEXT, is_comment, is_furniture, is_prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.draft import Place

_ROOTS = (
    "[itemprop=articleBody]", "#mw-content-text", ".mw-parser-output", ".entry-content", ".post-content",
    ".article-content", ".article-body", ".available-content",
)  # fmt: skip
_MOST = 0.5
"""What holds more than this part of the page's words is no furniture, whatever it is called."""
_NEARLY_ALL = 0.75
"""The article holds at least this part of the words that furniture leaves."""
_BESIDE = 0.25
"""What stands between the heading and the text has at most this part of the text's words."""
_FEWEST_LINKS = 2
"""So many links to places of the page, and nothing else, are its contents."""


def drop_silent(root: Element) -> None:
    """Take out what is no text: scripts, styles, players, fields, what is hidden."""
    for element in list(root.iter()):
        is_hidden = element.get("hidden") is not None or "display:none" in _style(element)
        if element is not root and (is_hidden or tag(element) in NEVER_TEXT):
            remove(element)


def _style(element: Element) -> str:
    return (element.get("style") or "").replace(" ", "").lower()


def clear(root: Element, headline: Element | None, place: Callable[[Element], Place]) -> list[LeftOut]:
    """Take the furniture out of a page, and say what it was."""
    total = len(words(root)) or 1
    left_out: list[LeftOut] = []
    for element in list(root.iter()):
        if not _is_attached(element, root) or not (is_furniture(element, headline) or _is_contents(element)):
            continue
        is_large = len(words(element)) > _MOST * total and not (headline is not None and is_comment(element))
        if is_large or element.find(f".//{CALL}") is not None:
            continue
        leave_out(element, left_out, place, "furniture of the page")
    return left_out


def find_article(
    root: Element, headline: Element | None, place: Callable[[Element], Place]
) -> tuple[Element, list[LeftOut]]:
    """The element that holds the article, in a page without furniture, and what was left out around it."""
    left_out: list[LeftOut] = []
    article = _with_headline(_root(root), headline, root)
    for aside in [each for each in article.iter("aside") if each.getparent() is not None]:
        is_note = bool(kinds(aside)) or aside.find(f".//{CALL}") is not None
        if (
            not is_note
            and aside is not article
            and not (is_prose(aside) and "pull" not in str(aside.get("class")))
        ):
            leave_out(aside, left_out, place, "a box beside the text")
    inside = set(article.iter())
    left_out += (
        LeftOut(place(element), text, "outside the article")
        for element in _outside(root, article, inside)
        if (text := text_of(element))
    )
    return article, left_out


def _is_attached(element: Element, root: Element) -> bool:
    return element is not root and any(above is root for above in element.iterancestors())


def leave_out(element: Element, left_out: list[LeftOut], place: Callable[[Element], Place], why: str) -> None:
    """Take an element out, and say so."""
    if text := text_of(element):
        left_out.append(LeftOut(place(element), text, why))
    remove(element)


def _is_contents(element: Element) -> bool:
    """Whether a list has nothing but links to places of its page: the contents, which a book has of its own."""
    if tag(element) not in ("ul", "ol") or element.find(f".//{CALL}") is not None:
        return False
    links = [each for each in element.iter("a") if text_of(each)]
    linked = sum(len(words(each)) for each in links)
    if len(links) < _FEWEST_LINKS or linked != len(words(element)):
        return False
    return all((each.get("href") or "").startswith("#") for each in links)


# -- the article ----------------------------------------------------------------------------------


def _root(root: Element) -> Element:
    """What says that it is the article, or where the text is."""
    body = next(root.iter("body"), root)
    total = len(words(body)) or 1
    named = [*body.iter("article", "main"), *(each for each in body.iter() if each.get("role") == "main")]
    for selector in _ROOTS:
        named += _select(body, selector)
    large = [each for each in named if len(words(each)) >= _NEARLY_ALL * total]
    if large:
        return min(large, key=lambda each: (len(words(each)), -_depth(each)))
    return _descend(body)


def _select(body: Element, selector: str) -> list[Element]:
    if selector.startswith("["):
        name, _, value = selector.strip("[]").partition("=")
        return [each for each in body.iter() if value in (each.get(name) or "").split()]
    attribute = "id" if selector.startswith("#") else "class"
    return [each for each in body.iter() if selector[1:] in (each.get(attribute) or "").split()]


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _with_headline(article: Element, headline: Element | None, root: Element) -> Element:
    """What holds the article and its heading, if little else: the lead, the first picture."""
    if headline is None or not _is_attached(headline, root) or headline in set(article.iter()):
        return article
    around = set(headline.iterancestors())
    both = next((each for each in article.iterancestors() if each in around), None)
    if both is None:
        return article
    more = len(words(both)) - len(words(article)) - len(words(headline))
    return both if more <= _BESIDE * len(words(article)) else article


def _descend(body: Element) -> Element:
    """The largest block of text: from the body downwards, as long as one block has nearly all of it and what
    stands beside it is no prose."""
    here = found = body
    while True:
        if tag(here) not in ("table", "tbody", "tr"):
            found = here
        blocks = [
            each for each in here if tag(each) in ("div", "section", "td", "table", "tbody", "tr", "center")
        ]
        largest = max(blocks, key=lambda each: len(words(each)), default=None)
        if largest is None or len(words(largest)) < _NEARLY_ALL * len(words(here)):
            return found
        if any(each is not largest and not _is_beside(each) for each in here):
            return found
        if (here.text or "").strip() or any((each.tail or "").strip() for each in here):
            return found
        here = largest


def _is_beside(element: Element) -> bool:
    """Whether an element beside the text is none itself: links, or nothing, and no picture."""
    linked_pictures = {each for link in element.iter("a") for each in link.iter("img")}
    if tag(element) in HEADINGS or any(
        each not in linked_pictures for each in element.iter("img", "pre", "table", CALL)
    ):
        return False
    linked = sum(len(words(each)) for each in element.iter("a"))
    return not is_prose(element) and 2 * linked >= len(words(element))


def _outside(root: Element, article: Element, inside: set[Element]) -> Iterator[Element]:
    """The largest elements that hold nothing of the article."""
    above = set(article.iterancestors())
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element in above:
            waiting += reversed(element)
        elif element not in inside and tag(element):
            yield element
