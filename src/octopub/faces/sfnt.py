"""The container of a font file: its tables taken out, changed and put together again.

Imports nothing of octopub. HarfBuzz cuts fonts down and fixes their axes, but adds nothing to them; the
few tables that must grow are written here. fontTools could do it, in a hundred times the time, since it
takes the whole font apart for it.

The layouts are those of the OpenType specification 1.9.1: `otff`, `cmap`, `name`.
"""

from __future__ import annotations

import struct
from array import array
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEADER = struct.Struct(">4s4H")
_RECORD = struct.Struct(">4s3I")
# `head.checkSumAdjustment` makes the whole file's sum this (otff, "Calculating checksums").
_WHOLE = 0xB1B0AFBA
_ADJUSTMENT = slice(8, 12)


def tables(data: bytes) -> dict[str, bytes]:
    """The tables of a font file, by tag, in the order of their records."""
    _, count, *_ = _HEADER.unpack_from(data)
    found = {}
    for index in range(count):
        tag, _, offset, length = _RECORD.unpack_from(data, _HEADER.size + index * _RECORD.size)
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found


def font(tables: Mapping[str, bytes]) -> bytes:
    """A font file of these tables, its checksums right."""
    count = len(tables)
    power = count.bit_length() - 1
    flavour = b"OTTO" if "CFF " in tables else b"\0\1\0\0"
    header = _HEADER.pack(flavour, count, 16 << power, power, 16 * (count - (1 << power)))
    records, body = [], []
    offset = len(header) + count * _RECORD.size
    for tag, table in sorted(tables.items()):
        content = table[:8] + bytes(4) + table[12:] if tag == "head" else table
        padded = content + bytes(-len(content) % 4)
        records.append(_RECORD.pack(tag.encode("latin-1"), _sum(padded), offset, len(content)))
        body.append((tag, padded))
        offset += len(padded)
    head = b"".join((header, *records))
    whole = _sum(head) + sum(_sum(padded) for _, padded in body)
    adjustment = struct.pack(">I", (_WHOLE - whole) & 0xFFFFFFFF)
    return head + b"".join(
        padded[:8] + adjustment + padded[12:] if tag == "head" else padded for tag, padded in body
    )


def with_heights(data: bytes, ascent: float, descent: float) -> bytes:
    """The font with these heights in ems (the descent downwards) wherever layout may look for them: `hhea`,
    and both kinds in `OS/2`. Its outlines stay as they are."""
    found = tables(data)
    (em,) = struct.unpack_from(">H", found["head"], 18)
    up, down = round(ascent * em), round(descent * em)
    hhea = bytearray(found["hhea"])
    struct.pack_into(">3h", hhea, 4, up, -down, 0)
    os2 = bytearray(found["OS/2"])
    struct.pack_into(">3h2H", os2, 68, up, -down, 0, up, down)
    return font({**found, "hhea": bytes(hhea), "OS/2": bytes(os2)})


def _sum(padded: bytes) -> int:
    """The sum of the 32-bit words: little-endian machines read them backwards."""
    words = array("I", padded)
    if struct.pack("=I", 1) != struct.pack(">I", 1):
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def character_map(glyphs: Mapping[int, int]) -> bytes:
    """A `cmap` table: characters to glyphs. Format 12 holds them all; format 4, which old readers ask
    for, those of the basic plane, if it can (it is left out where it would pass 64 kB)."""
    groups = list(_groups(glyphs))
    full = _format_12(groups)
    basic = _format_4(groups)
    subtables = [(0, 4, full), (3, 10, full)]
    if basic:
        subtables += [(0, 3, basic), (3, 1, basic)]
    subtables.sort(key=lambda subtable: subtable[:2])
    start = 4 + 8 * len(subtables)
    places = {id(full): start, id(basic): start + len(full)}
    records = (struct.pack(">HHI", platform, encoding, places[id(content)])
               for platform, encoding, content in subtables)
    return b"".join((struct.pack(">HH", 0, len(subtables)), *records, full, basic))


def _groups(glyphs: Mapping[int, int]) -> Iterable[tuple[int, int, int]]:
    """First character, last character, first glyph of each stretch where both count up together."""
    numbered = enumerate(sorted(glyphs.items()))
    # Both the distance from the running number and the glyph's from the character stay the same.
    for _, stretch in groupby(numbered, key=lambda item: (item[1][0] - item[0], item[1][1] - item[1][0])):
        pairs = [pair for _, pair in stretch]
        yield pairs[0][0], pairs[-1][0], pairs[0][1]


def _format_12(groups: list[tuple[int, int, int]]) -> bytes:
    packed = b"".join(struct.pack(">III", *group) for group in groups)
    return struct.pack(">HHIII", 12, 0, 16 + len(packed), 0, len(groups)) + packed


def _format_4(groups: list[tuple[int, int, int]]) -> bytes:
    basic = [(first, last, (glyph - first) % 65536) for first, last, glyph in groups if last < 0xFFFF]
    basic.append((0xFFFF, 0xFFFF, 1))
    count = len(basic)
    length = 16 + 8 * count
    if length > 0xFFFF:
        return b""
    firsts, lasts, deltas = zip(*basic, strict=True)
    power = count.bit_length() - 1
    search = 2 << power
    numbers = f">{count}H"
    return b"".join((
        struct.pack(">7H", 4, length, 0, 2 * count, search, power, 2 * count - search),
        struct.pack(numbers, *lasts), bytes(2), struct.pack(numbers, *firsts),
        struct.pack(numbers, *deltas), bytes(2 * count),
    ))


def names(records: Mapping[int, str]) -> bytes:
    """A `name` table: texts by name ID, in English for Windows, the one that all read."""
    texts = {number: text.encode("utf-16-be") for number, text in sorted(records.items())}
    entries, offset = [], 0
    for number, text in texts.items():
        entries.append(struct.pack(">6H", 3, 1, 0x409, number, len(text), offset))
        offset += len(text)
    header = struct.pack(">3H", 0, len(entries), 6 + 12 * len(entries))
    return b"".join((header, *entries, *texts.values()))
