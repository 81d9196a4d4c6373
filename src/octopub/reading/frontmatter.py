"""The front matter: what the manuscript says about itself before it begins.

Imports `diagnostics`, `model` and its neighbours in `reading`. Which keys there are stands in `card`
and `_options`, and nowhere else. It completes nothing: a title that the text has, a default language or
an identifier of our own making are others' work. `paper` stays a text.

The values are checked here by plain functions instead of a schema library's structures: those stop at
the first fault, tell a path instead of a place, and word it for programmers.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, complain, in_order
from octopub.model import Cover, Fonts, Imposition, Kind, LineNumbers, NotesPlace, Numbering, Options
from octopub.reading import langtag, people, values, yamltree
from octopub.reading.keys import Keys, Ledger, line, shown, text
from octopub.reading.source import locate
from octopub.reading.values import UnfitError
from octopub.reading.yamltree import Node, Scalar, Sequence, compose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octopub.diagnostics import Diagnostic, Span
    from octopub.model import Person, Source

# A thematic break opens a manuscript too: what follows a front matter's first line is never blank.
_OPENING = re.compile(r"---[ \t]*\n(?=[^\n]*\S)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)

# A screen has no foot of the page.
_PLACES_ON_SCREEN = (NotesPlace.CHAPTER, NotesPlace.BOOK)


class FrontMatter(NamedTuple):
    """The metadata as given, for `model.Metadata`, and the options. None, or empty, is what is not there.

    Texts are plain and in one line, but for the description, which keeps its lines.
    """

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    lang: str | None = None
    """Well-formed, in the recommended case."""
    publisher: str | None = None
    rights: str | None = None
    description: str | None = None
    subjects: tuple[str, ...] = ()
    identifier: str | None = None
    """An ISBN as `urn:isbn:` and its digits."""
    isbn: str | None = None
    """As written."""
    edition: str | None = None
    translators: tuple[str, ...] = ()
    contributors: tuple[Person, ...] = ()
    sort_names: Mapping[str, str] = MappingProxyType({})
    terms: Mapping[str, tuple[str, str]] = MappingProxyType({})
    series: str | None = None
    position: str | None = None
    cover_image: str | None = None
    """A path, as written."""
    options: Options = Options()
    spans: Mapping[str, Span] = MappingProxyType({})
    """Where each value stands: `title`, `cover-image`, `octopub.paper`, `octopub.notes.pdf`."""
    body: int = 0
    """The offset where the Markdown begins."""


def read(source: Source) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """What the manuscript says about itself, and what is wrong with that.

    Front matter stands between a first line `---` and a line `---` or `...`. Where it cannot be
    understood, the metadata is empty; where it has no end, nothing is left for the body.
    """
    opening = _OPENING.match(source.text)
    if not opening:
        return FrontMatter(), ()
    closing = _CLOSING.search(source.text, opening.end())
    if not closing:
        return FrontMatter(body=len(source.text)), (
            complain(Code.FRONT_MATTER_UNCLOSED, locate(source, 0, 3), source.path),
        )
    root, complaints = compose(source, opening.end(), closing.start())
    ledger = Ledger(source.path, complaints)
    body = closing.end()
    if not source.text[body:].strip():
        ledger.complain(Code.EMPTY, locate(source, body, body))
    if isinstance(root, Scalar | Sequence):
        found = "list without keys" if isinstance(root, Sequence) else "text without keys"
        ledger.complain(Code.FRONT_MATTER_NOT_MAPPING, root.span, found=found)
        root = None
    return card(Keys(root, ledger), body), in_order(ledger.complaints)


def card(keys: Keys, body: int) -> FrontMatter:
    """What a library would write on the card; the options on top."""
    own = keys.keys("octopub", "{paper: A4}")
    options = _options(own)
    identifier, isbn = _identifiers(keys)
    involved = people.involved(keys)
    subjects, terms = people.subjects(keys)
    card = FrontMatter(
        title=keys.line("title", str),
        subtitle=keys.line("subtitle", str),
        authors=involved.authors,
        date=keys.line("date", values.date),
        lang=_lang(keys),
        publisher=keys.line("publisher", str),
        rights=keys.line("rights", str),
        description=keys.value("description", lambda node: text(node).strip()),
        subjects=subjects,
        identifier=identifier,
        isbn=isbn,
        edition=keys.line("edition", str),
        translators=involved.translators,
        contributors=involved.others,
        sort_names=involved.sort_names,
        terms=terms,
        series=keys.line("belongs-to-collection", str),
        position=_position(keys),
        cover_image=keys.line("cover-image", str),
        options=options,
        spans=keys.ledger.spans,
        body=body,
    )
    keys.close(elsewhere=[own.name + key for key in own.asked])
    return card


def _options(keys: Keys) -> Options:
    """What stands under `octopub:`."""
    usual = Options()
    notes = keys.keys("notes", "{pdf: chapter}")
    credit = keys.line("credit", values.flag)
    options = Options(
        kind=keys.line("kind", values.OneOf(Kind)),
        paper=keys.line("paper", str),
        one_sided=keys.line("one-sided", values.flag) or False,
        wide_margin=keys.line("wide-margin", values.flag) or False,
        large_print=keys.line("large-print", values.flag) or False,
        line_numbers=keys.line("line-numbers", values.OneOf(LineNumbers)) or usual.line_numbers,
        impose=keys.line("impose", values.OneOf(Imposition)),
        sheet=keys.line("sheet", values.paper),
        bleed=keys.line("bleed", values.bleed),
        marks=keys.line("marks", values.flag) or False,
        cover=keys.line("cover", values.OneOf(Cover)),
        standard=keys.line("standard", values.standard),
        output_profile=keys.line("output-profile", str),
        notes_numbering=notes.line("numbering", values.OneOf(Numbering)),
        notes_pdf=notes.line("pdf", values.OneOf(NotesPlace)) or usual.notes_pdf,
        notes_epub=notes.line("epub", values.OneOf(_PLACES_ON_SCREEN)) or usual.notes_epub,
        fonts=_fonts(keys.keys("fonts", "{text: EB Garamond}")),
        quotes=keys.value("quotes", _quotes),
        short_title=keys.line("short-title", str),
        url=keys.line("url", values.address),
        imprint=keys.value("imprint", lambda node: text(node).strip("\n")),
        print_identifier=keys.line("print-identifier", lambda said: values.identifier(said)[0]),
        credit=usual.credit if credit is None else credit,
        modified=keys.line("modified", values.stamp),
        missing_glyphs_by_name=keys.line("missing-glyphs", _by_name) or False,
        title_page=keys.line("title-page", values.flag),
        contents=keys.line("contents", values.flag),
        colophon=keys.line("colophon", values.flag),
        ignore=keys.values("ignore", lambda node: _rule(keys, node)),
    )
    notes.close()
    keys.close()
    return options


def _fonts(keys: Keys) -> Fonts:
    fonts = Fonts(
        text=keys.line("text", str),
        fallback=keys.values("fallback", line),
        embed=keys.line("embed", values.flag) or False,
    )
    keys.close()
    return fonts


def _position(keys: Keys) -> str | None:
    """The book's number in its series; one without a series is of no use."""
    position = keys.line("group-position", values.position)
    node = keys.node("group-position")
    if position and node and not keys.node("belongs-to-collection"):
        keys.ledger.complain(
            Code.VALUE_UNUSED, node.span, value=position, reason="no series is named: `belongs-to-collection: …`"
        )
    return position


def _lang(keys: Keys) -> str | None:
    """The language's tag. Its complaint is one of its own."""
    node = keys.node("lang")
    if node is None:
        return None
    tag = langtag.normalise(node.text.strip()) if isinstance(node, Scalar) else None
    if tag is None:
        keys.ledger.complain(Code.LANG_INVALID, node.span, value=shown(node))
    return tag


class _Named(NamedTuple):
    identifier: str
    isbn: str | None
    node: Node


def _identifiers(keys: Keys) -> tuple[str | None, str | None]:
    """The identifier, and the ISBN: one and the same, or two of a list. The outputs bear no third."""
    found = keys.values("identifier", lambda node: _identifier(keys, node))
    number = next((named for named in found if named.isbn), None)
    first = next((named for named in found if not named.isbn), number)
    for named in found:
        if named is not first and named is not number:
            reason = "a book bears one identifier and one ISBN"
            keys.ledger.complain(Code.VALUE_UNUSED, named.node.span, value=shown(named.node), reason=reason)
    return first.identifier if first else None, number.isbn if number else None


def _identifier(keys: Keys, node: Node) -> _Named | None:
    """One identifier: a text, or Pandoc's mapping of `scheme` and `text`."""
    if not isinstance(node, yamltree.Mapping):
        return _Named(*values.identifier(line(node)), node)
    inner = keys.inside("identifier", node)
    scheme = inner.line("scheme", str)
    if inner.node("text") is None:
        raise UnfitError("it has no text", "`scheme: …` and `text: …`")
    named = inner.line("text", lambda said: values.identifier(said, scheme))
    inner.close()
    return _Named(*named, node) if named else None


def _rule(keys: Keys, node: Node) -> str | None:
    """The name of a copy editor's rule. No book depends on it, so one that is none is a warning."""
    name = line(node)
    known = [code.slug for code in Code if code.is_rule]
    if name in known:
        return name
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else "the README lists them"
    reason = f"there is no rule of this name that can be turned off; {hint}"
    keys.ledger.complain(Code.VALUE_UNUSED, node.span, value=shown(node), reason=reason)
    return None


def _quotes(node: Node) -> tuple[str, str, str, str]:
    """Four marks, in a list or in a row."""
    if isinstance(node, Sequence):
        return values.quotes(text(item) for item in node.items)
    return values.quotes(line(node))


def _by_name(said: str) -> bool:
    """`error` or `name`: what becomes of a character that no face has."""
    answers = {"error": False, "name": True}
    if said.lower() not in answers:
        raise UnfitError("there is none of this name", "error or name")
    return answers[said.lower()]
