"""Standard input, output and error as they are on any machine: closed, full, in an old encoding, with nobody reading.

Imports the standard library.
"""

from __future__ import annotations

import codecs
import io
import os
import sys


def make_ready() -> None:
    """From now on all three are there, and take every letter. To write where standard output was closed is an OSError
    as it is for other programs; to read where standard input was, as well."""
    # In this order: each gets the number that it should have, since that is the lowest which is free.
    if sys.stdin is None:
        sys.stdin = _nowhere(os.O_WRONLY, "r")
    if sys.stdout is None:
        sys.stdout = _nowhere(os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _nowhere(os.O_WRONLY, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _take_all(stream)


def let_go() -> None:
    """Nothing more can be said: what is left of it goes nowhere, without a word."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _nowhere(flags: int, mode: str) -> io.TextIOWrapper:
    stream = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")
    assert isinstance(stream, io.TextIOWrapper)
    return stream


def _take_all(stream: io.TextIOWrapper) -> None:
    """Letters that an encoding does not have are told by their numbers. ASCII is what is left where nobody chose an
    encoding: UTF-8 is meant (PEP 540). In it, a file's name that is none comes out as it came in."""
    if codecs.lookup(stream.encoding).name in ("ascii", "utf-8"):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    else:
        stream.reconfigure(errors="backslashreplace")
