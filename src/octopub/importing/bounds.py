"""How large a source may be that is imported.

Imports `diagnostics` and `reading.limits`. How deep it may be nested is the same for all: that is known where it is
counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import BuildError, Code, complain
from octopub.reading import limits

if TYPE_CHECKING:
    from octopub.reading.limits import Limits


class Bounds(NamedTuple):
    """What is more than this is refused, and no more is read than shows it."""

    archive_bytes: int
    """Of an archive, of all that it unpacks to, and of all that is read of it, as often as that is."""
    members: int
    """Of an archive."""
    member_bytes: int
    """Of one member, unpacked."""
    text_bytes: int
    """Of a plain text or a web page, with the pictures that are written out in it."""
    tags: int
    """Of all documents of a source: libxml2 takes some hundred bytes for each."""
    elements: int
    """Of a web page: a long book has fewer than are usual."""
    paragraphs: int
    """Of a text: the longest novels have a fifth of those that are usual."""
    becoming: Limits
    """Of the manuscript that it becomes, and of its pictures."""


MEGABYTE = 1024 * 1024

USUAL = Bounds(
    archive_bytes=512 * MEGABYTE,
    members=20_000,
    member_bytes=128 * MEGABYTE,
    text_bytes=64 * MEGABYTE,
    tags=6_000_000,
    elements=200_000,
    paragraphs=200_000,
    becoming=limits.USUAL,
)

STRICT = Bounds(
    archive_bytes=100_000_000,
    members=2_000,
    member_bytes=20_000_000,
    text_bytes=16_000_000,
    tags=1_000_000,
    elements=100_000,
    paragraphs=50_000,
    becoming=limits.STRICT,
)
"""Of a stranger's source: a long novel in Word, or a book with a hundred photographs."""


def check_bytes(name: str, size: int, limit: int) -> None:
    """Raise BuildError where a source has more bytes than can be worked on."""
    if size > limit:
        raise _refusal(name, f"it has more than {limit} bytes")


def check_tags(name: str, tags: int, limit: int) -> None:
    """Raise BuildError where a source has more tags than can be worked on."""
    if tags > limit:
        raise _refusal(name, f"it has more than {limit} tags")


def _refusal(name: str, reason: str) -> BuildError:
    fields = {"name": name, "reason": reason, "remedy": "make several files of it"}
    return BuildError([complain(Code.SOURCE_UNREADABLE, None, name, **fields)])
