"""How wide the words of a paragraph are, and where it may break.

Imports WeasyPrint: its boxes, Pango by its means, and the hyphens of `pdf.lines.hyphens`. A paragraph is one text
here, whatever boxes its words are in: where a line may break, Pango is asked about the whole of it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from octopub.pdf.lines.breaking import HYPHEN, Chance
from octopub.pdf.lines.hyphens import hyphens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HARD_HYPHENS = "-\N{HYPHEN}"
SPACES = " \N{NO-BREAK SPACE}"
"""The spaces that WeasyPrint widens in a justified line."""

GLYPH = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("int")
"""The size of what Pango says of a glyph, in integers: the second of them is its width."""

MAY_BREAK = 1
"""The bit of `PangoLogAttr` that says that a line may break before a character."""

SIDES = {"ltr": ("left", "right"), "rtl": ("right", "left")}
"""Where a box begins and ends."""


class Leaf(NamedTuple):
    """A stretch of text in one box."""

    box: Any
    first: int
    """Offset in the paragraph's text of its first letter."""
    before: float
    """The room that boxes take between it and the stretch before it, in pixels."""


class Paragraph:
    """The text of a line box that is to become lines, and its widths (in pixels)."""

    def __init__(self, leaves: Sequence[Leaf], context: Any) -> None:
        self.leaves = leaves
        self.text = "".join(leaf.box.text for leaf in leaves)
        self._end = len(self.text.rstrip(" "))
        self._firsts = [leaf.first for leaf in leaves]
        self._x = array("d", [0.0])
        """Where each letter begins, and at last where the text ends."""
        for leaf in leaves:
            self._x[-1] += leaf.before
            self._add_widths(leaf.box, context)
        self._hyphen_widths: dict[int, float] = {}
        self._context = context
        self._spaces = array("d", accumulate(self._space_widths(), initial=0.0))

    def _add_widths(self, box: Any, context: Any) -> None:
        layout = create_layout(box.text, box.style, context, None, 0)
        line, _ = layout.get_first_line()
        size = len(box.text.encode())
        widths = [0] * (size + 1)
        run = line.runs[0]
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            count, offset = glyphs.num_glyphs, item.offset
            clusters = memoryview(ffi.buffer(glyphs.log_clusters, 4 * count)).cast("i")
            info = memoryview(ffi.buffer(glyphs.glyphs, 4 * GLYPH * count)).cast("i")
            for cluster, width in zip(clusters, info[1::GLYPH], strict=True):
                widths[offset + cluster] += width
            run = run.next
        ends = accumulate(widths)
        origin = self._x[-1]
        if size == len(box.text):
            self._x.extend(origin + end * FROM_UNITS for end in list(ends)[:size])
            return
        at = list(ends)
        byte = 0
        for letter in box.text:
            byte += len(letter.encode())
            self._x.append(origin + at[byte - 1] * FROM_UNITS)

    def _space_widths(self) -> Iterator[float]:
        x = self._x
        for index, letter in enumerate(self.text):
            yield x[index + 1] - x[index] if letter in SPACES else 0.0

    def chances(self, indent: float) -> list[Chance]:
        """All places where the paragraph may break without a hyphen of the layout's, its beginning and its end among
        them."""
        text = self.text
        begin = len(text) - len(text.lstrip(" "))
        return [
            Chance(begin, 0, self._x[begin] - self._x[0] - indent, 0, self._spaces[begin]),
            *(self._chance(at) for at in self._may_break() if begin < at < self._end and not self._is_closed(at)),
            self._chance(len(text))._replace(cost=0, is_hyphen=False),
        ]

    def parted(self, chances: list[Chance]) -> list[Chance]:
        """These, and all places where a word may be parted that is not the last one."""
        last = self.text.rfind(" ", 0, self._end) + 1
        known = {chance.at for chance in chances}
        added = [
            self._chance(at, cost)
            for leaf in self.leaves
            for at, cost in hyphens(self.text, leaf.first, min(last, leaf.first + len(leaf.box.text)), leaf.box.style)
            if at not in known
        ]
        return sorted(chances + added, key=attrgetter("at"))

    def _may_break(self) -> Iterator[int]:
        attributes = ffi.buffer(get_log_attrs(self.text, self.leaves[0].box.style["lang"]))
        for at, bits in enumerate(memoryview(attributes).cast("I")):
            if bits & MAY_BREAK:
                yield at

    def _is_closed(self, at: int) -> bool:
        """Whether the box of what stands before a place keeps it on one line."""
        return self.leaf(at - 1).box.style["white_space"] not in ("normal", "pre-line")

    def _chance(self, at: int, cost: float | None = None) -> Chance:
        """The break before this letter; with a hyphen, where one costs something."""
        end = at
        while self.text[end - 1] == " ":
            end -= 1
        before = self.text[end - 1]
        is_added = cost is not None or before == SOFT_HYPHEN
        is_hyphen = is_added or before in HARD_HYPHENS
        return Chance(
            at,
            self._x[end] + (self._hyphen_width(self.leaf(end - 1).box.style) if is_added else 0),
            self._x[at],
            self._spaces[end],
            self._spaces[at],
            is_hyphen,
            is_added,
            (HYPHEN if cost is None else cost) if is_hyphen else 0.0,
        )

    def _hyphen_width(self, style: Any) -> float:
        if id(style) not in self._hyphen_widths:
            self._hyphen_widths[id(style)] = width_of(style["hyphenate_character"], style, self._context)
        return self._hyphen_widths[id(style)]

    def leaf(self, at: int) -> Leaf:
        """The stretch that this letter is in."""
        return self.leaves[bisect_right(self._firsts, at) - 1]


def width_of(text: str, style: Any, context: Any) -> float:
    """The width of a text in a style, in pixels."""
    layout = create_layout(text, style, context, None, 0)  # its line lives as long as it does
    width: float = line_size(layout.get_first_line()[0], style)[0]
    return width


def paragraph(box: Any, context: Any) -> Paragraph | None:
    """The text of a line box; None if there is more in it than text on a line, or lines that are broken by hand."""
    leaves: list[Leaf] = []
    if _gather(box, leaves, 0.0) is None or not leaves:
        return None
    return Paragraph(leaves, context)


def _gather(box: Any, leaves: list[Leaf], before: float) -> float | None:
    """Add the stretches of text in a box, before which there is so much room: how much there is behind them. None if
    there is something else in it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if "\n" in child.text or "\t" in child.text or not child.style["font_size"]:
                return None
            last = leaves[-1] if leaves else None
            leaves.append(Leaf(child, last.first + len(last.box.text) if last else 0, before))
            before = 0.0
        elif isinstance(child, boxes.InlineBox):
            start, end = (_side(child.style, side) for side in SIDES[child.style["direction"]])
            if child.is_leader or start is None or end is None:
                return None
            inside = _gather(child, leaves, before + start)
            if inside is None:
                return None
            before = inside + end
        elif isinstance(child, boxes.InlineBlockBox) and not leaves:
            width = _empty_width(child)
            if width is None:
                return None
            before += width
        elif not child.is_absolutely_positioned():
            return None
    return before


def _empty_width(box: Any) -> float | None:
    """The room that an empty box takes, by which a first line is set in (`print.css`); None if there is something in
    it, or its width hangs on something."""
    width, left, right = box.style["width"], *(_side(box.style, side) for side in SIDES["ltr"])
    content = (each for each in box.descendants() if isinstance(each, boxes.TextBox | boxes.ReplacedBox))
    is_empty = not any(getattr(each, "text", "a picture") for each in content)
    if not is_empty or left is None or right is None or getattr(width, "unit", None) != "px":
        return None
    return float(left + width.value + right)


def _side(style: Any, side: str) -> float | None:
    """The room that a box takes at one side of its text; None if that hangs on the room there is."""
    lengths = [style[f"margin_{side}"], style[f"padding_{side}"]]
    if any(getattr(length, "unit", None) != "px" for length in lengths):
        return None
    return float(style[f"border_{side}_width"] + sum(length.value for length in lengths))
