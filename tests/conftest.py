"""How the tests are run: golden files, and nothing skipped in CI."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from tests.running import Run

# The same examples in each run: what fails fails again, and what is new is found by raising their number.
settings.register_profile("octopub", derandomize=True)
settings.load_profile("octopub")

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


class Golden(Protocol):
    """Compares with the golden file at the path; under `--update-golden` it writes that file instead."""

    def __call__(self, actual: str | bytes, path: Path) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the commands keep goes into a folder of this run's."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(actual, path)`: what was made is what the golden file holds."""
    update = request.config.getoption("--update-golden")

    def compare(actual: str | bytes, path: Path) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual if isinstance(actual, bytes) else actual.encode())
            return
        assert path.exists(), f"there is no {path.name}; `make golden` writes it"
        expected = path.read_bytes()
        assert actual == (expected if isinstance(actual, bytes) else expected.decode()), path

    return compare


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("pdf", "--paper", "A5")`: a command, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Run(tmp_path, monkeypatch, capsys)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a failure of a skip. An expected failure is reported as a skip as well, and is left alone."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing is skipped in CI: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
