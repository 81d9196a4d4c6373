"""From bytes to text, for sources that do not say how they are encoded.

Imports `diagnostics`, and charset-normalizer for a second opinion. It opens no file and repairs nothing: a text
that was damaged before it came here (`â€™`) is read as it is, and the damage is named with its line.

A Unicode encoding proves itself. Those of one byte per character are told apart by what stands where: a mark
that no writer puts between two letters (`cœur` read as `c½ur`) speaks against an encoding, a letter that its
languages are full of speaks for it.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from octopub.diagnostics import BuildError, Code, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "cp1252": "Windows-1252",
    "latin_1": "ISO-8859-1",
    "iso8859_2": "ISO-8859-2",
    "iso8859_15": "ISO-8859-15",
    "koi8_r": "KOI8-R",
    "cp1251": "Windows-1251",
    "mac_roman": "Mac Roman",
}
"""The encodings that are looked for when the text is not Unicode; where two fit alike, the first is taken."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

SAMPLE = 200_000
"""So many bytes are looked at."""

MARGIN = 1.0
"""Two encodings whose scores for a foreign letter differ by less are told apart only by luck."""

FEW = 3
"""So few foreign letters prove nothing."""

_WESTERN = frozenset("éèêëàâáäåãæçñóòôöõøœúùûüíìîïßÉÈÀÂÁÄÅÃÇÑÓÖÔØÚÜÍŒÆ")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüőűÄÖÜŐŰßâăîşţĂÎŞŢ")
_CYRILLIC = dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (
    110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4,
    3, 3, 1, 1), strict=True))  # fmt: skip
"""Of a thousand letters of Russian prose, how many are this one."""

_PUNCTUATION = frozenset("«»„“”‘’‚–—…°§€£·•№\u00a0")
_LETTERS = {
    "cp1252": _WESTERN, "latin_1": _WESTERN, "iso8859_15": _WESTERN, "mac_roman": _WESTERN,
    "iso8859_2": _CENTRAL, "koi8_r": frozenset(_CYRILLIC), "cp1251": frozenset(_CYRILLIC),
}  # fmt: skip

_BEGINS_MOJIBAKE = re.compile("[âÃÂÐÑРСвпï\ufffd]")
_MOJIBAKE = re.compile(
    "â€[\u0080-\u00bf\u2018-\u201d\u2020-\u203a\u0153\u0161\u02dc™¦¢œ]|Ã[\u0080-\u00bf©¨¤¶¼Ÿ]|Â[\u00a0«»°·§]"
    "|(?:[ÐÑ][\u0080-\u00bf\u2018-\u203a]){2}|(?:[РС][\u0400-\u040f\u0450-\u045f°±µ»«\u00a0]){2}|вЂ[\u2122\u045a\u0153њќ“”™]|п»ї|ï»¿|\ufffd"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in. `doubt` says why that is not sure, and is empty where it is."""

    text: str
    encoding: str
    doubt: str = ""
    damage: tuple[tuple[int, str], ...] = ()
    """Mojibake: its line, and what stands there."""


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of these bytes, each line's end a line feed. `encoding` decides, where it is given.

    Raises BuildError where that is no encoding, or not that of these bytes.
    """
    text, found, doubt = _as_told(data, name, encoding) if encoding else _found(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, found, doubt, tuple(_damage(text)))


def _as_told(data: bytes, name: str, encoding: str) -> tuple[str, str, str]:
    """The text in the encoding that the user named."""
    try:
        text = data.decode(codecs.lookup(encoding).name)
    except LookupError:
        remedy = "use one such as utf-8, utf-16, windows-1252, iso-8859-2, koi8-r or mac-roman"
        raise BuildError(
            [
                complain(
                    Code.IMPORT_ENCODING,
                    None,
                    name,
                    problem=f"there is no encoding “{encoding}”",
                    remedy=remedy,
                )
            ]
        ) from None
    except UnicodeError as error:
        at = f"byte {getattr(error, 'start', 0)} fits no character"
        problem = f"the file is not in {encoding}: {at}"
        remedy = "name another encoding, or none, and it is looked for"
        raise BuildError(
            [complain(Code.IMPORT_ENCODING, None, name, problem=problem, remedy=remedy)]
        ) from None
    return text, encoding, ""


def _found(data: bytes) -> tuple[str, str, str]:
    """The text, its encoding, and the doubt."""
    for mark, codec, called in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), called, ""
    if codec := _unmarked_utf16(data):
        return data.decode(codec, "replace"), "UTF-16", "" if len(data) > 100 else "the text is short"
    try:
        return data.decode("utf-8"), "UTF-8", ""
    except UnicodeDecodeError:
        return _of_one_byte(data)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark: spaces, line feeds and figures have a zero byte on always the same side."""
    sample = data[:SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) / 2
    if odd > half * 0.05 and even <= odd * 0.02:
        return "utf-16-le"
    if even > half * 0.05 and odd <= even * 0.02:
        return "utf-16-be"
    return ""


def _of_one_byte(data: bytes) -> tuple[str, str, str]:
    """The likeliest of the encodings of one byte per character."""
    sample = data[:SAMPLE]
    scores = {codec: score for codec in NAMES if (score := _score(sample, codec)) is not None}
    if not scores:
        return data.decode("cp1252", "replace"), NAMES["cp1252"], "no encoding fits all of its bytes"
    second_opinion = [each.encoding for each in from_bytes(sample, cp_isolation=list(scores))]
    rank = {codec: -place for place, codec in enumerate(second_opinion[:2], -2)}
    order = sorted(scores, key=lambda codec: (round(scores[codec], 1), rank.get(codec, 0)), reverse=True)
    best = order[0]
    # Without a byte from 0x80 to 0x9F, Windows-1252 and ISO-8859-1 are the same text.
    if best == "cp1252" and not re.search(rb"[\x80-\x9f]", data):
        best = "latin_1"
    text = data.decode(best, "replace")
    rivals = [
        NAMES[codec]
        for codec in order[1:]
        if scores[order[0]] - scores[codec] < MARGIN
        and sample.decode(codec, "replace") != sample.decode(best, "replace")
    ]
    foreign = sum(byte > 127 for byte in sample)
    doubt = f"{', '.join(rivals)} would do as well" if rivals else ""
    if not doubt and foreign <= FEW:
        doubt = "it has few letters to tell by"
    return text, NAMES[best], doubt


def _score(sample: bytes, codec: str) -> float | None:
    """How well the foreign characters look in this encoding, on average; None where a byte fits none."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return None
    # Each foreign character with its neighbours is judged once, however often it comes.
    seen = Counter(re.findall(r"(?s)(?<=(.))?([^\x00-\x7f])(?=(.))?", f" {text} "))
    points = sum(
        _points(before, letter, behind, codec) * count for (before, letter, behind), count in seen.items()
    )
    return points / max(sum(seen.values()), 1)


def _points(before: str, letter: str, behind: str, codec: str) -> float:
    """What a character between two others says for an encoding (against it, if below 0)."""
    if "\x80" <= letter <= "\x9f":
        return -10
    if codec in ("koi8_r", "cp1251"):
        return _cyrillic_points(before, letter, behind)
    if letter.isalpha():
        return _letter_points(before, letter, behind, codec)
    return _mark_points(before, letter, behind)


def _letter_points(before: str, letter: str, behind: str, codec: str) -> float:
    """What an accented letter says."""
    # No word of a Western language has a capital behind a small letter: `donÕt` was Mac Roman.
    if before.islower() and letter.isupper():
        return -6
    # Words do not consist of accented letters: Cyrillic, read as something else, does.
    crowd = sum(ord(neighbour) > 127 and neighbour.isalpha() for neighbour in (before, behind) if neighbour)
    return (3 if letter in _LETTERS[codec] else -2) - 3 * crowd


def _mark_points(before: str, letter: str, behind: str) -> float:
    """What a mark or a sign says: most stand on one side of a word, hardly any within one."""
    within = before.isalpha() and behind.isalpha()
    opens, closes = not before.isalnum() and behind.isalnum(), not behind.isalnum() and not before.isspace()
    rows = (
        (letter == "\u2019" and within, 4),
        # Its byte is a letter of Polish, which may begin a word too.
        (letter in "¿¡" and opens, 5),
        (letter in "“‘„«" and opens, 3),
        (letter in "”’»" and closes, 3),
        (letter == "€" and (before.isdigit() or behind.isdigit() or before.isspace()), 2),
        (letter in _PUNCTUATION and within and letter not in "–—…", -3),
        (letter in _PUNCTUATION, 2),
        (within, -5),
        (before.isalpha() or behind.isalpha(), -4),
    )
    return next((points for holds, points in rows if holds), -1)


def _cyrillic_points(before: str, letter: str, behind: str) -> float:
    """KOI8-R and Windows-1251 have each the other's letters, capitals for small ones: the frequent letters of
    the language, and where capitals stand, tell them apart."""
    small = letter.lower()
    if small in _CYRILLIC:
        if letter.isupper():
            # A capital begins a word, or stands among capitals.
            fits = not before.isalpha() or before.isupper()
            return (1 if fits else -6) + _CYRILLIC[small] / 60
        lonely = not (before.isalpha() or behind.isalpha()) and small not in "аивксуояб"
        return (
            (-2 if lonely else 2)
            + _CYRILLIC[small] / 40
            - (4 if before.isascii() and before.isalpha() else 0)
        )
    if letter in _PUNCTUATION:
        return -2 if before.isalpha() and behind.isalpha() else 1
    return -5


def _damage(text: str) -> Iterator[tuple[int, str]]:
    """Each line that holds mojibake, with a sample of it."""
    if not _BEGINS_MOJIBAKE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isascii() and (found := _MOJIBAKE.search(line)):
            yield number, line[max(found.start() - 12, 0) : found.end() + 12].strip()
