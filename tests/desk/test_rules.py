"""The copy editor's rules: a file for each, a line for each case.

A case is a language and a text, in which what the rule marks stands in ⟦brackets⟧; ↵ is a line's end.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from octopub.desk.check import findings
from octopub.diagnostics import Code, Diagnostic

FIXTURES = Path(__file__).parent / "rules"
RULES = [code for code in Code if code.is_rule]
CASES = [
    pytest.param(path.stem, *line.split(maxsplit=1), id=f"{path.stem}: {line}")
    for path in sorted(FIXTURES.glob("*.txt"))
    for line in path.read_text("utf-8").splitlines()
]


def found(text: str, lang: str, *, front: str = "") -> tuple[str, list[Diagnostic]]:
    """The manuscript that a text becomes, and what there is to say of it."""
    manuscript = f"---\ntitle: T\nlang: {lang}\n{front}---\n\n{text}\n"
    return manuscript, findings(manuscript)


def marked(manuscript: str, complaints: list[Diagnostic]) -> str:
    """The manuscript with brackets around the places of complaints."""
    lines = manuscript.split("\n")
    for each in sorted(complaints, key=lambda each: each.span or 0, reverse=True):
        assert each.span is not None
        for line, column, mark in (
            (each.span.end_line, each.span.end_column, "⟧"), (each.span.line, each.span.column, "⟦")
        ):  # fmt: skip
            words = lines[line - 1]
            lines[line - 1] = words[: column - 1] + mark + words[column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(("rule", "lang", "case"), CASES)
def test_case(rule: str, lang: str, case: str) -> None:
    wanted = case.replace("↵", "\n")
    manuscript, complaints = found(re.sub("[⟦⟧]", "", wanted), lang)
    own = [each for each in complaints if each.code.slug == rule]
    assert marked(manuscript, own).split("---\n\n", 1)[1] == f"{wanted}\n"


def test_each_rule_has_cases() -> None:
    assert {path.stem for path in FIXTURES.glob("*.txt")} == {code.slug for code in RULES}


@pytest.mark.parametrize("code", RULES, ids=lambda code: code.slug)
def test_each_can_be_turned_off(code: Code) -> None:
    path = FIXTURES / f"{code.slug}.txt"
    lang, case = next(line for line in path.read_text("utf-8").splitlines() if "⟦" in line).split(maxsplit=1)
    text = re.sub("[⟦⟧]", "", case.replace("↵", "\n"))
    assert code in {each.code for each in found(text, lang)[1]}
    assert code not in {each.code for each in found(text, lang, front=f"octopub: {{ignore: {code.slug}}}\n")[1]}


def test_they_are_heard_where_the_text_has_errors_too() -> None:
    _, complaints = found("Here is the the word.[^gone]", "en")
    assert [each.code for each in complaints] == [Code.DOUBLED_WORD, Code.NOTE_UNDEFINED]
