"""Where each node stands in the manuscript: offsets, lines and columns.

Imports `diagnostics`, `model` and the parser's limit. `place` turns the parser's own notes (block
lines, offsets inside a block's text) into offsets in the whole source, kept in `meta["at"]` (and the
end of a block in `meta["end"]`); `span` turns a node's offset into lines and columns when a complaint
needs them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.reading.markdown import NESTING_LIMIT
from octopub.reading.rules import advance
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source

_NOT_SPACE = re.compile(r"\S")


def place(tokens: Sequence[Token], source: Source) -> None:
    """Give every token its offset in the source, `meta["at"]`.

    A block has it from the parser; what is put around others (a figure's caption) begins as they do.
    """
    lines: list[tuple[int, int]] = [(0, len(source.lines))]
    at = 0
    for token in tokens:
        if token.nesting < 0:
            lines.pop()
            continue
        own = (token.map[0], max(token.map[1], token.map[0] + 1)) if token.map else lines[-1]
        starts = token.meta.pop("starts", None)
        if starts and token.type == "image":
            _place_inline([token], starts, source)
            continue
        at = _origin(0, starts) if starts else token.meta.get("at", at)
        token.meta["at"], token.meta["end"] = at, _line_end(source, own[1] - 1)
        if token.nesting > 0:
            lines.append(own)
        elif starts:
            _place_inline(token.children or (), starts, source)
        elif token.type in ("fence", "code_block"):
            _place_code(token, own[0] + (token.type == "fence"), source)


def _line_end(source: Source, line: int) -> int:
    """The offset behind the line's last character, its line feed not counted."""
    if line + 1 < len(source.lines):
        return source.lines[line + 1] - 1
    return len(source.text)


def _place_inline(tokens: Iterable[Token], starts: Sequence[tuple[int, int]], source: Source) -> None:
    """Turn offsets in a block's text into offsets in the source, by what the parser knows of its lines."""
    for token in tokens:
        inside = token.meta["at"]
        at = token.meta["at"] = _origin(inside, starts)
        if token.children:
            if token.type == "image":
                # The words of an image were a text of their own, behind `![`.
                advance(token.children, inside + 2)
            _place_inline(token.children, starts, source)
        elif token.type == "code_inline" and (
            letter := _NOT_SPACE.search(source.text, at + len(token.markup))
        ):
            token.meta["words at"] = letter.start() - len(token.content) + len(token.content.lstrip())


def _origin(inside: int, starts: Sequence[tuple[int, int]]) -> int:
    """The offset in the source of an offset in a block's text."""
    known, origin = starts[max(bisect_right(starts, (inside, float("inf"))) - 1, 0)]
    return origin + inside - known


def _place_code(token: Token, first: int, source: Source) -> None:
    """Where each line of code begins: by its end, since a tab before it may have become spaces."""
    lines = token.content.removesuffix("\n").split("\n")
    token.meta["words at"] = [
        _line_end(source, number) - len(line) for number, line in enumerate(lines, first)
    ]


def span(node: Node | Token, source: Source) -> Span:
    """Where the node stands: a block to the end of its last line, an inline node to the end of its
    own text (an inline container: of its first mark)."""
    at = node.meta.get("at", 0)
    return locate(source, at, max(node.meta.get("end", 0), at + len(node.content), at + 1))


def words(nodes: Iterable[Node]) -> str:
    """The words of inline nodes: no calls, no markup, line breaks as spaces."""
    parts: list[str] = []
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif node.type in ("footnote_ref", "note_inline"):
            continue
        elif node.children:
            parts.append(words(node.children))
        elif node.type in ("text", "text_special", "code_inline"):
            parts.append(node.content)
    return "".join(parts)


def has_words(node: Node) -> bool:
    """Whether anything in the node can be seen."""
    return any(
        child.type in ("image", "code_inline", "footnote_ref", "note_inline") or child.content.strip()
        for child in node.walk(include_self=False)
        if child.type not in ("inline", "raw")  # whose content is Markdown, or a tag
    )


def too_deep(tokens: Iterable[Token], source: Source, outer: int = 0) -> list[Diagnostic]:
    """An error for the first place where blocks, and inline markup in them, reach the parser's limit: what
    lies deeper was dropped or left as text, and could not be walked through anyway."""
    depth = outer
    for token in tokens:
        depth += token.nesting
        if depth >= NESTING_LIMIT - 1:
            place_ = span(token, source)
            return [complain(Code.TOO_DEEP, place_, source.path, what="this", limit=NESTING_LIMIT)]
        if token.children and (inner := too_deep(token.children, source, depth + 1)):
            return inner
    return []
