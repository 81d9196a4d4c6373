"""Parting: a block too large for a file becomes several blocks of its kind, each with some of what is in it.

Imports `reading.tree` for its types. A table is parted between rows, a list between items, a list of definitions
before a term, a quotation between paragraphs. Nothing is said twice: the head of a table stands above its first rows
only. What has no such seams (a paragraph, code, a single item) stays whole.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.reading import tree

    Weigh = Callable[[Node], int]

_PARTED = frozenset({"table", "bullet_list", "ordered_list", "dl", "blockquote"})


def parts(block: Node, first: int, largest: int, weigh: Weigh) -> Iterator[Node]:
    """The block, or the blocks that it becomes so that none is larger than `largest`, and the first of them than
    `first`, as far as its seams allow. `weigh` gives a node's size."""
    if block.type not in _PARTED or weigh(block) <= largest:
        yield block
        return
    units = _units(block)
    own = weigh(block) - sum(weigh(child) for unit in units for child in unit)
    done = 0
    for children in _filled(units, first - own, largest - own, weigh):
        yield _part(block, children, done)
        done += len(children)


def _units(block: Node) -> list[list[Node]]:
    """What is in the block, grouped so that it may be parted between any two groups."""
    units: list[list[Node]] = []
    for child in _rows(block) if block.type == "table" else block.children:
        if child.type == "dd" and units:
            units[-1].append(child)
        else:
            units.append([child])
    if block.type == "blockquote" and len(units) > 1:
        # The last paragraph may name the source, and does so only behind another.
        units[-2:] = [[*units[-2], *units[-1]]]
    return units


def _rows(table: Node) -> list[Node]:
    return [row for part in table.children for row in part.children]


def _filled(units: Sequence[Sequence[Node]], room: int, largest: int, weigh: Weigh) -> Iterator[list[Node]]:
    """The units one behind the other, as many at a time as there is room for: once `room`, then `largest`."""
    held: list[Node] = []
    size = 0
    for unit in units:
        more = sum(map(weigh, unit))
        if held and size + more > room:
            yield held
            held, size, room = [], 0, largest
        held = [*held, *unit]
        size += more
    if held:
        yield held


def _part(block: Node, children: list[Node], before: int) -> Node:
    """A block like this one with some of its children, of which so many stand in the parts before it."""
    part = cast("tree.Node", copy(block))
    part.children = cast("list[tree.Node]", _bodies(block, children) if block.type == "table" else children)
    if before:
        part.attrs = {name: value for name, value in block.attrs.items() if name != "id"}
        part.meta = {**block.meta, "at": children[0].meta["at"]}
        if block.type == "ordered_list":
            part.attrs["start"] = int(block.attrs.get("start", 1)) + before
    return part


def _bodies(table: Node, rows: list[Node]) -> list[Node]:
    """The head and the body of a table, each with those of these rows that are its own; none that has none."""
    found = []
    here = set(map(id, rows))
    for whole in table.children:
        own = [row for row in whole.children if id(row) in here]
        if own:
            part = copy(whole)
            part.children = own
            found.append(part)
    return found
