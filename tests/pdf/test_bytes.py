"""The same manuscript gives the same bytes: in another folder, under another user, beside other fonts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from octopub.faces.catalogue import open_catalogue
from tests.pdf.press import FOLDER, opened, pdf, printed

TEXT = """---
title: "Bytes & Signs"
author: Ada Example
lang: en-GB
---

## One {#one}

Words with a call[^a], a *stressed* one, a `coded` one, [слово]{lang=ru}, [λόγος]{lang=el} and [מילה]{lang=he}.

![A cart](cart.svg "A cart.")

![A wall](ornament.png)

## Two

| A | B |
|---|--:|
| x | 1 |

## Three

[See page](#one){.page}. A fraction: ½.

[^a]: The note.
"""

NO_FONTS = '<?xml version="1.0"?><fontconfig></fontconfig>'

OTHER_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="prepend" binding="strong">
<string>{family}</string></edit></match>
<match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit></match>
</fontconfig>"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manuscript with its images, in a folder."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "text.md").write_text(TEXT, "utf-8")
    for name in ("cart.svg", "ornament.png"):
        shutil.copy(FOLDER / name, folder)
    return folder


def built(folder: Path, *options: str, umask: int = 0o022, **environment: str) -> bytes:
    """The PDF by the command line, in a process with this environment and no other."""
    command = [sys.executable, "-m", "octopub", "pdf", "text.md", "-o", "-", *options]
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        umask=umask,
        capture_output=True,
        check=False,
    )
    complaints = [line for line in done.stderr.decode().splitlines() if "warning:" not in line]
    assert (done.returncode, complaints) == (0, [])
    return done.stdout


@pytest.fixture(scope="module")
def expected(project: Path) -> bytes:
    return built(project)


def test_twice_in_a_process_and_in_another(project: Path, expected: bytes) -> None:
    assert pdf(project / "text.md") == expected
    assert printed.__wrapped__(project / "text.md").content == expected


def test_elsewhere_under_another_user(project: Path, expected: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "Ein anderer Ordner"
    shutil.copytree(project, folder)
    environment = {
        "TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "C", "LANGUAGE": "he", "HOME": str(tmp_path),
        "USER": "somebody", "PYTHONHASHSEED": "42", "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }  # fmt: skip
    assert built(folder, umask=0o077, **environment) == expected


@pytest.mark.parametrize("standard", ["ua-1+a-3u+x-4", "ua-2+a-4"])
def test_whatever_standards_are_kept(project: Path, tmp_path: Path, standard: str) -> None:
    """Identifiers, metadata and profiles are made from the book alone."""
    other = built(project, "--standard", standard, TZ="Pacific/Auckland", HOME=str(tmp_path), PYTHONHASHSEED="42")
    assert pdf(project / "text.md", standard=standard) == other


def test_without_any_font_on_the_machine(project: Path, expected: bytes, tmp_path: Path) -> None:
    rules = tmp_path / "fonts.conf"
    rules.write_text(NO_FONTS, "utf-8")
    assert built(project, FONTCONFIG_FILE=str(rules), FONTCONFIG_PATH=str(tmp_path)) == expected


def test_beside_other_fonts_and_rules(project: Path, expected: bytes, tmp_path: Path) -> None:
    """The machine has a font that it puts before all others, and a rule that makes everything bolder."""
    family = open_catalogue().family("Noto Serif")
    assert family is not None
    rules = tmp_path / "fonts.conf"
    folder = family.face().path.parent
    rules.write_text(OTHER_FONTS.format(folder=folder, cache=tmp_path, family=family.name), "utf-8")
    assert built(project, FONTCONFIG_FILE=str(rules)) == expected


def test_source_date_epoch_is_the_date_and_nothing_else(project: Path, expected: bytes) -> None:
    other = built(project, SOURCE_DATE_EPOCH="1000000000")
    with opened(expected) as before, opened(other) as after:
        assert str(before.docinfo.ModDate) == "D:20000101000000+00'00"
        assert str(after.docinfo.ModDate) == str(after.docinfo.CreationDate) == "D:20010909014640+00'00"
        contents = [
            [stream.read_bytes() for page in file.pages for stream in page.get("/Contents", ())]
            for file in (before, after)
        ]
        assert contents[0] == contents[1]
        assert before.trailer.ID[0] != after.trailer.ID[0], "the identifier is made from the content"
