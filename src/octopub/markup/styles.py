"""The stylesheet set for a target: tokens, then what both outputs share, then what only one can do.

Imports `diagnostics`, `model`, `paper` and `markup.css`. It reads the built-in files of the package
`octopub.styles` and no other: a project's own files are handed in as text. What leaves here is plain
CSS, without `var()`: small enough for an old e-reader, and read alike by both layout engines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.markup import bounds, css
from octopub.model import Target
from octopub.paper import A5

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from octopub.paper import Paper


FILES = {
    Target.EPUB: ("base.css", "epub.css"),
    Target.PRINT: ("base.css", "print.css", "cover.css"),
}
"""The files of each target, in the order of the cascade; `tokens.css` stands before both."""

TOKENS = "tokens.css"

DECIMALS = {Target.EPUB: 3, Target.PRINT: 5}
"""How exact the numbers are: an e-reader's screen needs less than a page whose 33 lines must add up."""

NO_SUPERIORS = {"call-position": "normal", "call-size": "0.68", "call-rise": "0.36em"}
"""Tokens for a text face without superior figures (`sups`): calls are set smaller, and raised."""

LEAST_CHARACTERS = 20
LEAST_LINES = 8
MEAN_CHARACTER = 0.395
"""Ems that a letter of running text takes, spaces counted: EB Garamond, English."""


class PaperTooSmallError(ValueError):
    """The paper leaves no room for text (`Code.PAPER_TOO_SMALL`)."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """What a paper and its tokens come to: lengths in points, lines counted."""

    measure: float
    lines: int
    leading: float
    text_size: float
    running_head: float
    """The longest that a running head may be, between its folio and the folio's mirror image."""
    image_height: float
    """The highest that a picture may be."""
    caption_gap: float
    """The white between a picture and its caption."""
    width: float
    height: float
    """The page's sides."""
    cover_margin: float
    """The white around what stands on the printed cover."""
    ink: str
    """The colour of type, as CSS has it."""
    bleed: float = 0.0
    """How far beyond the page its background is painted."""

    @property
    def characters(self) -> float:
        """The letters of a full line, roughly."""
        return self.measure / (self.text_size * MEAN_CHARACTER)


# ---- the set -------------------------------------------------------------------------------------


def stylesheet(
    target: Target,
    *,
    overrides: Mapping[str, str] | None = None,
    tokens: Mapping[str, str] | None = None,
    direction: str = "ltr",
    embedded: Collection[str] = (),
) -> str:
    """The whole set for a target as plain CSS.

    `overrides` are a project's own files (name → text), `tokens` single tokens by name, which win over
    any file. For the EPUB, `direction` turns what begins a line into left or right, and faces other
    than those in `embedded` are left to the reader.
    """
    own, single = frozenset((overrides or {}).items()), frozenset(_bare(tokens).items())
    return _set(target, own, single, direction, frozenset(embedded))


@lru_cache(maxsize=16)
def _set(
    target: Target,
    overrides: frozenset[tuple[str, str]],
    tokens: frozenset[tuple[str, str]],
    direction: str,
    embedded: frozenset[str],
) -> str:
    """The same: a small book's is half of its work, and most books have the same."""
    own = dict(overrides)
    values = _tokens(own) | dict(tokens)
    rules = [
        rule for name in FILES[target] for rule in css.rules(_source(name, own), values, DECIMALS[target])
    ]
    if target is Target.EPUB:
        rules = [
            _for_readers(rule, direction, embedded) for rule in rules if not rule.head.startswith("@page")
        ]
    return "\n".join(str(rule) for rule in rules if rule.is_statement or rule.declarations or rule.inner)


def rules_of(name: str, overrides: Mapping[str, str]) -> tuple[css.Rule, ...]:
    """The rules of one file of the set for e-readers, its tokens resolved, before anything is made plainer for them."""
    return css.rules(_source(name, overrides), _tokens(overrides), DECIMALS[Target.EPUB])


def print_stylesheet(
    paper: Paper = A5,
    *,
    overrides: Mapping[str, str] | None = None,
    tokens: Mapping[str, str] | None = None,
    direction: str = "ltr",
    one_sided: bool = False,
) -> str:
    """The set for print on this paper; where it is one-sided, the recto's rules hold for all pages. Raises
    PaperTooSmallError, and ValueError as `geometry` does."""
    geometry(paper, overrides=overrides, tokens=tokens)
    sheet = stylesheet(Target.PRINT, overrides=overrides, tokens=_sides(paper) | _bare(tokens))
    if one_sided:
        sheet = rectos_only(sheet, direction)
    # A background knows left and right only: the rule above the notes stands where lines begin.
    return sheet + f"\n@page {{ @footnote {{ background-position: {_LINE_SIDES[direction][0]} top }} }}\n"


def geometry(
    paper: Paper = A5,
    *,
    overrides: Mapping[str, str] | None = None,
    tokens: Mapping[str, str] | None = None,
) -> Geometry:
    """The text block on this paper.

    Raises PaperTooSmallError for one without room for 20 letters a line or 8 lines a page, and
    ValueError for tokens that are no lengths.
    """
    values = _tokens(overrides or {}) | _sides(paper) | _bare(tokens)
    measure, lines, leading, size, folio, share, gap, cover, bleed = (
        _length(name, values)
        for name in (
            "measure", "lines", "leading", "text-size", "folio", "image-height", "caption-gap", "cover-margin",
            "bleed",
        )
    )  # fmt: skip
    found = Geometry(
        measure, int(lines), leading, size,
        running_head=measure - 2 * folio,
        image_height=int(share * lines) * leading - gap,
        caption_gap=gap,
        width=_length("page-width", values),
        height=_length("page-height", values),
        cover_margin=cover,
        ink=css.plain(values["ink"], values),
        bleed=bleed,
    )  # fmt: skip
    if found.characters < LEAST_CHARACTERS or found.lines < LEAST_LINES:
        raise PaperTooSmallError(
            f"{paper.name} holds {found.lines:d} lines of {found.characters:.0f} letters; "
            f"a page needs {LEAST_LINES} of {LEAST_CHARACTERS}"
        )
    return found


def _length(token: str, values: Mapping[str, str]) -> float:
    try:
        return css.points(values[token], values)
    except KeyError as missing:
        raise ValueError(f"the token --{token} asks for --{missing.args[0]}, which nothing defines") from None
    except ValueError as problem:
        raise ValueError(f"the token --{token} cannot be reckoned: {problem}") from None


def faults(overrides: Mapping[str, str], folder: str = "styles") -> tuple[Diagnostic, ...]:
    """What cannot be read in a project's own stylesheets, what would bring something in, tokens that nothing defines,
    and files that replace none of the set. Where there is too much of something, nothing else is looked for."""
    known = {TOKENS, *FILES[Target.EPUB], *FILES[Target.PRINT]}
    sheets = {f"{folder}/{name}": text for name, text in sorted(overrides.items()) if name in known}
    # Only tokens that are not too much themselves can be filled in.
    found = _excesses(sheets, {}) or _excesses(sheets, tokens := _tokens(overrides)) or _mistakes(sheets, tokens)
    return (
        *found,
        *(
            complain(Code.STYLE_UNKNOWN, None, f"{folder}/{name}", name=name, known=", ".join(sorted(known)))
            for name in sorted(overrides.keys() - known)
        ),
    )


def _excesses(sheets: Mapping[str, str], tokens: Mapping[str, str]) -> list[Diagnostic]:
    return [
        complain(Code.STYLE_SYNTAX, None, path, problem=problem)
        for path, text in sheets.items()
        if (problem := bounds.excess(text, tokens))
    ]


def _mistakes(sheets: Mapping[str, str], tokens: Mapping[str, str]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for path, text in sheets.items():
        faults, addresses = css.faults(text), bounds.addresses(text)
        unknown = [f"no token is called --{token}" for token in sorted(css.used(text) - tokens.keys())]
        found += [complain(Code.STYLE_SYNTAX, _place(each), path, problem=each.reason) for each in faults]
        found += [complain(Code.STYLE_ADDRESS, _place(each), path, what=each.reason) for each in addresses]
        found += [complain(Code.STYLE_SYNTAX, None, path, problem=problem) for problem in unknown]
    return found


def _place(fault: css.Fault) -> Span:
    return Span(fault.line, fault.column, fault.line, fault.column)


def font_family(names: Iterable[str], generic: str = "serif") -> str:
    """The value of a face token (`face-text`, `face-code`) for these families."""
    return ", ".join([*map(css.quoted, names), generic])


@lru_cache(maxsize=16)
def _built_in(name: str) -> str:
    return files("octopub.styles").joinpath(name).read_text(encoding="utf-8")


def _source(name: str, overrides: Mapping[str, str]) -> str:
    return overrides[name] if name in overrides else _built_in(name)


def _tokens(overrides: Mapping[str, str]) -> dict[str, str]:
    """The built-in tokens, and over them the project's: its file may hold a few only."""
    return _usual_tokens() | css.properties(overrides.get(TOKENS, ""))


def usual_token(name: str) -> str:
    """What the built-in set has for this token."""
    return _usual_tokens()[name]


@lru_cache(maxsize=1)
def _usual_tokens() -> dict[str, str]:
    return css.properties(_built_in(TOKENS))


def _bare(tokens: Mapping[str, str] | None) -> dict[str, str]:
    return {name.removeprefix("--"): value for name, value in (tokens or {}).items()}


def _sides(paper: Paper) -> dict[str, str]:
    return {"page-width": f"{paper.width_mm:g}mm", "page-height": f"{paper.height_mm:g}mm"}


_LINE_SIDES = {"ltr": ("left", "right"), "rtl": ("right", "left")}
# ---- for e-readers -------------------------------------------------------------------------------

# Old readers know left and right only, and page-break-* where we write break-*.
_PREFIXES = {"hyphens": ("-webkit-hyphens", "-epub-hyphens", "adobe-hyphenate")}
_LEFT_TO_READER = frozenset({"serif", "sans-serif"})
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "inherit"})


def _for_readers(rule: css.Rule, direction: str, embedded: Collection[str]) -> css.Rule:
    declarations = (
        plainer
        for name, value in rule.declarations
        for plainer in _plainer(name, value, _LINE_SIDES[direction], embedded)
    )
    inner = tuple(_for_readers(child, direction, embedded) for child in rule.inner)
    return css.Rule(rule.head, tuple(declarations), inner, rule.is_statement)


def _plainer(
    name: str, value: str, sides: tuple[str, str], embedded: Collection[str]
) -> Iterator[tuple[str, str]]:
    """A declaration as readers of the last fifteen years understand it; none, if they cannot."""
    start, end = sides
    name = name.replace("-inline-start", f"-{start}").replace("-inline-end", f"-{end}")
    name = name.replace("-block-start", "-top").replace("-block-end", "-bottom")
    if name == "text-align":
        value = {"start": start, "end": end}.get(value, value)
    elif name == "font-family":
        value = _carried(value, embedded)
    elif name == "font-variant-caps" and value == "small-caps":
        name = "font-variant"
    elif name.startswith("break-"):
        yield f"page-{name}", "always" if value == "page" else value
    for prefixed in _PREFIXES.get(name, ()):
        yield prefixed, value
    if value:
        yield name, value


def _carried(families: str, embedded: Collection[str]) -> str:
    """The families that the book carries. When none is left, a monospace stays one, and the choice
    between serif and sans-serif is the reader's."""
    names = [name.strip() for name in families.split(",")]
    kept = [name for name in names if name in _GENERIC or name.strip("\"'") in embedded]
    return "" if set(kept) <= _LEFT_TO_READER else ", ".join(kept)


# ---- for some pages, and some images -------------------------------------------------------------

def furniture(page: str, head: str | None, folio: str) -> str:
    """What stands in the margins of the named page `page` on either side: a running head (none where it is empty)
    and a folio; where the head is None, it is a page that opens a chapter and has its folio at the foot."""
    content = css.quoted(folio)
    if head is None:
        return f"@page {page} {{ @bottom-center {{ content: {content} }} }}\n"
    return f"""\
@page {page} {{ @top-center {{ content: {css.quoted(head) if head else "none"} }} }}
@page {page}:left {{ @top-left {{ content: {content} }} }}
@page {page}:right {{ @top-right {{ content: {content} }} }}
"""


def line_number(page: str, figures: str) -> str:
    """What stands on the named page `page` to show how the numbers of lines are set."""
    return f"@page {page} {{ @left-middle {{ content: {css.quoted(figures)} }} }}\n"


def rectos_only(sheet: str, direction: str) -> str:
    """A plain stylesheet (without tokens) for pages that are all like rectos: what it says of versos is left out, and
    nothing waits for a page of one side."""
    verso, recto = (f":{side}" for side in _LINE_SIDES[direction])
    rules = (
        replace(rule, head=rule.head.replace(recto, "")) if rule.head.startswith("@page") else _unsided(rule)
        for rule in css.rules(sheet, {}, DECIMALS[Target.PRINT])
        if not (rule.head.startswith("@page") and verso in rule.head)
    )
    return "\n".join(map(str, rules))


def _unsided(rule: css.Rule) -> css.Rule:
    declarations = (
        (name, "page" if name in _BREAKS and value in _SIDED else value) for name, value in rule.declarations
    )
    return replace(rule, declarations=tuple(declarations), inner=tuple(map(_unsided, rule.inner)))


_BREAKS = frozenset({"break-before", "break-after", "page-break-before", "page-break-after"})
_SIDED = frozenset({"left", "right", "recto", "verso"})


def room_for_furniture(text: str) -> str:
    """Where running heads and folios will stand on a part's pages, if the stylesheets let them: a text in their
    place."""
    content = css.quoted(text)
    return f"""\
@page :left {{ @top-left {{ content: {content} }} @top-center {{ content: {content} }} }}
@page :right {{ @top-right {{ content: {content} }} @top-center {{ content: {content} }} }}
@page :first {{ @top-left {{ content: none }} @top-center {{ content: none }} @top-right {{ content: none }} }}
@page :first {{ @bottom-center {{ content: {content} }} }}
"""


def pages_from(first: int) -> str:
    """What makes the page counter begin with this number."""
    return f"@page :first {{ counter-reset: page {first} }}\n"


def image_sizes(images: Mapping[str, tuple[float, float]], page: Geometry) -> str:
    """Rules that give the picture of each figure (its `src` → width and height in CSS pixels) a box that
    with the white under it is whole lines high, so that what follows stays on the rhythm.

    A picture keeps its shape, is never larger than it was made (96 pixels an inch), nor wider than the
    measure, nor higher than `page.image_height`; what is left of the last line stands above it.
    """
    rules = []
    for source, (width, height) in sorted(images.items()):
        scale = min(0.75, page.measure / width, page.image_height / height)
        lines = ceil(round((height * scale + page.caption_gap) / page.leading, 6))
        rules.append(
            f"figure img[src={css.quoted(source)}] {{ width: {width * scale:.3f}pt; "
            f"height: {lines * page.leading - page.caption_gap:.3f}pt; "
            "object-fit: contain; object-position: center bottom }\n"
        )
    return "".join(rules)
