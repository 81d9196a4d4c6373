"""Faults that EPUBCheck does not see, put into the book `trial`."""

from __future__ import annotations

from tests.readers.books import changed

_MARKER = '<span id="page-4" epub:type="pagebreak" role="doc-pagebreak" aria-label="4"></span>'

MUTATIONS = (
    # a call that leads to another note
    ("text-2.xhtml", "#note-3", "#note-4"),
    # a way back that leads to another call
    ("notes.xhtml", 'note-back" href="text-2.xhtml#call-5"', 'note-back" href="text-3.xhtml#call-6"'),
    # a page two words late
    ("text-2.xhtml", f"{_MARKER}the harbour ", f"the harbour {_MARKER}"),
    # another letter in the text, and another in a note
    ("text-4.xhtml", "umbrellas", "umbrallas"),
    ("notes.xhtml", "bronze", "bronce"),
    # a line of the contents that leads to the next chapter, for both generations of readers
    ("nav.xhtml", "text-2.xhtml#what-the-pilots-knew", "text-3.xhtml"),
    ("toc.ncx", "text-2.xhtml#what-the-pilots-knew", "text-3.xhtml"),
)
"""The file, what stands in it, and what stands there instead."""

FOUND = {
    "text": [
        "text: shows ['umbrallas'] where ['umbrellas'] is written",
        "note-3: shows ['bronce', 'cast', 'inland'] where ['bronze', 'cast', 'inland'] is written",
    ],
    "contents": ["“What the pilots knew” leads to ['Tide', 'L’heure of slack water']"],
    "jumps": ["call-3 leads to ['note-4'], not to note-3", "note-5 does not lead back to call-5"],
    "pages": ["page 4: shows ['master', 'wrote', 'nothing'] where ['the', 'harbour', 'master'] is written"],
    "pop-ups": ["call-3: shows ['Knowledge', 'of', 'this'] where ['A', 'bell', 'of'] is written"],
}
"""What each check says of them."""


def with_faults(book: bytes) -> bytes:
    """The book with all of these faults."""

    def change(name: str, text: str) -> str:
        for file, right, wrong in MUTATIONS:
            if file == name:
                assert right in text
                text = text.replace(right, wrong)
        return text

    return changed(book, change)
