"""The parser rules that no plugin has: inline notes, line blocks, comments, attributes of headings.

Imports only markdown-it-py and the attribute parser of its plugins. Each rule is one function in
markdown-it's own form; none looks at more than its own block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.helpers import parseLinkLabel
from mdit_py_plugins.attrs.parse import ParseError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_VERSE_LINE = re.compile(r"\|(?: |$)")
_TRAILING_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")


def inline_note(state: StateInline, silent: bool) -> bool:
    """`^[…]`: one token `note_inline` whose children are the note's text.

    The footnote plugin has such a rule, but puts the text outside the tree, without its place.
    """
    start, end = state.pos, state.posMax
    if not state.src.startswith("^[", start):
        return False
    label_end = parseLinkLabel(state, start + 1)
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
    lines: list[tuple[int, str]] = []
    number = start
    while number < end and not state.isEmpty(number):
        if state.sCount[number] < state.blkIndent:
            break
        line = _line(state, number)
        if _VERSE_LINE.match(line):
            lines.append((number, line[2:]))
        elif state.sCount[number] > state.blkIndent:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}\n{line.strip()}")
        else:
            break
        number += 1
    token = state.push("verse_open", "div", 1)
    token.map = [start, number]
    _stanzas(state, lines)
    state.push("verse_close", "div", -1)
    state.line = number
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _stanzas(state: StateBlock, lines: list[tuple[int, str]]) -> None:
    """Push the lines, an empty one parting stanzas."""
    is_open = False
    for number, line in lines:
        if not line.strip():
            if is_open:
                state.push("stanza_close", "p", -1)
            is_open = False
            continue
        if not is_open:
            state.push("stanza_open", "p", 1).map = [number, number + 1]
            is_open = True
        text = line.rstrip()
        token = state.push("verse_line_open", "span", 1)
        token.map = [number, number + 1]
        token.meta["indent"] = len(text) - len(text.lstrip())
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = text.lstrip(), [number, number + 1], []
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
    close = state.src.find("-->", begin + 4, state.eMarks[end - 1])
    if close < 0:
        return False
    last = next(line for line in range(start, end) if state.eMarks[line] >= close)
    if state.src[close + 3 : state.eMarks[last]].strip():
        return False  # words follow on its last line: an inline comment
    if not silent:
        state.line = last + 1
    return True


def heading_attributes(state: StateCore) -> None:
    """`# Heading {#id .class short="…"}`: which no plugin reads."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open" or inline.type != "inline":
            continue
        found = _TRAILING_ATTRIBUTES.search(inline.content)
        if not found:
            continue
        try:
            _, attributes = parse(found.group().strip())
        except ParseError:
            continue
        opening.attrs.update(attributes)
        inline.content = inline.content[: found.start()]
