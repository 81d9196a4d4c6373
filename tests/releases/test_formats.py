"""docs/formats.md tells each key that a program is given, and none besides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pikepdf import open as opened

from octopub.pdf.marks.mark import Kind
from octopub.reading.schema import schema
from tests.running import Run
from tests.tools import ROOT

TEXT = (ROOT / "docs/formats.md").read_text("utf-8")
MANUSCRIPT = """---
title: Forms
lang: en
octopub: {contents: true}
---

# One {#one}

See [page](#one){.page}. It was the the end of it.

# Two

An end in שלום.
"""


def told(heading: str) -> list[str]:
    """The keys that stand in the table of a section, in their order."""
    section = TEXT.partition(heading)[2].partition("\n## ")[0]
    assert section, "no such section"
    return re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)


def keys(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all that is in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")
    else:
        yield path


def written(value: Any, **names: str) -> list[str]:
    """The same, each once; keys of the author's own by what they are."""
    found = list(keys(value))
    for own, name in names.items():
        found = [re.sub(rf"^{own}\..+", f"{own}.{name}", path) for path in found]
    return list(dict.fromkeys(found))


@pytest.fixture
def texts(run: Run) -> Run:
    run.write("forms.md", MANUSCRIPT)
    return run


def test_findings(texts: Run) -> None:
    said = json.loads(texts("check", "--format", "json", "forms.md").out)
    assert written(said) == told("octopub-findings, version 1\n")


def test_report_and_pages(texts: Run) -> None:
    assert texts("pdf", "forms.md", "-o", "forms.pdf", "--report", "forms.json").status == 0
    said = json.loads((texts.folder / "forms.json").read_bytes())
    assert said["marks"], "the word in another face should be"
    assert written(said, counts="KIND") == told("octopub-report, version 1\n")
    assert list(said["counts"]) == [kind.slug for kind in Kind]
    with opened(texts.folder / "forms.pdf") as pdf:
        piece = json.loads(pdf.Root.PieceInfo.octopub.Private.read_bytes())
    assert written(piece, numbers="ANCHOR") == told("its pages, version 1\n")


def test_the_front_matter_has_a_version() -> None:
    assert schema()["$id"] == "urn:octopub:front-matter:1"
    assert "which is 1" in TEXT
