"""Pictures of pages: drawn when they are looked at, and kept under a digest of what is on the page.

Imports the hand, and the page report's pictures; pikepdf, which reads what a page is made of, and PDFium, which draws
it. A page that a build left as it was has the digest it had, so it is neither drawn nor sent again.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from hashlib import blake2b
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
import pypdfium2

from octopub.desk.browser.hand import Hand
from octopub.pdf.marks.pictures import beyond

if TYPE_CHECKING:
    from collections.abc import Iterator


SCALE = 2.0
"""Pixels for a point; fewer for pages that would be larger than `LARGEST`."""

LARGEST = 2400
"""Pixels of a picture's longer side."""

KEPT = 100
"""So many pictures are kept: some ten megabytes."""


class _Pages(NamedTuple):
    pdf: bytes
    trimmed: bool
    leaves: dict[str, int]
    """The pages by their digests."""


class Gallery:
    """The pictures of the pages of one PDF after the other; several at once under different names."""

    def __init__(self) -> None:
        self._hand = Hand("drawing")
        self._hung: dict[str, list[_Pages]] = {}
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._open: tuple[bytes, Any] | None = None

    def hang(self, name: str, pdf: bytes, digests: tuple[str, ...], *, trimmed: bool = True) -> None:
        """From now on these are the pages under that name; `trimmed` is whether only what the knife leaves is shown. A
        browser that has not heard of it yet still gets the last ones."""
        pages = _Pages(pdf, trimmed, {digest: leaf for leaf, digest in enumerate(digests)})
        others = [last for last in self._hung.get(name, []) if last.leaves != pages.leaves]
        self._hung[name] = [pages, *others[:1]]

    async def picture(self, digest: str) -> bytes | None:
        """The picture, a PNG, of the page with this digest; None where there is none such."""
        if digest in self._drawn:
            self._drawn.move_to_end(digest)
            return self._drawn[digest]
        for pages in chain.from_iterable(self._hung.values()):
            if digest in pages.leaves:
                drawn = await self._hand.do(partial(self._draw, pages.pdf, pages.leaves[digest], trimmed=pages.trimmed))
                self._drawn[digest] = drawn
                while len(self._drawn) > KEPT:
                    self._drawn.popitem(last=False)
                return drawn
        return None

    def _draw(self, pdf: bytes, leaf: int, *, trimmed: bool) -> bytes:
        """Draw a page. The hand's work."""
        if self._open is None or self._open[0] is not pdf:
            if self._open is not None:
                self._open[1].close()
            self._open = pdf, pypdfium2.PdfDocument(pdf)
        page = self._open[1][leaf]
        scale = min(SCALE, LARGEST / max(page.get_size()))
        painted = page.render(scale=scale, crop=beyond(page) if trimmed else (0, 0, 0, 0)).to_pil()
        page.close()
        out = BytesIO()
        painted.save(out, "PNG", compress_level=1)  # it goes no farther than this machine's browser
        return out.getvalue()


def digests(pdf: bytes) -> tuple[str, ...]:
    """A digest for each page of a PDF: pages with the same digest look the same."""
    known: dict[tuple[int, int], bytes] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        return tuple(_digest(page.obj, known).hex() for page in document.pages)


def _digest(page: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    sides = repr([str(page.get(box)) for box in ("/MediaBox", "/CropBox", "/TrimBox", "/Rotate")])
    digest = blake2b(sides.encode(), digest_size=16)
    contents = page.get("/Contents")
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        digest.update(stream.read_raw_bytes() if stream is not None else b"")
    digest.update(_painted_with(page.get("/Resources"), known))
    return digest.digest()


def _painted_with(resources: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    """A digest of the faces and pictures, and of what they are made of in turn. `known` has what was met before."""
    digest = blake2b(digest_size=16)
    for name, thing in _named(resources):
        if thing.objgen not in known:
            known[thing.objgen] = b""  # whatever leads back here
            known[thing.objgen] = _of(thing, known)
        digest.update(name.encode() + known[thing.objgen])
    return digest.digest()


def _named(resources: Any) -> Iterator[tuple[str, Any]]:
    for kind in ("/Font", "/XObject"):
        if resources is not None and kind in resources:
            yield from sorted(resources[kind].items())


def _of(thing: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    digest = blake2b(digest_size=16)
    if isinstance(thing, pikepdf.Stream):
        digest.update(thing.read_raw_bytes())
        digest.update(_painted_with(thing.get("/Resources"), known))
        if "/SMask" in thing:
            digest.update(thing["/SMask"].read_raw_bytes())
        return digest.digest()
    for face in thing.get("/DescendantFonts", [thing]):
        described = face.get("/FontDescriptor", {})
        for file in ("/FontFile", "/FontFile2", "/FontFile3"):
            if file in described:
                digest.update(described[file].read_raw_bytes())
    return digest.digest()
