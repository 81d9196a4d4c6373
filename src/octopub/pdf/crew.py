"""The crew: who sets the jobs. One compositor in this process; several in processes of their own; a cluster's.

Imports `pdf.forme`; the compositor, and with it WeasyPrint, only where and when one sets. Whoever sets a job, the
forme is the same to the byte.

The processes are octopub's own, not `multiprocessing`'s: those would run the caller's main module again (spawn), or
copy a process that may have threads (fork). Each has one thread here that hands it a job and waits for its forme;
it ends when its input does, so that none outlives this process, however that ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from shutil import rmtree
from typing import IO, TYPE_CHECKING, NoReturn, Protocol, Self

import msgspec

from octopub.diagnostics import MachineError, is_of_memory, remedies
from octopub.pdf.forme import Equipment, Job
from octopub.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from octopub.pdf.compositor import Compositor

SET, FAILED, BROKEN = b"s", b"f", b"b"
"""What an answer begins with: a forme; the machine lacks something; a defect, with its traceback."""

_START = "import sys; sys.path[:] = {path!r}; from octopub.pdf.crew import serve; serve({folder!r})"


class Crew(Protocol):
    """Sets jobs. A context manager: at its end nobody is left, and nothing runs on."""

    room: int
    """How many jobs to hand it before waiting for the first."""

    def submit(self, job: Job) -> Future[bytes]:
        """Have a job set: its forme, packed, in the future. What it raises there: MachineError, where something
        of the machine is missing or failed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Alone:
    """One compositor in this process, who sets each job at once."""

    room = 1

    def __init__(self, equipment: Equipment) -> None:
        self._equipment = equipment
        self._compositor: Compositor | None = None

    def submit(self, job: Job) -> Future[bytes]:
        """Set the job, and then return."""
        done: Future[bytes] = Future()
        if self._compositor is None:
            self._compositor = compositor_of(self._equipment)
        done.set_result(self._compositor.set(job))
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._compositor is not None:
            self._compositor.__exit__(kind, error, trace)


class Team:
    """Several compositors, each in a process of its own."""

    def __init__(self, gather: Callable[[], Equipment], size: int) -> None:
        """The first process starts at once, to be ready when the first job comes; the others when there is work for
        them, up to `size`. `gather` gathers the equipment, if there is a job at all."""
        self.room = 2 * size  # none has to wait for its next job
        self._gather = gather
        self._equipment = b""
        self._size = size
        # Workers are killed: what they leave is ours to remove.
        self._scratch = Scratch()
        self._workers = [_Worker(self._scratch.path)]
        self._idle = list(self._workers)
        self._unfinished = 0
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(size, "octopub-crew")

    def submit(self, job: Job) -> Future[bytes]:
        """Have the next that is idle set the job. To be called by one thread."""
        if not self._equipment:
            self._equipment = msgspec.msgpack.encode(self._gather())
        with self._lock:
            self._unfinished += 1
            if self._unfinished > len(self._workers) < self._size:
                self._workers.append(_Worker(self._scratch.path))
                self._idle.append(self._workers[-1])
        return self._threads.submit(self._set, job)

    def _set(self, job: Job) -> bytes:
        with self._lock:
            worker = self._idle.pop()  # there are never more threads at work than workers
        try:
            return worker.set(job, self._equipment)
        finally:
            with self._lock:
                self._unfinished -= 1
                self._idle.append(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._threads.shutdown(cancel_futures=True)

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._scratch.close()


class _Worker:
    """A process that sets jobs, seen from here."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where it may put its files."""
        self._is_new = True
        # In a group of its own: an interrupt from the keyboard is for us, and we end it.
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-c", _START.format(path=sys.path, folder=str(folder))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0 if os.name == "posix" else None,
        )  # fmt: skip

    def set(self, job: Job, equipment: bytes) -> bytes:
        """The forme of a job. Raises MachineError where the process dies over it."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            if self._is_new:
                _send(self._process.stdin, equipment)
                self._is_new = False
            _send(self._process.stdin, msgspec.msgpack.encode(job))
            answer = _received(self._process.stdout)
        except OSError:
            answer = None
        if answer is None:
            how = _ending(self._process.wait())
            raise MachineError(
                f"a worker {how} while it laid out “{job.name}”: "
                "try again with fewer at once (--workers 1), which needs less memory"
            )
        kind, content = answer[:1], answer[1:]
        if kind == FAILED:
            raise MachineError(content.decode())
        if kind == BROKEN:
            raise RuntimeError(f"a worker failed over “{job.name}”:\n{content.decode()}")
        return content

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be sent
                stream.close()  # type: ignore[union-attr]  # both are pipes


def _ending(status: int) -> str:
    """How a process ended: by a signal (Python counts those below 0), or of its own."""
    return f"was killed (signal {-status})" if status < 0 else f"ended (status {status})"


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the stream ends instead."""
    head = stream.read(8)
    data = stream.read(int.from_bytes(head, "big")) if len(head) == 8 else b""
    return data if data and len(data) == int.from_bytes(head, "big") else None


def compositor_of(equipment: Equipment) -> Compositor:
    """A compositor in this process. Raises MachineError where Pango is missing."""
    try:
        from octopub.pdf.compositor import Compositor  # noqa: PLC0415  # needs Pango, and half a second
    except OSError as error:
        raise MachineError(
            f"the PDF needs Pango, which is not installed ({str(error).splitlines()[0]}): "
            + " && ".join(remedies.pango_here())
        ) from None
    return Compositor(equipment)


def serve(folder: str) -> NoReturn:
    """What a worker's process does: set one job after the other until nobody is left to do it for. Its files are in the
    folder."""
    import gc  # noqa: PLC0415  # for this process alone
    import tempfile  # noqa: PLC0415  # as above

    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what libraries print is no answer
    gc.set_threshold(100_000, 20, 20)  # layout makes boxes by the hundred thousand that live to its end
    tempfile.tempdir = folder
    with suppress(OSError):  # where Pango is missing, the first job says so
        import octopub.pdf.compositor  # noqa: F401, PLC0415  # it takes as long as the first job needs to come
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(messages, folder), daemon=True).start()
    equipment = messages.get()
    compositor: Compositor | None = None
    while True:
        data = messages.get()
        try:
            compositor = compositor or compositor_of(msgspec.msgpack.decode(equipment, type=Equipment))
            answer = SET + compositor.set(msgspec.msgpack.decode(data, type=Job))
        except Exception as error:  # noqa: BLE001  # it is raised where the job came from
            answer = _failure(error)
        with suppress(OSError):  # nobody waits for it any more
            _send(out, answer)


def _failure(error: Exception) -> bytes:
    """The answer where a job failed. Called where the exception is handled."""
    import traceback  # noqa: PLC0415  # few workers need it

    if is_of_memory(error):
        return FAILED + b"there is not enough memory for this text"
    if isinstance(error, OSError):
        return FAILED + remedies.refused(error).encode()
    if isinstance(error, MachineError):
        return FAILED + str(error).encode()
    return BROKEN + traceback.format_exc().encode()


def _listen(messages: SimpleQueue[bytes], folder: str) -> None:
    """Take in what comes. When no more can come there is nobody to work for: the process ends, whatever it is at, and
    its files with it."""
    while (message := _received(sys.stdin.buffer)) is not None:
        messages.put(message)
    rmtree(folder, ignore_errors=True)
    os._exit(0)
