"""The foot of the page: which notes stand there, and how much of each.

Imports WeasyPrint's layout, `pdf.notebox` and `pdf.tallrows`. WeasyPrint fills a page line by line, and asks its
context, for each line that calls a note, whether there is room for both; this context answers. A long note that has
none is cut, and goes on at the foot of the next page.
"""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout.absolute import absolute_layout
from weasyprint.layout.block import block_level_layout, block_level_width
from weasyprint.layout.page import set_page_type_computed_styles
from weasyprint.text.line_break import strut

from octopub.pdf import tallrows
from octopub.pdf.notebox import NEAR, Break, Head, NoteBox

CONTINUED = "continued"
"""The name of the `@page` rule for a page at whose foot a note is continued."""

SHORT = 8
"""A note of fewer lines is not cut, unless its line cannot leave the page, or would leave too much white there."""

WHITE = 2
"""So many lines of white may stay where a line has left the page, at the most, rather than cut a short note."""

MOST_WHITE = 6
"""And so many rather than have a note begin behind the page of its call: several may be called in one line."""

LEAST_TEXT = 4
"""So many lines of text stay on a page, at the least, when a line leaves it for its note's sake."""

YIELDING = 2
"""For so many more lines of the text a note that was just cut gives way, lest one line stand alone."""

YIELDING_TO_BLOCKS = 7
"""And so many behind a heading or in a table."""

HIGHEST = 1 / 3
"""What asks not to be cut, and is not higher than this part of the text block, never is."""

APART = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
"""Elements whose text cannot end the page."""


class Part(NamedTuple):
    """A note, or a part of one."""

    note: Any
    """The note's box, as it was before layout."""
    start: float
    """Where it begins, in the note as it is laid out."""
    at: Break | None = None
    """Where it is cut; None if it goes to the note's end."""
    head: Head | None = None
    """What is repeated above it, if it begins within a table."""

    @property
    def above(self) -> float:
        """The height of what is repeated."""
        return self.head.height if self.head else 0


class Context(LayoutContext):  # type: ignore[misc]  # it comes without types
    """The state of a layout."""

    page_bottom: float
    in_column: bool
    footnotes: list[Any]

    def begin(self, root: Any, html: Any) -> None:
        """Before the first page."""
        self._html = html
        self._unseen = tallrows.suspects(root)
        self._laid: dict[int, NoteBox] = {}
        self._order = {id(note): number for number, note in enumerate(self.footnotes)}
        self._apart = {
            note for box in html.etree_element.iter() if box.tag in APART for note in box.iter("div")
        }
        self.reported_footnotes: list[Part] = []  # what the next page goes on with; empty while one is made
        self.rendered_notes: list[Any] = []
        self.cap = inf

    # -- a page begins -------------------------------------------------------------------------------

    @property
    def current_footnote_area(self) -> Any:
        """The box at the foot of the page."""
        return self._area

    @current_footnote_area.setter
    def current_footnote_area(self, area: Any) -> None:
        self._area = area
        if area is not None:
            self._open(area)

    def _open(self, area: Any) -> None:
        self._parts: list[Part] = []
        self._waiting: list[Part] = []
        self._asking: Any = None
        self._last_to_yield = self._asked_at = -inf
        self._height_before = 0.0
        self._top, self._bottom = area.page.content_box_y(), self.page_bottom
        self._leading: float = strut(area.page.style)[0]
        self._frame = area.copy()
        self._frame.height = 0
        block_level_width(self._frame, area.page)
        self._around: float = self._frame.margin_height()
        self._most = min(self.cap, self._bottom - self._top)
        if not area.page.page_type.blank:
            self._most = min(self._most, area.max_height + self._around)
        self._free_rows()
        rests, self.reported_footnotes = self.reported_footnotes, []
        for rest in rests:
            if not self._append(rest, self._most, forced=not self._parts):
                self._waiting.append(rest)
        if area.page.page_type.blank and not self._parts:
            self._parts, self._waiting = self._waiting[:1], self._waiting[1:]  # it is higher than a page
        self._update()

    # -- what WeasyPrint asks ------------------------------------------------------------------------

    def layout_footnote(self, footnote: Any) -> bool:
        """A line calls a note. Whether there is room is asked next, when it is known how far down the line
        is: see `overflows_page`."""
        self.footnotes.remove(footnote)
        self._asking = footnote
        return False

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Whether what ends at this y has no room on the page."""
        asking, self._asking = self._asking, None
        room = self._bottom - bottom_space - position_y
        if asking is not None:
            return not self._admit(self._whole(asking), room, position_y)
        return bool(super().overflows_page(bottom_space, position_y)) and not self._yield(room, position_y)

    def report_footnote(self, footnote: Any) -> None:
        """A note has no room. If its line leaves the page, it is taken back next."""
        self._waiting.append(self._whole(footnote))

    def unlayout_footnote(self, footnote: Any) -> None:
        """The line that calls a note leaves the page."""
        if footnote not in self.footnotes:
            self.footnotes.append(footnote)
            self._parts = [part for part in self._parts if part.note is not footnote]
            self._waiting = [part for part in self._waiting if part.note is not footnote]
            self._update()

    # -- the answers ---------------------------------------------------------------------------------

    def _admit(self, part: Part, room: float, position_y: float) -> bool:
        """Whether a line may stay that ends at this y and calls a note. The note, or as much of it as may be,
        goes on this page with it, or it waits for the next one."""
        is_apart = part.note.element in self._apart
        first = self._top + LEAST_TEXT * self._leading + NEAR
        note = self._note(part.note)
        white = self._white(room, position_y)
        must_stay = (
            position_y - self._leading < first
            or (is_apart and not self.cap)
            or (white > MOST_WHITE * self._leading and not is_apart)
        )
        keeps_whole = note.height < SHORT * note.line - NEAR and white < WHITE * self._leading + NEAR
        if self._append(part, min(room, self._most), whole=keeps_whole and not must_stay):
            lines = YIELDING_TO_BLOCKS if is_apart else YIELDING
            self._last_to_yield = position_y + lines * self._leading + NEAR if self._is_cut else -inf
        elif must_stay:
            self._waiting.append(part)
        else:
            return False
        self._update()
        return True

    def _white(self, room: float, position_y: float) -> float:
        """How much white would be left, if the line left that ends at this y, and all notes that it calls with it."""
        if position_y != self._asked_at:
            self._asked_at, self._height_before = position_y, self._height
        return room + self._leading - self._height_before

    def _append(self, part: Part, room: float, *, whole: bool = False, forced: bool = False) -> bool:
        """Put a note, or its rest, below those that are on the page; cut, unless it is to be `whole`. Whether
        there was room."""
        if self._waiting or self._is_cut:
            return False
        room -= (self._height or self._around) + part.above
        note = self._note(part.note)
        if note.end - part.start > room + NEAR:
            at = None if whole else note.cut(part.start, room, forced=forced)
            if at is None:
                return False
            part = part._replace(at=at)
        self._parts.append(part)
        return True

    def _yield(self, room: float, position_y: float) -> bool:
        """Make room for the text down to this y by a shorter part of the last note."""
        if not self._parts or position_y > self._last_to_yield:
            return False
        last = self._parts.pop()
        waiting, self._waiting = self._waiting, []
        has_room = self._append(last._replace(at=None), room)
        if not has_room:
            self._parts.append(last)
        self._waiting = waiting
        self._update()
        return has_room

    # -- a page ends ---------------------------------------------------------------------------------

    def is_under(self, bottom: float) -> bool:
        """Whether a text that goes down to this y stands on the notes."""
        return bool(self._parts) and bottom > self._bottom - self._height + 0.5 * self._leading

    def room_under(self, bottom: float) -> float:
        """How high the notes may be under a text that goes down to this y; 0 if that is too little."""
        room = self._bottom - bottom
        return room if room > self._around + 2 * self._leading else 0

    def fill(self, bottom: float) -> None:
        """Give the room below the text to the notes that wait."""
        room = self._bottom - max(bottom, self._top)
        waiting, self._waiting = sorted(self._waiting, key=lambda part: self._order[id(part.note)]), []
        if self._is_cut:
            part = self._parts.pop()
            if not self._append(part._replace(at=None), room):
                self._parts.append(part)
        for part in waiting:
            if not self._append(part, room):
                self._waiting.append(part)

    @property
    def is_full(self) -> bool:
        """Whether some of a note is left for the next page."""
        return bool(self._waiting) or self._is_cut

    def close(self, area: Any) -> None:
        """Put the notes on the page, into the box for them; what is left of them is for the next page."""
        self.reported_footnotes = [
            *(Part(part.note, part.at.start, head=part.at.head) for part in self._parts if part.at),
            *self._waiting,
        ]
        if not self._parts:
            return
        if self._parts[0].start > self._note(self._parts[0].note).top:
            self._set_continued(area)
        area.height = self._height - self._around
        area.position_y = self._bottom - self._height
        x, y = area.content_box_x(), area.content_box_y()
        boxes = []
        for part in self._parts:
            box = self._note(part.note).take(part.at, part.head)
            box.translate(x - box.position_x, y - box.position_y)
            y += box.margin_height()
            boxes.append(box)
        area.children = boxes

    def _set_continued(self, area: Any) -> None:
        kind = area.page.page_type._replace(name=CONTINUED)
        set_page_type_computed_styles(kind, self._html, self.style_for)
        area.style = self.style_for(kind, "@footnote")

    # -- measures ------------------------------------------------------------------------------------

    @property
    def _is_cut(self) -> bool:
        return bool(self._parts) and self._parts[-1].at is not None

    @property
    def _height(self) -> float:
        """Of all that is at the foot of the page, and the white and the rule above it."""
        if not self._parts:
            return 0
        ends = (part.at.end if part.at else self._note(part.note).end for part in self._parts)
        return self._around + sum(
            part.above + end - part.start for part, end in zip(self._parts, ends, strict=True)
        )

    def _update(self) -> None:
        height = self._height
        self._area.height = height - self._around if height else "auto"
        if not self.in_column:
            self.page_bottom = self._bottom - height + NEAR  # what was let in has room

    def _whole(self, footnote: Any) -> Part:
        return Part(footnote, self._note(footnote).top)

    def _note(self, footnote: Any) -> NoteBox:
        key = id(footnote)
        if key not in self._laid:
            self._laid[key] = self._lay_out(footnote)
        return self._laid[key]

    def _lay_out(self, footnote: Any) -> NoteBox:
        box = self._laid_out(create_anonymous_boxes(footnote.deepcopy()))
        return NoteBox(box, HIGHEST * (self._bottom - self._top))

    def _free_rows(self) -> None:
        """Let the high rows of tables be cut. (Once it is known how high a page is; their notes stand nowhere yet.)"""
        footnotes, self.footnotes = self.footnotes, []
        while self._unseen:
            tallrows.free(self._unseen.pop(), self._laid_out, HIGHEST * (self._bottom - self._top))
        self.footnotes = footnotes

    def _laid_out(self, box: Any) -> Any:
        """Lay a box out in the measure, as if the page had no end."""
        box.position_x = box.position_y = 0
        in_column, self.in_column = self.in_column, False
        placed: list[Any] = []
        self.create_block_formatting_context(box)
        box, *_ = block_level_layout(self, box, -inf, None, self._frame, False, placed, placed)
        for each in placed:
            absolute_layout(self, each, box, placed, bottom_space=-inf, skip_stack=None)
        self.finish_block_formatting_context()
        self.in_column = in_column
        return box
