"""calibre's viewer: its words, and its pop-ups. It takes seconds to start, so each book is opened once."""

from __future__ import annotations

from collections.abc import Iterator

from tests.readers.books import Trial, trial
from tests.readers.calibre import Viewer, opened
from tests.readers.checks import compared, differences
from tests.readers.mutants import FOUND, with_faults
from tests.tools import needs_tool


def faults(viewer: Viewer, book: Trial) -> Iterator[str]:
    """Where text and notes are not the manuscript's, and where a tap on a call shows another note."""
    text: list[str] = []
    notes: dict[str, list[str]] = {}
    viewer.go_to_beginning()
    for file in book.texts:
        viewer.go_on_to(next(anchor for anchor, name in book.file_of.items() if name == file))
        text += viewer.text() if file.startswith("text-") else []
        notes |= viewer.notes()
    yield from compared(text, notes, book)
    viewer.go_to_beginning()
    for call in book.said.calls:
        viewer.go_on_to(call.id)
        viewer.tap(call.id)
        yield from differences(call.id, viewer.popped_up(), book.said.notes[call.note])
        viewer.close_note()
        if not viewer.sees(call.id):
            yield f"{call.id} is no longer on the screen"


def test_it_shows_what_the_manuscript_says() -> None:
    needs_tool("ebook-viewer")
    with opened(trial("trial").data) as viewer:
        assert [*faults(viewer, trial("trial"))] == []


def test_faults_are_found() -> None:
    needs_tool("ebook-viewer")
    with opened(with_faults(trial("trial").data)) as viewer:
        assert [*faults(viewer, trial("trial"))] == [*FOUND["text"], *FOUND["pop-ups"]]


def test_the_contents_lead_to_a_heading() -> None:
    needs_tool("ebook-viewer")
    with opened(trial("trial").data, at="toc:Bronze") as viewer:
        assert viewer.shows_heading("Bronze")
