"""The table of standards: what each demands of a file and what it forbids, with the clause that says so.

Imports the standard library. What no cell speaks of is free. Standards hold together where one version of PDF suits
them all and none demands what another forbids. (ISO 15930-7 is cited by its subjects, since its text was not at hand.)
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Standard(StrEnum):
    """The standards, by the names that the command line knows."""

    UA_1 = "ua-1"
    UA_2 = "ua-2"
    A_3U = "a-3u"
    A_4 = "a-4"
    X_4 = "x-4"

    @property
    def label(self) -> str:
        """Its name in the trade."""
        return f"PDF/{self.value.replace('ua', 'UA').replace('a-', 'A-').replace('x', 'X')}"


class Matter(StrEnum):
    """What a standard may demand or forbid; the value says it in an error."""

    TAGS = "tags"
    NEW_TAGS = "tags of PDF 2.0, with structure destinations and notes that know their calls"
    LANGUAGE = "the text's language"
    TITLE_SHOWN = "the title in the window's bar"
    LINKS = "links on the page"
    PRINTED_LINKS = "links that are marked for printing"
    OUTPUT_INTENT = "an output intent with its profile"
    PRINTER_PROFILE = "a printer's profile"
    BARE_RGB = "RGB colours without a profile"
    INTERPOLATION = "interpolated pictures"
    INFO = "a document information dictionary"
    EXTENSION_SCHEMAS = "descriptions of its own metadata"
    VERSION_HISTORY = "identifiers of document and version"
    TRAPPED = "a word on trapping"
    TRIM_BOX = "trim boxes"
    FILE_ID = "a file identifier"
    ENCRYPTION = "encryption"
    EMBEDDED_FILES = "embedded files"


class Rule(NamedTuple):
    """A cell of the table."""

    is_demand: bool
    """Or else it is forbidden."""
    clause: str


def must(clause: str) -> Rule:
    """What a standard demands."""
    return Rule(True, clause)


def never(clause: str) -> Rule:
    """What it forbids."""
    return Rule(False, clause)


UA_1, UA_2, A_3U, A_4, X_4 = Standard

TABLE: dict[Matter, dict[Standard, Rule]] = {
    Matter.TAGS: {UA_1: must("ISO 14289-1 §7.1"), UA_2: must("ISO 14289-2 §8.2.1")},
    Matter.NEW_TAGS: {UA_2: must("ISO 14289-2 §§8.2.4, 8.2.5.14, 8.8")},
    Matter.LANGUAGE: {UA_1: must("ISO 14289-1 §7.2"), UA_2: must("ISO 14289-2 §8.4.4")},
    Matter.TITLE_SHOWN: {UA_1: must("ISO 14289-1 §7.1"), UA_2: must("ISO 14289-2 §8.11.2")},
    Matter.LINKS: {X_4: never("ISO 15930-7, annotations")},
    Matter.PRINTED_LINKS: {A_3U: must("ISO 19005-3 §6.3.2"), A_4: must("ISO 19005-4 §6.3.2")},
    Matter.OUTPUT_INTENT: {
        A_3U: must("ISO 19005-3 §6.2.4.3"),
        A_4: must("ISO 19005-4 §6.2.4.3"),
        X_4: must("ISO 15930-7, output intents"),
    },
    Matter.PRINTER_PROFILE: {X_4: must("ISO 15930-7, output intents")},
    Matter.BARE_RGB: {X_4: never("ISO 15930-7, colour")},
    Matter.INTERPOLATION: {A_3U: never("ISO 19005-3 §6.2.8"), A_4: never("ISO 19005-4 §6.2.7.1")},
    Matter.INFO: {UA_2: never("ISO 32000-2 §14.3.3, deprecated"), A_4: never("ISO 19005-4 §6.1.3")},
    Matter.EXTENSION_SCHEMAS: {A_3U: must("ISO 19005-3 §6.6.2.3")},
    Matter.VERSION_HISTORY: {X_4: must("ISO 15930-7, metadata")},
    Matter.TRAPPED: {X_4: must("ISO 15930-7, trapping")},
    Matter.TRIM_BOX: {X_4: must("ISO 15930-7, page boxes")},
    Matter.FILE_ID: {
        A_3U: must("ISO 19005-3 §6.1.3"),
        A_4: must("ISO 19005-4 §6.1.3"),
        X_4: must("ISO 15930-7, identification"),
    },
    Matter.ENCRYPTION: {
        A_3U: never("ISO 19005-3 §6.1.3"),
        A_4: never("ISO 19005-4 §6.1.3"),
        X_4: never("ISO 15930-7, encryption"),
    },
    Matter.EMBEDDED_FILES: {A_4: never("ISO 19005-4 §6.9")},
}


class Versions(NamedTuple):
    """The versions of PDF that a standard may be written in."""

    first: str
    last: str
    clause: str

    def __str__(self) -> str:
        return f"PDF {self.last}" + ("" if self.first == self.last else " or older") + f" ({self.clause})"


VERSIONS = {
    UA_1: Versions("1.4", "1.7", "ISO 14289-1 §6.1"),
    UA_2: Versions("2.0", "2.0", "ISO 14289-2 §6.1"),
    A_3U: Versions("1.4", "1.7", "ISO 19005-3 §6.1.2"),
    A_4: Versions("2.0", "2.0", "ISO 19005-4 §6.1.2"),
    X_4: Versions("1.4", "1.6", "ISO 15930-7, scope"),
}

IDENTIFICATION: dict[Standard, dict[str, str]] = {
    UA_1: {"pdfuaid:part": "1"},
    UA_2: {"pdfuaid:part": "2", "pdfuaid:rev": "2024"},
    A_3U: {"pdfaid:part": "3", "pdfaid:conformance": "U"},
    A_4: {"pdfaid:part": "4", "pdfaid:rev": "2020"},
    X_4: {"pdfxid:GTS_PDFXVersion": "PDF/X-4"},
}
"""How a file says in its metadata which standards it keeps."""


class Claims(NamedTuple):
    """The standards that a file is to keep: none, one, or several that hold together."""

    standards: tuple[Standard, ...]

    @property
    def label(self) -> str:
        """Their names."""
        return " and ".join(each.label for each in self.standards)

    @property
    def version(self) -> str:
        """The version of PDF that suits them all."""
        return min((VERSIONS[each].last for each in self.standards), default="1.7")

    def demand(self, matter: Matter) -> bool:
        """Whether one of them demands it."""
        return any(rule.is_demand for rule in self._rules(matter))

    def forbid(self, matter: Matter) -> bool:
        """Whether one of them forbids it."""
        return any(not rule.is_demand for rule in self._rules(matter))

    def _rules(self, matter: Matter) -> Iterable[Rule]:
        return (TABLE[matter][each] for each in self.standards if each in TABLE[matter])

    @property
    def for_sheets(self) -> Claims:
        """Those that pages can keep which are out of their order: the others are for files that are read."""
        return Claims(tuple(each for each in self.standards if each is X_4))

    def __str__(self) -> str:
        return "+".join(self.standards)


USUAL = Claims((UA_1,))
NONE = Claims(())


def parse(text: str) -> Claims:
    """The standards of a text such as `ua-1` or `ua-1+a-3u`.

    Raises ValueError, with a reason that a user can read, for one that is unknown and for those that do not hold
    together.
    """
    known = {str(each): each for each in Standard}
    names = [name.strip() for name in text.lower().split("+")]
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise ValueError(
            f"“{unknown}” is none of the standards {', '.join(known)}, of which several are joined by “+”"
        )
    asked = {known[name] for name in names}
    standards = tuple(each for each in Standard if each in asked)
    for pair in combinations(standards, 2):
        if reason := conflict(*pair):
            raise ValueError(reason)
    return Claims(standards)


def conflict(one: Standard, other: Standard) -> str | None:
    """Why no file can keep both; None where one can."""
    first, second = VERSIONS[one], VERSIONS[other]
    if first.last < second.first or second.last < first.first:
        return f"{one.label} is {first}, {other.label} is {second}: no file is both"
    for matter, cells in TABLE.items():
        if one in cells and other in cells and cells[one].is_demand != cells[other].is_demand:
            asks, bars = (one, other) if cells[one].is_demand else (other, one)
            return (
                f"{asks.label} demands {matter} ({cells[asks].clause}), which {bars.label} forbids "
                f"({cells[bars].clause})"
            )
    return None
