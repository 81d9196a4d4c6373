r"""The styles inside a drawing, without the addresses in them, and in a form that checkers can parse.

Imports tinycss2: only a tokenizer sees through CSS's escapes (`u\72l(…)` is an address too). It judges no
property and no value: what names another file becomes `none`, and what no browser can parse goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import IdentToken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinycss2.ast import Node

_RASTER = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)

ADDRESS_FUNCTIONS = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"}
"""The functions in which a string is an address (CSS Values 4 §4.5, Images 4 §2)."""

_GROUPS = {"media", "supports", "keyframes"}
_OF_NO_EFFECT = {"charset", "namespace"}


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an escape can stand for, and no XML can hold (XML 1.0 §2.2)."""


def sheet(css: str, left_out: list[str]) -> str:
    """A style sheet, a rule a line. What went of it is added to `left_out`."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    written = (_rule(rule, left_out) for rule in rules)
    return "\n".join(rule for rule in written if rule and not _NO_XML.search(rule))


def value(css: str, left_out: list[str]) -> str:
    """An attribute's value, or the declarations of a `style` attribute. Where nothing had to go, the text
    comes back as it was."""
    if not re.search(r"[(\\]", css):
        return css
    found: list[str] = []
    kept = _kept(tinycss2.parse_component_value_list(css, skip_comments=True), found)
    left_out += found
    if not found:
        return css
    written = str(tinycss2.serialize(kept))
    return "" if _NO_XML.search(written) else written


def leads_outside(address: str) -> bool:
    """Whether an address is neither a place in the drawing nor a PNG or JPEG written out."""
    return not (address.strip().startswith("#") or _RASTER.fullmatch(address.strip()))


def reference(address: str) -> str:
    """An address as the list of what was left out names it."""
    address = " ".join(address.split())
    return f"a reference to “{address if len(address) <= 40 else address[:39] + '…'}”"


def _rule(rule: Node, left_out: list[str]) -> str:
    if rule.type == "qualified-rule":
        # Outside brackets a selector has no strings: this is something else that has lost its head.
        is_selector = not any(each.type in {"string", "url"} or each == ";" for each in rule.prelude)
        return _block(rule, _declarations(rule.content, left_out)) if is_selector else ""
    if rule.type != "at-rule":
        return ""
    if rule.lower_at_keyword in _GROUPS and rule.content:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        return _block(rule, "".join(_rule(each, left_out) for each in inner))
    if rule.lower_at_keyword == "font-face" and rule.content:
        return _block(rule, _declarations(rule.content, left_out))
    if rule.lower_at_keyword not in _OF_NO_EFFECT:
        left_out.append(f"an @{rule.lower_at_keyword}")
    return ""


def _block(rule: Node, content: str) -> str:
    """The rule written out; nothing where it says nothing, or cannot be parsed."""
    head = _text(rule.prelude)
    if rule.type == "at-rule":
        head = f"@{rule.lower_at_keyword} {head}" if head else f"@{rule.lower_at_keyword}"
    return f"{head}{{{content}}}" if head and content and _is_sound(rule.prelude) else ""


def _declarations(content: Iterable[Node], left_out: list[str]) -> str:
    written = []
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and _is_sound(each.value):
            said = _text(_kept(each.value, left_out))
            if said:
                name = tinycss2.serialize_identifier(each.name)
                written.append(f"{name}:{said}{'!important' if each.important else ''}")
    return ";".join(written)


def _text(nodes: Iterable[Node]) -> str:
    """The tokens written out, without the space around them. (A space that is escaped belongs to its name.)"""
    inner = list(nodes)
    while inner and inner[-1].type == "whitespace":
        inner.pop()
    while inner and inner[0].type == "whitespace":
        inner.pop(0)
    return str(tinycss2.serialize(inner))


def _is_sound(nodes: Iterable[Node]) -> bool:
    """Whether every checker can parse these: nothing unclosed, no block and no rule inside a value."""
    return all(
        node.type not in {"error", "{} block", "at-keyword"} and _is_sound(getattr(node, inside, ()))
        for node in nodes
        for inside in ("content", "arguments")
    )


def _kept(nodes: Iterable[Node], found: list[str]) -> list[Node]:
    """The tokens, each address that leads outside replaced."""
    kept: list[Node] = []
    for node in nodes:
        if outside := next(filter(leads_outside, _addresses(node)), None):
            found.append(reference(outside))
            kept.append(IdentToken(node.source_line, node.source_column, "none"))
        else:
            for inside in ("content", "arguments"):
                if hasattr(node, inside):
                    setattr(node, inside, _kept(getattr(node, inside), found))
            kept.append(node)
    return kept


def _addresses(node: Node) -> list[str]:
    if node.type == "url":
        return [node.value]
    if node.type == "function" and node.lower_name in ADDRESS_FUNCTIONS:
        return [each.value for each in node.arguments if each.type == "string"]
    return []
