"""The package document of an EPUB (EPUB 3.3 §5): its metadata, its spine, where its navigation is.

Imports `importing.archive` and lxml's types. Also reads those of EPUB 2.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.importing.archive import refuse
from octopub.reading.identity import modified, moment

if TYPE_CHECKING:
    from octopub.importing.archive import Archive
    from octopub.importing.tree import Element

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OWN = "octopub:"
"""Begins the names of what octopub writes for itself (`epub.metadata`)."""
_OF_BOOK = frozenset({"edition", "isbn"})
"""Those of them that stand at the top of the front matter; others stand under `octopub`."""
DRAWN = "cover.png"
"""The cover that octopub draws."""
_XHTML = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says."""

    metadata: dict[str, str | list[str]]
    spine: tuple[str, ...]
    """The paths of the text's files, in reading order."""
    navigation: tuple[str, ...]
    is_own: bool
    """Whether octopub made it."""
    cover: str = ""
    """The path of the cover image, where the book's maker gave one."""


def package_of(archive: Archive) -> Package:
    """The package of a book. Raises BuildError where there is none, or the book is encrypted."""
    if "META-INF/container.xml" not in archive:
        raise refuse(archive.name, "it is no EPUB", "import an .epub file")
    container = archive.xml("META-INF/container.xml")
    rootfile = next(container.iter(f"{_CONTAINER}rootfile"), None)
    path = unquote(rootfile.get("full-path") or "") if rootfile is not None else ""
    package = archive.xml(path)
    folder = posixpath.dirname(path)
    items = {item.get("id") or "": item for item in package.iter(f"{_OPF}item")}

    def place(item: Element) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))

    refs = [each.get("idref") or "" for each in package.iter(f"{_OPF}itemref")]
    spine = [items[ref] for ref in refs if ref in items and items[ref].get("media-type") in _XHTML]
    navigation = [each for each in items.values() if "nav" in (each.get("properties") or "").split()]
    _refuse_encrypted(archive, {place(item) for item in spine})
    is_own = any(
        each.get("name") == "generator" and (each.get("content") or "").startswith("octopub")
        for each in package.iter(f"{_OPF}meta")
    )
    places = tuple(dict.fromkeys(place(item) for item in spine if is_own or item not in navigation))
    metadata = _metadata(package)
    if is_own:
        metadata = _own(package, metadata)
    covers = [each for each in items.values() if "cover-image" in (each.get("properties") or "").split()]
    cover = next((place(each) for each in covers if each.get("href") != DRAWN), "")
    return Package(metadata, places, tuple(map(place, navigation)), is_own, cover)


def _refuse_encrypted(archive: Archive, files: set[str]) -> None:
    """Fonts may be obfuscated, which harms nothing; text that is encrypted cannot be read."""
    if "META-INF/encryption.xml" not in archive:
        return
    for each in archive.xml("META-INF/encryption.xml").iter():
        if unquote(each.get("URI") or "") in files:
            raise refuse(archive.name, "its text is encrypted", "import a book without copy protection")


# -- metadata -----------------------------------------------------------------------------------------


def _metadata(package: Element) -> dict[str, str | list[str]]:
    """The keys of the front matter that a package has values for."""
    refined = _refinements(package)
    found: dict[str, str | list[str]] = {}
    for each in package.iter(f"{_DC}title"):
        text = _line(each)
        is_subtitle = refined.get((each.get("id") or "", "title-type")) == "subtitle"
        if text:
            found.setdefault("subtitle" if is_subtitle else "title", text)
    authors = [_line(each) for each in package.iter(f"{_DC}creator") if _role(each, refined) in ("aut", "")]
    translators = [_line(each) for each in package.iter(f"{_DC}contributor") if _role(each, refined) == "trl"]
    subjects = [_line(each) for each in package.iter(f"{_DC}subject")]
    for key, values in (("author", authors), ("translator", translators), ("subject", subjects)):
        kept = [value for value in values if value]
        if kept:
            found[key] = kept if len(kept) > 1 else kept[0]
    for name, key in (("language", "lang"), ("publisher", "publisher"), ("rights", "rights"),
                      ("description", "description"), ("date", "date")):  # fmt: skip
        if text := next((_line(each) for each in package.iter(f"{_DC}{name}")), ""):
            found[key] = text.split("T")[0] if key == "date" else text
    in_words = (_line(each) for each in package.iter(f"{_OPF}meta") if each.get("property") == "dcterms:date")
    if "date" not in found and (words := next(in_words, "")):
        found["date"] = words
    if identifier := _identifier(package):
        found["identifier"] = identifier
    return found


def _own(package: Element, metadata: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The metadata with what only octopub knows: keys of the front matter, some of them lists; the ISBN as it
    was written; the moment that the book is stamped with, where its date does not give it."""
    found = dict(metadata)
    for each in package.iter(f"{_OPF}meta"):
        name, said = (each.get("name") or ""), each.get("content") or ""
        if not name.startswith(OWN):
            continue
        key = name.removeprefix(OWN)
        key = key if key in _OF_BOOK else f"octopub.{key}"
        before = found.get(key)
        found[key] = said if before is None else [*([before] if isinstance(before, str) else before), said]
    if description := next((each.text for each in package.iter(f"{_DC}description")), ""):
        found["description"] = description
    isbn = found.pop("isbn", None)
    if isinstance(isbn, str):
        identifier = str(found.get("identifier", ""))
        is_same = identifier.startswith("urn:isbn:")
        found["identifier"] = isbn if is_same else [identifier, isbn]
    stamps = (
        each.text or "" for each in package.iter(f"{_OPF}meta") if each.get("property") == "dcterms:modified"
    )
    stamp, date = next(stamps, ""), found.get("date")
    if stamp and moment(stamp) != modified(date if isinstance(date, str) else None, None, None):
        found["octopub.modified"] = stamp
    return found


def _identifier(package: Element) -> str:
    """The identifier that the package says is the book's."""
    named = package.get("unique-identifier")
    every = list(package.iter(f"{_DC}identifier"))
    return next((_line(each) for each in every if each.get("id") == named), _line(every[0]) if every else "")


def _refinements(package: Element) -> dict[tuple[str, str], str]:
    return {
        ((each.get("refines") or "").removeprefix("#"), each.get("property") or ""): _line(each)
        for each in package.iter(f"{_OPF}meta")
        if each.get("refines")
    }


def _role(creator: Element, refined: dict[tuple[str, str], str]) -> str:
    return refined.get((creator.get("id") or "", "role")) or creator.get(f"{_OPF}role") or ""


def _line(element: Element) -> str:
    return " ".join((element.text or "").split())
