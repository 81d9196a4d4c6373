"""The words that octopub adds to a book, in the book's language.

Imports `markup.vocabulary`, `markup.wordlists`, and `reading.languages` for how a language tag is
resolved. Every language of that table has its words; any other has English ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.markup.vocabulary import Words
from octopub.markup.wordlists import WORDS
from octopub.reading.languages import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WORDS", "Words", "join_names", "lookup"]


def lookup(tag: str) -> Words:
    """The words for a BCP 47 tag; English ones for a language without."""
    return WORDS[resolve(tag, WORDS) or "en-GB"]


def join_names(names: Sequence[str], words: Words) -> str:
    """The names in a row, as running text joins them: "A, B and C". Empty if there are none."""
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    comma = "," if words.serial_comma and len(names) > 2 else ""
    and_ = words.and_
    if words.and_before and re.match(words.and_before[0], last):
        and_ = words.and_before[1]
    return ", ".join(others) + comma + and_ + last
