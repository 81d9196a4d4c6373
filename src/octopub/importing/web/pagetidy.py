"""What a page shows without saying it in its elements: quotation marks, images that scripts load, links that only
scripts follow.

Imports `trees.tree`. Each function mends one habit of pages, in place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.importing.trees.tree import HEADINGS, Element, remove, tag, text_of, unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATE = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-orig-file",
    "data-srcset",
    "data-lazy-srcset",
    "srcset",
)
"""Where pages keep the address of an image that is loaded late, or in several sizes."""
_NO_IMAGE = re.compile(r"data:image/(?:gif|svg\+xml)|.*(?:blank|placeholder|spacer|pixel)\.(?:gif|png)$")
_NOWHERE = frozenset({"0", "1", "2"})
_GOES_TO = re.compile(r"\(\s*'#?([\w:.-]+)'\s*\)")
_REDIRECT = re.compile(r"https?://www\.google\.[a-z.]+/url\?(?:.*&)?(?:q|url)=(https?[^&]+)")
"""As exports of Google Docs write every link."""
_SIGNS = frozenset({"", "#", "¶", "§", "🔗", "[edit]"})


def show_images(root: Element) -> None:
    """Give each image the address of what it shows, once, and take out what only keeps a place free."""
    for hidden in list(root.iter("noscript")):
        if any(True for _ in hidden.iter("img")):
            _show_hidden(hidden)
    for image in list(root.iter("img")):
        if _shows_nothing(image) and (late := next(_late(image), "")):
            image.set("src", late)
        if {image.get("width"), image.get("height")} & _NOWHERE:
            remove(image)


def _shows_nothing(image: Element) -> bool:
    return not image.get("src") or bool(_NO_IMAGE.match(image.get("src") or ""))


def _late(image: Element) -> Iterator[str]:
    """The addresses that a late image has, the first of a set of sizes; then those of its `<picture>`."""
    above = image.getparent()
    sources = above.iter("source") if above is not None and tag(above) == "picture" else ()
    for each in (image, *sources):
        for name in _LATE:
            if value := (each.get(name) or "").strip():
                yield value.split()[0].rstrip(",") if "srcset" in name else value


def _show_hidden(hidden: Element) -> None:
    """The image for readers without scripts: it stands in the place of the late one before it, or inside it."""
    shown = next(hidden.iter("img"))
    before = hidden.getprevious()
    late = next(before.iter("img"), None) if before is not None and not (before.tail or "").strip() else None
    address = next(_late(late), "") if late is not None and _shows_nothing(late) else ""
    if late is None or (address and not _are_one(address, late, shown)):
        unwrap(hidden)
    elif _shows_nothing(late):
        late.set("src", shown.get("src") or "")


def _are_one(address: str, late: Element, shown: Element) -> bool:
    """Whether a late image and one for readers without scripts are the same."""
    names = {each.split("?")[0].rsplit("/", 1)[-1] for each in (address, shown.get("src") or "")}
    return len(names) == 1 or (bool(late.get("alt")) and late.get("alt") == shown.get("alt"))


def show_quotes(root: Element) -> None:
    """Write the marks of `<q>`."""
    for element in list(root.iter("q")):
        element.text = f"“{element.text or ''}"
        if len(element):
            element[-1].tail = f"{element[-1].tail or ''}”"
        else:
            element.text += "”"


def settle_links(root: Element) -> None:
    """Links that a script follows get their address; those through a site that counts them, their own; those of
    headings to themselves, which sites show as a sign, go."""
    for link in list(root.iter("a")):
        address = link.get("href") or ""
        if found := _REDIRECT.match(address):
            link.set("href", unquote(found[1]))
        elif not address.strip("#") and (found := _GOES_TO.search(link.get("onclick") or "")):
            link.set("href", f"#{found[1]}")
        above = link.getparent()
        if above is None or tag(above) not in HEADINGS or not address.startswith("#"):
            continue
        if text_of(link) in _SIGNS and link.find(".//img") is None:
            if (identity := link.get("id") or link.get("name")) and not above.get("id"):
                above.set("id", identity)
            remove(link)
