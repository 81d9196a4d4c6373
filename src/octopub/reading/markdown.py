"""The one parser set-up: CommonMark and what octopub adds to it.

Imports markdown-it-py, its plugins, `reading.parsers`, `reading.rules` and `reading.braces`. Parses only: it
resolves nothing, judges nothing and reads no file. Every token leaves here with its place: block tokens with
their lines (markdown-it's own `map`), inline tokens as `reading.parsers` says.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt, helpers
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from octopub.reading import braces, rules
from octopub.reading.parsers import SpannedBlock, SpannedInline, link_label, relevel

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it.token import Token

NESTING_LIMIT = 100
"""Levels of blocks and inline markup that may stand in one another. markdown-it drops what lies deeper
without a word, so reaching it is an error (`reading.spans.too_deep`)."""

OPTIONS = {"maxNesting": NESTING_LIMIT, "store_labels": True}
"""With its labels stored, a link tells which definition it uses."""


class Markdown(MarkdownIt):
    """The parser. One instance may parse any number of texts: it keeps nothing of them."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.inline, self.block = SpannedInline(), SpannedBlock()
        self.helpers = SimpleNamespace(  # type: ignore[assignment]  # theirs is the module
            parseLinkLabel=link_label,
            parseLinkDestination=helpers.parseLinkDestination,
            parseLinkTitle=helpers.parseLinkTitle,
        )
        self.configure("commonmark", OPTIONS)
        self.enable(["table", "strikethrough"])
        # A source has its line feeds and no other ends of lines, and none of the characters that XML forbids.
        self.disable(["normalize", "text_join", "html_block"])
        self.inline.ruler2.at("fragments_join", relevel)
        self._add_blocks()
        self._add_inline()

    def _add_blocks(self) -> None:
        block = self.block.ruler
        block.at("table", rules.table, {"alt": ["paragraph", "reference"]})
        footnote_plugin(self, inline=False, move_to_end=False, always_match_refs=True)
        deflist_plugin(self)
        block.before("fence", "attributes", braces.before_block)
        # Not among what ends a table ("blockquote"): its rows begin as lines of verse do.
        block.before("paragraph", "line_block", rules.line_block, {"alt": ["paragraph"]})
        block.before("paragraph", "comment", rules.comment, {"alt": ["paragraph", "blockquote"]})
        self.core.ruler.after("block", "block_attributes", braces.settle_blocks)
        self.core.ruler.after("block_attributes", "heading_attributes", braces.at_heading)

    def _add_inline(self) -> None:
        inline = self.inline.ruler
        inline.after("image", "note_inline", rules.inline_note)
        inline.at("footnote_ref", rules.note_call)
        inline.at("autolink", rules.autolink)
        # Behind the calls: braces make no span of one.
        inline.after("footnote_ref", "span", braces.span)
        inline.push("attributes", braces.behind_inline)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # markdown-it's own name
        """Every address is a link at first: markdown-it would print a bad one as text, silently;
        `reading.links` judges them, with their place."""
        return True

    def inline_tokens(self, text: str, env: MutableMapping[str, Any]) -> list[Token]:
        """The tokens of a stretch of inline Markdown (a caption, an imprint line)."""
        tokens: list[Token] = []
        self.inline.parse(text, self, env, tokens)
        return tokens
