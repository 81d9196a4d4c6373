"""`python -m tools.licences`: docs/licences.md, made anew from what the packages say of themselves.

Reads the packages that are installed here; the wheel itself holds nothing that is not octopub's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from octopub.faces.catalogue import packaged

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/licences.md"
FACE = "fontpkg-"

HEAD = """\
# Licences

`python -m tools.licences` writes this page from what the packages say of themselves; `tests/releases/test_licences.py`
holds it to that, and to licences under which all of it may be passed on together with octopub.

octopub itself is AGPL-3.0-or-later ([LICENSE](../LICENSE)): its code, stylesheets, and the pages that the browser
shows. What `octopub new` writes into a project, and `docs/template/`, anybody may use for anything, without a condition
(CC0-1.0): it becomes the author's own. The wheel and the source distribution hold nothing else.
"""

LIBRARIES = """\
## Libraries of the system

They are used where they are installed; none of them ships with octopub: Pango (LGPL-2.0-or-later), HarfBuzz (MIT),
FreeType (FTL or GPL-2.0-or-later), fontconfig (HPND), GLib (LGPL-2.1-or-later).

## What gets into a book

The faces, cut down to the letters that are used: the Open Font License lets documents have any licence. The colour
profile sRGB2014, whose copyright is the International Color Consortium's, and which comes with WeasyPrint. The profile
for black ink, which octopub computes. Nothing else that is not the author's.
"""


class Brought(NamedTuple):
    """A package that octopub brings along."""

    name: str
    licence: str
    extra: str
    """The extra that needs it; empty where octopub does without any."""


def brought() -> list[Brought]:
    """All of them, with those of the extras that are not for tests, as far as they are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras: Mapping[str, list[str]] = project["optional-dependencies"]
    found: dict[str, Brought] = {}
    for extra, wanted in {"": project["dependencies"], **extras}.items():
        if extra != "test":
            for each in _closure(map(Requirement, wanted)):
                name = canonicalize_name(each.name)
                found.setdefault(name, Brought(name, _licence(each), extra))
    return sorted(found.values())


def _closure(wanted: Iterable[Requirement]) -> Iterator[Distribution]:
    """What is installed of these and of whatever they need."""
    waiting, seen = list(wanted), set()
    while waiting:
        one = waiting.pop()
        key = canonicalize_name(one.name), frozenset(one.extras)
        if key in seen:
            continue
        seen.add(key)
        found = distribution(one.name)
        yield found
        needs = map(Requirement, found.requires or ())
        waiting += [each for each in needs if _is_needed(each, one.extras)]


def _is_needed(wanted: Requirement, extras: Iterable[str]) -> bool:
    marker = wanted.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _licence(package: Distribution) -> str:
    """What the package says: an expression (PEP 639), a word of its own, or its classifiers."""
    said = package.metadata
    for named in filter(None, map(said.get_all, ("License-Expression", "License"))):
        if len(named[0].splitlines()) == 1:
            return str(named[0])
    classifiers = said.get_all("Classifier") or []
    return "; ".join(each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::"))


def rights(package: str) -> str:
    """The copyright that the faces of a package bear (OpenType, `name` 0)."""
    family = packaged(package.removeprefix(FACE))
    assert family is not None
    return " ".join(family.sources[0].file.table.get_name(0).split())


def page() -> str:
    """The whole page."""
    packages = brought()
    faces = [each for each in packages if each.name.startswith(FACE)]
    rows = [f"| {each.name} | {each.licence} | {each.extra} |" for each in packages if each not in faces]
    shown = [f"| {each.name} | {each.licence} | {rights(each.name)} |" for each in faces]
    parts = [
        HEAD, "## Packages\n", "| package | its licence, as it says | for the extra |", "|---|---|---|", *rows,
        "\n## Faces\n", "| package | its licence, as it says | its face says |", "|---|---|---|", *shown, "", LIBRARIES,
    ]  # fmt: skip
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
