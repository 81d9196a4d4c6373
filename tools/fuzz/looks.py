"""What octopub promises of any drawing and stylesheet, as functions that raise `BrokenError`, or what octopub raised.

Takes octopub by `building`, its cleaner of drawings and its stylesheets; what came of it is looked at with other means.
Each function gives what was made: nothing where it was refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from lxml import etree

from octopub import building
from octopub.diagnostics import has_errors
from octopub.markup import styles
from octopub.model import Target
from octopub.reading.project import STYLES
from octopub.reading.svg import SvgError, sanitise
from tests.tools import epubcheck, has_tool
from tools.fuzz.promises import Means, hold, inside, print_it, well_formed

SHOWN = b"---\ntitle: A drawing\nlang: en\n---\n\nWords.\n\n![a drawing](drawing.svg)\n"
STYLED = b"---\ntitle: A style\nlang: en\n---\n\nWords.[^1]\n\n> A quotation, *stressed*.\n\n[^1]: A note.\n"

ACTS = re.compile(r"\}(?:script|foreignObject|iframe|object|embed|handler|listener|a)$")
LEADS_OUT = re.compile(r"(?i)(?<![\w-])(?:url\(\s*[\"']?\s*(?![#\"'\s)])|(?:image-set|src)\()|@import(?![\w-])")
"""In a stylesheet without strings and comments."""
SAYING_NOTHING = re.compile(r"(?is)/\*.*?(?:\*/|\Z)|\"[^\"\\\n]*\"|'[^'\\\n]*'|@namespace[^;{}]*;")
"""Comments, strings, and names that look like addresses."""


def drawing(data: bytes, means: Means) -> bytes:
    """A drawing is cleaned or refused: nothing in it acts or leads outside, once is enough; and a book shows it."""
    try:
        clean, size, _ = sanitise(data)
    except SvgError:
        return b""
    hold("once is enough", sanitise(clean) == (clean, size, []), sanitise(clean)[2])
    root = etree.fromstring(clean)
    hold("a drawing has a size", all(0 < side < float("inf") for side in size), size)
    ids = [str(each.get("id")) for each in root.iter() if each.get("id") is not None]
    hold("ids of a drawing are unique", len(ids) == len(set(ids)))
    for each in root.iter():
        _harmless(each, set(ids))
    if means.thorough or means.checked or means.printed:
        (means.folder / "drawing.svg").write_bytes(data)
        return _book(SHOWN, means)
    return clean


def _harmless(element: etree._Element, ids: set[str]) -> None:
    hold("no entity is left", isinstance(element.tag, str), element)
    hold("nothing in a drawing acts", not ACTS.search(str(element.tag)), element.tag)
    for key, given in element.attrib.items():
        name, value = str(key), str(given)
        hold("no handler is left", not name.rpartition("}")[2].lower().startswith("on"), name)
        if name.rpartition("}")[2] == "href":
            leads_inside = value.removeprefix("#") in ids or re.match(r"data:image/(png|jpe?g|gif|webp)[;,]", value)
            hold("no address leads out of a drawing", bool(leads_inside), value)
        else:
            hold("no address leads out of a drawing", not _leads_out([value]), name, value)
    if str(element.tag).endswith("}style"):
        hold("no address leads out of a drawing", not _leads_out([element.text or ""]), element.text)


def _leads_out(sheets: Iterable[str]) -> bool:
    """Whether a style names what is not in the same file."""
    return any(LEADS_OUT.search(SAYING_NOTHING.sub("''", each)) for each in sheets)


def stylesheet(data: bytes, means: Means) -> bytes:
    """A project's stylesheet is taken or refused at its place; it brings nothing in; and a book is made with it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return b""
    name = ("base.css", "tokens.css", "epub.css", "print.css")[len(data) % 4]
    found = styles.faults({name: text})
    inside(found, re.sub(r"\r\n?|\f", "\n", text))
    if has_errors(found):
        return b""
    sheets = [styles.stylesheet(target, overrides={name: text}) for target in (Target.EPUB, Target.PRINT)]
    hold("nothing is brought in", not _leads_out(sheets) and not any("@font-face" in sheet for sheet in sheets))
    project = means.folder / "styled"
    (project / STYLES).mkdir(parents=True, exist_ok=True)
    for each in (project / STYLES).iterdir():
        each.unlink()
    (project / STYLES / name).write_bytes(data)
    return _book(STYLED, means._replace(folder=project))


def _book(text: bytes, means: Means) -> bytes:
    """An EPUB of this text, twice the same, with all its files in order."""
    loaded = building.load(text, name="a.md", base=means.folder)
    hold("an error where no book is", loaded.book is not None or has_errors(loaded.diagnostics))
    made = building.epub(loaded).content if loaded.book else None
    if made is None:
        return b""
    well_formed(made)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".css")]
    hold("nothing is brought in", not any(re.search(r"@import(?![\w-])", sheet) for sheet in sheets))
    if means.thorough:
        again = building.epub(building.load(text, name="a.md", base=means.folder)).content
        hold("the same bytes twice", made == again)
    if means.checked and has_tool("java") and has_tool("epubcheck"):
        hold("EPUBCheck", not (found := epubcheck(made)), found[:3])
    if means.printed:
        print_it(text, means, loaded.diagnostics)
    return made
