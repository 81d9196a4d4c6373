"""Printing conditions: the profiles that do, colours that need one, and sheets that are meant for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Name, Stream
from PIL import Image

from octopub import building
from octopub.imposing.impose import Job
from octopub.model import Imposition
from octopub.paper import parse as paper
from octopub.pdf.resolution import least_dpi
from octopub.standards.profiles import black_ink, examined, screen
from tests.pdf.kept import bare_rgb, painted
from tests.pdf.press import opened


def other(profile: bytes, kind: bytes, space: bytes) -> bytes:
    """The profile as if it were another's."""
    return profile[:12] + kind + space + profile[20:]


CMYK = other(black_ink().content, b"prtr", b"CMYK")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no ICC profile"),
        (b"x" * 200, "no ICC profile"),
        (screen().content[:-1], "not a whole one"),
        (other(screen().content, b"scnr", b"RGB "), "no profile of a printer or a screen"),
        (other(screen().content, b"prtr", b"6CLR"), "no profile of a printer or a screen"),
    ],
)
def test_profiles_that_do_not_do(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        examined(content)


TEXT = """---
title: On Colours
lang: en
octopub: {{kind: handout{keys}}}
---

Words, and [a link](https://example.org).

![A wall]({picture})
"""

BREADTH = 1200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with pictures of each kind, and profiles."""
    (tmp_path / "manuscript").mkdir()
    for mode in ("RGB", "CMYK", "L"):
        Image.new(mode, (BREADTH, 300), 90 if mode == "L" else (90,) * len(mode)).save(tmp_path / f"manuscript/{mode}.jpg")
    (tmp_path / "manuscript/press.icc").write_bytes(CMYK)
    (tmp_path / "manuscript/screen.icc").write_bytes(screen().content)
    (tmp_path / "manuscript/broken.icc").write_bytes(b"no profile")
    (tmp_path / "outside.icc").write_bytes(CMYK)
    return tmp_path


def built(folder: Path, picture: str = "RGB.jpg", keys: str = "") -> tuple[bytes | None, list[str]]:
    path = folder / "manuscript/a.md"
    path.write_text(TEXT.format(picture=picture, keys=keys and ", " + keys), "utf-8")
    loaded = building.load(path, name="a.md")
    outcome = building.pdf(loaded)
    return outcome.content, [str(each) for each in (*loaded.diagnostics, *outcome.diagnostics)]


@pytest.mark.parametrize(
    ("picture", "keys", "says"),
    [
        ("CMYK.jpg", "standard: x-4", "a.md:9:1: error: there are colours in CMYK, which PDF/X-4 does not let stand"),
        ("CMYK.jpg", "standard: a-3u", "beside the output profile “sRGB2014”"),
        ("RGB.jpg", "standard: x-4, output-profile: screen.icc", "PDF/X-4 needs a printer's profile"),
        ("RGB.jpg", "standard: x-4, output-profile: broken.icc", "a.md:4:57: error: this output profile does not do: it is no"),
        ("RGB.jpg", "standard: x-4, output-profile: pres.icc", "there is no such file, did you mean “press.icc”?"),
        ("RGB.jpg", "standard: x-4, output-profile: ../../a.icc", "it lies outside the project folder"),
        ("RGB.jpg", "standard: a-4+ua-1", "a.md:4:36: error: “a-4+ua-1” is no standard: PDF/UA-1 is PDF 1.7"),
        ("RGB.jpg", "bleed: 25mm", "“25mm” is no bleed: it is more than 20 mm"),
    ],
)
def test_what_does_not_do_is_an_error_at_its_line(folder: Path, picture: str, keys: str, says: str) -> None:
    content, found = built(folder, picture, keys)
    assert content is None
    assert says in found[0]


@pytest.mark.parametrize(
    ("picture", "keys", "space"),
    [
        ("CMYK.jpg", "standard: x-4, output-profile: press.icc", "CMYK"),
        ("RGB.jpg", "standard: x-4, output-profile: press.icc", "CMYK"),
        ("CMYK.jpg", "standard: a-3u, output-profile: press.icc", "CMYK"),
        ("L.jpg", "standard: x-4", "GRAY"),
        ("RGB.jpg", "standard: a-4, output-profile: screen.icc", "RGB"),
        ("RGB.jpg", "standard: a-4, output-profile: ../outside.icc", "CMYK"),
    ],
)
def test_colours_stand_beside_the_profile_that_is_named(folder: Path, picture: str, keys: str, space: str) -> None:
    content, found = built(folder, picture, keys)
    assert content is not None, found
    with opened(content) as book:
        profile = examined(book.Root.OutputIntents[0].DestOutputProfile.read_bytes())
        assert profile.space == space
        assert space == "RGB" or not bare_rgb(book)
        assert images(book) == {"CMYK.jpg": [Name.DeviceCMYK], "L.jpg": [Name.DeviceGray]}.get(
            picture, [Name.DeviceRGB if space == "RGB" else Name.ICCBased]
        )


def images(book: Any) -> list[Any]:
    """The colour space of each picture."""
    spaces = (each.ColorSpace for each in book.objects if isinstance(each, Stream) and each.get("/Subtype") == "/Image")
    return [space[0] if isinstance(space, Array) else space for space in spaces]


def test_without_a_standard_cmyk_is_left_alone(folder: Path) -> None:
    content, _ = built(folder, "CMYK.jpg")
    assert content is not None
    with opened(content) as book:
        assert images(book) == [Name.DeviceCMYK]


@pytest.mark.parametrize(
    ("keys", "least"),
    [("", 200), ("bleed: 0mm", 200), ("bleed: 3mm", 300), ("standard: x-4", 300), ("standard: ua-1+a-3u", 200)],
)
def test_a_print_shop_gets_finer_pictures(folder: Path, keys: str, least: int) -> None:
    content, found = built(folder, "RGB.jpg", keys)
    assert content is not None
    loaded = building.load(folder / "manuscript/a.md")
    assert loaded.book is not None
    assert least_dpi(loaded.book) == least
    coarse = [each for each in found if "image-resolution" in each]
    # 1,200 pixels on the 102 mm of the measure are 299 an inch.
    assert [f"under {least} it looks coarse" in each for each in coarse] == ([True] if least == 300 else [])


# -- sheets ------------------------------------------------------------------------------------------


def test_sheets_of_a_pdf_x_4_are_one(folder: Path) -> None:
    """With what its pages mean by their colours; a claim of accessibility stays behind."""
    (folder / "manuscript/a.md").write_text(TEXT.format(picture="RGB.jpg", keys=", standard: ua-1+x-4, bleed: 3mm"), "utf-8")
    loaded = building.load(folder / "manuscript/a.md")
    job = Job(Imposition.BOOKLET, paper("a3"), marks=True)
    content = building.imposed(loaded, building.pdf(loaded), job)[0][1].content
    assert content is not None
    assert content[:8] == b"%PDF-1.6"
    with opened(content) as book:
        card = book.open_metadata()
        assert (card.get("pdfxid:GTS_PDFXVersion"), card.get("pdf:Trapped"), card.get("pdfuaid:part")) == ("PDF/X-4", "False", None)
        assert [str(each.S) for each in book.Root.OutputIntents] == ["/GTS_PDFX"]
        assert examined(book.Root.OutputIntents[0].DestOutputProfile.read_bytes()) == black_ink()
        assert [page.trimbox for page in book.pages] == [page.mediabox for page in book.pages]
        assert "/StructTreeRoot" not in book.Root
        assert not bare_rgb(book)
        assert all(b"DeviceCMYK" not in content for _, content in painted(book))


def test_sheets_of_any_other_claim_nothing(folder: Path) -> None:
    (folder / "manuscript/a.md").write_text(TEXT.format(picture="RGB.jpg", keys=", standard: ua-1+a-3u"), "utf-8")
    loaded = building.load(folder / "manuscript/a.md")
    content = building.imposed(loaded, building.pdf(loaded), Job(Imposition.BOOKLET))[0][1].content
    assert content is not None
    with opened(content) as book:
        assert not [name for name in book.open_metadata() if "id/}" in name]
        assert "/OutputIntents" not in book.Root
