"""What a file is, judged by its content: a picture or a drawing that books can show, and how large.

Imports `diagnostics`, `model`, `reading.svg`, and Pillow where there is a picture to decode. The name of a
file counts for nothing. A picture's bytes are never changed; they are read again when they are needed.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, MachineError
from octopub.reading.svg import NotSvgError, Size, SvgError, sanitise

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

    from PIL.ImageFile import ImageFile

    from octopub.model import Reader

PIXEL_LIMIT = 100_000_000
"""More pixels than any page prints: a file of a few kilobytes may claim to have billions."""

_HEAD = 512
"""Bytes that tell what a file is."""

_ORIENTATION = 0x0112
"""The Exif tag (Exif 2.32 §4.6.4)."""


class _Form(NamedTuple):
    """A kind of picture that every reading system shows (EPUB 3.3 §3.2)."""

    name: str
    beginning: re.Pattern[bytes]
    media_type: str
    suffix: str


_PICTURES = (
    _Form("PNG", re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", "png"),
    _Form("JPEG", re.compile(rb"\xff\xd8\xff"), "image/jpeg", "jpg"),
    _Form("GIF", re.compile(rb"GIF8[79]a"), "image/gif", "gif"),
    _Form("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp", "webp"),
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\0|\xfe\xff\0<")
_OTHERS = (
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", re.IGNORECASE), "HTML"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"%PDF"), "PDF"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "PostScript"),
    (re.compile(rb"....ftyp(?:avi[fs])", re.DOTALL), "AVIF"),
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "HEIF"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), "JPEG XL"),
    (re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"), "JPEG 2000"),
    (re.compile(rb"8BPS"), "Photoshop"),
    (re.compile(rb"\0\0[\1\2]\0"), "ICO"),
    (re.compile(rb"\x1f\x8b"), "a compressed file, perhaps SVGZ"),
)


class RefusalError(Exception):
    """Why there is no resource: a code, and the fields of its wording."""

    def __init__(self, code: Code, **fields: object) -> None:
        super().__init__(code.slug)
        self.code = code
        self.fields = fields


def unreadable(error: Exception) -> RefusalError:
    """The refusal with the reason that Python or Pillow gives."""
    strerror = error.strerror if isinstance(error, OSError) else None
    reason = strerror or str(error) or type(error).__name__
    return RefusalError(Code.IMAGE_UNREADABLE, reason=reason[:1].lower() + reason[1:])


class Image(NamedTuple):
    """What an image is, apart from its path and name."""

    media_type: str
    suffix: str
    digest: str
    bytes: int
    size: Size
    read: Reader
    left_out: tuple[str, ...] = ()


def examine(stream: BufferedReader, file: Path) -> Image:
    """What the file holds. Raises RefusalError, and OSError."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head:
        raise RefusalError(Code.IMAGE_UNREADABLE, reason="it is empty")
    for form in _PICTURES:
        if form.beginning.match(head):
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            length = stream.tell()
            reader = _FileReader(file, digest)
            return Image(form.media_type, form.suffix, digest, length, _measure(stream, form.name), reader)
    for beginning, name in _OTHERS:
        if beginning.match(head):
            raise RefusalError(Code.IMAGE_FORMAT, found=name)
    if _XML.match(head):
        return _drawing(stream.read())
    raise RefusalError(Code.IMAGE_FORMAT, found="unknown")


def _drawing(data: bytes) -> Image:
    try:
        clean, size, left_out = sanitise(data)
    except NotSvgError as error:
        raise RefusalError(Code.IMAGE_FORMAT, found=f"XML, {error}") from None
    except SvgError as error:
        raise unreadable(error) from None
    digest = hashlib.sha256(clean).hexdigest()
    return Image("image/svg+xml", "svg", digest, len(clean), size, _Kept(clean), tuple(left_out))


def _measure(stream: BufferedReader, form: str) -> Size:
    """Width and height in pixels, as the picture is shown. The whole of it is decoded: nothing else
    tells whether the end is there."""
    # Pillow costs 10 ms, and most manuscripts have no picture. Of its plug-ins it loads all sixty for one
    # that is not among the common five.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    if form == "WEBP":
        import PIL.WebPImagePlugin  # noqa: F401, PLC0415

    too_large = RefusalError(
        Code.IMAGE_UNREADABLE, reason=f"it has more than {PIXEL_LIMIT // 1_000_000} million pixels"
    )
    stream.seek(0)
    try:
        # What Pillow warns of (odd metadata, many pixels) is refused below, or does no harm.
        with warnings.catch_warnings(action="ignore"), Image.open(stream, formats=[form]) as image:
            width, height = image.size
            if width * height > PIXEL_LIMIT:
                raise too_large
            turned = form == "JPEG" and _is_turned(image)
            # A JPEG decodes to an eighth of its size at a fraction of the cost; the others ignore this.
            image.draft(None, (1, 1))
            image.load()
    except RefusalError:
        raise
    except Image.DecompressionBombError:
        raise too_large from None
    except UnidentifiedImageError:
        # Its message names the open file by its place in memory.
        raise RefusalError(Code.IMAGE_UNREADABLE, reason="its beginning is damaged") from None
    except Exception as error:  # noqa: BLE001 - each decoder raises as it likes: OSError, SyntaxError, …
        raise unreadable(error) from None
    return Size(height, width) if turned else Size(width, height)


def _is_turned(image: ImageFile) -> bool:
    """Whether the camera was held upright: Exif orientations 5 to 8 exchange width and height."""
    # Damaged metadata do not make a picture unreadable; every viewer ignores them.
    with suppress(Exception):
        return image.getexif().get(_ORIENTATION, 1) in range(5, 9)
    return False


@dataclass(frozen=True, slots=True)
class _FileReader:
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """Gives what was made when the file was examined: drawings are small, and not kept as they are."""

    data: bytes

    def __call__(self) -> bytes:
        return self.data
