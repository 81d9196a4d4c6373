"""The PDF knows the book's faces and no others, whatever the machine has."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from octopub.diagnostics import MachineError
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import FaceSet, choose
from octopub.model import Fonts
from octopub.pdf.equipment import Kit
from octopub.pdf.fontset import FontSet
from octopub.pdf.forme import FaceFile

TEXT = "Quoi\u202f? Là\u2009– x\u2011y, 1917. שלום العربية ⁂"
HTML = f"""<html lang="fr"><style>@page {{ size: A6 }} p {{ font-family: "EB Garamond", serif }}</style>
<p>{TEXT} <b>gras {TEXT}</b> <i>italique {TEXT}</i> <b><i>les deux</i></b></p>
<p style="font-family: monospace">code</p>
<p style="font-family: No Such Face">rien</p> <p style="font-family: sans-serif" lang="he">rien</p></html>"""


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return choose(Fonts(), "fr", open_catalogue())[0]


def files(faces: FaceSet, text: str, code: str = "") -> tuple[FaceFile, ...]:
    """The faces for a text as layout gets them."""
    return Kit(faces.faces(text, code), faces.code.name, "").equipment.faces


def written(html: str, fonts: FontSet) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415  # after fontset, which keeps its import quiet

    with fonts.in_force():
        pdf: bytes = HTML(string=html).render(font_config=fonts).write_pdf()
    return pdf


@pytest.fixture(scope="module")
def pdf(faces: FaceSet) -> bytes:
    with FontSet(files(faces, TEXT, "code"), faces.code.name) as fonts:
        return written(HTML, fonts)


def embedded(pdf: bytes) -> set[str]:
    """The names of the faces in the file, without the mark of a subset."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert all("/FontFile2" in font for font in fonts)
        return {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts}


def test_only_the_books_faces_are_embedded_and_each_is_a_real_one(pdf: bytes) -> None:
    assert embedded(pdf) == {
        "EB-Garamond", "EB-Garamond-Bold", "EB-Garamond-Italic", "EB-Garamond-Bold-Italic",
        "Frank-Ruhl-Libre", "Frank-Ruhl-Libre-Bold",  # it has no italic, and none is made up
        "Amiri", "Amiri-Bold", "Amiri-Italic",
        "Noto-Serif", "Noto-Serif-Bold", "Noto-Serif-Italic",
        "IBM-Plex-Mono",
    }  # fmt: skip


def test_bold_and_slanted_type_is_never_made_up(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        steps = [step for page in file.pages for step in pikepdf.parse_content_stream(page)]
    # An emboldened face is drawn with a stroke (`2 Tr`), a slanted one with a sheared matrix.
    assert not [step for step in steps if str(step.operator) == "Tr" and step.operands[0] != 0]
    matrices = [list(map(float, step.operands)) for step in steps if str(step.operator) == "Tm"]
    assert matrices
    assert all(matrix[1] == matrix[2] == 0 for matrix in matrices)


def test_each_space_and_hyphen_can_be_copied_as_what_it_is(pdf: bytes) -> None:
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    # Without glyphs of their own, every word space would come out as the first kind of space met.
    assert "Quoi\u202f? " in text
    assert "Là\u2009– x" in text
    assert "\u2011y, 1917" in text
    assert " " in text


def test_thin_spaces_are_not_set_from_another_face(faces: FaceSet) -> None:
    html = '<p style="font-family: EB Garamond">a\u202fb\u2060c\u00add\u200be</p>'
    with FontSet(files(faces, "⁂")) as fonts:
        assert embedded(written(html, fonts)) == {"EB-Garamond"}


MACHINES = {
    "as it is": "",
    "no fonts": "<fontconfig></fontconfig>",
    "another's": """<fontconfig>
        <dir>/usr/share/fonts</dir>
        <match target="pattern"><edit name="family" mode="prepend" binding="strong">
            <string>Noto Serif</string></edit></match>
        <match target="font"><edit name="embolden"><bool>true</bool></edit></match>
        <match target="font"><edit name="matrix"><times><name>matrix</name>
            <matrix><double>1</double><double>0.2</double><double>0</double><double>1</double></matrix>
            </times></edit></match>
        </fontconfig>""",
}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_same_bytes_whatever_fonts_the_machine_has(machine: str, pdf: bytes, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"}
    if MACHINES[machine]:
        config = tmp_path / "fonts.conf"
        config.write_text(f'<?xml version="1.0"?>{MACHINES[machine]}', encoding="utf-8")
        environment |= {
            "FONTCONFIG_FILE": str(config), "FONTCONFIG_SYSROOT": str(tmp_path), "FC_LANG": "he",
            "LANGUAGE": "ar", "XDG_CURRENT_DESKTOP": "GNOME",
        }  # fmt: skip
    (tmp_path / "in.html").write_text(HTML, encoding="utf-8")
    program = f"""
import pathlib, warnings
warnings.simplefilter("error", UserWarning)
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.model import Fonts
from octopub.pdf.equipment import Kit
from octopub.pdf.fontset import FontSet
from weasyprint import HTML
faces, _ = choose(Fonts(), "fr", open_catalogue())
files = Kit(faces.faces({TEXT!r}, "code"), faces.code.name, "").equipment.faces
with FontSet(files, faces.code.name) as fonts, fonts.in_force():
    html = pathlib.Path("in.html").read_text(encoding="utf-8")
    pathlib.Path("out.pdf").write_bytes(HTML(string=html).render(font_config=fonts).write_pdf())
"""
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=tmp_path, check=True, timeout=120)
    assert (tmp_path / "out.pdf").read_bytes() == pdf


def test_the_files_are_gone_afterwards(
    faces: FaceSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with FontSet(files(faces, "a")):
        (folder,) = tmp_path.iterdir()
        assert len(list(folder.iterdir())) == 4
    assert list(tmp_path.iterdir()) == []
    fonts = FontSet(files(faces, "a"))
    del fonts
    assert list(tmp_path.iterdir()) == []


def test_two_books_one_after_the_other(faces: FaceSet) -> None:
    html = '<p style="font-family: serif">x</p>'
    hebrew, _ = choose(Fonts(), "he", open_catalogue())
    for chosen, name in ((faces, "EB-Garamond"), (hebrew, "Frank-Ruhl-Libre"), (faces, "EB-Garamond")):
        with FontSet(files(chosen, "x")) as fonts:
            assert embedded(written(html, fonts)) == {name}


def test_another_book_meanwhile(faces: FaceSet, pdf: bytes) -> None:
    """Inside, as where a build is called from another's; and beside it, in a thread of its own, which waits."""
    hebrew = files(choose(Fonts(), "he", open_catalogue())[0], "x")
    with FontSet(files(faces, TEXT, "code"), faces.code.name) as fonts, FontSet(hebrew) as others:
        html = '<p style="font-family: serif">x</p>'
        with ThreadPoolExecutor(1) as beside, fonts.in_force():
            second = beside.submit(written, html, others)
            inside = written(html, others)
            first = written(HTML, fonts)
            assert not second.done()
        assert first == pdf
        assert inside == second.result()
        assert embedded(inside) == {"Frank-Ruhl-Libre"}


def test_a_face_that_fontconfig_cannot_read_is_the_machines_fault(
    faces: FaceSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octopub.pdf.equipment.with_heights", lambda *_: b"no font")
    with pytest.raises(MachineError, match=r"cannot read the face 00\.ttf"):
        FontSet(files(faces, "a"))


def test_a_stylesheets_own_face_still_works(faces: FaceSet) -> None:
    source = faces.code.face().path
    html = f'<style>@font-face {{ font-family: Brought; src: url("{source.as_uri()}") }}</style>'
    with FontSet(files(faces, "a")) as fonts:
        assert embedded(written(html + '<p style="font-family: Brought">x</p>', fonts)) == {"Brought"}


def test_a_word_in_another_face_does_not_push_the_lines_apart() -> None:
    from weasyprint import HTML  # noqa: PLC0415  # as above

    text = "Latin words. " * 30
    foreign = "Latin שלום words. السلام " * 15
    heights = []
    for words in (text, foreign):
        faces = files(choose(Fonts(), "en", open_catalogue())[0], words)
        with FontSet(faces) as fonts, fonts.in_force():
            css = '@page { size: 200pt } p { font: 10pt "EB Garamond"; line-height: normal; margin: 0 }'
            document = HTML(string=f"<style>{css}</style><p>{words}").render(font_config=fonts)
        lines = [box for box in document.pages[0]._page_box.descendants() if type(box).__name__ == "LineBox"]
        heights.append({round(line.height, 3) for line in lines})
    assert len(heights[0]) == 1
    assert heights[0] == heights[1]
