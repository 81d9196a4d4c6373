"""EPUBs: the text of the spine, with its notes, becomes a draft; one that octopub made, its manuscript.

Imports `importing.*` and lxml. Everything comes from the archive; the network and other files are never read.
What the markup says (`epub:type`, `role`; EPUB 3.3, DPUB-ARIA 1.1) and the contents say counts; of looks, emphasis.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from octopub.diagnostics import BuildError
from octopub.importing.archive import Archive, parse_xhtml, refuse
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft, Place
from octopub.importing.ebook import own
from octopub.importing.ebook.epubnav import (
    entries_of,
    join_heading_groups,
    lead_to_headings,
    raise_headings,
    settle_headings,
)
from octopub.importing.ebook.epubpackage import PICTURES, Package, package_of
from octopub.importing.ebook.epubpages import (
    NO_TEXT,
    settle_breaks,
    show_drawn_images,
    take_contents,
    take_cover,
    take_front,
    take_licences,
    take_page_numbers,
    take_pages,
    take_title_page,
)
from octopub.importing.pictures import Pictures
from octopub.importing.trees.tree import (
    TYPE,
    Element,
    kinds,
    line_number,
    make,
    tag,
)  # fmt: skip
from octopub.importing.trees.treeverse import settle_lines
from octopub.importing.trees.webnotes import take_notes
from octopub.importing.web.article import drop_silent
from octopub.importing.web.html import draft_of, drop_controls, parse
from octopub.importing.web.pagestyles import LIMIT, write_styles
from octopub.importing.web.pagetidy import settle_links, show_quotes

if TYPE_CHECKING:
    from octopub.importing.bounds import Bounds

FILE = "data-octopub-file"
"""The name of the file that an element came from."""

_COVERS = (".png", ".jpg", ".svg")
_OPS = "{http://www.idpf.org/2007/ops}"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data: bytes, *, name: str, bounds: Bounds = USUAL) -> Draft:
    """The draft of an EPUB. Raises BuildError where it is damaged, encrypted, or breaks a limit."""
    archive = Archive(data, name, bounds)
    package = package_of(archive)
    pictures = Pictures(lambda address: _picture(archive, address), bounds)
    if package.is_own:
        try:
            metadata = dict(package.metadata)
            root, _ = _joined(archive, package)
            if drop_controls(root):
                raise own.ForeignError("octopub writes no control characters")
            _take_cover_image(package.cover, pictures, metadata)
            return own.draft_of(root, metadata, pictures, _place)
        except own.ForeignError:
            # Somebody has worked on it: it is a book like others now.
            pictures = Pictures(lambda address: _picture(archive, address), bounds)
    return _draft_of_other(archive, package, pictures)


def _draft_of_other(archive: Archive, package: Package, pictures: Pictures) -> Draft:
    """The draft of a book that others made."""
    root, anchors = _joined(archive, package, styled=True)
    metadata = dict(package.metadata)
    left_out = [*package.left_out, *drop_controls(root)]
    parts = dict(zip(root, package.spine, strict=True))
    show_drawn_images(root)
    cover = take_cover(root, package.cover)
    drop_silent(root)
    show_quotes(root)
    settle_links(root)
    left_out += take_pages(root, package.guide, parts, _place)
    left_out += take_licences(root, _place)
    left_out += take_page_numbers(root, _place)
    left_out += take_title_page(root, metadata, _place)
    left_out += take_front(root, metadata, _place)
    join_heading_groups(root)
    title = str(metadata.get("title", ""))
    findings = settle_headings(root, entries_of(archive, package), anchors, title, _place)
    left_out += take_contents(root, _place)
    lead_to_headings(root)
    left_out += settle_breaks(root, _place)
    settle_lines(root)
    notes = take_notes(root, _place)
    raise_headings(root)
    _take_cover_image(cover, pictures, metadata)
    made = draft_of(root, notes, _place, pictures, str(metadata.get("lang", "")))
    return replace(
        made,
        metadata=metadata,
        findings=(*package.findings, *findings, *made.findings),
        left_out=(*left_out, *made.left_out),
    )


def _take_cover_image(cover: str, pictures: Pictures, metadata: dict[str, str | list[str]]) -> None:
    name = pictures.take(cover, Place(1)) if cover else None
    if name and name.endswith(_COVERS):
        metadata["cover-image"] = name


def _picture(archive: Archive, address: str) -> bytes | str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
        return "it is not in the book, and nothing is read from the network"
    return archive.read(address) if address in archive else "it is not in the book"


# -- one tree of many files -------------------------------------------------------------------------


_Anchors: TypeAlias = dict[tuple[str, str], str]
"""The anchor in the one tree for each file and anchor in it."""


def _joined(archive: Archive, package: Package, *, styled: bool = False) -> tuple[Element, _Anchors]:
    """The files of the spine, one behind the other, in one tree; every link and picture leads to its place
    there. `styled` says that their stylesheets count."""
    root = make("body")
    sheets: dict[str, str] | None = {} if styled else None
    bodies = {path: _body(archive, path, sheets) for path in package.spine}
    if not bodies:
        raise refuse(archive.name, "its spine names no text")
    anchors = _anchors(bodies)
    for path, part in bodies.items():
        styled_as, own = part.get("class") or "", set(kinds(part)) & NO_TEXT
        part.tag, part.tail = "div", None
        part.attrib.clear()
        part.set(FILE, posixpath.basename(path))
        part.set("id", anchors[path, ""])
        part.set("class", styled_as)
        if own:
            part.set("role", min(own))
        _relocate(archive, part, path, anchors)
        root.append(part)
    return root, anchors


def _body(archive: Archive, path: str, sheets: dict[str, str] | None) -> Element:
    """The body of a file, with the book's styles if there are `sheets`; of a picture, a body that shows it."""
    if path not in archive:
        raise refuse(archive.name, f"its file “{path}”, which the spine names, is missing")
    if path.lower().endswith(PICTURES):
        body = make("body")
        body.append(make("img", src=posixpath.basename(path)))
        return body
    root = _parsed(archive.document(path), f"{archive.name}: {path}", archive.bounds.elements)
    for each in root.iter():
        if tag(each):
            each.tag = each.tag.rpartition("}")[2].lower()
            if kind := each.get(f"{_OPS}type"):
                each.set(TYPE, kind)
                del each.attrib[f"{_OPS}type"]
    if sheets is not None:
        _write_styles(archive, path, root, sheets)
    return next(root.iter("body"), root)


def _parsed(data: bytes, name: str, limit: int) -> Element:
    """The tree of a file. Many books are not well-formed; readers show them all the same."""
    try:
        return parse_xhtml(data, name)
    except BuildError as broken:
        if b"<!ENTITY" in data or "too-deep" in str(broken):
            raise
        return parse(data.decode("utf-8", "replace"), name, limit)


def _write_styles(archive: Archive, path: str, root: Element, sheets: dict[str, str]) -> None:
    """Give the marks in a file the styles that the book's stylesheets have for their classes: `sheets` holds those
    that were read."""
    links = [each.get("href") or "" for each in root.iter("link") if "stylesheet" in (each.get("rel") or "")]
    named = [archive.find(posixpath.dirname(path), link) for link in links]
    texts = [_sheet(archive, member, sheets) for member in dict.fromkeys(named) if member]
    if sum(map(len, texts)) > LIMIT:
        return
    styles = [make("style", text) for text in texts]
    root.extend(styles)
    write_styles(root)
    for each in styles:
        root.remove(each)


def _sheet(archive: Archive, member: str, sheets: dict[str, str]) -> str:
    """The text of a stylesheet; as much of it as shows that it is too large."""
    if member not in sheets:
        sheets[member] = _CONTROLS.sub(" ", archive.read(member).decode("utf-8", "replace")[: LIMIT + 1])
    return sheets[member]


def _anchors(bodies: dict[str, Element]) -> _Anchors:
    """Anchors: the same as in the files where no other file has it."""
    found: _Anchors = {}
    taken: set[str] = set()
    for number, (path, body) in enumerate(bodies.items(), 1):
        found[path, ""] = f"octopub-file-{number}"
        for each in body.iter():
            for name in {each.get("id"), each.get("name") if tag(each) == "a" else None} - {None, ""}:
                assert name is not None
                found.setdefault((path, name), name if name not in taken else f"{name}-{number}")
                taken.add(found[path, name])
    return found


def _relocate(archive: Archive, part: Element, path: str, anchors: _Anchors) -> None:
    folder = posixpath.dirname(path)
    for each in part.iter():
        for key in ("id", "name"):
            if (value := each.get(key)) and (path, value) in anchors and each is not part:
                each.set(key, anchors[path, value])
        for key in ("src", "{http://www.w3.org/1999/xlink}href"):
            if (source := each.get(key)) and tag(each) in ("img", "image") and not _is_address(source):
                each.set("src", archive.find(folder, source.split("#")[0]) or source)
        link = each.get("href") if tag(each) == "a" else None
        if link and not _is_address(link):
            file, _, fragment = link.partition("#")
            there = archive.find(folder, file) or "" if file else path
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
