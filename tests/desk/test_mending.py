"""`check --fix`: what it mends, that the book stays the same, and that it has nothing to mend afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import octopub
from octopub import building
from octopub.desk.mending.mend import mend
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
        "A[^a] b[^b].\n\n[^b]: B.\n\nText.\n\n[^a]: A.\n\n<!-- of b -->\n\nEnd.\n",
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


def words_and_numbers(text: str, base: Path | None = None) -> list[str]:
    """Each file of the EPUB that is read, as text without tags."""
    with zipfile.ZipFile(io.BytesIO(octopub.build_epub(text, base=base))) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return [re.sub(r"<[^>]*>", "", book.read(name).decode()) for name in names]


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_case(text: str, wanted: str) -> None:
    assert mend(building.load(text)) == wanted
    assert mend(building.load(wanted)) == wanted
    assert words_and_numbers(text) == words_and_numbers(wanted)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_book_stays_the_same_and_nothing_is_left_to_mend(path: Path) -> None:
    text = mend(building.load(path))
    assert text is not None
    mended = building.load(text, base=path.parent)
    assert mended.book is not None
    assert mend(mended) == text
    assert "heading-skipped" not in {each.code.slug for each in mended.diagnostics}
    assert words_and_numbers(text, path.parent) == words_and_numbers(path.read_text("utf-8"), path.parent)


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
