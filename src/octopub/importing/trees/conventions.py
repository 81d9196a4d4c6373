"""What people write around notes and texts in the languages that octopub is asked for most.

Imports nothing of octopub. Lists and the questions that they answer.
"""

from __future__ import annotations

import re

_NOTES_HEADINGS = frozenset(
    "notes|note|footnotes|endnotes|references|references and notes|notes and references|citations"
    "|anmerkungen|fußnoten|fussnoten|endnoten|einzelnachweise|anmerkungen und einzelnachweise"
    "|notes et références|notes de bas de page|références|notas|notas al pie|referencias|notas y referencias"
    "|note a piè di pagina|note e riferimenti|riferimenti|notas de rodapé|referências|notas e referências"
    "|примечания|сноски|комментарии|further notes".split("|")
)


def is_notes_heading(text: str) -> bool:
    """Whether a heading stands over notes (`Notes [edit]` is one as well)."""
    words = re.sub(r"\[[^\]]*\]", "", text).strip(" .:").casefold()
    return " ".join(words.split()) in _NOTES_HEADINGS
