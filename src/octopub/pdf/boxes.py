"""WeasyPrint's boxes: the few things that everyone who reads them has to know.

Imports WeasyPrint, which shows its boxes to nobody: this is the one place that looks where it should not.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

PT = 0.75
"""Points in a CSS pixel."""


def page_box(page: Any) -> Any:
    """The root of a page's boxes."""
    return page._page_box  # noqa: SLF001  # there is no other way to it


def real(box: Any) -> Any:
    """The box itself: what is positioned has a stand-in in the tree."""
    return getattr(box, "_box", box)


def is_mark(box: Any) -> bool:
    """Whether the box holds the mark of a list's item."""
    return (box.element_tag or "").endswith("::marker")


def is_generated(box: Any) -> bool:
    """Whether the box holds words of the stylesheet's: marks, separators, all of a pseudo-element."""
    return "::" in (box.element_tag or "")


def is_head(box: Any) -> bool:
    """Whether the box is the head of a table, which is repeated on its further pages."""
    return isinstance(box, boxes.TableRowGroupBox) and bool(box.is_header)
