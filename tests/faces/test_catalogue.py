"""Families are found in packages and in the project's folder, and nowhere else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from octopub.diagnostics import Code
from octopub.faces import sfnt
from octopub.faces.catalogue import Catalogue, Family, open_catalogue
from octopub.faces.choice import choose
from octopub.faces.instance import static
from octopub.faces.scripts import package_of, script_of_language
from octopub.model import Fonts


def family(name: str) -> Family:
    found = open_catalogue().family(name)
    assert found is not None
    return found


def put(folder: Path, file: str, name: str, *, of: str = "Frank Ruhl Libre", bold: bool = False) -> Path:
    """A font file of a project's, with a name of its own."""
    tables = sfnt.tables(static(family(of).face(weight=700 if bold else 400)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_bytes(sfnt.font({**tables, "name": sfnt.names({1: name, 2: "Regular"})}))
    return path


@pytest.mark.parametrize(
    ("name", "faces"),
    [
        ("EB Garamond", "normal 400, italic 400, normal 700, italic 700"),  # two variable files
        ("eb-garamond", "normal 400, italic 400, normal 700, italic 700"),
        ("IBM Plex Mono", "normal 400, italic 400, normal 700, italic 700"),  # fourteen static ones
        ("Frank Ruhl Libre", "normal 400, normal 700"),  # Hebrew knows no italics
    ],
)
def test_a_package_gives_the_four_faces_it_has(name: str, faces: str) -> None:
    assert ", ".join(f"{face.style} {face.weight}" for face in family(name).faces) == faces


@pytest.mark.parametrize(
    ("asked", "got"), [(100, 400), (400, 400), (550, 550), (900, 800)], ids=str
)
def test_a_variable_face_is_set_at_the_weight_asked_for_as_far_as_it_goes(asked: int, got: int) -> None:
    assert family("EB Garamond").face("italic", asked).weight == got


@pytest.mark.parametrize("name", ["No Such Face", "", "../../etc", "DejaVu Serif", "os.path", "ﬀ"])
def test_what_is_neither_packaged_nor_the_projects_does_not_exist(name: str) -> None:
    assert open_catalogue().family(name) is None


def test_the_projects_faces_are_known_by_the_names_in_them(tmp_path: Path) -> None:
    put(tmp_path, "b.ttf", "Own Face", bold=True)
    put(tmp_path / "more", "a.TTF", "Own Face")
    found = open_catalogue(tmp_path).family("own face")
    assert found is not None
    assert [(face.style, face.weight, face.path.name) for face in found.faces] == [
        ("normal", 400, "a.TTF"), ("normal", 700, "b.ttf"),
    ]  # fmt: skip
    assert found.face().covers("א")
    assert not found.face().covers("語")


def test_the_projects_face_comes_before_a_package_of_that_name(tmp_path: Path) -> None:
    path = put(tmp_path, "mine.ttf", "EB Garamond")
    found = open_catalogue(tmp_path).family("EB Garamond")
    assert found is not None
    assert found.face().path == path


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    (tmp_path / "empty.otf").write_bytes(b"")
    (tmp_path / "readme.txt").write_text("nor is this", encoding="utf-8")
    catalogue = open_catalogue(tmp_path)
    assert [path.name for path in catalogue.unreadable] == ["broken.ttf", "empty.otf"]
    _, complaints = choose(Fonts(), "en", catalogue)
    assert [complaint.code for complaint in complaints] == [Code.FACE_UNREADABLE] * 2


@pytest.mark.parametrize("folder", [None, Path("/no/such/folder")])
def test_no_folder_is_an_empty_one(folder: Path | None) -> None:
    assert Catalogue(folder).own == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "EB Garamond"), ("ru", "EB Garamond"), ("el", "EB Garamond"), ("ja", "EB Garamond"),
        ("he", "Frank Ruhl Libre"), ("yi", "Frank Ruhl Libre"), ("en-Hebr", "Frank Ruhl Libre"),
        ("ar-EG", "Amiri"), ("fa", "Amiri"), ("ur", "Amiri"), ("he-Latn-IL", "EB Garamond"),
    ],
)  # fmt: skip
def test_the_text_face_follows_the_script(lang: str, text: str) -> None:
    faces, complaints = choose(Fonts(), lang, open_catalogue())
    assert (faces.text.name, faces.code.name, complaints) == (text, "IBM Plex Mono", ())


def test_the_order_of_the_families(tmp_path: Path) -> None:
    put(tmp_path, "own.ttf", "Own Face")
    fonts = Fonts(text="Noto Serif", fallback=("Frank Ruhl Libre", "Amiri"))
    faces, complaints = choose(fonts, "en", open_catalogue(tmp_path))
    names = [family.name for family in faces.for_text]
    assert names[:4] == ["Noto Serif", "Frank Ruhl Libre", "Amiri", "EB Garamond"]
    assert names[-2:] == ["Own Face", "IBM Plex Mono"]
    assert len(names) == len(set(names))
    assert [family.name for family in faces.for_code][:3] == ["IBM Plex Mono", "Noto Serif", "Frank Ruhl Libre"]
    assert complaints == ()


def test_a_name_that_nothing_has_is_an_error_with_the_package_to_try() -> None:
    faces, complaints = choose(Fonts(text="Nope Serif", fallback=("Not Either",)), "en", open_catalogue())
    assert [complaint.code for complaint in complaints] == [Code.FACE_UNKNOWN] * 2
    assert "`pip install fontpkg-nope-serif`" in complaints[0].message
    assert faces.text.name == "EB Garamond"


@pytest.mark.parametrize(
    ("char", "package"),
    [
        ("क", "fontpkg-noto-sans-devanagari"),
        ("ক", "fontpkg-hind-siliguri"),
        ("த", "fontpkg-noto-sans-tamil"),
        ("ก", "fontpkg-noto-sans-thai"),
        ("語", None),
        ("🐙", None),
    ],
)
def test_a_package_for_a_character_that_no_face_has(char: str, package: str | None) -> None:
    assert package_of(char) == package


def test_languages_without_a_row_have_no_script_of_their_own() -> None:
    assert script_of_language("de-AT") is None


def test_reading_the_catalogue_opens_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "uharfbuzz", None)
    choose(Fonts(text="Literata"), "he", open_catalogue())


def test_a_folder_that_vanishes_is_no_fault(tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path / "fonts")
    put(tmp_path / "fonts", "a.ttf", "Own Face")
    shutil.rmtree(tmp_path / "fonts")
    assert catalogue.own == ()
