"""Archives and XML of strangers."""

from __future__ import annotations

import pytest

from octopub import BuildError
from octopub.importing.archive import Archive, parse_xml
from octopub.importing.bounds import USUAL
from tests.importing.rich import packed

OUTSIDE = ("../b.xml", "/c.xml", "d/../../e.xml", "f\\..\\g.xml", "C:h.xml", "..")


def test_names_that_lead_out_are_as_if_they_were_not_there() -> None:
    archive = Archive(packed({"a.xml": "<a/>", **dict.fromkeys(OUTSIDE, "<b/>")}), "a.zip")
    assert archive.names == ("a.xml",)
    assert [archive.find("", name) for name in OUTSIDE] == [None] * len(OUTSIDE)
    for name in OUTSIDE:
        with pytest.raises(BuildError, match="is missing"):
            archive.read(name)


def test_what_is_read_again_and_again_counts_each_time() -> None:
    archive = Archive(packed({"a.bin": bytes(400)}), "a.zip", USUAL._replace(archive_bytes=1000))
    assert len(archive.read("a.bin")) == len(archive.read("a.bin")) == 400
    with pytest.raises(BuildError, match="it unpacks to more than 1000 bytes"):
        archive.read("a.bin")


@pytest.mark.parametrize("declared", ['b "c"', 'b SYSTEM "file:///etc/passwd"'])
@pytest.mark.parametrize("content", ["", "&b;"])
def test_entities_are_refused_whether_they_are_used_or_not(declared: str, content: str) -> None:
    with pytest.raises(BuildError, match="it declares entities"):
        parse_xml(f"<!DOCTYPE a [<!ENTITY {declared}>]><a>{content}</a>".encode(), "a.xml")
