"""The parser rules that no plugin has: inline notes, line blocks, comments; and a table's places.

Imports markdown-it-py and `reading.parsers`. Each rule is one function in markdown-it's own form; none looks
at more than its own block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.rules_block import table as markdown_it_table
from markdown_it.rules_inline import autolink as markdown_it_autolink

from octopub.reading.parsers import SpannedState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_CALL = re.compile(r"\[\^([^\[\]\s]+)\]")
_VERSE_LINE = re.compile(r"\|(?: |$)")


def note_call(state: StateInline, silent: bool) -> bool:
    """`[^label]`. The footnote plugin's own rule looks for the bracket's end through all of the text, for each
    bracket again."""
    found = _CALL.match(state.src, state.pos, state.posMax)
    if found and not silent:
        state.push("footnote_ref", "", 0).meta["label"] = found[1]
    if found:
        assert isinstance(state, SpannedState)
        state.no_links.add(state.pos)
        state.pos = found.end()
    return found is not None


def autolink(state: StateInline, silent: bool) -> bool:
    """`<https://…>`. In the text of a link it is no link but the address alone: links hold no links (CommonMark §6.3),
    and markdown-it, as others, forgets it here."""
    start = state.pos
    if not markdown_it_autolink(state, silent):
        return False
    if not silent:
        text = state.tokens[-2]  # between the link's two ends
        text.meta["at"] = start + 1
        if state.linkLevel:
            text.type = "text_special"
            state.tokens[-3:] = [text]
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """`^[…]`: one token `note_inline` whose children are the note's text.

    The footnote plugin has such a rule, but puts the text outside the tree, without its place.
    """
    start, end = state.pos, state.posMax
    if not state.src.startswith("^[", start):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + 1)
    if label_end < 0:
        return False
    if not silent:
        token = state.push("note_inline", "", 0)
        token.meta["at"] = start
        token.content = state.src[start + 2 : label_end]
        token.children = []
        # Parsed as a text of its own: links and emphasis outside end where the note begins.
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        advance(token.children, start + 2)
    state.pos, state.posMax = label_end + 1, end
    return True


def advance(tokens: Iterable[Token], by: int) -> None:
    """Move the places of inline tokens, and of the notes inside them, by so many characters."""
    for token in tokens:
        token.meta["at"] = token.meta.get("at", 0) + by
        if token.type == "note_inline":
            advance(token.children or (), by)


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`| …`: verse, line for line, leading spaces kept; a bare `|` parts stanzas; a line that begins
    with a space goes on with the line before it (as in Pandoc's line blocks)."""
    if state.is_code_block(start) or not _VERSE_LINE.match(_line(state, start)):
        return False
    if silent:
        return True
    lines: list[list[int]] = []
    number = start
    while number < end and not state.isEmpty(number) and state.sCount[number] >= state.blkIndent:
        if _VERSE_LINE.match(_line(state, number)):
            lines.append([number])
        elif state.sCount[number] > state.blkIndent:
            lines[-1].append(number)
        else:
            break
        number += 1
    state.push("verse_open", "div", 1).map = [start, number]
    _stanzas(state, lines)
    state.push("verse_close", "div", -1)
    state.line = number
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _stanzas(state: StateBlock, lines: Iterable[list[int]]) -> None:
    """Push the lines, each given by the numbers of those it is written on; an empty one parts stanzas."""
    is_open = False
    for numbers in lines:
        texts = [_line(state, number) for number in numbers]
        texts[0] = texts[0][2:]
        if not any(map(str.strip, texts)):
            if is_open:
                state.push("stanza_close", "p", -1)
            is_open = False
            continue
        where = [numbers[0], numbers[-1] + 1]
        if not is_open:
            state.push("stanza_open", "p", 1).map = where
            is_open = True
        token = state.push("verse_line_open", "span", 1)
        token.map = where
        token.meta["indent"] = len(texts[0]) - len(texts[0].lstrip())
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = "\n".join(map(str.strip, texts)), where, []
        ends = zip(accumulate(len(text.strip()) + 1 for text in texts), numbers, texts, strict=True)
        inline.meta["starts"] = [
            (end - 1 - len(text.strip()), state.eMarks[number] - len(text.lstrip()))
            for end, number, text in ends
        ]
        state.push("verse_line_close", "span", -1)
    if is_open:
        state.push("stanza_close", "p", -1)


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block `<!-- … -->`: the author's own remark, no part of the text; it may hold blank lines.

    Other HTML blocks are not recognised: their tags reach `reading.raw` as inline HTML, their text
    is read as Markdown.
    """
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", begin):
        return False
    # From within the opening on: `<!-->` is a comment, too.
    close = state.src.find("-->", begin + 2, state.eMarks[end - 1])
    if close < 0:
        return False
    last = bisect_left(state.eMarks, close, start, end)
    if state.src[close + 3 : state.eMarks[last]].strip():
        return False  # words follow on its last line: an inline comment
    if not silent:
        state.line = last + 1
    return True


class Cell(NamedTuple):
    """A table's cell as it is written: its words with the escapes in them, and where they begin."""

    text: str
    at: int


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's own rule for tables, which also notes where each cell begins, and what it drops: the
    cells of a row for which its table has no columns (`meta["surplus"]`, beside `meta["columns"]`)."""
    known = len(state.tokens)
    if not markdown_it_table(state, start, end, silent):
        return False
    cells: Iterator[Cell] = iter(())
    row = None
    cell = Cell("", 0)
    for token in state.tokens[known:]:
        if token.type == "tr_open" and token.map:
            row, cells = token, iter(_cells(state, token.map[0]))
            row.meta["columns"] = 0
        elif token.type in ("th_open", "td_open") and row and row.map:
            row.meta["columns"] += 1
            cell = next(cells, Cell("", state.eMarks[row.map[0]]))
            token.meta["at"] = cell.at
        elif token.type == "inline":
            # What is behind an escaped pipe stands one further on than in the cell's text.
            pipes = [found.start() for found in re.finditer(r"\\\|", cell.text)]
            token.meta["starts"] = [(0, cell.at)] + [
                (pipe - before, cell.at + pipe + 1) for before, pipe in enumerate(pipes)
            ]
        elif token.type == "tr_close" and row:
            row.meta["surplus"] = [cell for cell in cells if cell.text]
    return True


def _cells(state: StateBlock, line: int) -> list[Cell]:
    """The cells of a row. A pipe behind a backslash is a letter, as in GitHub's tables."""
    text = _line(state, line).rstrip()
    at = state.bMarks[line] + state.tShift[line]
    cells = []
    for written in re.split(r"(?<!\\)\|", text):
        cells.append(Cell(written.strip(), at + len(written) - len(written.lstrip())))
        at += len(written) + 1
    if text.startswith("|"):
        del cells[0]
    if cells and not cells[-1].text and text.endswith("|"):
        del cells[-1]
    return cells
