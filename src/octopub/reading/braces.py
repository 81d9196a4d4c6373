"""Attributes in braces, as they are written: `{#anchor .class key="value"}`.

Imports markdown-it-py and `reading.parsers`. Reads them where they belong: on a line before a block, behind an image, a
link, code or `[words]`, and at the end of a heading. Braces that hold anything else are left as text. What
the attributes mean, and where they mean nothing, is for `reading.attributes` to say.

The plugins that do this lose what they do not understand: of `{.a} words {.b}` the words, of `{% … %}` all.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from octopub.reading.parsers import SpannedState

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Attributes = dict[str, str | int | float]

CARRIERS = frozenset({"image", "code_inline", "link_close", "span_close"})
"""Behind these, braces hold attributes of theirs."""

HOMELESS = "attributes without a block"
"""Key of the parser's environment: attributes that stand before no block, as written, with their offsets."""

_ONE = re.compile(
    r"""
    \s* (?: \# (?P<id>[\w:.-]+)
          | \. (?P<class>[\w:-]+)
          | (?P<unnumbered>-)
          | (?P<key>[A-Za-z_:][\w:.-]*) =
            (?: "(?P<double>(?:[^"\\{}]|\\.)*)" | '(?P<single>(?:[^'\\{}]|\\.)*)' | (?P<bare>[^\s"'={}]+) )
        ) (?=[\s}])
    """,
    re.VERBOSE,
)
_END = re.compile(r"\s*\}")
_ESCAPE = re.compile(r"\\(.)")
_AT_THE_END = re.compile(r"(?<![\\)\]`])(\{[^{}]*\})[ \t]*\Z")


def attributes(text: str, at: int = 0) -> tuple[Attributes, int] | None:
    """The attributes in the braces that open at this offset, and the offset behind them; None where the
    braces hold none, or anything else."""
    if not text.startswith("{", at):
        return None
    found: Attributes = {}
    classes: list[str] = []
    at += 1
    while one := _ONE.match(text, at):
        at = one.end()
        if one["id"]:
            found["id"] = one["id"]
        elif one["class"]:
            classes.append(one["class"])
        elif one["unnumbered"]:
            classes.append("unnumbered")  # as Pandoc has it
        elif one["key"] == "class":
            classes += _value(one).split()
        else:
            found[one["key"]] = _value(one)
    end = _END.match(text, at)
    if classes:
        found["class"] = " ".join(classes)
    return (found, end.end()) if end and found else None


def _value(one: re.Match[str]) -> str:
    if one["bare"]:
        return one["bare"]
    return _ESCAPE.sub(r"\1", one["double"] or one["single"] or "")


def add(token: Token, more: Attributes) -> None:
    """Give a token more attributes: classes are added to those it has, of others the last one holds."""
    merged = dict(more)
    if "class" in more and "class" in token.attrs:
        merged["class"] = f"{token.attrs['class']} {more['class']}"
    token.attrs.update(merged)


def before_block(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """A line that holds nothing but attributes: those of the block behind it."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    found = attributes(line)
    if not found or found[1] != len(line):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.attrs, token.content = found[0], line
        token.meta["at"] = state.bMarks[start] + state.tShift[start]
        state.line = start + 1
    return True


def settle_blocks(state: StateCore) -> None:
    """Hand the attributes before a block on to it. Several lines of them add up."""
    waiting: Token | None = None
    kept: list[Token] = []
    homeless = state.env.setdefault(HOMELESS, [])
    for token in state.tokens:
        if token.type == "attributes":
            if waiting:
                add(waiting, token.attrs)
            waiting = waiting or token
            continue
        if waiting:
            if token.nesting < 0 or token.type == "footnote_reference_open":
                homeless.append((waiting.content, waiting.meta["at"]))
            else:
                add(token, waiting.attrs)
            waiting = None
        kept.append(token)
    if waiting:
        homeless.append((waiting.content, waiting.meta["at"]))
    state.tokens = kept


def at_heading(state: StateCore) -> None:
    """`# Heading {#anchor .class}`: the heading's own, unless they touch an image, a link or code."""
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open" and (written := _AT_THE_END.search(inline.content)):
            found = attributes(written[1])
            if found:
                add(opening, found[0])
                inline.content = inline.content[: written.start()].rstrip()


def behind_inline(state: StateInline, silent: bool) -> bool:
    """`![…](…){.class}`: attributes of the inline token before them."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    found = attributes(state.src, state.pos) if last.type in CARRIERS else None
    if not found or found[1] > state.posMax:
        return False
    add(_opening(state.tokens), found[0])
    state.pos = found[1]
    return True


def _opening(tokens: list[Token]) -> Token:
    """The token that the last one closes; itself if it closes none."""
    depth = 0
    for token in reversed(tokens):
        depth += token.nesting
        if depth == 0:
            return token
    return tokens[-1]


def span(state: StateInline, silent: bool) -> bool:
    """`[words]{lang=fr}`: words with attributes."""
    if state.src[state.pos] != "[":
        return False
    start, limit = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    found = attributes(state.src, end + 1) if end >= 0 else None
    if not found or found[1] > limit:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1).attrs = found[0]
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    assert isinstance(state, SpannedState)
    state.no_links.add(start)
    state.pos, state.posMax = found[1], limit
    return True
