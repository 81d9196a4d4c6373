"""The forms of `octopub check`: text with the line and a caret, JSON, GitHub's annotations, SARIF."""

from __future__ import annotations

import json
import re

import pytest

from octopub.desk.formats.screen import Screen
from octopub.desk.formats.text import COLUMNS, excerpt
from octopub.diagnostics import Code, Diagnostic, Span
from octopub.reading.source import from_text
from tests.running import Run

FAULTY = "---\ntitle: T\n---\n\nA call.[^x] It was the\nthe end.\n"
CLEAN = "---\ntitle: T\n---\n\nText.\n"


@pytest.fixture
def run(run: Run) -> Run:
    """With two manuscripts, one of them under a name that has to be escaped as well."""
    run.write("faulty.md", FAULTY)
    run.write("clean.md", CLEAN)
    run.write("100%, a: b.md", FAULTY)
    return run


EXCERPTS = {
    "a word": ("One two.", (5, 8), ("One two.", "    ^~~")),
    "one letter": ("One two.", (8, 9), ("One two.", "       ^")),
    "letters of two columns": ("漢字 two.", (4, 7), ("漢字 two.", "     ^~~")),
    "a place of two columns": ("One 漢字.", (5, 7), ("One 漢字.", "    ^~~~")),
    "accents of their own": ("e\u0301e\u0301 two.", (6, 9), ("e\u0301e\u0301 two.", "   ^~~")),
    "a tab before": ("a\tb two.", (5, 8), ("a\tb two.", " \t  ^~~")),
    "the end of the line": ("One", (4, 4), ("One", "   ^")),
    "characters that act": ("a\u202eb\u2028two", (5, 8), ("a\ufffdb\ufffdtwo", "    ^~~")),
    "an empty line": ("   ", (1, 2), ()),
}


@pytest.mark.parametrize(("line", "columns", "shown"), EXCERPTS.values(), ids=EXCERPTS)
def test_excerpt(line: str, columns: tuple[int, int], shown: tuple[str, ...]) -> None:
    source, _ = from_text(f"First.\n{line}\nLast.\n")
    assert source is not None
    assert excerpt(source, Span(2, columns[0], 2, columns[1])) == shown


@pytest.mark.parametrize("word", [0, 5, 150, 299])
def test_a_long_line_is_shown_around_the_place(word: int) -> None:
    words = [f"w{number:03}" for number in range(300)]
    source, _ = from_text(" ".join(words))
    assert source is not None
    line, mark = excerpt(source, Span(1, word * 5 + 1, 1, word * 5 + 5))
    assert line[mark.index("^") : len(mark)] == words[word]
    assert len(line) <= COLUMNS
    assert len(excerpt(source, Span(1, word * 5 + 1, 1, word * 5 + 5), 50)[0]) <= 50


FOUND = Diagnostic(Code.EMPTY, "漢字 is no a\u0301b; 漢字漢字 neither", Span(1, 7, 1, 8), "a b.md")
PLAIN = "a b.md:1:7: error: 漢字 is no a\u0301b; 漢字漢字 neither [empty]"
SCREENS = {
    "no terminal": (Screen(), PLAIN),
    "a wide one": (Screen(80), PLAIN),
    "one as wide as the words": (Screen(37), PLAIN.replace(" 漢字漢字 n", "\n  漢字漢字 n")),
    "one as wide as its first line": (Screen(29), PLAIN.replace(" a\u0301b; 漢", "\n  a\u0301b; 漢").replace(" [", "\n  [")),
    "one that is too narrow": (Screen(3), PLAIN.replace(" ", "\n  ").replace("a\n  b.md", "a b.md")),
    "colours": (
        Screen(80, is_coloured=True),
        PLAIN.replace("a b.md:1:7:", "\33[1ma b.md:1:7:\33[0m").replace("error:", "\33[1;31merror:\33[0m"),
    ),
}


@pytest.mark.parametrize(("screen", "shown"), SCREENS.values(), ids=SCREENS)
def test_how_a_complaint_is_shown(screen: Screen, shown: str) -> None:
    assert screen.complaint(FOUND, FOUND.severity) == shown
    if shown == PLAIN:
        assert shown == str(FOUND)


def test_how_a_text_is_shown() -> None:
    text = "report.txt:\n  line 1: a title of its own\n\n  short\n"
    assert Screen(20).text(text) == "report.txt:\n  line 1: a title of\n    its own\n\n  short\n"
    assert Screen(20).text("ok  octopub    0.1.0, Linux", 15) == "ok  octopub\n               0.1.0,\n               Linux"
    assert Screen().text(text) == text


def test_text(run: Run) -> None:
    assert run("check", "faulty.md", "clean.md", "faulty.md").out.split("\n\n")[1] == (
        "faulty.md:5:8: error: the note “x” is called here, but defined nowhere; add a line `[^x]: …`; "
        "for the letters themselves write `\\[^x]` [note-undefined]\n"
        "    A call.[^x] It was the\n"
        "           ^~~~\n"
        "faulty.md:5:20: warning: “the” stands here twice in a row; delete one of them [doubled-word]\n"
        "    A call.[^x] It was the\n"
        "                       ^~~\n"
        "faulty.md: 1 error, 1 warning\n"
    )


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_in_every_form_strict_makes_errors_of_warnings(run: Run, form: str) -> None:
    run.write("warned.md", "---\ntitle: T\n---\n\nIt was the the end.\n")
    mild = run("check", "--format", form, "warned.md")
    strict = run("check", "--strict", "--format", form, "warned.md")
    assert (mild.status, mild.err, strict.status, strict.err) == (0, "", 1, "")
    level = re.compile(r"::(\w+) |: (error|warning): |\"(?:severity|level)\": \"(\w+)\"(?=,\n *\"message)")
    assert {"".join(found) for found in level.findall(mild.out)} == {"warning"}
    assert {"".join(found) for found in level.findall(strict.out)} == {"error"}


def test_json(run: Run) -> None:
    ran = run("check", "--format", "json", "faulty.md", "clean.md")
    said = json.loads(ran.out)
    assert (ran.status, said["format"], said["version"]) == (1, "octopub-findings", 1)
    faulty, clean = said["manuscripts"]
    assert clean == {"path": "clean.md", "findings": []}
    assert [finding["code"] for finding in faulty["findings"]] == ["note-undefined", "doubled-word"]
    doubled = faulty["findings"][1]
    assert (doubled["path"], doubled["severity"]) == ("faulty.md", "warning")
    assert (doubled["start"], doubled["end"]) == ({"line": 5, "column": 20}, {"line": 6, "column": 4})


def test_github(run: Run) -> None:
    first, second = run("check", "--format", "github", "100%, a: b.md").out.splitlines()
    file = "file=100%25%2C a%3A b.md"
    assert first.startswith(f"::error {file},line=5,endLine=5,col=8,endColumn=11,title=note-undefined::the note “x” is")
    assert second.startswith(f"::warning {file},line=5,endLine=6,title=doubled-word::“the” stands here")


def test_sarif(run: Run) -> None:
    """What the schema of SARIF 2.1.0 requires, and that each result finds its rule and its file."""
    said = json.loads(run("check", "--format", "sarif", "100%, a: b.md", "clean.md").out)
    assert (said["version"], len(said["runs"])) == ("2.1.0", 1)
    driver = said["runs"][0]["tool"]["driver"]
    assert driver["name"] == "octopub"
    assert said["runs"][0]["columnKind"] == "unicodeCodePoints"
    for rule in driver["rules"]:
        texts = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
        assert all(texts)
        assert "```" in rule["help"]["markdown"]
    results = said["runs"][0]["results"]
    assert [driver["rules"][each["ruleIndex"]]["id"] for each in results] == [each["ruleId"] for each in results]
    assert [each["level"] for each in results] == ["error", "warning"]
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "100%25%2C%20a%3A%20b.md"
    assert place["region"] == {"startLine": 5, "startColumn": 20, "endLine": 6, "endColumn": 4}


def test_a_finding_without_a_place_has_none(run: Run) -> None:
    run.write("untitled.md", "Text.\n")
    assert json.loads(run("check", "--format", "json", "untitled.md").out)["manuscripts"][0]["findings"][0]["start"] is None
    assert run("check", "--format", "github", "untitled.md").out.startswith("::warning file=untitled.md,title=title-missing::")
    result = json.loads(run("check", "--format", "sarif", "untitled.md").out)["runs"][0]["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_what_cannot_be_read_is_said_and_the_others_are_checked(run: Run) -> None:
    ran = run("check", "--format", "json", "missing.md", "faulty.md")
    assert (ran.status, len(json.loads(ran.out)["manuscripts"])) == (2, 1)
    assert "there is no manuscript missing.md" in ran.err
