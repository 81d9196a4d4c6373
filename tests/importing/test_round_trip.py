"""An EPUB that octopub made gives its manuscript back: what is built of that is the same, byte for byte."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import octopub
from octopub.diagnostics import BuildError
from octopub.importing.manuscript import import_manuscript
from tests.tools import ROOT, commonmark_examples, epubcheck

EVERYTHING = Path(__file__).parent / "manuscripts/everything.md"
"""What README.md lists under “What can be written” and “The front matter”, row for row."""
PLACES = (
    "tests/golden/*/manuscript.md", "tests/epub/manuscripts/*.md", "tests/pdf/manuscripts/*.md", "manuscript/*.md",
    "tests/importing/manuscripts/*.md",
)  # fmt: skip
PRINTED = (
    "everything",
    "golden/attributes",
    "golden/references",
    "golden/verse",
    "manuscripts/hebrew",
    "salt-road",
)


def built(source: Path | str) -> bytes | None:
    """The book of a manuscript; None where that has errors."""
    try:
        return octopub.build_epub(source)
    except BuildError:
        return None


BOOKS = {
    str(path.relative_to(ROOT)): path
    for place in PLACES
    for path in sorted(ROOT.glob(place))
    if built(path) is not None
}


def returned(book: bytes, folder: Path) -> Path:
    """The manuscript that a book gives back, with its images, in this folder."""
    made = import_manuscript(book, kind="epub", name="again.epub")
    for name, content in made.resources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    manuscript = folder / "again.md"
    manuscript.write_text(made.text, "utf-8")
    return manuscript


@pytest.mark.parametrize("name", BOOKS)
def test_each_manuscript_of_the_suite_comes_back(name: str, tmp_path: Path) -> None:
    first = octopub.build_epub(BOOKS[name])
    assert octopub.build_epub(returned(first, tmp_path)) == first


@pytest.mark.parametrize("name", [name for name in BOOKS if any(each in name for each in PRINTED)])
def test_what_only_print_shows_comes_back(name: str, tmp_path: Path) -> None:
    again = returned(octopub.build_epub(BOOKS[name]), tmp_path)
    assert _as_printed(octopub.build_pdf(again)) == _as_printed(octopub.build_pdf(BOOKS[name]))


def _as_printed(pdf: bytes) -> bytes:
    """A PDF without the places in the manuscript where its pages begin: the same words may be written otherwise."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root.PieceInfo, opened.trailer.ID
        opened.save(out := io.BytesIO(), deterministic_id=True)
    return out.getvalue()


def test_everything_is_everything() -> None:
    """Each element of HTML, key and attribute that README.md names is in the manuscript that has them all."""
    readme = (ROOT / "README.md").read_text("utf-8")
    text = EVERYTHING.read_text("utf-8")
    elements = re.search(r"\| Raw HTML \| `([a-z ]+)`", readme)
    tables = readme[readme.index("### The front matter") : readme.index("### The project folder")]
    keys = [
        key for row in re.findall(r"^\| (`.*?`) \|", tables, re.M) for key in re.findall(r"`([a-z-]+)`", row)
    ]
    assert elements
    assert [each for each in elements[1].split() if f"<{each}" not in text] == []
    assert [key for key in keys if f"{key}:" not in text] == []


def test_epubcheck_has_nothing_to_say_of_everything() -> None:
    assert epubcheck(octopub.build_epub(EVERYTHING)) == []


def test_every_fifth_example_of_commonmark_comes_back(tmp_path: Path) -> None:
    lost = []
    for example in commonmark_examples()[::5]:
        text = f"---\ntitle: T\noctopub: {{kind: handout}}\n---\n\n{example.markdown}"
        first = built(text)
        if first and re.search(r"\w", re.sub(r"<[^>]*>", "", example.html)):
            again = returned(first, tmp_path)
            lost += [example.number] if octopub.build_epub(again) != first else []
    assert lost == []


# -- manuscripts of any kind ------------------------------------------------------------------------

WORDS = 'rope hemp it\'s \'tis "so" -- --- ... 1914-18 p. 5 z. B. ; ! « ¿ *a* **b** _c_ `d` ~~e~~ $ # ^ \\* \\" \\-\\- &amp; < > | [x] {y}'.split(
    " "
)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(lambda row: f"{' '.join(row)} end")
plain = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=4).map(" ".join)
marked = st.one_of(
    words,
    words.map(lambda said: f"*{said}*"),
    words.map(lambda said: f"**{said}**in"),
    words.map(lambda said: f"<kbd>{said}</kbd>"),
    words.map(lambda said: f"[{said}]{{.a lang=fr}}"),
    words.map(lambda said: f"{said}^[{said}]"),
    words.map(lambda said: f"{said}[^1]"),
    words.map(lambda said: f"[{said}](#here){{.page}}"),
)
lines = st.lists(marked, min_size=1, max_size=4)


def indented(text: str, first: str, other: str) -> str:
    """A block, with something before its first line and before the others."""
    return first + text.replace("\n", f"\n{other}")


leaves = st.one_of(
    lines.map(" ".join),
    lines.map("\n".join),
    lines.map("\\\n".join),
    plain.map(lambda said: f"## {said}"),
    lines.map(lambda rows: "\n".join(f"| {row.replace('|', '')}" for row in rows)),
    lines.map(lambda rows: "{.verse}\n" + "\n".join(rows)),
    lines.map(
        lambda rows: "| A | B |\n|---|:-:|\n" + "\n".join(f"| {row.replace('|', '')} | x |" for row in rows)
    ),
    plain.map(lambda said: f"```py\n{said}\n```"),
    st.just("***"),
)
blocks = st.one_of(
    leaves,
    lines.map(" ".join).map(lambda block: indented(block, "> ", "> ")),
    st.lists(lines.map(" ".join), min_size=1, max_size=3).map(
        lambda row: "\n".join(f"- {each}" for each in row)
    ),
    leaves.map(lambda block: f"{{.x}}\n{block}"),
)
languages = st.sampled_from(["en-US", "en-GB", "de", "ja"])


# Books are slow to make: always the same ones, and one that fails is shown as it is, not made smaller.
@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
@given(languages, st.lists(blocks, min_size=1, max_size=5))
def test_whatever_is_written_comes_back(lang: str, written: list[str]) -> None:
    notes = "[^1]: " + "A *note*."
    text = "\n\n".join(
        [f"---\ntitle: T\nlang: {lang}\noctopub: {{kind: handout}}\n---", "## Here {#here}", *written]
    )
    text = f"{text}\n\n[^1]\n\n{notes}\n"
    first = built(text)
    if first is not None:
        again = import_manuscript(first, kind="epub", name="again.epub").text
        assert octopub.build_epub(again) == first, again
