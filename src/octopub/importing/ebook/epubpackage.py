"""The package of an EPUB (EPUB 3.3 §5): which files are its text, in which order, and what it says of each.

Imports `importing.archive`, `epubmeta` and lxml's types. Also reads those of EPUB 2.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.importing.archive import refuse
from octopub.importing.draft import Finding, Place
from octopub.importing.ebook.epubmeta import OPF, left_over, metadata_of, own_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.archive import Archive
    from octopub.importing.draft import LeftOut
    from octopub.importing.trees.tree import Element

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_PACKAGE = "application/oebps-package+xml"
_OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""What is done to fonts (EPUB 3.3 §4.4, and Adobe's own way), which harms no text."""
DRAWN = "cover.png"
"""The cover that octopub draws."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_TEXTS = (".xhtml", ".html", ".htm", ".xml")
_GUIDES = {"title-page": "titlepage", "cover": "cover", "toc": "toc", "copyright-page": "copyright-page",
           "loi": "loi", "lot": "lot"}  # fmt: skip
"""The names that a guide of EPUB 2 has for pages that octopub makes itself."""


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says."""

    metadata: dict[str, str | list[str]]
    spine: tuple[str, ...]
    """The paths of the text's files, in reading order."""
    navigation: tuple[str, ...]
    """Where the contents are: of EPUB 3, then of EPUB 2."""
    is_own: bool
    """Whether octopub made it."""
    cover: str
    """The path of the cover image, where the book's maker gave one."""
    guide: dict[str, str]
    """What kind of page a file is, by its path."""
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]


def package_of(archive: Archive) -> Package:
    """The package of a book. Raises BuildError where there is none, or the book is encrypted."""
    path = _path(archive)
    package = archive.xml(path)
    folder = posixpath.dirname(path)

    def place(item: Element, key: str = "href") -> str:
        name = (item.get(key) or "").partition("#")[0]
        return archive.find(folder, name) or posixpath.normpath(posixpath.join(folder, unquote(name)))

    items = {item.get("id") or "": item for item in package.iter(f"{OPF}item")}
    findings: list[Finding] = []
    spine = list(_spine(package, items, findings))
    navigation = [item for item in items.values() if "nav" in (item.get("properties") or "").split()]
    ncx = [item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"]
    _refuse_encrypted(archive, {place(item) for item in spine})
    is_own = any(
        each.get("name") == "generator" and (each.get("content") or "").startswith("octopub")
        for each in package.iter(f"{OPF}meta")
    )
    metadata = metadata_of(package)
    if any(
        each.get("property") == "rendition:layout" and (each.text or "").strip() == "pre-paginated"
        for each in package.iter(f"{OPF}meta")
    ):
        reason = "its lines stand at fixed places of fixed pages: paragraphs may be torn, or in another order"
        findings.append(Finding(Place(1), "a book of fixed layout", reason))
    return Package(
        own_metadata(package, metadata) if is_own else metadata,
        tuple(dict.fromkeys(place(item) for item in spine if is_own or item not in navigation)),
        tuple(place(item) for item in (*navigation, *ncx)),
        is_own,
        _cover(package, items, place),
        {place(each): _GUIDES[kind] for each in package.iter(f"{OPF}reference")
         if (kind := (each.get("type") or "").lower()) in _GUIDES},
        tuple(findings),
        () if is_own else tuple(left_over(package)),
    )  # fmt: skip


def _path(archive: Archive) -> str:
    """Where the package document is: the first one that the container names; without a container the only one."""
    if "META-INF/container.xml" in archive:
        files = list(archive.xml("META-INF/container.xml").iter(f"{_CONTAINER}rootfile"))
        books = [each for each in files if each.get("media-type") == _PACKAGE] or files
        for each in books:
            if found := archive.find("", each.get("full-path") or ""):
                return found
    packages = [name for name in archive.names if name.endswith(".opf")]
    if len(packages) != 1:
        raise refuse(
            archive.name, "it is no EPUB: nothing says which file lists its text", "import an .epub file"
        )
    return packages[0]


def _spine(package: Element, items: dict[str, Element], findings: list[Finding]) -> Iterator[Element]:
    """The files of the text: whatever their types are called, pages and pictures."""
    for each in package.iter(f"{OPF}itemref"):
        ref = each.get("idref") or ""
        item = items.get(ref)
        if item is None:
            reason = "its manifest names no file for it"
            findings.append(Finding(Place(1), f"“{ref}” of the spine left out", reason))
        elif "html" in (item.get("media-type") or "") or posixpath.splitext(item.get("href") or "")[1].lower() in (
            *_TEXTS, *PICTURES
        ):  # fmt: skip
            yield item


def _cover(package: Element, items: dict[str, Element], place: Callable[[Element], str]) -> str:
    """The path of the cover image: as EPUB 3 says it, or as readers of EPUB 2 agreed upon."""
    covers = [each for each in items.values() if "cover-image" in (each.get("properties") or "").split()]
    named = [each.get("content") or "" for each in package.iter(f"{OPF}meta") if each.get("name") == "cover"]
    covers += [items[name] for name in named if name in items]
    given = (each for each in covers if (each.get("media-type") or "").startswith("image/"))
    return next((place(each) for each in given if each.get("href") != DRAWN), "")


def _refuse_encrypted(archive: Archive, files: set[str]) -> None:
    """Fonts may be obfuscated, which harms nothing; text that is encrypted cannot be read."""
    if "META-INF/encryption.xml" not in archive:
        return
    algorithm = ""
    for each in archive.xml("META-INF/encryption.xml").iter():
        algorithm = each.get("Algorithm") or algorithm
        if (uri := each.get("URI")) and algorithm not in _OBFUSCATIONS and archive.find("", uri) in files:
            raise refuse(archive.name, "its text is encrypted", "import a book without copy protection")
