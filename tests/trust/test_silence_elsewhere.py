"""Nothing in, nothing out: what is imported or open in an editor gets at no more than what is built."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.desk.test_lsp import Editor
from tests.importing.rich import docx, odt
from tests.importing.test_epub_import import epub
from tests.trust.test_silence import ASKED, NETWORK, PIXEL, TITLE, hostile_files
from tests.trust.watching import ears, watch

PLACES = ("../secret.png", "/etc/passwd", "file:///etc/passwd", f"{NETWORK}/a.png", "//127.0.0.1:9/a.png", "link.png", "away/secret.png")
"""Where pictures are said to lie."""

DTD = f'<!DOCTYPE html PUBLIC "a" "{NETWORK}/a.dtd" [<!ATTLIST p a CDATA "b">]>'
PICTURES = "".join(f'<p>A <img src="{place}" alt="picture"/> here.</p>' for place in PLACES)
ACTING = (
    f'<link rel="stylesheet" href="{NETWORK}/a.css"/><style>@import "{NETWORK}/b.css"; p {{ background: url(/etc/passwd) }}</style>'
    f'<script src="{NETWORK}/a.js">a()</script><base href="{NETWORK}/"/><meta http-equiv="refresh" content="0; {NETWORK}/"/>'
    f'<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
)
_RELATED = "".join(
    f'<Relationship Id="p{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{place}" TargetMode="External"/>'
    for number, place in enumerate(PLACES)
)
_BLIPS = "".join(
    f'<w:p><w:r><w:t>A</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:{how}="p{number}"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    for number, _ in enumerate(PLACES)
    for how in ("link", "embed")
)
_FRAMES = "".join(f'<text:p>A <draw:frame><draw:image xlink:href="{place}"/></draw:frame></text:p>' for place in PLACES)

SOURCES = {
    "page.html": f"{DTD}<html><head><title>A</title>{ACTING}</head><body>{PICTURES}</body></html>".encode(),
    "text.docx": docx(
        f"{_BLIPS}<w:p><w:r><w:t>Words.</w:t></w:r></w:p>",
        {"word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{_RELATED}</Relationships>'},
    ),
    "text.odt": odt(f"{_FRAMES}<text:p>Words.</text:p>"),
    "book.epub": epub({"one.xhtml": f"<h1>One</h1>{ACTING}{PICTURES}", "two.xhtml": f"{DTD}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>B</p></body></html>"}),
    "text.txt": f"A Title\n\n![a](file:///etc/passwd) and {NETWORK}/a.png\n".encode(),
}
"""Sources that ask for all of these."""


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_imported_asks_for_nothing(tmp_path: Path, name: str) -> None:
    """Neither while it is imported, nor when its manuscript is built."""
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "away").symlink_to(tmp_path)
    (folder / name).write_bytes(SOURCES[name])
    watched = watch(folder, "import", name, trace=True)
    assert watched.status == 0, watched.said
    assert {path for path in watched.opened if not path.is_relative_to(folder)} == set()
    assert watched.others == []
    built = watch(folder, "epub", f"manuscript/{Path(name).stem}.md")
    assert {path for path in built.opened if not path.is_relative_to(folder)} == set()
    assert list(folder.rglob("manuscript/images/**/*.png")) == []


def test_what_an_editor_has_open_asks_for_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "project/manuscript"
    folder.mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder / "own.png").write_bytes(PIXEL)
    hostile_files(folder)
    lines = [*TITLE.splitlines(), *(line for line, _ in ASKED.values()), "![a]("]

    async def edit(editor: Editor) -> tuple[list[str], list[str]]:
        await editor.start()
        said = [str(each.code) for each in await editor.complaints()]
        for line, _ in enumerate(lines):
            await editor.client.text_document_hover_async(lsp.HoverParams(editor.document, lsp.Position(line, 7)))
        end = lsp.Position(len(lines) - 1, len(lines[-1]))
        offered = await editor.client.text_document_completion_async(lsp.CompletionParams(editor.document, end))
        await editor.stop()
        assert isinstance(offered, list)
        return said, [each.label for each in offered]

    with ears() as all_ears:
        said, offered = asyncio.run(edit(Editor(tmp_path / "project", "\n".join(lines), all_ears.environment)))
        watched = all_ears.heard(0, "", [])
    assert {code for _, code in ASKED.values()} <= set(said)
    assert offered == ["own.png"]
    assert {path for path in watched.opened if not path.is_relative_to(tmp_path / "project")} == set()
    assert watched.others == []
