"""A service's view: one process builds whatever comes, many at once, for as long as it lives."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from typing import Any

import pyphen
import pytest

import octopub
from octopub.pdf.lines import hyphens
from tests.tools import ROOT
from tests.trust.serving import text

FONTS = """<?xml version="1.0"?><fontconfig>
<match target="font"><edit name="embolden"><bool>true</bool></edit></match>
</fontconfig>"""
"""A machine whose own fonts would be seen, should it come to that."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of it in a process of its own."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "tmp").mkdir()
    (folder / "fonts.conf").write_text(FONTS, "utf-8")
    environment = {
        **os.environ,
        "TMPDIR": str(folder / "tmp"),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.serving"], cwd=folder, env=environment, capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_books_at_once_are_the_same_as_one_after_the_other(served: dict[str, Any]) -> None:
    assert served["at once"] == [5, 5, 5, 5]
    assert served["differ"] == []


def test_a_book_can_be_made_while_another_is(served: dict[str, Any]) -> None:
    assert served["inside"] == [True, True]


def test_nothing_of_the_process_is_another_afterwards(served: dict[str, Any]) -> None:
    assert served["process"] == []


def test_no_module_remembers_anything(served: dict[str, Any]) -> None:
    assert served["state"] == []


def test_no_temporary_file_is_left(served: dict[str, Any]) -> None:
    assert served["left"] == []


def test_nothing_is_held_of_what_was_built() -> None:
    def held() -> int:
        for _ in range(3):
            octopub.build_epub(text("en"))
        octopub.build_pdf(text("en"), workers=1)
        gc.collect()
        return len(gc.get_objects())

    held()
    assert abs(held() - held()) < 4, "as many builds"


def test_words_are_forgotten_once_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = pyphen.Pyphen(lang="en").hd
    octopub.build_pdf("A considerable number of words. " * 20, workers=1)
    assert len(patterns.cache) > 3
    monkeypatch.setattr(hyphens, "KEPT", 3)
    octopub.build_pdf("A considerable number of words. " * 20, workers=1)
    assert len(patterns.cache) <= 3
