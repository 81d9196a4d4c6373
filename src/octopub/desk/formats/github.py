"""Findings as GitHub's annotations: lines that a workflow prints, and that GitHub shows beside the changed text.

Imports `desk.formats.checked`. The form is that of GitHub's workflow commands (“Setting a warning message”), the
escapes those of the toolkit's `command.ts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.desk.formats.checked import Checked
    from octopub.diagnostics import Diagnostic

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_MESSAGE | {":": "%3A", ",": "%2C"}


def as_github(manuscripts: Iterable[Checked]) -> str:
    """A line for each finding."""
    return "".join(f"{_annotation(each, found)}\n" for each in manuscripts for found in each.found)


def _annotation(checked: Checked, found: Diagnostic) -> str:
    properties: dict[str, object] = {"file": found.path}
    if span := found.span:
        properties |= {"line": span.line, "endLine": span.end_line}
        if span.end_line == span.line:  # GitHub takes columns within one line only; the last is the last letter's
            properties |= {"col": span.column, "endColumn": max(span.end_column - 1, span.column)}
    properties["title"] = found.code.slug
    said = ",".join(f"{name}={_escaped(str(value), _IN_PROPERTY)}" for name, value in properties.items())
    return f"::{checked.severity(found)} {said}::{_escaped(found.message, _IN_MESSAGE)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in text)
