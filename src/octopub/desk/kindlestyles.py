"""What a project's own stylesheets must not do on a Kindle.

Imports `diagnostics` and `markup`. The clauses are those of `desk.kindle`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, complain
from octopub.markup.styles import FILES, rules_of
from octopub.model import Target
from octopub.reading.project import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octopub.diagnostics import Diagnostic
    from octopub.markup.css import Rule

BODY = frozenset({"*", "html", "body", "p", "div", "p + p"})
"""What selects the running text."""

_NUMBER = re.compile(r"(?<![\w.#-])(-?\d*\.?\d+)([a-z%]*)")
_FIXED = frozenset({"px", "pt", "cm", "mm", "in", "pc", "q"})
_SIDED = ("margin", "padding")
_STARTS = ("-left", "-right", "-inline-start", "")
_PICTURE = re.compile(r"\b(img|svg|hr)\b")

LARGEST_INDENT = 4.0
"""Ems."""


class Fault(NamedTuple):
    """Why a declaration does not do, by which clause, and what to do."""

    problem: str
    clause: str
    remedy: str


def style_rules(stylesheets: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What is against the guidelines in a project's own stylesheets for the e-book."""
    for name in FILES[Target.EPUB]:
        if name in stylesheets:
            for selector, declaration, fault in _faults(rules_of(name, stylesheets)):
                yield complain(
                    Code.KINDLE_STYLE,
                    None,
                    f"{STYLES}/{name}",
                    selector=selector,
                    declaration=declaration,
                    **fault._asdict(),
                )


def _faults(rules: tuple[Rule, ...]) -> Iterator[tuple[str, str, Fault]]:
    for rule in rules:
        if not rule.head.startswith(("@page", "@font-face")):
            yield from _faults(rule.inner)
            for name, value in rule.declarations:
                if fault := _fault(rule, name, value):
                    yield rule.head, f"{name}: {value}", fault


def _fault(rule: Rule, name: str, value: str) -> Fault | None:
    """What is wrong with a declaration: the first that is."""
    numbers = [(float(number), unit) for number, unit in _NUMBER.findall(value)]
    is_body = any(each.strip() in BODY for each in rule.head.split(","))
    least = min((number for number, _ in numbers), default=0.0)
    if name.startswith(_SIDED) and least < 0 and _padding(rule, name.removeprefix("margin")) >= -least:
        return None
    if name.startswith((*_SIDED, "line-height")) and least < 0:
        return Fault("what is negative may be cut off at the screen's edge", "6.2", "take a positive value")
    if name == "text-indent" and numbers:
        return _indent(rule, *numbers[0])
    if name.startswith(_SIDED) and any(unit in _FIXED and number for number, unit in numbers):
        return Fault("it does not grow with the type", "10.3.5", "write it in em or %")
    if name == "height" and not _PICTURE.search(rule.head) and numbers:
        return Fault("text of a larger size runs over what follows", "10.3.3", "leave it out")
    return _of_body(name, value, numbers) if is_body else None


def _indent(rule: Rule, number: float, unit: str) -> Fault | None:
    """A first line may hang only into white that is there."""
    if number < 0:
        if max(_padding(rule, side) for side in _STARTS) < -number:
            return Fault("the first line may be cut off at the screen's edge", "6.2", "add as much padding")
    elif unit == "em" and number > LARGEST_INDENT:
        return Fault("that is more than 4 em", "10.3.3", "indent it less")
    return None


def _padding(rule: Rule, side: str) -> float:
    """The padding on a side (`-left`), in whatever unit: where the negative value beside it has another, so be it."""
    found = (_NUMBER.match(value) for name, value in rule.declarations if name == f"padding{side}")
    return max((float(each[1]) for each in found if each), default=0.0)


def _of_body(name: str, value: str, numbers: list[tuple[float, str]]) -> Fault | None:
    """The running text is the reader's: size, leading, colours and weight."""
    forced = name in ("line-height", "color", "background", "background-color") or (
        name == "font-size" and numbers not in ([(1.0, "em")], [(100.0, "%")])
    )
    if forced and value not in ("inherit", "normal", "transparent", "none", "currentcolor"):
        return Fault("the running text is the reader's to set", "10.3.2", "leave it out")
    if (name, value) in (("font-weight", "bold"), ("font-style", "italic")):
        return Fault("the running text is neither bold nor italic throughout", "10.3.2", "leave it out")
    return None
