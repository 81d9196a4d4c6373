"""What the mutants are made of: the repository's own texts and sources, and the files of whatever folder is named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf

import octopub
from tests.importing import rich
from tests.reading.test_svg import DANGERS, KEPT, drawing
from tests.tools import ROOT
from tests.trust.test_silence import DRAWING, STYLE

Sample = tuple[str, bytes]
"""A file: the ending of its name, without the stop, and its content."""

LARGEST = 40_000
"""Bytes of the largest sample: what breaks on a large one breaks on a small one, and sooner."""

MANUSCRIPTS = (
    "tests/*/*/manuscript.md", "tests/*/manuscripts/*.md", "docs/**/*.md", "manuscript/*.md", "src/octopub/*/*/*.md",
    "*.md",
)  # fmt: skip
SOURCES = ("tests/importing/*/*/source.txt", "tests/importing/*/*/page.html")
DRAWINGS = ("tests/*/*/*.svg", "tests/*/*/images/*.svg", "docs/images/*.svg", "manuscript/images/*.svg")
HOSTILE = b"""@namespace a url(http://a.example/); :root { --a: var(--b, var(--a)); --b: url(#c);
--c: calc(1px + (2em * 3)) }
p { background: u\\72l("//a.example"); width: calc(var(--c) / 0); fill: url(#a); cursor: image-set("a" 1x); --d: {[( }
@media print { @supports (a: b) { @page :first { margin: -1e99mm; size: 0 0 } p::after { content: attr(href url) } } }
@import/**/'a'; @charset "a"; @font-face{src:local(a)}
<!-- p { color: rgb(0 0 0 / 50%); margin: var(--) ; a:b!important } -->
"""
"""What mutants of other stylesheets take in."""
TARGETS = {
    "reading": frozenset({"md"}),
    "importing": frozenset({"txt", "html", "docx", "odt", "fodt", "epub"}),
    "imposing": frozenset({"pdf"}),
    "drawings": frozenset({"svg"}),
    "styles": frozenset({"css"}),
}
"""The kinds of file that are mutated for each target."""
ENDINGS = {each: each for kinds in TARGETS.values() for each in kinds}
ENDINGS |= {"markdown": "md", "htm": "html", "xhtml": "html"}
"""The kind of a file by its name's ending."""


def samples(target: str, folders: tuple[Path, ...] = ()) -> list[Sample]:
    """The samples for one of the targets, always in the same order."""
    found = [sample for folder in folders for sample in _files(folder)]
    return [*(each for each in found if each[0] in TARGETS[target]), *_own(target)]


def _files(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        ending = ENDINGS.get(path.suffix.lstrip(".").lower())
        if ending and path.is_file() and path.stat().st_size <= LARGEST:
            yield ending, path.read_bytes()


@cache
def _own(target: str) -> tuple[Sample, ...]:
    """The repository's own."""
    if target == "reading":
        return tuple(("md", text) for text in _small(MANUSCRIPTS))
    if target == "imposing":
        return tuple(("pdf", each) for each in _pdfs())
    if target == "drawings":
        tables = [drawing(each) for each in [*KEPT, *(content for content, _, _ in DANGERS.values())]]
        return tuple(("svg", each) for each in [*_small(DRAWINGS), *tables, DRAWING.encode()])
    if target == "styles":
        return tuple(("css", each) for each in [*_small(("styles/*.css",)), STYLE.encode(), HOSTILE])
    return tuple(_sources())


def _small(patterns: tuple[str, ...]) -> list[bytes]:
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    return [path.read_bytes()[:LARGEST] for path in paths]


def _sources() -> Iterator[Sample]:
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        yield path.suffix.lstrip("."), path.read_bytes()
    for case in rich.OFFICE_CASES:
        yield "docx", rich.word_case(case)
        yield "odt", rich.opendocument_case(case)
    for path in sorted((ROOT / "tests/epub/manuscripts").glob("*.md")):
        try:
            yield "epub", octopub.build_epub(path)
        except octopub.BuildError:
            continue


def _pdfs() -> Iterator[bytes]:
    """Pages of several sizes, with and without what PDFs have besides: plain, so that a mutant can change all of it."""
    for sides in [(420, 595)] * 4, [(420, 595)], [(612, 792), (792, 612), (10, 14400)], [(200, 200)] * 9, []:
        with pikepdf.new() as pdf:
            for number, size in enumerate(sides):
                page = pdf.add_blank_page(page_size=size)
                page.obj.Contents = pdf.make_stream(f"BT /F 12 Tf 20 20 Td (page {number}) Tj ET".encode())
                page.obj.Rotate = 180 * (number % 2)
                page.obj.CropBox = [5, 5, size[0] - 5, size[1] - 5]
                link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
                page.obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
            pdf.Root.Lang = "en"
            with pdf.open_outline() as outline:
                outline.root += [pikepdf.OutlineItem(f"Page {number}", number) for number in range(len(sides))]
            out = io.BytesIO()
            pdf.save(out, static_id=True, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        yield out.getvalue()


FENCE = "`" * 32


def examples(path: Path) -> list[bytes]:
    """The examples of a specification, as CommonMark's and its kin's are written; any other file is one itself."""
    data = path.read_bytes()
    if FENCE.encode() not in data:
        return [data]
    text = data.decode("utf-8", "replace").replace("→", "\t")
    found = re.findall(rf"^{FENCE} example[^\n]*\n(.*?)^\.\n", text, re.DOTALL | re.MULTILINE)
    return [each.encode() for each in found]
