"""A store of formes: what was laid out once need not be laid out again.

Imports nothing of octopub. A folder with a file for each forme, under the name of the job's key; the file says
what it holds by a digest, so that a damaged one is none. Files are written beside their place and moved there:
two builds at once, even of one book, do each other no harm. The oldest go when there are too many.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

LIMIT = 512 * 1024 * 1024
"""Bytes that a store may hold."""

_DIGEST = 32


class Store:
    """A store in a folder, which need not be there yet. Whatever goes wrong with it, nothing is lost but time."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit

    def get(self, key: str) -> bytes | None:
        """What is kept under this key; None where there is nothing, or nothing whole."""
        path = self.folder / key
        try:
            data = path.read_bytes()
            os.utime(path)  # it was of use: the oldest are those that were not
        except OSError:
            return None
        digest, content = data[:_DIGEST], data[_DIGEST:]
        return content if _digest(content) == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep this under this key, if that can be done."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                beside = Path(file.name)
                try:
                    file.write(_digest(content) + content)
                    file.close()
                    beside.replace(self.folder / key)
                except BaseException:
                    with suppress(OSError):
                        beside.unlink()
                    raise

    def trim(self) -> None:
        """Remove the oldest, until the rest is within the limit."""
        files = sorted(self._files(), key=lambda file: file[1].st_mtime_ns, reverse=True)
        held = 0
        for path, status in files:
            held += status.st_size
            if held > self.limit:
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> int:
        """Remove all; how many bytes that were."""
        freed = 0
        for path, status in self._files():
            with suppress(OSError):
                path.unlink()
                freed += status.st_size
        return freed

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return sum(status.st_size for _, status in self._files())

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False):
                        found.append((Path(entry.path), entry.stat(follow_symlinks=False)))
        return found


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
