"""Saved web pages: the article of a page, with its notes, becomes a draft.

Imports `importing.*` and lxml. Opens images beside the page through `importing.pictures`, and nothing else; it
never reaches for the network.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from octopub.diagnostics import BuildError, Code, complain
from octopub.importing import encoding as encodings
from octopub.importing.archive import DEPTH_LIMIT, check_depth, refuse
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft, Finding, LeftOut, Note, Place, Separator
from octopub.importing.pictures import Pictures, beside
from octopub.importing.trees.tree import (
    CALL,
    HEADINGS,
    Element,
    line_number,
    remove,
    tag,
    text_of,
    unwrap_all,
    words,
)  # fmt: skip
from octopub.importing.trees.treeblocks import Blocks, anchors_of
from octopub.importing.trees.treeinline import Lines
from octopub.importing.trees.treesplit import part_lines
from octopub.importing.trees.webnotes import Notes, take_notes
from octopub.importing.web.article import clear, drop_silent, find_article
from octopub.importing.web.pagemeta import (
    Facts,
    entry_of,
    facts,
    folded,
    headline_of,
    take_byline,
    take_subtitle,
)
from octopub.importing.web.pagenotes import take_typed_notes
from octopub.importing.web.pagestyles import write_styles
from octopub.importing.web.pagetidy import settle_links, show_images, show_quotes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from octopub.importing.bounds import Bounds
    from octopub.importing.draft import Block

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"utf-?8|(?:iso-?8859|windows|cp|ibm|koi8|x?-?mac|gb|big5|euc|shift|s?jis|iso-2022|tis|latin)[\w-]*"
)
"""The encodings of texts that are no UTF-16 (Encoding, §4.2): Python knows others, such as of archives."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NO_NAME = re.compile("[\x00-\x20\x7f-\x9f\ufffe\uffff\"'&<>/={}]")
"""What is in no name of an element or attribute."""
_HEAD = 4096
"""Bytes in which a page names its encoding (HTML, §4.2.5.4, says 1024; editors are not so strict)."""


def read(
    data: bytes,
    *,
    name: str,
    folder: Path | None = None,
    encoding: str | None = None,
    bounds: Bounds = USUAL,
) -> Draft:
    """The draft of a saved page; `folder` is where its images lie.

    Raises BuildError where the page cannot be decoded, has no text, or is nested too deep.
    """
    decoded, found, findings = _decode(data, name, encoding)
    root = parse(decoded, name, bounds.elements)
    known = facts(root, decoded)
    metadata = known.metadata
    body = next(root.iter("body"), root)
    left_out = drop_controls(root)
    write_styles(root)
    show_images(body)
    drop_silent(body)
    show_quotes(body)
    settle_links(body)
    headline = headline_of(body, known)
    part_lines(body)
    notes = take_notes(body, line_of)
    entry = entry_of(headline, body)
    left_out += take_byline(entry, metadata, line_of) if entry is not None else []
    left_out += clear(body, headline, line_of)
    left_out += take_byline(body, metadata, line_of)
    article, outside = find_article(body, headline, line_of)
    left_out += outside
    findings += _take_title(headline, article, known)
    findings += take_typed_notes(article, notes, line_of)
    if not text_of(article) and not any(True for _ in article.iter("img", CALL)) and headline is None:
        raise refuse(name, "it has no text", "save the page anew, when all of it is shown")
    pictures = Pictures(beside(folder, bounds.becoming.picture_bytes), bounds)
    made = draft_of(article, notes, line_of, pictures, str(metadata.get("lang", "")))
    made = replace(made, blocks=_without_rules_around(made.blocks))
    made = replace(made, findings=(*findings, *made.findings), metadata=metadata, encoding=found)
    told = (each for each in (*left_out, *made.left_out) if each.text != metadata.get("title"))
    return replace(made, left_out=tuple(sorted(told, key=lambda each: each.place.number)))


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str, list[Finding]]:
    """The page's text, its encoding where the page does not name it, and what is to be said of it. The encoding
    is the one that was asked for, or is marked, or that the page names and is right about, or that is found out."""
    if b"</" in data or b"<p" in data:
        data = data.replace(b"\0", b"")  # no UTF-16, where each letter has one
    named = _CHARSET.search(data[:_HEAD])
    if encoding is None and named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        label = named[1].decode("ascii").lower()
        # Browsers read "latin-1" as Windows-1252, whatever the standards of old said (Encoding, §4.2).
        label = "cp1252" if label in ("iso-8859-1", "latin1", "us-ascii", "ascii") else label
        try:
            if _ENCODINGS.fullmatch(label):
                return data.decode(label), "", []
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = encodings.decode(data, name, encoding)
    findings = [
        Finding(
            Place(line), f"damaged letters “{found}”", "text that was decoded wrongly before it came here"
        )
        for line, found in decoded.damage
    ]
    found = f"{decoded.encoding} ({decoded.doubt})" if decoded.doubt else decoded.encoding
    return decoded.text, found, findings


def parse(text: str, name: str, limit: int) -> Element:
    """The tree of a page, as browsers would read it as far as libxml2 can. Raises BuildError, also for one of more
    elements than so many."""
    if not text.strip():
        raise refuse(name, "it is empty", "save the page anew")
    # A declaration of another encoding would be wrong now that the text is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    # Without a huge tree libxml2 takes no more than 10 MB of pictures that are written out in a page. How much there
    # is of it is known before; what is nested deeper than 2048 levels, it refuses all the same.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(each.level == etree.ErrorLevels.FATAL for each in parser.error_log):
        raise BuildError([complain(Code.TOO_DEEP, None, name, what="an element", limit=DEPTH_LIMIT)])
    if root is None:
        raise refuse(name, "it has no text", "save the page anew")
    if sum(1 for _ in root.iter()) > limit:
        raise refuse(name, f"it holds more than {limit} elements", "save only the article")
    _mend_names(root)
    _flatten(root)
    check_depth(root, name)
    return root


def _mend_names(root: Element) -> None:
    """Libxml2 hands over what it read in broken tags, lxml takes none of it back: an element without a name that
    could be one is a frame that says nothing, and such an attribute is none; values are without control characters."""
    for each in root.iter():
        if _NO_NAME.search(tag(each)):
            each.tag = "span"
        given = [(str(key), str(value)) for key, value in each.attrib.items()]
        mended = [(key, _CONTROLS.sub(" ", value)) for key, value in given if not _NO_NAME.search(key)]
        if mended != given:
            each.attrib.clear()
            for key, value in mended:
                each.set(key, value)


def _flatten(root: Element) -> None:
    """Unwrap frames within frames that say nothing: pages are nested deeper than any text."""
    unwrap_all(root, [each for each in root.iter("span", "font") if not each.attrib])
    unwrap_all(root, [each for each in root.iter("div") if not each.attrib and _is_alone(each)])


def _is_alone(element: Element) -> bool:
    """Whether an element is all that its parent holds."""
    parent = element.getparent()
    if parent is None or element.getprevious() is not None or element.getnext() is not None:
        return False
    return not (parent.text or element.tail or "").strip()


def drop_controls(root: Element) -> list[LeftOut]:
    """Put spaces for the control characters, which no book can show."""
    found: list[LeftOut] = []
    for element in root.iter():
        for side in ("text", "tail"):
            text = getattr(element, side) or ""
            if controls := _CONTROLS.findall(text):
                setattr(element, side, _CONTROLS.sub(" ", text))
                codes = dict.fromkeys(f"U+{ord(each):04X}" for each in controls)
                found.append(LeftOut(line_of(element), ", ".join(codes), "control characters"))
    return found


def line_of(element: Element) -> Place:
    """The line of an element in its page."""
    for each in (element, *element.iterancestors()):
        if number := line_number(each):
            return Place(number)
    return Place(1)


def _without_rules_around(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without the rules before and behind the text, which parted it from what is gone."""
    inner = [at for at, block in enumerate(blocks) if not isinstance(block, Separator)]
    return blocks[inner[0] : inner[-1] + 1] if inner else ()


def _take_title(headline: Element | None, article: Element, known: Facts) -> list[Finding]:
    """Settle the title: what the page calls itself, in the form of the article's heading, which is then no
    text. Without such a heading, as the page has it for sharing, or for its window."""
    heading = text_of(headline) if headline is not None else ""
    agrees = any(folded(heading) in each or each in folded(heading) for each in _titles(known))
    if headline is not None and heading and (agrees or not known.shared):
        known.metadata["title"] = heading
        if subtitle := take_subtitle(headline, article):
            known.metadata["subtitle"] = subtitle
        if headline.find(f".//{CALL}") is None and headline.getparent() is not None:
            remove(headline)
        return []
    title = known.shared or known.window
    if title:
        known.metadata["title"] = title
        return [Finding(Place(1), f"title “{title}”", "the page names itself so")]
    return []


def _titles(known: Facts) -> list[str]:
    return [each for each in map(folded, (known.shared, known.window)) if each]


# -- what web pages, e-books and word processor files share ------------------------------------------


def draft_of(
    article: Element, notes: Notes, place: Callable[[Element], Place], pictures: Pictures, lang: str = "",
    *, guess_verse: bool = True,
) -> Draft:  # fmt: skip
    """The draft of a plain tree whose notes are taken out. The words for the proof come from the tree."""
    bodies = [note.body for note in notes.notes]
    lines = Lines(place, lambda image: _image(image, pictures, place), _linked(article, bodies), lang)
    blocks = Blocks(lines, guess_verse)
    text_words = words(article)
    note_words = {note.key: words(note.body) for note in notes.notes}
    made = blocks.inside(article)
    noted = tuple(Note(note.key, note.mark, blocks.inside(note.body), note.place) for note in notes.notes)
    return Draft(
        made,
        noted,
        resources=pictures.resources,
        findings=tuple(sorted((*lines.findings, *pictures.findings), key=lambda each: each.place.number)),
        left_out=tuple(notes.left_out),
        unmatched=tuple(notes.unmatched),
        text_words=text_words,
        note_words=note_words,
    )


def _image(image: Element, pictures: Pictures, place: Callable[[Element], Place]) -> str | None:
    address = (image.get("src") or "").strip()
    return pictures.take(address, place(image)) if address else None


def _linked(article: Element, bodies: list[Element]) -> frozenset[str]:
    """The anchors of headings that something links to."""
    wanted = {(link.get("href") or "")[1:] for root in (article, *bodies) for link in root.iter("a")
              if (link.get("href") or "").startswith("#")}  # fmt: skip
    headings = list(article.iter(*HEADINGS))
    found: set[str] = set()
    for heading in headings:
        found |= set(anchors_of(heading)) & wanted
    return frozenset(found)
