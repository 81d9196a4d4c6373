"""Language tags: which are well-formed, and how they are written.

Imports nothing of octopub. It knows the grammar and not the registry: `xx` passes. The one thing it
takes from the registry is that no language has ever had a subtag of four letters or more, so that
`english` does not pass.
"""

from __future__ import annotations

import re
from itertools import pairwise

# RFC 5646 §2.1, with the remark above; the grandfathered tags that this grammar does not cover follow.
_WELL_FORMED = re.compile(
    r"""
    [a-z]{2,3} (?:-[a-z]{3}){0,3}                       # language, extended language
    (?:-[a-z]{4})?                                      # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                         # region
    (?P<variants> (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))* )
    (?P<extensions> (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)* )
    (?:-x(?:-[a-z0-9]{1,8})+)?                          # private use
    | x(?:-[a-z0-9]{1,8})+
    | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    | en-gb-oed | sgn-(?:be-fr|be-nl|ch-de)
    | cel-gaulish | zh-(?:min|guoyu|hakka|min-nan|xiang) | no-(?:bok|nyn) | art-lojban
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def normalise(tag: str) -> str | None:
    """The tag with the case that RFC 5646 §2.1.1 recommends (`en-GB`, `zh-Hant`), or None if it is no
    well-formed tag (§2.2.9: a variant or an extension that stands twice makes it none)."""
    found = _WELL_FORMED.fullmatch(tag)
    if not found:
        return None
    variants = (found["variants"] or "").lower().split("-")[1:]
    singletons = re.findall(r"-([0-9a-z])(?=-)", (found["extensions"] or "").lower())
    if len(set(variants)) < len(variants) or len(set(singletons)) < len(singletons):
        return None
    return _recommended_case(tag.lower().split("-"))


def _recommended_case(subtags: list[str]) -> str:
    """Regions in capitals, scripts with one; behind a singleton, and at the beginning, neither."""
    written = subtags[:1]
    for before, subtag in pairwise(subtags):
        if len(before) == 1 or any(len(each) == 1 for each in written):
            written.append(subtag)
        elif len(subtag) == 2:
            written.append(subtag.upper())
        elif len(subtag) == 4:
            written.append(subtag.capitalize())
        else:
            written.append(subtag)
    return "-".join(written)
