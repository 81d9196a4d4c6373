"""What a file is, judged by its content: a picture or a drawing that books can show, and how large.

Imports `diagnostics`; `reading.svg` where there is a drawing, and Pillow where there is a picture, since
most manuscripts have neither. The name of a file counts for nothing. A picture's bytes are never changed;
they are read again when they are needed.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import warnings
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from octopub.diagnostics import Code, MachineError
from octopub.reading.limits import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from io import BufferedReader
    from pathlib import Path

    from PIL.ImageFile import ImageFile

    from octopub.model import Reader
    from octopub.reading.limits import Limits

Kind = TypeVar("Kind")

_HEAD = 512
"""Bytes that are enough to tell what a file is."""

_ORIENTATION = 0x0112
"""The Exif tag (Exif 2.32 §4.6.4)."""


_ANIMATED = re.compile(rb"<(?:\w+:)?(?:animate|set\b)")
"""What moves a drawing (SVG Animations 2 §2)."""


class _Form(NamedTuple):
    """A kind of picture that every reading system shows (EPUB 3.3 §3.2), and Pillow's class for it."""

    media_type: str
    suffix: str
    plugin: str
    decoder: str


# Offset and bytes that tell what a file is.
_PICTURES = {
    (0, b"\x89PNG\r\n\x1a\n"): _Form("image/png", "png", "PngImagePlugin", "PngImageFile"),
    (0, b"\xff\xd8\xff"): _Form("image/jpeg", "jpg", "JpegImagePlugin", "JpegImageFile"),
    (0, b"GIF87a"): _Form("image/gif", "gif", "GifImagePlugin", "GifImageFile"),
    (0, b"GIF89a"): _Form("image/gif", "gif", "GifImagePlugin", "GifImageFile"),
    (8, b"WEBP"): _Form("image/webp", "webp", "WebPImagePlugin", "WebPImageFile"),
}
_OTHERS = {
    (0, b"II*\0"): "TIFF",
    (0, b"MM\0*"): "TIFF",
    (0, b"BM"): "BMP",
    (0, b"%PDF"): "PDF",
    (0, b"%!PS"): "PostScript",
    (0, b"\xc5\xd0\xd3\xc6"): "PostScript",
    (4, b"ftypavi"): "AVIF",
    (4, b"ftyphe"): "HEIF",
    (4, b"ftypmif1"): "HEIF",
    (0, b"\xff\x0a"): "JPEG XL",
    (4, b"JXL "): "JPEG XL",
    (4, b"jP  "): "JPEG 2000",
    (0, b"\xff\x4f\xff\x51"): "JPEG 2000",
    (0, b"8BPS"): "Photoshop",
    (0, b"\0\0\1\0"): "ICO",
    (0, b"\x1f\x8b"): "a compressed file, perhaps SVGZ",
}


class RefusalError(Exception):
    """Why there is no resource: a code, and the fields of its wording."""

    def __init__(self, code: Code, **fields: object) -> None:
        super().__init__(code.slug)
        self.code = code
        self.fields = fields

    @property
    def reason(self) -> str:
        """The same of a file that is no picture."""
        reasons = {
            Code.IMAGE_OUTSIDE: "it lies outside the project folder",
            Code.IMAGE_MISSING: "there is no such file{nearest}",
        }
        return reasons.get(self.code, "{reason}").format(**self.fields)


def unreadable(error: Exception) -> RefusalError:
    """The refusal with the reason that Python or Pillow gives."""
    strerror = error.strerror if isinstance(error, OSError) else None
    reason = strerror or str(error) or type(error).__name__
    return RefusalError(Code.IMAGE_UNREADABLE, reason=reason[:1].lower() + reason[1:])


def too_large(limit: int, of: str = "bytes") -> RefusalError:
    """The refusal of a file with more than so many million bytes or pixels."""
    return RefusalError(Code.IMAGE_UNREADABLE, reason=f"it has more than {limit // 1_000_000} million {of}")


class Image(NamedTuple):
    """What an image is, apart from its path and name."""

    media_type: str
    suffix: str
    digest: str
    bytes: int
    width: float
    height: float
    read: Reader
    left_out: tuple[str, ...] = ()
    moves: bool = False


def examine(stream: BufferedReader, file: Path, limits: Limits = USUAL) -> Image:
    """What the file holds. Raises RefusalError, and OSError."""
    if stream.seek(0, os.SEEK_END) > limits.picture_bytes:
        raise too_large(limits.picture_bytes)
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head:
        raise RefusalError(Code.IMAGE_UNREADABLE, reason="it is empty")
    if form := _recognise(head, _PICTURES):
        return _picture(stream, file, form, limits.picture_pixels)
    words = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if words.startswith((b"<html", b"<!doctype html")):
        raise RefusalError(Code.IMAGE_FORMAT, found="HTML")
    if words.startswith((b"<", codecs.BOM_UTF16_LE + b"<", codecs.BOM_UTF16_BE + b"\0<")):
        return _drawing(stream.read())
    raise RefusalError(Code.IMAGE_FORMAT, found=_recognise(head, _OTHERS) or "unknown")


def _recognise(head: bytes, kinds: Mapping[tuple[int, bytes], Kind]) -> Kind | None:
    return next((kind for (offset, mark), kind in kinds.items() if head.startswith(mark, offset)), None)


def _drawing(data: bytes) -> Image:
    # Most manuscripts have no drawing, and a style sheet's parser would be loaded for nothing.
    from octopub.reading.svg import NotSvgError, SvgError, sanitise  # noqa: PLC0415  # most books have no drawing

    try:
        clean, size, left_out = sanitise(data)
    except NotSvgError as error:
        raise RefusalError(Code.IMAGE_FORMAT, found=f"XML, {error}") from None
    except SvgError as error:
        raise unreadable(error) from None
    digest = hashlib.sha256(clean).hexdigest()
    moves = bool(_ANIMATED.search(clean))
    return Image("image/svg+xml", "svg", digest, len(clean), *size, _Kept(clean), tuple(left_out), moves)


def _picture(stream: BufferedReader, file: Path, form: _Form, pixels: int) -> Image:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    length = stream.tell()
    stream.seek(0)
    # What Pillow warns of is odd metadata, which do no harm.
    with _alone, warnings.catch_warnings(action="ignore"), _refusing_truncated():
        width, height, moves = _measure(stream, form, pixels)
    read = _FileReader(file, digest)
    return Image(form.media_type, form.suffix, digest, length, width, height, read, moves=moves)


_alone = Lock()
"""Held while a picture is decoded: Python's warnings and Pillow's switch are the whole process's."""


@contextmanager
def _refusing_truncated() -> Iterator[None]:
    """Pillow as it is by itself: once WeasyPrint is imported it takes a picture without an end for whole
    (`weasyprint/images.py` sets its `LOAD_TRUNCATED_IMAGES`), and what is wrong would depend on what was built
    before."""
    from PIL import ImageFile  # noqa: PLC0415  # only where there is a picture

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _measure(stream: BufferedReader, form: _Form, limit: int) -> tuple[int, int, bool]:
    """Width and height in pixels, as the picture is shown, and whether it moves. The whole of it is decoded, unless it
    has more pixels than the limit: nothing else tells whether the end is there."""
    # Not Image.open: that loads five plug-ins to find the one that is known already.
    plugin = import_module(f"PIL.{form.plugin}")
    decoder: Callable[[BufferedReader], ImageFile] = getattr(plugin, form.decoder)
    try:
        image = decoder(stream)
    except OSError as error:
        raise unreadable(error) from None
    except Exception:  # noqa: BLE001 - SyntaxError, struct.error, … of Pillow's own affairs
        raise RefusalError(Code.IMAGE_UNREADABLE, reason="its beginning is damaged") from None
    width, height = image.size
    if width * height > limit:
        raise too_large(limit, "pixels")
    turned = form.suffix == "jpg" and _is_turned(image)
    try:
        # A JPEG decodes to an eighth of its size at a fraction of the cost; the others ignore this.
        image.draft(None, (1, 1))
        image.load()
    except Exception as error:  # noqa: BLE001 - each decoder raises as it likes
        raise unreadable(error) from None
    moves = bool(getattr(image, "is_animated", False))
    return (height, width, moves) if turned else (width, height, moves)


def _is_turned(image: ImageFile) -> bool:
    """Whether the camera was held upright: Exif orientations 5 to 8 exchange width and height."""
    # Damaged metadata do not make a picture unreadable; every viewer ignores them.
    with suppress(Exception):
        return image.getexif().get(_ORIENTATION, 1) in range(5, 9)
    return False


class _FileReader(NamedTuple):
    """Reads a file that was examined before."""

    file: Path
    digest: str

    def __call__(self) -> bytes:
        try:
            data = self.file.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise MachineError(f"the image {self.file.name} cannot be read any more: {reason}") from None
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise MachineError(f"the image {self.file.name} was changed during the build: build again")
        return data


class _Kept(NamedTuple):
    """Gives what was made when the file was examined: drawings are small, and not kept as they are."""

    data: bytes

    def __call__(self) -> bytes:
        return self.data
