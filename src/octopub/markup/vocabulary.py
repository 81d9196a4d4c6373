"""What octopub needs words for: the type of a language's row.

Imports nothing of octopub. `wordlists` holds the rows, `words` finds them.

Templates name their fields in braces (`{page}`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words, capitalised as that language's books do it."""

    contents: str
    """The heading above the contents."""
    table_of_contents: str
    """What the contents are, for those who do not see them: the e-book's landmarks and labels."""
    notes: str
    """The heading above notes at the end of a chapter or the book."""
    further_notes: str
    """The heading above notes that nothing calls."""
    note: str
    """A note's name: `{number}`."""
    back_to_text: str
    """The label of the way back from a note; the call's number behind it tells several apart."""
    note_on_page: str
    """At the foot of a page, in place of a note that had no room there: `{page}`."""
    chapter: str
    page: str
    pages: str
    """The heading above the e-book's list of printed pages."""
    see_page: str
    """In running text: `{page}`."""
    cover: str
    qr_code: str
    """What the code on the back cover is: `{address}`."""
    title_page: str
    colophon: str
    landmarks: str
    """The heading above the e-book's list of landmarks."""
    start: str
    """The landmark where the text begins."""
    translated_by: str
    """`{names}`"""
    published_by: str
    """`{publisher}`"""
    edition: str
    """`{edition}`"""
    isbn: str = "ISBN {isbn}"
    set_with: str
    """The credit in the colophon."""
    set_in: str
    """The faces: `{faces}`."""
    paper: str
    """The size of the page: `{paper}`."""
    and_: str
    """Between the last two of several names, with its spaces."""
    and_before: tuple[str, str] | None = None
    """Before a last name that this pattern matches, this stands instead."""
    serial_comma: bool = False
    """Whether a comma stands before it, too, where there are three names or more."""
