"""A small essay, and commands that are run in a folder of their own, in this process (the fixture `run`)."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from octopub import cli
from octopub.cli import interrupt

ESSAY = """\
---
title: On Notes
author: A. Writer
lang: en
---

A text with a note.[^1]

[^1]: The note.
"""


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@contextmanager
def signals_kept() -> Iterator[None]:
    """Whatever heeds signals here, they are pytest's own again behind it, and none is waiting."""
    handlers = {each: signal.getsignal(each) for each in interrupt.ASKING}
    try:
        yield
    finally:
        interrupt.leave()
        for each, handler in handlers.items():
            signal.signal(each, handler)


class Run:
    """Runs commands in a folder of their own, in this process."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["octopub", *arguments])
        with signals_kept(), pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self._capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def files(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
