"""CSS values: custom properties filled in, sums done, syntax watched."""

from __future__ import annotations

import pytest

from octopub.markup import css

TOKENS = {
    "size": "11pt",
    "leading": "14pt",
    "line": "calc(var(--leading) / var(--size) * 1em)",
    "wide": "148mm",
}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("1em solid", "1em solid"),
        ("var(--size)", "11pt"),
        ("var(--unknown, 2em)", "2em"),
        ("var(--unknown,)", ""),
        ("calc(2 * 3em)", "6em"),
        ("calc(2em * 3 - 1em)", "5em"),
        ("calc(10em - (2em + 1em) * 2)", "4em"),
        ("calc(-1 * var(--size))", "-11pt"),
        ("calc(1em / 3)", "0.33333em"),
        ("calc(1em - 1em)", "0"),
        ("var(--line)", "1.27273em"),
        ("0 calc(1in + 6pt) auto", "0 78pt auto"),
        ("calc(1pc + 1px)", "12.75pt"),
        ("calc(30pt / 12pt)", "2.5"),
        ("min(10mm, 1in, 100pt)", "28.34646pt"),
        ("max(1em, 2em)", "2em"),
        ("clamp(9pt, 20pt, 15pt)", "15pt"),
        ("round(down, 33.9, 1)", "33"),
        ("round(up, 33.1, 1)", "34"),
        ("round(2.5, 1)", "3"),
        ("round(7pt, 2pt)", "8pt"),
        # What ought to be whole is: 33 lines of 14.01 points divide to 32.999….
        ("round(down, (33 * 14.01pt) / 14.01pt, 1)", "33"),
        # Units that do not meet stay a sum, as far as it goes; so does what is no sum at all.
        ("calc(100% - calc(1em + 1em))", "calc(100% - 2em)"),
        ("calc(1em + 1pt)", "calc(1em + 1pt)"),
        ("calc(1em * 1em)", "calc(1em * 1em)"),
        ("calc(1em / 0)", "calc(1em / 0)"),
        ("calc(1em", "1em"),
        ("calc()", "calc()"),
        ("round()", "round()"),
        ("round(down)", "round(down)"),
        ("rgb(calc(1 + 1), 0, 0)", "rgb(2, 0, 0)"),
        ('"calc(1 + 1)  var(--size)"', '"calc(1 + 1)  var(--size)"'),
    ],
)
def test_value(written: str, plain: str) -> None:
    assert css.plain(written, TOKENS) == plain


@pytest.mark.parametrize("value", ["var(--nothing)", "calc(1em * var(--nothing))", "var(--round)"])
def test_value_without_a_token(value: str) -> None:
    with pytest.raises(KeyError):
        css.plain(value, TOKENS | {"round": "var(--about)", "about": "var(--round)"})


def test_points() -> None:
    assert css.points("calc(var(--wide) / 2)", TOKENS) == pytest.approx(209.764, abs=0.001)
    assert css.points("33", {}) == 33
    for value in ("2em", "50%", "red", "1pt 2pt", ""):
        with pytest.raises(ValueError, match="no "):
            css.points(value, {})


def test_rules_are_tidy_and_whole() -> None:
    sheet = """
    @import "elsewhere.css"; @namespace epub "http://www.idpf.org/2007/ops";
    :root { --own: 1em }  /* a word */
    p ,  h1>p { margin : 0  var(--size) ; color: var(--nothing); --own: 2em; float:none!important }
    @page :left { margin: 0; @top-left { content: "a  }" } }
    @media print { p { margin: 0 } }
    """
    assert "\n".join(map(str, css.rules(sheet, TOKENS, 3))) == (
        '@namespace epub "http://www.idpf.org/2007/ops";\n\n'
        "p , h1>p {\n  margin: 0 11pt;\n  float: none !important;\n}\n\n"
        '@page :left {\n  margin: 0;\n  @top-left {\n    content: "a  }";\n  }\n}\n\n'
        "@media print {\n  p {\n    margin: 0;\n  }\n}\n"
    )


def test_names_of_tokens() -> None:
    assert css.properties(":root { --a: 1em; b: 2; --C: x  y } p { --d: 1 }") == {"a": "1em", "C": "x y"}
    assert css.used("p { a: var(--x); b: calc(1em * (var(--y, var(--z)))) }") == {"x", "y", "z"}


@pytest.mark.parametrize(
    ("sheet", "places"),
    [
        ("p { margin: 0 }", []),
        ("p { margin 0; color: red }", [(1, 13)]),
        ("p { margin: 0 }\nq", [(2, 1)]),
        ("@page {\n  @top-left { a; }\n}", [(2, 16)]),
    ],
)
def test_faults(sheet: str, places: list[tuple[int, int]]) -> None:
    assert [(fault.line, fault.column) for fault in css.faults(sheet)] == places


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("Rosa’s «Book»", '"Rosa’s «Book»"'),
        ('"a"\\b', r'"\"a\"\\b"'),
        ("a\nb\tc", r'"a\a b\9 c"'),
        ("</style>", r'"\3c /style>"'),
    ],
)
def test_strings(text: str, string: str) -> None:
    assert css.quoted(text) == string
    assert css.plain(css.quoted(text), {}) == css.plain(string, {})
