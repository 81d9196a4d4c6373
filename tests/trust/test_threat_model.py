"""SECURITY.md promises only what a test holds."""

from __future__ import annotations

import ast
import re

from octopub.importing import bounds
from tests.tools import ROOT

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
PROMISES, _, _ = TEXT.partition("## What is not promised")


def test_each_test_that_is_named_is_there() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if name not in {each.name for each in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))) if isinstance(each, ast.FunctionDef)}
    ]
    assert missing == []


def test_each_promise_names_its_test() -> None:
    promises = re.findall(r"^- (.*?)(?=^- |^#|\Z)", PROMISES, re.MULTILINE | re.DOTALL)
    assert len(promises) > 15
    assert [promise for promise in promises if "::" not in promise] == []


def test_the_table_of_a_source_s_sizes_is_the_code_s() -> None:
    rows = re.findall(r"^ *\| .+ \| ([\d,]+) \| ([\d,]+) \|$", PROMISES, re.MULTILINE)
    told = [tuple(int(each.replace(",", "")) for each in row) for row in rows]
    usual, strict = ((*each[:-1], *each.becoming) for each in (bounds.USUAL, bounds.STRICT))
    assert told == list(zip(usual, strict, strict=True))
