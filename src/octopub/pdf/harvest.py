"""From WeasyPrint's boxes to the layout record.

Imports WeasyPrint's boxes, `pdf.record` and `markup.scribe`'s streams. It changes nothing in
them, except that `patch` writes page numbers into boxes that hold only such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from octopub.markup.scribe import letters
from octopub.pdf.boxes import PT, is_generated, is_head, page_box, real
from octopub.pdf.record import FURNITURE, Image, Line, Page, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.markup.scribe import Stream


class Harvest:
    """The records of one document's pages."""

    def __init__(self, streams: Sequence[Stream]) -> None:
        self._streams = streams
        self._texts = [stream.text for stream in streams]
        self._done = [0] * len(streams)
        self._heads_seen: set[int] = set()

    def page(self, page: Any, label: str) -> Page:
        """The record of one page; to be called for a document's pages in their order."""
        box = page_box(page)
        gather = _Gathering()
        heads: set[int] = set()
        for child in box.children:
            self._walk(child, FURNITURE, gather, heads, repeated=False)
        self._heads_seen |= heads
        left, top = box.content_box_x() * PT, box.content_box_y() * PT
        return Page(
            label=label,
            width=page.width * PT,
            height=page.height * PT,
            area=(left, top, left + box.width * PT, top + box.height * PT),
            lines=tuple(gather.lines),
            images=tuple(gather.images),
            anchors=tuple((name, x * PT, y * PT) for name, (x, y, *_) in sorted(page.anchors.items())),
            references=tuple(gather.references),
        )

    def _walk(self, box: Any, key: int, gather: _Gathering, heads: set[int], *, repeated: bool) -> None:
        box = real(box)
        if is_generated(box):
            return  # words of the stylesheet's, no part of a block's letters
        if is_head(box):
            repeated = id(box.element) in self._heads_seen
            heads.add(id(box.element))
        key = _key(box, key)
        if isinstance(box, boxes.ReplacedBox):
            gather.images.append(_image(box))
        elif isinstance(box, boxes.LineBox):
            self._line(box, key, gather, repeated=repeated)
        for child in getattr(box, "children", ()):
            if not isinstance(child, boxes.TextBox):
                self._walk(child, key, gather, heads, repeated=repeated)

    def _line(self, line: Any, key: int, gather: _Gathering, *, repeated: bool) -> None:
        """Record a line of text, and where among its block's letters it stands."""
        texts = list(_texts(line))
        for text in texts:
            if reference := _page_of(text):
                gather.references.append(Reference(reference, text.text))
        own = [text for text in texts if not _page_of(text)]
        content = "".join(text.text for text in own)
        seen = letters(content)
        if not seen:
            return
        start = end = -1
        hyphenated, at = False, None
        if key != FURNITURE and not repeated:
            start, end, hyphenated = self._advance(key, seen)
            at = self._streams[key].place(start) if start >= 0 else None
        first, last = own[0], own[-1]
        gather.lines.append(
            Line(
                block=key,
                text=content,
                start=start,
                end=end,
                at=at,
                left=first.position_x * PT,
                top=line.position_y * PT,
                width=(last.position_x + last.width - first.position_x) * PT,
                height=line.height * PT,
                baseline=(first.position_y + first.baseline) * PT,
                stretch=max(text.justification_spacing for text in own) * PT,
                hyphenated=hyphenated,
                repeated=repeated,
            )
        )

    def _advance(self, key: int, seen: str) -> tuple[int, int, bool]:
        """Match a line's letters with the next ones of its block; a hyphen at its end may be the
        layout's own."""
        text, done = self._texts[key], self._done[key]
        for candidate, hyphenated in ((seen, False), (seen[:-1], True)):
            if text.startswith(candidate, done):
                self._done[key] = done + len(candidate)
                return done, self._done[key], hyphenated
        return -1, -1, False


class _Gathering:
    """What a page has, while its boxes are walked through."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.images: list[Image] = []
        self.references: list[Reference] = []


def _key(box: Any, inherited: int) -> int:
    element = box.element
    own = element.get("data-k") if element is not None and "::" not in box.element_tag else None
    return int(own) if own is not None else inherited


def _texts(line: Any) -> Iterator[Any]:
    """The text boxes of a line, in order; not those of lines inside it, nor generated ones."""
    for each in line.children:
        child = real(each)
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and not is_generated(child):
            yield from _texts(child)


def _page_of(text: Any) -> str | None:
    """The anchor whose page number a text box holds, if it holds one."""
    return None if text.element is None else text.element.get("data-page")


def _image(box: Any) -> Image:
    at = box.element.get("data-at")
    return Image(
        at=int(at) if at else None,
        name=box.element.get("src", ""),
        left=box.content_box_x() * PT,
        top=box.content_box_y() * PT,
        width=box.width * PT,
        height=box.height * PT,
    )


def patch(document: Any, numbers: dict[str, str]) -> bool:
    """Write page numbers into the boxes that hold them, where the figures are as many: they are tabular, so
    nothing moves. False where a number needs more room, or less: then the document is laid out again."""
    pending = []
    for page in document.pages:
        for box in page_box(page).descendants():
            anchor = _page_of(box) if isinstance(box, boxes.TextBox) else None
            if not anchor:
                continue
            printed = box.text.strip()
            if len(printed) != len(numbers[anchor]):
                return False
            if printed != numbers[anchor]:
                pending.append((box, box.text.replace(printed, numbers[anchor])))
    for box, text in pending:
        box.text = box.pango_layout.text = text
    return True
