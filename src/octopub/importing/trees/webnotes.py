"""The notes of web pages and e-books: which link is a call, where its note stands, and what of it is its text.

Imports `importing.draft`, `notemarks` and `tree`. Works on a plain tree in place: each call
becomes a `CALL` element, each note is taken out. It guesses nothing: a call without a note and a note without a
call stay as text, and are reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut, Unmatched
from octopub.importing.trees.conventions import is_notes_heading
from octopub.importing.trees.notebodies import Bodies, is_container, only_heading
from octopub.importing.trees.notemarks import (
    bare,
    fragment,
    is_back_link,
    is_call,
    is_margin_note,
    is_remark,
    marks_of,
    names_note,
    remove_repeated_marks,
    says_note,
    shown_by,
)  # fmt: skip
from octopub.importing.trees.tree import (
    CALL,
    HEADINGS,
    Element,
    PlainNote,
    at_line_of,
    by_id,
    make,
    remove,
    replace,
    tag,
    text_of,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.draft import Place


_BRACKETS = 4
"""So many letters more than a mark may stand around it."""


@dataclass(slots=True)
class Notes:
    """The notes of a tree, in the order of their first calls, and what did not match."""

    notes: list[PlainNote] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)

    @property
    def next_key(self) -> str:
        """A number that no note has."""
        return str(max((int(note.key) for note in self.notes), default=0) + 1)


@dataclass(slots=True)
class _Link:
    """A call: the element that stands for it, the target it names, and its mark."""

    element: Element
    target: str
    mark: str


def take_notes(root: Element, place: Callable[[Element], Place]) -> Notes:
    """Take the notes out of the tree."""
    found = Notes()
    targets = by_id(root)
    links = _calls(root, targets)
    called = dict.fromkeys(link.target for link in links if link.target in targets)
    bodies = Bodies({name: targets[name] for name in called}, [link.element for link in links])
    for link in links:
        link.target = bodies.first_name(link.target)
    heads = _heads(bodies)
    keys = _take_called(found, links, bodies, place)
    _take_remarks(found, root, keys)
    _take_copies(found, root, place)
    _take_margins(found, root, place)
    _take_uncalled(found, root, place)
    _report_unmatched(found, links, bodies, place)
    for tree in (root, *(note.body for note in found.notes)):
        _lead_to_notes(tree, keys)
    for head in heads:
        _leave_out(found, head, place)
    _clear_containers(found, root, place)
    return found


# -- calls ----------------------------------------------------------------------------------------


def _calls(root: Element, targets: dict[str, Element]) -> list[_Link]:
    """The calls, in the order of the text."""
    links = [each for each in root.iter("a") if fragment(each, targets)]
    order = {element: index for index, element in enumerate(root.iter())}
    found: list[_Link] = []
    for link in links:
        target = fragment(link, targets)
        if is_back_link(link, target) or not is_call(link, target, targets.get(target)):
            continue
        there = targets.get(target)
        if there is not None and order[there] < order[link] and not says_note(link, there):
            # A link upwards that nothing calls a call: the way back from a note.
            continue
        if there is not None and (there is link or any(above is there for above in link.iterancestors())):
            continue
        found.append(_Link(_whole_call(link), target, text_of(link)))
    return found


def _whole_call(link: Element) -> Element:
    """The link, with what only raises it or puts brackets around it."""
    whole = link
    for above in link.iterancestors():
        raises = tag(above) in ("sup", "small", "span", "b", "i", "em", "strong", "font")
        if not raises or not _says_only(above, text_of(link)) or len(above.findall(".//a")) > 1:
            break
        whole = above
    return whole


def _says_only(element: Element, mark: str) -> bool:
    """Whether an element says a mark, perhaps in brackets, and nothing else. (It may be a frame around the whole
    text.)"""
    letters = 0
    for piece in element.itertext():
        letters += len(str(piece).strip())
        if letters > len(mark) + _BRACKETS:
            return False
    return bare(text_of(element)) == bare(mark)


# -- notes ----------------------------------------------------------------------------------------


def _take_called(
    found: Notes, links: list[_Link], bodies: Bodies, place: Callable[[Element], Place]
) -> dict[str, str]:
    """Take out the notes that are called, and put calls where their links were. Gives the notes' keys by their
    targets."""
    keys: dict[str, str] = {}
    for link in links:
        if link.target not in bodies.found:
            continue
        if link.target not in keys:
            keys[link.target] = str(len(keys) + 1)
        call = make(CALL, key=keys[link.target], mark=link.mark)
        _drop_brackets(link.element)
        replace(link.element, at_line_of(call, link.element))
    marks = {link.target: link.mark for link in reversed(links)}
    calls = {
        name
        for link in links
        for each in link.element.iter()
        for name in (each.get("id"), each.get("name"))
        if name
    }
    for target, key in keys.items():
        here = place(bodies.found[target])
        body, gone = bodies.take(target, marks[target], calls)
        found.notes.append(PlainNote(key, bare(marks[target]), body, here))
        if gone:
            found.left_out.append(LeftOut(here, gone, "a note's mark and its way back"))
    return keys


def _drop_brackets(call: Element) -> None:
    """Take away the brackets around a call: `[<a>1</a>]`."""
    previous, parent = call.getprevious(), call.getparent()
    assert parent is not None
    before = (parent.text if previous is None else previous.tail) or ""
    behind = call.tail or ""
    if (before[-1:], behind[:1]) not in (("[", "]"), ("(", ")"), ("{", "}")):
        return
    call.tail = behind[1:]
    if previous is None:
        parent.text = before[:-1]
    else:
        previous.tail = before[:-1]


def _take_remarks(found: Notes, root: Element, keys: dict[str, str]) -> None:
    """Leave out what reviewers remarked, which word processors export as if it were notes."""
    remarks = {key for target, key in keys.items() if is_remark(target)}
    for note in [each for each in found.notes if each.key in remarks]:
        found.notes.remove(note)
        found.left_out.append(LeftOut(note.place, text_of(note.body), "a remark of a reviewer"))
    for tree in (root, *(note.body for note in found.notes)):
        for call in [each for each in tree.iter(CALL) if each.get("key") in remarks]:
            remove(call)


def _take_copies(found: Notes, root: Element, place: Callable[[Element], Place]) -> None:
    """Leave out what shows a note when its call is pointed at: it repeats the note."""
    bodies = {note.key: words(note.body) for note in found.notes}
    for call in list(root.iter(CALL)):
        copy = call.getnext()
        if copy is None or (call.tail or "").strip() or "tooltip" not in str(copy.get("class")):
            continue
        if words(copy)[:3] == bodies.get(call.get("key") or "", ())[:3]:
            found.left_out.append(LeftOut(place(copy), text_of(copy), "a copy of a note"))
            remove(copy)


def _lead_to_notes(root: Element, keys: dict[str, str]) -> None:
    """Links that lead to a note without calling it (`see note 3`) lead there still."""
    for link in root.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        if target in keys:
            link.set("href", f"#note:{keys[target]}")


def _take_margins(found: Notes, root: Element, place: Callable[[Element], Place]) -> None:
    """Notes that stand where they are called: Tufte's sidenotes and margin notes, and those that show when a
    mark is pointed at."""
    for note in [each for each in root.iter() if is_margin_note(each)]:
        if note.getparent() is None:
            continue
        key, here = found.next_key, place(note)
        marks = marks_of(note)
        gone = [text_of(each) for each in marks if text_of(each) not in ("", "⊕")]
        remove_repeated_marks(note, gone)
        body = at_line_of(make("div"), note)
        call = at_line_of(make(CALL, key=key, mark=gone[0] if gone else key), note)
        replace(note, call)
        body.append(note)
        for mark in marks:
            remove(mark)
        found.notes.append(PlainNote(key, bare(gone[0]) if gone else key, body, here))
        found.left_out += [LeftOut(here, each, "the mark of a margin note") for each in gone]
    for mark in [each for each in root.iter("sup", "a", "span") if each.getparent() is not None]:
        if text := shown_by(mark):
            key, here = found.next_key, place(mark)
            replace(mark, at_line_of(make(CALL, key=key, mark=text_of(mark)), mark))
            body = at_line_of(make("div", text), mark)
            found.notes.append(PlainNote(key, bare(text_of(mark)), body, here))


def _take_uncalled(found: Notes, root: Element, place: Callable[[Element], Place]) -> None:
    """What says that it is a note, but is called by nothing."""
    known = [note.mark for note in found.notes]
    for element in list(root.iter()):
        if not names_note(element) or any(names_note(above) for above in element.iterancestors()):
            continue
        if not text_of(element):
            continue
        mark = text_of(element).split()[0]
        nearest = get_close_matches(bare(mark), known, 1, 0.5)
        candidate = f"the call {nearest[0]}, which has another note" if nearest else ""
        found.unmatched.append(Unmatched(place(element), bare(mark), is_call=False, candidate=candidate))


def _report_unmatched(
    found: Notes, links: list[_Link], bodies: Bodies, place: Callable[[Element], Place]
) -> None:
    """Calls whose note is missing, each with the note that may be meant."""
    waiting = [each.mark for each in found.unmatched if not each.is_call]
    for link in links:
        if link.target in bodies.found:
            continue
        mark = bare(link.mark)
        nearest = next(iter(get_close_matches(mark, waiting, 1, 0.5)), None)
        near_id = next(iter(get_close_matches(link.target, bodies.found, 1, 0.8)), None)
        candidate = f"the note {nearest}, which nothing calls" if nearest else ""
        candidate = candidate or (f"the note with the anchor “{near_id}”" if near_id else "")
        found.unmatched.append(Unmatched(place(link.element), mark, is_call=True, candidate=candidate))
    found.unmatched.sort(key=lambda each: (each.place.number, not each.is_call))


# -- what the notes leave behind ------------------------------------------------------------------


def _heads(bodies: Bodies) -> list[Element]:
    """The headings that stand right before notes and name them."""
    found: dict[Element, None] = {}
    for body in bodies.found.values():
        for here in (body, *body.iterancestors()):
            before = here.getprevious()
            while before is not None and not text_of(before):
                before = before.getprevious()
            if before is not None:
                if is_notes_heading(text_of(before)) and not (before.tail or "").strip():
                    found[before] = None
                break
    return list(found)


def _clear_containers(found: Notes, root: Element, place: Callable[[Element], Place]) -> None:
    """Take out what only framed the notes: their section with its heading and rule."""
    if not found.notes:
        return
    for element in list(root.iter()):
        if element.getparent() is None or not (is_container(element) and only_heading(element)):
            continue
        _leave_out(found, element, place)
    for heading in [each for each in root.iter(*HEADINGS) if only_heading(each, follows=True)]:
        _leave_out(found, heading, place)
    for each in [*root.iter("ol", "ul", "dl", "table")]:
        if not text_of(each) and each.find(f".//{CALL}") is None and each.find(".//img") is None:
            remove(each)


def _leave_out(found: Notes, element: Element, place: Callable[[Element], Place]) -> None:
    text, here = text_of(element), place(element)
    before = element.getprevious()
    if before is not None and tag(before) == "hr" and not (before.tail or "").strip():
        remove(before)
    remove(element)
    if text:
        found.left_out.append(LeftOut(here, text, "the notes' heading"))
