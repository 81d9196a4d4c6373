"""The project around a manuscript: its folder, and what of it a build reads.

Imports `diagnostics`. Opens the manuscript's file and the project's stylesheets; writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MANUSCRIPTS, STYLES, FONTS, BUILD = "manuscript", "styles", "fonts", "build"


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder, and the manuscript's own folder, where the paths of images count from. Both are
    None for a text that came from nowhere."""

    root: Path | None = None
    folder: Path | None = None

    @property
    def fonts(self) -> Path | None:
        """The folder of the project's own faces, whether it is there or not."""
        return self.root / FONTS if self.root else None

    @property
    def build(self) -> Path:
        """Where outputs go that were given no place."""
        return (self.root or Path()) / BUILD


def around(manuscript: Path) -> Project:
    """The project of a manuscript: the parent of the folder `manuscript/` that holds it, otherwise the
    manuscript's own folder."""
    folder = manuscript.parent
    named = folder.resolve().name == MANUSCRIPTS
    return Project(folder / ".." if named and folder == Path() else folder.parent if named else folder, folder)


def stylesheets(project: Project) -> dict[str, str]:
    """The texts of the project's own stylesheets, by file name. Raises OSError, and UnicodeDecodeError for
    one that is not UTF-8."""
    if project.root is None:
        return {}
    folder = project.root / STYLES
    if not folder.is_dir():
        return {}
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.css")) if path.is_file()}


def content(manuscript: Path) -> bytes:
    """The manuscript's bytes. Raises OSError."""
    return manuscript.read_bytes()


def candidates(folder: Path) -> list[Path]:
    """The Markdown files in a folder's `manuscript/`."""
    return sorted(path for path in (folder / MANUSCRIPTS).glob("*.md") if path.is_file())


PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")


def pictures(project: Project) -> list[str]:
    """The images beside a manuscript and below its folder, as it would name them."""
    if project.folder is None:
        return []
    found = (path for path in project.folder.rglob("*") if path.suffix.lower() in PICTURES and path.is_file())
    return sorted(path.relative_to(project.folder).as_posix() for path in found)
