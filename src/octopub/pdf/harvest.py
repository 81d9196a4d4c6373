"""From WeasyPrint's boxes to the layout record.

Imports WeasyPrint's boxes, `pdf.record`, and from `markup.scribe` what a letter is. It changes nothing. Where
words stand in the manuscript it does not know (`pdf.layout` fills that in).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import create_layout, line_size

from octopub.markup.scribe import letters
from octopub.pdf.boxes import PT, is_generated, is_head, page_box, real
from octopub.pdf.forme import PLACEHOLDER
from octopub.pdf.record import FURNITURE, Image, Line, Page, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Harvest:
    """The records of one document's pages. `letters` are those of each block, by its key."""

    def __init__(self, letters: Sequence[str]) -> None:
        self._letters = letters
        self._done = [0] * len(letters)
        self._heads_seen: set[int] = set()
        self._spaces: dict[int, float] = {}

    def page(self, page: Any) -> Page:
        """The record of one page; to be called for a document's pages in their order."""
        box = page_box(page)
        gather = _Gathering()
        heads: set[int] = set()
        for child in box.children:
            self._walk(child, FURNITURE, gather, heads, repeated=False)
        self._heads_seen |= heads
        left, top = box.content_box_x() * PT, box.content_box_y() * PT
        return Page(
            label="",
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
            gather.images.append(_image(box, key))
        elif isinstance(box, boxes.LineBox):
            self._line(box, key, gather, repeated=repeated)
        for child in getattr(box, "children", ()):
            if not isinstance(child, boxes.TextBox):
                self._walk(child, key, gather, heads, repeated=repeated)

    def _line(self, line: Any, key: int, gather: _Gathering, *, repeated: bool) -> None:
        """Record a line of text, and where among its block's letters it stands."""
        texts = list(_texts(line))
        for text in texts:
            if reference := page_of(text):
                gather.references.append(Reference(reference, text.text))
        own = [text for text in texts if not page_of(text)]
        content = "".join(text.text for text in own)
        seen = letters(content)
        if not seen or (key == FURNITURE and content == PLACEHOLDER):
            return
        start = end = -1
        hyphenated = False
        if key != FURNITURE and not repeated:
            start, end, hyphenated = self._advance(key, seen)
        left = min(text.position_x for text in own)  # of text from right to left the first does not stand there
        right = max(text.position_x + text.width for text in own)
        stretched = max(own, key=lambda text: text.justification_spacing)
        gather.lines.append(
            Line(
                block=key,
                text=content,
                start=start,
                end=end,
                at=None,
                left=left * PT,
                top=line.position_y * PT,
                width=(right - left) * PT,
                height=line.height * PT,
                baseline=(own[0].position_y + own[0].baseline) * PT,
                stretch=stretched.justification_spacing * PT,
                hyphenated=hyphenated,
                repeated=repeated,
                space=self._space(stretched.style) if stretched.justification_spacing else 0,
            )
        )

    def _space(self, style: Any) -> float:
        """The width of a style's word space, in points."""
        if id(style) not in self._spaces:  # the document keeps its styles
            layout = create_layout(" ", style, None, None, 0)
            self._spaces[id(style)] = line_size(layout.get_first_line()[0], style)[0] * PT
        return self._spaces[id(style)]

    def _advance(self, key: int, seen: str) -> tuple[int, int, bool]:
        """Match a line's letters with the next ones of its block; a hyphen at its end may be the
        layout's own."""
        text, done = self._letters[key], self._done[key]
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


def page_of(text: Any) -> str | None:
    """The anchor whose page number a text box holds, if it holds one."""
    return None if text.element is None else text.element.get("data-page")


def _image(box: Any, key: int) -> Image:
    return Image(
        block=key,
        at=None,
        name=box.element.get("src", ""),
        left=box.content_box_x() * PT,
        top=box.content_box_y() * PT,
        width=box.width * PT,
        height=box.height * PT,
    )
