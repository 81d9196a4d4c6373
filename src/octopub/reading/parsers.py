"""markdown-it's two parsers, taught to note where each token begins.

Imports markdown-it-py and `reading.rulers`. markdown-it records lines for blocks and nothing for what stands
in them; only the loops that call its rules know more. They change nothing in what is parsed, except that one
limit of nesting holds for inline texts within one another (a note in a note, the words of an image).

A block leaves with `meta["at"]`, its offset in the manuscript, behind the markup of the blocks around it. Its
text leaves with `meta["starts"]`: for each of its lines the offset in the text and in the manuscript. An
inline token leaves with `meta["at"]`, its offset in that text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from octopub.reading.rulers import BlockRuler, InlineRuler

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

LEVEL = "inline level"
"""Key of the parser's environment: how deep in one another the inline texts stand."""

_MARK = re.compile(r"[\n\\`~*_\[\]<&{!^](?:(?<=[^!^])|(?=\[))")
"""Where something else than text may begin, or end: markdown-it stops at every mark that a plugin might want."""


class SpannedBlock(ParserBlock):
    """The block parser, which also notes where each block and each line of its text begins."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = BlockRuler(self.ruler)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  # theirs
        """As the parser's own, and gives each new token its place.

        What a container leaves of a line stands in the state only while the container is open: so the
        innermost call, which comes first, is the one that knows.
        """
        known = len(state.tokens)
        super().tokenize(state, startLine, endLine)
        marks = 0
        for token in state.tokens[known:]:
            if token.map and "at" not in token.meta:
                line = token.map[0]
                token.meta["at"] = state.bMarks[line] + state.tShift[line]
                if token.type == "inline":
                    token.meta.setdefault("starts", _starts(token, state, marks))
            marks = len(token.markup) if token.markup.startswith("#") else 0


def _starts(text: Token, state: StateBlock, marks: int) -> list[tuple[int, int]]:
    """Where the lines of a block's text begin: in it, and in the manuscript, behind a heading's marks."""
    assert text.map is not None
    starts, done = [], 0
    for number, line in enumerate(text.content.split("\n"), text.map[0]):
        words = line.strip()
        begin = state.bMarks[number] + state.tShift[number] + marks
        starts.append(
            (done + line.find(words), max(state.src.find(words, begin, state.eMarks[number]), begin))
        )
        done += len(line) + 1
    return starts


class SpannedState(StateInline):
    """The state of an inline text, which also keeps where its brackets close."""

    def __init__(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.labels: dict[int, tuple[int, bool]] = {}
        """Opening bracket → the one that closes it (-1 if none does), and whether a link stands between."""
        self.no_links: set[int] = set()
        """Opening brackets of calls and of words with attributes, which may stand in a link."""


def link_label(state: SpannedState, start: int, disableNested: bool = False) -> int:  # noqa: N803  # theirs
    """markdown-it's `parseLinkLabel`: where the bracket that opens at `start` is closed; -1 if it is not, or if
    a link stands inside and none may.

    markdown-it looks to the end of the text for each bracket anew, which takes minutes for a text of a few
    thousand; here one look finds the ends of all brackets that it passes.
    """
    if start not in state.labels:
        _close_labels(state, start)
    end, has_link = state.labels[start]
    return -1 if end >= state.posMax or (disableNested and has_link) else end


def _close_labels(state: SpannedState, start: int) -> None:
    before = state.pos
    waiting = [start]
    linked = 0  # so many of those that wait have a link inside
    state.pos = start + 1
    while waiting and state.pos < state.posMax:
        at, mark = state.pos, state.src[state.pos]
        if mark == "]":
            opening = waiting.pop()
            state.labels[opening] = at, linked > len(waiting)
            linked = min(linked, len(waiting))
            state.pos += 1
            continue
        state.md.inline.skipToken(state)
        if mark == "[" and state.pos == at + 1:
            waiting.append(at)
        elif mark == "[" and (at not in state.no_links or state.labels.get(at, (at, False))[1]):
            linked = len(waiting)
    state.labels.update(dict.fromkeys(waiting, (-1, False)))
    state.pos = before


class SpannedInline(ParserInline):
    """The inline parser, which also notes where each token begins: at its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = InlineRuler(self.ruler)
        self.terminator_re = _MARK

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        """As the parser's own, but a text inside another begins at that one's level."""
        if src and not _MARK.search(src) and env.get(LEVEL, 0) < md.options["maxNesting"]:
            tokens.append(Token("text", "", 0, content=src, meta={"at": 0}))
            return tokens
        state = SpannedState(src, md, env, tokens)
        outer = state.level = env.get(LEVEL, 0)
        self.tokenize(state)
        env[LEVEL] = outer
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As the parser's own, and sets `meta["at"]` of each new token."""
        rules = self.ruler.getRules("")
        tokens, end = state.tokens, state.posMax
        text_at = state.pos
        if state.level >= state.md.options["maxNesting"]:
            state.append_pending(state.src[state.pos : end])
            state.pos = end
        while state.pos < end:
            at, known = state.pos, len(tokens)
            text_waits = bool(state.pending)
            if not text_waits:
                text_at = at
            state.env[LEVEL] = state.level + 1
            for rule in rules:
                if rule(state, False):
                    break
            else:
                state.append_pending(state.src[at])
                state.pos += 1
            for index in range(known, len(tokens)):
                # What was waiting is the first; an inner call has given its tokens their places.
                is_text = text_waits and index == known
                tokens[index].meta.setdefault("at", text_at if is_text else at)
        if state.pending:
            state.pushPending().meta["at"] = text_at


def relevel(state: StateInline) -> None:
    """In place of markdown-it's `fragments_join`: set the levels anew, as that does, but leave the pieces
    of text apart, each with its own place."""
    level = 0
    for token in state.tokens:
        if token.nesting < 0:
            level -= 1
        token.level = level
        if token.nesting > 0:
            level += 1
