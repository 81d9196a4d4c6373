"""Nothing in, nothing out: whatever a manuscript and what lies beside it ask for, no file outside the project is
opened, no connection made and no program started, and the outputs lead nowhere but where links may lead."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from octopub.faces.catalogue import packaged
from tests.trust.watching import watch

TITLE = "---\ntitle: Silence\nlang: en\n---\n\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82"
)
NETWORK = "http://127.0.0.1:9"
"""A place where nobody answers; that it was asked would be heard all the same."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project, and a secret beside it."""
    folder = tmp_path / "project"
    (folder / "manuscript").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PIXEL)
    return folder


def write(project: Path, text: str) -> None:
    (project / "manuscript/text.md").write_text(text, "utf-8")


ASKED = {
    "a parent's": ("![a](../../secret.png)", "image-outside"),
    "a far parent's": ("![a](../../../../../../../../etc/passwd)", "image-outside"),
    "a root's": ("![a](/etc/passwd)", "image-outside"),
    "file": ("![a](file:///etc/passwd)", "image-outside"),
    "http": (f"![a]({NETWORK}/a.png)", "image-outside"),
    "host": ("![a](//127.0.0.1:9/a.png)", "image-outside"),
    "data": ("![a](data:image/svg+xml,%3Csvg/%3E)", "image-outside"),
    "link": ("![a](link.png)", "image-outside"),
    "folder's link": ("![a](away/secret.png)", "image-outside"),
    "device": ("![a](device.png)", "image-outside"),
    "pipe": ("![a](pipe.png)", "image-unreadable"),
    "circle": ("![a](circle.png)", "image-unreadable"),
    "script": ("[a](javascript:alert(1))", "link-dangerous"),
    "written otherwise": ("[a](JAVA&#x73;cript:alert%281%29)", "link-dangerous"),
    "file's link": ("[a](file:///etc/passwd)", "link-dangerous"),
    "data's link": ("[a](data:text/html,a)", "link-dangerous"),
}
"""What a manuscript asks for in a line of its own, and the error that it gets there."""


def hostile_files(folder: Path) -> None:
    """Files that are not what their names say."""
    (folder / "link.png").symlink_to(folder.parent.parent / "secret.png")
    (folder / "away").symlink_to(folder.parent.parent)
    (folder / "device.png").symlink_to("/dev/zero")
    (folder / "circle.png").symlink_to("circle.png")
    os.mkfifo(folder / "pipe.png")


def test_what_is_asked_for_is_refused_at_its_line_and_not_opened(project: Path) -> None:
    hostile_files(project / "manuscript")
    write(project, TITLE + "\n\n".join(line for line, _ in ASKED.values()))
    watched = watch(project, "build")
    assert watched.status == 1
    said = {int(line.split(":")[1]): line.rpartition("[")[2].rstrip("]") for line in watched.said.splitlines()}
    assert said == {6 + 2 * index: code for index, (_, code) in enumerate(ASKED.values())}
    assert {path for path in watched.opened if not path.is_relative_to(project)} == set()
    assert watched.others == []


FRONT = {
    "cover": ("cover-image: ../../secret.png\n", "3:14", "image-outside"),
    "cover by a link": ("cover-image: link.png\n", "3:14", "image-outside"),
    "cover by network": (f"cover-image: {NETWORK}/a.png\n", "3:14", "image-outside"),
    "profile": ("octopub:\n  output-profile: /etc/passwd\n", "4:19", "profile-unfit"),
    "imprint": ("octopub:\n  imprint: '![a](/etc/passwd)'\n", "4:12", "image-outside"),
}


@pytest.mark.parametrize(("lines", "place", "code"), FRONT.values(), ids=FRONT)
def test_the_front_matter_is_not_trusted_more(project: Path, lines: str, place: str, code: str) -> None:
    hostile_files(project / "manuscript")
    write(project, f"---\ntitle: A\n{lines}lang: en\n---\n\nText.\n")
    watched = watch(project, "epub")
    assert [re.sub(r"^.*?:(\d+:\d+): .*\[([a-z-]+)\]$", r"\1 \2", line) for line in watched.said.splitlines()] == [
        f"{place} {code}"
    ]
    assert {path for path in watched.opened if not path.is_relative_to(project)} == set()


STYLE = f"""@import url("{NETWORK}/a.css");
@import "/etc/passwd";
@font-face {{ font-family: Own; src: url(file:///etc/passwd) }}
p {{ background: url("../../secret.png") }}
p::before {{ content: url(data:image/svg+xml,<svg/>) }}
"""


def test_a_stylesheet_brings_nothing_in(project: Path) -> None:
    write(project, TITLE + "Text.\n")
    (project / "styles").mkdir()
    (project / "styles/base.css").write_text(STYLE, "utf-8")
    watched = watch(project, "build")
    assert watched.status == 1
    lines = [int(line.split(":")[1]) for line in watched.said.splitlines() if line.endswith("[style-address]")]
    assert sorted(set(lines)) == [1, 2, 3, 4, 5]
    assert {path for path in watched.opened if not path.is_relative_to(project)} == set()
    assert watched.others == []


@pytest.mark.parametrize("whole", [False, True], ids=["a file", "the folder"])
def test_stylesheets_and_faces_that_are_links_out_of_the_project(project: Path, whole: bool) -> None:
    write(project, TITLE + "Text.\n")
    outside = project.parent / "outside"
    outside.mkdir()
    (outside / "base.css").write_text("p { color: red }", "utf-8")
    face = packaged("EB Garamond")
    assert face is not None
    (outside / "own.ttf").write_bytes(face.face().path.read_bytes())
    for name, file in {"styles": "base.css", "fonts": "own.ttf"}.items():
        if whole:
            (project / name).symlink_to(outside)
        else:
            (project / name).mkdir()
            (project / name / file).symlink_to(outside / file)
    styled = watch(project, "epub")
    assert "styles/base.css: error: this stylesheet cannot be read here: it is a link that leads out" in styled.said
    (project / "styles").rename(project / "no-styles")
    faced = watch(project, "epub", trace=True)  # HarfBuzz opens them itself
    assert "“own.ttf”, in the project's fonts/ folder, is no font that can be used" in faced.said
    assert (styled.status, faced.status) == (1, 1)
    assert {path for path in styled.opened | faced.opened if path.suffix in (".css", ".ttf")} == set()


DRAWING = f"""<?xml-stylesheet href="{NETWORK}/a.css"?>
<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "{NETWORK}/a.dtd">]>
{SVG}
<script href="{NETWORK}/a.js">alert(1)</script><rect onload="alert(1)" width="9" height="9"/>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="file:///etc/passwd"/></foreignObject>
<image href="{NETWORK}/a.png" width="9" height="9"/><image xlink:href="../../secret.png" width="9" height="9"/>
<image href="data:image/svg+xml,{"%3Csvg/%3E"}" width="9" height="9"/><use href="file:///etc/passwd#a"/>
<style>@import "{NETWORK}/b.css"; @font-face {{ font-family: A; src: url({NETWORK}/a.ttf) }}
rect {{ fill: url(file:///etc/passwd#a) }}</style>
<a href="javascript:alert(1)"><text y="9" style="font-family: A; fill: url('{NETWORK}/c')">&a;a</text></a>
<set href="#a" attributeName="href" to="javascript:alert(1)"/>
</svg>"""

HTML = f"""
Words <img src="{NETWORK}/a.png"> and <link rel="attachment" href="file:///etc/passwd"> more
<iframe src="/etc/passwd"></iframe> <span style="background: url({NETWORK}/b.png)">again</span>
<a rel="attachment" href="file:///etc/passwd">here</a> <object data="/etc/passwd"></object>
[local](../../secret.png) [host](//127.0.0.1:9/) [other](ftp://127.0.0.1/) [true](https://example.org/)

<style>@import "/etc/passwd";</style> <script src="{NETWORK}/a.js"></script> <base href="file:///etc/">
"""


def test_what_can_be_built_is_built_in_silence(project: Path) -> None:
    """With its workers, and with the system calls of the libraries where they may be traced."""
    chapters = "".join(f"# Chapter {number}\n\nWords.[^{number}]\n\n[^{number}]: A note.\n\n" for number in range(3))
    write(project, f"{TITLE}{chapters}{HTML}\n![drawing](drawing.svg)\n\n![pixel](pixel.png)\n")
    (project / "manuscript/drawing.svg").write_text(DRAWING, "utf-8")
    (project / "manuscript/pixel.png").write_bytes(PIXEL)
    for command in (["epub"], ["pdf", "--workers", "2"]):
        watched = watch(project, *command, trace=True)
        assert watched.status == 0, watched.said
        assert {path for path in watched.opened if not path.is_relative_to(project)} == set()
        assert watched.others == []
    assert addresses_in((project / "build/text.epub").read_bytes()) == {"https://example.org/"}
    assert actions_in((project / "build/text.pdf").read_bytes()) == {"https://example.org/"}


ACTING = frozenset("script foreignObject iframe object embed base form set".split())


def addresses_in(epub: bytes) -> set[str]:
    """Whatever leads out of the chapters, drawings and stylesheets of an EPUB; nothing in them acts."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        for name in archive.namelist():
            if name.endswith(".css"):
                css = archive.read(name).decode()
                assert "@import" not in css
                found |= set(re.findall(r"""url\(["']?([^#"')][^)]*)""", css))
            elif name.endswith((".xhtml", ".svg")):
                for element in etree.fromstring(archive.read(name)).iter():
                    assert isinstance(element.tag, str), f"{element} in {name}"
                    assert etree.QName(element).localname not in ACTING
                    assert [key for key in element.attrib if str(key).startswith("on")] == []
                    values = [*element.attrib.values(), element.text if element.tag.endswith("style") else ""]
                    found |= set(re.findall(r"\b(?:https?|ftp|file|data|javascript):\S+|\S*secret\S*", " ".join(filter(None, values))))
    return found


def actions_in(pdf: bytes) -> set[str]:
    """The addresses that a PDF's links lead to; it does nothing else."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for dictionary in (each for each in document.objects if isinstance(each, pikepdf.Dictionary)):
            assert not {"/JS", "/EF", "/AA", "/OpenAction"} & set(dictionary.keys())
            assert str(dictionary.get("/S", "")) not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
        links = [link for page in document.pages for link in page.get("/Annots", ())]
        return {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
