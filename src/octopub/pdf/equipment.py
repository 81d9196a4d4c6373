"""The equipment: what every part of a book is set with, gathered before anything is.

Imports `faces` and `pdf.forme`. It does not import WeasyPrint: a book of which nothing changed is put together
without it.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from octopub.faces.instance import static
from octopub.faces.sfnt import with_heights
from octopub.faces.shaping import metrics
from octopub.pdf.forme import Equipment, FaceFile, digest
from octopub.pdf.record import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.faces.catalogue import Face

PACKAGES = ("weasyprint", "pydyf", "pyphen", "tinycss2", "cssselect2", "pillow", "uharfbuzz")
"""What a part's pages hang on besides the job and the faces: their versions belong to the equipment."""

LIBRARIES = (
    ("pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")),
    ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll")),
)  # fmt: skip

OWN = ("pdf", "faces")
"""The parts of octopub that take part in it."""


class Kit:
    """A book's equipment, gathered when somebody asks for it; and its key, which costs little."""

    def __init__(self, faces: Sequence[Face], code: str, css: str) -> None:
        """`faces` as `FaceSet.faces` gives them, the text face first."""
        self._faces = faces
        self._code = code
        self._css = css

    @cached_property
    def key(self) -> str:
        """The same for equal equipment, and for it alone."""
        faces = (
            part
            for face in self._faces
            for part in (face.family, face.style, str(face.weight), face.file.table.blob.data)
        )
        return digest("equipment", str(VERSION), *faces, self._code, self._css, versions())

    @cached_property
    def equipment(self) -> Equipment:
        """The equipment itself."""
        return Equipment(tuple(self._files()), self._code, self._css)

    def _files(self) -> Iterator[FaceFile]:
        """The faces as files. All get the heights of the first, the text face: a word in another one would push
        the lines apart."""
        heights: tuple[float, float] | None = None
        for face in self._faces:
            heights = heights or metrics(face)[:2]
            yield FaceFile(face.family, face.style, face.weight, with_heights(static(face), *heights))


@cache
def versions() -> str:
    """The versions of all that lays out: Pango's and HarfBuzz's among them where the system finds them, and
    octopub's own code."""
    root = Path(__file__).parents[1]
    own = (path.read_bytes() for part in OWN for path in sorted(root.joinpath(part).glob("*.py")))
    found = [f"octopub {sha256(b''.join(own)).hexdigest()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    for function, names in LIBRARIES:
        for name in names:
            with suppress(OSError, AttributeError):
                ask = getattr(ctypes.CDLL(name), function)
                ask.restype = ctypes.c_char_p
                found.append(f"{function} {ask().decode()}")
                break
    return ", ".join(found)
