"""Links and references: where each leads, and which lead nowhere.

Imports `diagnostics`, `model`, `reading.addresses` and `reading.spans`. Marks each link's node: `meta["anchor"]` for a
place in the book, `meta["address"]` for one outside, neither where only the text stays;
`meta["words"]` gives the words of a reference that was written without any.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.addresses import is_address
from octopub.reading.spans import has_words, span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source

    FindNote = Callable[[str], tuple[str, int | None] | None]
    TellGone = Callable[[str], str]

OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
DANGEROUS = frozenset({"javascript", "vbscript", "file", "data"})

LOOKED_THROUGH = 300
"""So many anchors are compared with one that is not there: it takes a while where many are not."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NOTE = "note:"
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def resolve(
    link: Node, anchors: Mapping[str, str], find_note: FindNote, tell_gone: TellGone, source: Source
) -> list[Diagnostic]:
    """Mark one link with its target; complain where there is none. `tell_gone` says of a path that nothing is there."""
    href = _UNSEEN.sub("", str(link.attrs.get("href", "")))
    target = unquote(href)
    if target.startswith("#"):
        return _internal(link, target[1:], anchors, find_note, source)
    if scheme := _SCHEME.match(target):
        return _outside(link, scheme[1].lower(), href, source)
    if not target:
        return [_complain(link, source, Code.LINK_EMPTY, missing="no address")]
    return [_complain(link, source, Code.LINK_LOCAL, target=target, gone=tell_gone(target))]


def _internal(
    link: Node, anchor: str, anchors: Mapping[str, str], find_note: FindNote, source: Source
) -> list[Diagnostic]:
    """A reference to a place in the book, or to a note."""
    if anchor.startswith(_NOTE):
        note = find_note(anchor.removeprefix(_NOTE))
        if note is None:
            return [_complain(link, source, Code.NOTE_UNDEFINED, label=anchor.removeprefix(_NOTE))]
        anchor, number = note
        words = str(number or "")
    elif anchor in anchors:
        words = anchors[anchor]
    else:
        near = get_close_matches(anchor, islice(anchors, LOOKED_THROUGH), 1)
        nearest = f" (did you mean “#{near[0]}”?)" if near else ""
        return [_complain(link, source, Code.ANCHOR_UNDEFINED, anchor=anchor, nearest=nearest)]
    if not has_words(link):
        if not words:
            missing = "no text, and its target has no words of its own"
            return [_complain(link, source, Code.LINK_EMPTY, missing=missing)]
        link.meta["words"] = words
    link.meta["anchor"] = anchor
    return []


def _outside(link: Node, scheme: str, href: str, source: Source) -> list[Diagnostic]:
    """A link out of the book."""
    if scheme in DANGEROUS:
        return [_complain(link, source, Code.LINK_DANGEROUS, scheme=scheme)]
    if scheme == "doi":
        # Readers know no `doi:`; the DOI Handbook §3.8 gives this form.
        link.meta["address"] = "https://doi.org/" + href.split(":", 1)[1].lstrip("/")
    elif scheme in OUTSIDE and is_address(href):
        link.meta["address"] = href
    elif scheme in OUTSIDE:
        return [_complain(link, source, Code.LINK_EMPTY, missing="no valid address")]
    else:
        return [_complain(link, source, Code.LINK_SCHEME, scheme=scheme)]
    if not has_words(link):
        link.meta["words"] = href
    return []


def _complain(link: Node, source: Source, code: Code, **fields: object) -> Diagnostic:
    return complain(code, span(link, source), source.path, **fields)
