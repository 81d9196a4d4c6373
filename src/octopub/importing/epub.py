"""EPUBs: the text of the spine, with its notes, becomes a draft; one that octopub made, its manuscript.

Imports `importing.*` and lxml. Everything comes from the archive; the network and other files are never read.
What the markup says (`epub:type`, `role`; EPUB 3.3, DPUB-ARIA 1.1) counts, looks do not.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octopub.diagnostics import BuildError
from octopub.importing import own
from octopub.importing.archive import Archive, parse_xhtml, refuse
from octopub.importing.article import drop_silent
from octopub.importing.draft import Draft, LeftOut, Place
from octopub.importing.epubmeta import Package, package_of
from octopub.importing.html import draft_of, parse
from octopub.importing.pagetidy import settle_links, show_quotes
from octopub.importing.pictures import Pictures
from octopub.importing.tree import (
    TYPE,
    Element,
    classes,
    kinds,
    line_number,
    make,
    remove,
    tag,
    text_of,
    unwrap,
)  # fmt: skip
from octopub.importing.webnotes import take_notes

if TYPE_CHECKING:
    from pathlib import Path

FILE = "data-octopub-file"
"""The name of the file that an element came from."""

_COVERS = (".png", ".jpg", ".svg")
_OPS = "{http://www.idpf.org/2007/ops}"
_NO_TEXT = frozenset(
    "cover titlepage halftitlepage colophon toc landmarks page-list loi lot doc-cover doc-toc doc-colophon".split()
)
"""Pages that octopub makes itself, of any book: their words are in the metadata, or are no text."""


def read(data: bytes, *, name: str, folder: Path | None = None) -> Draft:  # noqa: ARG001  # as each reader has it
    """The draft of an EPUB. Raises BuildError where it is damaged, encrypted, or breaks a limit."""
    archive = Archive(data, name)
    package = package_of(archive)
    root = _joined(archive, package)
    pictures = Pictures(lambda address: _picture(archive, address))
    metadata = dict(package.metadata)
    cover = pictures.take(package.cover, Place(1)) if package.cover else None
    if cover and cover.endswith(_COVERS):
        metadata["cover-image"] = cover
    if package.is_own:
        try:
            return own.draft_of(root, metadata, pictures, _place)
        except own.ForeignError:
            # Somebody has worked on it: it is a book like others now.
            root = _joined(archive, package)
    left_out: list[LeftOut] = []
    drop_silent(root)
    show_quotes(root)
    settle_links(root)
    _take_pages(root, left_out)
    _settle_lines(root)
    notes = take_notes(root, _place)
    made = draft_of(root, notes, _place, pictures, str(metadata.get("lang", "")))
    return replace(made, metadata=metadata, left_out=(*left_out, *made.left_out))


def _picture(archive: Archive, address: str) -> bytes | str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
        return "it is not in the book, and nothing is read from the network"
    return archive.read(address) if address in archive else "it is not in the book"


# -- one tree of many files -------------------------------------------------------------------------


def _joined(archive: Archive, package: Package) -> Element:
    """The files of the spine, one behind the other, in one tree; every link and picture leads to its place
    there."""
    root = make("body")
    bodies = {path: body for path in package.spine if (body := _body(archive, path)) is not None}
    if not bodies:
        raise refuse(archive.name, "its spine names no text")
    anchors = _anchors(bodies)
    for path, body in bodies.items():
        part = make("div")
        part.set(FILE, posixpath.basename(path))
        part.text = body.text
        part.set("id", anchors[path, ""])
        part.set("class", body.get("class") or "")
        if own := (set(kinds(body)) & _NO_TEXT):
            part.set("role", next(iter(own)))
        for child in list(body):
            part.append(child)
        _relocate(part, path, anchors)
        root.append(part)
    return root


def _body(archive: Archive, path: str) -> Element | None:
    if path not in archive:
        raise refuse(archive.name, f"its file “{path}”, which the spine names, is missing")
    data = archive.read(path)
    name = f"{archive.name}: {path}"
    try:
        root = parse_xhtml(data, name)
    except BuildError as broken:
        if b"<!ENTITY" in data or "too-deep" in str(broken):
            raise
        # Many books are not well-formed; readers show them all the same.
        root = parse(data.decode("utf-8", "replace"), name)
    for each in root.iter():
        if tag(each):
            each.tag = each.tag.rpartition("}")[2].lower()
            if kind := each.get(f"{_OPS}type"):
                each.set(TYPE, kind)
                del each.attrib[f"{_OPS}type"]
    return next(root.iter("body"), None)


def _anchors(bodies: dict[str, Element]) -> dict[tuple[str, str], str]:
    """The anchor in the one tree for each file and anchor in it: the same where no other file has it."""
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for number, (path, body) in enumerate(bodies.items(), 1):
        found[path, ""] = f"octopub-file-{number}"
        for each in body.iter():
            for name in {each.get("id"), each.get("name") if tag(each) == "a" else None} - {None, ""}:
                assert name is not None
                found.setdefault((path, name), name if name not in taken else f"{name}-{number}")
                taken.add(found[path, name])
    return found


def _relocate(part: Element, path: str, anchors: dict[tuple[str, str], str]) -> None:
    folder = posixpath.dirname(path)
    for each in part.iter():
        for key in ("id", "name"):
            if (value := each.get(key)) and (path, value) in anchors and each is not part:
                each.set(key, anchors[path, value])
        for key in ("src", "{http://www.w3.org/1999/xlink}href"):
            if (source := each.get(key)) and tag(each) in ("img", "image") and not _is_address(source):
                each.set("src", posixpath.normpath(posixpath.join(folder, unquote(source.split("#")[0]))))
        link = each.get("href") if tag(each) == "a" else None
        if link and not _is_address(link):
            file, _, fragment = link.partition("#")
            there = posixpath.normpath(posixpath.join(folder, unquote(file))) if file else path
            target = anchors.get((there, fragment), anchors.get((there, unquote(fragment))))
            each.set("href", f"#{target}" if target else (f"#{fragment}" if fragment else link))


def _is_address(link: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", link))


def _place(element: Element) -> Place:
    """The line of an element in its file."""
    above = [element, *element.iterancestors()]
    file = next((name for each in above if (name := each.get(FILE))), "")
    line = next((number for each in above if (number := line_number(each))), 1)
    return Place(line, f"{file} line" if file else "line")


# -- what a book has besides its text ---------------------------------------------------------------


def _take_pages(root: Element, left_out: list[LeftOut]) -> None:
    """Take out cover, title page, contents and colophon."""
    for each in list(root.iter()):
        if not _NO_TEXT & set(kinds(each)) or not any(above is root for above in each.iterancestors()):
            continue
        here = _place(each)
        remove(each)
        if text := text_of(each):
            left_out.append(LeftOut(here, text, "a page that octopub makes anew"))


def _settle_lines(root: Element) -> None:
    """Lines of verse that are elements of their own end with a break."""
    for line in list(root.iter("span")):
        if "line" not in classes(line):
            continue
        following = line.getnext()
        is_followed = following is not None and "line" in classes(following)
        if is_followed:
            line.addnext(make("br"))
        unwrap(line)
