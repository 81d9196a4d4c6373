"""WeasyPrint, mended: where its layout is known to lose notes, a document and a context of our own.

Imports WeasyPrint 70, whose inner workings it leans on (`pyproject.toml` allows no other release). Each
mend is a method; `tests/pdf/test_mended.py` fails on the day it is no longer needed.
"""

from __future__ import annotations

from typing import Any

import weasyprint.document
from weasyprint.layout import LayoutContext


class _Notes(list[Any]):
    """The notes at the foot of the current page; in a condition it counts as empty."""

    def __bool__(self) -> bool:
        return False


class _Context(LayoutContext):  # type: ignore[misc]  # it comes without types
    """The state of a layout."""

    @property
    def current_page_footnotes(self) -> list[Any]:
        """The notes at the foot of the page, kept from being sent away.

        A paragraph's second line that does not fit may be kept nevertheless, so that the first does not
        stand alone: WeasyPrint then sends notes to the next page until there is room, and forgets those
        that the kept line itself calls (`layout/block.py`, `_linebox_layout`, where it loops while
        `report and context.current_page_footnotes`). With nothing to send, it breaks before the paragraph.
        """
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: list[Any]) -> None:
        self._notes: list[Any] = _Notes(notes)

    def _update_footnote_area(self) -> Any:
        notes, self._notes = self._notes, list(self._notes)  # here WeasyPrint asks whether there are any
        try:
            return super()._update_footnote_area()
        finally:
            self._notes = notes


class Document(weasyprint.document.Document):  # type: ignore[misc]  # it comes without types
    """A document that is laid out with the mends."""

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> Any:
        context = super()._build_layout_context(*arguments)
        notes = context.__dict__.pop("current_page_footnotes")
        context.__class__ = _Context
        context.current_page_footnotes = notes
        return context
