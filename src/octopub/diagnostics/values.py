"""Diagnostics as values: a place, a complaint, and the exceptions of the public functions.

Imports `diagnostics.codes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.diagnostics.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.diagnostics.codes import Code


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the manuscript. Lines and columns count from 1, columns in characters;
    the end is the first position behind the stretch."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint: its code, its words, and where. `path` is as the user wrote it; `span` is
    None where the fault has no place in the text."""

    code: Code
    message: str
    span: Span | None = None
    path: str = "<text>"

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    def __str__(self) -> str:
        place = f":{self.span.line}:{self.span.column}" if self.span else ""
        return f"{self.path}{place}: {self.severity}: {self.message} [{self.code.slug}]"


def is_of_memory(error: BaseException | None) -> bool:
    """Whether an exception comes of too little memory. Some libraries lose it on the way: then Python knows only that
    something went wrong, and raises SystemError."""
    while error is not None:
        if isinstance(error, MemoryError | SystemError):
            return True
        error = error.__cause__ or error.__context__
    return False


def complain(code: Code, span: Span | None = None, path: str = "<text>", /, **fields: object) -> Diagnostic:
    """A diagnostic of this code, its wording and help filled with the fields."""
    message = f"{code.wording.format(**fields)}; {code.help.format(**fields)}"
    return Diagnostic(code, " ".join(message.split("\n")), span, path)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by their place in the text, those without a place first, each once."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.path, d.span or Span(0, 0, 0, 0), d.code.slug)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


class BuildError(Exception):
    """Raised by the public functions when nothing could be made; `diagnostics` says why, and `table`, where there
    is one, shows the same at a glance, line by line."""

    def __init__(self, diagnostics: Iterable[Diagnostic], table: Iterable[str] = ()) -> None:
        self.diagnostics = in_order(diagnostics)
        self.table = tuple(table)
        super().__init__("\n".join(map(str, self.diagnostics)))


class MachineError(Exception):
    """Something of the machine is missing or failed (a library, a disk): not the text's fault.

    The message is one line and says what to do.
    """
