"""Ace by DAISY: whether an EPUB can be read by those who listen or see little (https://daisy.github.io/ace/).

Imports `diagnostics`. Runs the program `ace` on the PATH.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

from octopub.desk.validators.finding import Finding, at_cfi, report_of
from octopub.diagnostics import Code, MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def command() -> list[str]:
    """How it is run. Raises MachineError where it is not installed."""
    if program := shutil.which("ace"):
        return [program]
    raise MachineError("Ace by DAISY is not installed: `npm install --global @daisy/ace`")


def findings(book: Path, folder: Path) -> list[Finding]:
    """What it says of a book; `folder` is for what it writes. Raises MachineError where it fails."""
    out = folder / "ace"
    asked = [*command(), "--silent", "--force", "--lang", "en", "--outdir", str(out), str(book)]
    told = report_of("Ace", asked, out / "report.json")
    return [found for tested in told["assertions"] for found in _findings(tested)]


def _findings(tested: dict[str, Any]) -> Iterator[Finding]:
    """What it says of one file, or of the package."""
    file = tested["earl:testSubject"].get("url", "")
    for each in tested["assertions"]:
        test, result = each["earl:test"], each["earl:result"]
        detail = result["dct:description"].split("\n")[0].rstrip(".")
        says = ": ".join(dict.fromkeys(filter(None, (_help(test), detail))))
        for cfi in result.get("earl:pointer", {}).get("cfi") or [""]:
            element = partial(at_cfi, cfi=cfi)
            yield Finding(Code.ACE, test["dct:title"], says, file, element=element, impact=test["earl:impact"])


def _help(test: dict[str, Any]) -> str:
    return str(test.get("help", {}).get("dct:description", "")).rstrip(".")
