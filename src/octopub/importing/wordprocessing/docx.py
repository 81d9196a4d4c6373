"""Word's files (DOCX, ECMA-376): mammoth reads them as HTML, which becomes a draft.

Imports `importing.*`, lxml and mammoth. What mammoth does not tell (places, tracked changes, comments, languages,
properties) `docxparts` reads from the XML, and marks there for the way through mammoth. Opens no file and
follows no reference out of the archive.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import mammoth

from octopub.importing.archive import Archive, parse_xml, refuse
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft, Finding, Place
from octopub.importing.pictures import Pictures
from octopub.importing.trees.tree import BLOCKS, CALL, PLACE, Element, PlainNote, make, remove, tag, unwrap
from octopub.importing.trees.tree import replace as put
from octopub.importing.trees.webnotes import Notes
from octopub.importing.web.html import draft_of
from octopub.importing.wordprocessing.docxparagraphs import STYLE
from octopub.importing.wordprocessing.docxparts import LANG, LINK, PARAGRAPH, Parts
from octopub.importing.wordprocessing.lists import mark
from octopub.importing.wordprocessing.office import (
    UNIT,
    finish,
    mark_place,
    place_of,
    settle_language,
    settle_references,
    settle_styles,
)
from octopub.importing.wordprocessing.stylenames import LEVELS

if TYPE_CHECKING:
    from octopub.importing.bounds import Bounds

_KINDS = ("title", "subtitle", "author", "date", "quote", "epigraph", "verse", "caption", "code", "toc", "rule",
          "term", "definition")  # fmt: skip
STYLES = "\n".join((
    *(f"p.{STYLE}{kind} => p.{kind}:fresh" for kind in _KINDS),
    *(f"p.{STYLE}h{level} => h{level}:fresh" for level in range(1, LEVELS + 1)),
    f"r.{STYLE}code => code",
    "small-caps => span.small-caps",
))  # fmt: skip
"""How the kinds of paragraphs that `docxparts` tells become elements."""

_NOTE = re.compile(r"(foot|end)note-(?!ref-).+")
_CALL = re.compile(r"(foot|end)note-ref-.+")
"""Names that mammoth gives to notes and calls."""
_NOISE = re.compile(r"[Uu]nrecognised|was referenced but not defined|unlikely to display|complex field")
"""Messages of mammoth's that say nothing about the text: the proof would find a word that it did not read."""


def read(data: bytes, *, name: str, bounds: Bounds = USUAL) -> Draft:
    """The draft of a DOCX file. Tracked changes are read as accepted; each is among the findings.

    Raises BuildError where the file is damaged, breaks a limit, or is none of Word's.
    """
    parts = Parts(Archive(data, name, bounds))
    images: dict[str, bytes] = {}
    root, messages = _through_mammoth(parts, name, images)
    _settle_marks(root, parts)
    notes = _take_notes(root, parts)
    metadata = parts.properties()
    settle_references([root, *(note.body for note in notes.notes)])
    taken, left_out = settle_styles(root, metadata, [note.body for note in notes.notes])
    pictures = Pictures(lambda address: images.get(address, "it is not in the file"), bounds)
    made = finish(draft_of(root, notes, place_of, pictures, parts.lang, guess_verse=False))
    if not made.blocks:
        raise refuse(name, "it has no text", "write some")
    words = parts.text_words(taken)
    findings = [*settle_language(metadata, words), *parts.findings, *made.findings]
    findings += (Finding(Place(1, UNIT), "something that was not read", each) for each in messages)
    return replace(
        made,
        metadata=metadata,
        findings=tuple(sorted(findings, key=lambda each: each.place.number)),
        left_out=(*left_out, *parts.left_out, *made.left_out),
        unmatched=tuple(parts.unmatched),
        text_words=words,
        note_words={note.key: parts.note_words(note.body.get("id") or "") for note in notes.notes},
    )


def _through_mammoth(parts: Parts, name: str, images: dict[str, bytes]) -> tuple[Element, list[str]]:
    """The file's body as a plain tree, and what mammoth could not read; the images go into `images`."""
    result: Any

    def keep(image: Any) -> dict[str, str]:
        unpack = image.open  # a member of the archive, which mammoth holds open
        with unpack() as file:
            data = file.read()
        address = next((known for known, same in images.items() if same == data), f"image-{len(images) + 1}")
        images[address] = data
        return {"src": address}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(parts.marked()), style_map=STYLES, include_embedded_style_map=False,
            include_default_style_map=False,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False, ignore_empty_paragraphs=False,
        )  # fmt: skip
    except (KeyError, ValueError, AttributeError, TypeError, OSError, IndexError) as fault:
        # What mammoth raises for files that break the standard.
        raise refuse(name, f"Word's markup in it is broken ({type(fault).__name__}: {fault})") from fault
    root = parse_xml(f"<body>{result.value}</body>".encode(), name)
    return root, [m.message for m in result.messages if not _NOISE.search(m.message)]


def _settle_marks(root: Element, parts: Parts) -> None:
    """Turn the marks of `docxparts` into what they mean."""
    for anchor in list(root.iter("a")):
        target = (anchor.get("href") or "").removeprefix("#")
        if (name := anchor.get("id") or "").startswith(PARAGRAPH):
            block = next((each for each in anchor.iterancestors() if tag(each) in BLOCKS), root)
            _settle_paragraph(block, int(name.removeprefix(PARAGRAPH)), parts)
            unwrap(anchor)
        elif target.startswith(LANG):
            anchor.tag = "span"
            anchor.set("lang", target.removeprefix(LANG))
            del anchor.attrib["href"]
        elif target.startswith(LINK):
            anchor.set("href", parts.links[int(target.removeprefix(LINK))])


def _settle_paragraph(block: Element, number: int, parts: Parts) -> None:
    if not parts.is_noted(number):
        mark_place(block, number)
    if listed := parts.listed(number):
        mark(block, listed)
    if align := parts.aligned(number):
        block.set("align", align)


def _take_notes(root: Element, parts: Parts) -> Notes:
    """The notes, which mammoth puts into a list at the end, one for each call; and calls in the text."""
    found = Notes()
    bodies = {each.get("id"): each for each in root.iter("li") if _NOTE.fullmatch(each.get("id") or "")}
    keys: dict[str, str] = {}
    for link in list(root.iter("a")):
        target = (link.get("href") or "").removeprefix("#")
        sup = link.getparent()
        if target not in bodies or sup is None or not _CALL.fullmatch(link.get("id") or ""):
            continue
        key = keys.setdefault(target, str(len(keys) + 1))
        put(sup, make(CALL, key=key))
    calls = {each.get("key"): each for each in reversed([*root.iter(CALL)])}
    for target, key in keys.items():
        body, call = bodies[target], calls[key]
        for link in [each for each in body.iter("a") if _CALL.fullmatch((each.get("href") or "")[1:])]:
            remove(link)
        body.set(PLACE, str(place_of(call).number))
        lists = body.getparent()
        remove(body)
        body.tag = "div"
        found.notes.append(PlainNote(key, parts.marks.get(target) or key, body, place_of(body)))
        if lists is not None and not len(lists):
            remove(lists)
    return found
