"""What the page is told: the workshop's state as plain values for JSON.

Imports the workshop. Nothing of the manuscript is told that is not on its pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

    from octopub.desk.browser.attempt import Printed
    from octopub.desk.browser.places import Spot
    from octopub.desk.browser.workshop import Workshop
    from octopub.diagnostics import Diagnostic

EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "sublime": "subl://open?url=file:///{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file:///{path}&line={line}&column={column}",
    "bbedit": "bbedit://open?url=file:///{path}&line={line}&column={column}",
    "idea": "idea://open?file=/{path}&line={line}&column={column}",
}
"""The addresses with which editors open a file at a line; `{path}` has no slash at its beginning."""


def state(workshop: Workshop, editor: str) -> dict[str, Any]:
    """All that the page shows, but for the pages themselves. `editor` is the address that opens a file at a line."""
    order, good = workshop.order, workshop.good
    book = good.loaded.book if good and good.loaded else None
    return {
        "number": workshop.number,
        "working": workshop.working,
        "name": order.manuscript.name if order else "",
        "editor": address(editor, order.manuscript) if order and editor else "",
        "problem": workshop.last.problem,
        "isStale": good is not None and workshop.last.printed is not good.printed,
        "title": book.metadata.title if book else "",
        "direction": book.direction if book else "ltr",
        "pages": _pages(good.printed) if good and good.printed else [],
        "isOneSided": bool(book and book.options.one_sided),
        "moved": _moved(workshop),
        "documents": [each._asdict() for each in workshop.shelf.documents] if workshop.shelf else [],
        "impose": str(book.options.impose or "") if book else "",
        "diagnostics": [complaint(each) for each in workshop.findings],
    }


def _moved(workshop: Workshop) -> dict[str, Any] | None:
    """Where the last change is seen."""
    good = workshop.good
    return _leaf(good.printed, workshop.moved) if good and good.printed else None


def _leaf(printed: Printed, found: Spot | None) -> dict[str, Any] | None:
    """The leaf in the file, how far down it, and the words there."""
    return None if found is None else found._asdict() | {"page": found.page + printed.outcome.before}


def where(workshop: Workshop, line: int) -> dict[str, Any] | None:
    """Where the pages show a line of the manuscript; None where they do not."""
    good = workshop.good
    return _leaf(good.printed, good.printed.places.line(line)) if good and good.printed else None


def address(editor: str, manuscript: Path) -> str:
    """The editor's address of the manuscript, with `{line}` and `{column}` still to be filled in. (Windows' paths
    begin with a letter, all others with a slash.)"""
    path = quote(manuscript.absolute().as_posix().removeprefix("/"), safe="/:")
    return editor.replace("{path}", path)


def _pages(printed: Printed) -> list[dict[str, Any]]:
    """All pages of the file; a cover's are not in the record."""
    before = printed.outcome.before
    record = printed.record.pages
    pages = []
    for leaf, digest in enumerate(printed.digests):
        is_cover = not 0 <= leaf - before < len(record)
        page = record[0 if is_cover else leaf - before]
        pages.append(
            {
                "digest": digest,
                "label": "" if is_cover else page.label,
                "isBlank": page.blank and not is_cover,
                "width": round(page.width, 1),
                "height": round(page.height, 1),
            }
        )
    return pages


def lines(workshop: Workshop, leaf: int) -> list[dict[str, Any]]:
    """The lines of a page, with their places in the manuscript; none where there is no such page (any more)."""
    printed = workshop.good.printed if workshop.good else None
    if printed is None or not 0 <= leaf < len(printed.digests):
        return []
    index = leaf - printed.outcome.before
    return [place._asdict() for place in printed.places.of(index)] if index >= 0 else []


def complaint(each: Diagnostic) -> dict[str, Any]:
    """A complaint, with its place."""
    return {
        "severity": str(each.severity),
        "code": each.code.slug,
        "message": each.message,
        "line": each.span.line if each.span else 0,
        "column": each.span.column if each.span else 0,
    }
