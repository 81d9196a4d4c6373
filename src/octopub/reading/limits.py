"""How much of a manuscript and its pictures there may be.

Imports nothing of octopub. What is nested too deep, and how much a drawing may paint, is the same for all: it is known
where it is counted.
"""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What is more than this is refused, and no more is read than shows it."""

    text_bytes: int
    """Of a manuscript."""
    picture_bytes: int
    """Of a picture: it is held in memory when it goes into the book."""
    picture_pixels: int
    """Of a picture: a file of a few kilobytes may claim to have billions."""


USUAL = Limits(text_bytes=16_000_000, picture_bytes=100_000_000, picture_pixels=100_000_000)
"""Three times the Bible, as much as can be worked on in a gigabyte or so; and more pixels than any page prints."""

STRICT = Limits(text_bytes=4_000_000, picture_bytes=20_000_000, picture_pixels=40_000_000)
"""Of a stranger's text: more than “War and Peace”, with photographs."""
