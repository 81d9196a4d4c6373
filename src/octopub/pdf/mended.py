"""WeasyPrint, mended: a document whose notes are laid out once, and whose long notes go over to further pages.

Imports WeasyPrint 70, whose inner workings it leans on, and `pdf.notesarea`. Nothing in WeasyPrint is changed:
a document of our own has a context and a page loop of our own. Where the installed release is not the one that
this was made for, `Document` is WeasyPrint's own, which loses the ends of long notes; `layout` finds that, and
moves such notes to the end of their chapter.
`tests/pdf/test_mended.py` fails on the day a mend is no longer needed.
"""

from __future__ import annotations

from math import inf
from types import FunctionType
from typing import TYPE_CHECKING, Any

import weasyprint.document
from weasyprint import css, layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, page, table

from octopub.pdf.boxes import real
from octopub.pdf.computed import Shared
from octopub.pdf.lines.setting import bar_broken_word
from octopub.pdf.notesarea import Context
from octopub.pdf.release import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SOURCES = css, layout, absolute, block, page, table
KNOWN = "9f68ab97a266b84aae87a9e8a4da6aa9830819b3f5534b80a897a081be3d1d89"
"""The digest of these modules, which the mends lean on."""

TRIALS = 2
"""So often a page is made again for the word at its end."""


def _with(function: Callable[..., Any], **others: Callable[..., Any]) -> FunctionType:
    """A function of WeasyPrint's, but where it calls one of these names it calls ours."""
    assert isinstance(function, FunctionType)
    scope = function.__globals__ | others
    return FunctionType(
        function.__code__, scope, function.__name__, function.__defaults__, function.__closure__
    )


def _make_all_pages(context: Context, root: Any, html: Any, _: list[Any]) -> Iterator[Any]:
    """One page after the other, until nothing is left of the text and its notes."""
    context.begin(root, html)
    number, resume_at = 0, None
    while number == 0 or resume_at is not None or context.reported_footnotes:
        # What WeasyPrint keeps to make pages again when a number changes, which octopub's texts never ask for.
        context.page_maker[number][-1].update(
            content_changed=False, pages_wanted=False, anchors=[], content_lookups=[]
        )
        made, resume_at = _make_page(number, context, root, html)
        yield made
        number += 1
    context.page_maker = context.page_maker[: number + 1]
    context.broken_out_of_flow.clear()


def _make_page(number: int, context: Context, root: Any, html: Any) -> tuple[Any, Any]:
    """A page, and where the text goes on behind it.

    Where the text begins with something that cannot be cut, and there is no room for it above the notes, it
    stands over them, or loses the head of its table. Then the page is made again, with fewer notes; then with
    none but those for which there is room below the text. It is made again, too, where its last word is parted and
    need not be.
    """
    before = context.reported_footnotes, list(context.footnotes), dict(context.broken_out_of_flow)
    context.cap = inf
    trials = TRIALS
    while True:
        made, resume_at = page.remake_page(number, context, root, html)
        text, area, _ = made.children
        bottom = _bottom(text)
        if context.cap and (context.is_under(bottom) or _has_lost_a_head(text)):
            context.cap = context.room_under(bottom) if context.cap == inf else 0
        elif trials and resume_at is not None and bar_broken_word(_last_line(text)):
            trials -= 1
        else:
            break
        context.reported_footnotes = before[0]
        context.footnotes, context.broken_out_of_flow = list(before[1]), dict(before[2])
    context.fill(bottom)
    context.close(area)
    return made, resume_at


def _bottom(box: Any) -> float:
    """How far down the text goes: a block is stretched to the end of its page where it is cut."""
    box = real(box)
    bottom = -inf
    if not box.children or isinstance(box, boxes.LineBox) or box.padding_bottom or box.border_bottom_width:
        bottom = box.border_box_y() + box.border_height()
    if not isinstance(box, boxes.LineBox):
        bottom = max(bottom, *map(_bottom, box.children), bottom)
    return bottom


def _last_line(box: Any) -> Any:
    """The last line of a text, or the box that ends it."""
    box = real(box)
    while box.children and not isinstance(box, boxes.LineBox):
        box = real(box.children[-1])
        if not isinstance(box, boxes.ParentBox):
            break
    return box


def _has_lost_a_head(box: Any) -> bool:
    box = real(box)
    if isinstance(box, boxes.TableBox):
        has_head = box.element is not None and box.element.find("thead") is not None
        return has_head and not any(child.is_header for child in box.children)
    if isinstance(box, boxes.LineBox):
        return False
    return any(map(_has_lost_a_head, box.children))


class Mended(weasyprint.document.Document):  # type: ignore[misc]  # it comes without types
    """A document that is laid out with the mends."""

    _render = classmethod(
        _with(
            weasyprint.document.Document._render.__func__,  # noqa: SLF001  # there is no other way in
            layout_document=_with(layout.layout_document, make_all_pages=_make_all_pages),
        )
    )

    _plain_layout_context = classmethod(
        _with(
            weasyprint.document.Document._build_layout_context.__func__,  # noqa: SLF001  # as above
            get_all_computed_styles=_with(css.get_all_computed_styles, StyleFor=Shared),
        )
    )

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> Any:
        context = cls._plain_layout_context(*arguments)
        context.__class__ = Context
        return context


Document = Mended if digest(*SOURCES) == KNOWN else weasyprint.document.Document
"""The class of the documents to lay out."""
