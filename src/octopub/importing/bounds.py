"""How large a source may be that is imported.

Imports `diagnostics`.
"""

from __future__ import annotations

from octopub.diagnostics import BuildError, Code, complain

ARCHIVE_LIMIT = 512 * 1024 * 1024
"""Bytes of an archive, and of all that it unpacks to."""
TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of a plain text or a web page, with the pictures that are written out in it."""
TAGS_LIMIT = 6_000_000
"""Tags of a document: libxml2 takes some hundred bytes for each."""


def check_bytes(name: str, data: bytes, limit: int) -> None:
    """Raise BuildError where a source has more bytes than can be worked on."""
    if len(data) > limit:
        raise _refusal(name, f"it has more than {limit} bytes")


def check_tags(name: str, data: bytes) -> None:
    """Raise BuildError where a document has more tags than can be worked on."""
    if data.count(b"<") > TAGS_LIMIT:
        raise _refusal(name, f"it has more than {TAGS_LIMIT} tags")


def _refusal(name: str, reason: str) -> BuildError:
    fields = {"name": name, "reason": reason, "remedy": "make several files of it"}
    return BuildError([complain(Code.SOURCE_UNREADABLE, None, name, **fields)])
