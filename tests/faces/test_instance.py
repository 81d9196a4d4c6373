"""Font files made of faces are sound, complete and always the same."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from octopub.faces.catalogue import Face, open_catalogue
from octopub.faces.instance import media_type, static, subset

FAMILIES = [
    "EB Garamond", "IBM Plex Mono", "Frank Ruhl Libre", "Amiri", "Noto Serif",
]  # fmt: skip
SPACES = [0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]


def face(name: str = "EB Garamond", style: str = "normal", weight: int = 400) -> Face:
    family = open_catalogue().family(name)
    assert family is not None
    return family.face("italic" if style == "italic" else "normal", weight)


def opened(data: bytes) -> TTFont:
    """The font with every table read, by a library that did not write it; checksums compared."""
    font = TTFont(io.BytesIO(data), checkChecksums=2)
    for tag in font.keys():  # noqa: SIM118  # a font is no dictionary
        assert font[tag] is not None
    return font


@pytest.mark.parametrize("name", FAMILIES)
def test_a_static_face_is_a_sound_font_at_its_weight(name: str) -> None:
    for one in (face(name), face(name, weight=700)):
        font = opened(static(one))
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == one.weight
        assert font["maxp"].numGlyphs == len(font["hmtx"].metrics) == len(font["glyf"].keys())


@pytest.mark.parametrize("name", FAMILIES)
def test_every_space_and_hyphen_has_a_glyph_of_its_own(name: str) -> None:
    cmap = opened(static(face(name))).getBestCmap()
    of_their_own = [*SPACES, 0x2D, 0x2010, 0x2011]
    assert len({cmap[char] for char in of_their_own}) == len(of_their_own)


@pytest.mark.parametrize("name", FAMILIES)
def test_what_the_face_had_is_as_it_was(name: str) -> None:
    before, after = face(name).file.table, hb.Face(static(face(name)))
    old, new = hb.Font(before), hb.Font(after)
    assert set(before.unicodes) <= set(after.unicodes)
    for char in before.unicodes:
        if char in SPACES or char in (0x2010, 0x2011):
            continue
        glyph = old.get_nominal_glyph(char)
        assert new.get_nominal_glyph(char) == glyph
        assert new.get_glyph_h_advance(glyph) == old.get_glyph_h_advance(glyph)
        assert new.get_glyph_extents(glyph) == old.get_glyph_extents(glyph)


def test_spaces_that_were_lacking_are_as_wide_as_they_should_be() -> None:
    def width(name: str, char: int) -> float:
        font = hb.Font(hb.Face(static(face(name))))
        return float(font.get_glyph_h_advance(font.get_nominal_glyph(char)))

    word_space = width("EB Garamond", 0x20)
    assert width("EB Garamond", 0x202F) == 125 < word_space  # an eighth of an em
    assert width("EB Garamond", 0x2009) == 100  # the face's own is left alone
    assert {width("IBM Plex Mono", char) for char in SPACES} == {600}  # columns hold
    assert width("Frank Ruhl Libre", 0x2011) == width("Frank Ruhl Libre", 0x2D)


def test_ligatures_and_small_capitals_outlive_it() -> None:
    font = hb.Font(hb.Face(static(face())))
    buffer = hb.Buffer()
    buffer.add_str("fi")
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"smcp": False})
    ligature = [info.codepoint for info in buffer.glyph_infos]
    assert len(ligature) == 1


def test_a_subset_has_the_characters_asked_for_and_little_else() -> None:
    data = subset(face(), frozenset("Ein Wort — «fi»\u202f1917"))
    font = opened(data)
    assert set(map(chr, font.getBestCmap())) == set("Ein Wort — «fi»\u202f1917") | set(" \u00a0-‐")
    assert len(data) < len(static(face())) / 20
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"liga", "onum", "smcp", "sups"} <= features
    assert media_type(data) == "font/ttf"


def test_a_subset_keeps_copyright_and_licence_and_gives_up_its_name() -> None:
    one, other = subset(face("IBM Plex Mono"), "ab"), subset(face("IBM Plex Mono"), "abc")
    names = opened(one)["name"]
    assert "IBM Corp." in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert not any("Plex" in str(names.getDebugName(number)) for number in (1, 2, 3, 4, 6))
    assert names.getDebugName(1) != opened(other)["name"].getDebugName(1)
    assert opened(subset(face(style="italic", weight=700), "a"))["name"].getDebugName(2) == "Bold Italic"


def test_arabic_keeps_the_forms_that_join() -> None:
    shaped = hb.Buffer()
    shaped.add_str("سلام")
    shaped.guess_segment_properties()
    font = hb.Font(hb.Face(subset(face("Amiri"), "سلام")))
    hb.shape(font, shaped)
    isolated = {font.get_nominal_glyph(ord(char)) for char in "سلام"}
    assert not isolated & {info.codepoint for info in shaped.glyph_infos[1:]}


def postscript(path: Path) -> Path:
    """A font with PostScript outlines, as a project may bring one."""
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((400, 0))
    pen.lineTo((400, 700))
    pen.closePath()
    outline = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "space", "A"])
    builder.setupCharacterMap({0x20: "space", 0x41: "A"})
    builder.setupCFF("Own-Regular", {}, dict.fromkeys((".notdef", "space", "A"), outline), {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "space", "A"), (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_with_postscript_outlines_stays_one(tmp_path: Path) -> None:
    path = postscript(tmp_path / "own.otf")
    family = open_catalogue(tmp_path).family("Own")
    assert family is not None
    assert static(family.face()) == path.read_bytes()
    cut = subset(family.face(), "A")
    assert media_type(cut) == "font/otf"
    assert 0x41 in opened(cut).getBestCmap()


def test_the_same_face_gives_the_same_bytes_on_every_run() -> None:
    program = (
        "import sys, hashlib\n"
        "from octopub.faces.catalogue import open_catalogue\n"
        "from octopub.faces.instance import static, subset\n"
        "face = open_catalogue().family('EB Garamond').face('italic', 700)\n"
        "print(hashlib.sha256(static(face) + subset(face, frozenset('Same bytes.'))).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "SOURCE_DATE_EPOCH": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1
