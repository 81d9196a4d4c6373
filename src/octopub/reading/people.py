"""Who had a part in the book, and what it is about: the keys of the front matter that Pandoc gives a structure.

Imports `model`, `reading.keys` and `reading.values`. A person is a text, or a group of `text` (or `name`), `role` and
`file-as`; a subject a text, or a group of `text`, `authority` and `term`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.model import Person
from octopub.reading import values
from octopub.reading.keys import line
from octopub.reading.values import UnfitError
from octopub.reading.yamltree import Mapping

if TYPE_CHECKING:
    from collections.abc import Mapping as ReadOnly

    from octopub.reading.keys import Keys
    from octopub.reading.yamltree import Node

AUTHOR, TRANSLATOR = "aut", "trl"


class Involved(NamedTuple):
    """All who had a part in the book."""

    authors: tuple[str, ...]
    translators: tuple[str, ...]
    others: tuple[Person, ...]
    sort_names: ReadOnly[str, str]


def involved(keys: Keys) -> Involved:
    """What `author`, `creator`, `translator` and `contributor` say."""
    sort_names: dict[str, str] = {}

    def people(key: str, usual: str, *, is_creator: bool = False) -> tuple[Person, ...]:
        return keys.values(key, lambda node: _person(keys, key, node, usual, sort_names, is_creator=is_creator))

    found = (
        *people("author", AUTHOR, is_creator=True),
        *people("creator", AUTHOR, is_creator=True),
        *people("translator", TRANSLATOR),
        *people("contributor", ""),
    )
    return Involved(
        tuple(each.name for each in found if each.role == AUTHOR),
        tuple(each.name for each in found if each.role == TRANSLATOR),
        tuple(each for each in found if each.role not in (AUTHOR, TRANSLATOR)),
        sort_names,
    )


def _person(
    keys: Keys, key: str, node: Node, usual: str, sort_names: dict[str, str], *, is_creator: bool
) -> Person:
    """A person, with the role that the key stands for where none is given."""
    if not isinstance(node, Mapping):
        return Person(line(node), usual, is_creator)
    inner = keys.inside(key, node)
    text, name = inner.line("text", str), inner.line("name", str)
    role = inner.line("role", values.role)
    sort_name = inner.line("file-as", str)
    inner.close()
    name = name or text
    if name is None:
        raise UnfitError("it has no name", "`name: …`")
    if sort_name:
        sort_names[name] = sort_name
    return Person(name, role or usual, is_creator)


def subjects(keys: Keys) -> tuple[tuple[str, ...], ReadOnly[str, tuple[str, str]]]:
    """What the book is about, and which of that has a code in a scheme (EPUB 3.3 §5.5.3.2.4)."""
    terms: dict[str, tuple[str, str]] = {}
    found = keys.values("subject", lambda node: _subject(keys, node, terms))
    return (*found, *keys.values("keywords", line)), terms


def _subject(keys: Keys, node: Node, terms: dict[str, tuple[str, str]]) -> str:
    if not isinstance(node, Mapping):
        return line(node)
    inner = keys.inside("subject", node)
    text = inner.line("text", str)
    authority, term = inner.line("authority", values.authority), inner.line("term", str)
    inner.close()
    if text is None:
        raise UnfitError("it has no text", "`text: …`")
    if bool(inner.node("authority")) != bool(inner.node("term")):
        raise UnfitError("a scheme and a code belong together", "`authority: …` and `term: …`")
    if authority and term:
        terms[text] = authority, term
    return text
