"""`python -m tools.limits [NAME…]`: what is beyond all bounds, in full size: how it ends, in what time and memory.

Each runs in a process of its own, as an EPUB, some as a PDF as well. The tables are those of
`tests/trust/test_limits.py`, where the sizes are small. Takes octopub by its public functions only.
"""

from __future__ import annotations

import io
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import octopub

Make = Callable[[int], str]

GROWING: dict[str, tuple[Make, str, int]] = {
    "open brackets": (lambda n: "[" * n, "", 1_000_000),
    "one line": (lambda n: "word " * (n // 5), "", 15_000_000),
    "one word": (lambda n: "w" * n, "", 15_000_000),
    "notes": (lambda n: "".join(f"a[^{i}]\n\n[^{i}]: b\n\n" for i in range(n)), "", 100_000),
    "notes in the line": (lambda n: "a^[b] " * n, "", 100_000),
    "notes in a ring": (
        lambda n: "a[^0]\n\n" + "".join(f"[^{i}]: b[^{(i + 1) % n}]\n\n" for i in range(n)), "", 100_000
    ),
    "columns": (lambda n: f"{'|a' * n}|\n{'|-' * n}|\n{'|b' * n}|\n", "", 5_000),
    "rows": (lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n, "", 100_000),
    "headings": (lambda n: "".join(f"# A {i}\n\nb\n\n" for i in range(n)), "", 20_000),
    "links to nowhere": (lambda n: "[a](#b) " * n, "anchor-undefined", 100_000),
    "open tags": (lambda n: "<sub>" * n + "a", "", 100_000),
}
"""What is done in step with its size: how it is made, the code of its error if it has one, and the full size."""

PRINTED = {
    "one line": (1_000_000, 15_000_000),
    "one word": (100_000, 15_000_000),
    "notes": (5_000, 100_000),
    "notes in the line": (1_000, 100_000),
    "columns": (5_000, 100_000),
    "rows": (5_000, 100_000),
}
"""Of these, how many are done in a PDF as well, and how many are refused there, since they would be laid out in one
piece."""

REFUSED: dict[str, tuple[Make, str]] = {
    "quotations": (lambda n: "> " * n + "a", "too-deep"),
    "lists": (lambda n: "- " * n + "a", "too-deep"),
    "emphases": (lambda n: "*a " * n + "a* " * n, "too-deep"),
    "tags": (lambda n: "<sub>" * n + "a" + "</sub>" * n, "too-deep"),
    "deep YAML": (lambda n: f"---\nsubject: {'[' * n}\n---\na", "too-deep"),
    "YAML that is less deep": (lambda n: f"---\nsubject: {'[' * (n // 50)}a{']' * (n // 50)}\n---\na", "too-deep"),
    "YAML that refers": (lambda n: f"---\nsubject: &a [{'*a, ' * n}]\n---\na", "yaml-alias"),
    "300 MB": (lambda n: "Some words.\n\n" * (n * 2500), "too-large"),
}
"""What is refused: how it is made of 10,000, and the code."""

USE = '<use href="#a{}"/>'
DRAWINGS: dict[str, tuple[Make, int, str]] = {
    "uses of uses": (
        lambda n: '<rect id="a0"/>' + "".join(f'<g id="a{i + 1}">{USE.format(i) * 10}</g>' for i in range(n)),
        9,
        "it paints more than 100000 shapes",
    ),
    "masks of masks": (
        lambda n: "".join(
            f'<mask id="a{i + 1}"><rect mask="url(#a{i})"/><rect style="mask: url(#a{i})"/></mask>' for i in range(n)
        ),
        30,
        "it paints more than 100000 shapes",
    ),
    "masks by a style": (
        lambda n: "".join(f'<mask id="a{i + 1}"><rect class="b{i}"/><rect class="b{i}"/></mask>' for i in range(n))
        + f"<style>{''.join(f'.b{i} {{ mask: url(#a{i}) }}' for i in range(n))}</style>",
        30,
        "it paints more than 100000 shapes",
    ),
    "brackets": (lambda n: f'<rect style="fill: {"(" * n}"/>', 10_000, "its styles have more than 40 brackets"),
    "brackets in a sheet": (
        lambda n: f"<style>a {{ b: {'(' * n}</style>", 10_000, "its styles have more than 40 brackets"
    ),
    "shapes": (lambda n: "<g/>" * n, 1_000_000, "it has more than 20000000 bytes or 150000 tags"),
}
"""Drawings that are refused: how they are made, of how many, and why."""


def _png(width: int, height: int, data: bytes) -> bytes:
    """A picture in greys that claims this size, with this content."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "100,000 × 100,000 pixels": (lambda: _png(100_000, 100_000, b""), "it has more than 100 million pixels"),
    "a PNG bomb": (lambda: _png(11_000, 11_000, bytes(11_001) * 11_000), "it has more than 100 million pixels"),
    "more than it claims": (lambda: _png(9, 9, bytes(100_000_000)), ""),
}
"""Pictures, and why they are refused; one that holds more than its size is the picture of that size."""


def _zip(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def _book(texts: list[str], *members: tuple[str, bytes]) -> bytes:
    """An EPUB of these texts, each with a stylesheet."""
    names = [f"text-{number}.xhtml" for number, _ in enumerate(texts)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="a.css"/></head>'
    files = [f"{head}<body><p>Words.</p>{text}</body></html>".encode() for text in texts]
    return _zip(("a.opf", package.encode()), *zip(names, files, strict=True), *members)


def _word(body: str) -> bytes:
    """A Word file of this body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _zip((WORD, f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()))


WORD = "word/document.xml"
WORDS = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
TAKEN: dict[str, tuple[Callable[[int], bytes], str, int]] = {
    "lines of a paragraph": (lambda n: b"A Title\n\n" + (b"word " * 14 + b"\n") * n, "txt", 50_000),
    "notes of a text": (
        lambda n: b"A Title\n\n" + b"".join(b"Words.[%d]\n" % each for each in range(1, n))
        + b"\nNotes\n\n" + b"".join(b"[%d] A note.\n" % each for each in range(1, n)), "txt", 5_000
    ),
    "bookmarks": (lambda n: _word("<w:bookmarkStart/>" * n + WORDS), "docx", 100_000),
    "bookmarks of paragraphs": (lambda n: _word(f"<w:bookmarkStart/>{WORDS}" * n), "docx", 20_000),
    "pictures of one name": (
        lambda n: b"".join(
            b"<p>a <img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' height='%d'/>\"></p>" % each
            for each in range(1, n)
        ), "html", 5_000
    ),
    "files with one stylesheet": (
        lambda n: _book([""] * n, ("a.css", b"b{font-weight:bold}" + b" " * n * 1000)), "epub", 1_000
    ),
}  # fmt: skip
"""Sources that are imported in step with their size: how they are made, of what kind, and the full size."""

LAUGHS = '<!DOCTYPE a [<!ENTITY b "c">' + "".join(f'<!ENTITY b{i} "{"&b;" * 10}">' for i in range(9)) + "]><a>&b8;</a>"
LAUGHED = "it declares entities|not well-formed"
IMPORTED: dict[str, tuple[Callable[[int], bytes], str, str]] = {
    "web page": (lambda n: b"<p>a" * n, "html", "it has more than [0-9]+ tags"),
    "DOCX of tags": (
        lambda n: _zip((WORD, b"<a>" + b"<b/>" * n + b"</a>")), "docx", "has more than [0-9]+ (tags|bytes)"
    ),
    "ZIP bomb": (lambda n: _zip((WORD, b" " * n)), "docx", "has more than [0-9]+ bytes"),
    "ODT of tags": (
        lambda n: _zip(("content.xml", b"<a>" + b"<b/>" * n + b"</a>")), "odt", "has more than [0-9]+ (tags|bytes)"
    ),
    "EPUB of tags": (lambda n: _book(["<b/>" * (n // 10)] * 10), "epub", "has more than [0-9]+ tags"),
    "laughs in an EPUB": (lambda n: _zip(("META-INF/container.xml", LAUGHS[:n].encode())), "epub", LAUGHED),
    "laughs in an ODT": (lambda n: _zip(("content.xml", LAUGHS[:n].encode())), "odt", LAUGHED),
    "laughs": (lambda n: _zip((WORD, LAUGHS[:n].encode())), "docx", LAUGHED),
}
"""Sources that are refused: how they are made, of what kind, and why."""

FULL_IMPORT = 60_000_000
"""How much an imported source is made of."""


def manuscript(text: str) -> str:
    """The text with a title, if it brings no front matter."""
    return text if text.startswith("---\n") else f"---\ntitle: Limits\nlang: en\n---\n\n{text}\n"


def drawn(folder: Path, inside: str) -> Path:
    """A manuscript with a drawing that holds this."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs/>{inside}</svg>'
    uses = "".join(f'<use href="#{name}"/><rect mask="url(#{name})"/>' for name in ("a9", "a30"))
    (folder / "a.svg").write_text(svg.replace("<defs/>", uses), "utf-8")
    (folder / "text.md").write_text(manuscript("![a drawing](a.svg)"), "utf-8")
    return folder / "text.md"


def pictured(folder: Path, picture: bytes) -> Path:
    """A manuscript with this picture."""
    (folder / "a.png").write_bytes(picture)
    (folder / "text.md").write_text(manuscript("![a picture](a.png)"), "utf-8")
    return folder / "text.md"


def _run(name: str) -> str:
    """How one ends."""
    if name.endswith(" as PDF"):
        number, _, what = name.removesuffix(" as PDF").partition(" ")
        return _printed(what, int(number))
    try:
        if name in DRAWINGS:
            make, size, _ = DRAWINGS[name]
            with tempfile.TemporaryDirectory() as folder:
                made = octopub.build_epub(drawn(Path(folder), make(size)))
        elif name in PICTURES:
            with tempfile.TemporaryDirectory() as folder:
                made = octopub.build_epub(pictured(Path(folder), PICTURES[name][0]()))
        elif name in IMPORTED:
            source, kind, _ = IMPORTED[name]
            made = octopub.import_manuscript(source(FULL_IMPORT), kind=kind).text.encode()
        elif name in TAKEN:
            source, kind, size = TAKEN[name]
            made = octopub.import_manuscript(source(size), kind=kind).text.encode()
        elif name in REFUSED:
            made = octopub.build_epub(manuscript(REFUSED[name][0](10_000)))
        else:
            make, _, size = GROWING[name]
            made = octopub.build_epub(manuscript(make(size)))
    except octopub.BuildError as error:
        return f"refused: {str(error.diagnostics[0])[-90:]}"
    return f"done: {len(made)} bytes"


def _printed(name: str, size: int) -> str:
    """How one ends as a PDF."""
    try:
        made = octopub.build_pdf(manuscript(GROWING[name][0](size)), workers=1)
    except octopub.BuildError as error:
        return f"refused: {str(error.diagnostics[0])[-90:]}"
    return f"done: {len(made)} bytes"


def main(names: list[str]) -> int:
    """Run those that are named, or all, each in a process of its own; 1 if one of them breaks."""
    status = 0
    printed = [f"{size} {name} as PDF" for name, sizes in PRINTED.items() for size in sizes]
    for name in names or [*GROWING, *REFUSED, *DRAWINGS, *PICTURES, *IMPORTED, *TAKEN, *printed]:
        done = subprocess.run([sys.executable, "-m", "tools.limits", "--one", name], check=False)
        status |= done.returncode != 0
    return status


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        ending = _run(sys.argv[2])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{sys.argv[2]:32} {time.process_time():6.1f} s {peak:6} MB  {ending}\n")
        sys.exit(0)
    sys.exit(main(sys.argv[1:]))
