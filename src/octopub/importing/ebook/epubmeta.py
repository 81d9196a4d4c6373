"""The metadata of an EPUB (EPUB 3.3 §5.5) as keys of the front matter; and what of it has no key.

Imports `importing.draft`, `reading` for dates and languages, and lxml. Also reads those of EPUB 2.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut, Place
from octopub.reading.identity import modified, moment
from octopub.reading.langtag import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.importing.trees.tree import Element

OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
OWN = "octopub:"
"""Begins the names of what octopub writes for itself (`epub.metadata`)."""
_OF_BOOK = frozenset({"edition", "isbn"})
"""Those of them that stand at the top of the front matter; others stand under `octopub`."""
_NO_DATES = frozenset({"modification", "conversion", "ops-publication"})
_SERIES = {"calibre:series": "series", "calibre:series_index": "number in the series",
           "belongs-to-collection": "series", "group-position": "number in the series"}  # fmt: skip


def metadata_of(package: Element) -> dict[str, str | list[str]]:
    """The keys of the front matter that a package has values for."""
    refined = _refinements(package)
    found: dict[str, str | list[str]] = {}
    for each in package.iter(f"{_DC}title"):
        kind = refined.get((each.get("id") or "", "title-type"), "main")
        if (text := _line(each)) and kind in ("main", "subtitle"):
            found.setdefault("subtitle" if kind == "subtitle" else "title", text)
    people = [(_line(each), _role(each, refined)) for each in _people(package)]
    creators = {_line(each) for each in package.iter(f"{_DC}creator")}
    authors = [name for name, role in people if role == "aut" or (role == "" and name in creators)]
    translators = [name for name, role in people if role == "trl"]
    subjects = [_line(each) for each in package.iter(f"{_DC}subject")]
    for key, values in (("author", authors), ("translator", translators), ("subject", subjects)):
        kept = list(dict.fromkeys(value for value in values if value))
        if kept:
            found[key] = kept if len(kept) > 1 else kept[0]
    for name in ("publisher", "rights", "description"):
        if text := next((_line(each) for each in package.iter(f"{_DC}{name}")), ""):
            found[name] = _plain(text) if name == "description" else text
    if lang := next(
        (normalise(_line(each).replace("_", "-")) for each in package.iter(f"{_DC}language")), ""
    ):
        found["lang"] = lang
    if date := _date(package):
        found["date"] = date
    if identifier := _identifier(package):
        found["identifier"] = identifier
    return found


def own_metadata(package: Element, metadata: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The metadata with what only octopub knows: keys of the front matter, some of them lists; the ISBN as it
    was written; the moment that the book is stamped with, where its date does not give it."""
    found = dict(metadata)
    for each in package.iter(f"{OPF}meta"):
        name, said = (each.get("name") or ""), each.get("content") or ""
        if not name.startswith(OWN):
            continue
        key = name.removeprefix(OWN)
        key = key if key in _OF_BOOK else f"octopub.{key}"
        before = found.get(key)
        found[key] = said if before is None else [*([before] if isinstance(before, str) else before), said]
    if found.pop("octopub.lang-assumed", None):
        found.pop("lang", None)
    if description := next((each.text for each in package.iter(f"{_DC}description")), ""):
        found["description"] = description
    isbn = found.pop("isbn", None)
    if isinstance(isbn, str):
        identifier = str(found.get("identifier", ""))
        is_same = identifier.startswith("urn:isbn:")
        found["identifier"] = isbn if is_same else [identifier, isbn]
    stamps = (
        each.text or "" for each in package.iter(f"{OPF}meta") if each.get("property") == "dcterms:modified"
    )
    stamp, date = next(stamps, ""), found.get("date")
    if stamp and moment(stamp) != modified(date if isinstance(date, str) else None, None, None):
        found["octopub.modified"] = stamp
    return found


def _identifier(package: Element) -> str:
    """The identifier that the package says is the book's."""
    named = package.get("unique-identifier")
    every = list(package.iter(f"{_DC}identifier"))
    chosen = next((each for each in every if each.get("id") == named), every[0] if every else None)
    text = "" if chosen is None else _line(chosen)
    is_isbn = chosen is not None and (chosen.get(f"{OPF}scheme") or "").upper() == "ISBN"
    return f"urn:isbn:{text}" if is_isbn and text[:1].isdigit() else text


def _date(package: Element) -> str:
    """The day of publication; a date in the author's words."""
    dated = [each for each in package.iter(f"{_DC}date") if each.get(f"{OPF}event") not in _NO_DATES]
    dates = (_line(each) for each in dated)
    # Calibre writes the first day of the year 101 where it knows no date.
    found = next(
        (re.sub(r"T\d.*", "", date) for date in dates if date and not date.startswith("0101-01-01")), ""
    )
    worded = (_line(each) for each in package.iter(f"{OPF}meta") if each.get("property") == "dcterms:date")
    return found or next(worded, "")


def _people(package: Element) -> Iterator[Element]:
    yield from package.iter(f"{_DC}creator")
    yield from package.iter(f"{_DC}contributor")


def _plain(text: str) -> str:
    """A description without the HTML that shops want in it."""
    if not re.search(r"</?[a-z][a-z0-9]*[ />]|&#?\w+;", text):
        return text
    without = re.sub(r"</?(?:p|div|br|li|h\d|ul|ol)\b[^>]*>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", without)).split())


def left_over(package: Element) -> Iterator[LeftOut]:
    """What the front matter has no key for: other people's parts in the book, its series, its sources."""
    refined = _refinements(package)
    for each in _people(package):
        role = _role(each, refined)
        is_creator = each.tag == f"{_DC}creator"
        if role not in ("aut", "trl") and not (is_creator and not role) and _line(each):
            yield _metadata_left(f"contributor ({role})" if role else "contributor", _line(each))
    for each in package.iter(f"{OPF}meta"):
        name = each.get("name") or each.get("property") or ""
        if (what := _SERIES.get(name)) and (text := each.get("content") or _line(each)):
            yield _metadata_left(what, text)
    for name in ("source", "relation", "coverage"):
        for each in package.iter(f"{_DC}{name}"):
            if text := _line(each):
                yield _metadata_left(name, text)


def _metadata_left(what: str, text: str) -> LeftOut:
    return LeftOut(Place(1), f"{what}: {text}", "metadata for which a manuscript has no key")


def _refinements(package: Element) -> dict[tuple[str, str], str]:
    return {
        ((each.get("refines") or "").removeprefix("#"), each.get("property") or ""): _line(each)
        for each in package.iter(f"{OPF}meta")
        if each.get("refines")
    }


def _role(creator: Element, refined: dict[tuple[str, str], str]) -> str:
    return refined.get((creator.get("id") or "", "role")) or creator.get(f"{OPF}role") or ""


def _line(element: Element) -> str:
    return " ".join((element.text or "").split())
