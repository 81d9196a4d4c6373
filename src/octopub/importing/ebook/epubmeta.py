"""The metadata of an EPUB (EPUB 3.3 §5.5) as keys of the front matter; and what of it has no key.

Imports `importing.draft`, `reading` for dates, languages and identifiers, and lxml. Also reads those of EPUB 2.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut, Place
from octopub.reading import values
from octopub.reading.identity import modified, moment
from octopub.reading.langtag import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octopub.importing.trees.tree import Element

OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
OWN = "octopub:"
"""Begins the names of what octopub writes for itself (`epub.metadata`)."""
_OF_BOOK = frozenset({"edition", "isbn"})
"""Those of them that stand at the top of the front matter; others stand under `octopub`."""
_NO_DATES = frozenset({"modification", "conversion", "ops-publication"})
_SERIES = {"calibre:series": "belongs-to-collection", "calibre:series_index": "group-position",
           "belongs-to-collection": "belongs-to-collection", "group-position": "group-position"}  # fmt: skip


def metadata_of(package: Element) -> dict[str, str | list[str]]:
    """The keys of the front matter that a package has values for."""
    refined = _refinements(package)
    found: dict[str, str | list[str]] = {}
    for each in package.iter(f"{_DC}title"):
        kind = refined.get((each.get("id") or "", "title-type"), "main")
        if (text := _line(each)) and kind in ("main", "subtitle"):
            found.setdefault("subtitle" if kind == "subtitle" else "title", text)
    for key, items in _people(package, refined).items():
        # A title page names authors and translators: they are texts, to be found there.
        is_plain = key in ("author", "translator")
        found |= _listed(key, [{"text": item["text"]} for item in items] if is_plain else items)
    found |= _listed("subject", _subjects(package, refined))
    found |= _series(package)
    for name in ("publisher", "rights", "description"):
        if text := next((_line(each) for each in package.iter(f"{_DC}{name}")), ""):
            found[name] = _plain(text) if name == "description" else text
    if lang := next(
        (normalise(_line(each).replace("_", "-")) for each in package.iter(f"{_DC}language")), ""
    ):
        found["lang"] = lang
    if date := _date(package):
        found["date"] = date
    if (identifier := _identifier(package)) and _is_sound(identifier):
        found["identifier"] = identifier
    return found


def _key_and_role(person: Element, refined: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """The key of the front matter for somebody's part, and the role where the key does not say it."""
    role, is_creator = _role(person, refined), person.tag == f"{_DC}creator"
    if role == "aut" or (is_creator and not role):
        return "author", ""
    return ("translator", "") if role == "trl" else ("creator" if is_creator else "contributor", role)


def _people(package: Element, refined: Mapping[tuple[str, str], str]) -> dict[str, list[dict[str, str]]]:
    """Who had a part in the book, by the keys of the front matter."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in (*package.iter(f"{_DC}creator"), *package.iter(f"{_DC}contributor")):
        if name := _line(each):
            key, role = _key_and_role(each, refined)
            sort_name = refined.get((each.get("id") or "", "file-as")) or each.get(f"{OPF}file-as") or ""
            found.setdefault(key, []).append({"text": name, "role": role, "file-as": sort_name})
    return found


def _subjects(package: Element, refined: Mapping[tuple[str, str], str]) -> Iterator[dict[str, str]]:
    """What the book is about, with the codes that schemes have for it."""
    for each in package.iter(f"{_DC}subject"):
        if text := _line(each):
            uid = each.get("id") or ""
            authority, term = refined.get((uid, "authority"), ""), refined.get((uid, "term"), "")
            yield {"text": text, "authority": authority, "term": term} if authority and term else {"text": text}


def _listed(key: str, items: Iterable[dict[str, str]]) -> dict[str, str | list[str]]:
    """The entries of a list: texts, or groups where one of them says more. Each stands once."""
    said = (tuple((name, text) for name, text in item.items() if text) for item in items)
    kept = [dict(each) for each in dict.fromkeys(said)]
    if not kept:
        return {}
    if all(set(item) == {"text"} for item in kept):
        texts = [item["text"] for item in kept]
        return {key: texts if len(texts) > 1 else texts[0]}
    return {f"{key}.{number}.{name}": text for number, item in enumerate(kept, 1) for name, text in item.items()}


def _series(package: Element) -> dict[str, str | list[str]]:
    """The series, and the book's number in it; a number that is none is left out."""
    found: dict[str, str | list[str]] = {}
    for each in package.iter(f"{OPF}meta"):
        key = _SERIES.get(each.get("name") or each.get("property") or "")
        text = each.get("content") or _line(each)
        if key and text and (key == "belongs-to-collection" or re.fullmatch(r"[0-9]+(\.[0-9]+)*", text)):
            found.setdefault(key, text)
    return found if "belongs-to-collection" in found else {}


def own_metadata(package: Element, metadata: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The metadata with what only octopub knows: keys of the front matter, some of them lists; the ISBN as it
    was written; the moment that the book is stamped with, where its date does not give it."""
    found = dict(metadata)
    for key, people in _people(package, _refinements(package)).items():
        found.pop(key, None)
        found |= _listed(key, people)
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


def _is_sound(identifier: str) -> bool:
    """Whether a manuscript can have this identifier: many a book has an ISBN with a slip in it."""
    try:
        values.identifier(identifier)
    except values.UnfitError:
        return False
    return True


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


def _plain(text: str) -> str:
    """A description without the HTML that shops want in it."""
    if not re.search(r"</?[a-z][a-z0-9]*[ />]|&#?\w+;", text):
        return text
    without = re.sub(r"</?(?:p|div|br|li|h\d|ul|ol)\b[^>]*>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", without)).split())


def left_over(package: Element) -> Iterator[LeftOut]:
    """What the front matter does not take: its sources, and an identifier that is none."""
    if (identifier := _identifier(package)) and not _is_sound(identifier):
        yield LeftOut(Place(1), f"identifier: {identifier}", "it is none, by its form or its check digit")
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


def _role(creator: Element, refined: Mapping[tuple[str, str], str]) -> str:
    """MARC's code for somebody's part, where there is one."""
    role = (refined.get((creator.get("id") or "", "role")) or creator.get(f"{OPF}role") or "").lower()
    return role if re.fullmatch("[a-z]{3}", role) else ""


def _line(element: Element) -> str:
    return " ".join((element.text or "").split())
