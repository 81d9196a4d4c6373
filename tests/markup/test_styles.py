"""One stylesheet set: tokens reach both outputs, and each output gets only what it can do."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from octopub.diagnostics import Code
from octopub.markup import css, styles
from octopub.markup.styles import geometry, stylesheet
from octopub.model import Target
from octopub.paper import parse

SHEETS = {
    name: files("octopub.styles").joinpath(name).read_text(encoding="utf-8")
    for name in ("tokens.css", "base.css", "epub.css", "print.css", "cover.css")
}
TOKENS = css.properties(SHEETS["tokens.css"])
EPUB = stylesheet(Target.EPUB)


def behind(names: set[str]) -> set[str]:
    """The tokens, and those that they are made of."""
    found = set(names)
    while more := {inner for name in found for inner in css.used(TOKENS[name])} - found:
        found |= more
    return found


# ---- the set as it is ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_can_be_read(name: str) -> None:
    assert css.faults(SHEETS[name]) == ()


def test_every_token_is_defined_and_used() -> None:
    by_python = {"folio"}  # the room beside a running head: `Geometry`
    used = set().union(*map(css.used, SHEETS.values()))
    assert used <= TOKENS.keys()
    assert used | by_python == TOKENS.keys()


def declarations(rules: tuple[css.Rule, ...]) -> int:
    return sum(len(rule.declarations) + declarations(rule.inner) for rule in rules)


def test_most_of_the_set_is_shared() -> None:
    shared, epub, print_ = (
        declarations(css.rules(SHEETS[name], TOKENS, 3)) for name in ("base.css", "epub.css", "print.css")
    )
    assert shared > print_ > epub


OTHERS = {"face-text": '"Other", serif', "face-code": '"Other", monospace', "line": "7.7em"}
OTHERS |= dict.fromkeys(["leading", "text-size", "measure"], "17pt")
UNITS = {"em": "7.7em", "pt": "17pt", "mm": "77mm"}


@pytest.mark.parametrize("token", sorted(behind(css.used(SHEETS["base.css"]))))
def test_a_token_changes_both_outputs(token: str) -> None:
    other = OTHERS.get(token, UNITS.get(TOKENS[token][-2:], "7.7"))
    for target in Target:
        changed = stylesheet(target, tokens={token: other}, embedded=["Other"])
        assert changed != stylesheet(target, embedded=["Other"]), target


# ---- for e-readers -------------------------------------------------------------------------------

UNFIT = {
    "var()": r"var\(",
    "sums": r"\b(calc|min|max|clamp|round)\(",
    "pixels and points": r"\d(px|pt|mm)\b",
    "colours": r"(^|[ -])colou?r:|#[0-9a-f]{3}",
    "backgrounds": r"background",
    "line heights (but for raised figures)": r"line-height: (?!0;)",
    "forced justification": r"justify",
    "pages": r"@page|float:|position:|page:",
    "directions (EPUBCheck CSS-001)": r"\b(direction|unicode-bidi):",
    "sides of a line": r"-(inline|block)-(start|end)|text-align: (start|end)",
    "faces that the book does not carry": r"Garamond|Plex|serif",
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
def test_the_epub_has_none_of(unfit: str) -> None:
    assert re.findall(rf".*(?:{unfit}).*", EPUB, re.MULTILINE) == []


@pytest.mark.parametrize(
    "line",
    [
        "  -webkit-hyphens: auto;",
        "  -epub-hyphens: none;",
        "  page-break-after: avoid;",
        "  page-break-before: always;",
        "  font-variant: small-caps;",
        "  font-family: monospace;",
        "aside, figure, figcaption, section, nav, header {",
    ],
)
def test_the_epub_says_for_old_readers(line: str) -> None:
    assert line in EPUB.splitlines()


def test_right_to_left_is_the_mirror_of_left_to_right() -> None:
    mirrored = stylesheet(Target.EPUB, direction="rtl")
    swapped = re.sub(r"\b(left|right)\b", lambda side: {"left": "right", "right": "left"}[side[0]], EPUB)
    # A column's `left` is the writer's own word, in either direction.
    own = r"t[hd]\.(left|right)[^}]*}"
    assert mirrored != EPUB
    assert re.sub(own, "", mirrored) == re.sub(own, "", swapped)


@pytest.mark.parametrize(
    ("embedded", "rule"),
    [
        ([], "body {\n  font-kerning"),
        (["EB Garamond"], 'body {\n  font-family: "EB Garamond", serif;'),
        (["IBM Plex Mono"], 'code, kbd, samp {\n  font-family: "IBM Plex Mono", monospace;'),
    ],
)
def test_the_epub_names_the_faces_that_it_carries(embedded: list[str], rule: str) -> None:
    assert rule in stylesheet(Target.EPUB, embedded=embedded)


# ---- a project's own -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "tokens", "expected"),
    [
        ({"base.css": "p { margin: var(--indent) }"}, {}, "p {\n  margin: 1em;\n}"),
        ({"tokens.css": ":root { --indent: 3em }"}, {}, "p + p {\n  text-indent: 3em;\n}"),
        ({"tokens.css": ":root { --indent: 3em }"}, {"--indent": "4em"}, "p + p {\n  text-indent: 4em;\n}"),
    ],
)
@pytest.mark.parametrize("target", list(Target))
def test_overrides(target: Target, overrides: dict[str, str], tokens: dict[str, str], expected: str) -> None:
    assert expected in stylesheet(target, overrides=overrides, tokens=tokens)


def test_faults_of_a_project() -> None:
    found = styles.faults({
        "base.css": "p { margin: 0 }\np { margin 0 }",
        "fancy.css": "",
        "print.css": "p { margin: var(--mine) var(--yours) }",
        "tokens.css": ":root { --mine: 1em }",
    })  # fmt: skip
    assert [(fault.code, str(fault).partition(": ")[0]) for fault in found] == [
        (Code.STYLE_SYNTAX, "styles/base.css:2:13"),
        (Code.STYLE_SYNTAX, "styles/print.css"),
        (Code.STYLE_UNKNOWN, "styles/fancy.css"),
    ]


def test_font_family() -> None:
    assert styles.font_family(["A", 'B "b"']) == r'"A", "B \"b\"", serif'


# ---- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines", "measure_mm"),
    [
        ("A7", 19, 51.1),
        ("A6", 26, 72.5),
        ("5x8in", 34, 87.6),
        ("A5", 33, 102.1),
        ("6x9in", 36, 105.2),
        ("A4", 42, 125.9),
        ("Letter", 39, 127.3),
        ("210x148mm", 23, 110.7),
    ],
)
def test_the_text_block_follows_the_paper(name: str, lines: int, measure_mm: float) -> None:
    page = geometry(parse(name))
    assert page.lines == lines
    assert page.measure / 72 * 25.4 == pytest.approx(measure_mm, abs=0.1)


@pytest.mark.parametrize("paper", ["35x60mm", "30x200mm", "200x40mm", "1x1pt"])
def test_a_paper_too_small(paper: str) -> None:
    with pytest.raises(styles.PaperTooSmallError, match="a page needs 8 of 20"):
        styles.print_stylesheet(parse(paper))


@pytest.mark.parametrize("tokens", [{"measure": "wide"}, {"measure": "50%"}, {"leading": "var(--mine)"}])
def test_tokens_that_are_no_lengths(tokens: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"the token --(measure|lines) "):
        geometry(tokens=tokens)


@pytest.mark.parametrize(
    ("width", "height", "printed", "lines"),
    [
        (2000, 1000, 289.474, 11),  # as wide as the measure
        (200, 100, 150, 6),  # as it was made
        (500, 9000, 17.590, 23),  # seven tenths of the page
    ],
)
def test_pictures_stand_in_whole_lines(width: float, height: float, printed: float, lines: int) -> None:
    page = geometry()
    sheet = styles.image_sizes({'a"b.png': (width, height)}, page)
    found = re.fullmatch(r'figure img\[src="a\\"b.png"\] { width: (.*?)pt; height: (.*?)pt; .*}\n', sheet)
    assert found is not None
    assert float(found[1]) == pytest.approx(printed, abs=0.001)
    assert (float(found[2]) + page.caption_gap) / page.leading == pytest.approx(lines, abs=0.001)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("I: “Ends”", ['@page p { @top-center { content: "I: “Ends”" } }',
                       '@page p:left { @top-left { content: "7" } }',
                       '@page p:right { @top-right { content: "7" } }']),
        ("", ["@page p { @top-center { content: none } }",
              '@page p:left { @top-left { content: "7" } }',
              '@page p:right { @top-right { content: "7" } }']),
        (None, ['@page p { @bottom-center { content: "7" } }']),
    ],
)  # fmt: skip
def test_furniture(head: str | None, expected: list[str]) -> None:
    sheet = styles.furniture("p", head, "7")
    assert css.faults(sheet) == ()
    assert sheet.splitlines() == expected


@pytest.mark.parametrize(("direction", "side"), [("ltr", "left"), ("rtl", "right")])
def test_the_rule_above_the_notes_stands_where_lines_begin(direction: str, side: str) -> None:
    rule = f"@page {{ @footnote {{ background-position: {side} top }} }}"
    assert rule in styles.print_stylesheet(direction=direction)


def test_a_head_cannot_leave_its_string() -> None:
    sheet = styles.furniture("p", '" } body { display: none } "', "7")
    assert r'content: "\" } body { display: none } \"" }' in sheet
    assert css.faults(sheet) == ()
