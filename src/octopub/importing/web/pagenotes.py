"""Notes that a page has as words alone: `[1]` or a raised number without a link, and the notes below.

Imports the plain text's recognisers (`plaintext.notes`) and `trees.tree`. Each block of the article is a unit
for them; what they find is put into the tree as `trees.webnotes` does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.importing.draft import Finding, LeftOut, Place
from octopub.importing.plaintext.lines import Line, Unit
from octopub.importing.plaintext.notes import find
from octopub.importing.plaintext.notestyles import notes_heading
from octopub.importing.trees.tree import (
    BLOCKS,
    CALL,
    HEADINGS,
    Element,
    PlainNote,
    at_line_of,
    gather,
    is_block,
    make,
    remove,
    tag,
    text_of,
    unwrap,
    whole_text,
)
from octopub.importing.trees.treesplit import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from octopub.importing.plaintext import notes as plain
    from octopub.importing.trees.webnotes import Notes

_ANY = re.compile(r"[\[({]\d{1,3}[\])}]|[⁰¹²³⁴-⁹*†‡]|\w\d{1,3}\)")
_BASE = re.compile(r"(?:\A|[\W\d_])(?:[^\W\d_]|[kcdmµ]m|mc|ft|in|yd|mi|sec|cos|sin|tan|log|10)\s?\Z")
"""Of what a raised number is a power."""
_NO_WORDS = frozenset({"code", "kbd", "samp", "tt", "pre", "math"})
_MARK = re.compile(r"\W*\d{1,3}\W*")


class _Letter(NamedTuple):
    """A letter of a unit, and where it stands: in an element's text, or behind the element."""

    letter: str
    element: Element | None
    behind: bool
    at: int


class _Leaf(NamedTuple):
    """A block that holds no other: its letters as a reader sees them, its number in an ordered list."""

    element: Element
    letters: list[_Letter]
    is_item: bool

    @property
    def text(self) -> str:
        return "".join(each.letter for each in self.letters)


def take_typed_notes(article: Element, found: Notes, place: Callable[[Element], Place]) -> list[Finding]:
    """Take the notes that have no links out of the article, and say in which form they were. Where the page has
    notes with links as well, what does not match stays text."""
    if not _ANY.search(whole_text(article)) and article.find(".//sup") is None:
        return []
    wrap_runs(article)
    leaves = list(_leaves(article))
    units = [Unit((Line(place(leaf.element).number, 0, leaf.text, 0, 1),)) for leaf in leaves]
    sections = [at for at, leaf in enumerate(leaves) if tag(leaf.element) in HEADINGS]
    result = find(units, sections)
    linked = bool(found.notes)
    if (
        not result.notes
        and not any(each.is_call for each in result.unmatched)
        and any(leaves[at].is_item for at in result.lone)
    ):
        return []
    kept = [
        Finding(each.place, f"kept as text: {each.mark}", "nothing matches it")
        for each in result.unmatched
        if linked
    ]
    found.unmatched += [] if linked else result.unmatched
    return kept + _put(article, leaves, result, found, place)


def _put(
    article: Element,
    leaves: Sequence[_Leaf],
    result: plain.Notes,
    found: Notes,
    place: Callable[[Element], Place],
) -> list[Finding]:
    """Calls into the text, notes out of it."""
    first = int(found.next_key) - 1
    for at, calls in result.calls.items():
        for start, end, key in sorted(calls, reverse=True):
            _call(leaves[at], start, end, str(first + int(key)))
    for note in result.notes:
        leaf = leaves[note.units[0]]
        _cut(leaf.letters[: note.begin])
        if note.closes:
            _cut(leaves[note.units[-1]].letters[-1:])
    for at, why in result.furniture.items():
        found.left_out.append(LeftOut(place(leaves[at].element), leaves[at].text, why))
        _remove_with_frames(leaves[at].element, article)
    for note in result.notes:
        here = place(leaves[note.units[0]].element)
        body = _body(article, [leaves[at].element for at in note.units])
        found.notes.append(PlainNote(str(first + int(note.key)), note.mark, body, here))
    return [
        Finding(Place(1), f"{count} {'notes' if count > 1 else 'note'}, called as {call}",
                f"every call has its note, written as {written}")
        for call, written, count in result.styles
    ]  # fmt: skip


# -- the article as units -------------------------------------------------------------------------


def _leaves(article: Element) -> Iterator[_Leaf]:
    """The blocks with words that hold no other block, in order."""
    headed = False
    numbers = _numbers(article)
    for element in article.iter():
        if tag(element) not in BLOCKS or tag(element) == "table" or any(map(is_block, element)):
            continue
        letters = _shown(_letters(element, []))
        if not letters:
            continue
        leaf = _Leaf(element, letters, is_item=False)
        number = numbers.get(element) if headed else None
        if number is not None:
            letters = [*map(_virtual, f"{number}. "), *letters]
            leaf = _Leaf(element, letters, is_item=True)
        elif tag(element) in HEADINGS or len(letters) < 40:
            headed = bool(notes_heading(Unit((Line(1, 0, leaf.text, 0, 1),)))) or (
                headed and tag(element) not in HEADINGS
            )
        yield leaf


def _numbers(article: Element) -> dict[Element, int]:
    """The numbers of the items of ordered lists, by the items and by their first elements."""
    found: dict[Element, int] = {}
    for items in article.iter("ol"):
        given = items.get("start") or ""
        start = int(given) if given.isdecimal() and len(given) < 4 else 1
        for number, item in enumerate(items.iterchildren("li"), start):
            found[item] = number
            if len(item):
                found[item[0]] = number
    return found


def _letters(element: Element, found: list[_Letter]) -> list[_Letter]:
    """The letters of an element. What is no running text stands for itself as `x`, a call as an object."""
    is_masked = tag(element) in _NO_WORDS or _is_outward(element)
    text = element.text or ""
    is_raised = tag(element) == "sup" and text.strip().isdecimal() and not len(element)
    if is_raised and not _BASE.search("".join(each.letter for each in found[-12:])):
        # Raised numbers are for the recognisers as if they stood in brackets.
        own = [_Letter(each, element, False, at) for at, each in enumerate(text) if each.isdecimal()]
        found += (_virtual("["), *own, _virtual("]"))
        return found
    found += [
        _Letter("x" if is_masked and not each.isspace() else each, element, False, at)
        for at, each in enumerate(text)
    ]
    for child in element:
        if tag(child) in (CALL, "img"):
            found.append(_virtual("\N{OBJECT REPLACEMENT CHARACTER}"))
        elif tag(child) == "br":
            found.append(_virtual(" "))
        else:
            found = _letters(child, found)
        found += [_Letter(each, child, True, at) for at, each in enumerate(child.tail or "")]
    return found


def _virtual(letter: str) -> _Letter:
    """A letter for the recognisers alone."""
    return _Letter(letter, None, False, 0)


def _is_outward(element: Element) -> bool:
    """Whether a mark is a link to another page: to a source, not to a note."""
    address = element.get("href") or ""
    return (
        tag(element) == "a"
        and not address.startswith("#")
        and bool(address)
        and bool(_MARK.fullmatch(text_of(element)))
    )


def _shown(letters: Sequence[_Letter]) -> list[_Letter]:
    """Without the spaces that a browser does not show."""
    found: list[_Letter] = []
    for each in letters:
        if each.letter in " \t\n\r\f\N{NO-BREAK SPACE}":
            if found and found[-1].letter != " ":
                found.append(each._replace(letter=" "))
        else:
            found.append(each)
    while found and found[-1].letter == " ":
        found.pop()
    return found


# -- into the tree --------------------------------------------------------------------------------


def _call(leaf: _Leaf, start: int, end: int, key: str) -> None:
    """Put a call in the place of its mark."""
    first = next(each for each in leaf.letters[start:end] if each.element is not None)
    assert first.element is not None
    _cut(leaf.letters[start:end])
    call = at_line_of(make(CALL, key=key, mark=leaf.text[start:end]), first.element)
    if first.behind:
        text, first.element.tail = first.element.tail or "", None
        first.element.addnext(call)
        first.element.tail = text[: first.at]
    else:
        text, first.element.text = first.element.text or "", (first.element.text or "")[: first.at]
        first.element.insert(0, call)
    call.tail = text[first.at :]
    above = call.getparent()
    while (
        above is not None and tag(above) in ("sup", "small", "a") and not text_of(above) and len(above) == 1
    ):
        unwrap(above)
        above = call.getparent()


def _cut(letters: Sequence[_Letter]) -> None:
    """Take letters out of the tree."""
    for each in reversed(letters):
        if each.element is None:
            continue
        name = "tail" if each.behind else "text"
        text = getattr(each.element, name) or ""
        setattr(each.element, name, text[: each.at] + text[each.at + 1 :])


def _body(article: Element, blocks: Sequence[Element]) -> Element:
    """A note's blocks, taken out: each with the frame that holds nothing else."""
    body = at_line_of(make("div"), blocks[0])
    own = set(blocks)
    for block in blocks:
        if any(above is body for above in block.iterancestors()):
            continue
        whole = block
        for above in block.iterancestors():
            if (
                above is article
                or tag(above) in ("ol", "ul", "dl")
                or not all(each in own for each in above.iter() if _is_leaf(each))
            ):
                break
            whole = above
        frame = whole.getparent()
        if tag(whole) in ("li", "dd", "dt", "td", "aside"):
            whole.tag = "div"
        remove(whole)
        gather(body, [whole])
        if frame is not None:
            _prune(frame, article)
    return body


def _is_leaf(element: Element) -> bool:
    return tag(element) in BLOCKS and not any(map(is_block, element)) and bool(text_of(element))


def _remove_with_frames(element: Element, article: Element) -> None:
    frame = element.getparent()
    before = element.getprevious()
    if before is not None and tag(before) == "hr":
        remove(before)
    remove(element)
    if frame is not None:
        _prune(frame, article)


def _prune(frame: Element, article: Element) -> None:
    """Take out what is empty now."""
    while (
        frame is not article
        and not text_of(frame)
        and frame.find(".//img") is None
        and frame.find(f".//{CALL}") is None
    ):
        above = frame.getparent()
        if above is None:
            return
        remove(frame)
        frame = above
