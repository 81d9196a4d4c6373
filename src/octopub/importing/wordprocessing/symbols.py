"""Symbols that word processors write as a font's own characters, as the letters that they show.

Imports mammoth's table of such fonts.
"""

from __future__ import annotations

import re

from mammoth.docx.dingbats import dingbats

_PRIVATE = re.compile("[\uf000-\uf0ff]")
_OF_FONTS = 0xF000
"""Where Word keeps the characters of fonts that have no letters."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def symbol(font: str, code: int) -> str:
    """The character that a font shows for a code; `UNKNOWN` where that is its own secret."""
    found = dingbats.get((font, code)) or dingbats.get((font, code & 0xFF))
    if found:
        return chr(found)
    if _OF_FONTS <= code <= _OF_FONTS + 0xFF or not 0x20 <= code < 0xD800:
        return UNKNOWN
    return chr(code)


def shown(text: str, font: str) -> str:
    """A text in such a font, as it is shown."""
    return _PRIVATE.sub(lambda found: symbol(font, ord(found[0])), text)
