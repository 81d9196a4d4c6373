"""Blocks → elements: paragraphs, headings, quotations, lists, code, figures, tables.

Imports `markup.table`, `markup.verse` and `reading.spans` for a heading's words.

`epub:type` and `role` follow EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from octopub.markup.table import classes, common, inline, renders, write
from octopub.markup.verse import verse_paragraph
from octopub.reading.spans import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.markup.scribe import Scribe

DASHES = ("—", "–", "―")
"""With one of these begins the source line of a quotation."""

DEEPEST = 6
"""HTML has so many ranks of headings; one below them says its own."""

SHORT_CELL, SHORT_CELLS = 14, 36
"""Letters: of a cell that stays on one line in print, and of all such in a row."""

_LANGUAGE = re.compile(r"[\w+#.-]+")
"""Of the words behind a fence the first one names the language of the code."""


@renders("paragraph")
def paragraph(scribe: Scribe, node: Node) -> None:
    """Running text, or lines of verse."""
    if scribe.verse or "verse" in classes(node):
        verse_paragraph(scribe, node)
    elif not node.hidden:
        with scribe.block("p", common(node)):
            write(scribe, inline(node))
    elif node.attrs:
        with scribe.element("span", common(node)):
            write(scribe, inline(node))
    else:
        # A tight list's item: its text stands directly in the item, which is the block.
        write(scribe, inline(node))


@renders("heading")
def heading(scribe: Scribe, node: Node) -> None:
    """A heading, of the rank that the outline gave it; in print with its words for the bookmarks, in an e-book
    with what is printed elsewhere, so that the manuscript can be got back."""
    rank, is_inner = node.meta["rank"], node.meta.get("inner", False)
    attributes = common(node, "chapter-title" if rank == 1 else "inner" if is_inner else "")
    if not scribe.is_print:
        depth = node.meta.get("depth", 0)
        attributes["aria-level"] = str(depth) if depth > DEEPEST else None
        attributes["data-short"] = str(node.attrs["short"]) if "short" in node.attrs else None
    if scribe.is_print and not is_inner:
        attributes["data-label"] = " ".join(words(inline(node)).split())
    if scribe.breaks:
        # In a heading the mark would be a part of its name.
        scribe.break_pages(min(_places(node), default=0))
    with scribe.block(f"h{rank}", attributes):
        write(scribe, inline(node))


def _places(node: Node) -> Iterator[int]:
    """Where the words of a heading stand in the manuscript."""
    for each in node.walk():
        if each.type in ("text", "text_special", "code_inline"):
            yield each.meta.get("words at", each.meta["at"])


@renders("blockquote")
def blockquote(scribe: Scribe, node: Node) -> None:
    """A quotation, its source line set off."""
    attributes = common(node)
    if "epigraph" in classes(node):
        attributes |= {"epub:type": "epigraph", "role": "doc-epigraph"}
    outer, scribe.verse = scribe.verse, scribe.verse or "verse" in classes(node)
    with scribe.element("blockquote", attributes):
        body = list(node.children)
        source = body.pop() if len(body) > 1 and _is_source_line(body[-1]) else None
        write(scribe, body)
        if source:
            with scribe.block("p", common(source, "source")):
                write(scribe, inline(source))
    scribe.verse = outer


def _is_source_line(node: Node) -> bool:
    """A last paragraph that begins with a dash names the quotation's source."""
    texts = (each for each in node.walk() if each.type == "text" and each.content)
    first = next(texts, None) if node.type == "paragraph" else None
    return first is not None and first.content.startswith(DASHES)


@renders("bullet_list", "ordered_list")
def item_list(scribe: Scribe, node: Node) -> None:
    """A list."""
    attributes = common(node)
    if node.type == "ordered_list" and node.attrs.get("start", 1) != 1:
        attributes["start"] = str(node.attrs["start"])
    with scribe.element(node.tag, attributes):
        write(scribe, node.children)


@renders("list_item", "dt", "dd")
def item(scribe: Scribe, node: Node) -> None:
    """An item of a list; a term, and what it means."""
    with scribe.block(node.tag, common(node)):
        write(scribe, node.children)


@renders("dl")
def definitions(scribe: Scribe, node: Node) -> None:
    """A list of definitions."""
    with scribe.element("dl", common(node)):
        write(scribe, node.children)


@renders("fence", "code_block")
def code_block(scribe: Scribe, node: Node) -> None:
    """Lines of code."""
    language = _LANGUAGE.match(node.info.strip())
    css_class = f"language-{language[0]}" if language else None
    with scribe.block("pre", common(node)):
        with scribe.element("code", {"class": css_class}):
            scribe.verbatim = True
            lines = node.content.rstrip("\n").split("\n")
            for number, (line, at) in enumerate(zip(lines, node.meta["words at"], strict=False)):
                scribe.text(f"\n{line}" if number else line, at - bool(number))
        scribe.verbatim = False


@renders("hr")
def scene_break(scribe: Scribe, node: Node) -> None:
    """A break between two scenes."""
    scribe.add("hr", common(node))


@renders("figure")
def figure(scribe: Scribe, node: Node) -> None:
    """An image that stands alone, with its caption."""
    with scribe.element("figure", common(node)):
        write(scribe, node.children)


@renders("caption")
def caption(scribe: Scribe, node: Node) -> None:
    """A figure's caption."""
    with scribe.block("figcaption", common(node)):
        write(scribe, node.children)


@renders("table")
def table(scribe: Scribe, node: Node) -> None:
    """A table. A head without a word is left out: it is there only because a pipe table must have one."""
    parts = node.children
    if len(parts) > 1 and not any(each.children for each in parts[0].walk() if each.type == "inline"):
        parts = parts[1:]
    with scribe.element("div", {"class": "table"}), scribe.element("table", common(node)) as element:
        write(scribe, parts)
    if scribe.is_print:
        short = short_columns([row.children for part in parts for row in part.children])
        for row in element.iter("tr"):
            for cell_ in (cell_ for index, cell_ in enumerate(row) if index in short):
                cell_.set("class", " ".join(filter(None, (cell_.get("class"), "short"))))


def short_columns(rows: Sequence[Sequence[Node]]) -> set[int]:
    """The columns of a table whose cells stay on one line each, since they are short, and leave the others
    room: layout would narrow them in proportion, and break a name of two words."""
    found: set[int] = set()
    room = SHORT_CELLS
    for index, column in enumerate(zip_longest(*rows)):
        longest = max(len(words(inline(each))) for each in column if each is not None)
        if longest <= min(room, SHORT_CELL):
            found.add(index)
            room -= longest
    return found


@renders("thead", "tbody", "tr")
def table_part(scribe: Scribe, node: Node) -> None:
    """The parts of a table, and its rows."""
    with scribe.element(node.type):
        write(scribe, node.children)


@renders("th", "td")
def cell(scribe: Scribe, node: Node) -> None:
    """A cell, its words aligned as its column is. An empty head cell is no head: it would name nothing to
    a screen reader."""
    align = str(node.attrs.get("style", "")).removeprefix("text-align:") or None
    is_head = node.type == "th" and any(child.children for child in node.children)
    with scribe.block("th" if is_head else "td", {"class": align, "scope": "col" if is_head else None}):
        write(scribe, node.children)
