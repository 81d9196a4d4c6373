"""The language of a text, told by its commonest words.

Imports nothing of octopub. It knows the languages whose notes and headings `importing` knows, and a few more;
of a text that is too short, or in another language, it says nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMON = {
    "en": "the of and to in that is was it for with as his on be at by had not are but from which this they",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más o pero sus",
    "it": "di e che la il un per non una in del è con si le dei da della al sono gli nel alla più anche",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das",
    "ru": "и в не на что с по он как но это к из у за то же от я его все а она так о",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als maar dan bij uit nog naar",
    "pl": "w i na z się do nie że to jest o jak za od po ale przez dla są przy oraz był który co",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}

ENOUGH = 8
"""So many common words must be there, and a third more than of any other language."""


def is_known(tag: str) -> bool:
    """Whether the words of this language are known here."""
    return tag.lower().split("-")[0] in _COMMON


def language_of(words: Iterable[str]) -> str | None:
    """The tag of the language that these words, all in small letters, are in."""
    counted = Counter(words)
    scores = {tag: sum(counted[word] for word in common) for tag, common in _WORDS.items()}
    best, second = sorted(scores, key=lambda tag: -scores[tag])[:2]
    return best if scores[best] >= ENOUGH and scores[best] * 3 >= scores[second] * 4 else None
