"""The plan: all that is settled about a book before its layout begins.

Imports `diagnostics`, `model`, `paper`, `faces`, `markup`, and of `pdf` the glyphs, the heads and the parts.
A function from values to values; it reads no file but the faces', to see what they have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, complain, has_errors
from octopub.faces.choice import choose
from octopub.faces.shaping import metrics
from octopub.markup.editions import is_office, office_only, tokens_of
from octopub.markup.styles import (
    NO_SUPERIORS,
    PaperTooSmallError,
    font_family,
    geometry,
    print_stylesheet,
)
from octopub.markup.words import join_names
from octopub.markup.words import lookup as words_of
from octopub.paper import A5, parse
from octopub.pdf import glyphs
from octopub.pdf.heads import running_heads
from octopub.pdf.parts import Unit, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octopub.faces.catalogue import Catalogue, Face
    from octopub.faces.choice import FaceSet
    from octopub.markup.styles import Geometry
    from octopub.model import Book
    from octopub.paper import Paper

PAGE_COUNTER = re.compile(r"\bcounters?\(\s*page\b", re.IGNORECASE)
"""The number of a page, as a stylesheet asks for it (CSS Paged Media 3 §7.1)."""


class Plan(NamedTuple):
    """What a book is laid out with."""

    faces: tuple[Face, ...]
    """The faces that it needs, the text face first."""
    code: str
    """The family that code is set in."""
    css: str
    counts_pages: bool
    """Whether the stylesheets themselves print the numbers of pages."""
    units: tuple[Unit, ...]
    named: Mapping[int, str]
    """Characters that no face has, with what is printed in their place."""
    page: Geometry
    chosen: FaceSet


def plan(
    book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str]
) -> tuple[Plan | None, list[Diagnostic]]:
    """Choose the faces, the paper and the running heads. No plan where the complaints hold an error."""
    span = book.spans.get("octopub.fonts")
    faces, found = choose(book.options.fonts, book.metadata.lang, catalogue, span=span, path=book.source.path)
    missing, named = glyphs.judge(book, faces)
    complaints = [*found, *missing]
    sheet = _paper(book, stylesheets)
    if isinstance(sheet, Diagnostic):
        return None, [*complaints, sheet]
    if has_errors(complaints):
        return None, complaints
    paper, page = sheet
    heads, more = running_heads(book, faces.text.face(), page.text_size, page.running_head)
    code = "".join(text.content for text in glyphs.texts(book) if text.is_code)
    everything = "".join(text.content for text in glyphs.texts(book))
    css = _stylesheet(book, faces, stylesheets, paper)
    return Plan(
        faces=faces.faces(everything, code),
        code=faces.code.name,
        css=css,
        counts_pages=bool(PAGE_COUNTER.search(css)),
        units=tuple(units(book, heads, _production(book, faces, paper))),
        named=named,
        page=page,
        chosen=faces,
    ), [*complaints, *more]


def _paper(book: Book, stylesheets: Mapping[str, str]) -> tuple[Paper, Geometry] | Diagnostic:
    """The paper and the text block on it; or the complaint that there is none."""
    span, path = book.spans.get("octopub.paper"), book.source.path
    try:
        paper = parse(book.options.paper) if book.options.paper else A5
    except ValueError as error:
        return complain(
            Code.VALUE_INVALID, span, path, value=book.options.paper, key="paper", reason=error,
            expected="a name such as A5 or letter, or its sides such as 148x210mm",
        )  # fmt: skip
    if (option := office_only(book.options)) and not is_office(paper):
        span = book.spans.get("octopub.paper", book.spans.get(f"octopub.{option}"))
        return complain(Code.PAPER_UNFIT, span, path, option=option, paper=paper.name)
    try:
        return paper, geometry(paper, overrides=stylesheets, tokens=tokens_of(book.options))
    except PaperTooSmallError:
        sides = {"width": f"{paper.width_mm:g}", "height": f"{paper.height_mm:g}"}
        return complain(Code.PAPER_TOO_SMALL, span, path, **sides)
    except ValueError as error:
        return complain(Code.STYLE_SYNTAX, None, "styles/tokens.css", problem=error)


def _stylesheet(book: Book, faces: FaceSet, stylesheets: Mapping[str, str], paper: Paper) -> str:
    text = faces.text.face()
    tokens = {
        "face-text": font_family(family.name for family in faces.for_text),
        "face-code": font_family((family.name for family in faces.for_code), "monospace"),
        "middle": f"{metrics(text).middle:.4f}",
        **tokens_of(book.options),
    }
    if "sups" not in text.file.features:
        tokens |= NO_SUPERIORS
    return print_stylesheet(
        paper,
        overrides=stylesheets,
        tokens=tokens,
        direction=book.direction,
        one_sided=book.options.one_sided,
    )


def _production(book: Book, faces: FaceSet, paper: Paper) -> list[str]:
    """The colophon's lines about the printing."""
    words = words_of(book.metadata.lang)
    return [
        words.set_in.format(faces=join_names((faces.text.name,), words)),
        words.paper.format(paper=paper.name),
    ]
