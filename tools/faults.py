"""`python -m tools.faults [--every N] [NAME…]`: what is left where octopub is killed, interrupted, or refused something
by the system, at each system call from the first that writes to the end, or at one of N.

Each command is run once without a fault, and then once for each call and each fault, in folders that hold an old state.
Afterwards each output must be the old one or the new one, whole; where octopub was not killed, all of them must be the
same of both, with nothing beside them, and no traceback; and the next run must bring the new state, and no more. Says
how many faults of each kind were injected, and exits with 1 if one of them left anything else.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from octopub import cli
from octopub.cli import interrupt
from octopub.cli.placing import Output, place, put
from octopub.diagnostics import MachineError
from tools import tracing
from tools.tracing import ERRORS, KILL, SIGNALS, Fault, Traced

Files = dict[str, tuple[bytes, int]]
"""What a folder holds: each file's content, and what it may be opened for."""

ESSAY = "---\ntitle: A\nlang: en\nauthor: B\noctopub:\n  impose: booklet\n---\n\nText.[^9]\n\n[^9]: A note.\n"
PAGE = '<title>A</title><h1>A</h1><p>Words. <img src="a.svg" alt="a"> <img src="b.svg" alt="b"></p>'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}v9z"/></svg>'


class Scenario(NamedTuple):
    """Something that writes: its files, what is run, and which of the files it may change."""

    files: dict[str, str]
    work: Callable[[], int]
    outputs: tuple[str, ...]


def _command(*arguments: str) -> int:
    """Run octopub in this process; its exit status."""
    sys.argv = ["octopub", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    raise AssertionError("a command exits")


def _saved(name: str, content: str) -> int:
    """What the desk does with a text."""
    interrupt.heed()
    try:
        place([Output(Path(name), put(content.encode()), make_folder=True)])
    except (MachineError, KeyboardInterrupt) as error:
        return 3 if isinstance(error, MachineError) else 130
    return 0


NEW_FILES = ("README.md", ".gitignore", "manuscript/essay.md")
SCENARIOS = {
    "epub": Scenario({"a.md": ESSAY, "a.epub": "old"}, partial(_command, "epub", "a.md", "-o", "a.epub"), ("a.epub",)),
    "epub, the first": Scenario({"a.md": ESSAY}, partial(_command, "epub", "a.md"), ("build/a.epub",)),
    "pdf and report": Scenario(
        {"a.md": ESSAY, "build/a-booklet.pdf": "old", "a.json": "old"},
        partial(_command, "pdf", "a.md", "--workers", "1", "--report", "a.json"),
        ("build/a-booklet.pdf", "a.json"),
    ),
    "build": Scenario(
        {"a.md": ESSAY, "build/a.epub": "old", "build/a.pdf": "old", "build/a-booklet.pdf": "old"},
        partial(_command, "build", "a.md", "--workers", "1"),
        ("build/a.epub", "build/a.pdf", "build/a-booklet.pdf"),
    ),
    "check --fix": Scenario({"a.md": ESSAY}, partial(_command, "check", "--fix", "a.md"), ("a.md",)),
    "import": Scenario(
        {"a.html": PAGE, "a.svg": PICTURE.format(1), "b.svg": PICTURE.format(2), "manuscript/a.md": "old"},
        partial(_command, "import", "a.html", "--force"),
        ("manuscript/images/a/a.svg", "manuscript/images/a/b.svg", "manuscript/a.md"),
    ),
    "new": Scenario({}, partial(_command, "new", "essay"), tuple(f"essay/{name}" for name in NEW_FILES)),
    "desk": Scenario({"texts/a.md": "old"}, partial(_saved, "texts/a.md", "new"), ("texts/a.md",)),
}


class Sweep:
    """All faults in one scenario, in a folder of its own."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="octopub-faults-")))
        self._said = self.folder.with_suffix(".said")
        os.chdir(self.folder)
        self.injected: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._old = self._reset()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            scenario.work()  # in this process, so that all is imported and laid out
        self._new = self._held()
        self._reset()
        self._calls = self._run().calls
        if self._held() != self._new:
            self.wrong.append("the second run made something else")

    def each(self, faults: Sequence[Fault], step: int = 1) -> None:
        """Each fault at each of the calls, or at one of so many."""
        for fault in faults:
            for at in range(1, len(self._calls) + 1, step):
                if fault.signal or self._calls[at - 1]:
                    self._strike(fault, at)

    def close(self) -> None:
        """Leave no folder."""
        os.chdir(self.folder.parent)
        shutil.rmtree(self.folder)
        self._said.unlink()

    def _strike(self, fault: Fault, at: int) -> None:
        self._reset()
        done = self._run(fault, at)
        if not done.is_struck:
            return
        call = done.calls[at - 1]
        self.injected[fault.name] += 1
        for wrong in (*self._left(fault, done), *self._next()):
            self.wrong.append(f"{fault.name} at {call or 'a'} call {at} of {len(self._calls)}: {wrong}")

    def _left(self, fault: Fault, done: Traced) -> Iterator[str]:
        """What is wrong behind a fault."""
        held = self._held()
        outputs = {name: held.get(name) for name in self._new | self._old}
        for name, content in outputs.items():
            if content not in (self._old.get(name), self._new.get(name)):
                yield f"{name} is neither old nor new"
        if fault is KILL:
            return
        said = self._said.read_text("utf-8", "replace")
        if "Traceback" in said or done.status not in ((0, 130, -fault.signal) if fault.signal else (0, 3)):
            yield f"status {done.status}, {said}"
        if outputs not in [{name: state.get(name) for name in outputs} for state in (self._old, self._new)]:
            yield "some are old, some are new"
        if done.status and (beside := held.keys() - outputs.keys()):
            yield f"there is {beside}"

    def _next(self) -> Iterator[str]:
        """What is wrong with the next run."""
        status = tracing.do(self._work)
        if status == 2 and self._new.items() <= self._held().items():
            return  # all was there, and is not written over
        if status:
            yield f"the next run ends with {status}"
        elif self._held() != self._new:
            yield f"the next run leaves {self._held().keys() ^ self._new.keys() or 'other content'}"

    def _run(self, fault: Fault | None = None, at: int = 0) -> Traced:
        return tracing.trace(self._work, self.folder, fault, at)

    def _work(self) -> int:
        """The work, with what it says in a file."""
        said = os.open(self._said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(said, stream)
        return self.scenario.work()

    def _reset(self) -> Files:
        """The folder as it was before; what it holds."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, content in self.scenario.files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            path.chmod(0o640)
        return self._held()

    def _held(self) -> Files:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
            for path in files
        }


def sweep(name: str, faults: Sequence[Fault], step: int = 1) -> Sweep:
    """These faults in a scenario, at each call or at one of so many."""
    swept = Sweep(SCENARIOS[name])
    try:
        swept.each(faults, step)
    finally:
        swept.close()
    return swept


def main(arguments: Sequence[str]) -> int:
    """All faults in those scenarios that are named, or in all; 1 if something was left that should not be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    faults = (KILL, *SIGNALS, *(ERRORS if tracing.CAN_FAIL else ()))
    status = 0
    for name in asked.names or SCENARIOS:
        swept = sweep(name, faults, asked.every)
        counts = ", ".join(f"{count} {kind}" for kind, count in swept.injected.items())
        sys.stdout.write(f"{name:16} {swept.injected.total():5} faults: {counts}\n")
        for wrong in swept.wrong:
            sys.stdout.write(f"{'':16} {wrong}\n")
        sys.stdout.flush()
        status |= bool(swept.wrong)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
