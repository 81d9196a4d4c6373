"""A plain text's bytes become a draft: decoded, divided, recognised.

Imports the parts of `importing` that read plain text. It raises nothing for what is doubtful: that stands in
the draft.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.diagnostics import BuildError, Code, Span, complain
from octopub.importing import encoding as encodings
from octopub.importing.draft import Draft, Finding, LeftOut, Place, Unmatched
from octopub.importing.plaintext.plain import read

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\ufffe\uffff]"
)
"""What no book can show. Each becomes a space, so that offsets hold; they carry no words."""


def import_text(
    data: bytes, *, name: str, encoding: str | None = None, keep_unmatched: bool = False
) -> Draft:
    """The draft of a plain text. `name` is what complaints call it; `encoding` decides, where it is given.

    Where calls and notes do not match, `unmatched` says which; with `keep_unmatched` they are findings, and
    stay in the text as they are typed. Raises BuildError where there is no text, or not in that encoding.
    """
    decoded = encodings.decode(data, name, encoding)
    text = _LINE_ENDS.sub("\n", decoded.text)
    controls = [*_controls(text)]
    if controls:
        text = _FORBIDDEN.sub(" ", text)
    if not text.strip():
        raise BuildError([complain(Code.EMPTY, Span(1, 1, 1, 1), name)])
    draft = read(text)
    damage = [
        Finding(
            Place(line),
            "damaged letters",
            f"“{sample}” looks like a text that was decoded wrongly before; it is kept as it is",
        )
        for line, sample in decoded.damage
    ]
    kept = [
        Finding(each.place, "kept as text", unmatched(each))
        for each in (draft.unmatched if keep_unmatched else ())
    ]
    return replace(
        draft,
        findings=(*draft.findings, *damage, *kept),
        left_out=(*draft.left_out, *controls),
        unmatched=() if keep_unmatched else draft.unmatched,
        encoding=decoded.encoding + (f" (doubtful: {decoded.doubt})" if decoded.doubt else ""),
    )


def _controls(text: str) -> Iterator[LeftOut]:
    """The first control character of each line that has some."""
    if not _FORBIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _FORBIDDEN.search(line):
            yield LeftOut(Place(number), f"U+{ord(found[0]):04X}", "a control character")


def unmatched(each: Unmatched) -> str:
    """What is said of a call without a note, or of a note without a call, that stays in the text."""
    this, other = ("call", "note") if each.is_call else ("note", "call")
    return f"the {this} {each.mark} has no {other}"
