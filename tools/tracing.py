"""A piece of work in a process of its own, stopped at each system call from the first that writes into a folder: there
it can be killed, sent a signal, or told that the call failed.

Imports the standard library. Linux alone (`ptrace`); calls are made to fail on x86-64 alone.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

TRACEME, POKEUSER, CONT, SYSCALL, SETOPTIONS, SYSCALL_INFO = 0, 6, 7, 24, 0x4200, 0x420E
GOOD, EXIT_KILL = 1, 1 << 20
"""Stops at system calls are told from others; the traced process ends with us (ptrace(2))."""

RAX, ORIG_RAX = 80, 120
"""Where a call's number and its answer are, in `struct user` of x86-64."""

WRITING = {"os.mkdir", "os.rename", "os.remove", "os.chmod", "os.rmdir"}
"""What Python tells its auditors (PEP 578) when it writes, besides opening a file for it."""

CALLS = {
    0: "read", 1: "write", 3: "close", 4: "stat", 5: "fstat", 18: "pwrite64", 21: "access", 73: "flock",
    74: "fsync", 77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 87: "unlink", 90: "chmod",
    92: "chown", 217: "getdents64", 257: "openat", 262: "newfstatat", 263: "unlinkat", 268: "fchmodat",
}  # fmt: skip
"""What a file system can refuse, by its number on x86-64."""

BROKEN = 99
"""The exit status where an exception came out of the work."""

CAN_FAIL = sys.platform == "linux" and platform.machine() == "x86_64"

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class Fault(NamedTuple):
    """What happens at a call."""

    name: str
    signal: int = 0
    error: int = 0


KILL = Fault("killed", signal.SIGKILL)
SIGNALS = (Fault("Ctrl-C", signal.SIGINT), Fault("SIGTERM", signal.SIGTERM))
ERRORS = tuple(Fault(errno.errorcode[each], error=each) for each in (errno.ENOSPC, errno.EIO, errno.EACCES))


class Traced(NamedTuple):
    """How a process ended, and what it asked of the system meanwhile."""

    status: int
    """Its exit status; below 0, the signal that ended it."""
    calls: list[str]
    """From the first that wrote, the faulty one last if there is one; empty names are those of other calls."""
    is_struck: bool


def do(work: Callable[[], int]) -> int:
    """Do the work in a fork; how that ends."""
    child = os.fork()
    if not child:
        os._exit(_done(work))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def trace(work: Callable[[], int], folder: Path, fault: Fault | None = None, at: int = 0) -> Traced:
    """Do the work in a fork, with the fault at this call (the first is 1). Raises OSError where nothing may be
    traced."""
    child = os.fork()
    if not child:
        os._exit(_child(work, folder))
    _, how = os.waitpid(child, 0)
    if not os.WIFSTOPPED(how):
        return Traced(os.waitstatus_to_exitcode(how), [], False)
    _ptrace(SETOPTIONS, child, 0, GOOD | EXIT_KILL)
    return _follow(child, fault, at)


def _child(work: Callable[[], int], folder: Path) -> int:
    here = Path.cwd()
    begun: list[bool] = []

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if begun or not (event in WRITING or (event == "open" and _writes(arguments[2]))):
            return
        path = arguments[0]
        if isinstance(path, str | bytes | os.PathLike) and (here / os.fsdecode(path)).is_relative_to(folder):
            begun.append(True)
            _ptrace(TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.addaudithook(hear)
    return _done(work)


def _done(work: Callable[[], int]) -> int:
    try:
        return work()
    except BaseException:  # noqa: BLE001  # whatever it is, this process ends here
        traceback.print_exc()
        return BROKEN


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _follow(child: int, fault: Fault | None, at: int) -> Traced:
    """From call to call, to the end."""
    calls: list[str] = []
    sent, answer, is_struck = 0, 0, False
    while True:
        _ptrace(CONT if is_struck and not answer else SYSCALL, child, 0, sent)
        _, how = os.waitpid(child, 0)
        sent = 0
        if not os.WIFSTOPPED(how):
            return Traced(os.waitstatus_to_exitcode(how), calls, is_struck)
        if os.WSTOPSIG(how) != signal.SIGTRAP | 0x80:
            sent = os.WSTOPSIG(how)
            continue
        number = _entered(child)
        if number is None:
            if answer:
                _ptrace(POKEUSER, child, RAX, answer)
                answer = 0
            continue
        calls.append(CALLS.get(number, ""))
        if fault is None or len(calls) != at or not (fault.signal or calls[-1]):
            continue
        is_struck = True
        if fault is KILL:
            os.kill(child, signal.SIGKILL)
            return Traced(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), calls, is_struck)
        if fault.signal:
            os.kill(child, fault.signal)
        else:
            _ptrace(POKEUSER, child, ORIG_RAX, -1)
            answer = -fault.error


def _entered(child: int) -> int | None:
    """The number of the call that the process is about to make; None where it comes back from one."""
    info = ctypes.create_string_buffer(88)  # struct ptrace_syscall_info
    _ptrace(SYSCALL_INFO, child, len(info), ctypes.addressof(info))
    return int.from_bytes(info.raw[24:32], sys.byteorder) if info.raw[0] == 1 else None


def _ptrace(request: int, process: int, address: int = 0, data: int = 0) -> None:
    if _libc.ptrace(request, process, address, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
