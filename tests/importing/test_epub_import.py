"""EPUBs: octopub's own give their manuscripts back; others come as far as their markup says what is what."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import octopub
from octopub.diagnostics import BuildError
from octopub.importing.draft import Draft, Heading, Quotation
from octopub.importing.ebook.epub import read
from octopub.importing.writing import writer
from tests.importing.rich import PIXEL, called, complaints, packed

MANUSCRIPTS = Path(__file__).parents[1] / "epub/manuscripts"

ESSAY = """\
---
title: The Lamp
subtitle: A Short History
author: [Ann Wick, Bea Oil]
date: 2020-03-04
lang: en-GB
publisher: The Rock Press
rights: Copy it.
description: On lamps.
subject: [lamps, oil]
identifier: urn:isbn:9780306406157
octopub: {kind: book, url: "https://example.org/lamp", imprint: Printed on the rock.}
---

{.epigraph}
> Light is all.
>
> — A keeper

# Oil {#on-oil}

It was *old* and **heavy**, `code`, x<sup>2</sup>, ~~gone~~, [au revoir]{lang=fr}, [Rome]{.smallcaps}.[^a] See [](#sea), note [](#note:a) and [a page](https://example.org/).

| A lamp on a rock
|   a rock in the sea
|
| the end

| Lamp[^b] | Oil |
|:---------|----:|
| a        | b   |

1. one

   - inner

2. two

![A dot](dot.png "The *dot*[^a]")

```
light  = on
```

***

# The sea {#sea}

## Depth

A call in a note^[An inline note.] and\\
a new line.

[^a]: First note. *Marked.*

    - with a list

[^b]: Second note, with a call.[^c]

[^c]: Third.

[^d]: Nothing calls this.
"""


def build(text: str, folder: Path, images: dict[str, bytes]) -> bytes:
    for name, content in images.items():
        (folder / name).write_bytes(content)
    manuscript = folder / "book.md"
    manuscript.write_text(text, "utf-8")
    return octopub.build_epub(manuscript)


def pages(book: bytes) -> dict[str, str]:
    """The book's texts, without the difference that a reference to a printed page makes."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        found = {
            name: file.read(name).decode() for name in file.namelist() if re.search(r"(xhtml|opf|ncx)$", name)
        }
    return {name: text.replace(' class="page-reference"', "") for name, text in found.items()}


def test_a_book_comes_back_page_for_page(tmp_path: Path) -> None:
    first = build(ESSAY, tmp_path, {"dot.png": PIXEL})
    draft = read(first, name="book.epub")
    assert pages(build(writer.write(draft), tmp_path, draft.resources)) == pages(first)
    assert draft.metadata["author"] == ["Ann Wick", "Bea Oil"]
    assert draft.unmatched == ()


@pytest.mark.parametrize("name", ["bare", "essay", "german", "handout", "hebrew"])
def test_the_books_of_other_tests_come_back(name: str, tmp_path: Path) -> None:
    first = octopub.build_epub(MANUSCRIPTS / f"{name}.md")
    draft = read(first, name="book.epub")
    assert pages(build(writer.write(draft), tmp_path, draft.resources)) == pages(first)
    assert complaints(draft, tmp_path) == []


def test_a_title_that_calls_a_note_keeps_it(tmp_path: Path) -> None:
    first = build("# A *lamp*[^1]\n\nText.\n\n[^1]: Of the title.\n", tmp_path, {})
    draft = read(first, name="book.epub")
    assert pages(build(writer.write(draft), tmp_path, {})) == pages(first)


# -- other people's books ---------------------------------------------------------------------------

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(files: dict[str, str], **more: str | bytes) -> bytes:
    """An EPUB with these files in its spine, in this order."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(files)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n, _ in enumerate(files))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
        "<metadata><dc:title>Other</dc:title><dc:creator>Somebody</dc:creator><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    bodies = {
        f"OPS/{name}": body
        if body.startswith("<!")
        else '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title></head><body>{body}</body></html>"
        for name, body in files.items()
    }
    return packed({"META-INF/container.xml": _CONTAINER, "OPS/book.opf": package, **bodies, **more})


def draft_of(files: dict[str, str], **more: str | bytes) -> Draft:
    return read(epub(files, **more), name="other.epub")


def test_notes_in_a_file_of_their_own() -> None:
    made = draft_of({
        "one.xhtml": '<h1>One</h1><p>A<a epub:type="noteref" href="notes.xhtml#n1">1</a>.</p>',
        "two.xhtml": '<h1>Two</h1><p>B<a epub:type="noteref" href="notes.xhtml#n2">1</a>.</p>',
        "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2>'
        '<aside epub:type="endnote" id="n1"><p><a href="one.xhtml">1</a>. First.</p></aside>'
        '<aside epub:type="endnote" id="n2"><p>1. Second.</p></aside></section>',
    })  # fmt: skip
    assert called(made) == ["1", "2"]
    assert made.note_words == {"1": ("First.",), "2": ("Second.",)}
    assert made.text_words == ("One", "A", ".", "Two", "B", ".")


def test_one_anchor_in_two_files_is_two() -> None:
    made = draft_of({
        "one.xhtml": '<h1 id="a">One</h1><p>See <a href="two.xhtml#a">two</a>.</p>',
        "two.xhtml": '<h1 id="a">Two</h1><p>See <a href="#a">here</a>.</p>',
    })  # fmt: skip
    assert [block.anchor for block in made.blocks if isinstance(block, Heading)] == ["", "a-2"]


def test_what_the_markup_says() -> None:
    made = draft_of({
        "cover.xhtml": '<section epub:type="cover"><p>Cover words</p></section>',
        "one.xhtml": '<section epub:type="epigraph"><p>Light.</p></section><p>Text&nbsp;&mdash; more.</p>',
    })  # fmt: skip
    assert isinstance(made.blocks[0], Quotation)
    assert made.blocks[0].epigraph
    assert made.text_words == ("Light.", "Text", "—", "more.")
    assert [each.text for each in made.left_out] == ["Cover words"]


def test_files_that_are_no_xml_are_read_as_readers_show_them() -> None:
    assert draft_of({"one.xhtml": "<!DOCTYPE html><body><p>One<br>two"}).text_words == ("One", "two")


@pytest.mark.parametrize(
    "address", ["../../etc/hostname", "file:///etc/hostname", "http://example.org/x.png"]
)
def test_pictures_outside_are_not_read(address: str) -> None:
    made = draft_of({"one.xhtml": f'<p>Text.</p><p><img src="{address}" alt="x"/></p>'})
    assert made.resources == {}
    assert len(made.findings) == 1


REFUSED = {
    "no book": packed({"a.txt": "a"}),
    "no text": epub({}),
    "entities": epub({"one.xhtml": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'}),
    "encrypted": epub(
        {"one.xhtml": "<p>x</p>"},
        **{"META-INF/encryption.xml": '<a><CipherReference URI="OPS/one.xhtml"/></a>'},
    ),
    "a way out": packed({
        "META-INF/container.xml": _CONTAINER.replace("OPS/book.opf", "../book.opf"), "../book.opf": "<package/>",
    }),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    with pytest.raises(BuildError):
        read(REFUSED[case], name="other.epub")
