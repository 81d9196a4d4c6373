"""A Dask cluster sets the same bytes, also when a worker dies; and what is missing is said."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from octopub import building, cli
from octopub.diagnostics import MachineError
from octopub.faces.catalogue import open_catalogue
from octopub.pdf import cluster
from octopub.pdf.make import typeset
from octopub.pdf.room import Means
from tests.pdf.press import opened, pdf
from tests.pdf.texts import Manuscript


def book() -> str:
    made = Manuscript(8, title="Cluster")
    for number in range(1, 5):
        made.add(f"# {made.prose(3)} {{#c{number}}}", f"[On](#c{number % 4 + 1}){{.page}}")
        made.add(*(made.prose(100) for _ in range(15)))
    return made.text


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    """A scheduler and two workers, each a process of this machine."""
    with LocalCluster(  # type: ignore[no-untyped-call]  # Dask's
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as found:
        yield found


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_cluster_gives_the_same_bytes(machines: Any, is_killed: bool) -> None:
    loaded = building.load(book())
    assert loaded.book
    if is_killed:
        pid = next(iter(machines.workers.values())).process.pid
        threading.Timer(0.5, os.kill, (pid, signal.SIGKILL)).start()
    with cluster.connected(machines.scheduler_address) as hire:
        printed = typeset(loaded.book, open_catalogue(), {}, Means(1, None, hire))
    assert printed.content == pdf(book())


def test_a_catalogue(
    machines: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each manuscript is whole or untouched, all are tried, and the worst counts."""
    monkeypatch.chdir(tmp_path)
    texts = {"one": "# One\n\nText.^[A note.]\n", "bad": "# Bad\n\nA call.[^x]\n", "two": book()}
    for name, text in texts.items():
        Path(f"{name}.md").write_text(text, "utf-8")
    arguments = ["build", *(f"{name}.md" for name in texts), "--dask", machines.scheduler_address, "--no-cache"]
    monkeypatch.setattr(sys, "argv", ["octopub", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    out, err = capsys.readouterr()
    assert out.split() == [f"build/{name}.{kind}" for name in ("one", "two") for kind in ("epub", "pdf")]
    lines = [line for line in err.splitlines() if line.startswith(tuple(f"{name}.md: " for name in texts))]
    pages = len(opened(pdf(book())).pages)
    assert lines == ["one.md: 1 page, 1 note", "bad.md: nothing written", f"two.md: {pages} pages, 0 notes"]
    assert err.splitlines()[-1] == "2 of 3 manuscripts built"
    assert Path("build/two.pdf").read_bytes() == pdf(book())


def test_a_cluster_without_workers() -> None:
    loaded = building.load(book())
    assert loaded.book
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty,  # type: ignore[no-untyped-call]  # Dask's
        cluster.connected(empty.scheduler_address) as hire,
        pytest.raises(MachineError, match="has no workers: start one"),
    ):
        typeset(loaded.book, open_catalogue(), {}, Means(1, None, hire))


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        pytest.raises(MachineError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"),
        cluster.connected("tcp://127.0.0.1:9"),
    ):
        pass


def test_no_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError, match="pip install"), cluster.connected("tcp://127.0.0.1:9"):
        pass
