"""Images of a source: found beside it or inside it, in a form that books can show, each under a name of its own.

Imports `importing.draft`, `reading.project` to open a file, `reading.pictures` to look into it, and Pillow for forms
that books cannot show. Never reads a file outside the folder that it was given, and never the network.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from octopub.importing.draft import Finding
from octopub.reading.pictures import RefusalError, examine
from octopub.reading.project import content

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.draft import Place

IMAGE_LIMIT = 64 * 1024 * 1024
"""Bytes of an image."""

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
    resources: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def take(self, address: str, place: Place) -> str | None:
        """The name of an image's resource; None, and a finding, where it cannot be had."""
        if address in self._known:
            return self._known[address]
        data = from_data(address) if address.startswith("data:") else self.load(address)
        shown = address if len(address) < 80 else f"{address[:77]}…"
        reason = data if isinstance(data, str) else ""
        if isinstance(data, bytes):
            form, data = showable(data)
            reason = _fault(data) if form else "it is of a kind that books cannot show"
            if not reason:
                name = self._name(address, form)
                self.resources[name] = data
                self._known[address] = name
                return name
        self.findings.append(Finding(place, f"image left out: “{shown}”", reason))
        return None

    def _name(self, address: str, form: str) -> str:
        """A file name that no other image has, made from the address."""
        last = (
            "" if address.startswith("data:") else PurePosixPath(unquote(re.split(r"[?#]", address)[0])).name
        )
        stem = _SAFE.sub("-", PurePosixPath(last).stem).strip("-.") or "image"
        name, number = f"{stem}{form}", 1
        while name.lower() in {each.lower() for each in self.resources}:
            number += 1
            name = f"{stem}-{number}{form}"
        return name


def _fault(data: bytes) -> str:
    """Why octopub's own reader would not take an image; empty where it does."""
    try:
        examine(io.BufferedReader(io.BytesIO(data)), Path())
    except RefusalError as refusal:
        return str(refusal.fields.get("reason") or "it is damaged")
    return ""


def beside(folder: Path | None) -> Callable[[str], bytes | str]:
    """Loads the images that lie in a page's folder or below it."""
    root = folder.resolve() if folder is not None else None

    def load(address: str) -> bytes | str:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
            return "it is not beside the page, and nothing is read from the network"
        if root is None:
            return "the page came without a folder"
        try:
            return _inside(root, unquote(re.split(r"[?#]", address)[0]))
        except (OSError, ValueError) as fault:
            return f"it cannot be read ({type(fault).__name__})"

    return load


def _inside(root: Path, path: str) -> bytes | str:
    """The bytes of a file inside a folder, or why there are none. Raises OSError, and ValueError for a path that
    is none."""
    file = (root / path).resolve()
    if not path or not file.is_relative_to(root):
        return "it lies outside the page's folder"
    if not file.is_file():
        return "it is not beside the page"
    if file.stat().st_size > IMAGE_LIMIT:
        return f"it has more than {IMAGE_LIMIT} bytes"
    return content(file)


def from_data(address: str) -> bytes | str:
    """The bytes of a `data:` address (RFC 2397)."""
    head, comma, body = address.partition(",")
    if not comma or len(body) > IMAGE_LIMIT * 4 // 3:
        return "its data is damaged or too large"
    try:
        return (
            base64.b64decode(unquote(body), validate=False) if ";base64" in head else unquote_to_bytes(body)
        )
    except (binascii.Error, ValueError):
        return "its data is damaged"


def showable(data: bytes) -> tuple[str, bytes]:
    """The suffix of an image's form, and its bytes; BMP and TIFF as PNG. `""` for what books cannot show."""
    for (at, mark), form in _FORMS.items():
        if data.startswith(mark, at):
            return form, data
    if b"<svg" in data[:2000]:
        return ".svg", data
    if data.startswith(_CONVERTED):
        from PIL import Image  # noqa: PLC0415  # most sources have none such

        try:
            with Image.open(io.BytesIO(data)) as picture:
                made = io.BytesIO()
                picture.convert("RGB").save(made, "PNG")
                return ".png", made.getvalue()
        except (OSError, ValueError, Image.DecompressionBombError):
            return "", data
    return "", data
