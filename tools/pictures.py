"""`make pictures`: the README's pictures, made of the essay as octopub makes it now: pages, screens, sheets.

Needs poppler-utils and Chromium, as the tests do.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser

import octopub
from octopub.imposing.sheets import page_of
from octopub.model import Imposition
from octopub.paper import PAPERS
from tests.browser.served import started
from tests.readers import screens as reading

ROOT = Path(__file__).resolve().parents[1]
ESSAY = ROOT / "manuscript/october-1917.md"
IMAGES = ROOT / "docs/images"

SPREAD = (4, 5)
"""The pages of the PDF that stand side by side: verso and recto."""

SCREEN = (420, 640)
LONGEST = 16_000
"""Pixels: more than the essay needs on such a screen."""

GROUND, GAP = (226, 226, 226), 16

SHEET = PAPERS["a4"]
SHEET_DPI = 38
DARKER = [round(255 * (shade / 255) ** 1.6) for shade in range(256)]
"""Type so small is pale."""

SHORT_PART = "## Two powers", "## The Kornilov affair"
"""What of the essay has room on a zine: from this line to that."""


def joined(pictures: list[Image.Image], gap: int) -> Image.Image:
    """The pictures side by side on a grey ground."""
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1) + 2 * GAP
    sheet = Image.new("RGB", (width, pictures[0].height + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + gap
    return sheet


def pages(folder: Path) -> Image.Image:
    """A spread of the PDF."""
    pdf = folder / "essay.pdf"
    pdf.write_bytes(octopub.build_pdf(ESSAY))
    first, last = map(str, SPREAD)
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", "-f", first, "-l", last, pdf, folder / "page"], check=True
    )
    return joined([Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))], 0)


def cover(folder: Path) -> Image.Image:
    """The cover of the PDF: its back, and its front."""
    own = "\noctopub:\n  cover: self\n  url: https://example.org/october\n"
    text = ESSAY.read_text("utf-8").replace("\noctopub:\n", own, 1)
    pdf = folder / "covered.pdf"
    pdf.write_bytes(octopub.build_pdf(text, base=ESSAY.parent))
    subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, folder / "covered"], check=True)
    front, *_, back = sorted(folder.glob("covered-*.png"))
    return joined([Image.open(back), Image.open(front)], 2)


def screens(folder: Path) -> Image.Image:
    """The e-book on a small screen, with the faces that it may carry: cover, text and notes."""
    text = ESSAY.read_text("utf-8").replace("\noctopub:\n", "\noctopub:\n  fonts: {embed: true}\n", 1)
    book = folder / "essay.epub"
    book.write_bytes(octopub.build_epub(text, base=ESSAY.parent))
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder / "book")
    cover = screen(folder, "cover.xhtml", SCREEN[1])
    whole = screen(folder, "text-1.xhtml", LONGEST)
    end = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox()
    assert end, "the text is not in the picture"
    assert end[3] < LONGEST - 1, "the text is longer than the picture"
    start = whole.crop((0, 0, *SCREEN))
    notes = whole.crop((0, end[3] - SCREEN[1] + GAP, SCREEN[0], end[3] + GAP))
    return joined([cover, start, notes], GAP)


def screen(folder: Path, name: str, height: int) -> Image.Image:
    """A file of the unpacked book as Chromium shows it."""
    shot = folder / "screen.png"
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", f"--window-size={SCREEN[0]},{height}",
        f"--screenshot={shot}", (folder / "book/EPUB" / name).as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return Image.open(shot).convert("RGB")


def sheet(folder: Path, mode: Imposition) -> Image.Image:
    """The first sheet of the essay in this mode, as a printer prints it: front and, if there is one, back."""
    text = short_part() if mode is Imposition.ZINE else ESSAY.read_text("utf-8")
    text = text.replace("\noctopub:\n", "\noctopub:\n  kind: handout\n", 1)
    pages = octopub.build_pdf(text, base=ESSAY.parent, paper=page_of(SHEET, mode).name)
    pdf = folder / "sheets.pdf"
    pdf.write_bytes(octopub.impose(pages, mode, sheet=SHEET.name))
    subprocess.run(
        ["pdftoppm", "-r", str(SHEET_DPI), "-gray", "-png", "-l", "2", pdf, folder / f"{mode}-sheet"], check=True
    )
    sides = sorted(folder.glob(f"{mode}-sheet-*.png"))
    return joined([Image.open(side).convert("L").point(DARKER).convert("RGB") for side in sides], GAP)


def short_part() -> str:
    """A part of the essay with its front matter, and the notes that it calls."""
    text = ESSAY.read_text("utf-8")
    head = text[: text.index("\n---\n", 4) + 5]
    start, end = map(text.index, SHORT_PART)
    part = text[start:end]
    notes = (rf"^\[\^{re.escape(label)}\]:.*(?:\n(?:    .*)?)*" for label in re.findall(r"\[\^([^]]+)\]", part))
    found = (re.search(note, text, re.MULTILINE) for note in notes)
    return "\n".join([head, part, *(note[0] for note in found if note)])


def readers(folder: Path) -> Image.Image:
    """A note of the essay as three reading systems show it on a phone: one pops it up, two go to it."""
    book = octopub.build_epub(ESSAY)
    with reading.browser() as browser:
        shots = [_note(folder, browser, system, book) for system in ("foliate", "epubjs", "readium")]
    return joined(shots, GAP)


def _note(folder: Path, browser: Browser, system: str, book: bytes) -> Image.Image:
    with reading.opened(browser, system, book) as shown:
        shown.go_to("text-1.xhtml", "call-5")
        shown.tap("call-5")
        assert shown.popped_up() if system == "foliate" else shown.sees("note-5")
        shown.page.screenshot(path=folder / "note.png")
    return Image.open(folder / "note.png").convert("RGB")


def preview(folder: Path) -> Image.Image:
    """The page of `octopub preview`, with a line that was clicked on."""
    with reading.browser() as browser, started("preview", ESSAY, cwd=folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(address)
        line = page.locator(".line", has_text="trams of Petrograd")
        line.click()
        line.evaluate("line => line.closest('.spread').scrollIntoView()")
        page.mouse.move(0, 0)
        page.locator("html[data-settled=true]").wait_for()
        page.frame_locator("#text").get_by_text("trams of Petrograd").wait_for()
        page.screenshot(path=folder / "preview.png")
    return Image.open(folder / "preview.png").convert("RGB")


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = {"pages.png": pages(folder), "ebook.png": screens(folder), "cover.png": cover(folder)}
        pictures["readers.png"] = readers(folder)
        pictures["preview.png"] = preview(folder)
        for target, picture in pictures.items():
            picture.quantize(64).save(IMAGES / target, optimize=True)
            print(IMAGES / target)
        for mode in Imposition:
            target = f"sheet-{mode}.png"
            sheet(folder, mode).quantize(16).save(IMAGES / target, optimize=True)
            print(IMAGES / target)


if __name__ == "__main__":
    main()
