"""A draft becomes Markdown: the manuscript as a person would write it.

Imports `importing.draft`, `escape`, and its own parts: `frontwriter`, `linewriter`, `braces`. One line
for a paragraph, one blank line between blocks, notes behind the text; metadata in front. It leaves nothing out:
that octopub's reader gives the same back is proved by `importing.proof`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.importing.draft import (
    Code,
    Definitions,
    Heading,
    Image,
    Items,
    Paragraph,
    Quotation,
    Separator,
    Table,
    Verse,
)  # fmt: skip
from octopub.importing.writing import escape
from octopub.importing.writing.braces import braces, line
from octopub.importing.writing.frontwriter import front_matter
from octopub.importing.writing.linewriter import Where, image, label, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.importing.draft import Block, Draft, Inline, Note

APART = "<!-- -->"
"""What keeps two blocks of a kind from being read as one, and the items of a list loose: a remark, which is no
text."""


def write(draft: Draft, folder: str = "") -> str:
    """The manuscript. `folder` is put before the names of images (`images/essay/`)."""
    where = Where(folder, is_set=draft.is_set)
    parts = [_blocks(draft.blocks, where)] if draft.blocks else []
    parts += [_note(note, where) for note in draft.notes]
    metadata = dict(draft.metadata)
    if cover := metadata.get("cover-image"):
        metadata["cover-image"] = f"{folder}{cover}"
    front = front_matter(metadata)
    return (front + "\n" if front else "") + "\n\n".join(parts) + "\n"


# -- blocks -------------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], where: Where, *, tight: bool = False) -> str:
    """Blocks, with a blank line between each two; in a `tight` list without."""
    written: list[str] = []
    for block, before in zip(blocks, (None, *blocks), strict=False):
        apart = _is_alike(block, before)
        between = "" if before is None else "\n" if tight and not apart else "\n\n"
        written += [between, f"{APART}\n\n" if apart else "", _block(block, where)]
    return "".join(written)


def _is_alike(block: Block, before: Block | None) -> bool:
    """Whether two blocks would be read as one."""
    if isinstance(block, Items):
        return isinstance(before, Items) and (before.start is None) == (block.start is None)
    return isinstance(block, Quotation | Verse | Definitions) and type(block) is type(before)


def _block(block: Block, where: Where) -> str:
    """A block's Markdown, without a line feed at its end."""
    match block:
        case Paragraph():
            return _paragraph(block, where)
        case Heading():
            return _heading(block, where)
        case Quotation(blocks=blocks, epigraph=epigraph):
            written = _prefixed(_blocks(blocks, where), "> ", "> ")
            return ("{.epigraph}\n" if epigraph else line(block.attributes)) + written
        case Verse():
            written = _verse(block, where)
        case Items():
            written = _items(block, where)
        case Definitions():
            written = _definitions(block, where)
        case Table():
            written = _table(block, where)
        case Code(text=code):
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", code)), 3)
            written = f"{fence}{block.language}\n{code.rstrip(chr(10))}\n{fence}"
        case Separator():
            written = "***"
    return line(block.attributes) + written


def _heading(heading: Heading, where: Where) -> str:
    """A heading, its attributes behind it as far as they are read there."""
    words = escape.heading_end(text(heading.inside, replace(where, soft=True)))
    anchor = (("id", heading.anchor),) if heading.anchor else ()
    behind = braces((*anchor, *heading.attributes))
    written = f"{'#' * heading.level} {words}"
    if re.search(r"[{}]", behind[1:-1]):
        return f"{behind}\n{written}"
    return f"{written} {behind}".rstrip(" ")


def _paragraph(paragraph: Paragraph, where: Where) -> str:
    inside = paragraph.inside
    if len(inside) == 1 and isinstance(picture := inside[0], Image):
        return line(paragraph.attributes) + image(picture, where, alone=True)
    return line(paragraph.attributes) + escape.at_start(text(inside, where))


def _prefixed(markdown: str, first: str, other: str) -> str:
    """Lines with something before each: `> `, or the indent of an item."""
    before = (first, *[other] * markdown.count("\n"))
    return "\n".join(
        f"{mark}{each}" if each else mark.rstrip()
        for mark, each in zip(before, markdown.split("\n"), strict=True)
    )


def _items(items: Items, where: Where) -> str:
    """A list: loose where it is known to be, or where an item has several blocks, but for a list in a dense
    one."""
    several = any(len(item) > 1 and not (items.dense and _is_tight(item)) for item in items.items)
    loose = several if items.loose is None else items.loose
    found = []
    for number, item in enumerate(items.items, items.start or 0):
        mark = "- " if items.start is None else f"{number}. "
        written = _blocks(item, where, tight=not loose)
        if items.loose and len(items.items) == 1 and not several:
            written += f"\n\n{APART}"
        found.append(_prefixed(written, mark, " " * len(mark)))
    style = line((("class", items.style),)) if items.style else ""
    return style + ("\n\n" if loose else "\n").join(found)


def _is_tight(item: Sequence[Block]) -> bool:
    """Whether an item is a paragraph and a list that can stand right below it (CommonMark 0.31 §5.2)."""
    below = item[1]
    return (
        len(item) == 2
        and isinstance(item[0], Paragraph)
        and isinstance(below, Items)
        and below.start in (None, 1)
        and not below.style
    )


def _definitions(definitions: Definitions, where: Where) -> str:
    """Terms, and below each of them its definitions."""
    loose, found = bool(definitions.loose), []
    several = any(len(each) > 1 for entry in definitions.entries for each in entry.definitions)
    for number, entry in enumerate(definitions.entries):
        term = escape.at_start(text(entry.term, replace(where, soft=True)))
        meanings = [_blocks(each, where, tight=definitions.loose is False) for each in entry.definitions]
        if loose and not several and not number:
            meanings[0] += f"\n\n{APART}"
        found.append("\n".join([term, *(_prefixed(each, ": ", "  ") for each in meanings)]))
    return "\n\n".join(found)


def _verse(verse: Verse, where: Where) -> str:
    stanzas = (
        "\n".join(f"| {' ' * indent}{text(words, replace(where, soft=True))}" for indent, words in stanza)
        for stanza in verse.stanzas
    )
    return "\n|\n".join(stanzas)


def _table(table: Table, where: Where) -> str:
    rules = {"left": ":---", "right": "---:", "center": ":---:"}
    inner = replace(where, in_table=True, soft=True)
    columns = max((len(row) for row in table.rows), default=0)
    rows = [[*_cells(row, inner), *[""] * (columns - len(row))] for row in table.rows]
    aligned = [*table.aligned, *[""] * (columns - len(table.aligned))]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"| {' | '.join(rules.get(side, '---') for side in aligned[:columns])} |")
    return "\n".join(lines)


def _cells(row: Iterable[Sequence[Inline]], where: Where) -> list[str]:
    return [text(cell, where).replace("\n", " ") for cell in row]


def _note(note: Note, where: Where) -> str:
    return _prefixed(_blocks(note.blocks, where), f"[^{label(note.key)}]: ", "    ")
