"""The composing room: jobs go in, formes come out, each set by somebody or taken from the store.

Imports `pdf.forme`, `pdf.equipment`, `pdf.crew` and `pdf.store`.
"""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from octopub.pdf.crew import Alone, Team
from octopub.pdf.forme import Forme, Picture, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from types import TracebackType

    from octopub.model import Resource
    from octopub.pdf.crew import Crew
    from octopub.pdf.equipment import Kit
    from octopub.pdf.forme import Equipment, Job
    from octopub.pdf.store import Store

HEAVY = 8_000
"""A part with so many letters, about four pages, is worth a process of its own (which takes as long to start)."""


def cores() -> int:
    """How many of the machine's cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Stage(NamedTuple):
    """What the making of a book is at."""

    phase: str
    part: str = ""
    """The chapter that was done last."""
    done: int = 0
    total: int = 0
    """How much of it there is, roughly in letters; 0 where nobody knows."""


def unheard(_: Stage) -> None:
    """Nobody asks."""


class Means(NamedTuple):
    """What a build may use besides its own process."""

    workers: int = 1
    """So many processes at the most."""
    store: Store | None = None
    hire: Callable[[Equipment], Crew] | None = None
    """A crew from elsewhere, in place of processes here."""
    tell: Callable[[Stage], None] = unheard
    """Hears what the work is at, as it goes on."""

    @property
    def is_cluster(self) -> bool:
        """Whether others set the type: then several books can be on the way at once."""
        return self.hire is not None


class Room:
    """Has jobs set with one equipment. A context manager: at its end the crew is gone."""

    def __init__(
        self, kit: Kit, resources: Mapping[str, Resource], means: Means, weights: Iterable[int] = ()
    ) -> None:
        """`resources` are the images, by what `src` says; `weights` the letters of each part. Where several parts
        are worth it, others set them, and the first of these gets ready now."""
        self.kit = kit
        self.tell = means.tell
        self._resources = resources
        self._means = means
        self._exit = ExitStack()
        self._crew: Crew | None = None
        if means.hire is None and means.workers > 1 and sum(weight >= HEAVY for weight in weights) > 1:
            self._crew = self._exit.enter_context(Team(lambda: kit.equipment, means.workers))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.__exit__(kind, error, trace)
        if self._means.store is not None:
            self._means.store.trim()

    def set(self, jobs: Iterable[Job]) -> Iterator[tuple[int, Forme]]:
        """The formes of jobs as they are done, each with the job's index. The heaviest should come first."""
        waiting: list[tuple[int, Job]] = []
        running: dict[Future[bytes], tuple[int, Job]] = {}
        for index, job in enumerate(jobs):
            if (kept := self._kept(job)) is not None:
                yield index, kept
                continue
            waiting.append((index, job))
            yield from self._hand_out(waiting, running, wait_for_room=False)
        while waiting or running:
            yield from self._hand_out(waiting, running, wait_for_room=True)

    def _hired(self) -> Crew:
        if self._crew is None:
            equipment, hire = self.kit.equipment, self._means.hire
            crew: Crew = hire(equipment) if hire else Alone(equipment)
            self._crew = self._exit.enter_context(crew)
        return self._crew

    def _hand_out(
        self,
        waiting: list[tuple[int, Job]],
        running: dict[Future[bytes], tuple[int, Job]],
        *,
        wait_for_room: bool,
    ) -> Iterator[tuple[int, Forme]]:
        """Hand out jobs while there is room for them, and take in what is done."""
        crew = self._hired()
        while waiting and len(running) < crew.room:
            index, job = waiting.pop(0)
            running[crew.submit(self._stocked(job))] = index, job
        done, _ = wait(running, None if wait_for_room else 0, FIRST_COMPLETED)
        for future in done:
            index, job = running.pop(future)
            yield index, self._taken(job, future.result())

    def _stocked(self, job: Job) -> Job:
        """The job with the content of its pictures, where it does not bring it."""
        pictures = {
            src: picture
            if picture.content
            else Picture(picture.media_type, picture.digest, self._resources[src].read())
            for src, picture in job.pictures.items()
        }
        return msgspec.structs.replace(job, pictures=pictures)

    def _kept(self, job: Job) -> Forme | None:
        if self._means.store is None or (data := self._means.store.get(job.key(self.kit.key))) is None:
            return None
        try:
            return unpacked(data)
        except msgspec.MsgspecError:
            return None

    def _taken(self, job: Job, data: bytes) -> Forme:
        if self._means.store is not None:
            self._means.store.put(job.key(self.kit.key), data)
        return unpacked(data)
