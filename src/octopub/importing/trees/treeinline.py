"""The lines of a plain tree become the draft's: marks, links, calls, images, with their spaces as browsers show
them.

Imports `importing.draft` and `tree`. Knows nothing of blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Call, Finding, Image, Place, Span, Text
from octopub.importing.trees.tree import CALL, Element, classes, tag, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from octopub.importing.draft import Inline

_MARKS = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "address": "em",
    "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sub": "sub", "sup": "sup",
    "s": "s", "strike": "s", "del": "s",
}  # fmt: skip
_SMALL_CAPS = frozenset({"smallcaps", "small-caps", "smcap", "sc"})
_STYLES = {
    "em": re.compile(r"font-style:(?:italic|oblique)"),
    "strong": re.compile(r"font-weight:(?:bold|[6-9]00)"),
    "small-caps": re.compile(r"font-variant:small-caps"),
    "s": re.compile(r"text-decoration[a-z-]*:[^;]*line-through"),
}
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "doi:")
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Lines:
    """How the lines of a source are read."""

    place: Callable[[Element], Place]
    image: Callable[[Element], str | None]
    """The name of an image's resource; None where there is none."""
    anchors: frozenset[str] = frozenset()
    """The anchors of headings, to which links lead."""
    lang: str = ""
    """The language around: only others are marked."""
    findings: list[Finding] = field(default_factory=list)

    def inside(self, element: Element) -> tuple[Inline, ...]:
        """What stands in an element, as lines."""
        return settled(self.pieces_inside(element))

    @staticmethod
    def pieces_of_text(text: str | None) -> list[Inline]:
        """Words between elements."""
        return [Text(text)] if text else []

    def pieces(self, element: Element) -> list[Inline]:
        """An element of a line, its spaces as they are written (see `settled`)."""
        name = tag(element)
        if name == "br":
            return [Break()]
        if name == CALL:
            return [Call(element.get("key") or "", self.place(element))]
        if name in ("img", "image"):
            return self._image(element)
        if name in ("wbr", ""):
            return []
        inside = self.pieces_inside(element)
        if name == "a":
            return self._link(element, inside)
        for mark in _marks(element):
            if mark != "code":
                inside = [Span(mark, tuple(inside))]
            elif text_of_pieces(inside):
                inside = [Span("code", (Text(text_of_pieces(inside)),))]
        return self._in_language(element, inside)

    def pieces_inside(self, element: Element) -> list[Inline]:
        """What stands in an element, its spaces as they are written."""
        found = self.pieces_of_text(element.text)
        for child in element:
            found += self.pieces(child)
            found += self.pieces_of_text(child.tail)
        return found

    def _in_language(self, element: Element, inside: list[Inline]) -> list[Inline]:
        lang = (
            element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        ).strip()
        if not lang or lang.lower() == self.lang.lower() or not _has_words(inside):
            return inside
        return [Span("lang", tuple(inside), lang)]

    def _image(self, element: Element) -> list[Inline]:
        name = self.image(element)
        # What is left out still parts the words beside it.
        return [Text(" ")] if name is None else [Image(name, " ".join((element.get("alt") or "").split()))]

    def _link(self, element: Element, inside: list[Inline]) -> list[Inline]:
        """A link. Where it leads nowhere that a book could lead to, its text; a call stands behind it."""
        address = (element.get("href") or "").strip()
        if not address or not _has_words(inside):
            return self._in_language(element, inside)
        if address.startswith("#note:") or (address.startswith("#") and address[1:] in self.anchors):
            calls, rest = _parted(inside)
            return [Span("link", tuple(rest), address), *calls]
        if address.lower().startswith(_SCHEMES):
            calls, rest = _parted(inside)
            return [Span("link", tuple(rest), address.replace(" ", "%20")), *calls]
        reason = f"“{address}” is no place that a book can lead to"
        self.findings.append(
            Finding(self.place(element), f"words without link: “{text_of(element)}”", reason)
        )
        return self._in_language(element, inside)


def _marks(element: Element) -> list[str]:
    """The marks that an element makes: by its class, its name, or, in pages that a word processor wrote, its
    style."""
    if _SMALL_CAPS & set(classes(element)):
        return ["small-caps"]
    if named := _MARKS.get(tag(element)):
        return [named]
    style = (element.get("style") or "").replace(" ", "").lower()
    if tag(element) not in ("span", "font") or not style:
        return []
    return [mark for mark, form in _STYLES.items() if form.search(style)]


def text_of_pieces(pieces: Iterable[Inline]) -> str:
    """The words of pieces, without calls and images."""
    found = []
    for piece in pieces:
        if isinstance(piece, Text):
            found.append(piece.text)
        elif isinstance(piece, Span):
            found.append(text_of_pieces(piece.inside))
        elif isinstance(piece, Break):
            found.append("\n")
    return "".join(found)


def _has_words(pieces: Sequence[Inline]) -> bool:
    return bool(text_of_pieces(pieces).strip())


def _parted(pieces: list[Inline]) -> tuple[list[Inline], list[Inline]]:
    """Calls, and the rest without links: neither may stand in a link."""
    calls: list[Inline] = []
    rest: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Call):
            calls.append(piece)
        elif isinstance(piece, Span):
            inner, outer = _parted(list(piece.inside))
            calls += inner
            rest += outer if piece.mark == "link" else [Span(piece.mark, tuple(outer), piece.value)]
        else:
            rest.append(piece)
    return calls, rest


# -- spaces ---------------------------------------------------------------------------------------


def settled(pieces: Iterable[Inline]) -> tuple[Inline, ...]:
    """Pieces of a line as they are shown: spaces run together to one, none at the ends of a line; neighbours
    with the same mark joined; no space just inside a mark."""
    return tuple(_trimmed(_joined(_collapsed(_joined(pieces), _Spaces()))))


class _Spaces:
    """Whether the line ends with a space so far (at its beginning, as if)."""

    def __init__(self) -> None:
        self.open = True


def _collapsed(pieces: Iterable[Inline], spaces: _Spaces) -> Iterator[Inline]:
    for piece in pieces:
        if isinstance(piece, Text):
            text = _SPACES.sub(" ", piece.text)
            if spaces.open and text.startswith(" "):
                text = text[1:]
            if text:
                spaces.open = text.endswith(" ")
                yield Text(text)
        elif isinstance(piece, Span):
            yield from _span(piece, spaces)
        else:
            spaces.open = isinstance(piece, Break)
            yield piece


def _span(span: Span, spaces: _Spaces) -> Iterator[Inline]:
    """A mark, the spaces at its ends put outside it."""
    inside = list(_joined(_collapsed(span.inside, spaces)))
    before, inside = _edge(inside, 0)
    after, inside = _edge(inside, -1)
    yield from before
    if inside:
        yield Span(span.mark, tuple(inside), span.value)
    yield from after


def _edge(inside: list[Inline], at: int) -> tuple[list[Inline], list[Inline]]:
    """The spaces and breaks at an end of a mark, and the rest."""
    gone: list[Inline] = []
    while inside:
        piece = inside[at]
        if isinstance(piece, Break):
            gone.insert(0 if at else len(gone), inside.pop(at))
            continue
        if not isinstance(piece, Text):
            break
        kept = piece.text.lstrip(" ") if at == 0 else piece.text.rstrip(" ")
        if kept != piece.text:
            gone.insert(0 if at else len(gone), Text(" "))
        inside[at] = Text(kept)
        if kept:
            break
        inside.pop(at)
    return gone, inside


def _joined(pieces: Iterable[Inline]) -> list[Inline]:
    """Neighbours with the same mark as one; a mark inside itself only once; nothing empty."""
    found: list[Inline] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Text) and isinstance(last, Text):
            found[-1] = Text(last.text + piece.text)
        elif isinstance(piece, Span):
            inside = _joined(_without(piece.inside, piece.mark, piece.value))
            if not inside:
                continue
            if isinstance(last, Span) and (last.mark, last.value) == (piece.mark, piece.value):
                found[-1] = Span(last.mark, tuple(_joined((*last.inside, *inside))), last.value)
            else:
                found.append(Span(piece.mark, tuple(inside), piece.value))
        elif not isinstance(piece, Text) or piece.text:
            found.append(piece)
    return found


def _without(pieces: Iterable[Inline], mark: str, value: str) -> Iterator[Inline]:
    for piece in pieces:
        if isinstance(piece, Span) and (piece.mark, piece.value) == (mark, value):
            yield from _without(piece.inside, mark, value)
        else:
            yield piece


def _trimmed(pieces: list[Inline]) -> list[Inline]:
    """Without spaces and breaks at the ends, and without spaces before a break."""
    found: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Break) and found and isinstance(last := found[-1], Text):
            found[-1] = Text(last.text.rstrip(" "))
        found.append(piece)
    _, found = _edge(found, -1)
    _, found = _edge(found, 0)
    if found and isinstance(last := found[-1], Text):
        # A space that does not break before nothing: it held a note's way back.
        found[-1] = Text(last.text.rstrip(" \N{NO-BREAK SPACE}"))
    return [piece for piece in found if not isinstance(piece, Text) or piece.text]
