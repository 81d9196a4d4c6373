"""The source: the PDF whose pages are imposed, by any program that made it.

Imports `diagnostics`, of `imposing` the scheme for its unit and the bleed, and pikepdf. A page is what is left of it
when it is cut: its trim box, or where it has none what a viewer shows, its crop box; turned as `/Rotate` says, in its
user unit (ISO 32000-1 §14.11.2, §7.7.3.3). Between the trim box and the bleed box it is printed for the knife.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.imposing.bleeding import NONE, turned
from octopub.imposing.scheme import MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.imposing.bleeding import Sides

LARGEST = 14_400
"""The longest side of a page, in its user unit (ISO 32000-1, Annex C)."""

SAME = 1.0
"""Points that pages of one size may be apart: programs round."""

COVER = 2
"""So many pages of a cover stand before the others, and as many behind them."""

DEEPEST = 64
"""So many nodes of the page tree lie above a page at most."""


class View(NamedTuple):
    """What is seen of a page when it is cut."""

    box: Sides
    """In the page's own space: left, bottom, right, top."""
    rotation: int
    """Degrees, with the clock."""
    unit: float
    beyond: Sides = NONE
    """How far it is printed beyond each side of the box."""

    @property
    def bleed(self) -> Sides:
        """The same in points, as it is shown."""
        return turned([side * self.unit for side in self.beyond], self.rotation // 90)

    @property
    def printed(self) -> Sides:
        """The box with its bleed."""
        left, bottom, right, top = self.box
        return left - self.beyond[0], bottom - self.beyond[1], right + self.beyond[2], top + self.beyond[3]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as it is shown."""
        left, bottom, right, top = self.box
        sides = (right - left) * self.unit, (top - bottom) * self.unit
        return sides if self.rotation % 180 == 0 else sides[::-1]

    @property
    def matrix(self) -> tuple[float, ...]:
        """From the page's own space to what is shown, with the lower left corner at 0."""
        left, bottom, right, top = self.box
        u = self.unit
        return {
            0: (u, 0, 0, u, -u * left, -u * bottom),
            90: (0, -u, u, 0, -u * bottom, u * right),
            180: (-u, 0, 0, -u, u * right, u * top),
            270: (0, u, -u, 0, u * top, -u * left),
        }[self.rotation]


class UnfitError(Exception):
    """The PDF cannot be imposed; the complaint says why."""

    def __init__(self, complaint: Diagnostic) -> None:
        self.complaint = complaint
        super().__init__(str(complaint))


class Source:
    """A PDF of pages of one size. Raises UnfitError for another, and for one that is broken or encrypted."""

    def __init__(self, content: bytes, path: str) -> None:
        self.pdf = _opened(content, path)
        self.views = [_view(page.obj, number, path) for number, page in enumerate(self.pdf.pages, 1)]
        _check_sizes(self.views, path)
        self.size = self.views[0].size

    @property
    def lang(self) -> str:
        """The language that the file says it is in."""
        return str(entry(self.pdf.Root, "/Lang", String) or "")

    @property
    def binds_right(self) -> bool:
        """Whether the file says that it is read from the right."""
        preferences = entry(self.pdf.Root, "/ViewerPreferences", Dictionary)
        return bool(entry(preferences, "/Direction", Name) == Name.R2L)

    @property
    def behind(self) -> int:
        """How many pages at the end are a cover's: the two whose labels go on where those of the first two end
        (ISO 32000-1 §12.4.2), as octopub writes them."""
        numbers = list(entry(entry(self.pdf.Root, "/PageLabels", Dictionary), "/Nums", Array) or ())
        pairs = zip(numbers[::2], numbers[1::2], strict=False)
        starts: dict[int, Any] = {
            at: label for at, label in pairs if isinstance(at, int) and isinstance(label, Dictionary)
        }
        first, inside, last = (starts.get(at, {}) for at in (0, COVER, len(self.views) - COVER))
        is_cover = first.get("/P") is not None and last.get("/P") == first.P and last.get("/St", 1) == COVER + 1
        return COVER if is_cover and "/P" not in inside else 0

    def flatten(self) -> None:
        """Make what is printed of forms and remarks a part of the pages."""
        if any("/Annots" in page.obj for page in self.pdf.pages):
            if entry(entry(self.pdf.Root, "/AcroForm", Dictionary), "/NeedAppearances", bool):
                self.pdf.generate_appearance_streams()
            self.pdf.flatten_annotations("print")

    def form(self, index: int) -> Any:
        """A page as a form as large as what is printed of it, with the lower left corner of what is left when it
        is cut at 0. Raises pikepdf.PdfError for one that is broken."""
        page, view = self.pdf.pages[index], self.views[index]
        content = _content(page)
        if self.pdf.get_warnings():  # what of a damaged stream could be read is not all
            raise pikepdf.PdfError("a page's content is damaged")
        form = self.pdf.make_stream(
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([round(side, 4) for side in view.printed]),
            Matrix=Array([round(number, 6) for number in view.matrix]),
            Resources=_inherited(page.obj, "/Resources", Dictionary) or Dictionary(),
        )
        if group := entry(page.obj, "/Group", Dictionary):
            form.Group = group
        return form


def entry(node: Any, key: str, kind: type) -> Any:
    """What a dictionary has for this key; None where it is none, or has nothing of the kind that the standard says:
    viewers take no notice of that either."""
    found = node.get(key) if isinstance(node, Dictionary) else None
    return found if isinstance(found, kind) else None


def _opened(content: bytes, path: str) -> pikepdf.Pdf:
    """The PDF. What a damaged one would give after a repair may be a part of it, so that none is repaired."""
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
        is_locked, count, repairs = pdf.is_encrypted, len(pdf.pages), pdf.get_warnings()
    except pikepdf.PasswordError:
        is_locked, count, repairs = True, 0, []
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise _unreadable(path, "it is broken, or no PDF at all", "save it anew") from error
    if is_locked:
        raise _unreadable(path, "it is encrypted", "save it without a password or restrictions")
    if repairs:
        raise _unreadable(path, f"it is damaged ({str(repairs[0]).rsplit(': ', 1)[-1]})", "save it anew")
    if not count:
        raise _unreadable(path, "it has no pages", "save it anew")
    return pdf


def _unreadable(path: str, reason: str, remedy: str) -> UnfitError:
    return UnfitError(complain(Code.PDF_UNREADABLE, None, path, reason=reason, remedy=remedy))


def _view(page: Any, number: int, path: str) -> View:
    media = _written(page, "/MediaBox", number, path)
    crop = _common(_written(page, "/CropBox", number, path, media), media)
    trim = _common(_written(page, "/TrimBox", number, path, crop), crop)
    bleed = _common(_written(page, "/BleedBox", number, path, trim), crop)
    unit = _number(page.get("/UserUnit", 1)) or 0.0
    rotation = _number(_inherited(page, "/Rotate") or 0)
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    if min(width, height) < 1 or max(width, height) > LARGEST or unit <= 0 or rotation is None or rotation % 90:
        odd = next((page[key] for key in ("/TrimBox", "/CropBox") if key in page), _inherited(page, "/MediaBox"))
        raise _odd(number, path, odd)
    beyond = tuple(max(0.0, sign * (outer - inner)) for sign, outer, inner in zip(OUTWARDS, bleed, trim, strict=True))
    return View(trim, int(rotation) % 360, unit, turned(beyond, 0))


OUTWARDS = (-1, -1, 1, 1)
"""Which way the sides of a box lie."""


def _written(page: Any, key: str, number: int, path: str, usual: Sides | None = None) -> Sides:
    """A box of a page as its file has it; `usual` where it has none. Raises UnfitError for what is no box."""
    # ISO 32000-1 table 30: only two of them may stand above the page.
    written = _inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.get(key)
    box = usual if written is None else _box(written)
    if box is None:
        raise _odd(number, path, written)
    return box


def _odd(number: int, path: str, box: Any) -> UnfitError:
    return UnfitError(complain(Code.PAGE_BOX, None, path, page=number, box=_shown(box)))


def _inherited(page: Any, key: str, kind: type = object) -> Any:
    """A page's entry, or that of the nearest node of the page tree which has it."""
    node = page
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = entry(node, "/Parent", Dictionary)
    return entry(node, key, kind)


def _box(array: Any) -> Sides | None:
    """The box of an array: left, bottom, right, top, whichever corners it names (ISO 32000-1 §7.9.5)."""
    if not isinstance(array, Array) or len(array) != 4:
        return None
    numbers = [_number(item) for item in array]
    if None in numbers:
        return None
    x, y, to_x, to_y = (number or 0.0 for number in numbers)
    return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _number(item: Any) -> float | None:
    try:
        return float(item)
    except (TypeError, ValueError):
        return None


def _common(one: Sides, other: Sides) -> Sides:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _shown(box: Any) -> str:
    if not isinstance(box, Array):
        return "missing"
    return (
        "[" + " ".join(f"{number:g}" if (number := _number(item)) is not None else "?" for item in box) + "]"
    )


def _check_sizes(views: Sequence[View], path: str) -> None:
    first = views[0].size
    for number, view in enumerate(views, 1):
        if any(abs(one - other) > SAME for one, other in zip(first, view.size, strict=True)):
            sizes = {"first": in_mm(first), "other": in_mm(view.size)}
            raise UnfitError(complain(Code.PAGES_DIFFER, None, path, page=number, **sizes))


def in_mm(size: tuple[float, float]) -> str:
    """A size in points, as a complaint says it."""
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"


def _content(page: pikepdf.Page) -> bytes:
    """What paints the page: all its streams, with what stands in one apart from what stands in the next. Raises
    pikepdf.PdfError."""
    if "/Contents" not in page.obj:
        return b""
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    if not all(isinstance(stream, pikepdf.Stream) for stream in streams):
        raise pikepdf.PdfError("a page has no content where it says it has")
    return b"\n".join(stream.read_bytes() for stream in streams)
