"""The blocks of a plain tree become the draft's.

Imports `importing.draft`, `tree`, `treeinline` and `treetables`. Element → block is
a table of small functions; an element without one is a frame, whose content counts. Drops no word: what a draft
cannot say (a list in a cell, a nested table) it says more simply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from octopub.importing.draft import (
    Break,
    Code,
    Definition,
    Definitions,
    Finding,
    Heading,
    Image,
    Items,
    Paragraph,
    Quotation,
    Separator,
    Text,
    Verse,
)  # fmt: skip
from octopub.importing.trees.tree import (
    BLOCKS,
    CALL,
    HEADINGS,
    Element,
    classes,
    is_block,
    kinds,
    tag,
    whole_text,
    words,
)
from octopub.importing.trees.treeinline import Lines, settled, text_of_pieces
from octopub.importing.trees.treetables import cells_of, is_layout, table
from octopub.importing.trees.treeverse import is_verse, lines_apart, parted, verse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from octopub.importing.draft import Block, Inline

_LONGEST_VERSE_LINE = 65
"""Characters: a longer line is prose with breaks in it."""
_EPIGRAPHS = frozenset({"epigraph", "doc-epigraph"})
_VERSES = frozenset({"z3998:verse", "z3998:poem", "z3998:song", "z3998:hymn"})
_CAPTIONS = frozenset({"caption", "figcaption", "wp-caption-text", "image-caption"})


@dataclass(slots=True)
class Blocks:
    """How the blocks of a source are read: its lines, and whether lines that look like verse are."""

    lines: Lines
    guess_verse: bool = True

    def inside(self, parent: Element) -> tuple[Block, ...]:
        """What stands in an element, as blocks; words between its blocks are paragraphs."""
        found: list[Block] = []
        run = self.lines.pieces_of_text(parent.text)
        for child in parent:
            if is_block(child) or tag(child) in ("pre", "hr"):
                found += self._paragraphs(run, parent)
                run = []
                self._add(found, child)
            else:
                run += self.lines.pieces(child)
            run += self.lines.pieces_of_text(child.tail)
        found += self._paragraphs(run, parent)
        return tuple(found)

    def _add(self, found: list[Block], element: Element) -> None:
        """Add an element's blocks; a caption to the picture before it."""
        last = found[-1] if found else None
        if _CAPTIONS & set(classes(element)) and (picture := _picture(last)):
            captioned = replace(picture, caption=self.lines.inside(element))
            found[-1] = Paragraph((captioned,), self.lines.place(element))
            return
        write = self.WRITERS.get(tag(element), Blocks._frame)
        found += write(self, element)

    # -- paragraphs -----------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Iterable[Block]:
        if {"verse", "stanza"} & set(classes(element)):
            return [verse([self.lines.pieces_inside(element)], self.lines.place(element))]
        if any(is_block(child) for child in element):
            return self.inside(element)
        return self._paragraphs(self.lines.pieces_inside(element), element)

    def _paragraphs(self, pieces: Sequence[Inline], element: Element) -> list[Block]:
        """A stretch of words: a paragraph, several where empty lines part it, or verse."""
        line = settled(pieces)
        if not line:
            return []
        place = self.lines.place(element)
        if not any(isinstance(piece, Break) for piece in line):
            return [Paragraph(line, place)]
        rows = lines_apart(line)
        if self.guess_verse and is_verse(rows, _LONGEST_VERSE_LINE):
            reason = f"{sum(map(bool, rows))} short lines, each ended by a line break"
            self.lines.findings.append(Finding(place, "verse", reason))
            return [verse([line], place)]
        return [Paragraph(part, place) for part in parted(rows)]

    # -- blocks ---------------------------------------------------------------------------------

    def _frame(self, element: Element) -> Iterable[Block]:
        """An element that only holds others; a poem, where it says so."""
        names = set(classes(element))
        if {"verse", "poem", "poetry", "line-block", "lineblock"} & names or _VERSES & set(kinds(element)):
            stanzas = [each for each in element.iter("p", "div") if not any(map(is_block, each))]
            if stanzas and not _text_outside(element, stanzas):
                pieces = [self.lines.pieces_inside(each) for each in stanzas]
                return [verse(pieces, self.lines.place(element))]
            if not any(is_block(child) for child in element):
                return [verse([self.lines.pieces_inside(element)], self.lines.place(element))]
        if _EPIGRAPHS & {*names, *kinds(element)} and tag(element) != "blockquote":
            return self._quotation(element)
        return self.inside(element)

    def _heading(self, element: Element) -> Iterable[Block]:
        pieces = _unbroken(self.lines.pieces_inside(element))
        line = settled(pieces)
        if len(line) == 1 and getattr(line[0], "mark", "") == "strong":
            line = line[0].inside  # type: ignore[union-attr]  # what has a mark has an inside
        place = self.lines.place(element)
        if not text_of_pieces(line).strip():
            # A picture in a heading, or a call without a word: no heading of a book.
            return [Paragraph(line, place)] if line else []
        anchor = next((name for name in anchors_of(element) if name in self.lines.anchors), "")
        return [Heading(int(tag(element)[1]), line, place, anchor)]

    def _quotation(self, element: Element) -> Iterable[Block]:
        is_epigraph = bool(_EPIGRAPHS & {*classes(element), *kinds(element)})
        if "verse" in classes(element) or _VERSES & set(kinds(element)):
            for each in element.iter("p"):
                each.set("class", f"{each.get('class') or ''} stanza".strip())
        blocks = self.inside(element)
        if is_epigraph and len(blocks) == 1 and isinstance(only := blocks[0], Quotation):
            blocks = only.blocks
        return [Quotation(_verse_joined(blocks), self.lines.place(element), is_epigraph)] if blocks else []

    def _items(self, element: Element) -> Iterable[Block]:
        items: list[tuple[Block, ...]] = []
        for child in element:
            write = Blocks.inside if tag(child) == "li" else self.WRITERS.get(tag(child), Blocks._frame)
            blocks = tuple(write(self, child))
            if tag(child) != "li" and items:
                # A list directly in a list, as old editors write it, belongs to the item before it.
                items[-1] += blocks
            elif blocks:
                items.append(blocks)
        if not items:
            return []
        start = None
        if tag(element) == "ol":
            given = element.get("start") or ""
            start = int(given) if re.fullmatch(r"\d{1,9}", given) else 1
        return [Items(tuple(items), self.lines.place(element), start)]

    def _definitions(self, element: Element) -> Iterable[Block]:
        """A list of definitions. A definition without a term, and a term that nothing is said of, are
        paragraphs."""
        found: list[Block] = []
        for terms, definitions in _entries(element):
            term = settled(_parted_by_breaks([self.lines.inside(each) for each in terms]))
            meanings = tuple(blocks for each in definitions if (blocks := self.inside(each)))
            place = self.lines.place((terms or definitions)[0])
            if not (term and meanings):
                found += self._paragraphs(term, element)
                found += chain.from_iterable(meanings)
            elif found and isinstance(last := found[-1], Definitions):
                found[-1] = Definitions((*last.entries, Definition(term, meanings)), last.place)
            else:
                found.append(Definitions((Definition(term, meanings),), place))
        return found

    def _code(self, element: Element) -> Iterable[Block]:
        for each in element.iter("br"):
            each.text = "\n"
        text = whole_text(element)
        place = self.lines.place(element)
        code = text.removeprefix("\n").rstrip("\n")
        found: list[Block] = [Code(code, place, _language(element))] if code.strip() else []
        calls = [self.lines.pieces(each)[0] for each in element.iter(CALL)]
        return [*found, Paragraph(tuple(calls), place)] if calls else found

    def _rule(self, element: Element) -> Iterable[Block]:
        return [Separator(self.lines.place(element))]

    def _figure(self, element: Element) -> Iterable[Block]:
        """A figure: its caption goes to its last picture; without a picture it stays a paragraph."""
        caption = next((each for each in element.iter("figcaption")), None)
        if caption is None:
            return self.inside(element)
        parent = caption.getparent()
        assert parent is not None
        tail, caption.tail = caption.tail, None
        parent.remove(caption)
        if tail and tail.strip():
            parent.text = f"{parent.text or ''}{tail}"
        blocks = list(self.inside(element))
        if blocks and (picture := _picture(blocks[-1])) and not _has_blocks(caption):
            last = blocks[-1]
            assert isinstance(last, Paragraph)
            blocks[-1] = replace(last, inside=(replace(picture, caption=self.lines.inside(caption)),))
            return blocks
        return [*blocks, *self.inside(caption)]

    def _table(self, element: Element) -> Iterable[Block]:
        if is_layout(element):
            return [block for cell in cells_of(element) for block in self.inside(cell)]
        captions = [each for each in element if tag(each) == "caption"]
        before = [block for each in captions for block in self.inside(each)]
        return [*before, *table(element, self._cell, self.lines.place(element))]

    def _cell(self, element: Element) -> tuple[Inline, ...]:
        """A cell: one line, its blocks parted by breaks."""
        return settled(_flat(element, self.lines))

    WRITERS: ClassVar[dict[str, Callable[[Blocks, Element], Iterable[Block]]]] = {
        "p": _paragraph,
        **dict.fromkeys(HEADINGS, _heading),
        "blockquote": _quotation,
        "ul": _items, "ol": _items, "menu": _items, "dir": _items,
        "dl": _definitions,
        "pre": _code,
        "hr": _rule,
        "figure": _figure,
        "table": _table,
    }  # fmt: skip


def anchors_of(element: Element) -> list[str]:
    """The names by which links lead to an element: its own, and those of anchors in it."""
    found = [each.get("id") or each.get("name") for each in element.iter() if tag(each) != CALL]
    return [name for name in found if name]


def _picture(block: Block | None) -> Image | None:
    """The picture that a block is."""
    if isinstance(block, Paragraph) and len(block.inside) == 1 and isinstance(block.inside[0], Image):
        return block.inside[0] if not block.inside[0].caption else None
    return None


def _unbroken(pieces: Iterable[Inline]) -> list[Inline]:
    """A heading is one line: breaks in it are spaces."""
    return [Text(" ") if isinstance(piece, Break) else piece for piece in pieces]


def _language(element: Element) -> str:
    """The language of code, as highlighters name it: `language-py`, `sourceCode py`."""
    for each in (element, *element.iter("code")):
        names = (each.get("class") or "").split()
        named = [name.partition("-")[2] for name in names if name.startswith(("language-", "lang-"))]
        if "sourceCode" in names:
            named += [name for name in names if name != "sourceCode" and name.isalnum()]
        if named:
            return named[0]
    return ""


def _has_blocks(element: Element) -> bool:
    """Whether an element holds more than one paragraph."""
    return sum(1 for each in element.iter() if each is not element and tag(each) in BLOCKS) > 1


def _text_outside(element: Element, inside: Sequence[Element]) -> bool:
    return len(words(element)) != sum(len(words(each)) for each in inside)


def _verse_joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Stanzas that follow each other are one poem."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Verse) and isinstance(last, Verse):
            found[-1] = Verse((*last.stanzas, *block.stanzas), last.place)
        else:
            found.append(block)
    return tuple(found)


def _terms(element: Element) -> Iterable[Element]:
    """The terms and definitions of a list; `div`s may group them."""
    for child in element:
        if tag(child) in ("dt", "dd"):
            yield child
        elif any(True for _ in child.iter("dt", "dd")):
            yield from _terms(child)
        else:
            child.tag = "dd"
            yield child


def _entries(element: Element) -> list[tuple[list[Element], list[Element]]]:
    """The terms that stand together, and their definitions."""
    found: list[tuple[list[Element], list[Element]]] = []
    for child in _terms(element):
        if not found or (tag(child) == "dt" and found[-1][1]):
            found.append(([], []))
        found[-1][tag(child) == "dd"].append(child)
    return found


def _parted_by_breaks(lines: Iterable[Sequence[Inline]]) -> list[Inline]:
    """Lines as one, with a break between each two."""
    return [piece for number, line in enumerate(lines) for piece in ((Break(), *line) if number else line)]


def _flat(element: Element, lines: Lines) -> Iterable[Inline]:
    """An element's blocks as one line, parted by breaks."""
    yield from lines.pieces_of_text(element.text)
    for child in element:
        if is_block(child):
            yield Break()
            yield from _flat(child, lines)
            yield Break()
        else:
            yield from lines.pieces(child)
        yield from lines.pieces_of_text(child.tail)
