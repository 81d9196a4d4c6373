"""docs/releasing.md names what there is."""

from __future__ import annotations

import re

import octopub
from tests.releases.test_locked import PROJECT
from tests.tools import ROOT

TEXT = (ROOT / "docs/releasing.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_the_version_is_one() -> None:
    assert PROJECT["project"]["version"] == octopub.__version__


def test_what_the_list_has_run_can_be_run() -> None:
    targets = set(re.findall(r"`make ([a-z-]+)", TEXT))
    assert targets >= {"lock", "test", "ends", "audit", "licences", "dist"}
    assert [each for each in targets if not re.search(rf"^{each}: .*##", MAKEFILE, re.MULTILINE)] == []
    modules = re.findall(r"`python -m (tools\.\w+)", TEXT)
    paths = [f"{each.replace('.', '/')}.py" for each in modules] + re.findall(r"`((?:tests|src|docs)/[\w./]+)`", TEXT)
    assert [each for each in paths if not (ROOT / each).exists()] == []


def test_each_extra_is_tried_at_both_ends() -> None:
    (extras,) = re.findall(r"^EXTRAS := (.+)$", MAKEFILE, re.MULTILINE)
    assert {*extras.split(), "test"} == PROJECT["project"]["optional-dependencies"].keys()


def test_each_python_that_is_promised_is_named() -> None:
    named = re.findall(r"Python :: (3\.\d+)$", "\n".join(PROJECT["project"]["classifiers"]), re.MULTILINE)
    (said,) = re.findall(r"^Python (3.*)\. The releases", TEXT, re.MULTILINE)
    assert re.findall(r"3\.\d+", said) == named
