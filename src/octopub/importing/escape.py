r"""Plain words as Markdown: a backslash before what would be read as markup, and before nothing else.

Imports `reading.dialects`, whose warnings must not be raised by words that were never meant so. It works on one
text at a time: what stands at the beginning of a block is a matter of its own (`at_start`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from octopub.reading.dialects import HABITS

_ANY = re.compile(r"[\\`*_\[\]<>&~{|^$@!]")
_ALWAYS = re.compile(r"[\\`*]")
_SOMETIMES = {
    "_": re.compile(r"_(?<![^\W_]_)|_(?![^\W_])"),
    "~": re.compile(r"~(?=~)|~(?<=~~)"),
    "<": re.compile(r"<(?=[A-Za-z/!?])"),
    "&": re.compile(r"&(?=#?\w+;)"),
    "{": re.compile(r"\{(?=\S)"),
    "^": re.compile(r"\^(?=\[)"),
}
_BRACKET = re.compile(r"(?<![!\]^])\[(?![\^\[])(?P<inside>[^\[\]]*)\](?=[\s.,;!?)\"”’»…—–-]|[^\W_])")
_CONTENTS = frozenset({"toc", "TOC"})

_STARTS = tuple(
    map(
        re.compile,
        (
            r"#{1,6}(?=\s|$)",  # heading
            r">",  # quotation
            r"[-+](?=\s|$)|(?:[-_][ \t]*){3,}$|=+[ \t]*$",  # list, separator, underline
            r"~{3,}|:::|\+[-=]|\|",  # code, container, grid table, verse
            r"[:~](?=\s|$)",  # definition
        ),
    )
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_DEFINES = re.compile(r"\[[^\[\]]*\]:")


def words(text: str, *, linked: bool = False, in_table: bool = False) -> str:
    """A text with its escapes. `linked` says that it stands between brackets, where its own count too."""
    if not _ANY.search(text):
        return text
    forms = [_ALWAYS, *(form for sign, form in _SOMETIMES.items() if sign in text)]
    places = {found.start() for form in forms for found in form.finditer(text)}
    if "[" in text or "]" in text:
        places |= _brackets(text, linked)
    if in_table:
        places |= {at for at, each in enumerate(text) if each == "|"}
    for habit in HABITS:
        for found in habit.pattern.finditer(text) if habit.sign in text else ():
            at = found.start() + len(found[0]) - len(found[0].lstrip())
            places.add(at)
    bounds = [0, *sorted(places), len(text)]
    return "\\".join(text[begin:end] for begin, end in pairwise(bounds))


def _brackets(text: str, linked: bool) -> set[int]:
    """Brackets that could make a link, a note or marked words of what is none."""
    if linked:
        return {at for at, each in enumerate(text) if each in "[]"}
    harmless = {found.start() for found in _BRACKET.finditer(text) if found["inside"] not in _CONTENTS}
    return {at for at, each in enumerate(text) if each == "[" and at not in harmless}


def at_start(markdown: str) -> str:
    """A block's text, so that its first letters make no other block of it."""
    if number := _NUMBER.match(markdown):
        return f"{number[1]}\\{markdown[number.end(1) :]}"
    if _DEFINES.match(markdown) or any(form.match(markdown) for form in _STARTS):
        return f"\\{markdown}"
    return markdown


def heading_end(markdown: str) -> str:
    """A heading's text, so that number signs at its end stay."""
    found = re.search(r"(?:(?<=\s)|^)#+$", markdown)
    return f"{markdown[: found.start()]}\\{found[0]}" if found else markdown
