"""A plain text's bytes become a draft: decoded, divided, recognised.

Imports the parts of `importing` that read plain text. It raises nothing for what is doubtful: that stands in
the draft.
"""

from __future__ import annotations

from dataclasses import replace

from octopub.diagnostics import BuildError, Code, Span, complain
from octopub.importing import encoding as encodings
from octopub.importing.draft import Draft, Finding, LeftOut, Place, Unmatched
from octopub.importing.plain import read

_LINE_ENDS = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_FORBIDDEN = dict.fromkeys(
    [*range(9), 0xB, 0xC, *range(0xE, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF],
    " ",
)
_FORBIDDEN[0x200B] = _FORBIDDEN[0xFEFF] = " "
"""What no book can show. Each becomes a space, so that offsets hold; they carry no words."""


def import_text(
    data: bytes, *, name: str, encoding: str | None = None, keep_unmatched: bool = False
) -> Draft:
    """The draft of a plain text. `name` is what complaints call it; `encoding` decides, where it is given.

    Where calls and notes do not match, `unmatched` says which; with `keep_unmatched` they are findings, and
    stay in the text as they are typed. Raises BuildError where there is no text, or not in that encoding.
    """
    decoded = encodings.decode(data, name, encoding)
    text = decoded.text.translate(_LINE_ENDS)
    controls = [
        LeftOut(Place(number), f"U+{ord(found[0]):04X}", "a control character")
        for number, line in enumerate(text.split("\n"), 1)
        if not line.isprintable() and (found := [each for each in line if ord(each) in _FORBIDDEN])
    ]
    text = text.translate(_FORBIDDEN)
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


def unmatched(each: Unmatched) -> str:
    """What is said of a call without a note, or of a note without a call, that stays in the text."""
    this, other = ("call", "note") if each.is_call else ("note", "call")
    return f"the {this} {each.mark} has no {other}"
