"""What would be lost without a word: the parser drops it, or no book can show it.

Imports `diagnostics`, `model`, and the parser's `rules` and `braces` for what they noted. Works on the tokens
of a whole text; changes nothing, except that a character that XML forbids becomes U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.braces import HOMELESS
from octopub.reading.notes import NOT_A_LABEL, not_a_note
from octopub.reading.source import FORBIDDEN, locate, name
from octopub.reading.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from octopub.model import Source
    from octopub.reading.rules import Cell

REMARKS = ("#", "")
"""Addresses of definitions that are remarks: `[//]: # (not for print)`."""


def find(tokens: Sequence[Token], env: Mapping[str, Any], source: Source) -> Iterator[Diagnostic]:
    """Complaints about all that is lost in these tokens; `env` is what the parser noted beside them."""
    for token in tokens:
        if surplus := token.meta.get("surplus"):
            yield _surplus(token, surplus, source)
    used = set[str]()
    for token in tokens:
        if token.children or token.type == "image":
            yield from _inside(token, used, source)
    yield from _unused(used, env, source)
    for text, at in env.get(HOMELESS, ()):
        place = locate(source, at, at + len(text))
        yield complain(Code.ATTRIBUTE_UNKNOWN, place, source.path, name=text, nearest=": no block follows")


def _surplus(row: Token, cells: Sequence[Cell], source: Source) -> Diagnostic:
    """A row with more cells than its table has columns."""
    columns = row.meta["columns"]
    text = " | ".join(cell.text for cell in cells)
    place = locate(source, cells[0].at, cells[-1].at + len(cells[-1].text))
    found = columns + len(cells)
    return complain(Code.TABLE_CELLS, place, source.path, found=found, columns=columns, text=text)


def _inside(token: Token, used: set[str], source: Source) -> Iterator[Diagnostic]:
    """What is lost in the text of a block, and in the texts within it."""
    if token.type in ("link_open", "image") and "label" in token.meta:
        used.add(token.meta["label"])
    for child in token.children or ():
        title = child.attrs.get("title")
        if title and child.type in ("link_open", "image"):
            yield _title(child, str(title), source)
        elif child.type in ("text", "text_special") and FORBIDDEN.search(child.content):
            yield complain(
                Code.CONTROL_CHARACTER, span(child, source), source.path, character=name(child.content)
            )
            child.content = FORBIDDEN.sub("\ufffd", child.content)
        if child.children or "label" in child.meta:
            yield from _inside(child, used, source)


def _title(token: Token, title: str, source: Source) -> Diagnostic:
    if token.type == "image":
        what = "image"
        instead = (
            "put the image alone into its paragraph, where its title is the caption, or delete the title"
        )
    else:
        what, instead = "link", "put it into the text or into a note, or delete it"
    return complain(
        Code.TITLE_UNUSED, span(token, source), source.path, title=title, what=what, instead=instead
    )


def _unused(used: set[str], env: Mapping[str, Any], source: Source) -> Iterator[Diagnostic]:
    """Definitions of addresses (`[label]: address`) that no link uses, and later ones for the same label."""
    once = [(label, definition, "") for label, definition in env.get("references", {}).items()]
    again = [(each["label"], each, " a second time") for each in env.get("duplicate_refs", ())]
    for label, definition, second in once + again:
        first = definition["map"][0]
        line = source.text[source.lines[first] :].split("\n", 1)[0]
        at = source.lines[first] + max(line.find("["), 0)
        place = locate(source, at, source.lines[first] + len(line))
        written = line[line.find("[") + 1 : line.find("]:")]
        if label.startswith("^"):
            yield not_a_note(source, at, *NOT_A_LABEL)
        elif definition["href"] not in REMARKS and (second or label not in used):
            yield complain(Code.DEFINITION_UNUSED, place, source.path, label=written, again=second)
