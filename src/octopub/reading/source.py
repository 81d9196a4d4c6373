"""From bytes to the manuscript's text: the first step, and the only one that knows of encodings.

Imports `diagnostics` and `model`. It never opens a file, never guesses an encoding, and never drops a
character: what it cannot keep it complains about, and puts U+FFFD in its place, so that every offset
holds and the rest of the manuscript can still be checked.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from itertools import accumulate, islice

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.model import Source
from octopub.reading.limits import USUAL

Decoded = tuple[Source | None, tuple[Diagnostic, ...]]

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 §2.2 leaves out of `Char` (the carriage return, which it has, is gone
by then)."""

COMPLAINTS_LIMIT = 20
"""A file of another kind would bury everything else under its control characters."""

# The longer marks first: UTF-32's begins as UTF-16's does.
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, path: str, limit: int = USUAL.text_bytes) -> Decoded:
    """The text of a file in UTF-8, with or without a byte order mark.

    None for the text if it is none, empty, or has more bytes than `limit`; `path` is what complaints name.
    """
    if len(data) > limit:
        return None, (_too_large(path, limit),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(data, error.start, path),)
    return from_text(text, path, limit)


def from_text(text: str, path: str = "<text>", limit: int = USUAL.text_bytes) -> Decoded:
    """The same for a text that is decoded already. Every line ends with a line feed afterwards."""
    if len(text) > limit:
        return None, (_too_large(path, limit),)
    text = _with_line_feeds(text)
    forbidden = tuple(islice(FORBIDDEN.finditer(text), COMPLAINTS_LIMIT))
    source = Source(path, FORBIDDEN.sub("\ufffd", text) if forbidden else text, _line_starts(text))
    if not text.strip():
        return None, (complain(Code.EMPTY, Span(1, 1, 1, 1), path),)
    return source, tuple(
        complain(Code.CONTROL_CHARACTER, locate(source, *found.span()), path, character=name(found[0]))
        for found in forbidden
    )


def locate(source: Source, start: int, end: int) -> Span:
    """Lines and columns of the stretch between two offsets into the source's text."""
    line, column = _position(source.lines, start)
    end_line, end_column = _position(source.lines, end)
    return Span(line, column, end_line, end_column)


def name(character: str) -> str:
    """A character as complaints name it: `U+0007`."""
    return f"U+{ord(character):04X}"


def _with_line_feeds(text: str) -> str:
    """Without byte order marks, of which joined files have several, and with a line feed for each line's end."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _position(lines: tuple[int, ...], offset: int) -> tuple[int, int]:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


def _line_starts(text: str) -> tuple[int, ...]:
    lengths = (len(line) + 1 for line in text.split("\n"))
    return tuple(accumulate(lengths, initial=0))[:-1]


def _too_large(path: str, limit: int) -> Diagnostic:
    fields = {"what": "the manuscript", "limit": f"{limit // 1_000_000} million bytes"}
    return complain(Code.TOO_LARGE, Span(1, 1, 1, 1), path, **fields, remedy="make several volumes of it")


def _not_utf8(data: bytes, offset: int, path: str) -> Diagnostic:
    """The complaint about the byte at this offset. Lines and columns are those that the file would
    have if it went no further, so they agree with what an editor shows."""
    sound = _with_line_feeds(data[:offset].decode("utf-8"))
    line = sound.count("\n") + 1
    column = len(sound) - (sound.rfind("\n") + 1) + 1
    guess = next((f" but {kind}" for mark, kind in _OTHER_ENCODINGS if data.startswith(mark)), "")
    return complain(
        Code.ENCODING,
        Span(line, column, line, column + 1),
        path,
        guess=guess,
        byte=f"0x{data[offset]:02X}",
        offset=offset,
    )
