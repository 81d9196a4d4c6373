"""The page in Chromium, as an author uses it: edit the text, see the page change, click back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.desk.served import TEXT, written
from tests.readers.screens import browser

PATIENCE_MS = 60_000


@contextmanager
def started(*command: str | Path, cwd: Path) -> Iterator[str]:
    """The address of the page that a command of octopub's shows."""
    line = [sys.executable, "-m", "octopub", *command, "--no-open", "--port", "0"]
    with subprocess.Popen(line, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with browser() as launched:
        page = launched.new_page(viewport={"width": 1200, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield page


def test_edit_see_the_page_change_and_click_back(window: Page, tmp_path: Path) -> None:
    path = written(tmp_path)
    refused: list[str] = []
    window.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    with started("preview", path, cwd=tmp_path) as address:
        window.goto(address)
        window.get_by_text("The second paragraph says little.").click()
        expect(window.locator("#place")).to_contain_text("tides.md, line 8")
        link = window.get_by_role("link", name="Open line 8 in the editor")
        assert link.get_attribute("href") == f"vscode://file{path}:8:1"

        window.keyboard.press("ArrowUp")
        window.keyboard.press("Enter")
        expect(window.locator("#place")).to_contain_text("tides.md, line 6")

        far = "".join(f"Paragraph {number} of many.\n\n" for number in range(80))
        path.write_text(TEXT.replace("says little.[^1]\n\n", f"says little.[^1]\n\n{far}"), "utf-8")
        expect(window.get_by_text("Paragraph 0 of many.")).to_be_in_viewport()
        path.write_text(path.read_text("utf-8").replace("Paragraph 70", "The seventieth"), "utf-8")
        expect(window.get_by_text("The seventieth of many.").first).to_be_in_viewport()

        path.write_text(path.read_text("utf-8").replace("[^1]: ", "[^2]: "), "utf-8")
        expect(window.get_by_role("alert")).to_have_text("The text has an error; the pages below are the last good ones.")
        expect(window.get_by_text("note-undefined")).to_be_visible()
        expect(window.get_by_text("The seventieth of many.").first).to_be_in_viewport()
        path.write_text(TEXT, "utf-8")
        expect(window.get_by_role("alert")).to_be_hidden()
        expect(window.frame_locator("#text").get_by_text("nobody sails on a Friday")).to_be_visible()
    assert refused == []
