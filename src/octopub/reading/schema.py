"""The schema: what a front matter may hold, for editors that complete and check it (JSON Schema, draft 2020-12).

Imports `reading.frontmatter`, which asks for each of its keys in an empty front matter: so the schema has the keys that
are read, and no other. It knows texts, not what they mean: that a day is none of the calendar's, or an ISBN has a
slip, `check` alone says. Names of choices are in small letters here; octopub takes them in any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from octopub.diagnostics import Code
from octopub.paper import PAPERS
from octopub.reading import frontmatter, values
from octopub.reading.keys import Keys, Ledger
from octopub.reading.languages import LANGUAGES
from octopub.standards.table import Standard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from octopub.reading.yamltree import Node

    Schema = dict[str, Any]

Value = TypeVar("Value")

DRAFT = "https://json-schema.org/draft/2020-12/schema"

VERSION = 1
"""Of the front matter: another one where a key goes, or means another thing."""

TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
"""A text in one line may look like a number to YAML; an empty value counts as none."""


def _choices(*names: object) -> Schema:
    return {"enum": [*names, None]}


def _group(required: list[str] | None = None, **keys: Schema) -> Schema:
    """A group of keys, and of no others; with alternatives for those that are required."""
    named = {name.replace("_", "-"): schema for name, schema in keys.items()}
    found: Schema = {"type": "object", "properties": named, "additionalProperties": False}
    if required:
        found["anyOf"] = [{"required": [name]} for name in required]
    return found


_ROLE: Schema = {
    "anyOf": [{"enum": [*values.ROLES]}, {"type": "string", "pattern": "^[A-Za-z]{3}$"}],
    "description": "MARC's code for the part, or its English name.",
}
_PERSON: Schema = {
    "anyOf": [TEXT, _group(["name", "text"], name=TEXT, text=TEXT, role=_ROLE, file_as=TEXT)]
}
_AUTHORITY: Schema = {"anyOf": [{"enum": [*values.AUTHORITIES]}, {"type": "string", "pattern": "^https?://\\S+$"}]}
_SUBJECT: Schema = {
    "anyOf": [
        TEXT,
        _group(["text"], text=TEXT, authority=_AUTHORITY, term=TEXT)
        | {"dependentRequired": {"authority": ["term"], "term": ["authority"]}},
    ]
}
_IDENTIFIER: Schema = {"anyOf": [TEXT, _group(["text"], text=TEXT, scheme=TEXT)]}
_ADDRESS: Schema = {
    "type": ["string", "null"],
    "pattern": r"^(?![A-Za-z][A-Za-z0-9+.-]*:(?![0-9]))\S*$|^[hH][tT][tT][pP][sS]?:\S*$",
}
_MARK: Schema = {"type": "string"}

FORMS: Mapping[str, Schema] = {
    "author": _PERSON,
    "creator": _PERSON,
    "translator": _PERSON,
    "contributor": _PERSON,
    "subject": _SUBJECT,
    "identifier": _IDENTIFIER,
    "lang": {"type": ["string", "null"], "pattern": "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", "examples": sorted(LANGUAGES)},
    "octopub.paper": TEXT | {"examples": sorted(PAPERS)},
    "octopub.sheet": TEXT | {"examples": sorted(PAPERS)},
    "octopub.standard": TEXT | {"examples": [str(each) for each in Standard]},
    "octopub.quotes": {
        "anyOf": [
            {"type": "string", "minLength": 4, "maxLength": 4},
            {"type": "array", "items": _MARK, "minItems": 4, "maxItems": 4},
            {"type": "null"},
        ],
        "examples": ["“”‘’", "„“‚‘", "«»‹›"],
    },
    "octopub.missing-glyphs": _choices("error", "name"),
    "octopub.ignore": _choices(*(code.slug for code in Code if code.is_rule)),
}
"""The forms of those values whose reader does not tell it, by their keys."""

READERS: Mapping[Callable[..., object], Schema] = {
    values.flag: _choices(True, False, "yes", "no"),
    values.position: {"type": ["string", "number", "null"], "pattern": r"^[0-9]+(\.[0-9]+)*$"},
    values.bleed: {"type": ["string", "number", "null"], "examples": ["3mm", "0.125in"]},
    values.stamp: {"type": ["string", "number", "null"], "pattern": "^[0-9]{4}"},
    values.address: _ADDRESS,
}
"""And of those whose reader does."""

HELP: Mapping[str, str] = {
    "title": "The book's title; otherwise the one level-1 heading at the top.",
    "subtitle": "Below the title.",
    "author": "Who wrote it: one or a list.",
    "creator": "Others whose book it is, with their roles.",
    "translator": "Who translated it: one or a list.",
    "contributor": "Whoever else had a part in it, with their roles.",
    "date": "When it came out: 2026-11-07, 2026-11, 2026, or words.",
    "publisher": "For title page and colophon.",
    "edition": "Such as “third, corrected”; for the colophon.",
    "rights": "Who may do what with it; for the colophon.",
    "description": "A few sentences for shops, and for the back cover.",
    "subject": "What it is about: one or a list.",
    "keywords": "The same, by another name.",
    "belongs-to-collection": "The series.",
    "group-position": "The book's number in the series.",
    "lang": "The language's tag; en where it is missing.",
    "identifier": "An ISBN or any identifier; otherwise one is made.",
    "cover-image": "A PNG, JPEG or SVG; otherwise the cover is made of type.",
    "octopub": "What octopub alone knows.",
    "octopub.kind": "Where the headings do not say it.",
    "octopub.paper": "The page of the PDF: a name, or sides such as 148x210mm.",
    "octopub.one-sided": "All pages alike, for paper that is printed on one side.",
    "octopub.wide-margin": "At least 55 mm free at the outer edge of A4 or Letter.",
    "octopub.large-print": "18 points, ragged right, one-sided; on A4 or Letter.",
    "octopub.line-numbers": "Every fifth line's number in the margin.",
    "octopub.impose": "How the pages are put on sheets.",
    "octopub.sheet": "The paper in the printer.",
    "octopub.bleed": "How far what reaches the edge is printed beyond it.",
    "octopub.marks": "Crop marks.",
    "octopub.cover": "The cover of the PDF.",
    "octopub.standard": "What the PDF keeps; several are joined by “+”.",
    "octopub.output-profile": "The ICC profile of the printing condition.",
    "octopub.notes": "Where notes stand, and where their numbers begin afresh.",
    "octopub.notes.numbering": "Where numbers begin afresh.",
    "octopub.notes.pdf": "Where notes print.",
    "octopub.notes.epub": "At whose end notes stand.",
    "octopub.fonts": "Families of installed packages, or of the project's fonts/.",
    "octopub.fonts.text": "The family of the text.",
    "octopub.fonts.fallback": "Families for characters that it lacks.",
    "octopub.fonts.embed": "Puts them into the EPUB.",
    "octopub.quotes": "Four marks instead of the language's: outer and inner, opening and closing.",
    "octopub.short-title": "For running heads.",
    "octopub.url": "A web address for the colophon.",
    "octopub.imprint": "Markdown for the colophon.",
    "octopub.print-identifier": "What identifies the printed edition.",
    "octopub.credit": "Whether the colophon says “Set with octopub”.",
    "octopub.modified": "The date stamped into both outputs.",
    "octopub.missing-glyphs": "What becomes of a character that no face has.",
    "octopub.title-page": "Instead of what the kind has.",
    "octopub.contents": "Instead of what the kind has.",
    "octopub.colophon": "Instead of what the kind has.",
    "octopub.ignore": "Rules of the copy editor that are turned off.",
}
"""What an editor shows beside each key."""


def schema() -> Schema:
    """The schema of a front matter."""
    survey = _Survey()
    frontmatter.card(survey, 0)
    name = f"urn:octopub:front-matter:{VERSION}"
    about = {"$schema": DRAFT, "$id": name, "title": "The front matter of a manuscript for octopub"}
    return {**about, **survey.schema}


class _Survey(Keys):
    """An empty front matter that notes what it is asked for."""

    def __init__(self, name: str = "") -> None:
        super().__init__(None, Ledger("<schema>"), name)
        self.schema: Schema = {"type": ["object", "null"], "properties": {}, "additionalProperties": False}

    def node(self, key: str) -> Node | None:
        """Nothing; the key is a text unless it is asked for as something else."""
        self._note(key, str, is_again=True)
        return None

    def value(self, key: str, read: Callable[[Node], Value]) -> Value | None:
        """Nothing; noted."""
        self._note(key, read)
        return None

    def line(self, key: str, check: Callable[[str], Value]) -> Value | None:
        """Nothing; noted."""
        self._note(key, check)
        return None

    def values(self, key: str, read: Callable[[Node], Value | None]) -> tuple[Value, ...]:
        """Nothing; noted as one or several."""
        self._note(key, read)
        named = self.schema["properties"][key]
        about = named.pop("description")
        self.schema["properties"][key] = {
            "anyOf": [named, {"type": "array", "items": named}],
            "description": about,
        }
        return ()

    def keys(self, key: str, example: str) -> Keys:  # noqa: ARG002  # of complaints, which there are none here
        """An empty group that notes what it is asked for."""
        inner = _Survey(f"{self.name}{key}.")
        inner.schema["description"] = HELP[self.name + key]
        self.schema["properties"][key] = inner.schema
        return inner

    def _note(self, key: str, read: Callable[..., object], *, is_again: bool = False) -> None:
        if is_again and key in self.schema["properties"]:
            return
        name = self.name + key
        form = FORMS.get(name) or READERS.get(read)
        if form is None:
            form = _choices(*read.names) if isinstance(read, values.OneOf) else TEXT
        self.asked.append(key)
        self.schema["properties"][key] = {**form, "description": HELP[name]}
