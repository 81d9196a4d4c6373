"""`check --fix`: what it mends, that the book stays the same, and that it has nothing to mend afterwards."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import octopub
from octopub import building
from octopub.cli.mending import write_mended
from octopub.desk.mending.mend import mend
from octopub.diagnostics import MachineError
from tests.running import Run
from tests.tools import ROOT

CASES = {
    "a skipped level, and those under it": (
        "# T\n\n## A\n\n#### B ####\n\n##### C\n\nText.\n\n#### D\n\n## E\n\nText.\n",
        "# T\n\n## A\n\n### B ####\n\n#### C\n\nText.\n\n### D\n\n## E\n\nText.\n",
    ),
    "levels of a text that begins low": ("### A\n\n## B\n\n#### C\n\nText.\n", "### A\n\n## B\n\n### C\n\nText.\n"),
    "headings in quotations": ("# T\n\n## A\n\n> #### B\n\nText.\n", "# T\n\n## A\n\n> #### B\n\nText.\n"),
    "labels out of order": (
        "A[^3] b[^1] c[^3].\n\n[^3]: Three.\n\n[^1]: One, see [](#note:3).\n",
        "A[^1] b[^2] c[^1].\n\n[^1]: Three.\n\n[^2]: One, see [](#note:1).\n",
    ),
    "labels with gaps, among names and inline notes": (
        "A[^5] b[^name] c^[Inline.] d[^9].\n\n[^5]: Five.\n\n[^name]: Named.\n\n[^9]: Nine.\n",
        "A[^1] b[^name] c^[Inline.] d[^4].\n\n[^1]: Five.\n\n[^name]: Named.\n\n[^4]: Nine.\n",
    ),
    "numbers that are names": ("A[^1917] b[^1905].\n\n[^1917]: A.\n\n[^1905]: B.\n",) * 2,
    "calls in notes, quotations, tables and emphasis": (
        "> A[^4]\n\n*b[^3]*\n\n| c[^2] |\n|---|\n| d[^1] |\n\n[^4]: A.^[In[^9].]\n\n[^3]: B.\n[^2]: C.\n[^1]: D.\n[^9]: E.\n",
        "> A[^1]\n\n*b[^4]*\n\n| c[^5] |\n|---|\n| d[^6] |\n\n[^1]: A.^[In[^3].]\n\n[^3]: E.\n[^4]: B.\n[^5]: C.\n[^6]: D.\n",
    ),
    "definitions out of order": (
        "A[^a] b[^b] c[^c].\n\n[^c]: C.\n\n    Its second paragraph.\n\n[^b]: B.\n[^a]: A.\n\n[^none]: None.\n",
        "A[^a] b[^b] c[^c].\n\n[^a]: A.\n\n[^b]: B.\n[^c]: C.\n\n    Its second paragraph.\n\n[^none]: None.\n",
    ),
    "definitions apart": (
        "A[^a] b[^b].\n\n[^b]: B.\n\nText.\n\n[^a]: A.\n\n<!-- of b -->\n\nEnd.\n",
        "A[^a] b[^b].\n\n[^a]: A.\n\n[^b]: B.\n\nText.\n\n<!-- of b -->\n\nEnd.\n",
    ),
    "one in the text, the others at its end": (
        "A[^a].\n\n[^a]: A.\n\n    More.\n\n# H\n\nB[^b].\n\n# I\n\nC[^c].\n\n[^b]: B.\n[^c]: C.\n",
        "A[^a].\n\n# H\n\nB[^b].\n\n# I\n\nC[^c].\n\n[^a]: A.\n\n    More.\n[^b]: B.\n[^c]: C.\n",
    ),
    "one at the end, the others behind their sections": (
        "# H\n\n- A[^a].\n\n[^a]: A^[In.] b[^b].\n\n# I\n\nC[^c].\n\nD.\n[^c]: C.\n\n# J\n\nE.\n\n[^b]: B.\n",
        "# H\n\n- A[^a].\n\n[^a]: A^[In.] b[^b].\n\n[^b]: B.\n\n# I\n\nC[^c].\n\nD.\n[^c]: C.\n\n# J\n\nE.\n",
    ),
    "one before its paragraph, the others behind theirs, without blank lines": (
        "Text.\n[^a]: A.\n## H\nA[^a].\n\nB[^b].\n[^b]: B.\n\nC[^c].\n[^c]: C.\n\nText.\n",
        "Text.\n\n## H\nA[^a].\n\n[^a]: A.\n\nB[^b].\n[^b]: B.\n\nC[^c].\n[^c]: C.\n\nText.\n",
    ),
    "each author's own way": (
        "[^a]: A.\n\n[^b]: B.\n\n[^c]: C.\n\nA[^a] b[^b].\n\n[^d]: D.\n\nC[^c] d[^d].\n\n[^e]: E.\n\nE[^e].\n",
    ) * 2,
    "no way at all": ("A[^a].\n\n[^a]: A.\n\nB[^b].\n\nText.\n\n[^b]: B.\n",) * 2,
    "with a remark, in a quotation, or called by none": (
        "A[^a].\n\n<!-- sic -->\n[^c]: C.\n\n> [^b]: B.\n\n[^none]: None.\n\nB[^b] c[^c] d[^d].\n\n[^a]: A.\n\n[^d]: D.\n",
    ) * 2,
    "what keeps two lists apart, among what does not": (
        "- A[^a].\n\n[^b]: B.\n\n- B[^b].\n\nText.\n\n[^c]: C.\n\nC[^c] d[^d] e[^e].\n\n[^a]: A.\n[^d]: D.\n[^e]: E.\n",
        "- A[^a].\n\n[^b]: B.\n\n- B[^b].\n\nText.\n\nC[^c] d[^d] e[^e].\n\n[^a]: A.\n[^c]: C.\n[^d]: D.\n[^e]: E.\n",
    ),
    "a comment between": ("A[^a] b[^b].\n\n[^b]: B.\n\n<!-- a -->\n\n[^a]: A.\n",) * 2,
    "nothing": ("# T\n\n## A\n\nA[^1].\n\n[^1]: One.\n",) * 2,
}  # fmt: skip
TEXTS = [
    path
    for place in ("tests/golden/*/manuscript.md", "tests/epub/manuscripts/*.md", "tests/pdf/manuscripts/*.md", "manuscript/*.md")
    for path in sorted(ROOT.glob(place))
    if "faulty" not in str(path)
]


def read_in_it(text: str, base: Path | None = None) -> list[str]:
    """Each file of the EPUB that is read."""
    with zipfile.ZipFile(io.BytesIO(octopub.build_epub(text, base=base))) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return [book.read(name).decode() for name in names]


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_case(text: str, wanted: str) -> None:
    assert mend(building.load(text)) == wanted
    assert mend(building.load(wanted)) == wanted
    assert read_in_it(text) == read_in_it(wanted)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_book_stays_the_same_and_nothing_is_left_to_mend(path: Path) -> None:
    text = mend(building.load(path))
    assert text is not None
    mended = building.load(text, base=path.parent)
    assert mended.book is not None
    assert mend(mended) == text
    assert "heading-skipped" not in {each.code.slug for each in mended.diagnostics}
    assert read_in_it(text, path.parent) == read_in_it(path.read_text("utf-8"), path.parent)


PIECES = st.sampled_from(
    ["# One", "## Two", "#### Four", "- a list", "1. a list", "> a quotation", "    code", "| verse", "Text.", "<!-- of it -->"]
    + ["[a]: https://example.org", "{.newpage}", "term\n: meaning", "```\nfence\n```", "***", "See [a], [](#note:1)."]
    + [f"{before}[^{label}]." for before in ("A word", "- An item", "## A heading", "> Quoted") for label in (1, 2, 3, "x")]
)  # fmt: skip
NEWLINES = ["\n", "\n\n", "\n\n", "\n\n", "\n\n\n"]
DEFINITIONS = ["[^1]: One.", "[^2]: Two.[^3]\n\n    - More.", "[^3]: Three.\n\n        code", "[^x]: See [a]."]


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=3, max_size=12), st.permutations(DEFINITIONS), st.randoms(use_true_random=False))
def test_of_any_text_the_book_stays_the_same(pieces: list[str], definitions: list[str], chance: Random) -> None:
    for definition in definitions:
        pieces.insert(chance.choice([chance.randrange(len(pieces) + 1), len(pieces)]), definition)
    text = "".join(f"{piece}{chance.choice(NEWLINES)}" for piece in pieces)
    mended = mend(building.load(text))
    if mended is None:
        return
    assert mend(building.load(mended)) == mended
    assert read_in_it(mended) == read_in_it(text)


def test_a_text_with_errors_is_left_alone() -> None:
    assert mend(building.load("# T\n\n## A\n\n#### B\n\nA call.[^x]\n")) is None


# -- the file -----------------------------------------------------------------------------------

FAULTY = "# T\n\n## A\n\n#### B\n\nText with the the end.\n"
MENDED = FAULTY.replace("####", "###")
DIFFERENCE = "--- f.md\n+++ f.md\n@@ -2,6 +2,6 @@\n \n ## A\n \n-#### B\n+### B\n \n Text with the the end.\n"


def test_fix_shows_the_difference_mends_the_file_and_tells_what_is_left(run: Run) -> None:
    path = run.write("f.md", FAULTY)
    path.chmod(0o640)
    ran = run("check", "--fix", "f.md")
    assert (ran.status, ran.err) == (0, DIFFERENCE)
    assert ran.out.startswith("f.md:7:11: warning: “the” stands here twice")
    assert ran.out.endswith("f.md: 1 warning\n")
    assert path.read_text("utf-8") == MENDED
    assert path.stat().st_mode & 0o777 == 0o640
    assert run("check", "--fix", "f.md").err == ""
    assert run.files() == {"f.md"}


def test_diff_shows_it_and_writes_nothing(run: Run) -> None:
    path = run.write("f.md", FAULTY)
    assert run("check", "--diff", "f.md") == (1, DIFFERENCE, "")
    assert path.read_text("utf-8") == FAULTY
    run.write("f.md", MENDED)
    assert run("check", "--diff", "f.md") == (0, "", "")


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_ends_of_lines_and_the_mark_before_them_stay(run: Run, mark: bytes, end: bytes) -> None:
    path = run.write("f.md", mark + FAULTY.encode().replace(b"\n", end))
    run("check", "--fix", "f.md")
    assert path.read_bytes() == mark + MENDED.encode().replace(b"\n", end)


def test_a_file_that_could_not_be_given_back_as_it_was_stays(run: Run) -> None:
    content = FAULTY.replace("\n", "\r\n", 1).encode()
    path = run.write("f.md", content)
    ran = run("check", "--fix", "f.md")
    assert ran.status == 3
    assert "lines that end in different ways" in ran.err
    assert path.read_bytes() == content


def test_a_file_that_was_saved_meanwhile_stays(run: Run) -> None:
    path = run.write("f.md", FAULTY)
    loaded = building.load(path)
    run.write("f.md", f"{FAULTY}\nMore.\n")
    with pytest.raises(MachineError, match="was changed meanwhile"):
        write_mended(loaded, path)
    assert path.read_text("utf-8") == f"{FAULTY}\nMore.\n"


def test_a_link_to_the_file_stays_one(run: Run) -> None:
    run.write("real.md", FAULTY)
    (run.folder / "f.md").symlink_to("real.md")
    run("check", "--fix", "f.md")
    assert (run.folder / "f.md").is_symlink()
    assert (run.folder / "real.md").read_text("utf-8") == MENDED


def test_errors_come_first(run: Run) -> None:
    path = run.write("f.md", f"{FAULTY}\nA call.[^x]\n")
    ran = run("check", "--fix", "f.md")
    assert (ran.status, ran.err) == (1, "f.md has errors: nothing is mended before them\n")
    assert "[note-undefined]" in ran.out
    assert path.read_text("utf-8") == f"{FAULTY}\nA call.[^x]\n"


def test_standard_input_has_no_file_to_mend(run: Run) -> None:
    assert run("check", "--fix", "-").status == 2
