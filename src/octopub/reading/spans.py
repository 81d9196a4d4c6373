"""Where each node stands in the manuscript: offsets, lines and columns.

Imports `diagnostics`, `model` and the parser's limit. `place` turns the parser's own notes (block
lines, offsets inside a block's text) into offsets in the whole source, kept in `meta["at"]` (and the
end of a block in `meta["end"]`); `span` turns a node's offset into lines and columns when a complaint
needs them.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.reading.markdown import NESTING_LIMIT
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Source


def place(tokens: Sequence[Token], source: Source) -> None:
    """Give every token its offset in the source, `meta["at"]`.

    A block begins at the first letter of its first line. What has no lines of its own (a table's
    cell) takes those of what it stands in.
    """
    lines: list[tuple[int, int]] = [(0, len(source.lines))]
    behind = 0
    for token in tokens:
        if token.nesting < 0:
            lines.pop()
            continue
        own = (token.map[0], max(token.map[1], token.map[0] + 1)) if token.map else lines[-1]
        token.meta["at"] = _first_letter(source, own[0])
        token.meta["end"] = _line_end(source, own[1] - 1)
        if token.nesting > 0:
            lines.append(own)
        elif token.type == "inline":
            behind = _place_inline(token, own, source, behind)


def _first_letter(source: Source, line: int) -> int:
    start = source.lines[min(line, len(source.lines) - 1)]
    end = _line_end(source, line)
    return start + len(source.text[start:end]) - len(source.text[start:end].lstrip())


def _line_end(source: Source, line: int) -> int:
    """The offset behind the line's last character, its line feed not counted."""
    if line + 1 < len(source.lines):
        return source.lines[line + 1] - 1
    return len(source.text)


def _place_inline(token: Token, lines: tuple[int, int], source: Source, behind: int) -> int:
    """Offsets of an inline token's children: each line of its content stands, without the markup of
    the blocks around it, in the source line of the same number, behind the token before (as a
    table's cells do). Returns the offset behind it."""
    starts: list[tuple[int, int]] = []
    done = 0
    for number, text in enumerate(token.content.split("\n"), lines[0]):
        if number < min(lines[1], len(source.lines)):
            search = max(behind, source.lines[number])
            found = source.text.find(text, search, _line_end(source, number))
            starts.append((done, found if found >= 0 else search))
            behind = starts[-1][1] + len(text)
        done += len(text) + 1
    if not starts:
        starts.append((0, token.meta["at"]))
    token.meta["at"] = starts[0][1]
    shift(token.children or (), starts)
    return behind


def shift(tokens: Iterable[Token], starts: Sequence[tuple[int, int]]) -> None:
    """Turn offsets in a block's text into offsets in the source: `starts` pairs the one with the other
    for the beginning of each line."""
    for token in tokens:
        at = token.meta.get("at", 0)
        text, origin = starts[bisect_right(starts, (at, float("inf"))) - 1]
        token.meta["at"] = origin + at - text
        if token.type == "image":
            inside = token.meta["at"] + 2
            for child in token.children or ():
                child.meta["at"] = inside + child.meta.get("at", 0)
        elif token.children:
            shift(token.children, starts)


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


def too_deep(tokens: Iterable[Token], source: Source) -> list[Diagnostic]:
    """An error for the first place where blocks or inline markup reach the parser's limit: what lies
    deeper was dropped, and could not be walked through anyway."""
    for token in tokens:
        if token.nesting > 0 and token.level >= NESTING_LIMIT - 1:
            return [complain(Code.TOO_DEEP, span(token, source), source.path, what="this", limit=NESTING_LIMIT)]
        if token.children:
            depth = 0
            for child in token.children:
                depth += child.nesting
                if depth >= NESTING_LIMIT:
                    place_ = span(child, source)
                    return [complain(Code.TOO_DEEP, place_, source.path, what="this", limit=NESTING_LIMIT)]
            if inner := too_deep(token.children, source):
                return inner
    return []
