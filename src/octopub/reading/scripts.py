"""Whether a text is written in a script that its language is written in.

Imports nothing of octopub. It knows the languages whose script is not Latin, and those that are read and set most; of
others it says nothing.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING
from unicodedata import name

if TYPE_CHECKING:
    from collections.abc import Iterable

SAMPLE = 4_000
"""So many letters tell a text's script."""

LEAST = 40
"""Fewer tell nothing."""

MOST = 0.6
"""With more than this share of them in other scripts it is not the language's."""

_BY_SCRIPT = {
    "LATIN": "af ca cs cy da de en es et eu fi fr ga gl hr hu id is it la lt lv ms mt nb nl nn no pl pt ro sk sl sq "
    "sv sw tl tr vi",
    "CYRILLIC": "be bg kk ky mk mn ru tg uk",
    "GREEK": "el grc",
    "HEBREW": "he iw yi",
    "ARABIC": "ar fa ps ur",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi mr ne sa",
    "THAI": "th",
}
_SCRIPT_OF = {language: script for script, languages in _BY_SCRIPT.items() for language in languages.split()}
_BY_TAG = {"latn": "LATIN", "cyrl": "CYRILLIC", "grek": "GREEK", "hebr": "HEBREW", "arab": "ARABIC"}


def unfit(texts: Iterable[str], tag: str) -> str | None:
    """The name of the script that most of a text (given in pieces) is written in, where its language is written in
    another one."""
    language, *rest = tag.lower().split("-")
    written = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    expected = _BY_TAG.get(written) if written else _SCRIPT_OF.get(language)
    counted = Counter(map(_script, islice(filter(str.isalpha, chain.from_iterable(texts)), SAMPLE)))
    total = counted.total()
    if expected is None or total < LEAST or counted[expected] >= (1 - MOST) * total:
        return None
    return max(counted, key=lambda script: counted[script]).capitalize()


def _script(letter: str) -> str:
    """The script of a letter, as Unicode names it: the first word of its name."""
    return name(letter, "UNKNOWN").partition(" ")[0]
