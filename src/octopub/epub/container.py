"""The container: a finished package, written by ebooklib so that the same book gives the same bytes.

Imports ebooklib, and nothing of octopub. Here files get their entries in the package document and in the
archive; each is asked for its content when its turn comes, and then forgotten. It knows no book, and never
looks at the clock.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, NamedTuple

from ebooklib import epub

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import IO

    from lxml.etree import _Element as Element

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can name."""

COMPRESSED = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What is compressed already is stored as it is."""

NCX = "application/x-dtbncx+xml"
LEVEL = 5
"""zlib's: a novel takes a third less time than at the usual 6, and one per cent more room."""

APPLE_FILE = "META-INF/com.apple.ibooks.display-options.xml"
APPLE_OPTIONS = """\
<?xml version="1.0" encoding="UTF-8"?>
<display_options><platform name="*"><option name="specified-fonts">true</option></platform></display_options>
"""
"""Without it Apple Books leaves the faces that a book carries aside (iBookstore Asset Guide 5.0, “Configuring Apple
Display Options”). Nothing else that it could say is true of a book whose text flows."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Item(NamedTuple):
    """A file: its name in the package, and what its entry in the manifest says (EPUB 3.3 §5.6)."""

    name: str
    media_type: str
    read: Callable[[], bytes]
    """Gives its content."""
    properties: tuple[str, ...] = ()


def kept(content: bytes) -> Callable[[], bytes]:
    """What an item reads that is finished already."""
    return lambda: content


class Row(NamedTuple):
    """An element of the metadata (EPUB 3.3 §5.5): one of Dublin Core's, or `meta`."""

    name: str
    text: str | None
    attributes: dict[str, str]


class Package(NamedTuple):
    """All that a package document says."""

    lang: str
    direction: str
    modified: datetime
    items: list[Item]
    metadata: list[Row]
    """The first row is the identifier."""
    spine: list[str]
    """Names of items, in the order in which they are read."""
    guide: list[dict[str, str]]
    """`type`, `title` and `href` of what EPUB 2 readers look for (OPF 2.0.1 §2.6)."""


def item_id(item: Item) -> str:
    """The id of an item's entry. Names of files are ASCII letters, digits, `.`, `-` and `/`."""
    return "ncx" if item.media_type == NCX else "id-" + item.name.replace("/", "-")


def write(package: Package, out: IO[bytes]) -> None:
    """Write the container into a file that can be rewound. Raises OSError where that fails, or where a file
    that belongs into it can no longer be read."""
    _Writer(out, package).write()


class _Entry(epub.EpubItem):  # type: ignore[misc]  # it comes without types
    """ebooklib's item, which reads its content when it is written."""

    def __init__(self, item: Item) -> None:
        super().__init__(item_id(item), item.name, item.media_type)
        self.properties = list(item.properties)
        self.read = item.read

    def get_content(self) -> bytes:
        """The content of the file."""
        return self.read()


def _as_ebooklib_has_it(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    # It comes with a random identifier, and with its own name as the generator's.
    book.metadata.clear()
    for name, text, attributes in package.metadata:
        book.add_metadata("OPF" if name == "meta" else "DC", name, text, attributes)
    ids = {}
    for item in package.items:
        ids[item.name] = item_id(item)
        book.add_item(_Entry(item))
    book.spine = [ids[name] for name in package.spine]
    book.guide = package.guide
    book.direction = package.direction
    return book


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # it comes without types
    """ebooklib's writer, with an archive of our own: ebooklib stamps the clock into each entry."""

    def __init__(self, out: IO[bytes], package: Package) -> None:
        options = {"mtime": package.modified, "package_direction": package.direction == "rtl"}
        super().__init__(out, _as_ebooklib_has_it(package), options)
        self.package = package

    def write(self) -> None:
        """Write all entries; the file `mimetype` first and as it is (OCF 3.3 §4.2.6.2)."""
        files = [item for item in self.package.items if item.media_type in COMPRESSED]
        stored = {"mimetype", *(f"{self.book.FOLDER_NAME}/{item.name}" for item in files)}
        with zipfile.ZipFile(self.file_name, "w") as archive:
            self.out = _Archive(archive, stored)
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            if any(item.media_type.startswith("font/") for item in self.package.items):
                self.out.writestr(APPLE_FILE, APPLE_OPTIONS)
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Element) -> None:
        """As ebooklib's own: with the language, without the declaration of a prefix that nothing has, and
        with all four figures of a year before 1000, which `strftime` cuts."""
        del root.attrib["prefix"]
        root.set(LANG, self.package.lang)
        stamp = root.find("metadata/meta[@property='dcterms:modified']")
        assert stamp is not None
        stamp.text = self.package.modified.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        super()._write_opf_file(root)


class _Archive:
    """An archive whose entries carry no time and no trace of the machine. ebooklib gives it their names."""

    def __init__(self, archive: zipfile.ZipFile, stored: set[str]) -> None:
        self.archive = archive
        self.stored = stored
        """The names of those that are not compressed."""

    def writestr(self, name: str, content: bytes | str) -> None:
        """Add an entry."""
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if name in self.stored else zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, content, compresslevel=LEVEL)
