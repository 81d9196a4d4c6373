"""`octopub new` and the template: a project that builds at once, and a workflow whose commands there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from octopub.building import load
from octopub.cli.program import COMMANDS, command
from octopub.desk.starting import Beginning, project
from octopub.model import Kind
from tests.running import Run
from tests.tools import ROOT, epub_text, epubcheck, pdf_text, qpdf_check, words

TEMPLATE = ROOT / "docs/template"


@pytest.mark.parametrize("kind", Beginning)
def test_a_new_project_builds_at_once_without_a_complaint(run: Run, kind: Beginning) -> None:
    made = run("new", "my text", "--kind", str(kind))
    assert made.status == 0
    assert set(made.out.splitlines()) == run.files() == {f"my text/{name}" for name in project(kind)}
    name = f"my text/manuscript/{kind}.md"
    assert run("build", "--strict", name) == (0, f"my text/build/{kind}.epub\nmy text/build/{kind}.pdf\n", "")
    epub, pdf = (run.folder / f"my text/build/{kind}.{end}" for end in ("epub", "pdf"))
    assert epubcheck(epub) == []
    assert qpdf_check(pdf) == []
    for text in ("".join(epub_text(epub.read_bytes()).values()), "".join(pdf_text(pdf))):
        assert set(words("A leaf is what one turns paper will not fold much more")) <= set(words(text))


@pytest.mark.parametrize("kind", Beginning)
def test_its_manuscript_shows_what_there_is(tmp_path: Path, kind: Beginning) -> None:
    for name, content in project(kind).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    book = load(tmp_path / f"manuscript/{kind}.md").book
    assert book is not None
    assert book.kind is Kind(kind)
    nodes = [node for chapter in book.chapters for block in chapter.blocks for node in block.walk()]
    kinds = {node.type for node in nodes}
    assert {"figure", "table", "blockquote", "verse", "link"} <= kinds
    assert {node.attrs.get("lang") for node in nodes} >= {"fr", "de"}
    assert any(note.label.startswith("^") for note in book.notes)
    assert [resource.media_type for resource in book.resources] == ["image/svg+xml"]


IN_THE_WAY = {
    "the manuscript": ("p/manuscript/essay.md", "p/manuscript/essay.md is there already"),
    "another file": ("p/README.md", "p/README.md is there already"),
    "another manuscript": ("p/manuscript/mine.md", "p/manuscript/mine.md is there already"),
    "a file of that name": ("p", "p is a file"),
}


@pytest.mark.parametrize(("name", "complaint"), IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_nothing_is_written_over(run: Run, name: str, complaint: str) -> None:
    run.write(name, "mine")
    ran = run("new", "p")
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err
    assert run.files() == {name}
    assert (run.folder / name).read_text() == "mine"


def test_what_a_killed_run_began_is_begun_again(run: Run) -> None:
    assert run("new", "p").status == 0
    (run.folder / "p/manuscript/essay.md").unlink()
    assert run("new", "p").status == 0
    made = run.files()
    ran = run("new", "p")
    assert (ran.status, run.files()) == (2, made)


def test_a_folder_with_other_things_in_it_is_taken(run: Run) -> None:
    run.write("p/.git/config", "")
    assert run("new", "p").status == 0


# -- the workflow -------------------------------------------------------------------------------


def workflow() -> dict[str, Any]:
    content = (TEMPLATE / ".github/workflows/build.yml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(content, yaml.BaseLoader)
    return read


def commands_run() -> list[list[str]]:
    steps = [step for job in workflow()["jobs"].values() for step in job["steps"]]
    return [shlex.split(line) for step in steps for line in step.get("run", "").splitlines()]


def test_the_workflow_is_one() -> None:
    read = workflow()
    assert {"push", "pull_request", "workflow_dispatch"} == set(read["on"])
    for job in read["jobs"].values():
        assert job["runs-on"]
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
    kept, taken = (
        [step["with"]["name"] for step in read["jobs"][job]["steps"] if f"actions/{action}@v4" == step.get("uses")]
        for job, action in (("build", "upload-artifact"), ("release", "download-artifact"))
    )
    assert kept == taken == ["files"]


def test_its_commands_are_octopubs() -> None:
    ours = [line[1:] for line in commands_run() if line[0] == "octopub"]
    assert [name for name, *_ in ours] == ["check", "build"]
    for name, *arguments in ours:
        command(name).make_context(name, arguments)  # raises UsageError for what it does not take


def test_the_templates_readme_names_commands_that_there_are() -> None:
    text = (TEMPLATE / "README.md").read_text("utf-8")
    named = re.findall(r"^\$ octopub (\w+)$", text, re.MULTILINE)
    assert named == ["check", "build"]
    assert set(named) <= set(COMMANDS)
