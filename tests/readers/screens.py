"""Reading systems in Chromium, driven as a reader's thumb would: opened, tapped, looked at.

Each is a page of `pages/` that offers the same few functions as `window.reader`; what is seen of it is
`pages/lens.js`. No server: the browser's requests are answered from the files here.
"""

from __future__ import annotations

import json
import mimetypes
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests.tools import HERE, chromium, words

PAGES = Path(__file__).with_name("pages")
ORIGIN = "https://reader.test"
PHONE, TABLET = (375, 667), (768, 1024)

MOST_PAGES = 5
"""On so many screens a note ends."""

PATIENCE, TURN = 3_000, 400
"""Milliseconds until what ought to happen after a tap is held not to happen; within which a page is turned."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()


class Screen:
    """A reading system with a book open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.base: str = page.evaluate("reader.base")

    # -- going somewhere ------------------------------------------------------------------------

    def go(self, href: str) -> None:
        """Go where the reader's own contents or list of pages lead."""
        self.page.evaluate("href => reader.goTo(href)", href)

    def go_to(self, file: str, anchor: str = "") -> None:
        """Go to a file of the book, or to a place in it."""
        self.go(f"{self.base}{file}" + (f"#{anchor}" if anchor else ""))
        if anchor:
            self.until("id => lens.sees(id)", anchor)

    def tap(self, anchor: str) -> None:
        """Tap on what has this anchor."""
        self._tap(self.page.evaluate("id => lens.place(id)", anchor))

    def tap_way_back(self, note: str, index: int) -> None:
        """Tap on a note's link back to one of its calls, named by its place among them; turn pages up to it."""
        for _ in range(MOST_PAGES):
            if self.until("way => lens.wayBack(...way).seen", [note, index], TURN):
                self._tap(self.page.evaluate("way => lens.wayBack(...way)", [note, index]))
                return
            self.page.evaluate("reader.next()")
        raise AssertionError(f"{note} has no way back that can be reached")

    def _tap(self, place: dict[str, float]) -> None:
        """Tap on the middle of a place. A finger stays a moment: foliate-js takes less for a slip."""
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        self.page.mouse.click(x, y, delay=80)

    def close_note(self) -> None:
        """Close the pop-up."""
        self.page.evaluate("reader.closeNote()")

    # -- looking --------------------------------------------------------------------------------

    def until(self, condition: str, argument: Any = None, patience: float = PATIENCE) -> bool:
        """Whether this comes about, within a reader's patience."""
        try:
            self.page.wait_for_function(condition, arg=argument, timeout=patience)
        except TooLate:
            return False
        return True

    def sees(self, anchor: str) -> bool:
        """Whether this anchor is on the screen, now or in a moment."""
        return self.until("id => lens.sees(id)", anchor)

    def sees_now(self, anchor: str) -> bool:
        """Whether this anchor is on the screen."""
        return bool(self.page.evaluate("id => lens.sees(id)", anchor))

    def shows_heading(self, heading: str) -> bool:
        """Whether this heading is on the screen, now or in a moment."""
        return self.until("heading => lens.headingsOnScreen().includes(heading)", heading)

    def text(self) -> list[str]:
        """The words of the shown file, without notes."""
        return words(self.page.evaluate("lens.text()"))

    def notes(self) -> dict[str, list[str]]:
        """The words of each note in the shown file."""
        return {anchor: words(text) for anchor, text in self.page.evaluate("lens.notes()")}

    def popped_up(self) -> list[str]:
        """The words of the note that has popped up."""
        self.until("reader.note() !== null")
        return words(self.page.evaluate("reader.note()") or "")

    def notes_on_screen(self) -> list[str]:
        """The anchors of the notes that begin on the screen."""
        return [anchor for anchor, _ in self.page.evaluate("lens.notesOnScreen()")]

    def headings_on_screen(self) -> list[str]:
        """The headings that begin on the screen."""
        return [str(heading) for heading in self.page.evaluate("lens.headingsOnScreen()")]

    def words_after(self, anchor: str) -> list[str]:
        """The words that follow an anchor."""
        return words(self.page.evaluate("id => lens.textAfter(id)", anchor))

    def word_before(self, anchor: str) -> str:
        """The word that stands before an anchor; empty if none does."""
        return (words(self.page.evaluate("id => lens.textBefore(id)", anchor)) or [""])[-1]

    def sizes(self, selector: str) -> list[tuple[float, float]]:
        """Width and height of what can be tapped, in pixels."""
        return [(width, height) for width, height in self.page.evaluate("all => lens.sizes(all)", selector)]

    def contents(self) -> list[tuple[str, str]]:
        """The lines of the reader's table of contents: what they say, and where they lead."""
        return [(" ".join(label.split()), href) for label, href in self.page.evaluate("reader.contents()")]

    def pages(self) -> list[tuple[str, str]]:
        """The reader's list of the printed book's pages."""
        return [(label, href) for label, href in self.page.evaluate("reader.pages()")]


@contextmanager
def opened(
    browser: Browser, system: str, book: bytes, *, size: tuple[int, int] = PHONE, notes: str = ""
) -> Iterator[Screen]:
    """A book, open in a reading system. `notes="jump"` tells one that pops notes up not to."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    answers = _Answers(book)
    page.route(f"{ORIGIN}/**", answers)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    asked = urlencode({"book": answers.address(system), "notes": notes})
    page.goto(f"{ORIGIN}/pages/{system}.html?{asked}")
    try:
        page.wait_for_function("window.ready", timeout=5 * PATIENCE)
        yield Screen(page)
        assert failed == []
    except TooLate:
        raise AssertionError(f"{system} does not open the book: {failed}") from None
    finally:
        page.close()


class _Answers:
    """What the browser gets when it asks for a file."""

    def __init__(self, book: bytes) -> None:
        self.book = book
        self.archive = zipfile.ZipFile(BytesIO(book))

    def address(self, system: str) -> str:
        """Where a reading system finds the book: Readium wants it unpacked, with a manifest."""
        return "/unpacked/" if system == "readium" else "/book.epub"

    def __call__(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).lstrip("/")
        try:
            content = self._content(path)
        except (KeyError, OSError):
            route.fulfill(status=404)
            return
        kind, _ = mimetypes.guess_type(path)
        route.fulfill(body=content, content_type=kind or "application/octet-stream")

    def _content(self, path: str) -> bytes:
        folder, _, rest = path.partition("/")
        match folder:
            case "book.epub":
                return self.book
            case "unpacked":
                return readium_manifest(self.book) if rest == "manifest.json" else self.archive.read(rest)
            case "pages":
                return (PAGES / rest).read_bytes()
            case "packages":
                return (HERE / "node_modules" / rest).read_bytes()
        raise KeyError(path)


def readium_manifest(book: bytes) -> bytes:
    """The book's manifest, as Readium's own parser makes it."""
    with tempfile.NamedTemporaryFile(suffix=".epub") as file:
        file.write(book)
        file.flush()
        command = ["node", str(Path(__file__).with_name("manifest.cjs")), file.name]
        done = subprocess.run(command, capture_output=True, check=True)
    json.loads(done.stdout)
    return done.stdout
