"""The page report as JSON.

Imports the mark.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from octopub.pdf.marks.mark import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.model import Book
    from octopub.pdf.marks.mark import Mark

VERSION = 1
"""Of the report's form."""


def counts(marks: Sequence[Mark]) -> dict[Kind, int]:
    """How many there are of each kind; all kinds, in their order."""
    found = Counter(mark.kind for mark in marks)
    return {kind: found[kind] for kind in Kind}


def as_json(marks: Sequence[Mark], book: Book, pages: int) -> bytes:
    """The report for programs. `pages` is how many the PDF has."""
    report = {
        "version": VERSION,
        "manuscript": book.source.path,
        "pages": pages,
        "counts": {kind.slug: count for kind, count in counts(marks).items()},
        "marks": [
            {
                "kind": mark.kind.slug,
                "page": mark.page,
                "leaf": mark.leaf + 1,
                "line": mark.line,
                "words": mark.words,
                "measure": mark.measure,
                "box": [round(side, 1) for side in mark.box],
            }
            for mark in marks
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()
