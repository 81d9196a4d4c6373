"""A little of what `python -m tools.fuzz` does, always the same cases; and that it finds what it looks for."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tools.fuzz import looks, promises, trials
from tools.fuzz.corpus import examples
from tools.fuzz.frontmatters import headed
from tools.fuzz.manuscripts import manuscript
from tools.fuzz.promises import BrokenError, Means
from tools.fuzz.trials import Case, Failure, Plan, Tally, attempt, smaller
from tools.fuzz.workers import run

randoms = st.randoms(use_true_random=False)
as_they_come = settings(deadline=None, phases=[Phase.explicit, Phase.generate])
"""What fails is shown as it is: to make it smaller is the fuzzer's work, which has the time."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with trials.project() as made:
        yield made


@settings(as_they_come, max_examples=25)
@given(random=randoms)
def test_any_manuscript_is_built_or_refused(folder: Path, random: Random) -> None:
    promises.manuscript(manuscript(random), Means(folder))


@settings(as_they_come, max_examples=60)
@given(random=randoms)
def test_any_front_matter_is_taken_or_refused(folder: Path, random: Random) -> None:
    promises.manuscript(headed(random), Means(folder, thorough=False))


@pytest.mark.parametrize(("target", "count"), [("reading", 15), ("importing", 25), ("imposing", 30), ("drawings", 60), ("styles", 15)])
def test_any_mutant_is_taken_or_refused(folder: Path, target: str, count: int) -> None:
    plan, tally = Plan(target), Tally()
    for number in range(count):
        found = attempt(plan.case(number), folder)
        assert not isinstance(found, Failure), found.told
        tally.enter(plan.case(number), found)
    assert count / 10 < tally.made < count, "what is made up should be taken at times, and refused at others"


# -- the fuzzer ---------------------------------------------------------------------------------------


def test_a_case_is_always_the_same_and_each_another() -> None:
    for target in trials.TARGETS:
        cases = [Plan(target).case(number) for number in range(20)]
        assert cases == [Plan(target).case(number) for number in range(20)]
        assert len({case.data for case in cases}) > 15
        assert cases[1:] != [Plan(target, seed=1).case(number) for number in range(1, 20)]


def test_what_breaks_is_made_as_small_as_it_breaks(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def fragile(data: bytes, _: Means) -> bytes:
        if b"b" in data and b"d" in data:
            raise BrokenError("no b with a d: here")
        return data

    monkeypatch.setattr(promises, "manuscript", fragile)
    found = attempt(Case("md", b"abc" * 50 + b"def" * 50), folder)
    assert isinstance(found, Failure) and found.key == "no b with a d"
    assert smaller(found, folder).case.data == b"bd"
    assert attempt(Case("md", b"abc"), folder) == b"abc"


def test_what_never_ends_is_found(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def endless(_: bytes, __: Means) -> bytes:
        while True:
            pass

    monkeypatch.setattr(promises, "manuscript", endless)
    monkeypatch.setattr(trials, "CPU_SECONDS", 0.1)
    found = attempt(Case("md", b"a"), folder)
    assert isinstance(found, Failure) and found.key == "HangError"


class Deadly(Case):
    def promise(self, folder: Path) -> bytes:  # noqa: ARG002  # as each case has it
        os._exit(7)


@dataclass(frozen=True)
class Deadliest(Plan):
    def case(self, number: int) -> Case:
        case = super().case(number)
        return Deadly("pdf", b"deadly") if number == 3 else case


def test_a_process_that_dies_is_found_and_the_others_go_on() -> None:
    found: list[Failure] = []
    whole = Tally()
    for tally in run(Deadliest("imposing"), 2, 10, float("inf"), found.append):
        whole.add(tally)
    assert [(each.key, each.case.data) for each in found] == [("the process died", b"deadly")]
    assert whole.tried == 8, "3 died, and what its process had not told of before: 1"


HARMFUL = {
    "nothing in a drawing acts": ("svg", "<script/>"),
    "no handler is left": ("svg", '<rect onload="a()"/>'),
    "no address leads out of a drawing": ("svg", '<image href="http://a.example/b.png"/>'),
    "ids of a drawing are unique": ("svg", '<g id="a"/><g id="a"/>'),
    "nothing is brought in": ("css", "p { fill: url(http://a.example/b) }"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_was_not_made_harmless_is_found(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, text = HARMFUL[name]
    monkeypatch.setattr(looks, "sanitise", lambda data: (data, (1.0, 1.0), []))
    monkeypatch.setattr("octopub.markup.bounds.addresses", lambda _: ())
    data = f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>' if kind == "svg" else text
    found = attempt(Case(kind, data.encode()), folder)
    assert isinstance(found, Failure) and found.key == name


PROMISES = {
    "ids are unique": '<p id="a"/><p id="a"/>',
    "links lead somewhere": '<p><a href="#b">c</a></p>',
    "no link is in another": '<p><a href="https://a.example">b <em><a href="https://a.example">c</a></em></a></p>',
}


@pytest.mark.parametrize("name", PROMISES)
def test_what_is_no_book_is_found(name: str, folder: Path) -> None:
    made = promises.manuscript(b"# A heading\n\nA text.", Means(folder))
    promises.well_formed(made)
    with pytest.raises(BrokenError, match=name):
        promises.well_formed(_with(made, PROMISES[name]))


def _with(book: bytes, markup: str) -> bytes:
    """The book with this at the end of its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, data.replace(b"</body>", markup.encode() + b"</body>") if "text-1" in info.filename else data)
    return out.getvalue()


def test_a_specification_is_its_examples(tmp_path: Path) -> None:
    fence = "`" * 32
    (tmp_path / "spec.txt").write_text(f"Text.\n\n{fence} example\n→a\n.\n<p>a</p>\n{fence}\n\n{fence} example table\nb\n.\nc\n{fence}\n")
    assert examples(tmp_path / "spec.txt") == [b"\ta\n", b"b\n"]
    (tmp_path / "a.md").write_text("a")
    assert examples(tmp_path / "a.md") == [b"a"]
