"""The container: ebooklib's package, written so that the same book gives the same bytes.

Imports ebooklib. Everything in the package is finished before it comes here; ebooklib writes the package
document and the container around it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from ebooklib import epub

if TYPE_CHECKING:
    from datetime import datetime

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can name."""

COMPRESSED_ALREADY = ("image/jpeg", "image/png", "image/gif", "image/webp", "font/woff", "font/woff2")


class _Archive(zipfile.ZipFile):
    """A ZIP file whose entries carry no time and no trace of the machine."""

    def writestr(self, entry: Any, data: Any, compress_type: int | None = None, compresslevel: Any = None) -> None:
        """Add an entry; ebooklib gives names."""
        info = zipfile.ZipInfo(str(entry), EPOCH)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        stored = compress_type is not None or str(entry).endswith((".jpg", ".png", ".gif", ".webp", ".woff", ".woff2"))
        super().writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, compresslevel)


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """ebooklib's writer, with an archive of our own: ebooklib stamps the clock into each entry."""

    def write(self) -> None:
        """Write the whole container; the file `mimetype` first and uncompressed (OCF 3.3 §4.2.6.2)."""
        with _Archive(self.file_name, "w", compresslevel=self.options["compresslevel"]) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", compress_type=zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


def item(uid: str, name: str, media_type: str, content: bytes, properties: tuple[str, ...] = ()) -> epub.EpubItem:
    """A finished file of the package, which ebooklib takes as it is."""
    made = epub.EpubItem(uid=uid, file_name=name, media_type=media_type, content=content)
    made.properties = list(properties)
    return made


def write(book: epub.EpubBook, modified: datetime) -> bytes:
    """The container's bytes."""
    out = io.BytesIO()
    options = {"mtime": modified, "raise_exceptions": True, "compresslevel": 6}
    _Writer(out, book, options).write()
    return out.getvalue()
