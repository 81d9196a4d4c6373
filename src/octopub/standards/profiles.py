"""Colour profiles (ICC.1:2001-04): what is needed to look into one, and the two that octopub has itself.

Imports the standard library. The profile of screens is the ICC's own, which comes with WeasyPrint; that of one black
ink is reckoned here.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from struct import pack
from typing import NamedTuple

HEADER = 128
"""Bytes of a profile's header."""

CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4}
"""The colour spaces that an output intent may be in, and how many numbers a colour has in each."""

GAIN = 0.15
"""How much darker the middle tones print than they are, on coated paper."""

D50 = (0.9642, 1.0, 0.8249)


class Profile(NamedTuple):
    """A profile and what its header says."""

    content: bytes
    kind: str
    """`prtr` for printers, `mntr` for screens."""
    space: str
    """`GRAY`, `RGB` or `CMYK`."""
    name: str

    @property
    def channels(self) -> int:
        """How many numbers a colour has."""
        return CHANNELS[self.space]


def examined(content: bytes) -> Profile:
    """The profile that these bytes are. Raises ValueError, with a reason that a user can read, for others and for
    those that no output intent may have."""
    if len(content) < HEADER or content[36:40] != b"acsp" or int.from_bytes(content[:4]) > len(content):
        raise ValueError("it is no ICC profile, or not a whole one")
    kind, space = (content[at : at + 4].decode("latin-1").strip() for at in (12, 16))
    if kind not in ("prtr", "mntr") or space not in CHANNELS:
        raise ValueError("it is no profile of a printer or a screen in CMYK, RGB or grey")
    return Profile(content, kind, space, _description(content) or "Custom")


def _description(content: bytes) -> str:
    """What the profile is called (ICC.1:2001-04 §6.5.17, ICC.1:2022 §10.15)."""
    count = int.from_bytes(content[HEADER : HEADER + 4])
    for at in range(HEADER + 4, HEADER + 4 + 12 * min(count, 100), 12):
        if content[at : at + 4] == b"desc":
            start, size = (int.from_bytes(content[at + step : at + step + 4]) for step in (4, 8))
            return _text(content[start : start + size])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"desc":
        length = int.from_bytes(tag[8:12])
        return tag[12 : 12 + length].split(b"\0")[0].decode("ascii", "replace")
    if tag[:4] == b"mluc" and int.from_bytes(tag[8:12]):
        length, start = int.from_bytes(tag[20:24]), int.from_bytes(tag[24:28])
        return tag[start : start + length].decode("utf-16-be", "replace")
    return ""


@cache
def screen() -> Profile:
    """sRGB, by the ICC."""
    found = find_spec("weasyprint")
    assert found is not None
    assert found.submodule_search_locations
    path = Path(found.submodule_search_locations[0]) / "pdf" / "sRGB2014.icc"
    return examined(path.read_bytes())


@cache
def black_ink() -> Profile:
    """One black ink on coated paper, whose middle tones print darker by 15 %."""
    curve = [round(65535 * (1 - _printed(1 - step / 255))) for step in range(256)]
    tags = {
        b"desc": _described("One black ink on coated paper"),
        b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(map(_fixed, D50)),
        b"kTRC": b"curv\0\0\0\0" + pack(">I256H", 256, *curve),
    }
    return examined(_profile(b"prtr", b"GRAY", tags))


def _printed(tint: float) -> float:
    """The tone that a tint prints as."""
    return tint + 4 * GAIN * tint * (1 - tint)


def _fixed(number: float) -> bytes:
    return pack(">i", round(number * 65536))


def _described(text: str) -> bytes:
    words = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + pack(">I", len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)


def _profile(kind: bytes, space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A profile of version 2.1 with these tags, dated from 1 January 2000."""
    directory, data = pack(">I", len(tags)), b""
    start = HEADER + 4 + 12 * len(tags)
    for name, tag in tags.items():
        directory += name + pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    header = b"".join((
        pack(">I", start + len(data)), bytes(4), b"\x02\x10\0\0", kind, space, b"XYZ ",
        pack(">6H", 2000, 1, 1, 0, 0, 0), b"acsp", bytes(28), *map(_fixed, D50),
    ))  # fmt: skip
    return header + bytes(HEADER - len(header)) + directory + data
