"""The same book stays the same book, and no clock is asked."""

from datetime import UTC, datetime

import pytest

from octopub.reading.identity import identifier, modified

AN_ESSAY = ("An Essay", "On Something", ("Ann Author", "Ben Writer"), "en")

OTHER_BOOKS = {
    "another title": ("Another Essay", "On Something", ("Ann Author", "Ben Writer"), "en"),
    "no subtitle": ("An Essay", None, ("Ann Author", "Ben Writer"), "en"),
    "authors in another order": ("An Essay", "On Something", ("Ben Writer", "Ann Author"), "en"),
    "a translation": ("An Essay", "On Something", ("Ann Author", "Ben Writer"), "de"),
    "an author with two names": ("An Essay", "On Something", ("Ann Author Ben Writer",), "en"),
    "a subtitle that is a language": ("An Essay", "en", ("Ann Author", "Ben Writer"), "On Something"),
}


def test_the_identifier_never_changes() -> None:
    """If this fails, every book made so far becomes another book on its readers' shelves."""
    assert identifier(*AN_ESSAY) == "urn:uuid:b4f73694-fd57-5a0f-943e-facccc7e5170"


@pytest.mark.parametrize("book", OTHER_BOOKS.values(), ids=OTHER_BOOKS)
def test_another_book_has_another_identifier(book: tuple[str, str | None, tuple[str, ...], str]) -> None:
    assert identifier(*book) != identifier(*AN_ESSAY)


def test_composed_and_decomposed_accents_are_the_same_letters() -> None:
    assert identifier("Caf\u00e9", None, (), "fr") == identifier("Cafe\u0301", None, (), "fr")


@pytest.mark.parametrize(
    ("date", "stamp", "epoch", "moment"),
    [
        ("1917", "2026-11-07", 86_401, datetime(1970, 1, 2, 0, 0, 1, tzinfo=UTC)),
        ("1917", None, 0, datetime(1970, 1, 1, tzinfo=UTC)),
        ("1917", "2026-11-07", None, datetime(2026, 11, 7, tzinfo=UTC)),
        ("1917", "2026-11-07T21:45", None, datetime(2026, 11, 7, 21, 45, tzinfo=UTC)),
        ("1917", "2026-11-07 21:45:30.75+02:00", None, datetime(2026, 11, 7, 19, 45, 30, tzinfo=UTC)),
        ("1917-11", None, None, datetime(1917, 11, 1, tzinfo=UTC)),
        ("1917-10-25 (old style)", None, None, datetime(1917, 10, 25, tzinfo=UTC)),
        ("2026-11-07T21:45:00Z", None, None, datetime(2026, 11, 7, 21, 45, tzinfo=UTC)),
        ("1917-1918", None, None, datetime(1917, 1, 1, tzinfo=UTC)),
        ("November 1917", None, None, datetime(2000, 1, 1, tzinfo=UTC)),
        ("19171107", None, None, datetime(2000, 1, 1, tzinfo=UTC)),
        ("1917-02-30", None, None, datetime(2000, 1, 1, tzinfo=UTC)),
        (None, None, None, datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_moment(date: str | None, stamp: str | None, epoch: int | None, moment: datetime) -> None:
    assert modified(date, stamp, epoch) == moment
