"""The table of renderers: node type → a small function that writes such a node.

Imports `markup.scribe` for its types. `blocks`, `verse`, `inline` and `notes` fill the table; `xhtml` brings
them together. A node type without a function is an error in the test suite, not a fallback at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.markup.scribe import Scribe

    Renderer = Callable[[Scribe, Node], None]

RENDERERS: dict[str, Renderer] = {}


def renders(*types: str) -> Callable[[Renderer], Renderer]:
    """Enter a function in the table."""

    def enter(function: Renderer) -> Renderer:
        RENDERERS.update(dict.fromkeys(types, function))
        return function

    return enter


def write(scribe: Scribe, nodes: Iterable[Node]) -> None:
    """Write the nodes into what is open."""
    for node in nodes:
        RENDERERS[node.type](scribe, node)


def common(node: Node, css_class: str = "") -> dict[str, str | None]:
    """The attributes that any node may carry; a class of octopub's own before the author's."""
    if not node.attrs:
        return {"class": css_class or None}
    found: dict[str, str | None] = {"class": " ".join(filter(None, (css_class, *classes(node)))) or None}
    for name in ("id", "lang", "dir"):
        if name in node.attrs:
            found[name] = str(node.attrs[name])
    return found


def classes(node: Node) -> list[str]:
    """The classes that the author gave a node."""
    return str(node.attrs.get("class", "")).split()


def inline(node: Node) -> Sequence[Node]:
    """The inline nodes of a block that has text."""
    return node.children[0].children if node.children else ()
