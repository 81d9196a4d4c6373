"""What the parts of a language tag say: the direction of reading, and which row of a table is meant.

Imports nothing of octopub. `langtag` says which tags are well-formed; here every text is taken for one.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_STANDS_FOR = {
    "en": "en-US", "en-AU": "en-GB", "en-IE": "en-GB", "en-IN": "en-GB", "en-NZ": "en-GB", "en-ZA": "en-GB",
    "de-LI": "de-CH", "pt": "pt-PT", "nn": "nb", "no": "nb",
}  # fmt: skip
"""Tags whose row is not simply that of their language."""

_FROM_THE_RIGHT = frozenset("ar arc ckb dv fa he iw ks lad nqo pnb ps sd syr ug ur yi".split())
_SCRIPTS_FROM_THE_RIGHT = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa".split())


def direction(tag: str) -> str:
    """`rtl` for a language that is read from the right, or a script that is (`az-Arab`); else `ltr`."""
    language, *rest = _subtags(tag)
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    from_the_right = script in _SCRIPTS_FROM_THE_RIGHT if script else language in _FROM_THE_RIGHT
    return "rtl" if from_the_right else "ltr"


def resolve(tag: str, rows: Collection[str]) -> str | None:
    """The row that a BCP 47 tag means: the language with its region, else the language by itself.

    Case, script and whatever follows the region do not count (RFC 4647 §3.4, but for the script).
    None if there is no row.
    """
    language, *rest = _subtags(tag)
    region = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    for candidate in (f"{language}-{region}", language):
        row = _STANDS_FOR.get(candidate, candidate)
        if row in rows:
            return row
    return None


def _subtags(tag: str) -> list[str]:
    """The parts of the tag in lower case, up to extensions and private use."""
    return list(takewhile(lambda part: len(part) > 1, tag.lower().split("-"))) or [""]
