"""The images that a manuscript names: found in the project folder, each once, each with a name.

Imports `diagnostics`, `model` and `reading.pictures`. It opens no file outside the project folder, whatever
the manuscript says, and nothing but ordinary files.
"""

from __future__ import annotations

import re
import stat
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import Resource
from octopub.reading.limits import USUAL
from octopub.reading.pictures import RefusalError, examine, too_large, unreadable

if TYPE_CHECKING:
    from octopub.diagnostics import Span
    from octopub.reading.limits import Limits


class Shelf:
    """The images of one manuscript, in the order in which it names them.

    `path` is the manuscript's, for complaints; `folder` is where paths count from, and `root` the project
    folder, outside which nothing is read. Without them there are no images.
    """

    def __init__(self, path: str, folder: Path | None, root: Path | None, limits: Limits = USUAL) -> None:
        self.limits = limits
        self.path = path
        self.folder = folder
        self.root = root
        self._found: dict[Path, Resource] = {}
        self._listed: dict[Path, Resource] = {}
        self._names: set[str] = set()

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The images that were asked for, each once, but for those that were not to be listed."""
        return tuple(self._listed.values())

    def load(
        self, written: str, span: Span, *, listed: bool = True
    ) -> tuple[Resource | None, tuple[Diagnostic, ...]]:
        """The image of this path, as the manuscript writes it at this place; None if there is none.

        A file that is named twice, however it is spelt, is one resource, and complained about once.
        """
        spelt = unquote(written)
        try:
            file = self._locate(spelt)
            known = self._found.get(file)
            resource, left_out = (known, ()) if known else self._take(file, written)
        except RefusalError as refusal:
            return None, (complain(refusal.code, span, self.path, path=_shown(spelt), **refusal.fields),)
        self._found[file] = resource
        if listed:
            self._listed.setdefault(file, resource)
        return resource, tuple(
            complain(Code.SVG_UNSAFE, span, self.path, path=_shown(spelt), what=what) for what in left_out
        )

    def content(self, written: str) -> bytes:
        """The bytes of another file of the project. Raises RefusalError."""
        try:
            with self._locate(written).open("rb") as stream:
                data = stream.read(self.limits.picture_bytes + 1)
        except OSError as error:
            raise unreadable(error) from None
        if len(data) > self.limits.picture_bytes:
            raise too_large(self.limits.picture_bytes)
        return data

    def tell_gone(self, target: str) -> str:
        """What a complaint about a link to this path adds where it would be in the project, but nothing is there."""
        path = re.split("[?#]", target)[0]
        try:
            if self.folder is not None and path:
                self._locate(path)
        except RefusalError as refusal:
            if refusal.code is Code.IMAGE_MISSING:
                return f" (nothing is there{refusal.fields['nearest']})"
        return ""

    def _locate(self, spelt: str) -> Path:
        """The ordinary file behind a path, all symbolic links followed."""
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", spelt):
            raise RefusalError(Code.IMAGE_OUTSIDE)
        if self.folder is None or self.root is None or not spelt or "\0" in spelt:
            raise RefusalError(Code.IMAGE_MISSING, nearest="")
        try:
            file, root = (self.folder / spelt).resolve(), self.root.resolve()
        except (OSError, RuntimeError):  # from Python 3.13 on `stat` is where a circle of links shows
            reason = "too many levels of symbolic links"
            raise RefusalError(Code.IMAGE_UNREADABLE, reason=reason) from None
        if not file.is_relative_to(root):
            raise RefusalError(Code.IMAGE_OUTSIDE)
        try:
            mode = file.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            raise RefusalError(Code.IMAGE_MISSING, nearest=_nearest(file, spelt)) from None
        except OSError as error:
            raise unreadable(error) from None
        # A named pipe would wait for a writer for ever.
        if not stat.S_ISREG(mode):
            reason = "it is a folder" if stat.S_ISDIR(mode) else "it is no ordinary file"
            raise RefusalError(Code.IMAGE_UNREADABLE, reason=reason)
        return file

    def _take(self, file: Path, written: str) -> tuple[Resource, tuple[str, ...]]:
        """A new resource, and what was left out of it."""
        try:
            with file.open("rb") as stream:
                image = examine(stream, file, self.limits)
        except OSError as error:
            raise unreadable(error) from None
        resource = Resource(
            path=written,
            name=self._name(file.stem, image.suffix),
            media_type=image.media_type,
            digest=image.digest,
            size=image.bytes,
            width=image.width,
            height=image.height,
            read=image.read,
            moves=image.moves,
        )
        return resource, image.left_out

    def _name(self, stem: str, suffix: str) -> str:
        """A name that every file system and every reader can take, and that no other image has."""
        plain = normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
        plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "image"
        name, number = f"images/{plain}.{suffix}", 1
        while name in self._names:
            number += 1
            name = f"images/{plain}-{number}.{suffix}"
        self._names.add(name)
        return name


def _nearest(file: Path, spelt: str) -> str:
    """The hint at a file that is named nearly so, whatever its case and suffix. It lies in the same
    folder, so inside the project."""
    try:
        named = {entry.stem.lower(): entry.name for entry in sorted(file.parent.iterdir())}
    except OSError:
        return ""
    close = get_close_matches(file.stem.lower(), named, n=1)
    return f", did you mean “{PurePosixPath(spelt).parent / named[close[0]]}”?" if close else ""


def _shown(spelt: str, limit: int = 80) -> str:
    """A path as complaints show it: neither a picture that is written into its address, nor a letter
    that would steer the terminal."""
    printable = "".join(each if each.isprintable() else "\ufffd" for each in spelt[:limit])
    return printable if len(spelt) <= limit else printable[:-1] + "…"
