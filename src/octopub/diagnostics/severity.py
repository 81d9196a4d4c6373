"""How bad a complaint is.

Imports nothing of octopub.
"""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops the build, a warning does not (unless `--strict`)."""

    ERROR = "error"
    WARNING = "warning"


def error(slug: str, wording: str, help: str) -> tuple[str, Severity, str, str]:
    """What stops the build."""
    return slug, Severity.ERROR, wording, help


def warning(slug: str, wording: str, help: str) -> tuple[str, Severity, str, str]:
    """What does not, but should be looked at."""
    return slug, Severity.WARNING, wording, help


def rule(slug: str, wording: str, help: str) -> tuple[str, Severity, str, str, bool]:
    """What a copy editor would mark: no build is stopped by it, and it can be turned off by its name."""
    return slug, Severity.WARNING, wording, help, True
