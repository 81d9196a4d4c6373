"""Which rules are asked at a character: only those that can begin with it.

Imports only markdown-it-py. markdown-it asks every rule at every line and at every mark, in their order; most
can tell by its first character that it is not theirs. Here one look into a table says so for all of them. The
order stays, and so does what is parsed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from markdown_it.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

RuleT = TypeVar("RuleT", bound=Callable[..., bool])

BLOCK_MARKS = {
    "attributes": "{", "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*+-0123456789", "reference": "[",
    "footnote_def": "[", "heading": "#", "line_block": "|", "comment": "<",
}  # fmt: skip
"""What a line begins with, behind its indent, where one of these rules may hold. Any other rule holds anywhere."""

INLINE_MARKS = {
    "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~", "emphasis": "*_", "link": "[",
    "image": "!", "note_inline": "^", "footnote_ref": "[", "span": "[", "autolink": "<", "html_inline": "<",
    "entity": "&", "attributes": "{",
}  # fmt: skip
"""The same for what stands in a line."""


class _MarkedRuler(Ruler[RuleT]):
    """A ruler whose chains are one rule each, which asks those that its chain has for this place."""

    marks: Mapping[str, str]

    def __init__(self, ruler: Ruler[RuleT]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__

    def __compile__(self) -> None:
        super().__compile__()
        chains = self.__cache__ or {}
        self.__cache__ = {name: [self.choice(*self._table(rules))] for name, rules in chains.items()}

    def choice(self, at_mark: Mapping[str, list[RuleT]], elsewhere: list[RuleT]) -> RuleT:
        """A rule that asks those at the mark where it is called, or at any other character `elsewhere`."""
        raise NotImplementedError

    def _table(self, rules: list[RuleT]) -> tuple[dict[str, list[RuleT]], list[RuleT]]:
        names = {id(rule.fn): rule.name for rule in self.__rules__}
        own = [(rule, self.marks.get(names[id(rule)])) for rule in rules]
        at_mark = {
            mark: [rule for rule, marks in own if marks is None or mark in marks]
            for mark in "".join(marks for _, marks in own if marks)
        }
        return at_mark, [rule for rule, marks in own if marks is None]


class BlockRuler(_MarkedRuler["RuleFuncBlockType"]):
    """The ruler of blocks, which looks at a line's first character."""

    marks = BLOCK_MARKS

    def choice(
        self, at_mark: Mapping[str, list[RuleFuncBlockType]], elsewhere: list[RuleFuncBlockType]
    ) -> RuleFuncBlockType:
        """As described there."""

        def block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
            at = state.bMarks[line] + state.tShift[line]
            for rule in at_mark.get(state.src[at : at + 1], elsewhere):  # noqa: SIM110  # twice as fast
                if rule(state, line, end, silent):
                    return True
            return False

        return block


class InlineRuler(_MarkedRuler["RuleFuncInlineType"]):
    """The ruler of what stands in a line, which looks at the character that is next."""

    marks = INLINE_MARKS

    def choice(
        self, at_mark: Mapping[str, list[RuleFuncInlineType]], elsewhere: list[RuleFuncInlineType]
    ) -> RuleFuncInlineType:
        """As described there."""

        def inline(state: StateInline, silent: bool) -> bool:
            for rule in at_mark.get(state.src[state.pos], elsewhere):  # noqa: SIM110  # twice as fast
                if rule(state, silent):
                    return True
            return False

        return inline
