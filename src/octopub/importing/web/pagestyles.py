"""Emphasis that a page makes by classes: what its own stylesheet says of them, written into its elements.

Imports `trees.tree` and tinycss2. Only classes alone (`.c2 {font-weight: 700}`), as word processors on the web
export them; stylesheets beside a page are not read, those in an e-book are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2

from octopub.importing.trees.tree import Element, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = frozenset({"font-weight", "font-style", "font-variant", "text-decoration"})
LIMIT = 500_000
"""Characters of a page's stylesheets: what is larger is a site's, not an export's."""


def write_styles(root: Element) -> None:
    """Give the spans of a page the styles that its stylesheet has for their classes."""
    sheet = "\n".join(whole_text(each) for each in root.iter("style"))
    if len(sheet) > LIMIT or not any(name in sheet for name in _PROPERTIES):
        return
    styles = _styles(sheet)
    order = {name: at for at, name in enumerate(styles)}
    for span in root.iter("span", "font"):
        named = sorted(
            (each for each in (span.get("class") or "").split() if each in styles), key=order.__getitem__
        )
        own = {key: value for name in named for key, value in styles[name].items()}
        given = span.get("style") or ""
        more = [f"{key}:{value}" for key, value in own.items() if key not in given]
        if more:
            span.set("style", ";".join([given, *more]).strip(";"))


@lru_cache(maxsize=4)
def _styles(sheet: str) -> dict[str, dict[str, str]]:
    """What a stylesheet says of each class; e-books have the same one in every file."""
    return dict(_rules(sheet))


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The classes that have a rule of their own, with what it says of letters."""
    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declared = {
            each.lower_name: tinycss2.serialize(each.value).strip().lower()
            for each in tinycss2.parse_declaration_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if each.type == "declaration" and each.lower_name in _PROPERTIES
        }
        for selector in tinycss2.serialize(rule.prelude).split(","):
            name = selector.strip().removeprefix("span")
            if declared and name.startswith(".") and name[1:].replace("-", "").replace("_", "").isalnum():
                found.setdefault(name[1:], {}).update(declared)
    yield from found.items()
