"""Raw HTML: a short list of harmless inline elements is kept, of anything else only the text.

Imports `diagnostics`, `model` and `reading.spans`. Works on the inline tokens of one block, before
they become a tree: a pair of tags that nests rightly becomes a pair of tokens `raw_open`,
`raw_close`; a comment goes (it is the author's remark, no text); any other tag goes with a warning.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.reading.source import FORBIDDEN
from octopub.reading.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from octopub.model import Source

KEPT = frozenset(
    "abbr b bdi bdo cite del dfn em i ins kbd mark s samp small span strong sub sup u var".split()
)
KEPT_ATTRIBUTES = frozenset({"lang", "dir", "title", "id", "class"})

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*?)/?>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_NO_ELEMENT = re.compile(r"<([!?]\[?\w*)")
_CDATA = "<![CDATA["


def settle(tokens: list[Token], source: Source) -> list[Diagnostic]:
    """Settle every raw tag among the tokens of one text, and of the texts within it, in place."""
    found = [each for token in tokens if token.children for each in settle(token.children, source)]
    if not any(token.type == "html_inline" for token in tokens):
        return found
    gone: set[int] = set()
    open_at: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "html_inline":
            _settle_tag(tokens, index, open_at, gone, found, source)
        elif token.nesting > 0:
            open_at.append(index)
        elif token.nesting < 0:
            while tokens[last := open_at.pop()].type == "raw_open":
                _drop(tokens, last, gone, found, source)
    for index in open_at:
        _drop(tokens, index, gone, found, source)
    tokens[:] = _without(tokens, gone)
    return found


def _without(tokens: Sequence[Token], gone: set[int]) -> Iterator[Token]:
    """The tokens that stay; of the spaces on both sides of a tag that goes, one."""
    has_space, has_gap = True, False
    for index, token in enumerate(tokens):
        if index in gone:
            has_gap = True
            continue
        if has_gap and has_space and token.type == "text":
            begin = len(token.content) - len(token.content.lstrip(" "))
            token.content = token.content[begin:]
            token.meta["at"] += begin
        if token.type != "text" or token.content:
            has_space = token.type in ("softbreak", "hardbreak") or token.content.endswith(" ")
        has_gap = False
        yield token


def _settle_tag(
    tokens: list[Token],
    index: int,
    open_at: list[int],
    gone: set[int],
    found: list[Diagnostic],
    source: Source,
) -> None:
    """One tag: open it, close the innermost open one, or drop it."""
    token = tokens[index]
    tag = _TAG.fullmatch(token.content)
    if not tag:
        if not _settle_other(token, found, source):
            gone.add(index)
        return
    closing, name = bool(tag[1]), tag[2].lower()
    token.tag = name
    if name == "br" and not closing:
        token.type, token.tag = "hardbreak", "br"
    elif name not in KEPT:
        gone.add(index)
        if not closing:
            found.append(_not_kept(token, name, source))
    elif not closing:
        found.extend(_attributes(token, tag[3], source))
        token.type, token.nesting = "raw_open", 1
        open_at.append(index)
    elif open_at and tokens[open_at[-1]].type == "raw_open" and tokens[open_at[-1]].tag == name:
        token.type, token.nesting = "raw_close", -1
        open_at.pop()
    else:
        _drop(tokens, index, gone, found, source)


def _settle_other(token: Token, found: list[Diagnostic], source: Source) -> bool:
    """Something between angles that is no tag. Whether it stays: of CDATA the text does."""
    if token.content.startswith(_CDATA):
        token.type = "text"
        token.meta["at"] += len(_CDATA)
        token.content = token.content.removeprefix(_CDATA).removesuffix("]]>").replace("\n", " ")
        return True
    if (begin := _NO_ELEMENT.match(token.content)) and not token.content.startswith("<!--"):
        found.append(_not_kept(token, begin[1], source))
    return False


def _attributes(token: Token, text: str, source: Source) -> list[Diagnostic]:
    """Keep the harmless attributes of a tag."""
    found = []
    for name, value in _ATTRIBUTE.findall(text):
        if name.lower() in KEPT_ATTRIBUTES:
            token.attrs[name.lower()] = FORBIDDEN.sub("\ufffd", html.unescape(value.strip("\"'")))
        else:
            found.append(
                complain(Code.ATTRIBUTE_UNKNOWN, span(token, source), source.path, name=name, nearest="")
            )
    return found


def _drop(tokens: list[Token], index: int, gone: set[int], found: list[Diagnostic], source: Source) -> None:
    """Leave out a tag that has no partner, or whose partner stands outside the markup it stands in."""
    gone.add(index)
    found.append(_not_kept(tokens[index], tokens[index].tag, source))


def _not_kept(token: Token, element: str, source: Source) -> Diagnostic:
    return complain(Code.RAW_HTML, span(token, source), source.path, element=element)
