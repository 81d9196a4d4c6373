"""Whole texts: `golden/<case>/source.txt` becomes `manuscript.md`, and says so in `report.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

import octopub
from octopub.importing.manuscript import import_manuscript

CASES = sorted(source.parent for source in Path(__file__).with_name("golden").glob("*/source.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    done = import_manuscript((case / "source.txt").read_bytes(), name="source.txt")
    assert done.text == (case / "manuscript.md").read_text("utf-8")
    assert done.report.text == (case / "report.txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_imported_can_be_built_without_a_hand_on_it(case: Path) -> None:
    assert octopub.build_epub((case / "manuscript.md").read_text("utf-8")).startswith(b"PK")
