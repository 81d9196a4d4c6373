"""Where a note's text begins and ends, once its target is known, and what in it is no text of its own.

Imports `notemarks` and `tree`. A target may be the note itself (`<li id="fn1">`), a part of
it (the way back, an empty anchor), or one of several in a paragraph. Moves elements, guesses no words: a mark is
taken from a note only where its call has the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.trees.conventions import is_notes_heading
from octopub.importing.trees.notemarks import bare, fragment, is_arrow, is_back_link
from octopub.importing.trees.tree import (
    BLOCKS,
    CALL,
    HEADINGS,
    Element,
    at_line_of,
    classes,
    gather,
    is_block,
    kinds,
    make,
    remove,
    replace,
    strip_start,
    tag,
    text_of,
    whole_text,
    words,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

_CONTAINER_KINDS = frozenset({"doc-endnotes", "endnotes", "footnotes", "rearnotes", "notes"})
_CONTAINER_CLASSES = frozenset(
    "footnotes endnotes footnote-list footnotes-list notes-list reflist references mw-references-wrap notes"
    " footnote-definitions footnotes-section footnote-block wp-block-footnotes"
    " easy-footnotes-wrapper footnotes_reference_container".split()
)
_NO_NOTE = frozenset("body html main article section ol ul table tbody thead dl header footer".split())
"""What holds more than one note: a note is never one of these."""
_FOLLOWING = frozenset("p ul ol blockquote pre table div figure".split())
"""What may follow a note's first paragraph and belong to it."""
_CLOSED = re.compile(
    r"\s*(?:[\[({]\s*(?P<inside>[^\s\])}]{1,12})\s*[\])}][.:]?|(?P<before>[^\s.):\]]{1,12})\s*[.):\]])(?=\s|\D|$)\s*"
)
"""A mark in brackets, or with a sign behind it: `[1]`, `1.`."""
_PLAIN = re.compile(r"\s*(?P<mark>\S{1,12})\s+")
_LEFT = re.compile(r"\s*(?:\[\s*\]|\(\s*\)|\^|[\]).:])\s*")
"""What is left of a mark whose number was the way back."""


class Bodies:
    """The notes' texts by their targets' names, as `found`; `take` takes one out of the tree."""

    def __init__(self, targets: Mapping[str, Element], calls: Iterable[Element]) -> None:
        self._calls = {each for call in calls for each in call.iter()}
        targets = {name: each for name, each in targets.items() if each not in self._calls}
        outer = {name: _outermost(target, set(targets.values())) for name, target in targets.items()}
        self._targets = set(outer.values())
        whole = {target: self._whole(target) for target in self._targets}
        self.found: dict[str, Element] = {name: whole[target] for name, target in outer.items()}
        """What is the note, or its beginning."""
        self._part_shared()
        self._names = {body: name for name, body in reversed(self.found.items())}
        self._starts = set(self.found.values())
        self._extent = {name: self._following(body) for name, body in self.found.items()}

    def first_name(self, name: str) -> str:
        """Of several targets in one note the first, under whose name it is taken."""
        body = self.found.get(name)
        return name if body is None else self._names[body]

    def _whole(self, target: Element) -> Element:
        """The block around a target, and what around that holds this note alone."""
        whole = target
        for above in target.iterancestors():
            if tag(above) in _NO_NOTE or is_container(above) or not self._is_alone(above, target):
                break
            if above.find("hr") is not None or any(tag(each) in HEADINGS for each in above):
                break
            if any(letter.isalpha() for letter in _text_before(above, whole)):
                break
            whole = above
        return whole

    def _is_alone(self, above: Element, target: Element) -> bool:
        """Whether an element holds no call and no other note's target."""
        return not any(
            each in self._calls or tag(each) == CALL or (each in self._targets and each is not target)
            for each in above.iter()
        )

    def _part_shared(self) -> None:
        """Where several notes share a paragraph, give each its stretch of it."""
        for name, body in list(self.found.items()):
            if tag(body) in BLOCKS or tag(body) == "tr":
                continue
            stretch = at_line_of(make("div"), body)
            before = body.getparent()
            if before is None or (tag(before) in _NO_NOTE and not _is_mere_anchor(body)):
                continue
            here = body.getnext()
            tail = body.tail
            replace(body, stretch)
            stretch.tail = None
            body.tail = tail
            stretch.append(body)
            while here is not None and here not in self._targets and not self._leads_to_target(here):
                following = here.getnext()
                if tag(here) in BLOCKS and text_of(stretch):
                    break
                stretch.append(here)
                here = following
            self.found[name] = stretch

    def _leads_to_target(self, element: Element) -> bool:
        return any(each in self._targets for each in element.iter())

    def _calls_or_leads(self, element: Element) -> bool:
        return any(
            each in self._calls or tag(each) == CALL or each in self._targets for each in element.iter()
        )

    def _following(self, body: Element) -> list[Element]:
        """The blocks behind a note's first that go on with it: up to the next note, in a place that holds
        nothing but notes."""
        if tag(body) == "dt":
            return _until(body, lambda each: tag(each) != "dd")
        parent = body.getparent()
        is_line = tag(body) == "p" or (tag(body) == "div" and not body.attrib)
        if not is_line or parent is None or tag(parent) == "li":
            return []
        more = _until(
            body,
            lambda each: each in self._starts or tag(each) not in _FOLLOWING or self._calls_or_leads(each),
        )
        behind = (more[-1] if more else body).getnext()
        is_closed = behind is not None and behind in self._starts
        return more if is_closed or is_container(parent) else []

    def take(self, name: str, mark: str, calls: AbstractSet[str]) -> tuple[Element, str]:
        """A note's text, taken out of the tree, and what of it was only its mark and its ways back.
        `calls` are the anchors of the calls."""
        first = self.found[name]
        whole = at_line_of(make("div"), first)
        is_item = tag(first) == "li"
        before = " ".join(words(first, *self._extent[name]))
        for part in (first, *self._extent[name]):
            _move(part, whole)
        had_link = _drop_back_links(whole, calls)
        _drop_mark(whole, mark, is_numbered=is_item or had_link)
        _drop_empty(whole)
        return whole, _difference(before, " ".join(words(whole)))


def _outermost(target: Element, targets: AbstractSet[Element]) -> Element:
    """The target that holds this one, or itself: two anchors in one note are one note."""
    holders = [each for each in target.iterancestors() if each in targets and tag(each) not in _NO_NOTE]
    return holders[-1] if holders else target


def is_container(element: Element) -> bool:
    """Whether an element says that it holds notes."""
    if tag(element) in ("", "a", "li", "sup", "p", "html", "body"):
        return False
    return bool(_CONTAINER_KINDS & set(kinds(element)) or _CONTAINER_CLASSES & set(classes(element)))


def only_heading(element: Element, *, follows: bool = False) -> bool:
    """Whether nothing is left in an element but a heading; with `follows`, whether a heading names notes and
    no text follows it in its part."""
    if follows:
        if not is_notes_heading(text_of(element)):
            return False
        here = element.getnext()
        while here is not None and tag(here) not in HEADINGS:
            if text_of(here) or here.find(".//img") is not None:
                return False
            here = here.getnext()
        return not (element.tail or "").strip()
    if any(True for _ in element.iter("img", CALL)):
        return False
    rest = [each for each in element.iter() if tag(each) in HEADINGS]
    outside = len(words(element)) - sum(len(words(each)) for each in rest)
    return outside == 0 or is_notes_heading(text_of(element))


def _until(body: Element, stop: object) -> list[Element]:
    assert callable(stop)
    found: list[Element] = []
    here = body.getnext()
    while here is not None and not stop(here):
        found.append(here)
        here = here.getnext()
    return found


def _is_mere_anchor(body: Element) -> bool:
    return tag(body) in ("a", "span", "sup")


def _move(part: Element, whole: Element) -> None:
    """Move a part of a note, with its cells and terms as blocks, into the note."""
    mark = make("div")
    part.addprevious(mark)
    mark.tail, part.tail = part.tail, None
    remove(mark)
    if tag(part) == "tr":
        remove(part)
        for cell in list(part):
            cell.tag = "div"
            whole.append(cell)
        return
    if tag(part) in ("li", "dd", "dt", "aside", "td"):
        part.tag = "div"
    gather(whole, [part])


def _drop_back_links(whole: Element, calls: AbstractSet[str]) -> bool:
    """Take out the ways back; whether one of them stood first."""
    was_first = False
    for holder in [each for each in whole.iter("span") if "mw-cite-backlink" in classes(each)]:
        was_first = True
        remove(holder)
    anything = _Anything()
    for link in list(whole.iter("a")):
        target = fragment(link, anything)
        if not (target and (target in calls or is_back_link(link, target))):
            continue
        was_first = was_first or not _text_before(whole, link).strip("[(^ \n\t")
        holder = _holder(link, whole)
        remove(holder)
    for each in [e for e in whole.iter("span") if {"label", "fn-bracket"} & set(classes(e)) and _no_word(e)]:
        remove(each)
    return was_first


class _Anything:
    """Holds every name."""

    def __contains__(self, _: object) -> bool:
        return True


def _text_before(whole: Element, element: Element) -> str:
    """What a note says before this element."""
    found: list[str] = []
    for each in whole.iter():
        if each is element:
            break
        found.append(each.text or "")
    return "".join(found)


def _holder(link: Element, whole: Element) -> Element:
    """A link, with what holds it alone (`<sup>`, brackets in a span)."""
    holder = link
    for above in link.iterancestors():
        if above is whole or tag(above) in BLOCKS or bare(text_of(above)) != bare(text_of(link)):
            break
        holder = above
    return holder


def _no_word(element: Element) -> bool:
    return not re.search(r"\w", text_of(element))


def _drop_mark(whole: Element, mark: str, *, is_numbered: bool) -> None:
    """Take the mark from the beginning of a note: the one that its call has, and what is left of its brackets.
    A bare number before the text is taken only where nothing else numbers the note."""
    text, wanted = whole_text(whole), bare(mark)
    closed, plain = _CLOSED.match(text), _PLAIN.match(text)
    if closed and wanted and bare(closed["inside"] or closed["before"]) == wanted:
        strip_start(whole, closed.end())
    elif plain and wanted and not is_numbered and bare(plain["mark"]) == wanted:
        strip_start(whole, plain.end())
    elif wanted and not is_numbered and bare(first := _first_text(whole)) == wanted:
        # A mark in an element of its own, right before the first word: `<sup>1</sup>First`.
        strip_start(whole, text.index(first) + len(first))
    elif is_numbered and (left := _LEFT.match(text)):
        strip_start(whole, left.end())


def _first_text(whole: Element) -> str:
    """The first letters in a note, as far as no markup parts them."""
    return next((str(each) for each in whole.itertext() if str(each).strip()), "")


def _drop_empty(whole: Element) -> None:
    """Take out the blocks and marks that held nothing but what is gone, and the spaces before it."""
    for each in reversed([*whole.iterdescendants()]):
        if tag(each) in ("img", "br", "hr", CALL, "td", "th", "tr"):
            continue
        text = whole_text(each)
        if (
            not text.strip()
            and not any(True for _ in each.iter("img", CALL))
            and (text == "" or is_block(each))
        ):
            remove(each)
    last = [each for each in whole.iter() if (each.tail or each.text or "").strip()]
    for each in last[-1:]:
        for side in ("tail", "text"):
            value = getattr(each, side)
            if value and is_arrow(value.strip()):
                setattr(each, side, None)


def _difference(before: str, after: str) -> str:
    """What words are no longer there, told roughly: for the report, not for the proof."""
    left = after.split()
    gone = []
    for word in before.split():
        if left and word == left[0]:
            left.pop(0)
        else:
            gone.append(word)
    return " ".join(gone)
