"""Watching a manuscript's files: a save, or many at once, is told as one.

Imports `reading.project` and the workshop; watchfiles.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from watchfiles import Change, awatch

from octopub.reading import project as projects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.desk.browser.workshop import Workshop

QUIET_MS = 50
"""A change is told when so long no other came: an editor writes, removes and moves to save once."""

LONGEST_MS = 1000
"""But no later than this after the first."""


LOOK_SECONDS = 1.0
"""So often is looked whether there are other folders to watch."""

FIRST_LOOK_MS = 200
"""So long after the watching has begun its first report comes, even where nothing happened."""

Folders = frozenset[Path]


async def watch(workshop: Workshop) -> None:
    """Have the workshop work whenever one of its files changes, for ever."""
    is_anew = False
    while True:
        folders = _folders(workshop)
        stop = asyncio.Event()
        moving = asyncio.create_task(_until_moved(workshop, folders, stop))
        try:
            await _follow(workshop, folders, stop, is_anew=is_anew)
        finally:
            moving.cancel()
        is_anew = True


async def _follow(workshop: Workshop, folders: Folders, stop: asyncio.Event, *, is_anew: bool) -> None:
    """Tell of the changes in these folders, until others are to be watched. One that is removed is watched no more,
    even if another of its name is made in its place, so that all begins anew."""
    if not folders:
        await stop.wait()
        return
    changes = awatch(
        *folders, watch_filter=None, debounce=LONGEST_MS, step=QUIET_MS, stop_event=stop, recursive=False,
        rust_timeout=FIRST_LOOK_MS, yield_on_timeout=True,
    )  # fmt: skip
    try:
        async for found in changes:
            # At the first report they are watched; whatever happened in them before, nobody told.
            if is_anew or any(_is_read(workshop, name) for _, name in found):
                workshop.want()
            is_anew = False
            if any(change is Change.deleted and Path(name) in folders for change, name in found):
                return
    except FileNotFoundError:  # one is gone already: `_until_moved` sees to it
        await stop.wait()


async def _until_moved(workshop: Workshop, folders: Folders, stop: asyncio.Event) -> None:
    """Stop the watching when other folders are to be watched."""
    with workshop.watching() as news:
        while _folders(workshop) == folders:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), LOOK_SECONDS)
            news.clear()
    stop.set()


def _folders(workshop: Workshop) -> Folders:
    """Those with what the book is made of, as far as they are there; not those below them, which may be a whole
    home."""
    if workshop.order is None:
        return frozenset()
    project = projects.around(workshop.order.manuscript.absolute())
    assert project.folder and project.root
    wanted = {project.folder, project.folder / "images", project.root / projects.STYLES, project.root / projects.FONTS}
    wanted |= {project.folder / name for name in _image_folders(workshop)}
    found = set()
    for folder in wanted:
        with suppress(OSError):  # it need not be there
            if S_ISDIR(folder.stat().st_mode):
                found.add(folder.resolve())
    return frozenset(found)


def _image_folders(workshop: Workshop) -> Iterable[str]:
    loaded = workshop.last.loaded
    if loaded is None or loaded.book is None:
        return ()
    return {resource.path.rpartition("/")[0] for resource in loaded.book.resources}


READ = (".css", ".ttf", ".otf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff")
"""What the files are called that a book is made of, besides its manuscript."""


def _is_read(workshop: Workshop, path: str) -> bool:
    name = path.replace("\\", "/").rpartition("/")[2]
    if workshop.order is not None and name == workshop.order.manuscript.name:
        return True
    return not name.startswith(".") and name.lower().endswith(READ)
