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
_TYPED = re.compile(
    r"""
    ['"] | -(?=-) | (?<=-)- | (?<=\s)-(?=\s) | (?<=[\divxlc])-(?=[\divxlc])  # dashes, and ranges
    | \.(?=\.) | (?<=\.)\.
    """,
    re.VERBOSE,
)
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


def words(text: str, *, linked: bool = False, in_table: bool = False, is_set: bool = False) -> str:
    """A text with its escapes. `linked` says that it stands between brackets, where its own count too; `is_set`
    that it has its typography: marks that the typography would change are escaped as well."""
    if not (_ANY.search(text) or (is_set and _TYPED.search(text))):
        return text
    forms = [_ALWAYS, *(form for sign, form in _SOMETIMES.items() if sign in text)]
    places = {found.start() for form in forms for found in form.finditer(text)}
    if is_set:
        places |= {found.start() for found in _TYPED.finditer(text)}
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


def edges(line: str) -> str:
    """A line, so that the spaces at its ends stay: reading takes them away unless they are named."""
    kept = line.strip()
    begin = len(line) - len(line.lstrip())
    named = [
        "".join(f"&#{ord(each)};" for each in side) for side in (line[:begin], line[begin + len(kept) :])
    ]
    return kept.join(named)


def at_start(markdown: str) -> str:
    """A block's text, so that the first letters of its lines make no other block of it."""
    return "\n".join(map(_line_start, markdown.split("\n")))


def _line_start(markdown: str) -> str:
    if number := _NUMBER.match(markdown):
        return f"{number[1]}\\{markdown[number.end(1) :]}"
    if _DEFINES.match(markdown) or any(form.match(markdown) for form in _STARTS):
        return f"\\{markdown}"
    return markdown


def heading_end(markdown: str) -> str:
    """A heading's text, so that number signs at its end stay."""
    found = re.search(r"(?:(?<=\s)|^)#+$", markdown)
    return f"{markdown[: found.start()]}\\{found[0]}" if found else markdown
