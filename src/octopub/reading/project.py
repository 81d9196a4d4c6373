"""The project around a manuscript: its folder, and what of it a build reads.

Imports nothing of octopub. Opens the manuscript's file and the project's stylesheets; writes nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath

MANUSCRIPTS, STYLES, FONTS, BUILD = "manuscript", "styles", "fonts", "build"

STYLESHEET_LIMIT = 250_000
"""Bytes of a stylesheet. The largest of the built-in set has 9,000."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder, and the manuscript's own folder, where the paths of images count from. Both are
    None for a text that came from nowhere."""

    root: Path | None = None
    folder: Path | None = None
    is_trusted: bool = True
    """Of a stranger's project nothing is read but the manuscript and the pictures below its folder."""

    @property
    def fonts(self) -> Path | None:
        """The folder of the project's own faces, whether it is there or not; None where there is none to be read."""
        return self.root / FONTS if self.root and self.is_trusted else None

    @property
    def pictures(self) -> Path | None:
        """The folder in which pictures may lie."""
        return self.root if self.is_trusted else self.folder

    @property
    def unread(self) -> tuple[str, ...]:
        """The folders that are there and not read."""
        if self.root is None or self.is_trusted:
            return ()
        return tuple(name for name in (STYLES, FONTS) if (self.root / name).exists())

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


def stem(path: PurePath) -> str:
    """A file's name without its ending, as text: in UTF-8, whatever the machine's encoding; what is none is U+FFFD."""
    return os.fsencode(path.stem).decode("utf-8", "replace")


def stylesheets(project: Project) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of the project's own stylesheets, by file name; and of those that cannot be read, why. Raises
    OSError."""
    texts: dict[str, str] = {}
    refused: dict[str, str] = {}
    if project.root is not None and project.is_trusted:
        for path in sorted((project.root / STYLES).glob("*.css")):
            if not is_within(path, project.root):
                refused[path.name] = "it is a link that leads out of the project folder"
            elif path.is_file():
                try:
                    texts[path.name] = _start_of(path, STYLESHEET_LIMIT).decode("utf-8")
                except UnicodeDecodeError as error:
                    refused[path.name] = f"it is no UTF-8 ({error.reason})"
                except _TooLargeError:
                    refused[path.name] = f"it has more than {STYLESHEET_LIMIT} bytes"
    return texts, refused


def content(manuscript: Path, limit: int | None = None) -> bytes:
    """The manuscript's bytes; of one with more than `limit` so many that it shows. Raises OSError."""
    with manuscript.open("rb") as file:
        return file.read(-1 if limit is None else limit + 1)


def is_within(path: Path, root: Path) -> bool:
    """Whether a file lies in the folder, once all symbolic links are followed. One in a circle of links does not."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


class _TooLargeError(Exception):
    """A file has more bytes than such a file may have."""


def _start_of(path: Path, limit: int) -> bytes:
    """A file's bytes. Raises OSError, and _TooLargeError for more than so many; no more are read."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _TooLargeError
    return data


def candidates(folder: Path) -> list[Path]:
    """The Markdown files in a folder's `manuscript/`."""
    return sorted(path for path in (folder / MANUSCRIPTS).glob("*.md") if path.is_file())


PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")


def pictures(project: Project) -> list[str]:
    """The images beside a manuscript and below its folder, as it would name them, but for links out of the project."""
    if project.folder is None or project.pictures is None:
        return []
    found = [path for path in project.folder.rglob("*") if path.suffix.lower() in PICTURES and path.is_file()]
    found = [path for path in found if is_within(path, project.pictures)]
    return sorted(path.relative_to(project.folder).as_posix() for path in found)
