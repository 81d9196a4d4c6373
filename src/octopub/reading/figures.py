"""Figures: an image alone in its paragraph, with the image's title as caption.

Imports `model` and the parser. Works on the token stream as the parser leaves it, before anything in it has
its place in the manuscript: the paragraph becomes `figure_open, image, caption_open, inline, caption_close,
figure_close`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from octopub.model import Source
    from octopub.reading.markdown import Markdown

_TITLE = re.compile(r"""(?<=\s)(?=("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))""", re.DOTALL)
"""Whatever may be a title, also where it stands within something else that may be one."""

OF_FIGURE = ("id", "class", "lang", "dir")
"""Attributes of an image that are its figure's."""


def form(tokens: list[Token], parser: Markdown, env: MutableMapping[str, Any], source: Source) -> list[Token]:
    """The tokens, each paragraph that is one image made a figure."""
    formed: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].type == "paragraph_open" and (image := _only_image(tokens[index + 1])):
            caption = _caption(image, tokens[index + 1], env, source)
            if caption:
                caption.children = parser.inline_tokens(caption.content, env)
                _unescape(caption)
            formed += _figure(tokens[index], tokens[index + 1], image, caption)
            index += 3
        else:
            formed.append(tokens[index])
            index += 1
    return formed


def _unescape(caption: Token) -> None:
    """A quotation mark that is escaped because the same kind delimits the title is one like others."""
    for token in caption.children or ():
        if token.type == "text_special" and token.markup == f"\\{caption.markup}":
            token.type = "text"


def _only_image(inline: Token) -> Token | None:
    seen = [token for token in inline.children or () if token.type != "text" or token.content.strip()]
    return seen[0] if len(seen) == 1 and seen[0].type == "image" else None


def _figure(paragraph: Token, inline: Token, image: Token, caption: Token | None) -> list[Token]:
    """The figure's tokens. Id and classes belong to the figure, whichever of the two carried them."""
    opening = Token("figure_open", "figure", 1, dict(paragraph.attrs), paragraph.map)
    opening.meta["at"] = paragraph.meta["at"]
    for name in OF_FIGURE:
        if name in image.attrs:
            old, new = opening.attrs.get(name), image.attrs.pop(name)
            opening.attrs[name] = f"{old} {new}" if old and name == "class" else new
    image.meta["starts"] = inline.meta["starts"]
    closing = Token("figure_close", "figure", -1)
    if caption is None:
        return [opening, image, closing]
    begin, end = Token("caption_open", "figcaption", 1), Token("caption_close", "figcaption", -1)
    begin.meta["starts"] = caption.meta["starts"]
    return [opening, image, begin, caption, end, closing]


def _caption(image: Token, inline: Token, env: MutableMapping[str, Any], source: Source) -> Token | None:
    """The image's title as a text of its own, still to be parsed.

    It is looked up as it is written: markdown-it has taken the backslashes out of it, and would read what
    they protect as markup.
    """
    title = str(image.attrs.pop("title", ""))
    if not title.strip():
        return None
    starts: list[tuple[int, int]] = inline.meta["starts"]
    if found := _written(title, inline.content, image.meta["at"]):
        starts = [(offset - found[1], origin) for offset, origin in starts]
    elif "label" in image.meta:
        first, last = env["references"][image.meta["label"]]["map"]
        begin, end = source.lines[first], source.lines[last] if last < len(source.lines) else len(source.text)
        found = _written(title, source.text[begin:end], 0)
        starts = [(0, begin + found[1])] if found else starts
    text = Token("inline", "", 0, content=found[0] if found else title)
    text.markup = found[2] if found else ""
    text.meta["starts"] = starts
    return text


def _written(title: str, text: str, at: int) -> tuple[str, int, str] | None:
    """The title as it is written in the text from `at` on, where its first letter is, and what delimits it."""
    for found in _TITLE.finditer(text, at):
        written = found[1][1:-1]
        if unescapeAll(written) == title:
            return written, found.start(1) + 1, found[1][0]
    return None
