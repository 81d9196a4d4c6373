"""Real reading systems in Chromium: what they show is what the manuscript says, and their links lead where its
notes, headings and pages are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.readers import screens
from tests.readers.books import one_note_a_page, trial
from tests.readers.checks import CHECKS, pop_up_faults
from tests.readers.mutants import FOUND, with_faults
from tests.readers.screens import opened
from tests.tools import epubcheck, needs_tool

SYSTEMS = ("foliate", "epubjs", "readium")
BOOKS = ("trial", "essay")

in_each = pytest.mark.parametrize("system", SYSTEMS)


@pytest.fixture(scope="module")  # as long as Playwright runs, no other test can have an event loop
def browser() -> Iterator[Browser]:
    needs_tool("chromium", "reading systems")
    with screens.browser() as launched:
        yield launched


@in_each
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("name", BOOKS)
def test_it_shows_what_the_manuscript_says(browser: Browser, name: str, check: str, system: str) -> None:
    with opened(browser, system, one_note_a_page(trial(name).data), notes="jump") as screen:
        assert [*CHECKS[check](screen, trial(name))] == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_tap_shows_the_note_above_the_text(browser: Browser, name: str) -> None:
    with opened(browser, "foliate", trial(name).data) as screen:
        assert [*pop_up_faults(screen, trial(name))] == []


def test_epubcheck_finds_nothing_wrong_with_the_faults() -> None:
    assert epubcheck(with_faults(trial("trial").data)) == []


@in_each
@pytest.mark.parametrize("check", CHECKS)
def test_each_check_finds_its_faults(browser: Browser, check: str, system: str) -> None:
    faulty = with_faults(trial("trial").data)
    with opened(browser, system, one_note_a_page(faulty), notes="jump") as screen:
        assert [*CHECKS[check](screen, trial("trial"))] == FOUND[check]


def test_another_note_above_the_text_is_found(browser: Browser) -> None:
    with opened(browser, "foliate", with_faults(trial("trial").data)) as screen:
        faults = [*pop_up_faults(screen, trial("trial"))]
    assert faults == FOUND["pop-ups"]


def test_a_thumb_finds_calls_numbers_and_ways_back(browser: Browser) -> None:
    """Each is 24 pixels high and wide on a phone (WCAG 2.2, 2.5.8)."""
    with opened(browser, "epubjs", trial("essay").data) as screen:
        screen.go_to("text-1.xhtml")
        sides = [side for size in screen.sizes(".call a, .note-number, .note-back") for side in size]
    assert len(sides) > 100
    assert min(sides) >= 24
