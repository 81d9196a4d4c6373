"""Assembly, beside the file that it begins with: each mend is needed, and is made. When a first line fails,
WeasyPrint does it itself, and the mend can go.
"""

from __future__ import annotations

import functools
from typing import Any

import pikepdf

from octopub import building
from octopub.faces.catalogue import open_catalogue
from tests.pdf.press import elements, opened, pdf

TEXT = """---
title: Mends
author: Nobody
lang: en
octopub: {title-page: false}
---

Words.[^a] A [слово]{lang=ru}.

| Head |
|---|
| Cell |

![](ornament.png){.decorative}

{.newpage}
Another page.

[^a]: The note.
"""


@functools.cache
def before() -> bytes:
    """The file as WeasyPrint writes it."""
    from tests.pdf.press import FOLDER  # noqa: PLC0415  # as below
    from tools.simple import Simple  # noqa: PLC0415  # WeasyPrint

    book = building.load(TEXT, base=FOLDER).book
    assert book is not None
    simple = Simple(book, open_catalogue(), {})
    try:
        return simple.write()
    finally:
        simple.close()


def after() -> bytes:
    return pdf(TEXT)


def roles(file: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(file)]


def heads(file: bytes) -> list[Any]:
    with opened(file) as book:
        return [element.get("/A", {}).get("/Scope") for element in elements(book) if element.S == "/TH"]


def test_table_heads_get_their_scope() -> None:
    assert heads(before()) == [None]
    assert heads(after()) == ["/Column"]


def test_notes_are_tagged_as_notes() -> None:
    with opened(before()) as old, opened(after()) as new:
        assert ("/Note" in roles(old), "/Note" in roles(new)) == (False, True)


def test_a_language_is_told() -> None:
    with opened(before()) as old, opened(after()) as new:
        assert [sum("/Lang" in element for element in elements(file)) for file in (old, new)] == [0, 1]


def parts(file: bytes) -> list[str]:
    with opened(file) as book:
        return [str(part.S) for part in book.Root.StructTreeRoot.K[0].K]


def test_the_tree_does_not_begin_anew_on_each_page() -> None:
    assert parts(before()) == ["/NonStruct", "/Sect", "/NonStruct", "/Sect"]
    assert parts(after()) == ["/Sect", "/Sect"]


def artifacts(file: bytes) -> list[int]:
    """How many artifacts each page has."""
    with opened(file) as book:
        return [
            sum(
                str(step.operator) in ("BMC", "BDC") and step.operands[0] == "/Artifact"
                for step in pikepdf.parse_content_stream(page)
            )
            for page in book.pages
        ]


def test_folios_running_heads_and_ornaments_become_artifacts() -> None:
    # What holds a call to its word, an ornament and a folio; a running head with its folio.
    assert [new - old for old, new in zip(artifacts(before()), artifacts(after()), strict=True)] == [3, 1]


def links(file: bytes) -> list[Any]:
    with opened(file) as book:
        return [
            (str(link.Contents), float(link.Rect[1]) < float(link.Rect[3]))
            for page in book.pages
            for link in page.get("/Annots", ())
        ]


def test_links_say_where_they_lead_and_stand_upright() -> None:
    assert links(before()) == [("note-1", False), ("call-1", False)]
    assert links(after()) == [("Note 1", True), ("Back to the text", True)]


def test_the_identifier_is_made_of_the_content() -> None:
    with opened(before()) as old, opened(after()) as new:
        assert "/ID" not in old.trailer
        assert len(bytes(new.trailer.ID[0])) == 16
