"""Diagnostics: every complaint has an address, and is a value.

Imports nothing of octopub. A part that finds a fault makes a `Diagnostic` and returns it in a list
beside its result; nothing here prints, and only the public functions raise (`BuildError`).

`codes` has every complaint with its severity, wording and help; `values` what is made of them.
"""

from octopub.diagnostics.codes import Code
from octopub.diagnostics.severity import Severity
from octopub.diagnostics.values import (
    BuildError,
    Diagnostic,
    MachineError,
    Span,
    complain,
    has_errors,
    in_order,
    is_of_memory,
)

__all__ = [
    "BuildError",
    "Code",
    "Diagnostic",
    "MachineError",
    "Severity",
    "Span",
    "complain",
    "has_errors",
    "in_order",
    "is_of_memory",
]
