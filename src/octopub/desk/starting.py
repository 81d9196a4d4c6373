"""Starting: the files of a new project.

Imports nothing of octopub. Reads `template/`, which is a project for all to copy (`docs/template` at the top), and the
manuscripts of the kinds that it is not. Whoever asks writes them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath

TEMPLATE = Path(__file__).parents[1] / "template"
MANUSCRIPTS = Path(__file__).parent / "manuscripts"


class Beginning(StrEnum):
    """What a new project's manuscript is."""

    ESSAY = "essay"
    BOOK = "book"
    HANDOUT = "handout"


def project(kind: Beginning) -> dict[PurePosixPath, bytes]:
    """The files of a new project, by their places in its folder; the manuscript, `manuscript/KIND.md`, among them."""
    usual = PurePosixPath("manuscript", f"{Beginning.ESSAY}.md")
    files = {
        PurePosixPath(path.relative_to(TEMPLATE).as_posix()): path.read_bytes()
        for path in sorted(TEMPLATE.rglob("*"))
        if path.is_file()
    }
    if kind is not Beginning.ESSAY:
        del files[usual]
        files[usual.with_stem(kind)] = (MANUSCRIPTS / f"{kind}.md").read_bytes()
    return files
