"""Findings for programs: a JSON document whose form has a version (`docs/formats.md`).

Imports `desk.formats.checked`. What is there in a version stays there; a later one may have more keys.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.desk.formats.checked import Checked
    from octopub.diagnostics import Diagnostic

FORMAT, VERSION = "octopub-findings", 1


def as_json(manuscripts: Iterable[Checked]) -> str:
    """One document for all manuscripts."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "manuscripts": [
            {"path": each.path, "findings": [_finding(each, found) for found in each.found]} for each in manuscripts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(checked: Checked, found: Diagnostic) -> dict[str, Any]:
    """One finding. Lines and columns count from 1, columns in characters; the end is the first position behind."""
    span = found.span
    return {
        "code": found.code.slug,
        "severity": str(checked.severity(found)),
        "message": found.message,
        "path": found.path,
        "start": {"line": span.line, "column": span.column} if span else None,
        "end": {"line": span.end_line, "column": span.end_column} if span else None,
    }
