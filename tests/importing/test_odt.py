"""OpenDocument texts: the golden cases that Word shares, and what only OpenDocument has."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.draft import Draft, Heading, Image, Items, Paragraph, Table
from octopub.importing.wordprocessing.odt import read
from tests.importing.rich import (
    GOLDEN,
    OFFICE_CASES,
    PIXEL,
    complaints,
    odt,
    opendocument_case,
    packed,
    report,
)


def draft(body: str) -> Draft:
    return read(odt(body), name="essay.odt")


@pytest.mark.parametrize("case", OFFICE_CASES)
def test_golden(case: str, tmp_path: Path) -> None:
    made = read(opendocument_case(case), name="essay.odt")
    assert report(made) == (GOLDEN / case / "expected.md").read_text("utf-8")
    assert complaints(made, tmp_path) == []


def test_a_picture_in_a_box_has_its_caption() -> None:
    picture = '<draw:frame><draw:image xlink:href="Pictures/image-1.png"/></draw:frame>'
    made = draft(
        f"<text:p><draw:frame><draw:text-box><text:p>{picture}A dot</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert isinstance(made.blocks[0], Paragraph)
    assert isinstance(made.blocks[0].inside[0], Image)
    assert made.blocks[0].inside[0].caption != ()
    assert made.text_words == ("A", "dot")


def test_a_list_may_begin_with_another_number() -> None:
    made = draft(
        '<text:list text:style-name="Numbers"><text:list-item text:start-value="4"><text:p>four</text:p>'
        "</text:list-item></text:list>"
    )
    assert isinstance(made.blocks[0], Items)
    assert made.blocks[0].start == 4


def test_numbered_headings_are_no_list() -> None:
    made = draft(
        '<text:list text:style-name="Numbers"><text:list-item><text:h text:outline-level="2">Oil</text:h>'
        "</text:list-item></text:list><text:p>Text.</text:p>"
    )
    assert isinstance(made.blocks[0], Heading)


def test_a_file_may_not_claim_a_million_cells() -> None:
    made = draft(
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="1000000"/></table:table-row></table:table>'
    )
    assert isinstance(made.blocks[0], Table)
    assert len(made.blocks[0].rows[0]) <= 200


@pytest.mark.parametrize("address", ["../secret.png", "file:///etc/hostname", "http://example.org/x.png"])
def test_pictures_outside_are_not_read(address: str) -> None:
    made = draft(f'<text:p>Text.<draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>')
    assert made.resources == {}
    assert len(made.findings) == 1


REFUSED = {
    "no archive": b"no archive",
    "another archive": packed({"a.txt": "a"}),
    "entities": packed({"content.xml": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'}),
    "an encrypted one": packed({"META-INF/manifest.xml": "<a><encryption-data/></a>", "content.xml": "?"}),
    "a spreadsheet": packed({"content.xml": "<a/>"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    with pytest.raises(BuildError):
        read(REFUSED[case], name="essay.odt")


def test_a_flat_file_is_read_with_its_pictures() -> None:
    flat = zipfile.ZipFile(io.BytesIO(odt("<text:p>Text.</text:p>"))).read("content.xml").decode()
    flat = flat.replace("document-content", "document").replace(
        "Text.",
        "Text.<draw:frame><draw:image><office:binary-data>"
        f"{base64.b64encode(PIXEL).decode()}</office:binary-data></draw:image></draw:frame>",
    )
    made = read(flat.encode(), name="essay.fodt")
    assert (made.text_words, list(made.resources.values())) == (("Text.",), [PIXEL])
