"""The page in Chromium, as an author uses it: edit the text, see the page change, click back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.served import TEXT, started, written
from tests.readers.screens import browser
from tests.tools import HERE, needs_tool

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with browser() as launched:
        page = launched.new_page(viewport={"width": 1200, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield page


DROP = """([name, text]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], name));
    document.getElementById("drop").dispatchEvent(new DragEvent("drop", {bubbles: true, dataTransfer: dropped}));
}"""


def test_drop_a_text_mend_it_and_download_the_booklet(window: Page, tmp_path: Path) -> None:
    with started("desk", "--folder", tmp_path / "texts", cwd=tmp_path) as address:
        window.goto(address)
        expect(window.get_by_role("status").first).to_have_text("Bring a text to begin.")
        letter = "A LETTER\n\nThe water comes and goes.[1] Nobody sails on a Friday.[2]\n\n[1] Twice a day.\n"
        window.evaluate(DROP, ["letter.txt", letter])
        expect(window.get_by_role("list", name="What is wrong")).to_contain_text("the call [2] has no note")
        window.get_by_role("button", name="line 3").click()
        assert window.evaluate("() => getSelection().toString()") == "[2]"
        window.get_by_label("letter.txt, as it was brought").fill(f"{letter}\n[2] Not even the pilot.\n")
        window.get_by_role("button", name="Try again").press("Enter")
        expect(window.locator(".line", has_text="Not even the pilot.")).to_be_visible()
        expect(window.get_by_label("The text of letter")).to_be_focused()

        text = window.get_by_label("The text of letter")
        friday = text.input_value()
        text.focus()
        text.evaluate("(area) => area.setSelectionRange(...[0, 6].map((step) => area.value.indexOf('Friday') + step))")
        window.keyboard.type("Sunday")
        text.press("Control+s")
        expect(window.locator(".line", has_text="Nobody sails on a Sunday.")).to_be_visible()
        assert "Sunday" in (tmp_path / "texts/manuscript/letter.md").read_text("utf-8")
        window.locator(".line", has_text="Not even the pilot.").click()
        assert window.evaluate("() => getSelection().toString()") == "[^2]:"
        for _ in "Sunday":  # what was typed before can be undone after a click on a page, in steps that Chromium chooses
            if text.input_value() != friday:
                text.press("Control+z")
        assert text.input_value() == friday
        window.once("dialog", lambda asked: asked.dismiss())
        window.set_input_files("#source", written(tmp_path / "elsewhere"))
        assert text.input_value() == friday
        text.press("Control+s")
        expect(window.locator(".line", has_text="Nobody sails on a Friday.")).to_be_visible()

        window.get_by_role("combobox", name="Sheets").select_option("booklet")
        expect(window.locator("#how")).to_contain_text("actual size")
        window.get_by_role("button", name="Sheets").click()
        expect(window.get_by_role("img", name="The sheet")).to_be_visible()
        for link, name in {"EPUB": "letter.epub", "PDF": "letter.pdf", "Booklet": "letter-booklet.pdf"}.items():
            with window.expect_download() as download:
                window.get_by_role("link", name=link).click()
            assert download.value.suggested_filename == name
            assert download.value.path().read_bytes()[:2] == (b"PK" if link == "EPUB" else b"%P")

        text.fill("What is not saved.")
        window.evaluate("""() => fetch("/desk/source?name=b.md", { method: "PUT", body: "# B\\n\\nOther words.\\n" })""")
        expect(window.locator(".line", has_text="Other words.")).to_be_visible()
        assert text.input_value() == "What is not saved."
        text.press("Control+s")
        expect(window.locator("#save")).to_be_disabled()
        assert (tmp_path / "texts/manuscript/letter.md").read_text("utf-8") == "What is not saved."


def test_fronts_and_backs_for_a_printer_of_one_side(window: Page, tmp_path: Path) -> None:
    with started("desk", "--folder", tmp_path / "texts", cwd=tmp_path) as address:
        window.goto(address)
        window.locator("#desk").wait_for()
        window.set_input_files("#source", written(tmp_path, TEXT + "\n## More\n\nAnd more of it.\n" * 20))
        window.get_by_role("combobox", name="Sheets").select_option("booklet")
        window.get_by_role("combobox", name="Printer").select_option("prints one side at a time")
        expect(window.get_by_role("link", name="Booklet")).to_be_hidden()
        expect(window.locator("#how")).to_contain_text("the fronts, one side, then the backs")
        window.get_by_role("combobox", name="Letter of the test sheet").select_option("D")
        expect(window.get_by_role("listitem").filter(has_text="whole pile")).to_contain_text("without turning it over")
        parts = {"Fronts": "tides-booklet-fronts.pdf", "Backs": "tides-booklet-backs.pdf", "test sheet": "test-sheet.pdf"}
        for link, name in parts.items():
            with window.expect_download() as download:
                window.get_by_role("link", name=link).click()
            assert download.value.suggested_filename == name
        window.reload()  # the printer is still the same
        expect(window.get_by_role("link", name="Backs")).to_have_attribute("href", "/files/backs?pile=D")
        window.get_by_role("combobox", name="Sheets").select_option("zine")  # which is printed on one side anyway
        expect(window.get_by_role("link", name="Sheets")).to_be_visible()
        expect(window.get_by_role("link", name="Backs")).to_be_hidden()


def test_another_text_begins_at_its_beginning(window: Page, tmp_path: Path) -> None:
    long = "".join(f"\nParagraph {number} of many.\n" for number in range(200))
    with started("desk", "--folder", tmp_path / "texts", cwd=tmp_path) as address:
        window.goto(address)
        window.locator("#desk").wait_for()
        window.set_input_files("#source", written(tmp_path / "one", TEXT + long))
        window.get_by_role("button", name="E-book").click()
        frame = window.frame_locator("#text")
        frame.get_by_text("Paragraph 199 of many.").scroll_into_view_if_needed()
        window.get_by_label("The text of tides").evaluate("(area) => { area.scrollTop = area.scrollHeight; }")
        other = tmp_path / "other.md"
        other.write_text(TEXT.replace("The harbour", "How it begins. The harbour") + long, "utf-8")
        window.set_input_files("#source", other)
        expect(frame.get_by_text("How it begins.")).to_be_in_viewport()
        assert window.get_by_label("The text of other").evaluate("(area) => area.scrollTop") == 0


def test_what_was_saved_is_told_and_what_cannot_be(window: Page, tmp_path: Path) -> None:
    with started("desk", "--folder", tmp_path / "texts", cwd=tmp_path) as address:
        window.goto(address)
        window.locator("#desk").wait_for()
        window.set_input_files("#source", written(tmp_path))
        text = window.get_by_label("The text of tides")
        text.fill("What was written first.")
        text.press("Control+s")
        expect(window.locator("#saved")).to_have_text("Saved.")
        text.press("x")
        expect(window.locator("#saved")).to_have_text("")
    text.fill("What was written meanwhile.")
    window.get_by_role("button", name="Save").click()
    expect(window.locator("#saved")).to_contain_text("octopub has ended, or cannot be reached")
    expect(window.get_by_role("button", name="Save")).to_be_enabled()
    window.once("dialog", lambda asked: asked.accept())
    window.goto("about:blank")


HEED_LINKS = """opened = ""; addEventListener("click", (event) => {
    if (event.target.href) { event.preventDefault(); opened = event.target.href; }
})"""


def test_edit_see_the_page_change_and_click_back(window: Page, tmp_path: Path) -> None:
    path = written(tmp_path)
    refused: list[str] = []
    window.goto("about:blank")  # the page of a server that has ended goes on asking for it
    window.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    with started("preview", path, cwd=tmp_path) as address:
        window.goto(address)
        window.evaluate(HEED_LINKS)
        window.get_by_text("The second paragraph says little.").dblclick()  # out of habit: that opens nothing
        expect(window.locator("#place")).to_contain_text("tides.md, line 8")
        link = window.get_by_role("link", name="Open line 8 in the editor")
        assert link.get_attribute("href") == f"vscode://file{path}:8:1"
        assert window.evaluate("opened") == ""

        window.keyboard.press("ArrowUp")
        window.keyboard.press("Enter")
        expect(window.locator("#place")).to_contain_text("tides.md, line 6")
        window.keyboard.press("Enter")
        assert window.evaluate("opened") == f"vscode://file{path}:6:1"

        far = "".join(f"Paragraph {number} of many.\n\n" for number in range(80))
        path.write_text(TEXT.replace("says little.[^1]\n\n", f"says little.[^1]\n\n{far}"), "utf-8")
        expect(window.get_by_text("Paragraph 0 of many.")).to_be_in_viewport()
        path.write_text(path.read_text("utf-8").replace("Paragraph 70", "The seventieth"), "utf-8")
        expect(window.get_by_text("The seventieth of many.").first).to_be_in_viewport()
        expect(window.frame_locator("#text").get_by_text("The seventieth of many.")).to_be_in_viewport()
        for words in ("The harbour lies open", "The seventieth of many."):
            window.locator(".line", has_text=words).click()
            expect(window.frame_locator("#text").get_by_text(words)).to_be_in_viewport()

        path.write_text(path.read_text("utf-8").replace("[^1]: ", "[^2]: "), "utf-8")
        expect(window.get_by_role("alert")).to_have_text(
            "The text has an error in line 8: the note “1” is called here, but defined nowhere; "
            "the pages below are the last good ones."
        )
        expect(window.get_by_text("note-undefined")).to_be_visible()
        expect(window.get_by_text("The seventieth of many.").first).to_be_in_viewport()
        window.locator("#complaints button").first.focus()
        path.write_text(TEXT, "utf-8")
        expect(window.get_by_role("alert")).to_be_hidden()
        expect(window.locator("#complaints summary")).to_be_focused()  # what had the focus is gone
        expect(window.frame_locator("#text").get_by_text("nobody sails on a Friday")).to_be_visible()
        assert refused == []


def test_the_keyboard_leads_through_all_pages(window: Page, tmp_path: Path) -> None:
    """The lines are one stop of the tab key, however many pages there are."""
    path = written(tmp_path, TEXT + "".join(f"\nParagraph {number} of many.\n" for number in range(120)))
    with started("preview", path, cwd=tmp_path) as address:
        window.goto(address)
        first = window.locator(".line").first
        first.focus()
        stops = window.locator('.line[tabindex="0"]')
        expect(stops).to_have_count(1)
        pages = window.locator(".page").filter(has=window.locator(".line"))
        window.keyboard.press("PageDown")
        expect(pages.nth(1).locator(".line").first).to_be_focused()
        window.keyboard.press("ArrowUp")
        expect(pages.nth(0).locator(".line").last).to_be_focused()
        window.keyboard.press("ArrowDown")
        for page in (2, 3):  # which may not have been in sight before
            window.keyboard.press("PageDown")
            expect(pages.nth(page).locator(".line").first).to_be_focused()
        expect(stops).to_have_count(1)
        window.keyboard.press("Tab")
        expect(window.get_by_role("button", name="Earlier part")).to_be_focused()


def test_a_page_whose_lines_come_late_is_not_passed_over(window: Page, tmp_path: Path) -> None:
    """Not even where they are asked for anew, for the text was saved meanwhile."""
    text = TEXT + "".join(f"\nParagraph {number} of many.\n" for number in range(120))
    path = written(tmp_path, text)
    asked: list[Route] = []
    is_late = True

    def hold(route: Route) -> None:
        if is_late:
            asked.append(route)
        else:
            route.continue_()

    with started("preview", path, cwd=tmp_path) as address:
        window.goto(address)
        pages = window.locator(".page").filter(has=window.locator(".line"))
        pages.nth(1).wait_for()
        second = pages.nth(1).get_by_role("group").get_attribute("aria-label")
        leaf = window.locator(".page").evaluate_all(
            "(pages, label) => pages.findIndex((page) => page.lastElementChild.ariaLabel === label)", second
        )
        window.locator("html[data-settled=true]").wait_for(state="attached")
        window.route(f"**/lines/{leaf}", hold)
        window.reload()
        window.locator(".line").first.focus()
        while not asked:
            window.wait_for_timeout(50)
        window.keyboard.press("PageDown")
        before = len(asked)
        path.write_text(text.replace("Paragraph 119", "The last"), "utf-8")
        while len(asked) == before:
            window.wait_for_timeout(50)
        is_late = False
        for route in asked:
            route.continue_()
        expect(window.get_by_role("group", name=str(second), exact=True).get_by_role("button").first).to_be_focused()
        window.unroute(f"**/lines/{leaf}")


SIZES = {"twice as large": (640, 400), "a phone": (390, 844), "a small screen": (1024, 700)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_lies_on_anything_else(window: Page, tmp_path: Path, size: tuple[int, int]) -> None:
    with started("desk", "--folder", tmp_path / "texts", cwd=tmp_path) as address:
        window.set_viewport_size({"width": size[0], "height": size[1]})
        window.goto(address)
        window.locator("#desk").wait_for()
        window.set_input_files("#source", written(tmp_path))
        window.get_by_role("button", name="E-book").click()
        window.locator(".page img").first.wait_for()
        wide = window.evaluate("() => document.documentElement.scrollWidth")
        heights = {each: window.locator(f"#{each}").bounding_box() for each in ("desk", "pages", "book", "words")}
    window.set_viewport_size({"width": 1200, "height": 800})
    assert wide <= size[0]
    boxes = [heights[each] for each in ("desk", "pages", "book")]
    for one, other in pairwise(boxes):
        assert one
        assert other
        assert one["x"] + one["width"] <= other["x"] + 1 or one["y"] + one["height"] <= other["y"] + 1
    for each, box in heights.items():
        assert box, each
        assert box["height"] >= 200, each


AXE = HERE / "node_modules/@daisy/axe-core-for-ace/axe.min.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(window: Page, tmp_path: Path, scheme: Literal["light", "dark"]) -> None:
    needs_tool("ace")
    assert window.context.browser is not None
    # The page's own policy would keep axe out.
    with (
        started("desk", "--folder", tmp_path, cwd=tmp_path) as address,
        window.context.browser.new_page(bypass_csp=True, color_scheme=scheme) as page,
    ):
        page.goto(address)
        page.locator("#desk").wait_for()  # before that nothing can be brought
        page.set_input_files("#source", written(tmp_path / "elsewhere", TEXT.replace("[^1]: ", "[^2]: ")))
        page.get_by_text("note-undefined").wait_for()
        page.set_input_files("#source", written(tmp_path / "elsewhere"))
        page.get_by_role("button", name="E-book").click()
        page.locator(".line").first.wait_for()
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("() => axe.run(document, {iframes: false})")["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
