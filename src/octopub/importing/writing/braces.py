"""Attributes as they are written in a manuscript: in braces, or in the tag of an element of HTML's.

Imports `importing.draft`. What can stand in braces is for `reading.braces` to read.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octopub.importing.draft import Attributes

_ANCHOR = re.compile(r"[\w:.-]+")
_CLASSES = re.compile(r"[\w:-]+(?: [\w:-]+)*")
_BARE = re.compile(r"[^\s\"'={}\\]+")


def fit(attributes: Attributes) -> bool:
    """Whether these can stand in braces behind words."""
    return all(_fits(name, value) for name, value in attributes)


def _fits(name: str, value: str) -> bool:
    form = {"id": _ANCHOR, "class": _CLASSES, "lang": _BARE, "dir": _BARE, "width": _BARE}.get(name)
    return form is not None and form.fullmatch(value) is not None


def braces(attributes: Attributes) -> str:
    """`{#anchor .class key=value}`; nothing without attributes."""
    return f"{{{' '.join(_written(name, value) for name, value in attributes)}}}" if attributes else ""


def _written(name: str, value: str) -> str:
    if name == "id" and _ANCHOR.fullmatch(value):
        return f"#{value}"
    if name == "class" and _CLASSES.fullmatch(value):
        return " ".join(f".{each}" for each in value.split())
    if _BARE.fullmatch(value):
        return f"{name}={value}"
    escaped = re.sub(r'([\\"{}])', r"\\\1", value)
    return f'{name}="{escaped}"'


def line(attributes: Attributes) -> str:
    """The line before a block."""
    return f"{braces(attributes)}\n" if attributes else ""


def tag(name: str, attributes: Attributes) -> str:
    """The opening tag of an element."""
    said = (f'{key}="{html.escape(value)}"' for key, value in attributes)
    return f"<{' '.join((name, *said))}>"
