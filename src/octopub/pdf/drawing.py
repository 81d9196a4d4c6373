"""A laid-out document is painted: its pages become a small PDF of their own, without the faces.

Imports WeasyPrint, whose own way (`weasyprint.pdf.generate_pdf`) this one replaces: it makes a whole file, with
faces, destinations, outlines, metadata and a tree of tags, none of which a part of a book has for itself.
WeasyPrint paints the boxes here as there.

A page's content is one stream; but where the number of a page stands, it is parted in three: what stands before
it, the number, and what follows. So the number can be put in when it is known.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pydyf
from tinycss2.color5 import D50, D65
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import _use_references

from octopub.pdf.boxes import PT, page_box
from octopub.pdf.canvas import Canvas, figures
from octopub.pdf.forme import PLACEHOLDER, Bookmark, Slot, Stamp, Type
from octopub.pdf.harvest import page_of
from octopub.pdf.operators import glyphs, joined
from octopub.pdf.structure import Structure
from octopub.pdf.tags import tree
from octopub.pdf.trace import Tracer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from octopub.pdf.forme import Equipment

LEAST_REACH = 1.2
"""Ems that a link is wide and high at the least, for a finger to hit it. (A call stands in a line of no height,
so that it does not push the lines apart.)"""

WHITES = {"lab-d50": D50, "lab-d65": D65}
"""The spaces of colours that CSS does not give as red, green and blue, by WeasyPrint's names; their white points."""


class Drawing:
    """The pages of one document, painted."""

    def __init__(self, root: Element, document: Any, equipment: Equipment, name: str) -> None:
        """`root` is the tree that was laid out; `name` the part's."""
        self._document = document
        self._equipment = equipment
        self._pdf = pydyf.PDF()
        self._fonts: dict[str, Any] = {}
        self._images: dict[str, Any] = {}
        self._faces = self._add(pydyf.Dictionary())
        colours = self._add(pydyf.Dictionary({name: _lab(white) for name, white in WHITES.items()}))
        self._resources = self._add(pydyf.Dictionary({
            **{kind: pydyf.Dictionary() for kind in ("ExtGState", "XObject", "Pattern", "Shading")},
            "ColorSpace": colours.reference,
            "Font": self._faces.reference,
        }))  # fmt: skip
        self._pages: list[pydyf.Dictionary] = []
        self._links: list[list[pydyf.Dictionary]] = []
        self.slots: list[Slot] = []
        self.stamps: list[Stamp] = []
        self.bookmarks: list[Bookmark] = []
        canvases = [self._painted(page) for page in document.pages]
        tracer = Tracer()
        traces = [
            tracer.trace(page, canvas.numbers)
            for page, canvas in zip(document.pages, canvases, strict=True)
        ]
        above, artifacts = tree([root], traces)
        for index, canvas in enumerate(canvases):
            self._add_page(index, canvas, artifacts[index])
        Structure(self._pdf, self._pages, self._links, name).write(above)
        _use_references(self._pdf, self._resources, self._images, document.color_profiles)

    def written(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._pdf.write(out, version=b"1.7", compress=True)
        return out.getvalue()

    def types(self) -> Iterator[Type]:
        """The faces that the pages use."""
        contents = [face.content for face in self._equipment.faces]
        # WeasyPrint may have several fonts of one description.
        fonts: dict[str, list[Any]] = {}
        for font in self._fonts.values():
            fonts.setdefault(font.hash, []).append(font)
        for name, same in sorted(fonts.items()):
            first = same[0]
            yield Type(
                name=name,
                base=first.name.decode(),
                face=contents.index(first.file_content),
                flags=first.flags,
                ascent=first.ascent,
                descent=first.descent,
                widths={glyph: width for font in same for glyph, width in sorted(font.widths.items())},
                text={glyph: text for font in same for glyph, text in sorted(font.to_unicode.items())},
            )

    def _add(self, made: pydyf.Dictionary) -> pydyf.Dictionary:
        self._pdf.add_object(made)
        return made

    # -- pages ------------------------------------------------------------------------------------

    def _canvas(self, page: Any) -> Canvas:
        """An empty page."""
        document = self._document
        bleed = page.bleed
        area = (
            -bleed["left"], -bleed["top"],
            page.width + bleed["left"] + bleed["right"], page.height + bleed["top"] + bleed["bottom"],
        )  # fmt: skip
        return Canvas(
            self._fonts, area, self._resources, self._images, {},
            document.color_profiles, document.output_intent,
        )  # fmt: skip

    def _painted(self, page: Any) -> Canvas:
        canvas = self._canvas(page)
        canvas.movable = _in_margins(page)
        with canvas.stacked():
            canvas.transform(d=-1, f=page.height * PT)
            page.paint(canvas, PT)
        return canvas

    def _add_page(self, index: int, canvas: Canvas, artifacts: set[int]) -> None:
        page = self._document.pages[index]
        self._stamp(index, page, canvas)
        numbers = canvas.numbers
        for box, begin, end in canvas.pieces:
            if box in canvas.movable and box.text == PLACEHOLDER:
                canvas.stream[begin:end] = [b""] * (end - begin)
            elif numbers[box] in artifacts:
                # ISO 14289-1 §7.1: running heads, folios, repeated table heads, pictures that say nothing
                canvas.stream[begin : begin + 3] = (b"/Artifact", b"BMC", b"")
        streams = [pydyf.Stream(part, compress=True) for part in self._parts(index, page, canvas)]
        for stream in streams:
            self._pdf.add_object(stream)
        sides = pydyf.Array([0, 0, page.width * PT, page.height * PT])
        made = pydyf.Dictionary({
            "Type": "/Page",
            "Parent": self._pdf.pages.reference,
            "MediaBox": sides,  # `pdf.prepress` makes room around it, where there is to be any
            "TrimBox": sides,
            "Contents": pydyf.Array([stream.reference for stream in streams]),
            "Resources": self._resources.reference,
            "Tabs": "/S",  # ISO 14289-1 §7.18.3
            "StructParents": index,
        })  # fmt: skip
        self._pdf.add_page(made)
        self._pages.append(made)
        self._links.append([self._link(page, *link) for link in page.links])
        if self._links[-1]:
            made["Annots"] = pydyf.Array([link.reference for link in self._links[-1]])
        self.bookmarks += (
            Bookmark(index, level, label, x * PT, y * PT) for level, label, (x, y), _ in page.bookmarks
        )

    def _parts(self, index: int, page: Any, canvas: Canvas) -> Iterator[list[Any]]:
        """The page's content, parted where page numbers stand."""
        done = count = 0
        for box, begin, end in canvas.pieces:
            if slot := self._slot(index, count + 1, page, canvas, (box, begin, end)):
                self.slots.append(slot)
                yield canvas.stream[done:begin]
                yield canvas.stream[begin:end]
                done, count = end, count + 2
        yield canvas.stream[done:]

    def _slot(
        self, index: int, stream: int, page: Any, canvas: Canvas, piece: tuple[Any, int, int]
    ) -> Slot | None:
        """The slot that a piece is, if it is the number of a page, in figures of one width."""
        box, begin, end = piece
        if (anchor := page_of(box)) is None:
            return None
        shown = glyphs(joined(canvas.stream[begin:end]))
        own = figures(box, self._canvas(page))
        if shown is None or own is None:
            return None
        # A space may stand beside it, as wide as its line makes it: where text runs from right to left, behind it.
        number = tuple(own[int(figure)] for figure in box.text.strip())
        starts = range(len(shown.codes) - len(number) + 1)
        at = next((at for at in starts if shown.codes[at : at + len(number)] == number), None)
        if at is None:
            return None
        beside = [b"<%04x>%d" % each for each in zip(shown.codes, shown.moves, strict=True)]
        before, behind = b"".join(beside[:at]), b"".join(beside[at + len(number) :])
        return Slot(
            index, stream, anchor, shown.before + b"[" + before + b"<", b">" + behind + b"] TJ" + shown.behind, own
        )

    def _stamp(self, index: int, page: Any, canvas: Canvas) -> None:
        """Keep what stands in the page's margins."""
        around = _in_margins(page)
        for box, begin, end in canvas.pieces:
            if (margin := around.get(box)) and (content := canvas.painted(begin, end)):
                align = margin.style["text_align_all"]
                if align in ("start", "end"):
                    align = "left" if (align == "start") == (margin.style["direction"] == "ltr") else "right"
                self.stamps.append(Stamp(index, box.text, margin.at_keyword, align, content))
    def _link(self, page: Any, kind: str, target: str, area: tuple[float, ...], box: Any) -> pydyf.Dictionary:
        """A link's annotation, which a finger can hit."""
        left, top, right, bottom = area
        least = LEAST_REACH * box.style["font_size"]
        aside, above = max(0, least - (right - left)) / 2, max(0, least - (bottom - top)) / 2
        # ISO 32000-1 §7.9.5: from the lower left corner
        corners = (left - aside, page.height - bottom - above, right + aside, page.height - top + above)
        facts: dict[str, Any] = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array([length * PT for length in corners]),
            "BS": pydyf.Dictionary({"W": 0}),
            "F": 4,  # ISO 19005-3 §6.3.2: marked for printing
        }
        if kind == "internal":
            facts["Dest"] = pydyf.String(target)
        else:
            facts["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/URI", "URI": pydyf.String(target)})
            facts["Contents"] = pydyf.String(target)  # ISO 14289-1 §7.18.5
        return self._add(pydyf.Dictionary(facts))



def _lab(white: Sequence[float]) -> pydyf.Array:
    """A CIE L*a*b* space with this white point (ISO 32000-1 §8.6.5.4)."""
    facts = {"WhitePoint": pydyf.Array(white), "Range": pydyf.Array((-125, 125, -125, 125))}
    return pydyf.Array(("/Lab", pydyf.Dictionary(facts)))


def _in_margins(page: Any) -> dict[Any, Any]:
    """The boxes in a page's margins, each with the margin box that it is in."""
    margins = (box for box in page_box(page).children if isinstance(box, boxes.MarginBox))
    return {box: margin for margin in margins for box in margin.descendants()}
