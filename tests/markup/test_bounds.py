"""A project's stylesheets bring nothing in, and are of a size and depth that can be worked on."""

from __future__ import annotations

import re

import pytest

from octopub.markup import bounds, styles
from octopub.model import Target

LED_OUT = {
    "import": ("@import 'a.css';", [(1, 1)]),
    "import of an address": ("@IMPORT url(http://x/a.css);", [(1, 1), (1, 9)]),
    "face": ("p { }\n@font-face { font-family: A; src: local(A) }", [(2, 1)]),
    "picture": ("p {\n  background: url(a.png) }", [(2, 15)]),
    "string": ('p { background: url("//x/a.png") }', [(1, 17)]),
    "escaped": (r"p { background: u\72l(file:///etc/passwd) }", [(1, 17)]),
    "drawing in data": ("p::before { content: url(data:image/svg+xml,<svg/>) }", [(1, 22)]),
    "sets of pictures": ("p { a: image-set('a' 1x); b: src('a'); c: -webkit-image-set(var(--x) 1x) }", [(1, 8), (1, 30), (1, 43)]),
    "in a token": (":root { --picture: url(a.png) }", [(1, 20)]),
    "within": ("@media print { p { a: b(url(a)) } }", [(1, 25)]),
    "link": ("p { -weasy-link: url(javascript:x) }", [(1, 18)]),
    "not closed": ("p { a: url(http://x", [(1, 8)]),
    "not well-formed": ("p { a: url(x y) }", [(1, 8)]),
    "a place": ("p { fill: url(#a) }", []),
    "a name": ('@namespace epub "http://x"; @namespace url(http://y); p { }', []),
    "behind a name": ("@namespace a url(http://y); p { a: url(b) }", [(1, 36)]),
    "in words": ("p::before { content: 'url(a) @import' } /* url(a) */", []),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "places"), LED_OUT.values(), ids=LED_OUT)
def test_an_address_in_a_stylesheet_is_an_error_at_its_place(sheet: str, places: list[tuple[int, int]]) -> None:
    found = styles.faults({"base.css": sheet, "tokens.css": ":root { --x: 'a' }"})
    spans = [each.span for each in found if each.code.slug == "style-address"]
    assert [(each.line, each.column) for each in spans if each] == places


def test_the_complaint_names_the_address() -> None:
    (found,) = styles.faults({"base.css": f"p {{ a: url(http://x/{'y' * 99}) }}"})
    assert str(found) == (
        f"styles/base.css:1:8: error: url(http://x/{'y' * 30}…) would bring something in from outside this stylesheet; "
        "remove it; pictures belong into the manuscript, faces into the project's fonts/ folder [style-address]"
    )


def test_an_address_cannot_be_put_together() -> None:
    """A token's value stays apart from what stands beside it."""
    sheets = {"tokens.css": ":root { --name: url }", "base.css": "p { a: var(--name)('http://x') }", "epub.css": ""}
    assert "a: url/**/(" in styles.stylesheet(Target.EPUB, overrides=sheets)


ESCAPED = r"x\7b\7d\40 font-face\7b src\3aurl\28http\3a\2f\2f example\29\7d"
"""A name that has brackets, a face and its address in it (CSS Syntax 3 §4.3.7)."""


@pytest.mark.parametrize("sheet", ["p { %s: 5 }", "@%s a { b: c }", "@%s a;", "%s { a: b }", "p { a: %s }", "@media print { @%s a { b: c } }"])
def test_a_name_stays_a_name(sheet: str) -> None:
    own = sheet.replace("%s", ESCAPED)
    assert styles.faults({"base.css": own}) == ()
    made = styles.stylesheet(Target.PRINT, overrides={"base.css": own})
    assert r"x\{\}\@font-face\{src\:url\(http\:\/\/example\)\}" in made
    assert "@font-face{" not in made


@pytest.mark.parametrize("sheet", [r"p { a: b\20 }", r"p\20 { a: b }", r"@a b\20 { c: d }", r"p { a: b\1f }"])
def test_a_name_that_ends_in_a_space_stays_one(sheet: str) -> None:
    """Without it, what ends the name would belong to it."""
    made = styles.stylesheet(Target.PRINT, overrides={"base.css": f"{sheet} q1 {{ e: f }}"})
    assert not re.search(r"\\[;{}\n]", made)
    assert "q1 {\n  e: f;\n}" in made


def doubling(levels: int) -> str:
    """Tokens of which each is twice the next one."""
    lines = "".join(f"--a{level}: var(--a{level + 1}) var(--a{level + 1});" for level in range(levels))
    return f":root {{ {lines} --a{levels}: 1px }}"


def wrapping(levels: int) -> str:
    """Tokens of which each is the next one in brackets."""
    lines = "".join(f"--a{level}: ((var(--a{level + 1})));" for level in range(levels))
    return f":root {{ {lines} --a{levels}: 1px }}"


DEEP = "brackets stand within one another more than 40 deep"
MUCH = "it comes to more than 200000 words and marks"
EXCESSES = {
    "deep": ({"base.css": "p { a: " + "(" * 10_000}, {"base.css": DEEP}),
    "deep blocks": ({"base.css": "p {" * 10_000}, {"base.css": DEEP}),
    "deep by tokens": ({"tokens.css": wrapping(30)}, {"tokens.css": DEEP}),
    "deep by a token that was less deep before": (
        {"tokens.css": wrapping(10), "base.css": f"p {{ a: var(--a0); b: {'(' * 30}var(--a0)"}, {"base.css": DEEP}
    ),
    "tokens of tokens": ({"tokens.css": doubling(30)}, {"tokens.css": MUCH}),
    "where they are used": (
        {"tokens.css": doubling(10), "base.css": "p { a: var(--a0) }" * 100}, {"base.css": MUCH}
    ),
    "as a fallback": ({"base.css": "p { a: var(--none, var(--b, " + "var(--c, " * 50}, {"base.css": DEEP}),
    "a circle": ({"tokens.css": ":root { --a: var(--b) var(--b); --b: var(--a) var(--a) }"}, {}),
    "what is usual": ({"tokens.css": doubling(5) + wrapping(5), "base.css": "@media a { p { b: ((((c)))) } }"}, {}),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "told"), EXCESSES.values(), ids=EXCESSES)
def test_too_much_is_an_error(sheets: dict[str, str], told: dict[str, str]) -> None:
    assert {each.path: each.message.partition(": ")[2].partition(";")[0] for each in styles.faults(sheets)} == {
        f"styles/{name}": problem for name, problem in told.items()
    }


@pytest.mark.parametrize("target", list(Target))
def test_the_built_in_set_is_far_from_the_limits(target: Target) -> None:
    assert bounds.excess(styles.stylesheet(target), {}) is None
