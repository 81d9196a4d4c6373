"""The plain tree: the elements of HTML, in which web pages, EPUBs and word processor files meet.

Imports lxml. A reader turns its source into such a tree, with each note taken out of the text and each call a
`CALL` element; `treeblocks` makes the draft's blocks of it. Here are only the tree's own tools:
making, moving, removing, and telling words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.importing.draft import Place

Element: TypeAlias = etree._Element

CALL = "octopub-call"
"""A call: its attribute `key` is the note's, and it holds nothing."""
TYPE = "data-octopub-type"
"""`epub:type`, which has a namespace in XHTML and none in HTML."""
_UNWRAPPED = "octopub-unwrapped"
PLACE = "data-octopub-place"
"""The number of an element's place in a source that has no lines."""

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table"
    " tbody td tfoot th thead tr ul caption".split()
)
_PARTING = frozenset({"br", "img", "image", CALL})
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


@dataclass(slots=True)
class PlainNote:
    """A note, taken out of the tree: `body` holds its text."""

    key: str
    mark: str
    body: Element
    place: Place


def make(tag: str, text: str = "", /, **attributes: str) -> Element:
    """An element with its text; `class_` is the attribute `class`."""
    element = etree.Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.text = text or None
    return element


def at_line_of(element: Element, source: Element) -> Element:
    """The element, said to stand in the line where another stands."""
    if line := line_number(source):
        element.sourceline = cast("Any", line)  # the type stubs do not know that it can be set
    return element


def line_number(element: Element) -> int:
    """The line where an element began in its source; 0 for one that was made later."""
    return cast("int | None", element.sourceline) or 0


def tag(element: Element) -> str:
    """An element's name; `""` for what is none (a comment, an entity)."""
    name: object = element.tag
    return name if isinstance(name, str) else ""


def classes(element: Element) -> list[str]:
    """The names in an element's `class`, in lower case."""
    return (element.get("class") or "").lower().split()


def kinds(element: Element) -> list[str]:
    """What an element says of itself: the words of its `role` and `epub:type`."""
    given = (element.get("role"), element.get("epub:type"), element.get(TYPE))
    return " ".join(filter(None, given)).lower().split()


def is_block(element: Element) -> bool:
    """Whether an element is a block, or holds one."""
    return any(tag(each) in BLOCKS for each in element.iter())


def whole_text(element: Element) -> str:
    """All the letters in an element, as they are."""
    return "".join(map(str, element.itertext()))


def text_of(element: Element) -> str:
    """An element's words in one line, blocks parted by a space."""
    return " ".join(words(element))


def words(*roots: Element) -> tuple[str, ...]:
    """The words of these trees in order: what stands between spaces. Blocks, breaks, calls and images part
    words, as for the proof; markup inside a line does not."""
    return tuple(word for root in roots for word in "".join(_pieces(root)).split())


def _pieces(root: Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = tag(element)
        if name in BLOCKS or name in _PARTING:
            yield " "
        if event == "start":
            yield element.text or ""
        elif element is not root:
            yield element.tail or ""


def remove(element: Element) -> None:
    """Take an element out; what follows it in its line stays. Lines between which a block stood stay apart."""
    parent = element.getparent()
    if parent is not None and tag(element) in BLOCKS and _parts_a_line(element):
        gap = [make("br"), make("br")]
        gap[-1].tail, element.tail = element.tail, None
        for each in gap:
            element.addprevious(each)
        parent.remove(element)
        return
    _keep_tail(element)
    if parent is not None:
        parent.remove(element)


def _parts_a_line(element: Element) -> bool:
    """Whether words of one line stand before an element, and others behind it."""
    previous, behind = element.getprevious(), element.getnext()
    parent = element.getparent()
    assert parent is not None
    text = parent.text if previous is None else previous.tail
    before = bool((text or "").strip()) or (previous is not None and not is_block(previous))
    return before and (bool((element.tail or "").strip()) or (behind is not None and not is_block(behind)))


def _keep_tail(element: Element) -> None:
    tail, element.tail = element.tail, None
    if tail:
        append_text_before(element, tail)


def append_text_before(element: Element, text: str) -> None:
    """Add text right before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def replace(element: Element, new: Element) -> None:
    """Put a new element in an element's place."""
    parent = element.getparent()
    assert parent is not None
    new.tail, element.tail = element.tail, None
    parent.replace(element, new)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    assert parent is not None
    if element.text:
        append_text_before(element, element.text)
    for child in list(element):
        element.addprevious(child)
    _keep_tail(element)
    parent.remove(element)


def unwrap_all(root: Element, elements: Iterable[Element]) -> None:
    """Put what these elements of a tree hold in their places, all at once: one by one, each would write the text of
    its line anew."""
    for element in elements:
        element.tag = _UNWRAPPED
    etree.strip_tags(root, _UNWRAPPED)


def gather(into: Element, elements: Iterable[Element]) -> Element:
    """Move elements, each with the text behind it, into another."""
    for element in list(elements):
        into.append(element)
    return into


def strip_start(element: Element, taken: int) -> str:
    """Take so many characters from the beginning of an element's text, through its markup."""
    gone: list[str] = []
    for event, node in list(etree.iterwalk(element, events=("start", "end"))):
        if taken <= 0 or (event == "end" and node is element):
            break
        text = (node.text if event == "start" else node.tail) or ""
        if event == "start":
            node.text = text[taken:] or None
        else:
            node.tail = text[taken:] or None
        gone.append(text[:taken])
        taken -= len(gone[-1])
    return "".join(gone)


def by_id(root: Element) -> dict[str, Element]:
    """Every target that a link can lead to: by `id`, or by the `name` of an anchor. The first one wins."""
    found: dict[str, Element] = {}
    for element in root.iter():
        for key in ("id", "name"):
            value = element.get(key) if tag(element) and (key == "id" or element.tag == "a") else None
            if value:
                found.setdefault(value, element)
    return found
