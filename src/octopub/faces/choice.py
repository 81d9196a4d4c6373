"""The choice: the families that one book is set in, and in which order they stand in for each other.

Imports `diagnostics` and `model`. The text face comes first; then what the manuscript names, a broad
face, a face for each script, whatever else lies in the project's `fonts/` folder; and last the face for
code, whose signs are better than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, MachineError, Span, complain
from octopub.faces.catalogue import Catalogue, Face, Family, package
from octopub.faces.coverage import runs
from octopub.faces.scripts import SCRIPTS, script_of_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.model import Fonts

TEXT = "EB Garamond"
CODE = "IBM Plex Mono"
BROAD = "Noto Serif"


@dataclass(frozen=True)
class FaceSet:
    """The families of a book."""

    text: Family
    code: Family
    fallbacks: tuple[Family, ...]
    """In the order in which they are asked for a character that the text face lacks."""

    @cached_property
    def for_text(self) -> tuple[Family, ...]:
        """The families for running text, the first that has a character sets it."""
        return (self.text, *self.fallbacks, self.code)

    @cached_property
    def for_code(self) -> tuple[Family, ...]:
        """The same for code."""
        return (self.code, self.text, *self.fallbacks)

    def faces(self, text: str, code: str = "") -> tuple[Face, ...]:
        """The faces needed to set the text (and the code): all four of the text face, and of each other
        family those it has, if a character is set in it."""
        needed = {self.text.name: self.text}
        if code:
            needed[self.code.name] = self.code
        for words, families in ((text, self.for_text), (code, self.for_code)):
            needed.update((run.family.name, run.family) for run in runs(words, families) if run.family)
        return tuple(face for family in self.for_text if family.name in needed for face in family.faces)


def choose(
    fonts: Fonts,
    lang: str,
    catalogue: Catalogue,
    *,
    span: Span | None = None,
    path: str = "<text>",
) -> tuple[FaceSet, tuple[Diagnostic, ...]]:
    """The faces for a book in this language, and `face-unknown` for each name that nothing has (`span`
    and `path` say where the names stand). The default then stands in, so that a check can go on.

    Raises `MachineError` if a package that octopub comes with is missing.
    """
    diagnostics: list[Diagnostic] = []

    def named(name: str) -> Family | None:
        family = catalogue.family(name)
        if family is None:
            diagnostics.append(complain(Code.FACE_UNKNOWN, span, path, name=name, package=package(name)))
        return family

    script = script_of_language(lang)
    default = (script and catalogue.family(script.family)) or _required(catalogue, TEXT)
    text = (named(fonts.text) if fonts.text else None) or default
    code = _required(catalogue, CODE)
    asked = [family for name in fonts.fallback if (family := named(name))]
    usual = [_required(catalogue, TEXT), _required(catalogue, BROAD)]
    by_script = [family for row in SCRIPTS if (family := catalogue.family(row.family))]
    diagnostics += [
        complain(Code.FACE_UNREADABLE, None, path, file=file.name) for file in catalogue.unreadable
    ]
    fallbacks = _distinct((*asked, *usual, *by_script, *catalogue.own), besides=(text, code))
    return FaceSet(text, code, fallbacks), tuple(diagnostics)


def _required(catalogue: Catalogue, name: str) -> Family:
    family = catalogue.family(name)
    if family is None:
        raise MachineError(f"the face {name} is missing: run `pip install {package(name)}`")
    return family


def _distinct(families: Iterable[Family], besides: Iterable[Family]) -> tuple[Family, ...]:
    known = {family.name for family in besides}
    return tuple({family.name: family for family in families if family.name not in known}.values())
