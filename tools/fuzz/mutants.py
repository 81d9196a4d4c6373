"""Mutants: samples with something cut out, doubled, moved, or put in from elsewhere.

What is changed is a list of pieces: words and marks of a text, tags of XML, members of an archive.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from random import Random

import pikepdf

from tools.fuzz.corpus import Sample
from tools.fuzz.manuscripts import BLOCKS, FORBIDDEN, MARKS, WORDS, WRONG, WRONG_BLOCKS, WRONG_MARKS

Pieces = list[bytes]
Change = Callable[[Random, Pieces, Pieces], Pieces]

PIECES = re.compile(rb"<[^<>]{0,400}>|\n[ \t]*|[A-Za-z\x80-\xff]+|[0-9]+|[ \t]+|.", re.DOTALL)
_SIDES = [side for pair in [*MARKS, *WRONG_MARKS] for side in pair]
_MARKDOWN = [*WORDS, *WRONG, *BLOCKS, *WRONG_BLOCKS, *FORBIDDEN, *_SIDES]
DICTIONARY: Pieces = [each.encode("utf-8", "surrogatepass") for each in _MARKDOWN] + [
    b"\r", b"\r\n", b"\n\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"    ", b"\t", b"-1", b"0",
    b"99999999999", b"1e9", b"NaN", b"&lt;", b"&#0;", b"&x;", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml version='1.1'?>", b"xml:id='a'", b"[1]", b"(1)", b"*", b"\xc2\xb9",
    b"Notes", b"1.", b"_", b"../../etc/passwd", b"https://example.org/", b"null", b"<<", b">>", b"[", b"]",
]  # fmt: skip
"""What is put in."""


def _stretch(random: Random, pieces: Pieces) -> tuple[int, int]:
    begin = random.randrange(len(pieces))
    return begin, min(len(pieces), begin + random.choice([1, 1, 1, 2, 5, 20, 100]))


def _cut(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    begin, end = _stretch(random, pieces)
    return pieces[:begin] + pieces[end:]


def _doubled(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    begin, end = _stretch(random, pieces)
    times = random.choice([1, 1, 1, 3, 30 if end - begin < 6 else 2])
    return pieces[:end] + pieces[begin:end] * times + pieces[end:]


def _moved(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    begin, end = _stretch(random, pieces)
    others = pieces[:begin] + pieces[end:]
    at = random.randint(0, len(others))
    return others[:at] + pieces[begin:end] + others[at:]


def _put_in(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    at = random.randint(0, len(pieces))
    return [*pieces[:at], random.choice(DICTIONARY), *pieces[at:]]


def _replaced(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    at = random.randrange(len(pieces))
    return [*pieces[:at], random.choice([random.choice(DICTIONARY), random.choice(pieces)]), *pieces[at + 1 :]]


def _grafted(random: Random, pieces: Pieces, other: Pieces) -> Pieces:
    begin, end = _stretch(random, other)
    at = random.randint(0, len(pieces))
    return pieces[:at] + other[begin:end] + pieces[at:]


def _spoilt(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    at = random.randrange(len(pieces))
    data = bytearray(pieces[at])
    data[random.randrange(len(data))] = random.randrange(256)
    return [*pieces[:at], bytes(data), *pieces[at + 1 :]]


def _ended(random: Random, pieces: Pieces, _: Pieces) -> Pieces:
    return pieces[: random.randint(1, len(pieces))]


CHANGES: list[Change] = [
    *[_put_in] * 3, *[_cut] * 2, *[_grafted] * 2, _doubled, _moved, _replaced, _spoilt, _ended
]  # fmt: skip


def mutant(random: Random, sample: bytes, other: bytes) -> bytes:
    """The sample, changed a few times; `other` is where grafts come from."""
    if sample.startswith(b"PK"):
        return _archive(random, sample, other)
    changed = _text(random, sample, other)
    return _repaired(changed) if sample.startswith(b"%PDF") and random.random() < 0.9 else changed


WINDOW = 1_200
"""Bytes of a long manuscript that a mutant is made of."""


def excerpt(random: Random, text: bytes) -> bytes:
    """A text, or some of a long one."""
    begin = random.randint(0, max(0, len(text) - WINDOW))
    return text[begin : begin + WINDOW]


def _text(random: Random, sample: bytes, other: bytes) -> bytes:
    pieces, donor = PIECES.findall(sample) or [b" "], PIECES.findall(excerpt(random, other)) or [b" "]
    for _ in range(random.choice([1, 2, 4, 8])):
        pieces = [each for each in random.choice(CHANGES)(random, pieces, donor) if each] or [b" "]
    return b"".join(pieces)


def _repaired(pdf: bytes) -> bytes:
    """A PDF whose objects are found again where they are now; as it is, where that is beyond repair."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings(action="ignore"), pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            opened.save(out, static_id=True)
    except (pikepdf.PdfError, ValueError):
        return pdf
    return out.getvalue()


def _archive(random: Random, sample: bytes, other: bytes) -> bytes:
    """An archive one of whose members is changed, or gone, or another's."""
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.choice([1, 1, 2, 3])):
        name = random.choice(sorted(members))
        match random.choice(["text"] * 12 + ["gone", "other", "name"]):
            case "gone" if len(members) > 1:
                del members[name]
            case "other":
                members[name] = random.choice(list(members.values()))
            case "name":
                members[random.choice(["../", "/", "a/./", "\\", "X"]) + name] = members.pop(name)
            case _:
                members[name] = _text(random, members[name], _inner(random, other))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    data = made.getvalue()
    return _text(random, data, data) if random.random() < 0.03 else data


def _inner(random: Random, other: bytes) -> bytes:
    """A member of another archive; what is none is given as it is."""
    if not other.startswith(b"PK"):
        return other
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        return archive.read(random.choice(archive.namelist()))


def mutant_of(random: Random, samples: list[Sample]) -> Sample:
    """A mutant of one of the samples, with what it takes from another of its kind."""
    kind, sample = random.choice(samples)
    _, other = random.choice([each for each in samples if each[0] == kind])
    return kind, mutant(random, excerpt(random, sample) if kind == "md" else sample, other)
