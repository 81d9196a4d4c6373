"""Doctor: what octopub finds on this machine, and what it lacks.

Imports `faces`, `desk.validators`, and of `pdf` what needs no Pango. It mends nothing; the command that does stands
beside what is missing (`diagnostics.remedies`).
"""

from __future__ import annotations

import platform
import re
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.validators import Validator
from octopub.diagnostics import MachineError, remedies
from octopub.faces.catalogue import open_catalogue, package, packaged
from octopub.faces.choice import BROAD, CODE, TEXT
from octopub.faces.scripts import SCRIPTS
from octopub.pdf.crew import compositor_of
from octopub.pdf.equipment import versions
from octopub.pdf.forme import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from octopub.pdf.store import Store

MEGABYTE = 1_000_000

USES = {
    "dask": "chapters laid out on other machines",
    "desk": "pages and e-book in the browser while one writes",
    "lsp": "the editor's language server",
    "report": "page reports with pictures",
}
"""What the extras are for."""


class Finding(NamedTuple):
    """Something that was looked at."""

    subject: str
    says: str
    is_well: bool = True
    is_needed: bool = True
    """Whether octopub does less than it promises without it."""
    remedy: tuple[str, ...] = ()
    """The commands that mend it, one a line."""


def examine(store: Store | None, fonts: Path) -> Iterator[Finding]:
    """All that is looked at, one after the other. `fonts` is the folder of a project's own faces."""
    about = (metadata.version("octopub"), f"Python {platform.python_version()}", platform.platform())
    yield Finding("octopub", ", ".join(about))
    yield pages()
    yield faces(fonts)
    yield from map(extra, extras(metadata.requires("octopub") or ()).items())
    yield from map(validator, Validator)
    yield Finding("cache", f"{store.folder}: {store.size / MEGABYTE:.1f} MB" if store else "none without a home")


def pages() -> Finding:
    """Whether pages can be laid out."""
    try:
        compositor_of(Equipment((), "", "")).__exit__(None, None, None)
    except MachineError:
        return Finding("pages", "Pango is not installed: no PDF can be made", False, remedy=remedies.pango_here())
    from weasyprint.text import ffi  # noqa: PLC0415  # it starts where Pango is

    if ffi.harfbuzz_subset is None:
        says = "HarfBuzz's subsetter is missing: a PDF has other bytes than elsewhere"
        return Finding("pages", says, False, remedy=remedies.pango_here())
    return Finding("pages", versions().split(", ", 1)[1].replace("_version_string", ""))


def faces(fonts: Path) -> Finding:
    """The faces that there are; those must be that every book may need, and what lies in the project's folder has to
    be one."""
    catalogue = open_catalogue(fonts)
    missing = [name for name in (TEXT, CODE, BROAD) if packaged(name) is None]
    if missing:
        command = remedies.packages(map(package, missing))
        return Finding("faces", f"{', '.join(missing)}: not installed", False, remedy=(command,))
    if catalogue.unreadable:
        broken = ", ".join(str(path) for path in catalogue.unreadable)
        return Finding("faces", f"{broken}: no font", False, remedy=("put the file there anew, or remove it",))
    scripts = [f"{row.family} ({row.code})" for row in SCRIPTS if packaged(row.family)]
    own = [f"{family.name} ({fonts}/)" for family in catalogue.own]
    return Finding("faces", ", ".join((TEXT, CODE, BROAD, *scripts, *own)))


def extras(requirements: Iterable[str]) -> Mapping[str, list[str]]:
    """The packages of each extra, by its name, of a distribution with these requirements (PEP 508)."""
    found: dict[str, list[str]] = {}
    for requirement in requirements:
        if part := re.match(r"([\w.-]+).*;.*\bextra\s*==\s*['\"]([\w-]+)['\"]", requirement):
            found.setdefault(part[2], []).append(part[1])
    for told_elsewhere in ("test", *(each.value for each in Validator)):
        found.pop(told_elsewhere, None)
    return dict(sorted(found.items()))


def extra(named: tuple[str, list[str]]) -> Finding:
    """Whether the packages of an extra are there."""
    name, wanted = named
    use = f" ({USES[name]})" if name in USES else ""
    try:
        there = ", ".join(f"{each} {metadata.version(each)}" for each in wanted)
    except metadata.PackageNotFoundError:
        command = remedies.packages(wanted)
        return Finding(name, f"not installed{use}", False, is_needed=False, remedy=(command,))
    return Finding(name, there + use)


def validator(named: Validator) -> Finding:
    """Whether a program that looks at finished EPUBs can be run; if not, what is said of it tells what to do."""
    try:
        named.ready()
    except MachineError as error:
        return Finding(named.value, str(error), False, is_needed=False)
    return Finding(named.value, f"there (`octopub epub --{named.value}`)")
