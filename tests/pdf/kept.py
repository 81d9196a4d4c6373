"""A manuscript with everything, in files that keep each standard and all that hold together; and how to look at them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.pdf.press import pdf

TEXT = """---
title: Kept & Sound
author: [Ann Wick, Bea Oil]
lang: en-GB
subject: [ropes, knots]
octopub: {kind: book, contents: true}
---

# One {#one}

Words with a call[^a], *stressed*, and [a link](https://example.org). [See page](#two){.page}.
A [слово]{lang=ru}, an office in ½ a difficult flight.

![A cart](cart.svg "A cart.")

![A wall](ornament.png)

Term
:   What it is.

1. one
2. two

| A | B |
|---|--:|
| x | 1 |

> Quoted.

`code`

# Two {#two}

More.[^b] The same again.[^b]

[^a]: The note.
[^b]: Another one.
"""

HOLD = [
    "ua-1", "ua-2", "a-3u", "a-4", "x-4", "ua-1+a-3u", "ua-2+a-4", "ua-1+x-4", "a-3u+x-4", "ua-1+a-3u+x-4",
]  # fmt: skip


@functools.cache
def made(standard: str) -> bytes:
    return pdf(TEXT, standard=standard)


def remarks(book: pikepdf.Pdf) -> list[Any]:
    return [each for page in book.pages for each in page.get("/Annots", ())]


def card(book: pikepdf.Pdf) -> Any:
    return book.open_metadata()


def streams(book: pikepdf.Pdf) -> Iterator[Any]:
    return (each for each in book.objects if isinstance(each, Stream))


def painted(book: pikepdf.Pdf) -> Iterator[tuple[Any, bytes]]:
    """Everything that paints, with its resources."""
    for page in book.pages:
        contents = page.obj.get("/Contents", Array())
        parts = contents if isinstance(contents, Array) else [contents]
        yield page.obj.get("/Resources", Dictionary()), b"\n".join(part.read_bytes() for part in parts)
    for stream in streams(book):
        if stream.get("/Subtype") == "/Form" or "/PatternType" in stream:
            yield stream.get("/Resources", Dictionary()), stream.read_bytes()


def bare_rgb(book: pikepdf.Pdf) -> bool:
    named = [
        each.get(key)
        for each in book.objects
        if isinstance(each, Stream | Dictionary)
        for key in ("/ColorSpace", "/CS")
    ]
    named += [each.Group.CS for each in streams(book) if "/Group" in each]
    by_operator = any(
        re.search(rb"\b(rg|RG)\b", content) and "/DefaultRGB" not in resources.get("/ColorSpace", {})
        for resources, content in painted(book)
    )
    return by_operator or any(space == Name.DeviceRGB for space in named)
