"""`check --target kindle`: each rule has a case that breaks it, and one beside it that does not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from octopub import building
from octopub.desk.check import check
from octopub.desk.kindlestyles import style_rules
from octopub.diagnostics import Code
from octopub.markup.styles import FILES
from octopub.model import Target
from tests.epub.opened import BOOKS, XHTML, book
from tests.running import ESSAY, Run
from tests.tools import ROOT

CODES = [code for code in Code if code.slug.startswith("kindle-")]
HEAD = "---\ntitle: A Text\nlang: en\noctopub: {kind: essay}\n"


def picture(kind: str, size: tuple[int, int] = (8, 8), mode: str = "RGB", **options: object) -> bytes:
    """A picture of this kind."""
    Image.new(mode, size, *([options.pop("color")] if "color" in options else [])).save(out := BytesIO(), kind, **options)  # type: ignore[arg-type]  # Pillow's options are its kinds'
    return out.getvalue()


def drawing() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="3000"><path d="M0 0h9v9z"/></svg>'


MOVING = picture("GIF", save_all=True, append_images=[Image.new("RGB", (8, 8), "white")])
CLEAR = (0, 0, 0, 99)
OPAQUE = (0, 0, 0, 255)
IMAGE = f"{HEAD}---\n\nText.\n\n![A picture](p)\n"
COVER = f"{HEAD}cover-image: p\n---\n\nText.\n"


def table(rows: int, columns: int) -> str:
    """A table with a head and so many rows in all."""
    row = "|" + " a |" * columns + "\n"
    return f"{HEAD}---\n\nText.\n\n{row}|{'---|' * columns}\n{row * (rows - 1)}"


CASES = [
    ("kindle-cover-none", 0, "---\ntitle: A Text\nlang: en\n---\n\nText.\n", b""),
    ("", 0, f"{HEAD}---\n\nText.\n", b""),
    ("kindle-cover-refused", 5, COVER, picture("JPEG", (624, 1000))),
    ("kindle-cover-refused", 5, COVER, picture("JPEG", (625, 999))),
    ("kindle-cover-refused", 5, COVER, picture("PNG", (1600, 10_001), "1")),
    ("kindle-cover-refused", 5, COVER, picture("WEBP", (1600, 2560))),
    ("kindle-cover-refused", 5, COVER, drawing()),
    ("kindle-cover-small", 5, COVER, picture("JPEG", (625, 1000))),
    ("kindle-cover-small", 5, COVER, picture("JPEG", (1599, 2560))),
    ("", 0, COVER, picture("JPEG", (1600, 2560))),
    ("kindle-image-refused", 9, IMAGE, picture("WEBP")),
    ("kindle-image-refused", 9, IMAGE, MOVING),
    ("", 0, IMAGE, picture("GIF")),
    ("kindle-image-doubtful", 9, IMAGE, drawing()),
    ("kindle-image-doubtful", 9, IMAGE, picture("JPEG", mode="CMYK")),
    ("kindle-image-doubtful", 9, IMAGE, picture("PNG", mode="RGBA", color=CLEAR)),
    ("kindle-image-doubtful", 9, IMAGE, picture("PNG", mode="P", transparency=0)),
    ("", 0, IMAGE, picture("PNG", mode="RGBA", color=OPAQUE)),
    ("", 0, IMAGE, picture("JPEG")),
    ("kindle-image-large", 9, IMAGE, picture("PNG", (1500, 1200), "RGB", compress_level=0)),
    ("", 0, IMAGE, picture("PNG", (1200, 1200), "RGB", compress_level=0)),
    ("kindle-alt-long", 9, IMAGE.replace("A picture", "a" * 140), picture("JPEG")),
    ("", 0, IMAGE.replace("A picture", "a" * 139), picture("JPEG")),
    ("kindle-table-large", 9, table(101, 2), b""),
    ("kindle-table-large", 9, table(2, 11), b""),
    ("", 0, table(100, 10), b""),
    ("kindle-contents-deep", 13, f"{HEAD}---\n\nText.\n\n## A\n\n### B\n\n#### C\n\n#### D\n", b""),
    ("", 0, f"{HEAD}---\n\nText.\n\n## A\n\n### B\n\n## C\n", b""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "text", "image"), CASES)
def test_case(tmp_path: Path, code: str, line: int, text: str, image: bytes) -> None:
    (tmp_path / "p").write_bytes(image)
    (tmp_path / "text.md").write_text(text)
    found = check(building.load(tmp_path / "text.md"), "kindle")
    ours = [(each.code.slug, each.span.line if each.span else 0) for each in found if each.code in CODES]
    assert ours == ([(code, line)] if code else [])


def test_a_picture_that_stands_twice_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(picture("WEBP"))
    (tmp_path / "text.md").write_text(IMAGE + "\n![A picture](p)\n")
    found = check(building.load(tmp_path / "text.md"), "kindle")
    assert [each.code.slug for each in found if each.code in CODES] == ["kindle-image-refused"]


STYLES = [
    ("p { margin-left: -1em }", "6.2"),
    (".verse { padding: 0 -2px }", "6.2"),
    ("h1 { line-height: -1 }", "6.2"),
    ("h1 { text-indent: -2em }", "6.2"),
    ("h1 { text-indent: -2em; padding-inline-start: 1em }", "6.2"),
    ("h1 { text-indent: -2em; padding-left: 2em }", ""),
    ("a { margin-right: -1em; padding-right: 0.9em }", "6.2"),
    ("a { margin-right: -1em; padding-right: 1em }", ""),
    ("p + p { text-indent: 5em }", "10.3.3"),
    ("p + p { text-indent: 4em }", ""),
    ("blockquote { height: 10em }", "10.3.3"),
    ("figure img { height: 10em }", ""),
    ("blockquote { margin: 0 20px }", "10.3.5"),
    ("blockquote { margin: 0 5% }", ""),
    ("body { color: black }", "10.3.2"),
    ("h1, p { background: #fff }", "10.3.2"),
    ("p { background: none; color: inherit }", ""),
    ("p { line-height: 1.5 }", "10.3.2"),
    ("h1 { line-height: 1.5 }", ""),
    ("p { font-size: 0.9em }", "10.3.2"),
    ("p { font-size: 1em }", ""),
    ("p { font-weight: bold }", "10.3.2"),
    ("em { font-weight: bold }", ""),
    ("@media (min-width: 20em) { p { color: red } }", "10.3.2"),
    ("body { padding-left: calc(var(--line) - 3em) }", "6.2"),
]


@pytest.mark.parametrize(("css", "clause"), STYLES)
def test_a_stylesheet(css: str, clause: str) -> None:
    found = [each.message for each in style_rules({"epub.css": css})]
    assert [f"(Kindle Publishing Guidelines {clause})" in message for message in found] == ([True] if clause else [])


def test_the_built_in_stylesheets_break_no_rule() -> None:
    sheets = {name: (ROOT / "styles" / name).read_text("utf-8") for name in FILES[Target.EPUB]}
    assert list(style_rules(sheets)) == []


def test_every_rule_has_a_case() -> None:
    slugs = {code for code, *_ in CASES} | {"kindle-style"}
    assert slugs - {""} == {code.slug for code in CODES}


def test_every_rule_names_its_clause() -> None:
    assert [code.slug for code in CODES if "Kindle Publishing Guidelines" not in code.wording] == []


@pytest.mark.parametrize(("name", "largest"), BOOKS)
def test_what_octopub_sees_to(name: str, largest: int | None) -> None:
    """Kindle Publishing Guidelines 6.1 (no forms and frames), 6.3 (no scripts), 6.4 (no paragraph in another), 10.5.2
    (no table in another), 5.2 and 5.3 (contents in either form, and where they are)."""
    opened = book(name, largest)
    for document in opened.documents.values():
        names = {str(each.tag).removeprefix(XHTML) for each in document.iter()}
        assert not names & {"script", "form", "input", "button", "frame", "frameset", "iframe", "object", "embed"}
        for outer in ("p", "table"):
            assert not document.findall(f".//{XHTML}{outer}//{XHTML}{outer}")
    assert opened.ncx().find(".//{*}navPoint") is not None
    assert opened.contents()
    spine = opened.package.find("{*}spine")
    assert spine is not None and spine.get("toc") == "ncx"


def test_only_who_asks_is_told(run: Run) -> None:
    run.write("essay.md", ESSAY)
    assert run("check", "essay.md") == (0, "", "")
    ran = run("check", "--target", "kindle", "essay.md")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("essay.md: warning: this handout has no cover")
    assert run("check", "--target", "kindle", "--strict", "essay.md").status == 1
