"""Which rules there are.

Imports the rules. Each looks at one passage, or at all of them where it compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.desk.rules.brackets import brackets
from octopub.desk.rules.calls import calls
from octopub.desk.rules.quotes import quotes_foreign, quotes_mixed, quotes_unpaired
from octopub.desk.rules.spacing import hyphens, spaces
from octopub.desk.rules.words import doubled
from octopub.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

    Rule = Callable[[Copy], Iterable[Diagnostic]]


def _everywhere(look: Callable[[Copy, Passage], Iterable[Diagnostic]]) -> Rule:
    """A rule that looks at each passage by itself."""

    def rule(copy: Copy) -> Iterator[Diagnostic]:
        for passage in copy.passages:
            yield from look(copy, passage)

    return rule


RULES: Mapping[Code, Rule] = {
    Code.DOUBLED_WORD: _everywhere(doubled),
    Code.QUOTES_MIXED: quotes_mixed,
    Code.QUOTES_FOREIGN: quotes_foreign,
    Code.QUOTE_UNPAIRED: quotes_unpaired,
    Code.BRACKET_UNPAIRED: brackets,
    Code.HYPHEN_FOR_DASH: _everywhere(hyphens),
    Code.SPACE_BEFORE_MARK: _everywhere(spaces),
    Code.NOTE_PLACING: calls,
}
"""Each rule by what it complains of."""


def judge(copy: Copy, ignored: Collection[str]) -> Iterator[Diagnostic]:
    """What the rules find, but for those that are turned off."""
    for code, rule in RULES.items():
        if code.slug not in ignored:
            yield from rule(copy)
