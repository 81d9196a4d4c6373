"""Labels of notes that are numbers become the notes' numbers, counted through the manuscript.

Imports `desk.mending.manuscript` and `reading.notes`. Labels with letters are names and stay; so do numbers that are
no count, as `[^1917]`. Where a call is written in a way that is not looked for, nothing is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.desk.mending.manuscript import Edit, every

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from octopub.desk.mending.manuscript import Change, Manuscript

_NUMBER = re.compile(r"[1-9][0-9]*")
_MANY = 10
"""So far a number may be beyond twice the notes' count, and still be one of them."""
_LINKED = "#note:"


class _UnknownFormError(Exception):
    """A label stands in the text in a way that is not looked for."""


def renumber(manuscript: Manuscript) -> list[Change]:
    """The labels that have to be others, as one change."""
    new = _numbers(manuscript)
    if all(old == label for old, label in new.items()):
        return []
    try:
        return [tuple(edit for token in every(manuscript.tokens) for edit in _edits(manuscript, token, new))]
    except _UnknownFormError:
        return []


def _numbers(manuscript: Manuscript) -> dict[str, str]:
    """Each label that is a number, and what it becomes."""
    notes = manuscript.book.notes
    counted = {note.label: str(index) for index, note in enumerate(notes, 1) if _NUMBER.fullmatch(note.label)}
    return counted if max(map(int, counted), default=0) <= 2 * len(counted) + _MANY else {}


def _edits(manuscript: Manuscript, token: Token, new: dict[str, str]) -> Iterator[Edit]:
    """The edit of a call, a definition, or a link to a note."""
    text = manuscript.source.text
    if token.type in ("footnote_ref", "footnote_reference_open"):
        label, at = str(token.meta["label"]), token.meta["at"]
        if label in new and not text.startswith(f"[^{label}]", at):
            raise _UnknownFormError
        at += 2
    elif token.type == "link_open" and str(token.attrs.get("href", "")).startswith(_LINKED):
        label = str(token.attrs["href"]).removeprefix(_LINKED)
        found = re.compile(rf"\]\(<?{_LINKED}(?={re.escape(label)}[\s)>])").search(text, token.meta["at"])
        if found is None or "\n\n" in text[token.meta["at"] : found.end()]:
            raise _UnknownFormError
        at = found.end()
    else:
        return
    if label in new and new[label] != label:
        yield Edit(at, at + len(label), new[label])
