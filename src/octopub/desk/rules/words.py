"""Doubled words: `the the`.

Imports `desk.rules.passage`. Words that are twice in a row on purpose are left alone: where grammar does it (`had
had`, German `die die`), names (`Bora Bora`), what is said three times, and every word of languages that double words
to say “very” or “many”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

_DOUBLED = re.compile(r"(?<![\w’'\-–—])([^\W\d_][\w’']*)[^\S\u2028]+(\1)(?![\w’'\-–—]|\.\w)(?!\s+\1\b)", re.IGNORECASE)

DOUBLING = frozenset(
    "az ban bn fil haw hi hy id ilo jv ka kk km ky mi mr ms ne pa rw si sm su sw ta te th tk tl to tr ur uz vi".split()
)
"""Languages in which a word said twice is a word of its own."""

EMPHATIC = frozenset(["it"])
LITTLE = 3
"""Languages that say “very” so as well, but with words of more letters than these alone (`piano piano`)."""

SOUNDS = frozenset("ah aye bla blah bum etc ecc ha he hi ho hm hush knock la na oh tick toc tra tut".split())
"""What is said twice in any language."""

MEANT = {
    "en": "had that her you do is his can so no very bye ha hear there well now long far many really poor dear please",
    "de": "die der das den dem sie sich es zu was wer so ja sehr wir ihr hat mit da an aus vor nach nein ganz viel",
    "fr": "nous vous très non oui bien trop si la le les en plus ci faire voilà",
    "es": "muy no sí ya bien mucho así poco se",
    "it": "si via man piano molto quasi così poco assai pian or ben no sì appena tanto subito",
    "pt": "se muito não sim já bem logo quase nos",
    "nl": "die dat zij ze het u heel is had een de",
    "sv": "det som den har är på i för till och så nej ja av",
    "da": "det der den som er på i for til så nej ja af har",
    "nb": "det som den er på i for til så nei ja av har",
    "fi": "ei se on ja niin oli",
    "pl": "nie tak bardzo coraz",
    "cs": "ne ano se si je to",
    "ru": "что и не то да нет еле чуть очень где так его их",
    "uk": "що і не то так ні ледь дуже де його їх",
    "el": "σιγά να που λίγο πολύ πρώτα κάτω γύρω άκρη όχι ναι",
    "hu": "az a nem is",
    "he": "לאט אט יום כן לא הוא היא הם מי אחד אחת שניים שתיים שנים זוג שוב מעט קצת מאוד הרבה טוב היטב דור איש פעם סוף",
    "ar": "جدا جدًا جداً رويدا رويدًا رويداً نعم لا كلا",
    "ko": "하나",
}
"""What stands twice in a row without being a slip, by language."""


def doubled(copy: Copy, passage: Passage) -> Iterator[Diagnostic]:
    """A word that stands twice in a row, be it on two lines."""
    if copy.tongue in DOUBLING or passage.block == "verse_line":
        return
    meant = SOUNDS.union(MEANT.get(copy.tongue, "").split())
    for found in _DOUBLED.finditer(passage.text):
        first, second = found.groups()
        if first.lower() in meant or passage.has_markup(*found.span()) or _is_said_again(passage.text, found):
            continue
        if copy.tongue in EMPHATIC and len(first) > LITTLE:
            continue
        if len(first) == 1 and (first == second.upper() or "." in passage.text[found.end() : found.end() + 1]):
            continue  # a symbol, or an initial
        if second[0].isupper():
            continue  # a name, or words and the title behind them (`see section Section 4`)
        yield copy.mark(Code.DOUBLED_WORD, passage, found.start(), found.end(), word=first)


def _is_said_again(text: str, found: re.Match[str]) -> bool:
    """Whether the word stands before these two as well: three times is on purpose."""
    before = text[: found.start()].rstrip().casefold()
    word = found[1].casefold()
    return before.endswith(word) and not before[: -len(word)][-1:].isalnum()
