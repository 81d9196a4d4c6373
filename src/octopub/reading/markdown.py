"""The one parser set-up: CommonMark and what octopub adds to it.

Imports markdown-it-py, its plugins and `reading.rules`. Parses only: it resolves nothing, judges
nothing and reads no file. Every token leaves here with its place: block tokens with their lines
(markdown-it's own `map`), inline tokens with `meta["at"]`, the offset in their block's text where
they begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from octopub.reading import rules

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

NESTING_LIMIT = 100
"""Levels of blocks (and of inline markup) that may stand in one another. markdown-it drops what
lies deeper without a word, so reaching it is an error (`reading.spans.too_deep`)."""

WITH_ATTRIBUTES = ("image", "code_inline", "link_close", "span_close")


class SpannedInline(ParserInline):
    """markdown-it's inline parser, which also notes where each token begins.

    markdown-it records lines for blocks but nothing for inline tokens; the only place that knows is
    this loop, around the rules. The offset is that of the token's markup in the block's content.
    """

    def tokenize(self, state: StateInline) -> None:
        """As the parser's own, and sets `meta["at"]` of each new token."""
        inline_rules = self.ruler.getRules("")
        end = state.posMax
        limit = state.md.options["maxNesting"]
        text_at = state.pos
        while state.pos < end:
            at, known = state.pos, len(state.tokens)
            text_waits = bool(state.pending)
            if not text_waits:
                text_at = at
            if state.level < limit and any(rule(state, False) for rule in inline_rules):
                _place(state.tokens, known, text_at if text_waits else at, at)
            else:
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending().meta["at"] = text_at


def _place(tokens: list[Token], known: int, first: int, at: int) -> None:
    """Give the tokens from index `known` their place, where an inner call has not given one."""
    for index in range(known, len(tokens)):
        tokens[index].meta.setdefault("at", first if index == known else at)


def _relevel(state: StateInline) -> None:
    """In place of markdown-it's `fragments_join`: set the levels anew, as that does, but leave the
    pieces of text apart, each with its own place."""
    level = 0
    for token in state.tokens:
        if token.nesting < 0:
            level -= 1
        token.level = level
        if token.nesting > 0:
            level += 1


class Markdown(MarkdownIt):
    """The parser. One instance may parse any number of texts: it keeps nothing of them."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": NESTING_LIMIT})
        self.inline = SpannedInline()
        self.configure("commonmark", {"maxNesting": NESTING_LIMIT})
        self.enable(["table", "strikethrough"])
        self.disable(["text_join", "html_block"])
        self.inline.ruler2.at("fragments_join", _relevel)
        footnote_plugin(self, inline=False, move_to_end=False, always_match_refs=True)
        deflist_plugin(self)
        attrs_plugin(self, after=WITH_ATTRIBUTES, spans=True)
        attrs_block_plugin(self)
        self.inline.ruler.after("image", "note_inline", rules.inline_note)
        # Not among what ends a table ("blockquote"): its rows begin as lines of verse do.
        self.block.ruler.before("paragraph", "line_block", rules.line_block, {"alt": ["paragraph"]})
        self.block.ruler.before("paragraph", "comment", rules.comment, {"alt": ["paragraph", "blockquote"]})
        self.core.ruler.before("inline", "heading_attributes", rules.heading_attributes)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # markdown-it's own name
        """Every address is a link at first: markdown-it would print a bad one as text, silently;
        `reading.links` judges them, with their place."""
        return True

    def inline_tokens(self, text: str, env: MutableMapping[str, Any]) -> list[Token]:
        """The tokens of a stretch of inline Markdown (a caption, an imprint line)."""
        tokens: list[Token] = []
        self.inline.parse(text, self, env, tokens)
        return tokens
