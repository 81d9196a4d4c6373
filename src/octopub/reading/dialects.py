"""What other Markdown dialects write, and how it is written here: warning `not-supported`.

Imports `diagnostics`, `model` and `reading.spans`. Looks only at text that the parser left as text;
changes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from octopub.model import Source


class Habit(NamedTuple):
    """How another dialect writes something."""

    sign: str
    """Stands in every such thing."""
    pattern: re.Pattern[str]
    what: str
    instead: str


HABITS = (
    Habit(
        "@", re.compile(r"\[(?:[^\[\]]*[\s;])?-?@[\w][\w:.#$%&+?<>~/-]*[^\[\]]*\]"),
        "a citation", "write the source into a note, `[^label]` or `^[…]`",
    ),
    Habit(
        "\\", re.compile(r"\\(?:newpage|pagebreak|clearpage)\b"),
        "a page break", "write `{.newpage}` on a line before the block that begins the page",
    ),
    Habit(
        "\\", re.compile(r"\\[a-zA-Z]+\{"),
        "a LaTeX command", "use Markdown",
    ),
    Habit(
        "$", re.compile(r"\$\$[^$]+\$\$|(?<![\w$\\])\$[^\s$](?:[^$]*[^\s$])?\$(?![\d$])"),
        "a formula", "put a picture of it into the text, or write it with `<sub>` and `<sup>`",
    ),
    Habit(
        "[[", re.compile(r"\[\[[^\[\]]+\]\]"),
        "a wiki link", "write `[text](#anchor)`",
    ),
    Habit(
        "{", re.compile(r"(?<!\S)\{(?::\s?|[.#])[^{}]+\}|(?<=\S)\{(?::\s?[.#]?|[.#])[\w-]+\}"),
        "an attribute list", "write it on a line before the block, behind an empty line, or behind `[words]`",
    ),
    Habit(
        "[", re.compile(r"\A\[(?:toc|TOC)\]\Z"),
        "a place for the contents", "write `contents: true` under `octopub:` in the front matter",
    ),
    Habit(
        "[!", re.compile(r"\A\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"),
        "an alert", "write what it is in words",
    ),
)  # fmt: skip

BLOCK_HABITS = (
    Habit(
        ":::", re.compile(r":::+"),
        "a container", "write `{.class}` on a line before the block",
    ),
    Habit(
        "+", re.compile(r"\+[-=]{2,}[-=+]*\+\s*$", re.MULTILINE),
        "a grid table", "write a pipe table: `| a | b |`, then `|---|---|`",
    ),
)  # fmt: skip


def judge(token: Token, source: Source) -> list[Diagnostic]:
    """Warnings for the inline token of one block."""
    found = [
        _warning(habit, match.group().strip(), token.meta["at"], source)
        for habit in BLOCK_HABITS
        if habit.sign in token.content and (match := habit.pattern.match(token.content))
    ]
    habits = [habit for habit in HABITS if habit.sign in token.content]
    if habits:
        for text, places in _texts(token.children or ()):
            for habit in habits:
                found += [
                    _warning(habit, match.group(), places[match.start()], source)
                    for match in habit.pattern.finditer(text)
                ]
    return found


def _texts(tokens: Iterable[Token]) -> Iterable[tuple[str, list[int]]]:
    """The stretches of plain text with the source offset of each of their characters; whatever is not
    plain text ends a stretch, a line break is a space."""
    text, places = "", list[int]()
    for token in tokens:
        # A backslash that escapes nothing comes as a token of its own, with the letter behind it.
        if token.type in ("text", "softbreak") or (token.type == "text_special" and len(token.content) > 1):
            content = token.content or " "
            text += content
            places += range(token.meta["at"], token.meta["at"] + len(content))
            continue
        if text:
            yield text, places
        text, places = "", []
        if token.type == "note_inline":
            yield from _texts(token.children or ())
    if text:
        yield text, places


def _warning(habit: Habit, text: str, at: int, source: Source) -> Diagnostic:
    shown = text if len(text) <= 40 else text[:39] + "…"
    place = locate(source, at, at + len(text))
    return complain(
        Code.NOT_SUPPORTED, place, source.path, text=shown, what=habit.what, instead=habit.instead
    )
