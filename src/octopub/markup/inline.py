"""Inline nodes → elements: text, emphasis, links, images.

Imports `markup.table` and `reading.attributes` for what a width may be. A link's target and an image's file
are in the nodes (`reading`) and the `Setting`; nothing is looked up here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.markup.table import classes, common, renders, write
from octopub.reading.attributes import WIDTH

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.markup.scribe import Scribe


@renders("inline")
def inline_text(scribe: Scribe, node: Node) -> None:
    """The text of a block, where nothing else stands around it."""
    write(scribe, node.children)


@renders("text", "text_special")
def text(scribe: Scribe, node: Node) -> None:
    """Plain text."""
    if "edits" in node.meta and (scribe.is_print or scribe.breaks):
        _edited_text(scribe, node)
    else:
        scribe.text(node.content, node.meta["at"])


def _edited_text(scribe: Scribe, node: Node) -> None:
    """Text that the typography changed: each stretch between two edits has its own place."""
    origin, done, grown = node.meta["at"], 0, 0
    for edit in node.meta["edits"]:
        start = edit.start + grown
        scribe.text(node.content[done:start], origin + done - grown)
        done = start + len(edit.replacement)
        scribe.text(node.content[start:done], origin + edit.start)
        grown += len(edit.replacement) - (edit.end - edit.start)
    scribe.text(node.content[done:], origin + done - grown)


@renders("softbreak")
def softbreak(scribe: Scribe, _: Node) -> None:
    """A line's end in the manuscript: a space."""
    scribe.text("\n")


@renders("hardbreak")
def hardbreak(scribe: Scribe, _: Node) -> None:
    """A line's end that the author wants."""
    scribe.add("br")


@renders("code_inline")
def code(scribe: Scribe, node: Node) -> None:
    """Code in the line."""
    with scribe.element("code", common(node)):
        scribe.text(node.content, node.meta.get("words at"))


@renders("em", "strong", "s", "span", "raw")
def span(scribe: Scribe, node: Node) -> None:
    """Emphasis, words with attributes, and the raw elements that are kept."""
    with scribe.element(*wrapper(scribe, node)):
        write(scribe, node.children)


@renders("link")
def link(scribe: Scribe, node: Node) -> None:
    """A link; where it leads nowhere, its text."""
    tag, attributes = wrapper(scribe, node)
    if tag == "span" and not any(attributes.values()):
        write(scribe, node.children)
        return
    with scribe.element(tag, attributes):
        write(scribe, node.children)
        end_link(scribe, node)


def end_link(scribe: Scribe, node: Node) -> None:
    """What a reference says besides its own text: its target's words, the number of its page."""
    scribe.text(node.meta.get("words", ""))
    page = scribe.setting.page(node.meta.get("anchor", "")) if "page" in classes(node) else None
    if page:
        scribe.text("\N{NO-BREAK SPACE}")
        scribe.number(node.meta["anchor"], page)


def wrapper(scribe: Scribe, node: Node) -> tuple[str, dict[str, str | None]]:
    """The element around an inline node's children: its tag and attributes."""
    attributes = common(node)
    if node.type != "link":
        if node.type == "raw" and "title" in node.attrs:
            attributes["title"] = str(node.attrs["title"])
        return node.tag, attributes
    if "anchor" in node.meta:
        attributes["href"] = scribe.setting.address(node.meta["anchor"])
        names = ["page-reference" if name == "page" else name for name in classes(node)]
        attributes["class"] = " ".join(names) or None
    elif "address" in node.meta:
        attributes["href"] = node.meta["address"]
    return ("a" if "href" in attributes else "span"), attributes


@renders("image")
def image(scribe: Scribe, node: Node) -> None:
    """An image, in a figure or in the line."""
    attributes = {"src": scribe.setting.source(node.meta["resource"]), "alt": node.meta["alt"]} | common(node)
    width = str(node.attrs.get("width", ""))
    if WIDTH.fullmatch(width):
        attributes["style"] = f"width: {width}"
    if is_decorative(node):
        attributes["role"] = "presentation"
    scribe.picture(attributes, node.meta["at"])


def is_decorative(image: Node) -> bool:
    """Whether an image says nothing, and is meant to. One that nobody described is none."""
    carrier = image.parent if image.parent is not None and image.parent.type == "figure" else image
    return "decorative" in classes(carrier)
