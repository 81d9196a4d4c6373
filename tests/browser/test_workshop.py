"""The workshop: many saves are one build, and pages that stayed as they were are not drawn again."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from octopub.building import load, pdf
from octopub.desk.browser import watching, workshop
from octopub.desk.browser.attempt import Attempt, Order, attempt
from octopub.desk.browser.pictures import digests
from octopub.desk.browser.places import Places
from octopub.desk.browser.workshop import Workshop
from octopub.diagnostics import MachineError
from octopub.pdf.room import Means
from tests.browser.served import TEXT, served, until, written


def test_what_is_wanted_while_one_is_at_work_becomes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started, go_on, done = threading.Semaphore(0), threading.Semaphore(0), []

    def slowly(order: Order, _: Means) -> Attempt:
        started.release()
        go_on.acquire()
        done.append(order)
        return Attempt(problem="none was made")

    async def scene() -> None:
        shop = Workshop(Order(tmp_path / "a.md", {}), Means())
        work = asyncio.create_task(shop.work())
        shop.want()
        await asyncio.to_thread(started.acquire)
        for _ in range(100):
            shop.want()
        go_on.release(2)
        while shop.working or len(done) < 2:
            await asyncio.sleep(0)
        work.cancel()

    monkeypatch.setattr(workshop, "attempt", slowly)
    asyncio.run(scene())
    assert len(done) == 2


def test_a_hundred_saves_are_one_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, made = written(tmp_path), []

    def counted(order: Order, means: Means) -> Attempt:
        made.append(order)
        return attempt(order, means)

    monkeypatch.setattr(workshop, "attempt", counted)
    monkeypatch.setattr(watching, "QUIET_MS", 500)  # whatever else this machine does meanwhile
    with served(path) as client:
        until(client, lambda state: state["documents"])
        for number in range(100):
            path.write_text(TEXT.replace("Tide tables", f"Tide table {number}"), "utf-8")
        until(client, lambda state: state["title"] == "Tide table 99")
    assert len(made) == 2


def test_a_defect_is_said_and_the_pages_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    with served(path) as client:
        good = until(client, lambda state: state["documents"])

        def failing(*_: object) -> Attempt:
            raise ZeroDivisionError("by nought")

        monkeypatch.setattr(workshop, "attempt", failing)
        path.write_text(TEXT + "\nMore.\n", "utf-8")
        bad = until(client, lambda state: state["problem"])
        assert "by nought" in bad["problem"]
        assert bad["pages"] == good["pages"]


@pytest.mark.parametrize(
    ("error", "says"), [(MachineError("map.png has gone"), "map.png has gone"), (KeyError("x"), "octopub failed")]
)
def test_an_e_book_that_cannot_be_made_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    path = written(tmp_path)
    with served(path) as client:
        good = until(client, lambda state: state["documents"])

        def failing(_: object) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(workshop, "bound", failing)
            path.write_text(TEXT + "\nMore.\n", "utf-8")
            bad = until(client, lambda state: state["problem"])
            assert says in bad["problem"]
            assert bad["documents"] == good["documents"]
        path.write_text(TEXT, "utf-8")
        until(client, lambda state: not state["problem"] and state["pages"] == good["pages"])


CHAPTERS = "---\ntitle: Tides\noctopub: {title-page: false, contents: false, colophon: false}\n---\n\n" + "".join(
    f"# Chapter {number}\n\nThe water of chapter {number} comes and goes.\n\n" for number in "123"
)

EDITS = {
    "nothing": (CHAPTERS, None, set()),
    "a word of the first chapter": (CHAPTERS.replace("water of chapter 1", "wafer of chapter 1"), 0, {0}),
    "a sentence behind the last": (CHAPTERS + "Then it rests.\n", 4, {4}),
}


@pytest.mark.parametrize(("text", "page", "others"), list(EDITS.values()), ids=EDITS)
def test_only_what_changed_is_another_page(text: str, page: int | None, others: set[int]) -> None:
    loaded = load(text)
    before, after = pdf(load(CHAPTERS)), pdf(loaded)
    assert before.content and after.content and after.record and loaded.book
    pairs = zip(digests(before.content), digests(after.content), strict=True)
    assert {leaf for leaf, (old, new) in enumerate(pairs) if old != new} == others
    spot = Places(after.record, loaded.book).changed_from(CHAPTERS)
    assert (spot and spot.page) == page


WORDS = {
    "a heading's level": ("# Chapter 2", "## Chapter 2", "Chapter 2"),
    "a new heading": ("The water of chapter 2", "## Two\n\nThe water of chapter 2", "Two"),
    "a quotation": ("The water of chapter 3", "> The water of chapter 3", "The water of chapter 3 comes and goes."),
    "the end of a sentence": ("chapter 1 comes and goes.", "chapter 1 comes!", "The water of chapter 1 comes!"),
    "words between signs": ("chapter 1 comes", "chapter 1 *comes*", "The water of chapter 1 comes and goes."),
}


@pytest.mark.parametrize(("old", "new", "words"), list(WORDS.values()), ids=WORDS)
def test_the_words_that_were_changed(old: str, new: str, words: str) -> None:
    loaded = load(CHAPTERS.replace(old, new))
    after = pdf(loaded)
    assert after.record
    assert loaded.book
    spot = Places(after.record, loaded.book).changed_from(CHAPTERS)
    assert spot
    assert spot.text == words


def test_the_copy_editors_marks_are_shown_too(tmp_path: Path) -> None:
    """With those of an error, which is told before."""
    doubled = TEXT.replace("says little", "says says little")
    path = written(tmp_path, doubled)
    with served(path) as client:
        state = until(client, lambda state: state["documents"])
        assert [(each["code"], each["line"]) for each in state["diagnostics"]] == [("doubled-word", 8)]
        path.write_text(doubled.replace("[^1]: ", "[^2]: "), "utf-8")
        state = until(client, lambda state: state["problem"])
        assert {each["code"] for each in state["diagnostics"]} == {"doubled-word", "note-uncalled", "note-undefined"}
        path.write_text(TEXT, "utf-8")
        assert until(client, lambda state: not state["problem"])["diagnostics"] == []
