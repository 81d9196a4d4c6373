"""Ctrl-C: what it leaves, and where it might be lost."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from octopub import building
from tests.running import ESSAY, Run


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_is_not_lost_where_python_goes_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cleared:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    run.write("a.md", ESSAY)
    run.write("build/a.epub", "old")
    make = building.epub

    def interrupted(*arguments: Any, **options: Any) -> Any:
        Cleared()
        return make(*arguments, **options)

    monkeypatch.setattr(building, "epub", interrupted)
    assert run("epub", "a.md").status == 130
    assert (run.folder / "build/a.epub").read_text() == "old"


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("a.md", ESSAY)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "epub", interrupt)
    assert run("epub", "a.md") == (130, "", "\noctopub: interrupted\n")
    assert run.files() == {"a.md"}
