"""A manuscript and the page about it, as the tests see it: through Starlette's client, without a port."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from octopub.desk.browser.attempt import Order
from octopub.desk.browser.server import Rooms, app
from octopub.desk.browser.table import Table
from octopub.desk.browser.texts import Texts
from octopub.desk.browser.workshop import Workshop
from octopub.pdf.room import Means

PORT = 8917
OURS = f"http://127.0.0.1:{PORT}"
EDITOR = "vscode://file/{path}:{line}:{column}"

TEXT = """\
---
title: Tide tables
octopub: {kind: essay}
---

The harbour lies open to the north, and nobody sails on a Friday.

The second paragraph says little.[^1]

[^1]: And its note says less.
"""

PATIENCE = 60
"""Seconds until what ought to happen is held not to happen."""


def written(folder: Path, text: str = TEXT) -> Path:
    """A manuscript in a project of its own."""
    path = folder / "manuscript/tides.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@contextmanager
def started(*command: str | Path, cwd: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of the page that a command of octopub's shows."""
    line = [sys.executable, "-m", "octopub", *command, "--no-open", "--port", "0"]
    with subprocess.Popen(line, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def served(manuscript: Path) -> Iterator[TestClient]:
    """The preview of a manuscript."""
    workshop = Workshop(Order(manuscript, {}), Means())
    with TestClient(app(workshop, PORT, Rooms(workshop, EDITOR).routes), base_url=OURS) as client:
        yield client


@contextmanager
def desk(folder: Path, attend: Callable[[int], None] | None = None) -> Iterator[TestClient]:
    """A desk whose texts are kept in a folder. What it is asked comes from its own page."""

    def write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    workshop = Workshop(None, Means())
    rooms = Rooms(workshop, "", attend, is_desk=True)
    routes = [*rooms.routes, *Table(workshop, Texts(folder, write)).routes]
    with TestClient(app(workshop, PORT, routes, attend), base_url=OURS, headers={"Origin": OURS}) as client:
        yield client


def until(client: TestClient, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The first state, nothing being worked at, of which this holds."""
    for _ in range(PATIENCE * 20):
        state: dict[str, Any] = client.get("/state").json()
        if not state["working"] and state["number"] and holds(state):
            return state
        time.sleep(0.05)
    raise AssertionError(f"it never came to this; the last was {state}")
