"""The schema of the front matter, and the reader of it, are of one mind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from octopub.reading.frontmatter import read
from octopub.reading.schema import FORMS, HELP, schema
from octopub.reading.source import from_text
from tests.running import Run
from tests.tools import ROOT

VALIDATOR = Draft202012Validator(schema())

FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


class Loader(yaml.SafeLoader):
    """YAML as editors read it (1.2): a date is a text, and so is yes."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile("^(?:true|false)$", re.IGNORECASE) if tag.endswith("bool") else pattern)
        for tag, pattern in resolvers
        if not tag.endswith("timestamp")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(yaml_text: str) -> Any:
    return yaml.load(yaml_text, Loader)


MANUSCRIPTS = {
    str(path.relative_to(ROOT)): found[1]
    for folder in ("manuscript", "docs", "tests", "src/octopub/desk")
    for path in sorted((ROOT / folder).rglob("*.md"))
    if "node_modules" not in path.parts and (found := FRONT.match(path.read_text("utf-8", "replace")))
}


def complaints(yaml_text: str) -> list[str]:
    source, _ = from_text(f"---\n{yaml_text}\n---\n\nText.\n", "a.md")
    assert source
    return [str(each) for each in read(source)[1]]


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_a_manuscript_is_valid_where_its_reader_finds_nothing(name: str) -> None:
    errors = [error.message for error in VALIDATOR.iter_errors(loaded(MANUSCRIPTS[name]))]
    assert bool(errors) == bool(complaints(MANUSCRIPTS[name])), errors


def test_there_are_manuscripts() -> None:
    assert len(MANUSCRIPTS) > 20
    assert "tests/importing/manuscripts/everything.md" in MANUSCRIPTS


# Each case of the file: a title, a YAML, and what is said of it.
CASES = (Path(__file__).parent / "frontmatter_faults.txt").read_text("utf-8").split("\n.\n")
FAULTS = {title.strip(): said for title, said in zip(CASES[:-1:3], CASES[1::3], strict=True)}

MEANINGS = {
    "a day that the calendar lacks", "a day with one digit", "an hour that the clock lacks", "a third identifier",
    "an ISBN with a slip in it", "an old ISBN with a slip in it", "an ISBN that is too short",
    "a UUID that is none", "a number in no series", "an address of no place",
}  # fmt: skip
"""What is wrong there no form tells."""


def is_yaml(text: str) -> bool:
    """Whether YAML itself finds nothing wrong."""
    try:
        yaml.load(text, Loader)
    except yaml.YAMLError:
        return False
    return not re.search(r"[&!]", text) and "A\\0B" not in text


OF_FORM = {title: text for title, text in FAULTS.items() if is_yaml(text) and "key twice" not in title}


@pytest.mark.parametrize("title", OF_FORM)
def test_what_is_faulty_is_invalid(title: str) -> None:
    assert VALIDATOR.is_valid(loaded(OF_FORM[title])) == (title in MEANINGS)


ANY = [
    "title: 1984\nsubtitle: yes",
    "title:\nauthor: []",
    "author: [A, {text: B, role: ill}]\nidentifier: [{scheme: ISBN, text: 978-3-16-148410-0}, x]",
    "octopub: {credit: no, contents: True, quotes: [„, “, ‚, ‘]}",
    "octopub: {url: example.org:80/a, sheet: 210x297mm, bleed: 3}",
    "octopub: {url: HTTPS://example.org}",
    "octopub:\n  notes:\n  fonts: {fallback: Noto Serif}",
    "belongs-to-collection: Sea\ngroup-position: 2.1",
]


@pytest.mark.parametrize("yaml_text", ANY)
def test_what_its_reader_takes_is_valid(yaml_text: str) -> None:
    assert complaints(yaml_text) == []
    assert [error.message for error in VALIDATOR.iter_errors(loaded(yaml_text))] == []


def paths(group: dict[str, Any], name: str = "") -> dict[str, Any]:
    """All keys of a schema, those of inner groups with a dot."""
    found = {}
    for key, value in group["properties"].items():
        found[name + key] = value
        if "properties" in value:
            found |= paths(value, f"{name}{key}.")
    return found


def test_it_is_a_schema_and_each_key_has_its_help() -> None:
    Draft202012Validator.check_schema(schema())
    known = paths(schema())
    assert {key: value["description"] for key, value in known.items()} == dict(HELP)
    assert set(FORMS) <= set(known)


def test_the_command_prints_it(run: Run) -> None:
    ran = run("schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == schema()
