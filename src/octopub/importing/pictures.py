"""Images of a source: found beside it or inside it, in a form that books can show, each under a name of its own.

Imports `importing.draft`, `reading.project` to open a file, `reading.pictures` to look into it, and Pillow for forms
that books cannot show. Never reads a file outside the folder that it was given, and never the network.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from octopub.importing.bounds import USUAL
from octopub.importing.draft import Finding
from octopub.reading.pictures import RefusalError, examine, too_large, unreadable
from octopub.reading.project import content

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.bounds import Bounds
    from octopub.importing.draft import Place
    from octopub.reading.limits import Limits

_FORMS = {
    (0, b"\x89PNG\r\n\x1a\n"): ".png",
    (0, b"\xff\xd8\xff"): ".jpg",
    (0, b"GIF87a"): ".gif",
    (0, b"GIF89a"): ".gif",
    (8, b"WEBP"): ".webp",
}
_CONVERTED = (b"BM", b"II*\0", b"MM\0*")
"""BMP and TIFF begin so."""
_SAFE = re.compile(r"[^\w.-]+")


@dataclass(slots=True)
class Pictures:
    """The images met so far. `load` gives the bytes of an address, or says why there are none."""

    load: Callable[[str], bytes | str]
    bounds: Bounds = USUAL
    resources: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    """Those that are taken, in small letters: some systems know no others."""
    _numbers: defaultdict[str, int] = field(default_factory=lambda: defaultdict(lambda: 1))
    """The last number of each name that several have."""
    _bytes: int = 0
    """Of all that were met: a few may be asked for under any number of addresses."""

    def take(self, address: str, place: Place) -> str | None:
        """The name of an image's resource; None, and a finding, where it cannot be had."""
        if address in self._known:
            return self._known[address]
        data = self._loaded(address)
        shown = data if isinstance(data, str) else showable(data, self.bounds.becoming)
        if isinstance(shown, str):
            called = address if len(address) < 80 else f"{address[:77]}…"
            self.findings.append(Finding(place, f"image left out: “{called}”", shown))
            return None
        form, content = shown
        name = self._known[address] = self._name(address, form)
        self.resources[name] = content
        return name

    def _loaded(self, address: str) -> bytes | str:
        """The bytes of an address, or why there are none."""
        if self._bytes > self.bounds.archive_bytes:
            return f"the pictures before it have more than {self.bounds.archive_bytes} bytes"
        data = from_data(address) if address.startswith("data:") else self.load(address)
        self._bytes += len(data) if isinstance(data, bytes) else 0
        return data

    def _name(self, address: str, form: str) -> str:
        """A file name that no other image has, made from the address."""
        last = (
            "" if address.startswith("data:") else PurePosixPath(unquote(re.split(r"[?#]", address)[0])).name
        )
        stem = _SAFE.sub("-", PurePosixPath(last).stem).strip("-.") or "image"
        wanted = name = f"{stem}{form}"
        while name.lower() in self._names:
            self._numbers[wanted] += 1
            name = f"{stem}-{self._numbers[wanted]}{form}"
        self._names.add(name.lower())
        return name


def beside(folder: Path | None, limit: int) -> Callable[[str], bytes | str]:
    """Loads the images that lie in a page's folder or below it, and have no more than so many bytes."""
    root = folder.resolve() if folder is not None else None

    def load(address: str) -> bytes | str:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
            return "it is not beside the page, and nothing is read from the network"
        if root is None:
            return "the page came without a folder"
        try:
            return _inside(root, unquote(re.split(r"[?#]", address)[0]), limit)
        except (OSError, ValueError) as fault:
            return f"it cannot be read ({type(fault).__name__})"

    return load


def _inside(root: Path, path: str, limit: int) -> bytes | str:
    """The bytes of a file inside a folder, or why there are none. Raises OSError, and ValueError for a path that
    is none."""
    file = (root / path).resolve()
    if not path or not file.is_relative_to(root):
        return "it lies outside the page's folder"
    if not file.is_file():
        return "it is not beside the page"
    if file.stat().st_size > limit:
        return f"it has more than {limit} bytes"
    return content(file)


def from_data(address: str) -> bytes | str:
    """The bytes of a `data:` address (RFC 2397)."""
    head, comma, body = address.partition(",")
    if not comma:
        return "its data is damaged"
    try:
        return (
            base64.b64decode(unquote(body), validate=False) if ";base64" in head else unquote_to_bytes(body)
        )
    except (binascii.Error, ValueError):
        return "its data is damaged"


def showable(data: bytes, limits: Limits) -> tuple[str, bytes] | str:
    """The suffix of an image's form, and its bytes, those of BMP and TIFF as PNG; or why octopub's own reader would not
    take it."""
    try:
        form = _form(data)
        if not form and data.startswith(_CONVERTED):
            form, data = ".png", _converted(data, limits)
        if not form:
            return "it is of a kind that books cannot show"
        examine(io.BufferedReader(io.BytesIO(data)), Path(), limits)
    except RefusalError as refusal:
        return str(refusal.fields.get("reason") or "it is damaged")
    return form, data


def _form(data: bytes) -> str:
    """The suffix of the form that an image has; empty for one that books cannot show."""
    for (at, mark), form in _FORMS.items():
        if data.startswith(mark, at):
            return form
    return ".svg" if b"<svg" in data[:2000] else ""


def _converted(data: bytes, limits: Limits) -> bytes:
    """BMP or TIFF as PNG. Raises RefusalError."""
    from PIL import Image  # noqa: PLC0415  # most sources have none such

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > limits.picture_pixels:
                raise too_large(limits.picture_pixels, "pixels")
            made = io.BytesIO()
            picture.convert("RGB").save(made, "PNG")
            return made.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise unreadable(error) from error
