"""What a checkout is worked on with is pinned and hashed, and is what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.tools import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
NEEDED = PROJECT["project"]["dependencies"]
WANTED = {
    "package": NEEDED,
    "suite": [*NEEDED, *PROJECT["project"]["optional-dependencies"]["test"]],
    "build": GROUPS["build"],
    "release": GROUPS["release"],
}
ENTRY = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?P<marker> ; .+?)?(?P<digests>( \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def entries(name: str) -> dict[str, re.Match[str]]:
    """The entries of a list, by name."""
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    listed = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    assert ENTRY.sub("", listed) == "", "nothing but pinned and hashed releases: no index, no link"
    return {each["name"]: each for each in ENTRY.finditer(listed)}


@pytest.mark.parametrize("name", WANTED)
def test_what_is_pinned_is_within_the_ranges(name: str) -> None:
    """If not: `make lock`."""
    pinned = entries(name)
    wanted = {canonicalize_name(each.name): each.specifier for each in map(Requirement, WANTED[name])}
    assert [each for each in wanted if each not in pinned] == []
    assert [each for each, span in wanted.items() if Version(pinned[each]["version"]) not in span] == []


def test_a_package_is_one_release_in_all_that_is_installed_together() -> None:
    package, suite, build = map(entries, ("package", "suite", "build"))
    assert package.keys() <= suite.keys()
    assert [name for name, entry in (package | build).items() if name in suite and entry[0] != suite[name][0]] == []
