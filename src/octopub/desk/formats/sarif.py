"""Findings in SARIF 2.1.0 (OASIS Standard), which code hosts and editors read.

Imports `desk.formats.checked` and `desk.explaining`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from octopub.desk.explaining import page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.desk.formats.checked import Checked
    from octopub.diagnostics import Code, Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(manuscripts: Iterable[Checked], version: str) -> str:
    """One log with one run; `version` is octopub's."""
    manuscripts = list(manuscripts)
    codes = sorted({found.code for each in manuscripts for found in each.found}, key=lambda code: code.slug)
    driver = {"name": "octopub", "version": version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, found, codes) for each in manuscripts for found in each.found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: Code) -> dict[str, Any]:
    """What there is to know of a code (§3.49)."""
    about = page(code)
    return {
        "id": code.slug,
        "shortDescription": {"text": about.what},
        "fullDescription": {"text": about.why or about.what},
        "help": {"text": about.mend, "markdown": about.markdown},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(checked: Checked, found: Diagnostic, codes: list[Code]) -> dict[str, Any]:
    """A finding (§3.27)."""
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(found.path)}}
    if span := found.span:
        location["region"] = {
            "startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column,
        }  # fmt: skip
    return {
        "ruleId": found.code.slug,
        "ruleIndex": codes.index(found.code),
        "level": str(checked.severity(found)),
        "message": {"text": found.message},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    """A path as a reference (§3.4.3): absolute ones with their scheme."""
    name = Path(path)
    return name.as_uri() if name.is_absolute() else quote(name.as_posix())
