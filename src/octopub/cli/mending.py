"""What `check --fix` and `check --diff` do with a manuscript's file.

Imports `desk.mending`, and of `cli` the files. A file is written whole or not at all, with its own ends of lines, and
only if it is still the one that was read.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import click

from octopub.cli.files import load
from octopub.cli.placing import Output, place, put
from octopub.cli.status import TEXT_AT_FAULT
from octopub.diagnostics import MachineError
from octopub.scratch import remove_left

if TYPE_CHECKING:
    from pathlib import Path

    from octopub.building import Loaded


def show(loaded: Loaded, path: Path | None) -> int:
    """Print what would be changed; gives the exit status: whether anything would be."""
    changed = _mended(loaded, str(path or "<stdin>"))
    if changed is None:
        return TEXT_AT_FAULT
    click.echo(changed[1], nl=False)
    return TEXT_AT_FAULT if changed[1] else 0


def write_mended(loaded: Loaded, path: Path) -> Loaded:
    """Mend the file, and read it again. What is changed is shown on standard error before."""
    remove_left(path.resolve().parent)
    changed = _mended(loaded, str(path))
    if changed is None or not changed[1]:
        return loaded
    text, difference = changed
    assert loaded.source is not None
    before = path.read_bytes()
    mark, end = _form(before)
    if _encoded(loaded.source.text, mark, end) != before:
        raise MachineError(f"{path} has lines that end in different ways, or was changed meanwhile; it stays as it is")

    def unchanged() -> None:
        if path.read_bytes() != before:
            raise MachineError(f"{path} was changed meanwhile; it stays as it is")

    click.echo(difference, nl=False, err=True)
    place([Output(path, put(_encoded(text, mark, end)))], remedy="it stays as it is", last=unchanged)
    return load(path, {})


def _mended(loaded: Loaded, name: str) -> tuple[str, str] | None:
    """The text as it should be, and how it differs; None, and a word about it, where there are errors."""
    from octopub.desk.mending.mend import difference, mend  # noqa: PLC0415  # few runs need it

    text = mend(loaded)
    if text is None or loaded.source is None:
        click.echo(f"{name} has errors: nothing is mended before them", err=True)
        return None
    return text, difference(loaded.source.text, text, name)


def _form(content: bytes) -> tuple[bytes, str]:
    """The mark at the beginning of a file, and what ends its lines."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark, "\r\n" if b"\r\n" in content else "\r" if b"\r" in content else "\n"


def _encoded(text: str, mark: bytes, end: str) -> bytes:
    return mark + text.replace("\n", end).encode()
