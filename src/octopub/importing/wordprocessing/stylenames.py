"""What the styles of word processors mean, by their names: one table for Word's and OpenDocument's files.

Imports nothing. Word stores the names of its own styles in English, whatever language it speaks; other programs
store what they show, so the commonest names of headings, titles and quotations are known in other languages too.
"""

from __future__ import annotations

import re

_KINDS = {
    "title": "title|titel|titre|título|titolo|название|tytuł",
    "subtitle": "subtitle|untertitel|sous-titre|subtítulo|sottotitolo|подзаголовок",
    "author": "author|autor|auteur|autore",
    "date": "date|datum",
    "quote": "quote|intense quote|quotations|quotation|block text|block quotation|blockquote|block quote|zitat"
    "|intensives zitat|blockzitat|citation|citation intense|cita|cita destacada|citazione|citazione intensa"
    "|citação|citação intensa|citaat|цитата|выделенная цитата|cytat",
    "epigraph": "epigraph|epigraf|épigraphe",
    "verse": "verse|poetry|poem|line block",
    "caption": "caption|image caption|illustration|figure|drawing|beschriftung|légende|leyenda"
    "|didascalia|название объекта",
    "code": "preformatted text|html preformatted|source code|code block|plain text code",
    "toc": "toc heading|contents heading|index heading|table of figures|table of authorities",
    "rule": "horizontal line",
    "term": "definition term|definition term tight|list heading",
    "definition": "definition|definition definition|definition definition tight|list contents",
}
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names.split("|")}
_CHARACTERS = {
    "emphasis": "em", "intense emphasis": "em", "subtle emphasis": "em",
    "strong emphasis": "strong", "strong": "strong",
    "source text": "code", "html code": "code", "verbatim char": "code", "teletype": "code",
}  # fmt: skip
_HEADING = re.compile(
    r"(?:heading|header|überschrift|titre|título|titolo|kop|заголовок|rubrik|overskrift|nagłówek|nadpis|otsikko)"
    r"[ _]?([1-9])"
)
_CONTENTS = re.compile(r"(?:toc|contents|index|verzeichnis) [1-9]")
LEVELS = 6
"""Levels of headings; deeper ones are of the deepest."""


def kind_of(name: str) -> str:
    """What a paragraph with a style of this name is: `title`, `subtitle`, `author`, `date`, `quote`, `epigraph`,
    `verse`, `caption`, `code`, `toc`, `rule`, `term`, `definition`; `""` for any other."""
    folded = _folded(name)
    return "toc" if _CONTENTS.fullmatch(folded) else _BY_NAME.get(folded, "")


def level_of(name: str) -> int:
    """The level of a heading with a style of this name; 0 where it is none."""
    found = _HEADING.fullmatch(_folded(name))
    return min(int(found[1]), LEVELS) if found else 0


def mark_of(name: str) -> str:
    """The mark of words with a character style of this name; `""` for none."""
    return _CHARACTERS.get(_folded(name), "")


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split())
