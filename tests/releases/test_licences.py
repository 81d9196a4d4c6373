"""docs/licences.md lists all that octopub brings along, under licences that go together with its own."""

from __future__ import annotations

import re

from tests.releases.test_locked import entries
from tools.licences import PAGE, brought, page

GO_TOGETHER = {
    "Apache 2.0", "Apache License 2.0", "Apache-2.0", "Apache-2.0 OR BSD-2-Clause", "BSD", "BSD License", "BSD-2-Clause",
    "BSD-3-Clause", "BSD-3-Clause, Apache-2.0, dependency licenses", "GNU Affero General Public License", "MIT", "MIT License",
    "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0",
    "GNU General Public License v2 or later (GPLv2+)",
}  # fmt: skip
"""Licences, as packages say them, of what may be part of a whole under the AGPL, version 3 or later. Of several that a
package leaves to choose from, one is enough."""


def test_each_licence_goes_together_with_octopubs() -> None:
    alone = {each.name: each.licence for each in brought() if GO_TOGETHER.isdisjoint(each.licence.split("; "))}
    assert alone == {}


def test_the_page_lists_what_is_brought_along() -> None:
    """If not: `python -m tools.licences`. (A newer Python needs fewer packages.)"""
    shown = PAGE.read_text("utf-8")
    assert [line for line in page().splitlines() if line not in shown.splitlines()] == []
    listed = re.findall(r"^\| ([a-z][\w-]+) \|", shown, re.MULTILINE)
    assert {"package", *entries("suite")}.issuperset(listed)
