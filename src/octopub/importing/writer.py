"""A draft becomes Markdown: the manuscript as a person would write it.

Imports `importing.draft` and `importing.escape`. One line for a paragraph, one blank line between blocks, notes
behind the text; metadata in front. It leaves nothing out: that octopub's reader gives the same back is proved
by `importing.proof`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.importing import escape
from octopub.importing.draft import (
    Break,
    Call,
    Code,
    Definitions,
    Heading,
    Image,
    Items,
    Paragraph,
    Quotation,
    Separator,
    Span,
    Table,
    Text,
    Verse,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from octopub.importing.draft import Block, Definition, Draft, Inline, Note

ORDER = ("title", "subtitle", "author", "date", "lang")
"""The order of the commonest keys; others follow as they come."""

_PLAIN_VALUE = re.compile(r"[^\W_](?:[\w ,./()'’–-]*[\w.)])?")
_YAML_WORDS = frozenset("true false yes no on off null ~ y n".split())
_SAFE_KEY = re.compile(r"[\w.-]+")
_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_FORMS = {
    "em": "<em>{words}</em>",
    "strong": "<strong>{words}</strong>",
    "s": "<del>{words}</del>",
    "sub": "<sub>{words}</sub>",
    "sup": "<sup>{words}</sup>",
    "small-caps": "[{words}]{{.smallcaps}}",
    "lang": "[{words}]{{lang={value}}}",
    "link": "[{words}]({value})",
}
_SPACES = re.compile(r"[ \t]{2,}|\t")
_PLAIN_LINK = re.compile(r"[^\s()<>\\]+")


@dataclass(frozen=True, slots=True)
class Where:
    """Where inline text stands."""

    folder: str = ""
    linked: bool = False
    in_table: bool = False
    soft: bool = False
    """Whether a line break cannot be written as one (in headings, tables, verse)."""


def write(draft: Draft, folder: str = "") -> str:
    """The manuscript. `folder` is put before the names of images (`images/essay/`)."""
    parts = [
        _block(block, before, folder)
        for block, before in zip(draft.blocks, (None, *draft.blocks), strict=False)
    ]
    parts += [_note(note, folder) for note in draft.notes]
    front = _front_matter(draft.metadata)
    return (front + "\n" if front else "") + "\n\n".join(parts) + "\n"


# -- front matter -------------------------------------------------------------------------------


def _front_matter(metadata: Mapping[str, str | list[str]]) -> str:
    keys = sorted(metadata, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    lines: list[str] = []
    for key in (key for key in keys if "." not in key):
        lines += _entry(key, metadata[key], "")
    for group in dict.fromkeys(key.split(".")[0] for key in keys if "." in key):
        lines.append(f"{group}:")
        for key in keys:
            if key.startswith(f"{group}."):
                lines += _entry(key.removeprefix(f"{group}."), metadata[key], "  ")
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def _entry(key: str, value: str | list[str], indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{key}: {_scalar(value)}"]
    if len(value) == 1:
        return [f"{indent}{key}: {_scalar(value[0])}"]
    return [f"{indent}{key}:", *(f"{indent}  - {_scalar(each)}" for each in value)]


def _scalar(value: str) -> str:
    """A text that YAML reads as that text: bare where nothing in it means anything."""
    value = " ".join(value.split())
    if _PLAIN_VALUE.fullmatch(value) and value.lower() not in _YAML_WORDS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# -- blocks -------------------------------------------------------------------------------------


def _block(block: Block, before: Block | None, folder: str) -> str:
    """A block's Markdown, without a line feed at its end. `before` is what stands before it."""
    match block:
        case Paragraph(inside=inside):
            written = _paragraph(inside, folder)
        case Heading():
            written = _heading(block, folder)
        case Quotation(blocks=blocks, epigraph=epigraph):
            attributes = "{.epigraph}\n" if epigraph else _apart(isinstance(before, Quotation))
            written = attributes + _prefixed(_blocks(blocks, folder), "> ", "> ")
        case Verse():
            written = _apart(isinstance(before, Verse)) + _verse(block, folder)
        case Items():
            written = _items(block, before, folder)
        case Definitions(entries=entries):
            apart = _apart(isinstance(before, Definitions))
            written = apart + "\n\n".join(_definition(each, folder) for each in entries)
        case Table():
            written = _table(block, folder)
        case Code(text=text):
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
            written = f"{fence}\n{text.rstrip()}\n{fence}"
        case Separator():
            written = "***"
    return written


def _heading(heading: Heading, folder: str) -> str:
    words = escape.heading_end(_text(heading.inside, Where(folder, soft=True)))
    return f"{'#' * heading.level} {words}" + (f" {{#{heading.anchor}}}" if heading.anchor else "")


def _blocks(blocks: Sequence[Block], folder: str) -> str:
    return "\n\n".join(
        _block(block, before, folder) for block, before in zip(blocks, (None, *blocks), strict=False)
    )


def _apart(same: bool) -> str:
    """What keeps two blocks of a kind from being read as one: a remark, which is no text."""
    return "<!-- -->\n\n" if same else ""


def _paragraph(inside: Sequence[Inline], folder: str) -> str:
    if len(inside) == 1 and isinstance(image := inside[0], Image):
        return _image(image, Where(folder), alone=True)
    return escape.at_start(_text(inside, Where(folder)))


def _prefixed(markdown: str, first: str, other: str) -> str:
    """Lines with something before each: `> `, or the indent of an item."""
    lines = markdown.split("\n")
    return "\n".join((f"{other if index else first}{line}").rstrip() for index, line in enumerate(lines))


def _items(items: Items, before: Block | None, folder: str) -> str:
    """A list: loose where an item has several blocks, but for a list in a dense one. One behind another list
    begins with other marks."""
    behind = isinstance(before, Items) and (before.start is None) == (items.start is None)
    loose = any(len(item) > 1 and not (items.dense and _is_tight(item)) for item in items.items)
    found = []
    for number, item in enumerate(items.items, items.start or 0):
        mark = "- " if items.start is None else f"{number}. "
        blocks = _blocks(item, folder) if loose else "\n".join(_block(block, None, folder) for block in item)
        found.append(_prefixed(blocks, mark, " " * len(mark)))
    attributes = f"{{.{items.style}}}\n" if items.style else ""
    return _apart(behind) + attributes + ("\n\n" if loose else "\n").join(found)


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


def _definition(entry: Definition, folder: str) -> str:
    """A term, and below it its definitions."""
    term = escape.at_start(_text(entry.term, Where(folder, soft=True)))
    return "\n".join([term, *(_prefixed(_blocks(each, folder), ": ", "  ") for each in entry.definitions)])


def _verse(verse: Verse, folder: str) -> str:
    stanzas = (
        "\n".join(f"| {' ' * indent}{_text(line, Where(folder, soft=True))}" for indent, line in stanza)
        for stanza in verse.stanzas
    )
    return "\n|\n".join(stanzas)


def _table(table: Table, folder: str) -> str:
    rules = {"left": ":---", "right": "---:", "center": ":---:"}
    where = Where(folder, in_table=True, soft=True)
    columns = max((len(row) for row in table.rows), default=0)
    rows = [
        [_text(cell, where).replace("\n", " ") for cell in row] + [""] * (columns - len(row))
        for row in table.rows
    ]
    aligned = [*table.aligned, *[""] * (columns - len(table.aligned))]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"| {' | '.join(rules.get(side, '---') for side in aligned[:columns])} |")
    return "\n".join(lines)


def _note(note: Note, folder: str) -> str:
    first, *more = _blocks(note.blocks, folder).split("\n")
    lines = [f"[^{label(note.key)}]: {first}".rstrip(), *(f"    {line}".rstrip() for line in more)]
    return "\n".join(lines)


def label(key: str) -> str:
    """A note's key as its label in Markdown."""
    return (
        key
        if _SAFE_KEY.fullmatch(key)
        else "".join(each if each.isalnum() else "-" for each in key) or "note"
    )


# -- inside a block -----------------------------------------------------------------------------


def _text(inside: Iterable[Inline], where: Where) -> str:
    """Inline Markdown on one line (but for the breaks that were meant)."""
    parts = list(inside)
    written = ""
    for index, each in enumerate(parts):
        behind = parts[index + 1] if index + 1 < len(parts) else None
        written += _inline(each, where, written, _first_letter(behind))
    if "  " in written or "\t" in written:
        written = _SPACES.sub(" ", written)
    return "\n".join(line.strip(" \t") for line in written.split("\n"))


def _first_letter(each: Inline | None) -> str:
    match each:
        case Text(text=text):
            return text[:1]
        case Span(inside=inside):
            return _first_letter(inside[0]) if inside else ""
        case Call():
            return "["
        case _:
            return ""


def _inline(each: Inline, where: Where, before: str, behind: str) -> str:
    match each:
        case Text(text=text):
            words = re.sub(r"\s*\n\s*", " ", text) if "\n" in text else text
            words = escape.words(words, linked=where.linked, in_table=where.in_table)
            # A bracket before a call, a brace behind what may carry attributes: read as one with it.
            if behind == "[" and words.endswith("^"):
                words = f"{words[:-1]}\\^"
            if words.startswith("{") and before.endswith(("]", ")", "`")):
                words = f"\\{words}"
            if words.startswith("(") and before.endswith("]"):
                words = f"\\{words}"
            return words
        case Call(key=key):
            return f"[^{label(key)}]"
        case Break():
            return ("<br>" if where.in_table or where.soft else "\\\n") if before else ""
        case Image():
            return _image(each, where, alone=False)
        case Span():
            return _span(each, where, before, behind)


def _span(span: Span, where: Where, before: str, behind: str) -> str:
    """Marked words; the blanks at their ends stand outside."""
    linked = where.linked or span.mark in ("link", "lang", "small-caps")
    inner = Where(where.folder, linked, where.in_table, where.soft)
    if span.mark == "code":
        return _code("".join(each.text for each in span.inside if isinstance(each, Text)), where)
    words = _text(span.inside, inner)
    raw = "".join(each.text for each in span.inside if isinstance(each, Text))
    lead = " " if raw[:1].isspace() else ""
    tail = " " if raw[-1:].isspace() and len(raw) > 1 else ""
    if not words.strip():
        return lead or tail
    return lead + _marked(span, words, (before + lead)[-1:], (tail + behind)[:1]) + tail


def _marked(span: Span, words: str, before: str, behind: str) -> str:
    """Words in their marks; in raw HTML where Markdown's own would not be read as marks."""
    if span.mark in _MARKS and _would_open(words, before, behind):
        return f"{_MARKS[span.mark]}{words}{_MARKS[span.mark]}"
    is_plain = _PLAIN_LINK.fullmatch(span.value)
    value = span.value if is_plain or span.mark != "link" else f"<{span.value.replace(' ', '%20')}>"
    return _FORMS.get(span.mark, "{words}").format(words=words, value=value)


def _would_open(words: str, before: str, behind: str) -> bool:
    """Whether marks around these words are read as emphasis (CommonMark 0.31 §6.2): never beside another mark,
    nor where punctuation inside meets a letter outside."""
    if before in ("*", "_", "~") or behind in ("*", "_", "~") or words[0] in "*_~" or words[-1] in "*_~":
        return False
    opens = words[0].isalnum() or not before or not before.isalnum()
    closes = words[-1].isalnum() or not behind or not behind.isalnum()
    return opens and closes


def _code(text: str, where: Where) -> str:
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    fence = "`" * max((len(run) + 1 for run in re.findall(r"`+", text)), default=1)
    space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{space}{text.replace('|', chr(92) + '|') if where.in_table else text}{space}{fence}"


def _image(image: Image, where: Where, *, alone: bool) -> str:
    """An image; its caption is a title, and only one that is alone in its paragraph can have one."""
    caption = _text(image.caption, Where(where.folder, where.linked, where.in_table, soft=True))
    path = f"{where.folder}{image.name}"
    path = path if _PLAIN_LINK.fullmatch(path) else f"<{path}>"
    words = escape.words(image.alternative, linked=True)
    if alone:
        title = caption.replace('"', '\\"')
        return f"![{words}]({path}{f' {chr(34)}{title}{chr(34)}' if title else ''}){'' if words else '{.decorative}'}"
    return f"![{words}]({path}){'' if words else '{.decorative}'}" + (f" {caption}" if caption else "")
