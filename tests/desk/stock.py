"""The folder in which the examples of `octopub explain` are run: whatever they name lies there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array
from PIL import Image

import octopub
from tests.imposing.press import A5, made

ESSAY = "---\ntitle: On Notes\nlang: en\n---\n\nA text with a note.[^1]\n\n[^1]: The note.\n"
BOX = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">{}<rect width="90" height="60"/></svg>'
"""A drawing, with room for something more."""
WORDS = "Some words of a text that goes on and on. " * 20


def lay_out(folder: Path) -> None:
    """Fill the folder."""
    for name, content in (_texts() | _pictures() | _pdfs() | _for_kindles()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere/essay.md").symlink_to("../essay.md")


def _counted(*numbers: range) -> str:
    """A text of several pages, whose sentences are told apart by their numbers."""
    sentences = (f"Here stands the sentence {number}, and no other.\n\n" for each in numbers for number in each)
    return "---\ntitle: Counted\n---\n\n" + "".join(sentences)


def _texts() -> dict[str, str | bytes]:
    return {
        "essay.md": ESSAY,
        "long.md": "---\ntitle: Long\n---\n\n" + "".join(f"{WORDS}\n\n" for _ in range(25)),
        "latin1.md": "# Über\n\nText.\n".encode("latin-1"),
        "bell.md": "# Bell\n\nA bell\a rings.\n",
        "deep.md": f"# Deep\n\n{'> ' * 120}here\n",
        "coarse.md": "# Coarse\n\n![A dot](dot.png){width=100%}\n",
        "long-description.md": f"---\ntitle: T\ndescription: {WORDS * 12}\n---\n\nText.\n",
        "long-heading.md": f"---\ntitle: {WORDS[:100]}\n---\n\n# One\n\nText.\n\n# Two\n\nText.\n",
        "changed.md": _counted(range(60), range(200, 220), range(80, 150)),
        "notes.txt": "A Title\n\nA plain text.\n\nAnd its end.\n",
        "umlauts.txt": "Ein Titel\n\nEin schöner Text.\n".encode("latin-1"),
        "unmatched.txt": "A Title\n\nA text with a note.[1] And more.[2]\n\nNotes\n\n[1] The first note.\n",
        "picture.bin": b"\x00\x01\x02\x03" * 50,
        "broken.docx": b"PK\x03\x04" + b"\0" * 60,
        "faulty-styles/essay.md": ESSAY,
        "faulty-styles/styles/base.css": "p { color red }\n",
        "foreign-styles/essay.md": ESSAY,
        "foreign-styles/styles/base.css": "p { background-image: url(https://example.org/dot.png) }\n",
        "own-styles/essay.md": ESSAY,
        "own-styles/styles/base.css": "p { color: #333 }\n",
        "unknown-styles/essay.md": ESSAY,
        "unknown-styles/styles/prnit.css": "p { color: red }\n",
        "faulty-fonts/essay.md": ESSAY,
        "faulty-fonts/fonts/none.ttf": b"no font",
    }


def _pictures() -> dict[str, str | bytes]:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    bitmap = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(bitmap, "BMP")
    return {
        "dot.png": out.getvalue(),
        "broken.png": out.getvalue()[:40],
        "fold.bmp": bitmap.getvalue(),
        "plain.svg": BOX.format(""),
        "scripted.svg": BOX.format("<script>alert()</script>"),
    }


def _pdfs() -> dict[str, str | bytes]:
    def no_size(pdf: pikepdf.Pdf) -> None:
        page: Any = pdf.pages[0].obj
        page.MediaBox = Array([0, 0, 0, 0])

    def two_sizes(pdf: pikepdf.Pdf) -> None:
        page: Any = pdf.pages[1].obj
        page.MediaBox = Array([0, 0, 300, 300])

    def to_the_edge(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            content: Any = page.obj.Contents
            content.write(content.read_bytes().replace(b"20 20 Td", b"1 1 Td"))

    return {
        "foreign.pdf": made(8),
        "thick.pdf": made(200),
        "no-size.pdf": made(8, change=no_size),
        "two-sizes.pdf": made(8, change=two_sizes),
        "to-the-edge.pdf": made(8, A5, to_the_edge),
        "printed.pdf": octopub.build_pdf(_counted(range(150))),
    }


def _for_kindles() -> dict[str, str | bytes]:
    def picture(kind: str, size: tuple[int, int]) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", size, "red").save(out, kind)
        return out.getvalue()

    covers = {"covered": (1600, 2560), "small-cover": (700, 1100), "tiny-cover": (60, 40)}
    shown = {"picture": "dot.png", "webp": "dot.webp", "drawing": "dot.svg", "heavy": "heavy.png"}
    texts = {f"{name}.md": f"---\ntitle: T\ncover-image: {name}.jpg\n---\n\nText.\n" for name in covers}
    texts |= {f"{name}.md": f"# T\n\n![A dot]({file})\n" for name, file in shown.items()}
    texts |= {
        "long-alt.md": f"# T\n\n![{WORDS[:200]}](dot.png)\n",
        "wide-table.md": f"# T\n\n|{'a|' * 11}\n|{'-|' * 11}\n|{'b|' * 11}\n",
        "deep.md": "# T\n\n## A\n\n### B\n\n#### C\n\nText.\n",
        "styled/essay.md": ESSAY,
        "styled/styles/epub.css": "body { color: black }\n",
    }
    dot = picture("PNG", (60, 40))
    files = texts | {f"{name}.jpg": picture("JPEG", size) for name, size in covers.items()}
    files |= {"dot.png": dot, "heavy.png": dot + bytes(5_100_000), "dot.webp": picture("WEBP", (60, 40))}
    return {f"kindle/{name}": content for name, content in (files | {"dot.svg": BOX.format("")}).items()}
