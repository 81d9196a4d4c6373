"""Check: all that octopub has to say about a manuscript, without building it.

Imports `building` and, of `pdf`, what needs no Pango.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.diagnostics import in_order
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.pdf import glyphs

if TYPE_CHECKING:
    from octopub.building import Loaded
    from octopub.diagnostics import Diagnostic


def check(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """The complaints about a manuscript that was read: those of reading it, and those of setting it in
    its faces."""
    book = loaded.book
    if book is None:
        return loaded.diagnostics
    span = book.spans.get("octopub.fonts")
    catalogue = open_catalogue(loaded.project.fonts)
    faces, unknown = choose(
        book.options.fonts, book.metadata.lang, catalogue, span=span, path=book.source.path
    )
    unset, _ = glyphs.judge(book, faces)
    return in_order([*loaded.diagnostics, *unknown, *unset])
