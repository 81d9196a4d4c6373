"""Sheets: the pages as they are printed, folded and cut, where that is asked for.

Imports `building` and the pictures.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from octopub import building
from octopub.desk.browser.pictures import digests
from octopub.imposing.impose import Job

if TYPE_CHECKING:
    from octopub.desk.browser.attempt import Attempt


class Sheets(NamedTuple):
    """A file to print: its sides, how large they are (points), and what has to be known; or why there is none."""

    content: bytes = b""
    digests: tuple[str, ...] = ()
    size: tuple[float, float] = (0, 0)
    note: str = ""
    problem: str = ""


def impose(done: Attempt) -> Sheets | None:
    """The sheets of what was laid out; None where pages are printed as they are."""
    book = done.loaded.book if done.loaded else None
    if done.printed is None or done.loaded is None or book is None or book.options.impose is None:
        return None
    (_, outcome), *_ = building.imposed(done.loaded, done.printed.outcome, Job(book.options.impose))
    content = outcome.content
    if content is None:
        return Sheets(problem="; ".join(each.message for each in outcome.diagnostics))
    with pikepdf.open(BytesIO(content)) as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].mediabox)
    return Sheets(content, digests(content), (right - left, top - bottom), outcome.note)
