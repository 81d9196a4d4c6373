"""From a text in Markdown to tokens that can become a tree: placed, judged and set.

Imports the parser and the parts of `reading` that work on tokens. Resolves nothing: where a link leads and
what a call calls is for `reading.book` to find out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from octopub.reading import dialects, figures, losses, notes, raw, spans
from octopub.reading.typesetting import set_type

if TYPE_CHECKING:
    from markdown_it.token import Token

    from octopub.diagnostics import Diagnostic
    from octopub.model import Source
    from octopub.reading.markdown import Markdown
    from octopub.reading.typography import Quotes

_NOT_LINE_FEED = re.compile(r"[^\n]")


class Text(NamedTuple):
    """A text's tokens, and what is wrong with them."""

    tokens: list[Token]
    diagnostics: list[Diagnostic]
    is_whole: bool = True
    """False where it is nested too deep to go on with."""


class Setting(NamedTuple):
    """Whose typography a text gets: its language, and the quotation marks that stand in for that one's."""

    lang: str
    quotes: Quotes | None


def parse(source: Source, begin: int, parser: Markdown, setting: Setting | None) -> Text:
    """The tokens of the text from the offset `begin` on: each with its place, figures formed, raw HTML
    settled, and the typography of the language applied, if it is to be set."""
    env: dict[str, Any] = {}
    # Blanks in place of what stands before it, so that its offsets are the file's.
    blank = _NOT_LINE_FEED.sub(" ", source.text[:begin])
    tokens = parser.parse(blank + source.text[begin:], env)
    tokens = figures.form(tokens, parser, env, source)
    spans.place(tokens, source)
    if deep := spans.too_deep(tokens, source):
        return Text(tokens, deep, is_whole=False)
    found = list(losses.find(tokens, env, source))
    languages = [setting.lang if setting else ""]
    for token in tokens:
        if token.nesting > 0:
            languages.append(str(token.attrs.get("lang", languages[-1])))
        elif token.nesting < 0:
            languages.pop()
        elif token.type == "inline":
            token.children = token.children or []
            found += dialects.judge(token, source)
            found += _settle(token.children, source)
            if setting:
                set_type(token.children, languages[-1], setting.quotes)
        elif token.type == "image":
            found += _settle([token], source)
            if setting:
                set_type([token], languages[-1], setting.quotes)
    # Tags that are kept nest as well, now that they are settled.
    if "<" in source.text and (deep := spans.too_deep(tokens, source)):
        return Text(tokens, deep, is_whole=False)
    return Text(_without_empty(tokens), found)


def _without_empty(tokens: list[Token]) -> list[Token]:
    """The tokens without the paragraphs that held nothing but tags which are not kept."""
    empty = {
        index
        for index, token in enumerate(tokens)
        if token.type == "inline"
        and tokens[index - 1].type == "paragraph_open"
        and all(
            child.type in ("text", "softbreak") and not child.content.strip(" \n")
            for child in token.children or ()
        )
    }
    gone = {index + step for index in empty for step in (-1, 0, 1)}
    return [token for index, token in enumerate(tokens) if index not in gone] if gone else tokens


def _settle(tokens: list[Token], source: Source) -> list[Diagnostic]:
    """Judge the text of one block, and settle the tags in it."""
    return [*notes.malformed(tokens, source), *raw.settle(tokens, source)]
