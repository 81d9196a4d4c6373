"""What `--untrusted` leaves out of what is imported: smaller sizes, and no link out of the project."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import octopub
from octopub.importing import bounds
from tests.importing.rich import docx, odt
from tests.importing.test_epub_import import epub
from tests.trust.test_bounds import command, png

PARAGRAPH = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
PAGE = b"<title>A</title><p>Words.</p>"

STRANGE_SOURCES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a large part": ("a.docx", lambda: docx(PARAGRAPH, {"a.bin": bytes(20_000_001)}), "its part “a.bin” has more than 20000000 bytes"),
    "many files": ("a.docx", lambda: docx(PARAGRAPH, {f"{each}.bin": b"" for each in range(2001)}), "it holds more than 2000 files"),
    "much in all": (
        "a.epub", lambda: epub({"a.xhtml": "<p>Words.</p>"}, **{f"{each}.bin": bytes(17_000_000) for each in range(6)}),
        "it unpacks to more than 100000000 bytes",
    ),
    "a large text": ("a.html", lambda: PAGE + (b" " * 1_000_000 + b"<hr>") * 16, "it has more than 16000000 bytes"),
    "many tags": ("a.html", lambda: PAGE + b"<!---->" * 1_000_001, "it has more than 1000000 tags"),
    "many elements": ("a.html", lambda: PAGE + b"<hr>" * 100_001, "it holds more than 100000 elements"),
    "many paragraphs": ("a.odt", lambda: odt("<text:p>Words.</text:p>" + "<text:p/>" * 50_001), "it has more than 50000 paragraphs"),
    "a large manuscript": ("a.txt", lambda: b"A Title\n\n" + b"w" * 4_000_001 + b"\n", "it has more than 4000000 bytes"),
}  # fmt: skip
"""Sources that are imported, or are not where they are a stranger's; and why not."""


@pytest.mark.parametrize(("name", "make", "reason"), STRANGE_SOURCES.values(), ids=STRANGE_SOURCES)
def test_a_stranger_s_source_may_be_less(tmp_path: Path, name: str, make: Callable[[], bytes], reason: str) -> None:
    content = make()
    assert octopub.import_manuscript(content, kind=Path(name).suffix).text
    (tmp_path / name).write_bytes(content)
    for arguments in (["import"], ["epub"]):
        ran = command(tmp_path, *arguments, name, "--untrusted")
        assert ran.returncode == 1
        assert f"cannot be imported: {reason}; " in ran.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_each_bound_of_a_stranger_s_source_is_tried() -> None:
    strict, usual = bounds.STRICT, bounds.USUAL
    assert all(less < more for less, more in zip([*strict[:-1], *strict.becoming], [*usual[:-1], *usual.becoming], strict=True))
    tried = " ".join(reason for _, _, reason in STRANGE_SOURCES.values()).split()
    assert {str(each) for each in [*strict[:-1], strict.becoming.text_bytes]} <= set(tried)


@pytest.mark.parametrize(("content", "reason"), [(png(9) + bytes(20_000_000), "bytes"), (png(6400), "pixels")], ids=["bytes", "pixels"])
def test_a_stranger_s_page_may_show_smaller_pictures(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.html").write_text('<title>A</title><p>Words. <img src="a.png"></p>')
    (tmp_path / "a.png").write_bytes(content)
    trusted, strange = (
        octopub.import_manuscript(tmp_path / "a.html", untrusted=untrusted) for untrusted in (False, True)
    )
    assert [len(each.resources) for each in (trusted, strange)] == [1, 0]
    assert re.search(rf"image left out: .*more than [0-9]+ (million )?{reason}", strange.report.text)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_converted(tmp_path: Path) -> None:
    """What would be found out about this one later is that it is damaged."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png(6400))).save(out, "TIFF", compression="tiff_deflate")
    damaged = bytearray(out.getvalue())
    middle = len(damaged) // 3
    damaged[middle : middle + 99] = bytes(99)
    (tmp_path / "a.html").write_text('<title>A</title><p>Words. <img src="a.tif"></p>')
    (tmp_path / "a.tif").write_bytes(damaged)
    reports = [octopub.import_manuscript(tmp_path / "a.html", untrusted=untrusted).report.text for untrusted in (False, True)]
    assert ["more than 40 million pixels" in each for each in reports] == [False, True]
    assert ["image left out" in each for each in reports] == [True, True]


def _elsewhere(project: Path, name: str) -> None:
    """This of the project becomes a link out of it."""
    there, away = project / name, project.parent / "away"
    if there.exists():
        there.rename(away)
    else:
        away.mkdir()
        there.parent.mkdir(exist_ok=True)
    there.symlink_to(away)


STRANGE_PLACES = {
    "a.html": "a.html: error",
    "manuscript": "manuscript/a.md: error",
    "manuscript/images": "manuscript/images/a/image.svg: error",
}
"""What is a link out of the project, and where that is an error."""


@pytest.mark.parametrize("asked", ["import", "epub"])
@pytest.mark.parametrize("name", STRANGE_PLACES)
def test_a_stranger_s_import_follows_no_link_out(tmp_path: Path, name: str, asked: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    drawing = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    (project / "a.html").write_text(f'<title>A</title><p>Words. <img src="{drawing}"></p>')
    _elsewhere(project, name)
    ran = command(project, asked, "a.html", "--untrusted")
    *_, said = ran.stderr.decode().splitlines()
    assert (ran.returncode, said[: len(STRANGE_PLACES[name])], said[-11:]) == (1, STRANGE_PLACES[name], "[leads-out]")
    assert name == "a.html" or list((tmp_path / "away").iterdir()) == []
    assert command(project, "import", "a.html").returncode == 0, "whoever trusts it has it imported"
