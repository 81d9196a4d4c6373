"""Check: all that octopub has to say about a manuscript, without building it.

Imports `building`, `desk.rules`, `desk.kindle` and, of `pdf`, what needs no Pango.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from octopub import building
from octopub.desk.kindle import kindle_rules
from octopub.desk.rules.passage import copy_of
from octopub.desk.rules.table import judge
from octopub.diagnostics import has_errors, in_order
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.pdf import glyphs
from octopub.reading import frontmatter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from octopub.building import Loaded
    from octopub.diagnostics import Diagnostic
    from octopub.model import Source

TARGETS = {"kindle": kindle_rules}
"""Shops with rules of their own."""


def findings(
    source: str | bytes | Path,
    *,
    name: str | None = None,
    base: Path | None = None,
    unsaved: Path | None = None,
    options: Mapping[str, Any] | None = None,
) -> list[Diagnostic]:
    """All complaints about a manuscript, in the order of the text. The arguments are those of `building.load`: a
    Path is its file, a `str` its text (an editor's with `unsaved`). Raises OSError where the file cannot be read."""
    return list(check(building.load(source, name=name, base=base, unsaved=unsaved, options=options)))


def check(loaded: Loaded, target: str | None = None) -> tuple[Diagnostic, ...]:
    """The same for a manuscript that was read: the complaints of reading it, those of setting it in its faces, those
    of its copy editor, and those of the shop (`target`) that is to sell it, one of `TARGETS`. Where there are errors,
    it is set in no faces and has no shop."""
    sold = TARGETS[target](loaded) if target else ()
    return in_order([*loaded.diagnostics, *_setting(loaded), *editing(loaded.source), *sold])


def _setting(loaded: Loaded) -> Iterator[Diagnostic]:
    """What its faces lack."""
    book = loaded.book
    if book is None:
        return
    span = book.spans.get("octopub.fonts")
    catalogue = open_catalogue(loaded.project.fonts)
    faces, unknown = choose(
        book.options.fonts, book.metadata.lang, catalogue, span=span, path=book.source.path
    )
    yield from unknown
    yield from glyphs.judge(book, faces)[0]


def editing(source: Source | None) -> Iterator[Diagnostic]:
    """What a manuscript's copy editor would mark."""
    if source is None:
        return
    front, faults = frontmatter.read(source)
    if has_errors(faults):
        return  # nobody knows what language it is in, nor where it begins
    own = front.options
    yield from judge(copy_of(source, front.body, front.lang or "en", own.quotes), own.ignore)
