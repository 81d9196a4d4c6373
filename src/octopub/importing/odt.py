"""OpenDocument's texts (ODT, ODF 1.3) become a draft.

Imports `importing.*` and lxml. Read with lxml rather than odfpy: odfpy builds its own tree of the whole file without
any limit, knows nothing of tracked changes, and would have to be walked all the same. Opens no file and follows no
reference out of the archive.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octopub.importing.archive import Archive, refuse
from octopub.importing.draft import Draft, Finding, LeftOut
from octopub.importing.html import draft_of
from octopub.importing.odtstyles import TEXT, Styles
from octopub.importing.odttree import DC, META, OFFICE, Reading, convert, name_of, source_words
from octopub.importing.office import finish, place_of, settle_styles
from octopub.importing.pictures import Pictures
from octopub.importing.tree import whole_text
from octopub.importing.webnotes import Notes

if TYPE_CHECKING:
    from pathlib import Path

    from octopub.importing.tree import Element


def read(data: bytes, *, name: str, folder: Path | None = None) -> Draft:  # noqa: ARG001  # as each reader has it
    """The draft of an ODT file. Tracked changes are read as accepted; each is among the findings.

    Raises BuildError where the file is damaged, breaks a limit, or is no OpenDocument text.
    """
    archive = Archive(data, name)
    if "content.xml" not in archive:
        raise refuse(name, "it is no OpenDocument text", "save it as .odt")
    content = archive.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise refuse(
            name, "it is no OpenDocument text, or an encrypted one", "save it as .odt, without a password"
        )
    styles = Styles(content, archive.xml("styles.xml") if "styles.xml" in archive else None)
    metadata = _metadata(archive.xml("meta.xml") if "meta.xml" in archive else None)
    lang = str(metadata.setdefault("lang", styles.lang))
    if not lang:
        del metadata["lang"]
    reading = Reading(body, styles, lang)
    root = convert(reading)
    taken, left_out = settle_styles(root, metadata)
    pictures = Pictures(lambda address: _picture(archive, address))
    notes = Notes(reading.notes)
    made = finish(draft_of(root, notes, place_of, pictures, lang, guess_verse=False))
    findings = (*_changes(body, reading), *made.findings)
    return replace(
        made,
        metadata=metadata,
        findings=tuple(sorted(findings, key=lambda each: each.place.number)),
        left_out=(*left_out, *_comments(body, reading), *made.left_out),
        text_words=source_words(reading, taken),
        note_words={note.key: words for note, words in zip(notes.notes, reading.note_words, strict=True)},
    )


def _picture(archive: Archive, address: str) -> bytes | str:
    address = address.removeprefix("./")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return "it is not in the file, and nothing is read from the network"
    return archive.read(address) if address in archive else "it is not in the file"


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
    if author:
        found["author"] = author
    if created:
        found["date"] = created[0]
    if lang := values.get(f"{DC}language"):
        found["lang"] = lang
    return found


def _changes(body: Element, reading: Reading) -> list[Finding]:
    """Each tracked change: what was inserted is in the text, what was deleted is not."""
    found: list[Finding] = []
    for region in body.iter(f"{TEXT}changed-region"):
        identity = region.get(f"{TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        for change in region:
            kind = name_of(change).removeprefix(TEXT)
            author = next((each.text or "" for each in change.iter(f"{DC}creator")), "") or "someone"
            paragraphs = list(change.iter(f"{TEXT}p", f"{TEXT}h"))
            text = " ".join(" ".join(map(whole_text, paragraphs)).split()) or reading.inserted(identity)
            what = f"tracked {kind} accepted: “{text}”"
            found.append(Finding(reading.place_of_change(identity), what, f"made by {author}"))
    return found


def _comments(body: Element, reading: Reading) -> list[LeftOut]:
    """The comments, which are left out."""
    found: list[LeftOut] = []
    for each in body.iter(f"{OFFICE}annotation"):
        author = next((a.text or "" for a in each.iter(f"{DC}creator")), "") or "someone"
        text = " ".join(map(whole_text, each.iter(f"{TEXT}p")))
        found.append(LeftOut(reading.place(each), text, f"a comment by {author}"))
    return found
