"""What `pipx install octopub` gives: the wheel alone, in a clean environment, far from the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from octopub.desk.starting import Beginning, project
from tests.tools import ROOT, epub_text, pdf_text

MANUSCRIPT = """\
---
title: Far from home
author: The octopub project
---

A text with a note.[^1]

[^1]: The note, *in full*.
"""

STYLES = sorted(path.name for path in (ROOT / "styles").glob("*.css"))

WHERE = """\
import importlib.resources, json, octopub
styles = importlib.resources.files("octopub.styles")
print(json.dumps([octopub.__file__, {file.name: file.read_text("utf-8") for file in styles.iterdir()}]))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """The program's standard output. Nothing of the environment points into the repository."""
    ours = ("PYTHON", "VIRTUAL_ENV", "COVERAGE", "PYTEST")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def programs(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new virtual environment into which the wheel was installed."""
    venv = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", venv, cwd=venv)
    (wheel,) = dist.glob("*.whl")
    run(venv / "bin/python", "-m", "pip", "install", "--quiet", wheel, cwd=venv)
    return venv / "bin"


def test_the_distributions_hold_the_stylesheets_and_the_licence(dist: Path) -> None:
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = archive.namelist()
    with tarfile.open(source) as tar:
        in_source = [member.name for member in tar if member.isfile()]
    for names, folder in ((in_wheel, "octopub/styles/"), (in_source, "src/octopub/styles/")):
        assert [name for name in STYLES if not any(n.endswith(folder + name) for n in names)] == []
        assert any(name.endswith("/LICENSE") for name in names)
        assert any(name.endswith("octopub/py.typed") for name in names)


def test_another_folder_another_day_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """Built from a copy that belongs to its owner alone, and is from another year."""
    copy, second = tmp_path / "a copy", tmp_path / "dist"
    left = shutil.ignore_patterns(".git", ".venv", "node_modules", "build", "dist", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=left)
    for path in [*copy.rglob("*"), copy]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o700)
            os.utime(path, (0, 0))
    run(sys.executable, "-m", "build", "--outdir", second, copy, cwd=tmp_path)
    assert [(path.name, path.read_bytes() == (dist / path.name).read_bytes()) for path in sorted(second.iterdir())] == [
        (path.name, True) for path in sorted(dist.iterdir())
    ]


def test_the_wheel_brings_its_own_stylesheets(programs: Path, tmp_path: Path) -> None:
    file, styles = json.loads(run(programs / "python", "-c", WHERE, cwd=tmp_path))
    assert Path(file).is_relative_to(programs.parent)
    assert styles == {name: (ROOT / "styles" / name).read_text("utf-8") for name in STYLES}


def test_the_wheel_builds_both_outputs_in_a_folder_with_a_space(programs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "my texts"
    folder.mkdir()
    (folder / "far from home.md").write_text(MANUSCRIPT, "utf-8")
    written = run(programs / "octopub", "build", "far from home.md", cwd=folder).splitlines()
    assert [Path(folder, path).name for path in written] == ["far from home.epub", "far from home.pdf"]
    epub, pdf = (Path(folder, path).read_bytes() for path in written)
    assert "in full" in "".join(epub_text(epub).values())
    assert "in full" in "".join(pdf_text(pdf))


def test_the_wheel_begins_a_project(programs: Path, tmp_path: Path) -> None:
    written = run(programs / "octopub", "new", "mine", "--kind", "book", cwd=tmp_path).splitlines()
    assert set(written) == {f"mine/{name}" for name in project(Beginning.BOOK)}
    assert "mine/.github/workflows/build.yml" in written
    assert run(programs / "octopub", "epub", cwd=tmp_path / "mine") == "build/book.epub\n"
