"""OpenDocument's texts (ODT and flat ODT, ODF 1.3) become a draft.

Imports `importing.*` and lxml. Read with lxml rather than odfpy: odfpy builds its own tree of the whole file without
any limit, knows nothing of tracked changes, and would have to be walked all the same. Opens no file and follows no
reference out of the archive.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.importing.archive import refuse
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft, Finding, LeftOut, Place
from octopub.importing.pictures import Pictures
from octopub.importing.trees.tree import remove, whole_text
from octopub.importing.trees.webnotes import Notes
from octopub.importing.web.html import draft_of
from octopub.importing.wordprocessing import odtplain as plain
from octopub.importing.wordprocessing.odtnames import DC, META, OFFICE, PARAGRAPHS, STYLE, TEXT
from octopub.importing.wordprocessing.odtsource import Source
from octopub.importing.wordprocessing.odtstyles import Styles
from octopub.importing.wordprocessing.odttree import Reading, convert, name_of, source_words, words_of
from octopub.importing.wordprocessing.office import (
    UNIT,
    finish,
    is_program,
    place_of,
    settle_language,
    settle_references,
    settle_styles,
)

if TYPE_CHECKING:
    from octopub.importing.bounds import Bounds
    from octopub.importing.trees.tree import Element


def read(data: bytes, *, name: str, bounds: Bounds = USUAL) -> Draft:
    """The draft of an ODT file. Tracked changes are read as accepted; each is among the findings.

    Raises BuildError where the file is damaged, breaks a limit, or is no OpenDocument text.
    """
    source = Source(data, name, bounds)
    body = source.body
    styles = Styles(source.content, source.part("styles.xml"))
    metadata = _metadata(source.part("meta.xml"))
    lang = _language(body, styles) or str(metadata.get("lang", ""))
    if lang:
        metadata["lang"] = lang
    plain.lift_boxes(body)
    plain.show_symbols(body, styles)
    formulas = plain.formulas(body, source.inner)
    others = plain.left_frames(body, source.inner)
    reading = Reading(body, styles, lang)
    left_out = [
        LeftOut(reading.place(at), text, "hidden text")
        for at, text in plain.take_hidden(body, styles)
        if text
    ]
    root = convert(reading)
    bodies = [note.body for note in reading.notes]
    settle_references([root, *bodies])
    taken, furniture = settle_styles(root, metadata, bodies)
    pictures = Pictures(source.picture, bounds)
    notes = Notes(reading.notes)
    made = finish(draft_of(root, notes, place_of, pictures, lang, guess_verse=False))
    changes, deleted = _changes(body, reading)
    if not made.blocks:
        raise refuse(name, "it has no text", "write some")
    words = source_words(reading, taken)
    findings = (
        *settle_language(metadata, words),
        *changes,
        *_inferred(reading, formulas, others),
        *made.findings,
    )
    left_out += (*deleted, *furniture, *_comments(body, reading), *_running_heads(source.part("styles.xml")))
    return replace(
        made,
        metadata=metadata,
        findings=tuple(sorted(findings, key=lambda each: each.place.number)),
        left_out=(*left_out, *made.left_out),
        text_words=words,
        note_words={note.key: words for note, words in zip(notes.notes, reading.note_words, strict=True)},
    )


def _inferred(reading: Reading, formulas: list[Element], others: list[tuple[Element, str]]) -> list[Finding]:
    """What was made of formulas, indents, and things that are neither text nor picture."""
    formed = (
        Finding(reading.place(each), f"formula “{whole_text(each)}”", "its letters stay, its form does not")
        for each in formulas
    )
    left = (
        Finding(reading.place(each), f"a {kind} was left out", "it is no picture; put one in its place")
        for each, kind in others
    )
    quoted = (
        Finding(each, "block quotation", "a paragraph indented from both sides") for each in reading.quoted
    )
    return [*formed, *left, *quoted]


def _language(body: Element, styles: Styles) -> str:
    """The language of most letters."""
    counted: Counter[str] = Counter()
    for each in body.iter(*PARAGRAPHS, f"{TEXT}span"):
        family = "text" if each.tag == f"{TEXT}span" else "paragraph"
        own = "".join([each.text or "", *(child.tail or "" for child in each)])
        lang = styles.lang_of(family, each.get(f"{TEXT}style-name") or "", own)
        counted[lang or styles.lang] += len(own)
    most = counted.most_common(1)
    return most[0][0] if most else styles.lang


def _running_heads(styles: Element | None) -> list[LeftOut]:
    found = [] if styles is None else [*styles.iter(*(f"{STYLE}{name}" for name in ("header", "footer")))]
    texts = (" ".join(" ".join(map(whole_text, each.iter(*PARAGRAPHS))).split()) for each in found)
    return [LeftOut(Place(1, UNIT), text, "a running head or foot") for text in dict.fromkeys(texts) if text]


def _metadata(meta: Element | None) -> dict[str, str | list[str]]:
    """The metadata that the file's properties have."""
    found: dict[str, str | list[str]] = {}
    if meta is None:
        return found
    values = {name_of(each): " ".join((each.text or "").split()) for each in meta.iter()}
    author = values.get(f"{META}initial-creator") or values.get(f"{DC}creator", "")
    created = re.match(r"\d{4}-\d\d-\d\d", values.get(f"{META}creation-date") or values.get(f"{DC}date", ""))
    if title := values.get(f"{DC}title"):
        found["title"] = title
    if author and not is_program(author):
        found["author"] = author
    if created and not is_program(author):
        found["date"] = created[0]
    if lang := values.get(f"{DC}language"):
        found["lang"] = lang
    return found


_CHANGES = {"insertion": "insertion", "deletion": "deletion", "format-change": "change of formatting"}


def _changes(body: Element, reading: Reading) -> tuple[list[Finding], list[LeftOut]]:
    """Each tracked change: what was inserted is in the text, what was deleted is not; nor are the notes that were
    called there."""
    found: list[Finding] = []
    left_out: list[LeftOut] = []
    for region in body.iter(f"{TEXT}changed-region"):
        identity = region.get(f"{TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        place = reading.place_of_change(identity)
        for change in region:
            author = next((each.text or "" for each in change.iter(f"{DC}creator")), "") or "someone"
            for note in [*change.iter(f"{TEXT}note")]:
                content = note.find(f"{TEXT}note-body")
                text = " ".join(words_of(content)) if content is not None else ""
                left_out.append(LeftOut(place, text, "a note whose call was deleted"))
                remove(note)
            text = " ".join(words_of(change)) or reading.inserted(identity)
            kind = _CHANGES.get(name_of(change).removeprefix(TEXT), "change")
            said = "" if kind == "change of formatting" else f": “{text}”"
            found.append(Finding(place, f"tracked {kind} accepted{said}", f"made by {author}"))
    return found, left_out


def _comments(body: Element, reading: Reading) -> list[LeftOut]:
    """The comments, which are left out."""
    found: list[LeftOut] = []
    for each in body.iter(f"{OFFICE}annotation"):
        author = next((a.text or "" for a in each.iter(f"{DC}creator")), "") or "someone"
        text = " ".join(map(whole_text, each.iter(f"{TEXT}p")))
        found.append(LeftOut(reading.place(each), text, f"a comment by {author}"))
    return found
