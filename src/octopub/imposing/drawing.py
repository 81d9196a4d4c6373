"""Drawing: a scheme becomes a PDF whose pages are the sides of the sheets.

Imports of `imposing` the scheme and the source, and pikepdf. Each page of the source becomes a form that is put down
where the scheme says, as often as it says; what pages share they share here as well. Structure, bookmarks and links
stay behind: the order of these pages is nobody's reading order.
"""

from __future__ import annotations

import io
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pikepdf.models.metadata import decode_pdf_date

from octopub.imposing.bleeding import room, scaled
from octopub.imposing.marks import numbers, painted
from octopub.imposing.scheme import Flip
from octopub.imposing.source import entry
from octopub.standards.marking import declare
from octopub.standards.table import Matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.imposing.bleeding import Sides
    from octopub.imposing.scheme import Placed, Scheme, Side
    from octopub.imposing.source import Source
    from octopub.standards.table import Claims

FOR_PRINTING = " (for printing)"

DUPLEX = {Flip.LONG: Name.DuplexFlipLongEdge, Flip.SHORT: Name.DuplexFlipShortEdge}


def both(scheme: Scheme) -> Iterator[Side]:
    """The sides as a printer that prints both takes them: front, back, front; fronts only where all backs are
    blank."""
    for sheet in scheme.sheets:
        yield sheet.front
        if scheme.is_two_sided:
            yield sheet.back


def draw(
    source: Source, scheme: Scheme, sides: Iterable[Side], name: str, *, claims: Claims, both_sides: bool
) -> bytes:
    """The PDF with these sides. `name` is its title where the source has none. The same input gives the same bytes.
    Raises pikepdf.PdfError where a page of the source is broken."""
    with pikepdf.new() as target:
        forms = _Forms(source, target)
        for side in sides:
            page = target.add_blank_page(page_size=(round(scheme.width, 4), round(scheme.height, 4)))
            _fill(page.obj, side, scheme.scale, forms)
        layers = entry(source.pdf.Root, "/OCProperties", Dictionary)
        if layers is not None:
            target.Root.OCProperties = target.copy_foreign(source.pdf.make_indirect(layers))
        target.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            Duplex=DUPLEX[scheme.flip] if both_sides else Name.Simplex,
            PrintScaling=Name("/None"),
            PickTrayByPDFSize=True,
        )
        declare(target, claims, _facts(source.pdf, name), name)
        _keep_intents(source.pdf, target, claims)
        out = io.BytesIO()
        target.save(
            out,
            deterministic_id=True,
            force_version=claims.version if claims.standards else max("1.7", source.pdf.pdf_version),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


class _Forms:
    """The source's pages as forms in the target, each copied once."""

    def __init__(self, source: Source, target: pikepdf.Pdf) -> None:
        self._source, self._target = source, target
        self._known: dict[int, Any] = {}

    def bleed(self, index: int) -> Sides:
        """How far a page is printed beyond its edges."""
        return self._source.views[index].bleed

    def __getitem__(self, index: int) -> Any:
        if index not in self._known:
            self._known[index] = self._target.copy_foreign(self._source.form(index))
        return self._known[index]


def _fill(page: Any, side: Side, scale: float, forms: _Forms) -> None:
    """Paint a side: each page cut off at the fold, and the marks over them."""
    parts: list[bytes] = []
    xobjects: dict[str, Any] = {}
    for placed in side.pages:
        if placed.page is None:
            continue
        name = f"/Page{placed.page + 1}"
        xobjects[name] = forms[placed.page]
        clip = numbers(room(placed, side.pages, scaled(forms.bleed(placed.page), scale)))
        parts.append(f"q {clip} re W n {numbers(_matrix(placed, scale))} cm {name} Do Q".encode())
    if side.marks:
        parts.append(painted(side.marks))
    page.Resources = Dictionary(XObject=Dictionary(xobjects)) if xobjects else Dictionary()
    page.Contents.write(b"\n".join(parts))


def _matrix(placed: Placed, scale: float) -> tuple[float, ...]:
    """From the page with its lower left corner at 0 to its place."""
    angle = radians(placed.rotation)
    a, b = round(cos(angle)), round(sin(angle))
    # The corner that comes to lie at the lower left, for a turn against the clock.
    x = placed.left + (placed.width if placed.rotation in (90, 180) else 0)
    y = placed.bottom + (placed.height if placed.rotation in (180, 270) else 0)
    return a * scale, b * scale, -b * scale, a * scale, x, y


def _keep_intents(source: pikepdf.Pdf, target: pikepdf.Pdf, claims: Claims) -> None:
    """Keep what the colours are meant for, and say where each sheet is cut."""
    if claims.demand(Matter.OUTPUT_INTENT):
        intents = [each for each in source.Root.OutputIntents if each.S == Name.GTS_PDFX]
        target.Root.OutputIntents = target.copy_foreign(source.make_indirect(Array(intents)))
    if claims.demand(Matter.TRIM_BOX):
        for page in target.pages:
            page.trimbox = page.mediabox


def _facts(source: pikepdf.Pdf, name: str) -> dict[str, Any]:
    """Title, authors and dates of the source, in both places where a PDF has them (ISO 32000-1 §14.3). Taken from the
    older of the two, which every program writes."""
    known = source.docinfo
    facts: dict[str, Any] = {
        "dc:title": (_text(known, "/Title") or name) + FOR_PRINTING,
        "dc:creator": [author] if (author := _text(known, "/Author")) else None,
        "pdf:Producer": "octopub",
        "xmp:CreatorTool": "octopub",
        "xmp:CreateDate": _date(known, "/CreationDate"),
        "xmp:ModifyDate": _date(known, "/ModDate"),
    }
    return {key: value for key, value in facts.items() if value}


def _text(known: Any, key: str) -> str | None:
    value = known.get(key)
    return str(value) if isinstance(value, pikepdf.String) else None


def _date(known: Any, key: str) -> str | None:
    """A date as XMP has it; None for one that is none."""
    try:
        return decode_pdf_date(_text(known, key) or "").isoformat()
    except ValueError:
        return None
