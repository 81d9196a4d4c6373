"""The hooks for pre-commit: valid by its own manual, and their entries run."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.running import Run
from tests.tools import ROOT

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
REQUIRED = {"id", "name", "entry", "language"}
KNOWN = REQUIRED | {"description", "types", "files", "stages", "pass_filenames", "args", "exclude", "types_or"}
"""https://pre-commit.com/#creating-new-hooks"""


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook(hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(hook) >= REQUIRED
    assert set(hook) <= KNOWN
    assert hook["language"] == "python"
    monkeypatch.chdir(tmp_path)
    run = Run(tmp_path, monkeypatch, capsys)
    run.write("manuscript/good.md", "# T\n\nText.\n")
    run.write("manuscript/bad.md", "# T\n\nA call.[^x]\n")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "octopub"
    assert run(*arguments, "manuscript/good.md").status == 0
    assert run(*arguments, "manuscript/good.md", "manuscript/bad.md").status == 1


def test_the_readme_names_them() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"`{hook['id']}`" in readme for hook in HOOKS)
