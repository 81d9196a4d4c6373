"""WeasyPrint sets the lines of a paragraph as `breaking` has chosen them.

Imports WeasyPrint, whose way to make lines it replaces: line by line as many words as go in, and what is left over
goes between them. Where a paragraph holds more than text, or stands beside something that floats, and where it is
not justified, WeasyPrint goes on as it did.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.matrix import Matrix

from octopub.pdf.fontset import FontSet
from octopub.pdf.lines.breaking import EXPANSION, strain
from octopub.pdf.lines.measure import paragraph, width_of
from octopub.pdf.lines.plan import Plan
from octopub.pdf.release import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.pdf.lines.breaking import Chance
    from octopub.pdf.lines.measure import Paragraph

SOURCES = block, inline, text
KNOWN = "0a5207bd3c1ac8e82263235a17619cf7a47dc3bf1fdcf0f7f2fa320b61cb5cb1"
"""The digest of these modules, which the mend leans on."""

CUT, PLAN, LINE, SCALE, SPACE = "octopub_cut", "octopub_plan", "octopub_line", "octopub_scale", "octopub_space"
"""The names under which boxes and styles remember: where a text is cut next, the lines of a paragraph, how wide the
letters of a text are, and a style's word space."""

_plain_lines, _plain_split, _plain_draw = inline.iter_line_boxes, inline.split_text_box, text.draw_first_line


def install() -> None:
    """Put the mend in, for octopub's documents, if it fits the WeasyPrint that is installed."""
    if digest(*SOURCES) == KNOWN:
        block.iter_line_boxes = _lines
        inline.split_text_box = _split_text
        text.draw_first_line = _draw


class _Cut(NamedTuple):
    end: int
    """In bytes of the box's text: where the next line goes on."""
    has_hyphen: bool


def bar_broken_word(line: Any) -> bool:
    """A page ends with this line: if it parts a word, and need not, its paragraph gets other lines. Whether it did;
    then the page is to be made again."""
    plan, number = vars(line).get(LINE, (None, 0))
    return plan is not None and plan.bar_word(number)


class _Around(NamedTuple):
    """What a line is laid out in."""

    context: Any
    block: Any
    bottom_space: float
    absolutes: list[Any]
    fixed: list[Any]


def _lines(context: Any, box: Any, position_y: float, *rest: Any) -> Iterator[tuple[Any, Any]]:
    """The lines of a line box, each with where the text goes on, as `iter_line_boxes`."""
    bottom_space, skip_stack, around, absolutes, fixed, first_letter_style, first_line_style = rest
    is_plain = not (first_letter_style or first_line_style or context.excluded_shapes)
    is_ours = is_plain and isinstance(context.font_config, FontSet)
    plan = _plan(context, box, around) if is_ours and _is_justified(box.style) else None
    first = plan.begin(skip_stack) if plan else None
    if plan is None or first is None:
        yield from _plain_lines(context, box, position_y, *rest)
        return
    place = _Around(context, around, bottom_space, absolutes, fixed)
    for number in range(first, len(plan.taken)):
        if number:
            box.text_indent = 0
        line, skip_stack = _line(place, box, position_y, skip_stack, plan, number)
        vars(line)[LINE] = plan, number
        plan.go_on(skip_stack, number)
        position_y = line.position_y + line.height
        yield line, skip_stack


def _is_justified(style: Any) -> bool:
    return (
        style["text_align_all"] == "justify"
        and style["white_space"] in ("normal", "pre-line")
    )


def _plan(context: Any, box: Any, around: Any) -> Plan | None:
    """The lines of a paragraph at the measure of the block around it, found once."""
    resolve_percentages(box, around)
    resolve_one_percentage(box, "text_indent", around.width)
    key = around.width, box.text_indent
    kept: dict[Any, Plan | None] = vars(box).setdefault(PLAN, {})
    if key not in kept:
        words = paragraph(box, context)
        kept[key] = Plan(words, *key) if words else None
    return kept[key]


def _line(
    place: _Around, box: Any, position_y: float, skip_stack: Any, plan: Plan, number: int
) -> tuple[Any, Any]:
    """One line, as `get_next_linebox` makes it, but of the words that are chosen for it."""
    skip_stack = inline.skip_first_whitespace(box, skip_stack)
    goes_left = place.block.style["direction"] == "rtl"
    box.position_x = place.block.content_box_x() + (place.block.width if goes_left else 0)
    box.position_y = position_y
    box.width = box.height = 0
    is_last = number == len(plan.taken) - 1
    with nullcontext() if is_last else _cut(plan.words, plan.taken[number]):
        absolutes: list[Any] = []
        fixed: list[Any] = []
        placeholders: list[Any] = []
        line, resume_at, *_ = inline.split_inline_box(
            place.context, box, box.position_x + box.text_indent, inf, place.bottom_space, skip_stack,
            place.block, absolutes, fixed, placeholders, [], [], None, None,
        )  # fmt: skip
    inline.remove_last_whitespace(place.context, line)
    _align(place.context, line, place.block.width, is_last=is_last)
    if goes_left:
        line.translate(-line.width, 0)
    _put(line, position_y)
    place.absolutes.extend(absolutes)
    place.fixed.extend(fixed)
    for placeholder in placeholders:
        is_inline = "inline" in placeholder.style.specified["display"]
        x = 0 if is_inline else line.position_x - placeholder.position_x
        y = position_y + (0 if is_inline else line.height) - placeholder.position_y
        placeholder.translate(x, y)
    return line, resume_at


def _put(line: Any, position_y: float) -> None:
    """Put a line with all that is in it at its height."""
    bottom, top = inline.line_box_verticality(line)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(0, position_y - top)
    line.position_y = position_y


@contextmanager
def _cut(words: Paragraph, chance: Chance) -> Iterator[None]:
    """Meanwhile the text ends here."""
    leaf = words.leaf(chance.at - 1)
    end = len(leaf.box.text[: chance.at - leaf.first].encode())
    vars(leaf.box)[CUT] = _Cut(end, chance.is_added)
    try:
        yield
    finally:
        del vars(leaf.box)[CUT]


def _align(context: Any, line: Any, measure: float, *, is_last: bool) -> None:
    """Let the letters and the spaces of a line grow or give way, so that it fills the measure; the last line is as
    wide as it is."""
    if is_last and line.width <= measure:
        offset = inline.text_align(context, line, measure, last=True)
        line.translate(-offset if line.style["direction"] == "rtl" else offset, 0)
        return
    count = inline.count_expandable_spaces(line)
    if not count:
        return
    strained = strain(line.width, count * _space(line.style, context), measure)
    scale = round(1 + EXPANSION * max(-1.0, min(1.0, strained)), 3)
    _spread(line, scale, (measure / scale - line.width) / count, 0.0)


def _space(style: Any, context: Any) -> float:
    """The width of a word space, in pixels."""
    kept = vars(style)
    if SPACE not in kept:
        kept[SPACE] = width_of(" ", style, context)
    width: float = kept[SPACE]
    return width


def _spread(box: Any, scale: float, spacing: float, advance: float) -> float:
    """Scale a box's letters, after each of its spaces has become so much wider, and move it; how far what stands
    behind it has to move. (As `add_word_spacing`, which knows no scale.)"""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        box.justification_spacing = box.pango_layout.justification_spacing = spacing
        vars(box)[SCALE] = scale
        width = (box.width + spacing * inline.count_expandable_spaces(box)) * scale
        advance += width - box.width
        box.width = width
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in reversed(box.children) if box.style["direction"] == "rtl" else box.children:
            if child.is_in_normal_flow():
                advance = _spread(child, scale, spacing, advance)
        box.width += advance - before
    else:
        box.translate(advance, 0)
    return advance


def _draw(stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
    """Draw a text, as `draw_first_line`; but as wide as its line wants its letters."""
    scaled = Matrix(vars(box).get(SCALE, 1)) @ matrix
    return _plain_draw(stream, box, text_overflow, block_ellipsis, scaled)


def _split_text(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, bool]:
    """The part of a text that goes into a line, as `split_text_box`; up to the cut, if there is one."""
    cut: _Cut | None = vars(box).get(CUT)
    if cut is None or available_width is None:
        return _plain_split(context, box, available_width, skip, is_line_start)  # type: ignore[no-any-return]  # WeasyPrint's
    words = box.text.encode()[skip : cut.end].decode().rstrip(" ")
    if cut.has_hyphen:
        words += box.style["hyphenate_character"]
    if not words:
        return None, cut.end, False
    part, _, _ = _plain_split(context, box.copy_with_text(words), None, 0)
    return part, cut.end, False
