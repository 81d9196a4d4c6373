"""Verse: lines of words that are meant as lines, with the spaces that each is indented by.

Imports `importing.draft`, `tree` and `treeinline`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Span, Text, Verse
from octopub.importing.trees.tree import classes, is_block, kinds, make, unwrap
from octopub.importing.trees.treeinline import settled, text_of_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.importing.draft import Inline, Place
    from octopub.importing.trees.tree import Element

    Line = tuple[Inline, ...]

_INDENT = "\N{NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}\u3000"
_DEEPEST = 40
_LINES = frozenset({"line", "verse"})
_STANZAS = frozenset("stanza poem poetry verse z3998:verse z3998:poem z3998:song z3998:hymn".split())
_DEPTH = re.compile(r"(?:i|indent)(\d{1,2})")
_FEWEST = 3
"""So many lines make verse: two may be an address."""


def settle_lines(root: Element) -> None:
    """Lines of verse that are elements of their own end with a break; their indent, which is a class, is spaces."""
    for stanza in [each for each in root.iter() if _STANZAS & {*classes(each), *kinds(each)}]:
        for line in list(stanza.iter("div", "p")):
            if line is not stanza and _LINES & set(classes(line)) and not any(map(is_block, line)):
                line.tag = "span"
    for line in list(root.iter("span")):
        names = classes(line)
        depth = next((found[1] for name in names if (found := _DEPTH.fullmatch(name))), None)
        if depth and int(depth):
            line.text = _INDENT[0] * min(int(depth), _DEEPEST) + (line.text or "").lstrip()
        if not _LINES & set(names):
            continue
        following = line.getnext()
        if following is not None and _LINES & set(classes(following)):
            line.addnext(make("br"))
        unwrap(line)


def lines_apart(pieces: Iterable[Inline]) -> list[Line]:
    """The pieces between line breaks; a mark that goes over a break goes on behind it."""
    rows: list[list[Inline]] = [[]]
    for piece in pieces:
        if isinstance(piece, Break):
            rows.append([])
        elif isinstance(piece, Span):
            first, *rest = lines_apart(piece.inside)
            rows[-1].append(Span(piece.mark, first, piece.value))
            rows += [[Span(piece.mark, inside, piece.value)] for inside in rest]
        else:
            rows[-1].append(piece)
    return [settled(row) for row in rows]


def is_verse(rows: Sequence[Line], longest: int) -> bool:
    """Whether lines look like verse: three or more, each short, and with words."""
    texts = [text_of_pieces(row).strip() for row in rows if row]
    return len(texts) >= _FEWEST and all(0 < len(text) <= longest for text in texts)


def parted(rows: Sequence[Line]) -> list[Line]:
    """Lines as paragraphs: an empty line parts them, a single break stays one."""
    parts: list[list[Inline]] = [[]]
    for row in rows:
        if not row:
            parts.append([])
            continue
        if parts[-1]:
            parts[-1].append(Break())
        parts[-1] += row
    return [tuple(part) for part in parts if part]


def verse(stanzas: Iterable[Iterable[Inline]], place: Place) -> Verse:
    """Verse from the pieces of its stanzas, whose lines end with breaks; an empty line ends a stanza."""
    found: list[tuple[tuple[int, Line], ...]] = []
    for pieces in stanzas:
        stanza: list[tuple[int, Line]] = []
        for row in lines_apart(_without_line_ends(pieces)):
            if row:
                stanza.append(_indented(row))
            elif stanza:
                found.append(tuple(stanza))
                stanza = []
        if stanza:
            found.append(tuple(stanza))
    return Verse(tuple(found), place)


def _without_line_ends(pieces: Iterable[Inline]) -> Iterable[Inline]:
    """Breaks at the very end are none."""
    return settled(pieces)


def _indented(row: Line) -> tuple[int, Line]:
    """A line, and the spaces before its first word."""
    first = row[0]
    if isinstance(first, Text):
        text = first.text.lstrip(_INDENT + " ")
        indent = min(len(first.text) - len(text), _DEEPEST)
        rest = row[1:]
        return indent, ((Text(text), *rest) if text else rest)
    if isinstance(first, Span) and first.inside:
        indent, inside = _indented(first.inside)
        return indent, (Span(first.mark, inside, first.value), *row[1:])
    return 0, row
