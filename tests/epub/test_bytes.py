"""The same manuscript gives the same bytes, wherever, whenever and by whomever it is made."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from octopub import MachineError, build_epub, building
from octopub.cli.placing import Output, place
from octopub.epub import make, write
from octopub.faces.catalogue import open_catalogue
from octopub.model import Resource
from tests.epub.opened import BOOKS, MANUSCRIPTS, Opened, book

each_book = pytest.mark.parametrize(("name", "largest"), BOOKS)


def made(folder: Path, name: str, **environment: str) -> bytes:
    """The EPUB that the command makes in this folder and environment, in a process of its own."""
    home = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "octopub", "epub", f"{name}.md", "-o", "-"]
    return subprocess.run(command, cwd=folder, env=home | environment, capture_output=True, check=True).stdout


@pytest.mark.parametrize("name", ["book", "carried"])
def test_in_another_folder_and_environment(name: str, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(MANUSCRIPTS, tmp_path / "another place")
    for path in elsewhere.rglob("*"):
        os.utime(path, (0, 0))
    other = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "USER": "somebody",
        "LOGNAME": "somebody",
        "PYTHONHASHSEED": "4711",
    }
    here = made(MANUSCRIPTS, name, PYTHONHASHSEED="0")
    assert here == made(elsewhere, name, **other)
    assert here == book(name).data, "nor does it matter whether it is the command or the library"


def test_the_date_of_the_environment_is_the_one_that_is_given(tmp_path: Path) -> None:
    shutil.copy(MANUSCRIPTS / "essay.md", tmp_path)
    stamped = made(tmp_path, "essay", SOURCE_DATE_EPOCH="86400")
    assert stamped == build_epub(tmp_path / "essay.md", source_date_epoch=86_400)
    assert Opened(stamped).values("meta[@property='dcterms:modified']") == ["1970-01-02T00:00:00Z"]


@each_book
def test_entries_bear_no_trace_of_time_and_machine(name: str, largest: int | None) -> None:
    for entry in book(name, largest).entries:
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr, entry.extra, entry.comment) == (
            3,
            0o644 << 16,
            b"",
            b"",
        )


@each_book
def test_the_type_stands_first_and_as_it_is(name: str, largest: int | None) -> None:
    """OCF 3.3 §4.2.6.2: so a program finds it at byte 30."""
    epub = book(name, largest)
    assert epub.entries[0].filename == "mimetype"
    assert epub.data[30:58] == b"mimetypeapplication/epub+zip"


@each_book
def test_what_is_compressed_is_not_compressed_again(name: str, largest: int | None) -> None:
    for entry in book(name, largest).entries:
        stored = entry.filename == "mimetype" or entry.filename.endswith(".png")
        assert entry.compress_type == (zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


@each_book
def test_an_entry_stands_once(name: str, largest: int | None) -> None:
    names = [entry.filename for entry in book(name, largest).entries]
    assert len(names) == len(set(names))


class Watched:
    """Images that tell when they are read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, image: Resource) -> Resource:
        def read() -> bytes:
            self.read.append(image.name)
            return image.read()

        return replace(image, read=read)


def test_an_image_is_read_once_and_only_when_it_is_written() -> None:
    loaded = building.load(MANUSCRIPTS / "pictured.md")
    assert loaded.book is not None
    watched = Watched()
    watching = replace(loaded.book, resources=tuple(map(watched, loaded.book.resources)), cover=None)
    package, _ = make(watching, open_catalogue(loaded.project.fonts), {})
    assert watched.read == []
    write(package, out := io.BytesIO())
    assert len(watched.read) > 1
    listed = [item.name for item in package.items]
    assert watched.read == sorted({image.name for image in watching.resources}, key=listed.index)
    assert set(watched.read) <= Opened(out.getvalue()).files.keys()


def test_the_old_file_stays_where_an_image_goes_meanwhile(tmp_path: Path) -> None:
    shutil.copytree(MANUSCRIPTS / "images", tmp_path / "images")
    loaded = building.load(Path(shutil.copy(MANUSCRIPTS / "pictured.md", tmp_path)))
    outcome, target = building.epub(loaded), tmp_path / "old.epub"
    assert outcome.write is not None
    target.write_text("old")
    before = set(tmp_path.iterdir())
    (tmp_path / "images/dot.png").unlink()
    with pytest.raises(MachineError, match=r"dot\.png cannot be read any more"):
        place([Output(target, outcome.write)])
    assert target.read_text() == "old"
    assert set(tmp_path.iterdir()) == before
