"""Figures: an image alone in its paragraph, with the image's title as caption.

Imports the parser and `reading.spans`. Works on the token stream before it becomes a tree: the
paragraph becomes `figure_open, image, caption_open, inline, caption_close, figure_close`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from octopub.reading.rules import advance

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from octopub.model import Source
    from octopub.reading.markdown import Markdown


def form(tokens: list[Token], parser: Markdown, env: MutableMapping[str, Any], source: Source) -> list[Token]:
    """The tokens, each paragraph that is one image made a figure."""
    formed: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].type == "paragraph_open" and (image := _only_image(tokens[index + 1])):
            formed += _figure(tokens[index], image, parser, env, source)
            index += 3
        else:
            formed.append(tokens[index])
            index += 1
    return formed


def _only_image(inline: Token) -> Token | None:
    seen = [token for token in inline.children or () if token.type != "text" or token.content.strip()]
    return seen[0] if len(seen) == 1 and seen[0].type == "image" else None


def _figure(
    paragraph: Token, image: Token, parser: Markdown, env: MutableMapping[str, Any], source: Source
) -> list[Token]:
    """The figure's tokens. Id and classes belong to the figure, whichever of the two carried them."""
    opening = Token("figure_open", "figure", 1, dict(paragraph.attrs), paragraph.map, paragraph.level)
    opening.meta = dict(paragraph.meta)
    for name in ("id", "class"):
        if name in image.attrs:
            old = opening.attrs.get(name)
            new = image.attrs.pop(name)
            opening.attrs[name] = f"{old} {new}" if old and name == "class" else new
    caption = str(image.attrs.pop("title", ""))
    middle = _caption(caption, image, parser, env, source) if caption.strip() else []
    return [opening, image, *middle, Token("figure_close", "figure", -1)]


def _caption(
    text: str, image: Token, parser: Markdown, env: MutableMapping[str, Any], source: Source
) -> list[Token]:
    at = max(source.text.find(text, image.meta["at"]), image.meta["at"])
    inline = Token("inline", "", 0, content=text, children=parser.inline_tokens(text, env))
    advance(inline.children or (), at)
    opening = Token("caption_open", "figcaption", 1)
    for token in (opening, inline):
        token.meta["at"] = at
    return [opening, inline, Token("caption_close", "figcaption", -1)]
