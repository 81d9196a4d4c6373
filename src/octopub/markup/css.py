"""CSS read into plain rules, with its custom properties filled in and its sums done.

Imports tinycss2, and nothing of octopub. It knows the syntax of CSS and the arithmetic of its lengths
(CSS Values and Units 4 §10), not what any property means; it never reads a file and never follows an
`@import`.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import FunctionBlock, ParenthesesBlock, WhitespaceToken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tinycss2.ast import Node

POINTS = {"pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "px": 0.75}
"""Points in each absolute unit (CSS Values 4 §6.2)."""

_ROUNDINGS: Mapping[str, Callable[[float], int]] = {
    "nearest": lambda value: math.floor(value + 0.5),
    "down": math.floor,
    "up": math.ceil,
    "to-zero": math.trunc,
}
_MATH = frozenset({"calc", "min", "max", "clamp", "round"})
_DEEPEST = 32
"""Custom properties that may stand in one another. Honest tokens stay far below; a circle does not."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where CSS cannot be read (line and column count from 1), and why."""

    line: int
    column: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before its brace, its declarations in order, and the rules inside it.

    A statement (`@namespace …;`) has no block at all.
    """

    head: str
    declarations: tuple[tuple[str, str], ...] = ()
    inner: tuple[Rule, ...] = ()
    is_statement: bool = False

    def __str__(self) -> str:
        if self.is_statement:
            return f"{self.head};\n"
        lines = [f"  {name}: {value};" for name, value in self.declarations]
        lines += ["  " + line for rule in self.inner for line in str(rule).splitlines()]
        return "\n".join([f"{self.head} {{", *lines, "}", ""])


# ---- reading -------------------------------------------------------------------------------------


def properties(css: str) -> dict[str, str]:
    """The custom properties that `:root` defines, their names without the dashes."""
    return {
        inner.name[2:]: _text(inner.value)
        for node in _top(css)
        if node.type == "qualified-rule" and _text(node.prelude) in (":root", "html")
        for inner in _block(node.content)
        if inner.type == "declaration" and inner.name.startswith("--")
    }


def used(css: str) -> set[str]:
    """The names of the custom properties that the text asks for."""
    return set(_asked_for(_components(css)))


def _asked_for(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if _is_function(node, "var"):
            yield _variable(node)[0]
        yield from _asked_for(node.content if node.type.endswith(" block") else _inside(node))


def faults(css: str) -> tuple[Fault, ...]:
    """Where the text breaks the syntax of CSS; whatever reads it would skip the place without a word."""
    return tuple(_faults(_top(css)))


def _faults(nodes: Iterable[Node]) -> Iterator[Fault]:
    for node in nodes:
        if node.type == "error":
            yield Fault(node.source_line, node.source_column, node.message)
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            yield from _faults(_block(node.content))


def rules(css: str, tokens: Mapping[str, str], decimals: int) -> tuple[Rule, ...]:
    """The rules of this CSS, each `var()` replaced, each sum done as far as its units allow, the results
    rounded.

    Left out are custom properties, comments, imports, what does not parse, and (as CSS has it)
    declarations that ask for a property which nothing defines.
    """
    return tuple(_rules(_top(css), tokens, decimals))


def _rules(nodes: Iterable[Node], tokens: Mapping[str, str], decimals: int) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            head = _text(node.prelude)
        elif node.type == "at-rule" and node.lower_at_keyword not in ("import", "charset"):
            head = f"@{tinycss2.serialize_identifier(node.at_keyword)}"
            head += f" {prelude}" if (prelude := _text(node.prelude)) else ""
        else:
            continue
        if node.content is None:
            yield Rule(head, is_statement=True)
            continue
        block = _block(node.content)
        declarations = tuple(_declarations(block, tokens, decimals))
        inner = tuple(_rules(block, tokens, decimals))
        if declarations or inner:
            yield Rule(head, declarations, inner)


def _declarations(
    nodes: Iterable[Node], tokens: Mapping[str, str], decimals: int
) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "declaration" and not node.name.startswith("--"):
            try:
                value = _plain(node.value, tokens, decimals)
            except KeyError:
                continue
            name = tinycss2.serialize_identifier(node.lower_name)
            yield name, value + (" !important" if node.important else "")


# ---- values --------------------------------------------------------------------------------------


def plain(value: str, tokens: Mapping[str, str], decimals: int = 5) -> str:
    """The value with its custom properties replaced and its sums done; a sum whose units do not meet
    (`calc(100% - 2em)`) stays a sum.

    Raises KeyError, with the name, for a property that nothing defines and that has no fallback.
    """
    return _plain(_components(value), tokens, decimals)


def _plain(nodes: Sequence[Node], tokens: Mapping[str, str], decimals: int) -> str:
    if not any(node.type in ("function", "() block") for node in nodes):
        return _text(nodes)
    return _text(list(_reckoned(_substituted(nodes, tokens), decimals)))


def points(value: str, tokens: Mapping[str, str]) -> float:
    """The value as a number: points if it is a length, itself if it has no unit.

    Raises ValueError if it is neither, KeyError as `plain` does.
    """
    try:
        quantity = _sum(_substituted(_components(value), tokens))
    except _NoSumError as problem:
        raise ValueError(f"“{value}” is no length: {problem}") from None
    if quantity.unit not in ("", "pt"):
        raise ValueError(f"“{value}” is no absolute length")
    return quantity.value


def quoted(text: str) -> str:
    """The text as a CSS string. Controls, and the `<` that could begin a `</style>`, become numbers."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "<" or ord(character) < 0x20 or ord(character) == 0x7F:
        return f"\\{ord(character):x} "
    return character


def _substituted(nodes: Iterable[Node], tokens: Mapping[str, str], depth: int = 0) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if not _is_function(node, "var"):
            inside = _inside(node)
            result.append(_with_inside(node, _substituted(inside, tokens, depth)) if inside else node)
            continue
        name, fallback = _variable(node)
        value = tokens.get(name, fallback)
        if value is None or depth > _DEEPEST:
            raise KeyError(name)
        result += _substituted(_components(value), tokens, depth + 1)
    return result


def _variable(node: Node) -> tuple[str, str | None]:
    """The name and the fallback of a `var()`."""
    name, comma, fallback = _text(node.arguments).partition(",")
    return name.strip().removeprefix("--"), fallback if comma else None


# ---- arithmetic ----------------------------------------------------------------------------------


class _NoSumError(Exception):
    """The expression has no plain value: its units do not meet, or it is no expression."""


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with its unit ("" for none); absolute lengths are in points."""

    value: float
    unit: str = ""


def _reckoned(nodes: Iterable[Node], decimals: int) -> Iterator[Node]:
    """The nodes with each mathematical function replaced by its value, if it has one."""
    for node in nodes:
        if node.type == "function" and node.lower_name in _MATH:
            try:
                yield from _components(_written(_value(node), decimals))
                continue
            except _NoSumError:
                pass
        inside = _inside(node)
        yield _with_inside(node, list(_reckoned(inside, decimals))) if inside else node


def _written(quantity: _Quantity, decimals: int) -> str:
    number = f"{quantity.value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{quantity.value:.0f}"
    return "0" if number in ("0", "-0") else number + quantity.unit


def _sum(nodes: Iterable[Node]) -> _Quantity:
    rest = deque(node for node in nodes if node.type != "whitespace")
    total = _product(rest)
    while rest:
        sign = {"+": 1, "-": -1}.get(_literal(rest.popleft()))
        if sign is None:
            raise _NoSumError("an operator is missing")
        _, term = _alike(total, _product(rest))
        total = _Quantity(total.value + sign * term.value, total.unit)
    return total


def _product(rest: deque[Node]) -> _Quantity:
    result = _value(rest.popleft() if rest else None)
    while rest and _literal(rest[0]) in ("*", "/"):
        operator = _literal(rest.popleft())
        factor = _value(rest.popleft() if rest else None)
        result = _times(result, factor) if operator == "*" else _over(result, factor)
    return result


def _times(left: _Quantity, right: _Quantity) -> _Quantity:
    if left.unit and right.unit:
        raise _NoSumError("two lengths do not multiply")
    return _Quantity(left.value * right.value, left.unit or right.unit)


def _over(left: _Quantity, right: _Quantity) -> _Quantity:
    if right.value == 0:
        raise _NoSumError("it divides by zero")
    if right.unit:
        _alike(left, right)
        return _Quantity(left.value / right.value)
    return _Quantity(left.value / right.value, left.unit)


def _alike(*quantities: _Quantity) -> tuple[_Quantity, ...]:
    """The quantities, if they have one unit in common."""
    units = {quantity.unit for quantity in quantities}
    if len(units) > 1:
        raise _NoSumError(" and ".join(sorted(unit or "plain numbers" for unit in units)) + " do not meet")
    return quantities


def _value(node: Node | None) -> _Quantity:
    if node is not None and node.type == "number":
        return _Quantity(node.value)
    if node is not None and node.type == "percentage":
        return _Quantity(node.value, "%")
    if node is not None and node.type == "dimension":
        factor = POINTS.get(node.lower_unit)
        return _Quantity(node.value * factor, "pt") if factor else _Quantity(node.value, node.lower_unit)
    if node is not None and node.type == "() block":
        return _sum(node.content)
    if node is not None and node.type == "function" and node.lower_name in _MATH:
        return _function(node)
    raise _NoSumError("a number is missing")


def _function(node: Node) -> _Quantity:
    arguments = _arguments(node.arguments)
    rounding = "nearest"
    if node.lower_name == "round" and _text(arguments[0]) in _ROUNDINGS:
        rounding = _text(arguments.pop(0))
    quantities = _alike(*map(_sum, arguments))
    match node.lower_name, [quantity.value for quantity in quantities]:
        case "calc", [value]:
            pass
        case "min", [_, *_] as values:
            value = min(values)
        case "max", [_, *_] as values:
            value = max(values)
        case "clamp", [least, wanted, most]:
            value = max(least, min(wanted, most))
        case "round", [wanted, step] if step > 0:
            # A quotient that ought to be whole is seldom quite whole: 33 lines must not become 32.
            value = _ROUNDINGS[rounding](round(wanted / step, 9)) * step
        case name, values:
            raise _NoSumError(f"{name}() does not take {len(values)} values")
    return _Quantity(value, quantities[0].unit)


def _arguments(nodes: Iterable[Node]) -> list[list[Node]]:
    """The arguments of a function, between its commas."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if _literal(node) == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


# ---- nodes ---------------------------------------------------------------------------------------

_SPACE = WhitespaceToken(0, 0, " ")


def _top(css: str) -> list[Node]:
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _block(content: list[Node]) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


@lru_cache(maxsize=1024)
def _components(value: str) -> tuple[Node, ...]:
    # Kept, for the same few tokens stand in most values.
    return tuple(tinycss2.parse_component_value_list(value, skip_comments=True))


def _text(nodes: Sequence[Node]) -> str:
    """The nodes written out on one line, without the space around them. (One that is escaped belongs to its name.)"""
    tidy = [_SPACE if node.type == "whitespace" else node for node in nodes if node.type != "comment"]
    while tidy and tidy[-1] is _SPACE:
        tidy.pop()
    while tidy and tidy[0] is _SPACE:
        tidy.pop(0)
    text: str = tinycss2.serialize(tidy)
    return text


def _literal(node: Node) -> str:
    return node.value if node.type == "literal" else ""


def _is_function(node: Node, name: str) -> bool:
    return bool(node.type == "function" and node.lower_name == name)


def _inside(node: Node) -> list[Node]:
    """The nodes between a function's or a parenthesis' brackets, else none."""
    if node.type == "function":
        return list(node.arguments)
    return list(node.content) if node.type == "() block" else []


def _with_inside(node: Node, inside: list[Node]) -> Node:
    if node.type == "function":
        return FunctionBlock(node.source_line, node.source_column, node.name, inside)
    return ParenthesesBlock(node.source_line, node.source_column, inside)
