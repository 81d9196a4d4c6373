"""The one way into importing: from a source to a manuscript, proved, with its report.

Imports the readers (each only when its kind comes), `writing.writer`, `importing.proof` and
`importing.report`. It opens the source's file, and no other but the images beside a saved page, which that
reader opens; it writes none, except images into a temporary folder, where octopub's own reader finds them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import BuildError, Code, Span, complain
from octopub.importing import bounds
from octopub.importing.draft import Finding, Place
from octopub.importing.language import language_of
from octopub.importing.ledger import words
from octopub.importing.plaintext import take
from octopub.importing.proof import prove
from octopub.importing.report import report, unmatched_table
from octopub.importing.writing.writer import write
from octopub.reading.project import around, is_within, stem
from octopub.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octopub.diagnostics import Diagnostic
    from octopub.importing.bounds import Bounds
    from octopub.importing.draft import Draft
    from octopub.importing.report import Report

_PROTECTED = "encrypted"
KINDS = {
    "": "text", ".txt": "text", ".text": "text", ".asc": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx", ".odt": "odt", ".fodt": "odt", ".epub": "epub",
}  # fmt: skip
"""The kind of a source by its name's ending."""

OTHERS = {
    _PROTECTED: ("a file that a password protects", "save it in Word without the password"),
    ".doc": ("an old Word file", "open it in Word or LibreOffice and save it as .docx"),
    ".rtf": ("a file in rich text format", "open it in a word processor and save it as .docx or .odt"),
    ".pages": ("a file of Pages", "export it from Pages as Word (.docx) or EPUB"),
    ".pdf": (
        "a PDF, which has no paragraphs or notes,",
        "take the file that it was made from, or save its text as .txt",
    ),
}
"""What cannot be imported, and what to do instead."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What Word wraps a protected file in (MS-OFFCRYPTO §2.3) looks like an old file of its own."""
_SIGNATURES = (
    (b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
)  # fmt: skip
_ZIPPED = (
    (b"mimetypeapplication/epub+zip", "epub"), (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"word/", "docx"), (b"content.xml", "odt"), (b"META-INF/container.xml", "epub"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """A manuscript that was made from a source: its text, its images by the paths that it names them with, and
    the report of what was inferred, and of what was left out."""

    text: str
    resources: Mapping[str, bytes]
    report: Report


def import_manuscript(
    source: Path | bytes | str,
    *,
    kind: str | None = None,
    name: str | None = None,
    encoding: str | None = None,
    keep_unmatched: bool = False,
    untrusted: bool = False,
) -> Imported:
    """The manuscript that a source becomes: a `Path` is its file, `bytes` a file's content, a `str` a plain
    text.

    `kind` is the ending that the file's name would have (`txt`, `html`, `docx`, `odt`, `epub`); without it the
    name and the content tell. `name` is what complaints call the source, and (without its ending) the folder
    of its images, `images/NAME/`. `encoding` decides that of a text. With `keep_unmatched`, calls without a
    note and notes without a call stay in the text. Of an `untrusted` source less is taken, and none is read that is a
    link out of its project.

    Raises BuildError where the source is none of these kinds, where its notes do not match (the codes are
    `import-unmatched`), or where something would be lost; OSError where the file cannot be read.
    """
    within = bounds.STRICT if untrusted else bounds.USUAL
    called = name or (str(source) if isinstance(source, Path) else "<text>")
    if isinstance(source, Path):
        if untrusted and not is_within(source, around(source).root or source.parent):
            raise BuildError([complain(Code.LEADS_OUT, None, called)])
        with source.open("rb") as file:
            data, folder = file.read(within.archive_bytes + 1), source.parent
    else:
        data, folder = source.encode("utf-8") if isinstance(source, str) else source, None
        encoding = "utf-8" if isinstance(source, str) else encoding
    chosen = _kind(data, kind, PurePosixPath(called).suffix if called != "<text>" else "", called)
    is_packed = data.startswith(b"PK")
    bounds.check_bytes(called, len(data), within.archive_bytes if is_packed else within.text_bytes)
    if not is_packed:
        bounds.check_tags(called, data.count(b"<"), within.tags)
    draft = _read(_Source(chosen, data, called, folder, within), encoding, keep_unmatched)
    draft = _with_language(_kept(draft, keep_unmatched))
    if draft.unmatched:
        raise BuildError(_unmatched(draft, called), unmatched_table(draft.unmatched))
    prefix = f"images/{_stem(called)}/"
    text = write(draft, prefix)
    bounds.check_bytes(called, len(text.encode()), within.becoming.text_bytes)
    resources = {f"{prefix}{image}": content for image, content in draft.resources.items()}
    if faults := _proved(draft, text, resources, called):
        raise BuildError(faults)
    return Imported(text, resources, report(draft, called))


def _stem(name: str) -> str:
    return stem(PurePosixPath(name)).strip("<>") or "text"


def _kind(data: bytes, kind: str | None, suffix: str, name: str) -> str:
    """What the source is: as the caller says, as its content shows, as its name ends."""
    ending = f".{kind.lower().lstrip('.')}" if kind else suffix.lower()
    for mark, other in _SIGNATURES:
        if data.startswith(mark):
            ending = _PROTECTED if other == ".doc" and _ENCRYPTED in data else other
    if ending in OTHERS:
        what, remedy = OTHERS[ending]
        raise BuildError(
            [complain(Code.IMPORT_KIND, None, name, problem=f"{what} cannot be imported", remedy=remedy)]
        )
    if data.startswith(b"PK\x03\x04"):
        known = KINDS.get(ending)
        if known in ("docx", "odt", "epub"):
            return known
        found = next((found for mark, found in _ZIPPED if mark in data[:100] or mark in data[-4096:]), None)
        if found:
            return found
    if ending in KINDS:
        is_page = not ending and data[:500].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        return "html" if is_page else KINDS[ending]
    if b"\x00" not in data[:1000] and suffix and not kind:
        return "text"
    remedy = "save it as plain text, HTML, .docx, .odt or EPUB"
    raise BuildError(
        [
            complain(
                Code.IMPORT_KIND,
                None,
                name,
                problem=f"“{ending}” is no kind that can be imported",
                remedy=remedy,
            )
        ]
    )


class _Source(NamedTuple):
    """What a reader is given: `folder` is where a page's images lie."""

    kind: str
    data: bytes
    name: str
    folder: Path | None
    within: Bounds


def _read(source: _Source, encoding: str | None, keep_unmatched: bool) -> Draft:
    """The draft, from the reader of this kind."""
    kind, data, name, folder, within = source
    if kind == "html":
        from octopub.importing.web import html  # noqa: PLC0415  # a plain text needs no parser of HTML

        return html.read(data, name=name, folder=folder, encoding=encoding, bounds=within)
    if kind == "docx":
        from octopub.importing.wordprocessing import docx  # noqa: PLC0415  # as above

        return docx.read(data, name=name, bounds=within)
    if kind == "odt":
        from octopub.importing.wordprocessing import odt  # noqa: PLC0415  # as above

        return odt.read(data, name=name, bounds=within)
    if kind == "epub":
        from octopub.importing.ebook import epub  # noqa: PLC0415  # as above

        return epub.read(data, name=name, bounds=within)
    return take.import_text(data, name=name, encoding=encoding, keep_unmatched=keep_unmatched)


def _kept(draft: Draft, keep_unmatched: bool) -> Draft:
    """With what does not match among the findings, where it is to be kept: the readers leave it in the text."""
    if not keep_unmatched or not draft.unmatched:
        return draft
    kept = tuple(Finding(each.place, "kept as text", take.unmatched(each)) for each in draft.unmatched)
    return replace(draft, findings=(*draft.findings, *kept), unmatched=())


def _with_language(draft: Draft) -> Draft:
    """With the language of its words, where nothing says it: typography and hyphenation hang on it."""
    if "lang" in draft.metadata or draft.is_set:
        return draft
    tag = language_of(words(" ".join(draft.text_words[:20_000]).lower()))
    if tag is None:
        return draft
    finding = Finding(Place(1), f"lang “{tag}”", "the language of its commonest words")
    return replace(draft, metadata={**draft.metadata, "lang": tag}, findings=(finding, *draft.findings))


def _unmatched(draft: Draft, name: str) -> list[Diagnostic]:
    """An error for each call without a note, and for each note without a call."""
    return [
        complain(
            Code.IMPORT_UNMATCHED,
            Span(each.place.number, each.column, each.place.number, each.column),
            name,
            what=f"the {'call' if each.is_call else 'note'} {each.mark}",
            missing="note" if each.is_call else "call",
            candidate=f" (nearest: {each.candidate})" if each.candidate else "",
        )
        for each in draft.unmatched
    ]


def _proved(draft: Draft, text: str, resources: Mapping[str, bytes], name: str) -> tuple[Diagnostic, ...]:
    """The proof. The reader wants images as files: they lie in a folder of their own while it reads."""
    if not resources:
        return prove(draft, text, name=name)
    with Scratch() as folder:
        for path, content in resources.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return prove(draft, text, name=name, folder=folder)


__all__ = ["Imported", "import_manuscript"]
