"""The canvas: a content stream that remembers what stands where in it.

Imports WeasyPrint, which paints on it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.draw.text import draw_text
from weasyprint.pdf.stream import Stream

from octopub.pdf.operators import glyphs, joined

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

FIGURES = "0123456789"


class Inked(Stream):  # type: ignore[misc]  # it comes without types
    """A content stream whose greys are shades of black ink alone: what is black prints as 100 % K."""

    def set_color_rgb(self, r: float, g: float, b: float, stroke: bool = False) -> None:
        """As pydyf's, but for greys."""
        if r == g == b:
            self.stream.append(f"{r:g} {'G' if stroke else 'g'}".encode())
        else:
            super().set_color_rgb(r, g, b, stroke)

    def clone(self, **others: Any) -> Inked:
        """A stream inside this one, as WeasyPrint's; but it has the same greys."""
        own = {
            "fonts": self._fonts, "page_rectangle": self.page_rectangle, "resources": self._resources,
            "images": self._images, "tags": self._tags, "color_profiles": self._color_profiles,
            "output_intent": self._output_intent, "compress": self.compress,
        }  # fmt: skip
        return Inked(**own | others)


class Canvas(Inked):
    """A content stream that remembers where in it each piece of marked content stands."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pieces: list[tuple[Any, int, int]] = []
        """A box, and which of the stream's operators paint it."""
        self.movable: Container[Any] = ()
        """Boxes that are to be painted elsewhere too."""

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """As WeasyPrint's; but a movable piece says its colour and face for itself."""
        begin = len(self.stream)
        if box in self.movable:
            self._current_color = self._current_font = None
        with super().marked(box, tag):
            yield
        self.pieces.append((box, begin, len(self.stream)))

    @property
    def numbers(self) -> dict[Any, int]:
        """The number of each piece, by its box."""
        return {box: tag["mcid"] for box, tag in self._tags.items()}

    def painted(self, begin: int, end: int) -> bytes:
        """What a piece is painted with, without its mark."""
        return joined(self.stream[begin + 3 : end - 1])


def figures(box: Any, canvas: Canvas) -> tuple[int, ...] | None:
    """The glyphs of the figures from 0 to 9, as this box of text would show them; None where they are not all of
    one width. `canvas` is an empty one, of the page that the box is on."""
    printed = box.text
    box.text = box.pango_layout.text = FIGURES
    try:
        draw_text(canvas, box, 0, "clip", "none")
    finally:
        box.text = box.pango_layout.text = printed
    shown = glyphs(joined(canvas.stream))
    if shown is None or len(shown.codes) != len(FIGURES) or any(shown.moves):
        return None
    name, _ = shown.face
    widths = next(each.widths for each in canvas._fonts.values() if each.hash == name)  # noqa: SLF001  # WeasyPrint's
    return shown.codes if len({widths[code] for code in shown.codes}) == 1 else None
