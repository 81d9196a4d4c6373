"""Put the typography of the language into the text tokens of one block.

Imports `reading.typography` and `reading.languages`. The rules see a block's running text, whatever
markup stands in it; the edits they ask for are made in the text tokens here, each of which keeps the
edits made in it (`meta["edits"]`), so that every word can still be traced to its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.reading.languages import lookup
from octopub.reading.typography import Edit, apply, edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

OPAQUE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for whatever the rules may not look into: code, images, calls, addresses."""

TYPED_MARKS = frozenset("'\"-.")
_EDITED = ("text", "text_special", "softbreak")
_MAY_BE_ADDRESS = re.compile(r"[@:.][\w/]")
_ADDRESS = re.compile(
    r"""
    (?: https?:// | www\. | mailto: | doi: ) \S* [^\s.,;:!?)\]"'’”»]
    | (?<![\w.+-]) [\w.+-]++ @ [\w-]+ \. [\w.-]* \w
    """,
    re.VERBOSE,
)


class _Run(NamedTuple):
    """A text token's part of the running text."""

    start: int
    token: Token

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.start + len(self.token.content)


def set_type(tokens: Sequence[Token], lang: str, quotes: tuple[str, str, str, str] | None) -> None:
    """Apply the typography of `lang` to the inline tokens of one block, in place; of another language
    to what stands in `{lang=…}`. Inline notes are texts of their own."""
    seen: list[str] = []
    length = 0  # of what is seen
    runs: list[_Run] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        other = token.attrs.get("lang") if token.nesting > 0 else None
        if isinstance(other, str) and other != lang:
            end = partner(tokens, index)
            set_type(tokens[index + 1 : end], other, quotes if lookup(other) == lookup(lang) else None)
            seen.append(OPAQUE)
            length += 1
            index = end + 1
            continue
        if token.children:
            set_type(token.children, lang, quotes)
        if token.type == "softbreak":
            token.content = "\n"
        if token.type in _EDITED:
            runs.append(_Run(length, token))
        seen.append(seen_of(tokens, index))
        length += len(seen[-1])
        index += 1
    _edit(runs, edits("".join(seen), lookup(lang), quotes))


def partner(tokens: Sequence[Token], opening: int) -> int:
    """Where what opens here is closed again."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def seen_of(tokens: Sequence[Token], index: int) -> str:
    """What rules see of a token: its text as it is typed, addresses and whatever may not be looked into made opaque."""
    token = tokens[index]
    if token.nesting:
        return ""
    if token.type == "text":
        if index and tokens[index - 1].type == "link_open" and tokens[index - 1].markup == "autolink":
            return OPAQUE * len(token.content)
        if _MAY_BE_ADDRESS.search(token.content):
            return _ADDRESS.sub(lambda address: OPAQUE * len(address.group()), token.content)
        return token.content
    if token.type == "text_special":
        # What was escaped was meant as it is typed.
        return OPAQUE * len(token.content) if TYPED_MARKS.intersection(token.content) else token.content
    return {"softbreak": "\n", "hardbreak": "\N{LINE SEPARATOR}"}.get(token.type, OPAQUE)


def _edit(runs: Sequence[_Run], wanted: Sequence[Edit]) -> None:
    """Make the edits in the tokens: what an edit replaces may reach over several of them (`*"*`); its
    replacement then stands in the first."""
    by_run: dict[int, list[Edit]] = {}
    number = 0
    for start, end, mark in wanted:
        replacement = mark
        while runs[number].end <= start:
            number += 1
        touched = number
        while touched < len(runs) and runs[touched].start < end:
            run = runs[touched]
            local = Edit(max(start, run.start) - run.start, min(end, run.end) - run.start, replacement)
            by_run.setdefault(touched, []).append(local)
            replacement = ""
            touched += 1
    for index, local_edits in by_run.items():
        token = runs[index].token
        token.content = apply(token.content, local_edits)
        token.meta["edits"] = local_edits
        if token.type == "softbreak":
            token.type = "text"  # a space that must not break, in its place
