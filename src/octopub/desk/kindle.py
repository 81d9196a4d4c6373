"""What a Kindle does not show, or Amazon does not take: `check --target kindle`.

Imports `building`, `model` and `desk.kindlestyles`. The clauses are those of the Kindle Publishing Guidelines in the
edition of 2019.2, the last that was numbered; KDP's help has them under the same headings today. What octopub sees to
by itself (one table never in another, no scripts, a list of contents in either form, files of a Kindle's size) is no
rule here: the tests hold its files against it.
"""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from octopub.desk.kindlestyles import style_rules
from octopub.diagnostics import Code, complain
from octopub.markup.pages import entries
from octopub.model import Kind
from octopub.reading.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.building import Loaded
    from octopub.diagnostics import Diagnostic
    from octopub.model import Book, Heading, Resource

LEAST_COVER, BEST_COVER, LARGEST_COVER = (625, 1000), (1600, 2560), 10_000
"""Pixels across and down (4.1); the last holds for both."""

HEAVIEST_COVER, HEAVIEST_IMAGE = 50_000_000, 5_000_000
"""Bytes (4.1 and 10.4.2)."""

LONGEST_ALT = 140
MOST_ROWS, MOST_COLUMNS = 100, 10
DEEPEST = 2
"""Levels of the contents."""

REFUSED = {"image/webp": "a WebP"}
DRAWING = "image/svg+xml"
OPAQUE = 255


def kindle_rules(loaded: Loaded) -> Iterator[Diagnostic]:
    """What is against the guidelines in a manuscript that was read, and in its project's stylesheets."""
    yield from style_rules(loaded.stylesheets)
    if book := loaded.book:
        yield from _cover(book)
        yield from _contents(book)
        seen: set[str] = set()
        for node in _nodes(book):
            if node.type == "image":
                yield from _image(book, node, is_first=node.meta["resource"].name not in seen)
                seen.add(node.meta["resource"].name)
            elif node.type == "table":
                yield from _table(book, node)


def _nodes(book: Book) -> Iterator[Node]:
    texts = chain((chapter.blocks for chapter in book.chapters), (note.blocks for note in book.notes))
    return (node for blocks in texts for block in blocks for node in block.walk())


def _cover(book: Book) -> Iterator[Diagnostic]:
    """The cover (4.1 and 4.2). One of type, which octopub makes, is taken: it has 1600 × 2400 pixels."""
    cover, place, path = book.cover, book.spans.get("cover-image"), book.source.path
    if cover is None:
        if book.kind is Kind.HANDOUT:
            yield complain(Code.KINDLE_COVER_NONE, None, path)
        return
    sides = (cover.width, cover.height)
    if problem := _refused(cover):
        yield complain(Code.KINDLE_COVER_REFUSED, place, path, problem=problem)
    elif any(side < best for side, best in zip(sides, BEST_COVER, strict=True)):
        width, height = map(round, sides)
        yield complain(Code.KINDLE_COVER_SMALL, place, path, width=width, height=height)


def _refused(cover: Resource) -> str:
    """Why a cover is not taken; empty where it is."""
    sides = (cover.width, cover.height)
    if cover.media_type == DRAWING or cover.media_type in REFUSED:
        return f"the cover is {REFUSED.get(cover.media_type, 'a drawing (SVG)')}"
    if any(side < least for side, least in zip(sides, LEAST_COVER, strict=True)):
        return f"the cover has {sides[0]:.0f} × {sides[1]:.0f} pixels, fewer than 625 × 1000"
    if max(sides) > LARGEST_COVER:
        return f"the cover has {sides[0]:.0f} × {sides[1]:.0f} pixels, more than 10000 × 10000"
    if cover.size > HEAVIEST_COVER:
        return f"the cover has {cover.size / 1e6:.0f} MB, more than 50"
    return ""


def _image(book: Book, node: Node, *, is_first: bool) -> Iterator[Diagnostic]:
    """An image in the text; what is wrong with its file is said where it stands first."""
    image: Resource = node.meta["resource"]
    place, path = span(node, book.source), book.source.path
    if len(node.meta["alt"]) >= LONGEST_ALT:
        yield complain(Code.KINDLE_ALT_LONG, place, path, path=image.path, length=len(node.meta["alt"]))
    if not is_first:
        return
    if image.media_type in REFUSED or (image.moves and image.media_type != DRAWING):
        what = REFUSED.get(image.media_type, "of several pictures")
        yield complain(Code.KINDLE_IMAGE_REFUSED, place, path, path=image.path, what=what)
        return
    for what, remedy in _doubts(image):
        yield complain(Code.KINDLE_IMAGE_DOUBTFUL, place, path, path=image.path, what=what, remedy=remedy)
    if image.size > HEAVIEST_IMAGE:
        yield complain(Code.KINDLE_IMAGE_LARGE, place, path, path=image.path, size=f"{image.size / 1e6:.1f}")


def _doubts(image: Resource) -> Iterator[tuple[str, str]]:
    """What an image has that not all Kindles show, and what to do."""
    if image.media_type == DRAWING:
        yield "is a drawing (SVG)", "look at it in Kindle Previewer, or save it as a PNG"
        return
    from PIL import Image  # noqa: PLC0415  # only where there is a picture

    with Image.open(BytesIO(image.read())) as opened:
        if opened.mode == "CMYK":
            yield "is in CMYK", "save it in RGB"
        if "transparency" in opened.info or ("A" in opened.mode and opened.getchannel("A").getextrema()[0] != OPAQUE):
            yield "lets the page show through", "lay it on white"


def _table(book: Book, node: Node) -> Iterator[Diagnostic]:
    rows = [row for part in node.children for row in part.children]
    columns = max(len(row.children) for row in rows)
    if len(rows) > MOST_ROWS or columns > MOST_COLUMNS:
        place = span(node, book.source)
        yield complain(Code.KINDLE_TABLE_LARGE, place, book.source.path, rows=len(rows), columns=columns)


def _contents(book: Book) -> Iterator[Diagnostic]:
    """The depth of the contents, at the first heading that a Kindle does not list."""
    top = entries(book)
    depth = _depth(top)
    if depth > DEEPEST:
        deep = next(_at_depth(top, DEEPEST + 1))
        yield complain(Code.KINDLE_CONTENTS_DEEP, deep.span, book.source.path, depth=depth)


def _depth(headings: Iterable[Heading]) -> int:
    return max((1 + _depth(each.children) for each in headings), default=0)


def _at_depth(headings: Iterable[Heading], depth: int) -> Iterator[Heading]:
    for each in headings:
        if depth == 1:
            yield each
        else:
            yield from _at_depth(each.children, depth - 1)
