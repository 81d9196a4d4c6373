"""Sheets: the pages as they are printed, folded and cut, where that is asked for.

Imports `building` and the pictures.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from octopub import building
from octopub.desk.browser.pictures import digests
from octopub.imposing.impose import Job

if TYPE_CHECKING:
    from octopub.desk.browser.attempt import Attempt
    from octopub.imposing.testsheet import Pile


class Sheets(NamedTuple):
    """A file to print: its sides, how large they are (points), and what has to be known; or why there is none."""

    content: bytes = b""
    digests: tuple[str, ...] = ()
    size: tuple[float, float] = (0, 0)
    note: str = ""
    problem: str = ""
    fronts: bytes = b""
    backs: bytes = b""
    """The two files, where they are printed one side after the other."""


def impose(done: Attempt, pile: Pile | None = None) -> Sheets | None:
    """The sheets of what was laid out; None where pages are printed as they are. `pile` is what the test sheet says of
    a printer that prints one side at a time."""
    book = done.loaded.book if done.loaded else None
    if done.printed is None or done.loaded is None or book is None or book.options.impose is None:
        return None
    job = Job(book.options.impose)
    (_, outcome), *_ = building.imposed(done.loaded, done.printed.outcome, job)
    content = outcome.content
    if content is None:
        return Sheets(problem="; ".join(each.message for each in outcome.diagnostics))
    with pikepdf.open(BytesIO(content)) as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].mediabox)
    size = (right - left, top - bottom)
    sheets = Sheets(content, digests(content), size, outcome.note)
    if pile is None:
        return sheets
    by_hand = replace(job, backs=pile.backs(is_lying=size[0] > size[1]))
    (_, fronts), *others = building.imposed(done.loaded, done.printed.outcome, by_hand)
    if not others or fronts.content is None or others[0][1].content is None:  # one side only
        return sheets
    return sheets._replace(note=fronts.note, fronts=fronts.content, backs=others[0][1].content)
