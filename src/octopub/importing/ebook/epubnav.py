"""The contents of an EPUB (the navigation document, or the NCX of EPUB 2): which chapters it has, how they are called,
and which are parts of which.

Imports `importing.*` and lxml. Where files have no headings, or only paragraphs that look like some, the contents
tell what is one; they tell the levels of all. Works on the tree of all files, in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.diagnostics import BuildError
from octopub.importing.archive import parse_xhtml
from octopub.importing.draft import Finding
from octopub.importing.trees.tree import (
    BLOCKS,
    HEADINGS,
    Element,
    is_block,
    kinds,
    make,
    tag,
    text_of,
    unwrap,
)
from octopub.importing.web.pagemeta import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.archive import Archive
    from octopub.importing.draft import Place
    from octopub.importing.ebook.epubpackage import Package

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_OPS = "{http://www.idpf.org/2007/ops}"
_UNNAMED = re.compile(r"(?:section|start|beginning|untitled|text|body|unknown)[\s_-]*\d*", re.IGNORECASE)
"""What programs call a file that has no title."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its words, the file that it leads to and the anchor there, and how deep it stands."""

    label: str
    path: str
    anchor: str
    depth: int


def entries_of(archive: Archive, package: Package) -> tuple[Entry, ...]:
    """The contents; none where there are none that can be read."""
    for path in package.navigation:
        if path not in archive:
            continue
        try:
            root = parse_xhtml(archive.document(path), archive.name)
        except BuildError:
            continue
        if found := tuple(_of_ncx(root, 1) if tag(root).startswith(_NCX) else _of_nav(root)):
            return tuple(
                Entry(
                    each.label,
                    archive.find(path.rpartition("/")[0], each.path) or "",
                    each.anchor,
                    each.depth,
                )
                for each in found
            )
    return ()


def _of_ncx(element: Element, depth: int) -> Iterator[Entry]:
    for each in element.iterchildren(f"{_NCX}navMap", f"{_NCX}navPoint"):
        is_point = tag(each) == f"{_NCX}navPoint"
        if is_point:
            label, content = each.find(f"{_NCX}navLabel"), each.find(f"{_NCX}content")
            source = content.get("src") or "" if content is not None else ""
            file, _, anchor = source.partition("#")
            yield Entry(text_of(label) if label is not None else "", file, anchor, depth)
        yield from _of_ncx(each, depth + is_point)


def _of_nav(root: Element) -> Iterator[Entry]:
    for each in root.iter():
        each.tag = tag(each).rpartition("}")[2].lower()
    for nav in root.iter("nav"):
        if "toc" not in f"{nav.get(f'{_OPS}type')} {nav.get('role')}":
            continue
        for link in nav.iter("a"):
            file, _, anchor = (link.get("href") or "").partition("#")
            depth = sum(1 for above in link.iterancestors("ol", "ul"))
            yield Entry(text_of(link), file, anchor, depth)
        return


def settle_headings(
    root: Element, entries: tuple[Entry, ...], anchors: dict[tuple[str, str], str], title: str,
    place: Callable[[Element], Place],
) -> list[Finding]:  # fmt: skip
    """Make headings of what the contents call one, and give all the levels that the contents have."""
    targets = {each.get("id") or "": each for each in root.iter() if each.get("id")}
    depths: dict[Element, int] = {}
    findings: list[Finding] = []
    for entry in entries:
        target = targets.get(anchors.get((entry.path, entry.anchor), ""))
        if target is None or not entry.label or target.getparent() is None:
            continue
        heading = _heading(target, entry, folded(title), findings, place)
        if heading is not None:
            depths.setdefault(heading, entry.depth)
    shift = 0
    for each in root.iter(*HEADINGS):
        level = int(tag(each)[1])
        shift = depths.get(each, level + shift) - level
        each.tag = f"h{min(max(level + shift, 1), _DEEPEST)}"
    return findings


def join_heading_groups(root: Element) -> None:
    """A number and a title that are one group are one heading."""
    for group in list(root.iter("hgroup")):
        first, *more = group
        if tag(first) not in HEADINGS or any(map(is_block, [each for line in more for each in line])):
            continue
        for line in more:
            line.tag = "span"
            first.append(make("br"))
            first.append(line)
        unwrap(group)


def raise_headings(root: Element) -> None:
    """Put the highest headings on the first level, and those below them as much higher."""
    headings = list(root.iter(*HEADINGS))
    highest = min((int(tag(each)[1]) for each in headings), default=1)
    for each in headings:
        each.tag = f"h{int(tag(each)[1]) - highest + 1}"


def _heading(
    target: Element, entry: Entry, title: str, findings: list[Finding], place: Callable[[Element], Place]
) -> Element | None:
    """The heading that a line of the contents leads to; made, where there is none."""
    first = next(_leaves(target), None)
    if first is None:
        return None
    heading = next((each for each in (first, *first.iterancestors()) if tag(each) in HEADINGS), None)
    if heading is not None:
        return heading
    label = folded(entry.label)
    if tag(first) in ("p", "div") and folded(text_of(first)) == label and label:
        first.tag = f"h{min(entry.depth, _DEEPEST)}"
        findings.append(Finding(place(first), f"heading “{text_of(first)}”", "the contents call it so"))
        return first
    part = next((each for each in (target, *target.iterancestors()) if each.get("data-octopub-file")), None)
    is_start = part is not None and first is next(_leaves(part), None)
    if part is None or kinds(part) or not is_start or any(True for _ in part.iter(*HEADINGS)):
        return None
    if label == title or _UNNAMED.fullmatch(entry.label):
        return None
    made = make(f"h{min(entry.depth, _DEEPEST)}", entry.label)
    above = first.getparent()
    if above is None or first is part:
        part.insert(0, made)
        made.tail, part.text = part.text, None
    else:
        first.addprevious(made)
    findings.append(
        Finding(place(first), f"heading “{entry.label}”", "the contents name what begins here so")
    )
    return made


def _leaves(start: Element) -> Iterator[Element]:
    """The blocks with words that hold no other block, from an element on, in the order of the text."""
    holder = (
        start if tag(start) in BLOCKS else next((e for e in start.iterancestors() if tag(e) in BLOCKS), start)
    )
    is_inside = holder is not start and text_of(holder)
    for each in holder.iter() if is_inside or holder is start else ():
        if tag(each) in BLOCKS and text_of(each) and not any(map(is_block, each)):
            yield each
    for following in _behind(holder):
        for each in following.iter():
            if tag(each) in BLOCKS and text_of(each) and not any(map(is_block, each)):
                yield each


def _behind(element: Element) -> Iterator[Element]:
    """What follows an element within its file."""
    here: Element | None = element
    while here is not None and not here.get("data-octopub-file"):
        yield from here.itersiblings()
        here = here.getparent()


def lead_to_headings(root: Element) -> None:
    """Links lead to headings, as far as they lead to what begins with one: a section, an empty anchor before it."""
    targets = {name: each for each in root.iter() if (name := each.get("id") or each.get("name"))}
    led: dict[str, str] = {}
    for link in root.iter("a"):
        name = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
        target = targets.get(name)
        if target is None or {"noteref", "doc-noteref"} & set(kinds(link)) or tag(target) in HEADINGS:
            continue
        if name not in led:
            led[name] = _anchor_of(next(_leaves(target), None), name)
        link.set("href", f"#{led[name] or name}")


def _anchor_of(first: Element | None, name: str) -> str:
    """The anchor of the heading that a block is or stands in; it takes the name that leads here, if it has none."""
    above = (first, *first.iterancestors()) if first is not None else ()
    heading = next((each for each in above if tag(each) in HEADINGS), None)
    if heading is None:
        return ""
    if not heading.get("id"):
        holder = next((e for e in heading.getroottree().iter() if name in (e.get("id"), e.get("name"))), None)
        if holder is not None:
            for key in {"id", "name"} & set(holder.attrib):
                del holder.attrib[key]
        heading.set("id", name)
    return heading.get("id") or ""
