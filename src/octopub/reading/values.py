"""What a single value of the front matter may be: functions from a text to a value.

Imports `paper`, the table of `standards`, and of `reading` addresses and, for dates, identity. Each function raises
`UnfitError`, with the reason and with what to write instead; none of them knows where the text stood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, TypeVar

from octopub import paper as papers
from octopub.reading.addresses import SCHEME, is_address, whole
from octopub.reading.identity import day, moment
from octopub.standards import table as standards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")


class UnfitError(ValueError):
    """A value that does not fit: why, what to write instead, and what it fails to be (if that has
    another name than its key)."""

    def __init__(self, reason: str, expected: str, kind: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.expected = expected
        self.kind = kind


def date(text: str) -> str:
    """Any text; but one that begins like an ISO date names a day, a month or a year that there is."""
    try:
        day(text)
    except ValueError as error:
        raise UnfitError(str(error), "a real date (2026-11-07, 2026-11 or 2026), or words") from None
    return text


def stamp(text: str) -> str:
    """An ISO date or date-time."""
    expected = "a date (2026-11-07) or a moment (2026-11-07T21:45:00Z)"
    try:
        named = moment(text)
    except ValueError as error:
        raise UnfitError(str(error), expected, kind="date") from None
    if named is None:
        raise UnfitError("it does not have the form of one", expected, kind="date")
    return text


def flag(text: str) -> bool:
    """Yes or no."""
    answers = {"true": True, "yes": True, "false": False, "no": False}
    if text.lower() not in answers:
        raise UnfitError("it is neither yes nor no", "true or false", kind="answer")
    return answers[text.lower()]


class OneOf(Generic[Choice]):
    """Takes the name of one of these."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._known = {str(choice): choice for choice in choices}

    @property
    def names(self) -> tuple[str, ...]:
        """What may be written."""
        return tuple(self._known)

    def __call__(self, text: str) -> Choice:
        """The one of this name, in small letters or capitals."""
        *most, last = self._known
        if text.lower() not in self._known:
            raise UnfitError("there is none of this name", f"{', '.join(most)} or {last}")
        return self._known[text.lower()]


def paper(text: str) -> str:
    """A paper's name or its sides, as written."""
    try:
        papers.parse(text)
    except ValueError as reason:
        raise UnfitError(str(reason), "a name such as A4 or letter, or its sides such as 297x420mm") from None
    return text


def bleed(text: str) -> str:
    """A length in millimetres that pages may be printed beyond their edges."""
    try:
        return papers.bleed(text)
    except ValueError as reason:
        raise UnfitError(str(reason), "the printer's own figure, such as 3mm", kind="bleed") from None


def standard(text: str) -> str:
    """Standards that a PDF can keep together."""
    try:
        return str(standards.parse(text))
    except ValueError as reason:
        raise UnfitError(str(reason), "ua-1, a-3u, x-4 or others that hold together", kind="standard") from None


def address(text: str) -> str:
    """A web address, with or without its scheme, as a colophon prints it."""
    scheme = SCHEME.match(text)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        reason = f"links of the kind “{scheme[1]}:” do not work in a book"
        raise UnfitError(reason, "a web address", kind="address")
    if re.search(r"\s", text):
        raise UnfitError("there is a space in it", "a web address", kind="address")
    if not is_address(whole(text)):
        raise UnfitError("it names no place on the web", "a web address", kind="address")
    return text


def quotes(marks: Iterable[str]) -> tuple[str, str, str, str]:
    """Four marks: opening and closing, outside and inside."""
    match list(marks):
        case [opening, closing, inner_opening, inner_closing]:
            return opening, closing, inner_opening, inner_closing
        case others:
            reason = f"it has {len(others)} marks"
            raise UnfitError(reason, "four, such as “”‘’", kind="set of quotation marks")


_ISBN = re.compile(
    r"(?:urn:isbn:|isbn(?:-1[03])?:?\s*)(?P<said>.+)|(?P<plain>97[89][0-9 -]{10,14})", re.IGNORECASE
)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""RFC 9562 §4."""
_ISBN_SCHEMES = {"isbn", "isbn-10", "isbn-13", "02", "15"}
_PLAIN_SCHEMES = {"uri", "url", "urn"}
_SPELLINGS = {"doi": "doi", "06": "doi", "uuid": "urn:uuid", "22": "urn"}


def identifier(text: str, scheme: str | None = None) -> tuple[str, str | None]:
    """A book's identifier as the outputs bear it, and the ISBN (as written) if it is one.

    `scheme` is Pandoc's: a name, or a code of ONIX list 5 (02 and 15 are ISBNs, 06 a DOI, 22 a URN).
    """
    key = (scheme or "").lower()
    found = _ISBN.fullmatch(text)
    if found or key in _ISBN_SCHEMES:
        written = (found["said"] or found["plain"]).strip() if found else text
        return f"urn:isbn:{_isbn_digits(written)}", written
    spelling = _SPELLINGS.get(key, scheme)
    if spelling and key not in _PLAIN_SCHEMES and not text.lower().startswith(f"{spelling.lower()}:"):
        text = f"{spelling}:{text}"
    if text.lower().startswith("urn:uuid:") and not _UUID.fullmatch(text):
        expected = "the number as it was made, such as urn:uuid:6a1a2c3e-9d0b-4c5f-8e7a-1b2c3d4e5f60"
        raise UnfitError("it does not have 32 digits from 0 to f in five groups", expected, kind="UUID")
    return text, None


def _isbn_digits(written: str) -> str:
    """Its digits alone. The check digits are those of ISO 2108, annex C."""
    expected = "the number as its agency gave it, such as 978-3-16-148410-0"
    digits = re.sub(r"[\s\u2010-\u2013-]", "", written).upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        check = str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits[:12])) % 10)
    elif re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        check = "0123456789X"[-sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11]
    else:
        raise UnfitError("it does not have 13 digits, nor 10", expected, kind="ISBN")
    if digits[-1] != check:
        raise UnfitError(f"its last digit should be {check}", expected, kind="ISBN")
    return digits


def position(text: str) -> str:
    """A number in a series: `2`, or `2.1` between two others (EPUB 3.3 §D.4)."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", text):
        raise UnfitError("it is no number", "a number such as 2", kind="position in a series")
    return text


# MARC's codes for the parts that books name most; any other code of three letters is taken as it is.
ROLES = {
    "author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill", "photographer": "pht",
    "introduction": "aui", "foreword": "aui", "afterword": "aft", "annotator": "ann", "commentator": "cmm",
    "compiler": "com", "contributor": "ctb", "cover designer": "cov", "book designer": "bkd", "designer": "dsr",
    "narrator": "nrt", "publisher": "pbl", "redactor": "red", "reviewer": "rev", "proofreader": "pfr",
    "transcriber": "trc", "typographer": "tyg", "engraver": "egr", "cartographer": "ctg", "dedicatee": "dte",
}  # fmt: skip


def role(text: str) -> str:
    """MARC's code for a part in a book: given as that, or as its English name."""
    said = text.lower()
    if not re.fullmatch(r"[a-z]{3}", said) and said not in ROLES:
        raise UnfitError("MARC has no such code, and octopub no such name", "a code such as edt or ill", kind="role")
    return ROLES.get(said, said)


AUTHORITIES = ("AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS")
"""The schemes that EPUB has names for (EPUB Subject Authorities)."""


def authority(text: str) -> str:
    """A scheme of subjects: by its name, or by its address."""
    names = {each.lower(): each for each in AUTHORITIES}
    if text.lower() in names:
        return names[text.lower()]
    if re.fullmatch(r"https?://\S+", text):
        return text
    raise UnfitError("there is none of this name", "Thema, BISAC or another that EPUB names, or an address", "scheme")
