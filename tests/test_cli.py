"""The command line: what it writes where, its streams, its exit statuses, and what it does with bad input."""

from __future__ import annotations

import os
import subprocess
import sys

import pikepdf
import pytest

from octopub.diagnostics import remedies
from tests.running import ESSAY, Run

# -- where outputs go ---------------------------------------------------------------------------


def test_the_one_manuscript_needs_no_name_and_its_output_none(run: Run) -> None:
    run.write("manuscript/essay.md", ESSAY)
    assert run("epub") == (0, "build/essay.epub\n", "")
    assert run("pdf") == (0, "build/essay.pdf\n", "")
    assert (run.folder / "build/essay.epub").read_bytes().startswith(b"PK")
    assert (run.folder / "build/essay.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_build_makes_both_and_says_each_on_a_line(run: Run) -> None:
    run.write("manuscript/one.md", ESSAY)
    run.write("manuscript/two.md", ESSAY)
    ran = run("build", "manuscript/one.md", "manuscript/two.md")
    assert ran == (
        0,
        "build/one.epub\nbuild/one.pdf\nbuild/two.epub\nbuild/two.pdf\n",
        "manuscript/one.md: 1 page, 1 note\nmanuscript/two.md: 1 page, 1 note\n2 of 2 manuscripts built\n",
    )


def test_a_manuscript_outside_a_manuscript_folder_has_its_build_beside_it(run: Run) -> None:
    run.write("papers/essay.md", ESSAY)
    assert run("epub", "papers/essay.md").out == "papers/build/essay.epub\n"


def test_output_goes_where_it_is_told(run: Run) -> None:
    run.write("essay.md", ESSAY)
    assert run("epub", "essay.md", "-o", "e.epub") == (0, "e.epub\n", "")
    assert run.files() == {"essay.md", "e.epub"}


@pytest.mark.usefixtures("run")
def test_standard_streams() -> None:
    command = [sys.executable, "-m", "octopub", "epub", "-", "-o", "-"]
    done = subprocess.run(command, input=ESSAY.encode(), capture_output=True, check=True)
    assert done.stdout.startswith(b"PK")
    assert done.stderr == b""


def test_options_of_the_command_line_win(run: Run) -> None:
    run.write("essay.md", ESSAY.replace("lang: en", "lang: en\noctopub: {paper: a4}"))
    run("pdf", "essay.md", "-o", "a4.pdf")
    run("pdf", "essay.md", "-o", "a6.pdf", "--paper", "A6")
    sizes = []
    for name in ("a4.pdf", "a6.pdf"):
        with pikepdf.open(run.folder / name) as pdf:
            sizes.append([round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:]])
    assert sizes == [[210, 297], [105, 148]]


# -- complaints ---------------------------------------------------------------------------------


def test_warnings_go_to_standard_error_and_do_not_stop(run: Run) -> None:
    run.write("essay.md", ESSAY + "\n[^2]: Nobody calls this.\n")
    ran = run("epub", "essay.md")
    assert ran.status == 0
    assert ran.out == "build/essay.epub\n"
    assert ran.err.startswith("essay.md:11:1: warning: nothing calls the note “2”")
    assert ran.err.endswith("[note-uncalled]\n")


def test_strict_takes_warnings_for_errors_and_writes_nothing(run: Run) -> None:
    run.write("essay.md", ESSAY + "\n[^2]: Nobody calls this.\n")
    ran = run("build", "--strict", "essay.md")
    assert ran.status == 1
    assert ran.out == ""
    assert run.files() == {"essay.md"}


def test_check_prints_its_findings_on_standard_output_and_makes_nothing(run: Run) -> None:
    run.write("essay.md", ESSAY.replace("[^1]\n", "[^1][^x]\n"))
    ran = run("check", "essay.md")
    assert ran.status == 1
    assert ran.out.startswith("essay.md:7:24: error: the note “x” is called here")
    assert ran.err == ""
    assert run.files() == {"essay.md"}


def test_check_of_a_clean_text_says_nothing(run: Run) -> None:
    run.write("essay.md", ESSAY)
    assert run("check", "essay.md") == (0, "", "")


def test_of_several_manuscripts_each_is_whole_or_untouched_and_the_worst_counts(run: Run) -> None:
    run.write("good.md", ESSAY)
    run.write("bad.md", "---\ntitle: B\n---\n\nA call.[^x]\n")
    ran = run("build", "bad.md", "missing.md", "good.md")
    assert ran.status == 2
    assert ran.out == "build/good.epub\nbuild/good.pdf\n"
    assert "bad.md:5:8: error" in ran.err
    assert "there is no manuscript missing.md" in ran.err
    assert run.files() == {"bad.md", "good.md", "build/good.epub", "build/good.pdf"}


BAD_TEXTS = {
    "utf-16": (b"\xff\xfeT\x00", "essay.md:1:1: error: this is not UTF-8 but UTF-16: byte 0xFF (at offset 0)"),
    "latin-1": (b"line\ncaf\xe9\n", "essay.md:2:4: error: this is not UTF-8: byte 0xE9 (at offset 8)"),
    "control character": (b"a\x07b\n", "essay.md:1:2: error: the control character U+0007"),
    "empty": (b"", "essay.md:1:1: error: the manuscript has no text"),
    "front matter alone": (b"---\ntitle: x\n---\n", "essay.md:4:1: error: the manuscript has no text"),
    "front matter open": (b"---\ntitle: x\n\ntext\n", "essay.md:1:1: error: the front matter that begins here has no end"),
    "front matter no yaml": (b"---\ntitle: [x\n---\ntext\n", "essay.md:2:8: error: the front matter is not valid YAML"),
    "front matter a list": (b"---\n- x\n---\ntext\n", "essay.md:2:1: error: the front matter is a list"),
    "key twice": (b"---\ntitle: x\ntitle: y\n---\ntext\n", "essay.md:3:1: error: the key “title” stands here a second"),
    "no language": (b"---\nlang: english!\n---\ntext\n", "essay.md:2:7: error: “english!” is no language tag"),
    "nested lists": ("".join("  " * n + "- x\n" for n in range(60)).encode(), "is nested more than 100 levels deep"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "complaint"), BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
@pytest.mark.parametrize("command", ["epub", "pdf", "build", "check"])
def test_bad_text_is_an_error_at_its_line_and_leaves_outputs_alone(
    run: Run, command: str, content: bytes, complaint: str
) -> None:
    run.write("essay.md", content)
    old = {run.write(f"build/essay.{suffix}", f"old {suffix}") for suffix in ("epub", "pdf")}
    ran = run(command, "essay.md")
    assert ran.status == 1
    assert complaint in (ran.out if command == "check" else ran.err)
    assert "Traceback" not in ran.err
    assert [path.read_text() for path in sorted(old)] == ["old epub", "old pdf"]
    assert run.files() == {"essay.md", "build/essay.epub", "build/essay.pdf"}


BAD_COMMANDS = {
    "no manuscript": ((), {}, "there is no .md file in manuscript/; name the manuscript, or begin one with `octopub new FOLDER`"),
    "two to choose from": ((), {"manuscript/a.md": ESSAY, "manuscript/b.md": ESSAY}, "manuscript/a.md, manuscript/b.md"),
    "missing": (("x.md",), {}, "there is no manuscript x.md"),
    "a folder": (("texts",), {"texts/a.md": ESSAY}, "texts is a folder"),
    "standard input without a place": (("-",), {}, "-o FILE"),
    "output is the manuscript": (("a.md", "-o", "a.md"), {"a.md": ESSAY}, "a.md is the manuscript itself"),
    "output is a folder": (("a.md", "-o", "out"), {"a.md": ESSAY, "out/x": ""}, "out is a folder"),
    "unknown option": (("a.md", "--nonsense"), {"a.md": ESSAY}, "--nonsense"),
    "unknown kind": (("a.md", "--kind", "poem"), {"a.md": ESSAY}, "'poem' is not one of"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "files", "complaint"), BAD_COMMANDS.values(), ids=BAD_COMMANDS.keys())
def test_a_wrong_command_line_ends_with_2_and_writes_nothing(
    run: Run, arguments: tuple[str, ...], files: dict[str, str], complaint: str
) -> None:
    for name, content in files.items():
        run.write(name, content)
    ran = run("epub", *arguments)
    assert ran.status == 2
    assert complaint in ran.err
    assert ran.out == ""
    assert run.files() == set(files)


UNKNOWN = {"biuld": "there is no command biuld; did you mean build?", "x": "there is no command x; see `octopub --help`"}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_command(run: Run, name: str) -> None:
    ran = run(name)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(f"Error: {UNKNOWN[name]}\n")


def test_an_unknown_paper_is_a_wrong_command_line(run: Run) -> None:
    run.write("a.md", ESSAY)
    ran = run("pdf", "a.md", "--paper", "a99")
    assert ran.status == 2
    assert "“a99” is neither a paper's name" in ran.err


def test_two_manuscripts_may_not_have_one_output(run: Run) -> None:
    run.write("essay.md", ESSAY)
    run.write("manuscript/essay.md", ESSAY)
    ran = run("build", "essay.md", "manuscript/essay.md")
    assert ran.status == 2
    assert "would have the same output" in ran.err


# -- the machine --------------------------------------------------------------------------------


def test_a_missing_output_folder_is_the_machines_fault(run: Run) -> None:
    run.write("a.md", ESSAY)
    ran = run("epub", "a.md", "-o", "nowhere/a.epub")
    assert ran == (
        3,
        "",
        "octopub: nowhere/a.epub cannot be written: no such file or directory; name another place with -o\n",
    )


def test_a_file_where_the_build_folder_should_be(run: Run) -> None:
    run.write("a.md", ESSAY)
    run.write("build", "I am a file")
    ran = run("epub", "a.md")
    assert ran.status == 3
    assert ran.err.startswith("octopub: build/a.epub cannot be written")


def test_a_full_disk_leaves_the_old_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("a.md", ESSAY)
    old = run.write("build/a.epub", "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("epub", "a.md")
    assert ran.status == 3
    assert "no space left on device" in ran.err
    assert old.read_text() == "old"
    assert run.files() == {"a.md", "build/a.epub"}


def test_an_epub_needs_no_pango(run: Run) -> None:
    """Not even where WeasyPrint cannot be imported at all."""
    run.write("a.md", ESSAY)
    program = "import sys; sys.modules['weasyprint'] = None; sys.argv = sys.argv[1:]; from octopub.cli import main; main()"
    command = [sys.executable, "-c", program, "octopub", "epub", "a.md"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "build/a.epub\n", "")


def test_a_pdf_without_pango_says_what_to_install(run: Run) -> None:
    run.write("a.md", ESSAY)
    program = (
        "import sys, ctypes.util, cffi\n"
        "def gone(*_): raise OSError('cannot load library libpango-1.0-0')\n"
        "cffi.FFI.dlopen = gone\n"
        "sys.argv = sys.argv[1:]\n"
        "from octopub.cli import main; main()"
    )
    command = [sys.executable, "-c", program, "octopub", "pdf", "a.md", "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.count("octopub: the PDF needs Pango") == 1
    assert " && ".join(remedies.pango_here()) in done.stderr
    assert "Traceback" not in done.stderr


def test_source_date_epoch_is_respected_and_checked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("a.md", ESSAY)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    run("pdf", "a.md")
    with pikepdf.open(run.folder / "build/a.pdf") as pdf:
        assert str(pdf.docinfo["/ModDate"]).startswith("D:19700102")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    ran = run("epub", "a.md")
    assert ran.status == 3
    assert "SOURCE_DATE_EPOCH is “tomorrow”" in ran.err


# -- import -------------------------------------------------------------------------------------

PLAIN = """\
On Ferries

The ferry crosses at noon.[1] Nobody waits for it, and it waits for nobody, as the timetable says.

[1] On weekdays only.
"""


def test_import_writes_a_manuscript_that_builds(run: Run) -> None:
    run.write("ferry.txt", PLAIN)
    ran = run("import", "ferry.txt")
    assert (ran.status, ran.out) == (0, "manuscript/ferry.md\n")
    assert "line 1: title “On Ferries”" in ran.err
    text = (run.folder / "manuscript/ferry.md").read_text("utf-8")
    assert "noon.[^1]" in text
    assert "[^1]: On weekdays only." in text
    assert run("epub") == (0, "build/ferry.epub\n", "")


def test_a_dry_run_only_reports(run: Run) -> None:
    run.write("ferry.txt", PLAIN)
    ran = run("import", "--dry-run", "ferry.txt")
    assert ran.status == 0
    assert ran.out.startswith("ferry.txt: ")
    assert ran.err == ""
    assert run.files() == {"ferry.txt"}


def test_import_replaces_nothing_unless_it_is_told(run: Run) -> None:
    run.write("ferry.txt", PLAIN)
    mine = run.write("manuscript/ferry.md", "mine")
    ran = run("import", "ferry.txt")
    assert ran.status == 2
    assert "--force replaces it" in ran.err
    assert mine.read_text() == "mine"
    assert run("import", "--force", "ferry.txt").status == 0
    assert mine.read_text("utf-8").startswith("---\n")


def test_notes_that_do_not_match_stop_the_import(run: Run) -> None:
    run.write("ferry.txt", PLAIN.replace("nobody,", "nobody,[2]"))
    ran = run("import", "ferry.txt")
    assert ran.status == 1
    assert "ferry.txt:3:76: error: " in ran.err
    assert "[import-unmatched]" in ran.err
    assert run.files() == {"ferry.txt"}
    assert run("import", "--keep-unmatched", "ferry.txt").status == 0
    assert "nobody,[2] as" in (run.folder / "manuscript/ferry.md").read_text("utf-8")


def test_build_imports_and_keeps_the_manuscript(run: Run) -> None:
    run.write("ferry.txt", PLAIN)
    assert run("build", "ferry.txt").out == "manuscript/ferry.md\nbuild/ferry.epub\nbuild/ferry.pdf\n"
    assert run("build", "ferry.txt").out == "build/ferry.epub\nbuild/ferry.pdf\n"
    run.write("manuscript/ferry.md", "Changed by hand.\n")
    ran = run("build", "ferry.txt")
    assert ran.status == 2
    assert "is there already, and differs" in ran.err


@pytest.mark.parametrize(("command", "output"), [("pdf", "build/page.pdf"), ("epub", "build/page.epub")])
def test_a_web_page_is_imported_first_and_never_read_as_markdown(run: Run, command: str, output: str) -> None:
    run.write("page.html", "<html lang=en><title>T</title><p>Words.</html>")
    assert run(command, "page.html").out == f"manuscript/page.md\n{output}\n"
    for other in ("check", "preview"):
        ran = run(other, "page.html")
        assert (ran.status, "`octopub import page.html` makes one of it" in ran.err) == (2, True)


def test_what_cannot_be_imported_is_said_with_a_way_out(run: Run) -> None:
    run.write("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    ran = run("import", "old.doc")
    assert ran.status == 1
    assert "save it as .docx" in ran.err
