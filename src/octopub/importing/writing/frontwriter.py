"""Metadata becomes front matter: YAML that octopub's reader, and others, read as these texts.

Imports nothing of octopub. A key with dots stands in groups: `octopub.notes.pdf` is `pdf` under `notes` under
`octopub`; and `contributor.2.role` is `role` in the second of a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = ("title", "subtitle", "author", "date", "lang")
"""The order of the commonest keys; others follow as they come."""

_PLAIN_VALUE = re.compile(r"[^\W_](?:[\w ,./()'’–-]*[\w.)])?")
_YAML_WORDS = frozenset("true false yes no on off null ~ y n".split())
_FLAGS = frozenset({"true", "false"})
_SPACES = re.compile(r"[ \t\r\f\v]+")


def front_matter(metadata: Mapping[str, str | list[str]]) -> str:
    """The front matter with its lines `---`; nothing where there is no metadata."""
    keys = sorted(metadata, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    lines = _group({key: metadata[key] for key in keys}, "")
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def _group(values: Mapping[str, str | list[str]], indent: str) -> list[str]:
    """The lines of a group of keys: its own, then those of the groups in it."""
    lines: list[str] = []
    for key in (key for key in values if "." not in key):
        lines += _entry(key, values[key], indent)
    for name in dict.fromkeys(key.split(".")[0] for key in values if "." in key):
        inside = {key.partition(".")[2]: values[key] for key in values if key.startswith(f"{name}.")}
        lines.append(f"{indent}{name}:")
        lines += _items(inside, indent) if next(iter(inside))[0].isdigit() else _group(inside, f"{indent}  ")
    return lines


def _items(values: Mapping[str, str | list[str]], indent: str) -> list[str]:
    """The lines of a list of groups, whose keys begin with their numbers."""
    lines: list[str] = []
    for number in dict.fromkeys(key.split(".")[0] for key in values):
        item = {key.partition(".")[2]: said for key, said in values.items() if key.startswith(f"{number}.")}
        first, *others = _group(item, f"{indent}    ")
        lines += [f"{indent}  - {first.lstrip()}", *others]
    return lines


def _entry(key: str, value: str | list[str], indent: str) -> list[str]:
    if isinstance(value, str):
        # What says yes or no stands under `octopub` only; elsewhere `no` is a word (a language, for one).
        return [f"{indent}{key}: {value if indent and value in _FLAGS else _scalar(value)}"]
    if len(value) == 1:
        return [f"{indent}{key}: {_scalar(value[0])}"]
    return [f"{indent}{key}:", *(f"{indent}  - {_scalar(each)}" for each in value)]


def _scalar(value: str) -> str:
    """A text that YAML reads as that text: bare where nothing in it means anything."""
    value = _SPACES.sub(" ", value).strip(" \n")
    if _PLAIN_VALUE.fullmatch(value) and value.lower() not in _YAML_WORDS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
