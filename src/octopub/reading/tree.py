"""The tree of a text: markdown-it's own nodes, with what is asked of them at hand.

Imports only markdown-it-py. Changes nothing in what a node is or says: markdown-it's looks for its token at each
question, and a book's nodes are asked a million times.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode, _NesterTokens

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from markdown_it.token import Token


class Node(SyntaxTreeNode):
    """A node that keeps its type, and the values of its token that are asked for often.

    The root, which has no token, has none of these values either.
    """

    __slots__ = ("attrs", "children", "content", "meta", "nester_tokens", "parent", "tag", "token", "type")

    type: str
    attrs: dict[str, str | int | float]
    content: str
    meta: dict[Any, Any]
    tag: str
    children: list[Node]
    parent: Node | None

    def __init__(self, token: Token | None = None, parent: Node | None = None) -> None:
        self.token = self.nester_tokens = None
        self.parent = parent
        self.children = []
        if token is None:
            self.type = "root"
            return
        if token.nesting:
            self.type = sys.intern(token.type.removesuffix("_open"))
        else:
            self.token, self.type = token, token.type
        self.attrs, self.content, self.meta, self.tag = token.attrs, token.content, token.meta, token.tag

    def walk(self, *, include_self: bool = True) -> Generator[Node, None, None]:
        """As theirs, without a generator for each level."""
        waiting = [self] if include_self else self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]


def grow(tokens: Iterable[Token]) -> Node:
    """The tree of these tokens, whose openings and closings match; gives its root."""
    root = Node()
    _grow(tokens, root)
    return root


def _grow(tokens: Iterable[Token], root: Node) -> None:
    here = root
    openings: list[Token] = []
    for token in tokens:
        if token.nesting < 0:
            here.nester_tokens = _NesterTokens(openings.pop(), token)
            assert here.parent is not None
            here = here.parent
            continue
        node = Node(token, here)
        here.children.append(node)
        if token.nesting:
            openings.append(token)
            here = node
        elif token.children:
            _grow(token.children, node)
    assert here is root
