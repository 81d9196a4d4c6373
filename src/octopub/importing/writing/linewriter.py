"""What stands inside a block becomes Markdown.

Imports `importing.draft`, `escape` and `braces`. Marks are Markdown's own where they would
be read as marks, otherwise raw HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Call, Image, Span, Text
from octopub.importing.writing import escape
from octopub.importing.writing.braces import braces, fit, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.importing.draft import Inline

_SAFE_KEY = re.compile(r"[\w.-]+")
_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_FORMS = {
    "em": "<em>{words}</em>",
    "strong": "<strong>{words}</strong>",
    "s": "<s>{words}</s>",
    "sub": "<sub>{words}</sub>",
    "sup": "<sup>{words}</sup>",
    "small-caps": "[{words}]{{.smallcaps}}",
    "lang": "[{words}]{{lang={value}}}",
}
_BRACKETED = frozenset({"link", "lang", "small-caps", "span"})
_MARK = re.compile(r'(?<!\\)"')
_ONLY_CALL = re.compile(r"(?:^|\n)\[\^[^\[\]]*\]\Z")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_PLAIN_LINK = re.compile(r"[^\s()<>\\]+")


@dataclass(frozen=True, slots=True)
class Where:
    """Where text stands."""

    folder: str = ""
    """Is put before the names of images."""
    is_set: bool = False
    """Whether it has its typography and its spaces, so that nothing in it may change."""
    linked: bool = False
    in_table: bool = False
    soft: bool = False
    """Whether a line break cannot be written as one (in headings, tables, verse)."""


def label(key: str) -> str:
    """A note's key as its label in Markdown."""
    return (
        key
        if _SAFE_KEY.fullmatch(key)
        else "".join(each if each.isalnum() else "-" for each in key) or "note"
    )


def text(inside: Iterable[Inline], where: Where) -> str:
    """A block's text on one line (but for the breaks that were meant)."""
    written = _pieces(inside, where)
    if where.is_set:
        return "\n".join(map(escape.edges, written.split("\n")))
    return written


def _pieces(inside: Iterable[Inline], where: Where) -> str:
    parts = list(inside)
    written = ""
    for index, each in enumerate(parts):
        behind = parts[index + 1] if index + 1 < len(parts) else None
        if isinstance(each, Break) and where.is_set and behind is None:
            written += "<br>"
            continue
        if isinstance(each, Text):
            written += _words(each.text, where, written, _begins_bracket(behind))
        else:
            written += _inline(each, where, written, _first_letter(behind))
    if where.is_set:
        return written
    if "  " in written or "\t" in written:
        written = _SPACES.sub(" ", written)
    return "\n".join(line.strip(" \t") for line in written.split("\n"))


def _first_letter(each: Inline | None) -> str:
    match each:
        case Text(text=words):
            return words[:1]
        case Span(inside=inside):
            return _first_letter(inside[0]) if inside else ""
        case Call():
            return "["
        case _:
            return ""


def _begins_bracket(each: Inline | None) -> str:
    """The signs that may not stand before what is written here: they would make another thing of its bracket."""
    if isinstance(each, Call):
        return "^"
    return "^!" if isinstance(each, Span) and each.mark in _BRACKETED else ""


def _inline(each: Call | Break | Image | Span, where: Where, before: str, behind: str) -> str:
    match each:
        case Call(key=key):
            return f"[^{label(key)}]"
        case Break():
            if where.is_set and not before:
                return "<br>"
            return ("<br>" if where.in_table or where.soft else "\\\n") if before else ""
        case Image():
            return image(each, where, alone=False)
        case Span():
            return _span(each, where, before, behind)


def _words(said: str, where: Where, before: str, forbidden: str) -> str:
    """Plain words. At their edges nothing may be read as one with the brackets and braces beside them."""
    said = re.sub(r"\s*\n\s*", " ", said) if "\n" in said else said
    words = escape.words(said, linked=where.linked, in_table=where.in_table, is_set=where.is_set)
    if words[-1:] and words[-1] in forbidden and words[-2:-1] != "\\":
        words = f"{words[:-1]}\\{words[-1]}"
    if words.startswith("{") and before.endswith(("]", ")", "`")):
        words = f"\\{words}"
    if words.startswith("(") and before.endswith("]"):
        words = f"\\{words}"
    if words.startswith(":") and _ONLY_CALL.search(before):
        words = f"\\{words}"
    return words


def _span(span: Span, where: Where, before: str, behind: str) -> str:
    """Marked words; the blanks at their ends stand outside."""
    inner = replace(where, linked=where.linked or span.mark in _BRACKETED, soft=where.soft or where.is_set)
    if span.mark == "code":
        written = "".join(each.text for each in span.inside if isinstance(each, Text))
        return _code(written, where) + braces(span.attributes)
    words = _pieces(span.inside, inner)
    if where.is_set:
        return _marked(span, words, before[-1:], behind[:1])
    raw = "".join(each.text for each in span.inside if isinstance(each, Text))
    lead = " " if raw[:1].isspace() else ""
    tail = " " if raw[-1:].isspace() and len(raw) > 1 else ""
    if not words.strip():
        return lead or tail
    return lead + _marked(span, words, (before + lead)[-1:], (tail + behind)[:1]) + tail


def _marked(span: Span, words: str, before: str, behind: str) -> str:
    """Words in their marks; in raw HTML where Markdown's own would not be read as marks."""
    if span.mark == "link":
        return f"[{words}]({_address(span.value)}){braces(span.attributes)}"
    if span.mark == "span" and words and span.attributes and fit(span.attributes):
        return f"[{words}]{braces(span.attributes)}"
    if span.mark in ("span", "raw"):
        name = span.value or span.mark
        return f"{tag(name, span.attributes)}{words}</{name}>"
    if span.mark in _MARKS and _would_open(words, before, behind):
        return f"{_MARKS[span.mark]}{words}{_MARKS[span.mark]}"
    return _FORMS.get(span.mark, "{words}").format(words=words, value=span.value)


def _address(address: str) -> str:
    return address if _PLAIN_LINK.fullmatch(address) else f"<{address.replace(' ', '%20')}>"


def _would_open(words: str, before: str, behind: str) -> bool:
    """Whether marks around these words are read as emphasis (CommonMark 0.31 §6.2): never beside another mark,
    nor where punctuation inside meets a letter outside."""
    if not words or words[0].isspace() or words[-1].isspace():
        return False
    if before in ("*", "_", "~") or behind in ("*", "_", "~") or words[0] in "*_~" or words[-1] in "*_~":
        return False
    opens = words[0].isalnum() or not before or not before.isalnum()
    closes = words[-1].isalnum() or not behind or not behind.isalnum()
    return opens and closes


def _code(code: str, where: Where) -> str:
    code = code.replace("\n", " ")
    if not code.strip():
        return f"`{code}`" if code and where.is_set else code
    fence = "`" * max((len(run) + 1 for run in re.findall(r"`+", code)), default=1)
    space = " " if code.startswith(("`", " ")) or code.endswith(("`", " ")) else ""
    return f"{fence}{space}{code.replace('|', chr(92) + '|') if where.in_table else code}{space}{fence}"


def image(image: Image, where: Where, *, alone: bool) -> str:
    """An image; its caption is a title, and only one that is alone in its paragraph can have one."""
    caption = text(image.caption, replace(where, soft=True))
    path = _address(f"{where.folder}{image.name}")
    words = escape.words(image.alternative, linked=True, is_set=where.is_set)
    given = braces(image.attributes) or ("" if words or where.is_set else "{.decorative}")
    if alone:
        return f"![{words}]({path}{_title(caption)}){given}"
    return f"![{words}]({path}){given}" + (f" {caption}" if caption else "")


def _title(caption: str) -> str:
    """A caption between marks that do not stand in it, as far as there are such: within them a backslash would
    be another thing."""
    if not caption:
        return ""
    if '"' not in caption:
        return f' "{caption}"'
    if "'" not in caption:
        return f" '{caption}'"
    if "(" not in caption and ")" not in caption:
        return f" ({caption})"
    escaped = _MARK.sub('\\\\"', caption)
    return f' "{escaped}"'
