"""Embedding: the faces that the book carries, as subsets of what it uses (`octopub.fonts.embed`).

Imports `faces`, and `markup` for how a stylesheet names families. It goes by the finished XHTML: what is read
there needs a glyph, whoever wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from octopub.epub.container import Item, kept
from octopub.faces.coverage import needs_glyph
from octopub.markup.css import quoted
from octopub.markup.scribe import XHTML
from octopub.markup.styles import font_family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from octopub.faces.choice import FaceSet
    from octopub.markup.scribe import Element

CODE = ("code", "kbd", "samp")
"""The elements that are set in the face for code."""
_IN_CODE = " or ".join(f"ancestor::x:{name}" for name in CODE)
_CODE = etree.XPath(f".//text()[{_IN_CODE}]", namespaces={"x": XHTML})
_TEXT = etree.XPath(f".//text()[not({_IN_CODE})]", namespaces={"x": XHTML})

MARKERS = "0123456789.•◦▪"
"""What stylesheets and readers put before a list's items."""


class Carried(NamedTuple):
    """The faces of a book as files, and how the stylesheet names them."""

    files: Sequence[Item]
    css: str
    """An `@font-face` rule for each file."""
    tokens: Mapping[str, str]
    families: frozenset[str]


NOTHING = Carried((), "", {}, frozenset())


class Characters:
    """The characters of a book's XHTML bodies: those of the text, and those of code."""

    def __init__(self) -> None:
        self.text, self.code = set[str](), set[str]()

    def add(self, body: Element) -> None:
        """Those of one more body."""
        self.text.update(*cast("list[str]", _TEXT(body)))
        self.code.update(*cast("list[str]", _CODE(body)))


def carry(used: Characters, faces: FaceSet) -> Carried:
    """The faces that set these characters, each with those that are set in it."""
    from octopub.faces.instance import media_type, subset  # noqa: PLC0415  # only where faces are embedded

    wanted = {faces.text.name: set(MARKERS)}
    for characters, order in ((used.text, faces.for_text), (used.code, faces.for_code)):
        for character in characters:
            # For a space or a joiner no other face is asked: it belongs to the words around it.
            usual = None if needs_glyph(character) else order[0]
            family = usual or next((each for each in order if character in each.characters), None)
            if family:
                wanted.setdefault(family.name, set()).add(character)
    files: list[Item] = []
    rules = []
    for face in (face for family in faces.for_text if family.name in wanted for face in family.faces):
        font = subset(face, wanted[face.family])
        kind = media_type(font)
        name = f"fonts/face-{len(files) + 1}.{kind.removeprefix('font/')}"
        files.append(Item(name, kind, kept(font)))
        rules.append(
            f"@font-face {{ font-family: {quoted(face.family)}; font-style: {face.style}; "
            f"font-weight: {face.weight}; src: url({files[-1].name}) }}\n"
        )
    tokens = {
        "face-text": font_family(family.name for family in faces.for_text if family.name in wanted),
        "face-code": font_family(
            (family.name for family in faces.for_code if family.name in wanted), "monospace"
        ),
    }
    return Carried(files, "".join(rules), tokens, frozenset(wanted))
