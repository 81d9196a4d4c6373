"""Cases in processes of their own: one that dies or never answers is found, and the others go on."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from tools.fuzz.trials import MEMORY_LIMIT, Failure, Plan, Tally, attempt, project, smaller

SILENCE_SECONDS = 900
"""A worker that says nothing for so long, on however busy a machine, waits for something that never comes."""

OFTEN = 50
"""So many cases lie between two messages of how far a worker is."""


class Begun(NamedTuple):
    """The case of this number is tried now."""

    number: int


Message = Begun | Tally | Failure | None
"""What a worker says: None is the last."""


def run(plan: Plan, jobs: int, last: int, until: float, found: Callable[[Failure], None]) -> Iterator[Tally]:
    """Try the cases below `last`, or all until a moment; each tally is that of a stretch. `found` is told of the first
    failure of each key."""
    seen: set[str] = set()
    workers = [_Worker(plan, first, jobs, last, until) for first in range(jobs)]
    while workers:
        ready = wait([each.pipe for each in workers], timeout=5)
        for worker in list(workers):
            message = worker.heard() if worker.pipe in ready else worker.silence()
            if isinstance(message, Failure):
                if message.key not in seen:
                    seen.add(message.key)
                    found(message)
            elif isinstance(message, Tally):
                yield message
            elif message is None:
                workers.remove(worker)
                worker.end()
                if worker.left_off:
                    workers.append(_Worker(plan, worker.number + jobs, jobs, last, until))


class _Worker:
    """A process, and the number of the case that it is at."""

    def __init__(self, plan: Plan, first: int, step: int, last: int, until: float) -> None:
        self.plan = plan
        self.number = first
        self.left_off = False
        self.spoke = time.monotonic()
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=_work, args=(theirs, plan, range(first, last, step), until))
        self.process.start()
        theirs.close()

    def heard(self) -> Message:
        """What it says; of one that died, what it died of, and then nothing more."""
        if self.left_off:
            return None
        self.spoke = time.monotonic()
        try:
            message: Message = self.pipe.recv()
        except EOFError:
            return self._lost("the process died")
        if isinstance(message, Begun):
            self.number = message.number
        return message

    def silence(self) -> Message:
        """As `heard`, for one that says nothing."""
        if time.monotonic() - self.spoke < SILENCE_SECONDS:
            return Begun(self.number)
        self.process.kill()
        return self._lost("the process did not answer")

    def _lost(self, what: str) -> Failure:
        self.left_off = True
        return Failure(what, f"{what} at the case {self.number}\n", self.plan.case(self.number))

    def end(self) -> None:
        """Let it go."""
        self.pipe.close()
        self.process.join()


def _work(pipe: Connection, plan: Plan, numbers: range, until: float) -> None:
    """Try these cases; the pipe is told of each before it begins."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    tally, seen = Tally(), set[str]()
    with project() as folder:
        for number in numbers:
            if time.time() > until:
                break
            pipe.send(Begun(number))
            case = plan.case(number)
            found = attempt(case, folder)
            tally.enter(case, found)
            if isinstance(found, Failure) and found.key not in seen:
                seen.add(found.key)
                pipe.send(smaller(found, folder))
            if tally.tried >= OFTEN:
                pipe.send(tally)
                tally = Tally()
    pipe.send(tally)
    pipe.send(None)

