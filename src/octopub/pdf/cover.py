"""The printed cover: a part of its own, outside of the book's record, so that no folio and no proof hangs on it.

Imports `covers` (what is drawn), `markup` (what is set), `diagnostics`, `model`, and of `pdf` the plan, the room and
the proof. The front is a drawing, fitted by HarfBuzz as the e-book's is: WeasyPrint cannot make type as large as its
place. The back is text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from octopub.covers.code import QUIET, qr_code
from octopub.covers.composing import LEAST_SPINE_MM, WIDTH, Frame, compose
from octopub.covers.drawing import svg
from octopub.covers.spine import Strip, spine
from octopub.diagnostics import Code, complain
from octopub.imposing.scheme import MM
from octopub.markup.covers import Faces, leaves, wrapper
from octopub.pdf.forme import Job, Picture
from octopub.pdf.parts import SCHEME
from octopub.pdf.proof import faults
from octopub.pdf.record import Block, Part
from octopub.pdf.resolution import LEAST_DPI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.covers.code import QrCode
    from octopub.diagnostics import Diagnostic
    from octopub.markup.scribe import Element, Setting, Stream
    from octopub.model import Book, Resource
    from octopub.pdf.forme import Forme
    from octopub.pdf.plan import Plan
    from octopub.pdf.room import Room

WHITE_MM = 6.0
"""What stays white around a picture that does not bleed."""

CODE_SHARE = 0.15
"""How wide the code is, of the page."""

FRONT, SPINE, CODE = (f"{SCHEME}cover-{name}.svg" for name in ("front", "spine", "code"))


class SetCover(NamedTuple):
    """A cover that was set: two pages, its front and its back; or, as a sheet, its outside and its inside."""

    forme: Forme
    complaints: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Covering:
    """Has the covers of a book set."""

    book: Book
    plan: Plan
    room: Room
    setting: Setting

    def around(self) -> SetCover:
        """Front and back, for pages that stand around the book's own."""
        return self._set(None)

    def sheet(self, spine_mm: float) -> SetCover:
        """Back, spine and front on one sheet, with a spine of this width."""
        return self._set(spine_mm)

    def _set(self, spine_mm: float | None) -> SetCover:
        """Set the cover; where its back has no room for all, in smaller type, and at last without what has none."""
        complaints = list(self._coarse())
        for attempt in self._attempts(spine_mm):
            streams: list[Stream] = []
            write = leaves if spine_mm is None else wrapper
            job = self._job(write(self.setting, attempt.faces, streams, attempt.style), streams, spine_mm)
            ((_, forme),) = self.room.set([job])
            if self._fits(forme, streams, attempt.faces):
                break
        if attempt.left_out:
            span, path = self.book.spans.get(attempt.left_out), self.book.source.path
            complaints.append(complain(Code.COVER_TEXT, span, path, key=attempt.left_out))
        return SetCover(forme, tuple(complaints))

    def _attempts(self, spine_mm: float | None) -> Iterator[_Attempt]:
        meta = self.book.metadata
        address = self.book.options.url
        whole = Faces(
            front=FRONT,
            title=". ".join(filter(None, (meta.title, meta.subtitle, ", ".join(meta.authors)))),
            spine=SPINE if spine_mm and self._spine(spine_mm) else None,
            blurb=meta.description,
            code=CODE if self._code else None,
            address=address,
            house=meta.publisher,
        )
        yield _Attempt(whole)
        if whole.blurb:
            yield _Attempt(whole, "cover-small")
            yield _Attempt(replace(whole, blurb=None), left_out="description")
        yield _Attempt(replace(whole, blurb=None, code=None, address=None, house=None), left_out="octopub.url")

    def _job(self, body: list[Element], streams: list[Stream], spine_mm: float | None) -> Job:
        root = etree.Element("html", {"lang": self.book.metadata.lang, "dir": self.book.direction})
        etree.SubElement(root, "body").extend(body)
        sources = (image.get("src", "") for image in root.iter("img"))
        return Job(
            name="cover",
            markup=etree.tostring(root, encoding="utf-8"),
            css=self._css(spine_mm),
            letters=tuple(stream.text for stream in streams),
            pictures={src: self._picture(src, spine_mm) for src in sources},
        )

    def _fits(self, forme: Forme, streams: list[Stream], faces: Faces) -> bool:
        """Whether all is printed, on two pages, and what is said of the book ends above what stands at the foot."""
        blocks = tuple(Block(stream.key, stream.flow, stream.length, None, stream.tag) for stream in streams)
        if len(forme.pages) != 2 or faults(Part("cover", blocks, forme.pages)):
            return False
        page = self.plan.page
        foot = len(streams) - sum(text is not None for text in (faces.address, faces.house))
        lines = [line for each in forme.pages for line in each.lines]
        tops = [line.top for line in lines if line.block >= foot]
        tops += [image.top for each in forme.pages for image in each.images if image.name == CODE]
        highest = min(tops, default=forme.pages[0].height - page.cover_margin)
        lowest = max((line.top + line.height for line in lines if line.block < foot), default=page.cover_margin)
        return lowest + page.leading <= highest

    # -- what is drawn ----------------------------------------------------------------------------

    def _picture(self, src: str, spine_mm: float | None) -> Picture:
        """A picture of the cover by its name."""
        if src == FRONT and self.book.cover:
            return Picture(self.book.cover.media_type, self.book.cover.digest, self.book.cover.read())
        if src == FRONT:
            content = self._front
        elif src == CODE:
            assert self._code
            content = self._code.svg
        else:
            content = self._spine(spine_mm or 0) or b""
        return Picture("image/svg+xml", sha256(content).hexdigest(), content)

    @cached_property
    def _front(self) -> bytes:
        """The front, as a drawing of the page's size."""
        page, meta = self.plan.page, self.book.metadata
        unit = page.width / WIDTH
        height, margin = page.height / unit, page.cover_margin / unit
        drawn = compose(
            meta.title, meta.subtitle, meta.authors, self.plan.chosen, Frame(height, margin, margin),
            lang=meta.lang, direction=self.book.direction,
        )  # fmt: skip
        return svg(drawn, height, page.ink, None, meta.lang)

    @cached_property
    def _code(self) -> QrCode | None:
        return qr_code(self.book.options.url) if self.book.options.url else None

    def _spine(self, width_mm: float) -> bytes | None:
        if width_mm < LEAST_SPINE_MM:
            return None
        page, meta = self.plan.page, self.book.metadata
        return spine(
            meta.title, meta.authors, self.plan.chosen, Strip(width_mm * MM, page.height, page.cover_margin), page.ink,
            lang=meta.lang, direction=self.book.direction,
        )  # fmt: skip

    # -- what is settled for this book -------------------------------------------------------------

    def _css(self, spine_mm: float | None) -> str:
        """The sizes and places that hang on what is shown."""
        rules = []
        if self._code:
            side = self._code.side_mm(CODE_SHARE * self.plan.page.width / MM)
            quiet = QUIET * side / self._code.modules
            sides = f"width: {side:.4f}mm; height: {side:.4f}mm"
            rules.append(f".cover-code img {{ {sides}; margin-bottom: {quiet:.4f}mm }}")
        if self.book.cover:
            rules.append(self._picture_place(self.book.cover, at_spine=spine_mm is not None))
        if spine_mm is not None:
            rules.append(self._places(spine_mm * MM))
        return "\n".join(rules)

    def _picture_place(self, picture: Resource, *, at_spine: bool) -> str:
        """A picture fills the page and what bleeds of it, and is cut off evenly; or else it stands whole and in the
        middle within a white margin. Nothing bleeds onto a spine."""
        page = self.plan.page
        white = -page.bleed if page.bleed else WHITE_MM * MM
        width, height = page.width - 2 * white, page.height - 2 * white
        if not page.bleed:
            scale = min(width / picture.width, height / picture.height)
            width, height = picture.width * scale, picture.height * scale
        left, top = (page.width - width) / 2, (page.height - height) / 2
        if page.bleed and at_spine:
            width -= page.bleed
            left = left if self.book.direction == "rtl" else 0
        return (
            f".cover-front img {{ left: {left:.3f}pt; top: {top:.3f}pt; width: {width:.3f}pt; "
            f"height: {height:.3f}pt; object-fit: cover }}"
        )

    def _places(self, width: float) -> str:
        """The sheet, and where back, spine and front stand on it: the front at the right, or where the book binds
        there at the left. Lengths are points."""
        page = self.plan.page
        whole = 2 * page.width + width
        right, left = ("back", "front") if self.book.direction == "rtl" else ("front", "back")
        return (
            f"@page cover {{ size: {whole:.3f}pt {page.height:.3f}pt }}\n"
            f".cover-sheet {{ page: cover; width: {whole:.3f}pt; height: {page.height:.3f}pt }}\n"
            f".cover-{left} {{ left: 0 }}\n"
            f".cover-{right} {{ left: {page.width + width:.3f}pt }}\n"
            f".cover-spine {{ left: {page.width:.3f}pt }}\n"
            f".cover-spine img {{ width: {width:.3f}pt; height: {page.height:.3f}pt }}"
        )

    def _coarse(self) -> Iterator[Diagnostic]:
        """A warning for a picture with fewer than 200 pixels an inch."""
        picture = self.book.cover
        if picture is None or picture.media_type == "image/svg+xml":
            return
        page = self.plan.page
        white = -page.bleed if page.bleed else WHITE_MM * MM
        fit = min if page.bleed else max  # the side that decides how large it is
        dpi = round(72 * fit(picture.width / (page.width - 2 * white), picture.height / (page.height - 2 * white)))
        if dpi < LEAST_DPI:
            span, path = self.book.spans.get("cover-image"), self.book.source.path
            yield complain(Code.IMAGE_RESOLUTION, span, path, path=picture.path, dpi=dpi, limit=LEAST_DPI)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A way to set the cover."""

    faces: Faces
    style: str = ""
    left_out: str | None = None
    """The key of what has no room in it."""
