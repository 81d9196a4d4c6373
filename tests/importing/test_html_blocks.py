"""Blocks and lines of web pages: what each becomes in the manuscript, proved as every import is."""

from __future__ import annotations

from pathlib import Path

import pytest

from octopub.importing.web.html import read
from octopub.importing.writing import writer
from tests.importing.rich import complaints

BLOCKS = {
    "definitions": (
        "<dl><dt>Oolong</dt><dd>Half black.</dd><dd>From Fujian.</dd><div><dt>Sencha</dt><dd>Green.</dd></div></dl>",
        "Oolong\n: Half black.\n: From Fujian.\n\nSencha\n: Green.",
    ),
    "two terms with one definition": (
        "<dl><dt>Black</dt><dt>Red</dt><dd>The same leaf.</dd></dl>",
        "Black<br>Red\n: The same leaf.",
    ),
    "definitions of several blocks": (
        "<dl><dt>1. Tea</dt><dd><p>A leaf.</p><ul><li>green</li><li>black</li></ul></dd></dl>",
        "1\\. Tea\n: A leaf.\n\n  - green\n  - black",
    ),
    "terms and definitions alone": (
        "<dl><dd>Without a term.</dd><dt>Tea</dt><dd>A leaf.</dd><dt>Undefined</dt></dl>",
        "Without a term.\n\nTea\n: A leaf.\n\nUndefined",
    ),
    "two lists of definitions": (
        "<dl><dt>A</dt><dd>a</dd></dl><dl><dt>B</dt><dd>b</dd></dl>",
        "A\n: a\n\n<!-- -->\n\nB\n: b",
    ),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks(case: str, tmp_path: Path) -> None:
    body, markdown = BLOCKS[case]
    made = read(f"<!DOCTYPE html><body><p>Before.</p>{body}<p>Behind.</p>".encode(), name="page.html")
    assert writer.write(made) == f"Before.\n\n{markdown}\n\nBehind.\n"
    assert complaints(made, tmp_path) == []
