"""A line is looked for in the beginning of what is left of a text.

Imports WeasyPrint, whose `split_first_line` it goes before. That breaks all that is left of a paragraph for each of
its lines, where a first guess at a line's letters does not fill one (vowel points and accents have no width) or its
next word has no end there (the narrowest column of a table): the time grows with the square of the text.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from octopub.pdf.fontset import FontSet
from octopub.pdf.release import digest

SOURCES = line_break, inline, preferred
KNOWN = "c736e77695db20632ef19807b2449126c5916ccd51ce791050fa600dc6b7115c"
"""The digest of these modules, which the mend leans on."""

LEAST, AN_EM, FURTHER = 64, 8, 4
"""So many letters are looked at, at the least; for each em of the measure; and so many times more if they do not do."""

_whole = line_break.split_first_line


def install() -> None:
    """Put the mend in, for octopub's documents, if it fits the WeasyPrint that is installed."""
    if digest(*SOURCES) == KNOWN:
        inline.split_first_line = preferred.split_first_line = _split


def _split(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any) -> Any:
    """The first line of a text, as `split_first_line`."""
    is_ours = isinstance(style.font_config, FontSet) and style["font_size"]
    if is_ours and max_width is not None and max_width != inf and style["white_space"] not in ("nowrap", "pre"):
        reach = max(LEAST, int(AN_EM * max_width / style["font_size"]))
        while reach < len(text):
            beginning = text[:reach]
            line = _whole(beginning, style, context, max_width, *rest, **options)
            if _goes_on(beginning, line[2], style):
                return line
            reach *= FURTHER
    return _whole(text, style, context, max_width, *rest, **options)


def _goes_on(text: str, resume_at: int | None, style: Any) -> bool:
    """Whether behind the line that ends at this byte of the text there is another place to break: then what follows
    the text makes no difference to the line."""
    if resume_at is None:
        return False
    return bool(line_break.can_break_text(text.encode()[resume_at:].decode(), style["lang"]))
