"""What makes a book the same book, and the moment that it is stamped with.

Imports nothing of octopub. It asks neither clock nor environment: `SOURCE_DATE_EPOCH` comes in as a
number. Two machines on two days come to the same answers.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import normalize
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = UUID("8dd7e796-c32e-45b8-8fe3-551ed7ec4307")
"""The namespace (RFC 9562 §5.5) of the identifiers that octopub makes. It was drawn once, at random,
and must never change: every book without an identifier of its own would become another book on its
readers' shelves, its bookmarks and highlights gone."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of a manuscript that names none."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The look-ahead keeps “1917-1918” a year with something behind it.
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9])")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def identifier(title: str, subtitle: str | None, authors: tuple[str, ...], lang: str) -> str:
    """`urn:uuid:` and a UUID version 5 (RFC 9562 §5.5) of what names a book.

    A corrected text keeps it; a translation, another title or another author has another. How a
    keyboard composes its accents makes no difference.
    """
    # No manuscript can hold the separator, a control character: no two lists of names are spelt alike.
    spelt = "\x1f".join((title, subtitle or "", lang, *authors))
    return uuid5(NAMESPACE, normalize("NFC", spelt)).urn


def edition(book: str, pages: Iterable[tuple[str, str]]) -> str:
    """`urn:uuid:` and a UUID version 5 of the print edition of a book (its identifier), whose pages (their labels)
    begin with these words. With other pages it is another edition."""
    spelt = "\x1f".join((book, *(each for page in pages for each in page)))
    return uuid5(NAMESPACE, normalize("NFC", spelt)).urn


def modified(date: str | None, stamp: str | None, epoch: int | None) -> datetime:
    """The moment that both outputs bear, in UTC and whole seconds: `SOURCE_DATE_EPOCH` (seconds since
    1970), else `octopub.modified`, else `date` where it begins like an ISO date, else 2000-01-01.

    Raises OverflowError for an epoch beyond the year 9999. Beware: a date may lie before 1980, where
    ZIP's time begins.
    """
    if epoch is not None:
        return _EPOCH + timedelta(seconds=epoch)
    for text in (stamp, date):
        try:
            found = (moment(text) or day(text)) if text else None
        except ValueError:  # complained about where the text was read
            found = None
        if found:
            return found
    return LONG_AGO


def day(text: str) -> datetime | None:
    """The first moment, in UTC, of the day, month or year with which the text begins, or None if it does
    not begin like an ISO date. Raises ValueError, with the reason, if the calendar has no such day."""
    found = _DAY.match(text)
    return _first_moment(*found.groups()) if found else None


def moment(text: str) -> datetime | None:
    """The moment, in UTC and whole seconds, that the whole text names as an ISO date or date-time; None
    if it is neither. Raises ValueError, with the reason, if calendar or clock have no such moment."""
    if found := _DAY.fullmatch(text):
        return _first_moment(*found.groups())
    if not _MOMENT.fullmatch(text):
        return None
    try:
        named = datetime.fromisoformat(text)
        named = named.astimezone(UTC) if named.tzinfo else named.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("there is no such day or hour") from None
    return named.replace(microsecond=0)


def _first_moment(year: str, month: str | None, day_of_month: str | None) -> datetime:
    if len(month or "00") == 1 or len(day_of_month or "00") == 1:
        raise ValueError("months and days have two digits")
    try:
        return datetime(int(year), int(month or 1), int(day_of_month or 1), tzinfo=UTC)
    except ValueError:
        raise ValueError("the calendar has no such day") from None
