"""What is asked of each reading system, as a list of faults: of a good book there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from tests.readers.books import Trial, without_numbers
from tests.readers.screens import Screen


def text_faults(screen: Screen, trial: Trial) -> Iterator[str]:
    """Where the text that it shows is not the manuscript's."""
    text: list[str] = []
    notes: dict[str, list[str]] = {}
    for file in trial.texts:
        screen.go_to(file)
        text += screen.text() if file.startswith("text-") else []
        notes |= screen.notes()
    yield from compared(text, notes, trial)


def compared(text: list[str], notes: Mapping[str, list[str]], trial: Trial) -> Iterator[str]:
    """Where the words of text and notes are not the manuscript's."""
    yield from differences("text", text, trial.said.text)
    if [*notes] != [*trial.said.notes]:
        yield f"the notes are {[*notes]}"
    for anchor, expected in trial.said.notes.items():
        yield from differences(anchor, notes.get(anchor, []), expected)


def differences(what: str, shown: list[str], expected: list[str]) -> Iterator[str]:
    """The first difference between two lists of words."""
    if shown != expected:
        at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shown, expected, strict=False)))
        yield f"{what}: shows {shown[at : at + 3]} where {expected[at : at + 3]} is written"


def contents_faults(screen: Screen, trial: Trial) -> Iterator[str]:
    """Where the contents do not lead to the headings."""
    lines = screen.contents()
    labels = [label for label, _ in lines]
    if labels[: len(trial.said.headings)] != trial.said.headings:
        yield f"the contents are {labels}"
    for label, href in lines:
        screen.go(href)
        if not screen.shows_heading(label):
            yield f"“{label}” leads to {screen.headings_on_screen()}"


def pop_up_faults(screen: Screen, trial: Trial) -> Iterator[str]:
    """Where a tap on a call does not show its note above the text, and the text below it as before."""
    for call in trial.said.calls:
        screen.go_to(trial.file_of[call.id], call.id)
        screen.tap(call.id)
        yield from differences(call.id, screen.popped_up(), trial.said.notes[call.note])
        screen.close_note()
        if not screen.sees(call.id):
            yield f"{call.id} is no longer on the screen"


def jump_faults(screen: Screen, trial: Trial) -> Iterator[str]:
    """Where a tap on a call does not lead to its note, or the note's link does not lead back to the call."""
    for call in trial.said.calls:
        screen.go_to(trial.file_of[call.id], call.id)
        screen.tap(call.id)
        if not screen.sees(call.note) or screen.notes_on_screen() != [call.note]:
            yield f"{call.id} leads to {screen.notes_on_screen()}, not to {call.note}"
            continue
        screen.tap_way_back(call.note, trial.said.ways_back(call.note).index(call.id))
        if not screen.sees(call.id) or screen.sees_now(call.note):
            yield f"{call.note} does not lead back to {call.id}"


def page_faults(screen: Screen, trial: Trial) -> Iterator[str]:
    """Where the list of pages does not lead to the first words of each."""
    lines = screen.pages()
    if [label for label, _ in lines] != [*trial.pages]:
        yield f"the pages are {lines}"
    for label, href in lines:
        anchor = href.partition("#")[2]
        screen.go(href)
        if not screen.sees(anchor):
            yield f"page {label} leads to another place"
        if trial.file_of[anchor] in trial.texts:
            begin = _whole(trial.pages[label], screen.word_before(anchor))
            yield from differences(
                f"page {label}", without_numbers(screen.words_after(anchor))[: len(begin)], begin
            )


def _whole(begin: list[str], before: str) -> list[str]:
    """The words that a page begins with, without the end of one that began on the page before."""
    return begin[1:] if begin and before != begin[0] and before.endswith(begin[0]) else begin


CHECKS: dict[str, Callable[[Screen, Trial], Iterator[str]]] = {
    "text": text_faults,
    "contents": contents_faults,
    "jumps": jump_faults,
    "pages": page_faults,
}
"""What is asked of every system."""
