"""Whole texts: `golden/<case>/source.txt` becomes `manuscript.md`, and says so in `report.txt`; of the notes of
`broken/<case>/source.txt` not all match, which is printed as `printed.txt` has it, or left as in `kept.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

import octopub
from octopub.diagnostics import BuildError
from octopub.importing.manuscript import import_manuscript

BROKEN = sorted(source.parent for source in Path(__file__).with_name("broken").glob("*/source.txt"))
CASES = sorted(source.parent for source in Path(__file__).with_name("golden").glob("*/source.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    done = import_manuscript((case / "source.txt").read_bytes(), name="source.txt")
    assert done.text == (case / "manuscript.md").read_text("utf-8")
    assert done.report.text == (case / "report.txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_imported_can_be_built_without_a_hand_on_it(case: Path) -> None:
    assert octopub.build_epub((case / "manuscript.md").read_text("utf-8")).startswith(b"PK")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_what_does_not_match_stops_the_import(case: Path) -> None:
    source = (case / "source.txt").read_bytes()
    with pytest.raises(BuildError) as raised:
        import_manuscript(source, name="source.txt")
    printed = [*raised.value.table, *map(str, raised.value.diagnostics)]
    assert printed == (case / "printed.txt").read_text("utf-8").splitlines()
    kept = import_manuscript(source, name="source.txt", keep_unmatched=True)
    assert kept.text == (case / "kept.md").read_text("utf-8")
    assert kept.report.text.count("kept as text") == len(raised.value.diagnostics)
