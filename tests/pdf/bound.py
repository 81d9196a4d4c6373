"""Books with covers, for the tests of these: what is made of a few words of front matter, and what is seen of it."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from octopub import building
from tests.pdf.press import ESSAY


def text(**facts: Any) -> str:
    """A manuscript of few words, with this front matter (JSON is YAML)."""
    own = facts.pop("octopub", {})
    facts = {"title": "The Salt Road", "lang": "en", **facts, "octopub": {"kind": "essay", **own}}
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return f"---\n{front}\n---\n\nWords.\n"


@functools.cache
def made(source: str | Path, **options: Any) -> building.Outcome:
    loaded = building.load(source, base=ESSAY.parents[1], options=building.options(options))
    assert loaded.book, loaded.diagnostics
    outcome = building.pdf(loaded)
    assert outcome.content, outcome.diagnostics
    return outcome


def covered(source: str | Path, **options: Any) -> bytes:
    return made(source, cover="self", **options).content or b""


def painted(file: bytes, page: int, dpi: int = 72) -> Image.Image:
    with pypdfium2.PdfDocument(file) as document:
        picture: Image.Image = document[page % len(document)].render(scale=dpi / 72).to_pil().convert("RGB")
    return picture


def has_ink(picture: Image.Image) -> bool:
    return picture.convert("L").point([255] * 250 + [0] * 6).getbbox() is not None


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is not white."""
    box = picture.convert("L").point([255] * 250 + [0] * 6).getbbox()
    assert box
    return box


def has_colour(picture: Image.Image) -> bool:
    return picture.convert("HSV").getchannel("S").point([0] * 100 + [255] * 156).getbbox() is not None
