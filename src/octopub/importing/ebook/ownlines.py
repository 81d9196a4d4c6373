"""The lines of an EPUB that octopub made: each element of `markup.inline` is again what it was made from.

Imports `importing.draft` and `trees.tree`. Guesses nothing, and takes no space for another: the words have
their typography already.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Call, Image, Span, Text
from octopub.importing.trees.tree import CALL, Element, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from octopub.importing.draft import Attributes, Inline, Place

KEPT = ("id", "class", "lang", "dir", "title")
"""The attributes that an author can give."""
_MARKS = frozenset({"em", "strong", "s"})
_WIDTH = "width: "


def given(element: Element, *own: str, also: Attributes = ()) -> Attributes:
    """The attributes that the author gave an element. Of its classes, octopub's `own` stand first."""
    names = (element.get("class") or "").split()
    for name in own:
        if name in names:
            names.remove(name)
    found = {key: value for key in KEPT if (value := element.get(key)) is not None}
    found["class"] = " ".join(names)
    return (*((key, value) for key, value in found.items() if value or key == "title"), *also)


def pieces(elements: Iterable[Element | str], place: Callable[[Element], Place]) -> tuple[Inline, ...]:
    """Words and elements of a line."""
    found: list[Inline] = []
    for each in elements:
        if isinstance(each, str):
            found.append(Text(each))
        else:
            found.append(_piece(each, place))
    return tuple(found)


def line(element: Element, place: Callable[[Element], Place]) -> tuple[Inline, ...]:
    """What stands in an element, as a line."""
    return pieces(content(element), place)


def content(element: Element) -> list[Element | str]:
    """What an element holds: its words and elements."""
    found: list[Element | str] = [element.text] if element.text else []
    for child in element:
        found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def _piece(element: Element, place: Callable[[Element], Place]) -> Inline:
    match tag(element):
        case "br":
            return Break()
        case "img":
            return picture(element)
        case name if name == CALL:
            return Call(element.get("key") or "", place(element))
        case _:
            return _span(element, place)


def _span(element: Element, place: Callable[[Element], Place]) -> Span:
    """Marked words. What Markdown has no marks for, or marks with attributes, is raw HTML."""
    name, attributes, inside = tag(element), given(element), line(element, place)
    if name == "a" and "href" in element.attrib:
        return Span("link", inside, element.get("href") or "", _of_reference(attributes))
    if name in ("code", "span") or (name in _MARKS and not attributes):
        return Span(name, inside, "", attributes)
    return Span("raw", inside, name, attributes)


def over_breaks(said: Sequence[Inline]) -> tuple[Inline, ...]:
    """Verse whose marks go over its breaks, as they were before each line got marks of its own
    (`markup.verse`)."""
    found: list[Inline] = []
    for each in said:
        if len(found) > 1 and isinstance(found[-1], Break) and _goes_on(found[-2], each):
            behind, before = found.pop(), found.pop()
            assert isinstance(before, Span)
            assert isinstance(each, Span)
            each = replace(before, inside=over_breaks((*before.inside, behind, *each.inside)))  # noqa: PLW2901  # it takes the place of the three
        found.append(each)
    return tuple(found)


def _goes_on(before: Inline, behind: Inline) -> bool:
    """Whether two pieces may be one: an anchor has only the first."""
    if not (isinstance(before, Span) and isinstance(behind, Span)) or before.mark == "code":
        return False
    one = tuple(pair for pair in before.attributes if pair[0] != "id")
    return (before.mark, before.value, one) == (behind.mark, behind.value, behind.attributes)


def _of_reference(attributes: Attributes) -> Attributes:
    """`.page` has another name in the markup, where a page is something else."""
    return tuple(
        (name, " ".join("page" if each == "page-reference" else each for each in value.split()))
        if name == "class"
        else (name, value)
        for name, value in attributes
    )


def picture(element: Element, more: Attributes = (), caption: tuple[Inline, ...] = ()) -> Image:
    """An image; `more` are the attributes of its figure."""
    style = element.get("style") or ""
    width = (("width", style.removeprefix(_WIDTH)),) if style.startswith(_WIDTH) else ()
    attributes = (*more, *given(element, also=width))
    return Image(element.get("src") or "", element.get("alt") or "", caption, attributes)
