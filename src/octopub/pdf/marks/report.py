"""The page report as JSON, in a form that has a version (`docs/formats.md`).

Imports the mark. What is there in a version stays there; a later one may have more keys.
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

FORMAT, VERSION = "octopub-report", 1


def counts(marks: Sequence[Mark]) -> dict[Kind, int]:
    """How many there are of each kind; all kinds, in their order."""
    found = Counter(mark.kind for mark in marks)
    return {kind: found[kind] for kind in Kind}


def as_json(marks: Sequence[Mark], book: Book, pages: int) -> bytes:
    """The report for programs. `pages` is how many the PDF has."""
    report = {
        "format": FORMAT,
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
