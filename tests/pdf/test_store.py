"""The store: what changed is set again and nothing else; and whatever goes wrong with it costs time alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

import octopub
from octopub import building
from octopub.faces.catalogue import open_catalogue
from octopub.pdf import equipment
from octopub.pdf.crew import Alone
from octopub.pdf.equipment import Kit
from octopub.pdf.forme import Equipment, Job, Picture
from octopub.pdf.make import typeset
from octopub.pdf.room import Means
from octopub.pdf.store import Store


class Counting(Alone):
    """Sets the jobs, and knows which they were."""

    def __init__(self, gathered: Equipment, names: list[str]) -> None:
        super().__init__(gathered)
        self._names = names

    def submit(self, job: Job) -> Future[bytes]:
        self._names.append(job.name)
        return super().submit(job)


def book(first: str = "One.", title: str = "Store") -> str:
    chapters = (f"# Part {number} {{#p{number}}}\n\nWords [here](#p{4 - number}){{.page}}.\n" for number in (2, 3))
    return f"---\ntitle: {title}\nauthor: Nobody\nlang: en\n---\n\n# Part 1 {{#p1}}\n\n{first}\n\n" + "\n".join(chapters)


def set_again(text: str, store: Store) -> list[str]:
    """The parts that are set, in the order of their names. What comes of it is what comes without a store."""
    names: list[str] = []
    loaded = building.load(text)
    assert loaded.book
    means = Means(1, store, lambda gathered: Counting(gathered, names))
    assert typeset(loaded.book, open_catalogue(), {}, means) == typeset(loaded.book, open_catalogue(), {})
    return sorted(names)


ALL = ["front", "furniture", "p1", "p2", "p3"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that holds the book."""
    made = Store(tmp_path / "formes")
    assert set_again(book(), made) == ALL
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (book(), []),
        (book("Another one."), ["p1"]),
        (book("One.\n\n{.newpage}\nTwo.\n\n{.newpage}\nThree."), ["front", "p1"]),
        (book(title="Another title"), ["front", "furniture"]),
    ],
    ids=["nothing", "a-chapter", "one-figure-more", "the-title"],
)
def test_only_what_changed_is_set_again(store: Store, text: str, expected: list[str]) -> None:
    assert set_again(text, store) == expected


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_cut, _flip, _empty, _folder])
def test_what_is_damaged_is_set_again(store: Store, damage: Callable[[Path], None]) -> None:
    for path in store.folder.iterdir():
        damage(path)
    assert set_again(book(), store) == ALL


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    blocked = Store(tmp_path / "file" / "formes")
    assert set_again(book(), blocked) == set_again(book(), blocked) == ALL


def test_the_oldest_go_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=2 * (32 + 10))
    for age, key in enumerate("abc"):
        store.put(key, b"0123456789")
        os.utime(tmp_path / key, ns=(age, age))
    assert store.get("a")  # of use just now
    store.trim()
    assert {path.name for path in tmp_path.iterdir()} == {"a", "c"}
    assert store.clear() == 2 * 42
    assert list(tmp_path.iterdir()) == []


JOB = Job("name", b"<html/>", "css", ("abc",), {"a.png": Picture("image/png", "00")})


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "other"}, {"markup": b"<html lang='de'/>"}, {"css": "other"}, {"letters": ("ab", "c")},
        {"pictures": {"a.png": Picture("image/png", "01")}}, {"pictures": {"b.png": Picture("image/png", "00")}},
    ],
)  # fmt: skip
def test_the_key_has_all_of_a_job(changed: dict[str, object]) -> None:
    assert msgspec.structs.replace(JOB, **changed).key("e") != JOB.key("e")
    assert JOB.key("f") != JOB.key("e")


def test_the_equipments_key_has_faces_styles_and_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    family = open_catalogue().family("EB Garamond")
    assert family
    face = family.face()
    keys = [Kit([face], "c", "css").key, Kit([face], "c", "other").key, Kit([face], "d", "css").key]
    keys += [Kit([], "c", "css").key, Kit([replace(face, weight=face.weight + 100)], "c", "css").key]
    monkeypatch.setattr(equipment, "versions", lambda: "others")
    keys.append(Kit([face], "c", "css").key)
    assert len(set(keys)) == len(keys)


def test_the_public_function_takes_workers_and_a_folder(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = octopub.build_pdf(book(), workers=1)
    assert octopub.build_pdf(book(), workers=2, cache=kept) == first
    assert len(list(kept.iterdir())) > len(ALL), "the parts, and the faces"
    assert octopub.build_pdf(book(), workers=1, cache=kept) == first
