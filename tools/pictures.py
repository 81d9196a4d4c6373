"""`make pictures`: the README's pictures, made of the essay as octopub makes it now.

Needs poppler-utils and Chromium, as the tests do.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageChops

import octopub

ROOT = Path(__file__).resolve().parents[1]
ESSAY = ROOT / "manuscript/october-1917.md"
IMAGES = ROOT / "docs/images"

SPREAD = (4, 5)
"""The pages of the PDF that stand side by side: verso and recto."""

SCREEN = (420, 640)
LONGEST = 16_000
"""Pixels: more than the essay needs on such a screen."""

GROUND, GAP = (226, 226, 226), 16


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


def main() -> None:
    """Write both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for picture, target in ((pages(folder), "pages.png"), (screens(folder), "ebook.png")):
            picture.quantize(64).save(IMAGES / target, optimize=True)
            print(IMAGES / target)


if __name__ == "__main__":
    main()
