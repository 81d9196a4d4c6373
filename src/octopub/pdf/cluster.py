"""A crew on other machines: a Dask cluster, where the same compositors set the same jobs.

Imports Dask (the extra `octopub[dask]`). The equipment is sent once to every worker; a job that a worker loses when
it dies is given to another by Dask's scheduler.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from octopub.diagnostics import MachineError
from octopub.pdf.crew import compositor_of
from octopub.pdf.forme import Equipment, Job, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

    from octopub.pdf.compositor import Compositor

PATIENCE = 10
"""Seconds to wait for a scheduler that does not answer."""


@contextmanager
def connected(address: str) -> Iterator[Callable[[Equipment], Cluster]]:
    """Those who set jobs on the cluster with this scheduler, to be hired for each book. Raises MachineError where
    there is none, or Dask is missing."""
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError:
        raise MachineError("--dask needs Dask: `pip install 'octopub[dask]'`") from None
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, ValueError, TimeoutError) as error:
        raise MachineError(f"there is no Dask scheduler at {address}: {error}") from None
    with client:
        yield lambda equipment: Cluster(equipment, client)


class Cluster:
    """The cluster's workers, with one equipment."""

    def __init__(self, equipment: Equipment, client: Any) -> None:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise MachineError("the Dask cluster has no workers: start one with `dask worker ADDRESS`")
        self.room = 2 * sum(worker["nthreads"] for worker in workers.values())
        # Under a name of its own: by that of its content it would go when another book that has the same is done.
        self._equipment = client.scatter(equipment, broadcast=True, hash=False)
        self._executor = client.get_executor(pure=False)

    def submit(self, job: Job) -> Future[bytes]:
        """Have some worker set the job."""
        future: Future[bytes] = self._executor.submit(compose, self._equipment, job)
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=False)  # which cancels what is under way


class _Bench:
    """The place in a worker's process where one sets at a time, and the compositor who did last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._compositor: Compositor | None = None

    def set(self, equipment: Equipment, job: Job) -> bytes:
        """The job's forme. (Of the compositors only the last is kept.)"""
        key = digest(equipment.css, equipment.code, *(face.content for face in equipment.faces))
        with self._lock:
            if key != self._key and self._compositor is not None:
                self._compositor.__exit__(None, None, None)
                self._compositor = None
            if self._compositor is None:
                self._key, self._compositor = key, compositor_of(equipment)
            return self._compositor.set(job)


_bench = _Bench()


def compose(equipment: Equipment, job: Job) -> bytes:
    """What a worker of the cluster does: the job's forme."""
    return _bench.set(equipment, job)
