"""A chapter of the book → its section, for either target.

Imports `model`, `markup.scribe` and the modules that fill `markup.table`. It numbers nothing, resolves
nothing and knows no page: all that is in the nodes (`reading`) and in the `Setting`.

`epub:type` and `role` follow EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.markup import blocks  # noqa: F401  # with what it imports, it fills the table
from octopub.markup.notes import notes_at_end, write_note
from octopub.markup.scribe import Scribe, Setting, Stream
from octopub.markup.table import RENDERERS, write

if TYPE_CHECKING:
    from octopub.markup.scribe import Element
    from octopub.model import Chapter

__all__ = ["RENDERERS", "chapter", "write", "write_note"]


def chapter(
    chapter: Chapter,
    setting: Setting,
    streams: list[Stream] | None = None,
    *,
    begins: bool = True,
) -> Element:
    """A chapter's section with all it holds, its notes where they stand at its end. In print the streams
    of its blocks are added to `streams`.

    Of a chapter that stands in several files this may be a part: `begins` says whether it is the first.
    """
    scribe = Scribe(setting, streams)
    kind = "chapter" if chapter.heading else "bodymatter" if len(setting.book.chapters) == 1 else "preamble"
    attributes = {
        "class": "chapter" if chapter.heading else "chapter opening",
        "id": None if chapter.heading or not begins else chapter.id,
        "epub:type": kind,
        "role": "doc-chapter" if chapter.heading else None,
    }
    with scribe.element("section", attributes) as section:
        write(scribe, chapter.blocks)
        scribe.break_pages(len(setting.book.source.text))
        notes_at_end(scribe, chapter)
    return section
