"""`--epubcheck` and `--ace`: what validators find comes at the manuscript's lines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from octopub import building
from octopub.building import Outcome
from octopub.desk.validators import Validator, validated
from octopub.desk.validators.finding import at_cfi, at_line
from octopub.diagnostics import Diagnostic, Severity
from octopub.epub.places import Places
from tests.running import ESSAY, Run
from tests.tools import HERE, chromium, needs_tool

TEXT = """\
---
title: A Text
lang: en
octopub: {contents: true}
---

# A heading with *one*

A paragraph of some lines,
and *two* in the second.[^n]

- an item
- an item with *three*

| head | head |
|------|------|
| cell | *four* |

[^n]: A note

    with *five* in its second paragraph.
"""
LINES = (7, 10, 13, 17, 21)


def faulty(faults: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What Ace says of a text's book in which something has been replaced; or EPUBCheck, if it is all emphasis."""
    loaded = building.load(TEXT)
    places = Places()
    content = building.epub(loaded, places=places).content
    assert content is not None
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(spoilt, "w") as archive:
        for entry in whole.infolist():
            held = whole.read(entry)
            if entry.filename == "EPUB/text-1.xhtml":
                for old, new in faults.items():
                    held = held.replace(old.encode(), new.encode())
            archive.writestr(entry, held)
    made = Outcome(partial(_written, spoilt.getvalue()))
    validator = Validator.ACE if "<em>" not in faults else Validator.EPUBCHECK
    return validated(made, loaded.book, places, [validator]).diagnostics


def _written(content: bytes, out: IO[bytes]) -> None:
    out.write(content)


def test_epubcheck_names_the_lines() -> None:
    needs_tool("java", "epubcheck")
    found = faulty({"<em>": "<center>", "</em>": "</center>"})
    assert {each.code.slug for each in found} == {"epubcheck"}
    assert {each.severity for each in found} == {Severity.ERROR}
    assert {each.span.line for each in found if each.span} == set(LINES)
    assert all("(RSC-005)" in each.message for each in found)


@pytest.fixture
def ace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program `ace`, made of the library that the tests have."""
    needs_tool("npm", "ace")
    program = tmp_path / "bin/ace"
    program.parent.mkdir()
    program.write_text(f"""#!/usr/bin/env node
const ace = require('{HERE}/node_modules/@daisy/ace-core')
const runner = require('{HERE}/node_modules/@daisy/ace-axe-runner-puppeteer')
const [outdir, book] = process.argv.slice(-2)
ace(book, {{cwd: '/', outdir, tmpdir: outdir + '-work', silent: true, initLogger: true}}, runner)
""")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", chromium())


@pytest.mark.usefixtures("ace")
def test_ace_names_the_lines() -> None:
    words = ("one", "two", "three", "four", "five")
    found = faulty({f"<em>{word}</em>": '<img src="style.css"/>' for word in words})
    pictures = [each for each in found if "image-alt" in each.message]
    assert {each.code.slug for each in found} == {"ace"}
    assert {each.severity for each in found} == {Severity.WARNING}
    assert {each.span.line for each in pictures if each.span} == set(LINES)


FILE = b"""<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A</title></head><body>
<p>A <b>b</b> <i>c</i></p>
<ul><li>d</li>
<li>e</li></ul></body></html>"""


@pytest.mark.parametrize(
    ("line", "column", "number"),
    [(1, 1, None), (2, 50, None), (2, 77, 0), (3, 3, 1), (3, 7, 2), (3, 9, 2), (3, 20, 3), (4, 30, 5), (5, 5, 6), (9, 1, 6)],
)
def test_the_element_at_a_line(line: int, column: int, number: int | None) -> None:
    assert at_line(FILE, line, column) == number


@pytest.mark.parametrize(
    ("cfi", "number"),
    [("/4", 0), ("/4/2", 1), ("/4/2/4", 3), ("/4/2/3:1", 1), ("/4/4[some-id]/4", 6), ("/4/8", 0), ("/2/2", None), ("", None)],
)
def test_the_element_of_a_fragment(cfi: str, number: int | None) -> None:
    assert at_cfi(FILE, cfi) == number


def test_what_is_broken_has_no_elements() -> None:
    assert at_cfi(b"<html><body>", "/4") is None
    assert at_line(b"<html><body><p>a</b>", 1, 20) == 1


# -- the commands -----------------------------------------------------------------------------------


def says(run: Run, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Put a program `ace` in the way that does this; its last two arguments are a folder and the book."""
    path = run.write("bin/ace", f'#!/bin/sh\nwhile [ "$3" ]; do shift; done\n{program}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}:/bin:/usr/bin")


REPORT = json.dumps({
    "assertions": [
        {
            "earl:testSubject": {"url": "text-1.xhtml"},
            "assertions": [
                {
                    "earl:test": {"earl:impact": "minor", "dct:title": "a-rule", "help": {"dct:description": "What"}},
                    "earl:result": {"dct:description": "Why.\nHow", "earl:pointer": {"cfi": ["/4/2/2"]}},
                }
            ],
        }
    ]
})  # fmt: skip
SAID = "essay.md:8:1: warning: Ace says of text-1.xhtml: What: Why (a-rule, minor); "


@pytest.mark.parametrize(("command", "made"), [("epub", {"build/essay.epub"}), ("build", {"build/essay.epub", "build/essay.pdf"})])
def test_what_a_validator_finds(run: Run, monkeypatch: pytest.MonkeyPatch, command: str, made: set[str]) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", "lang: en\noctopub: {kind: essay}"))
    says(run, monkeypatch, f"mkdir \"$1\"; printf %s '{REPORT}' > \"$1/report.json\"")
    assert run(command, "essay.md", "--ace", "--strict").status == 1
    assert run.files() == {"essay.md", "bin/ace"}
    ran = run(command, "essay.md", "--ace")
    assert ran.status == 0
    assert SAID in ran.err
    assert run.files() == {"essay.md", "bin/ace", *made}


def test_the_same_bytes_whoever_looks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("essay.md", ESSAY)
    says(run, monkeypatch, f"mkdir \"$1\"; printf %s '{REPORT}' > \"$1/report.json\"")
    run("epub", "essay.md", "-o", "a.epub")
    run("epub", "essay.md", "-o", "b.epub", "--ace")
    assert (run.folder / "a.epub").read_bytes() == (run.folder / "b.epub").read_bytes()


@pytest.mark.parametrize(
    ("option", "help"), [("--ace", "npm install --global @daisy/ace"), ("--epubcheck", "install a Java runtime")]
)
def test_a_validator_that_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch, option: str, help: str) -> None:
    needs_tool("epubcheck")
    run.write("essay.md", ESSAY)
    monkeypatch.setenv("PATH", str(run.folder))
    ran = run("epub", "essay.md", option)
    assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert help in ran.err
    assert run.files() == {"essay.md"}


def test_a_validator_that_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("essay.md", ESSAY)
    says(run, monkeypatch, "echo no browser >&2; exit 4")
    assert run("epub", "essay.md", "--ace") == (3, "", "octopub: Ace failed: no browser\n")
    assert run.files() == {"essay.md", "bin/ace"}


def test_an_error_of_a_validator_keeps_the_book_from_being_written(run: Run) -> None:
    needs_tool("java", "epubcheck")
    run.write("manuscript/essay.md", ESSAY)
    run.write("styles/epub.css", "body { direction: rtl }")
    ran = run("epub", "--epubcheck")
    assert (ran.status, ran.out) == (1, "")
    assert "manuscript/essay.md: error: EPUBCheck says of style.css:" in ran.err
    assert run.files() == {"manuscript/essay.md", "styles/epub.css"}
