"""A manuscript that was checked, as the formats take it.

Imports `diagnostics` and `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.diagnostics import Severity

if TYPE_CHECKING:
    from octopub.diagnostics import Diagnostic
    from octopub.model import Source


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of one manuscript, in the order of its text."""

    path: str
    source: Source | None
    found: tuple[Diagnostic, ...]
    strict: bool = False

    def severity(self, found: Diagnostic) -> Severity:
        """How bad a finding is: under `--strict` a warning is an error."""
        return Severity.ERROR if self.strict else found.severity

    @property
    def is_at_fault(self) -> bool:
        """Whether one of the findings is an error."""
        return any(self.severity(each) is Severity.ERROR for each in self.found)
