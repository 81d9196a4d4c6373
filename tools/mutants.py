"""`python -m tools.mutants [PART OF A NAME…]`: defences of SECURITY.md are taken away one by one; a test has to fail.

Nothing is changed in the checkout: what is in version control is copied, and in the copy one line is another. Each
defence takes as long as its test. Imports the standard library.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Mutant(NamedTuple):
    """A defence that is taken away."""

    name: str
    file: str
    line: str
    """What stands there once."""
    instead: str
    tests: str
    """The file of tests that has to fail, and which of them, as pytest's `-k` takes it."""
    chosen: str = ""


MEMORY = 4 << 30
"""Bytes that a test may take."""

PATIENCE = 120
"""Seconds that a test may take: some wait for ever without their defence."""

SILENCE, LIMITS, BOUNDS = (f"tests/trust/test_{name}.py" for name in ("silence", "limits", "bounds"))
FRONT, IMAGES, SVG = "tests/reading/test_frontmatter.py", "tests/reading/test_images.py", "tests/reading/test_svg.py"
STYLES = "tests/markup/test_bounds.py"
ELSEWHERE, SERVER = "tests/trust/test_silence_elsewhere.py", "tests/browser/test_server.py"
SERVED = "tests/trust/test_silence_served.py"
SOURCES = "tests/trust/test_strange_sources.py"
ARCHIVE, HTML = "tests/importing/test_archive.py", "tests/importing/test_html.py"
PLACES, SCRATCH, AUTHORS, MACHINES, FAULTS = (
    f"tests/trust/test_{name}.py" for name in ("places", "scratch", "authors", "machines", "faults")
)
DESK = "tests/browser/test_desk.py"
READING, IMPORTING, CLI = "src/octopub/reading/", "src/octopub/importing/", "src/octopub/cli/"

MUTANTS = (
    # -- a manuscript
    Mutant("paths out of the project", READING + "images.py", "if not file.is_relative_to(root):", "if False:", SILENCE, "refused_at_its_line"),
    Mutant("addresses and paths from the root", READING + "images.py", r'if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", spelt):', "if False:", SILENCE, "refused_at_its_line"),
    Mutant("pipes and devices", READING + "images.py", "if not stat.S_ISREG(mode):", "if False:", IMAGES, "ordinary or pipe or device or fifo"),
    Mutant("schemes that are dangerous", READING + "links.py", "if scheme in DANGEROUS:", "if False:", SILENCE, "refused_at_its_line"),
    Mutant("schemes that lead nowhere", READING + "links.py", "elif scheme in OUTSIDE and is_address(href):", "elif True:", SILENCE, "in_silence"),
    Mutant("a profile outside", READING + "book.py", "return self.shelf.content(path)", "return __import__('pathlib').Path(path).read_bytes()", SILENCE, "front_matter"),
    Mutant("size of a file", READING + "source.py", "if len(data) > limit:", "if False:", LIMITS, "too_large"),
    Mutant("size of a text", READING + "source.py", "if len(text) > limit:", "if False:", LIMITS, "refused_at_its_place and 300"),
    Mutant("no more is read than that", READING + "project.py", "return file.read(-1 if limit is None else limit + 1)", "return file.read()", LIMITS, "no_more_is_read"),
    Mutant("depth of blocks", READING + "text.py", "if deep := spans.too_deep(tokens, source):", "if deep := []:", LIMITS, "refused_at_its_place"),
    Mutant("depth of tags", READING + "text.py", 'if "<" in source.text and (deep := spans.too_deep(tokens, source)):', "if deep := []:", LIMITS, "refused_at_its_place"),
    Mutant("depth of YAML", READING + "yamltree.py", "raise self._too_deep(_index(event.start_mark))", "pass", LIMITS, "refused_at_its_place"),
    Mutant("YAML's aliases", READING + "yamltree.py", "            self._complain(Code.YAML_ALIAS, event)\n            return Scalar(", "            return Scalar(", FRONT),
    Mutant("YAML's anchors and tags", READING + "yamltree.py", 'and (event.anchor or getattr(event, "tag", None)):', "and False:", FRONT),
    # -- a stylesheet
    Mutant("@import and @font-face", "src/octopub/markup/bounds.py", '_BRINGS_IN = frozenset({"import", "font-face"})', "_BRINGS_IN = frozenset()", STYLES),
    Mutant("url()", "src/octopub/markup/bounds.py", 'if node.type == "url" and not is_name', 'if False and not is_name', STYLES),
    Mutant("broken addresses", "src/octopub/markup/bounds.py", 'if node.type == "error" and node.kind == "bad-url":', "if False:", STYLES),
    Mutant("functions that take addresses", "src/octopub/markup/bounds.py", "node.lower_name in ADDRESS_FUNCTIONS and", "False and", STYLES),
    Mutant("depth of brackets", "src/octopub/markup/bounds.py", "        if level > DEPTH_LIMIT:", "        if False:", STYLES),
    Mutant("depth of brackets in tokens", "src/octopub/markup/bounds.py", "        if level + height > DEPTH_LIMIT:", "        if False:", STYLES),
    Mutant("size with its tokens", "src/octopub/markup/bounds.py", "if size > SIZE_LIMIT else None", "if False else None", STYLES),
    Mutant("names of properties", "src/octopub/markup/css.py", "name = tinycss2.serialize_identifier(node.lower_name)", "name = node.lower_name", STYLES, "stays_a_name"),
    Mutant("control characters of a drawing", READING + "svgstyle.py", "if rule and not _NO_XML.search(rule))", "if rule)", SVG),
    Mutant("names of rules", "src/octopub/markup/css.py", 'head = f"@{tinycss2.serialize_identifier(node.at_keyword)}"', 'head = f"@{node.at_keyword}"', STYLES, "stays_a_name"),
    Mutant("names of a drawing's properties", READING + "svgstyle.py", "name = tinycss2.serialize_identifier(each.name)", "name = each.name", SVG),
    Mutant("stylesheets that are links", READING + "project.py", "            if not is_within(path, project.root):", "            if False:", SILENCE, "links_out"),
    Mutant("faces that are links", "src/octopub/faces/catalogue.py", "for path in self._listed if self._is_own(path))", "for path in self._listed)", SILENCE, "links_out"),
    # -- a picture
    Mutant("scripts, foreignObject and the like", READING + "svg.py", "        if name in _KEPT:\n", "        if name:\n", SVG),
    Mutant("event handlers", READING + "svg.py", 'elif not namespace and name.lower().startswith("on"):', "elif False:", SVG),
    Mutant("addresses in a drawing", READING + "svg.py", "if leads_outside(value):", "if False:", SVG),
    Mutant("entities", READING + "svg.py", "resolve_entities=False, no_network=True, load_dtd=False", "resolve_entities=True, load_dtd=True", SILENCE, "in_silence"),
    Mutant("animated addresses", READING + "svg.py", 'if animated == "href" or animated.startswith("on"):', "if False:", SVG),
    Mutant("shapes", READING + "svg.py", "if svgbounds.is_too_much(drawing):", "if False:", LIMITS, "drawing"),
    Mutant("tags of a drawing", READING + "svg.py", "or data.count(b\"<\") > svgbounds.TAGS_LIMIT:", "or False:", LIMITS, "drawing"),
    Mutant("brackets of a drawing", READING + "svg.py", "if any(svgbounds.nests_too_deep(str(style)) for style in styles):", "if False:", LIMITS, "drawing"),
    Mutant("pixels", READING + "pictures.py", "if width * height > limit:", "if False:", IMAGES, "pixels"),
    Mutant("bytes of a picture", READING + "pictures.py", "if stream.seek(0, os.SEEK_END) > limits.picture_bytes:", "if False:", LIMITS, "too_many_bytes"),
    # -- a file to import
    Mutant("names out of an archive", IMPORTING + "archive.py", "if not info.is_dir() and is_inside(info.filename)", "if not info.is_dir()", ARCHIVE),
    Mutant("a page's pictures outside", IMPORTING + "pictures.py", "if not path or not file.is_relative_to(root):", "if not path:", HTML),
    Mutant("entities of a source", IMPORTING + "archive.py", "if declared is not None and any(True for _ in declared.iterentities()):", "if False:", ARCHIVE),
    Mutant("tags of a source", IMPORTING + "bounds.py", "if tags > limit:", "if False:", LIMITS, "source"),
    Mutant("tags of all files of a book", IMPORTING + "archive.py", "self._tags += data.count(b\"<\")", "self._tags = data.count(b\"<\")", LIMITS, "source"),
    Mutant("what unpacks to too much", IMPORTING + "archive.py", "        if info.file_size > limit:", "        if False:", LIMITS, "source"),
    Mutant("what is read again and again", IMPORTING + "archive.py", "        if self._unpacked > self.bounds.archive_bytes:", "        if False:", ARCHIVE, "again"),
    Mutant("pictures under many addresses", IMPORTING + "pictures.py", "        if self._bytes > self.bounds.archive_bytes:", "        if False:", HTML, "many_addresses"),
    Mutant("pixels of what is converted", IMPORTING + "pictures.py", "if picture.width * picture.height > limits.picture_pixels:", "if False:", SOURCES, "converted"),
    Mutant("a stylesheet is read once", IMPORTING + "ebook/epub.py", "    if member not in sheets:\n", "    if True:\n", LIMITS, "imported and stylesheet"),
    Mutant("strict sizes of a source", IMPORTING + "manuscript.py", "bounds.STRICT if untrusted else bounds.USUAL", "bounds.USUAL", SOURCES, "may_be_less"),
    Mutant("strict sizes of a page's pictures", IMPORTING + "web/html.py", "Pictures(beside(folder, bounds.becoming.picture_bytes), bounds)", "Pictures(beside(folder, bounds.becoming.picture_bytes))", SOURCES, "pictures"),
    Mutant("whose source it is", CLI + "bring.py", "untrusted=is_untrusted()", "untrusted=False", SOURCES, "may_be_less"),
    Mutant("a stranger's source that is a link", IMPORTING + "manuscript.py", "if untrusted and not is_within(source,", "if False and not is_within(source,", SOURCES, "no_link"),
    Mutant("a stranger's link where an import goes", CLI + "bring.py", "if is_untrusted() and not is_within(target, folder)]", "if False]", SOURCES, "no_link"),
    # -- an editor
    Mutant("pictures that are links", READING + "project.py", "found = [path for path in found if is_within(path, project.pictures)]", "pass", ELSEWHERE, "editor"),
    # -- what a command may take
    Mutant("time", CLI + "bounds.py", "status = process.wait(bounds.seconds)", "status = process.wait()", BOUNDS, "time_is_up"),
    Mutant("memory", CLI + "bounds.py", "resource.setrlimit(resource.RLIMIT_DATA, (share - RESERVE, share))", "pass", BOUNDS, "more_memory"),
    Mutant("a process that does not answer", CLI + "bounds.py", "            process.kill()\n", "            pass\n", BOUNDS, "processes and stop"),
    Mutant("styles of strangers", READING + "project.py", "if project.root is not None and project.is_trusted:", "if project.root is not None:", BOUNDS, "may_do_less and styles or cache"),
    Mutant("pictures beside a stranger's folder", READING + "project.py", "return self.root if self.is_trusted else self.folder", "return self.root", BOUNDS, "may_do_less"),
    Mutant("strict sizes", "src/octopub/building.py", "limits = STRICT if untrusted else USUAL", "limits = USUAL", BOUNDS, "may_do_less"),
    Mutant("links of strangers", "src/octopub/building.py", "if file is not None and untrusted and (refused := _leading_out(project, file, path)):", "if refused := ():", BOUNDS, "may_do_less"),
    Mutant("the cache", CLI + "means.py", "kept = store() if cache and not bounds.is_untrusted() else None", "kept = store() if cache else None", BOUNDS, "cache"),
    # -- the preview
    Mutant("this machine alone", "src/octopub/desk/browser/serving.py", 'HERE = "127.0.0.1"', 'HERE = "0.0.0.0"', SERVED),
    Mutant("the desk's own folder", "src/octopub/desk/browser/texts.py", "return next((path for path in projects.candidates(self._folder) if path.stem == name), None)", 'return self._folder / f"manuscript/{name}"', SERVED, "desk"),
    Mutant("another host", "src/octopub/desk/browser/guard.py", 'if headers.get("host") not in self._hosts or (', "if (", SERVER, "refused"),
    Mutant("another origin", "src/octopub/desk/browser/guard.py", "(origin is not None and origin not in self._origins)", "False", SERVER, "refused"),
    Mutant("a picture or frame of another site", "src/octopub/desk/browser/guard.py", 'across = headers.get("sec-fetch-site") in ("cross-site", "same-site")', "across = False", SERVER, "refused"),
    Mutant("what does not say where it comes from", "src/octopub/desk/browser/guard.py", "return method in HARMLESS or origin is not None", "return True", SERVER, "refused"),
    # -- faults
    Mutant("a file is kept", CLI + "placing.py", "                os.fsync(file.fileno())\n", "", FAULTS, "kept_before"),
    Mutant("its folder is kept", CLI + "placing.py", "                self._is_settled = True\n                _keep(self._place.parent)\n", "                self._is_settled = True\n", FAULTS, "kept_before"),
    Mutant("a new folder is kept", CLI + "placing.py", "            _keep(folder.parent)\n", "", FAULTS, "kept_before"),
    Mutant("moved, not written", CLI + "placing.py", "self._beside.replace(self._place)\n                self._is_settled", "self._place.write_bytes(self._beside.read_bytes())\n                self._is_settled", FAULTS, "desk or two_builds"),
    Mutant("given back", CLI + "placing.py", "            draft.restore()\n", "            pass\n", PLACES, "gives_back"),
    Mutant("interrupts wait", CLI + "placing.py", "        with interrupt.held():\n            _settle(drafts)", "        if True:\n            _settle(drafts)", PLACES, "interrupt_waits"),
    Mutant("lost interrupts", CLI + "placing.py", "        interrupt.check()\n", "", "tests/test_cli_interrupt.py", "not_lost"),
    Mutant("left beside", CLI + "placing.py", "            remove_left(folder)\n", "", SCRATCH, "beside_it"),
    Mutant("left folders", CLI + "means.py", "    remove_left()\n", "", SCRATCH, "next_pdf"),
    Mutant("a lock is asked for", "src/octopub/scratch.py", "        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)\n", "", SCRATCH, "in_use"),
    Mutant("whose it is", "src/octopub/scratch.py", "if os.fstat(descriptor).st_uid == os.geteuid():", "if True:", SCRATCH, "another_users"),
    Mutant("names", "src/octopub/scratch.py", "if _NAMES.fullmatch(path.name)", 'if path.name.startswith("octopub")', SCRATCH, "not_ours"),
    Mutant("folders alone", "src/octopub/scratch.py", " | os.O_DIRECTORY | os.O_NOFOLLOW", " | os.O_NONBLOCK", SCRATCH, "not_ours"),
    Mutant("links in build", CLI + "files.py", "follow=not is_usual", "follow=True", PLACES, "link_in_build"),
    Mutant("links named", CLI + "files.py", "follow=not is_usual", "follow=False", PLACES, "link_that_is_named"),
    Mutant("pipes", CLI + "placing.py", "if old is not None and not stat.S_ISREG(old.st_mode):", "if False:", PLACES, "a_pipe_gets"),
    Mutant("old modes", CLI + "placing.py", "                    _resemble(self._beside, old)\n", "                    pass\n", PLACES, "mask or owner"),
    Mutant("owners", CLI + "placing.py", "            os.chown(path, old.st_uid, old.st_gid)\n", "            pass\n", PLACES, "owner"),
    Mutant("private until placed", "src/octopub/scratch.py", "path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))", "path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder)); path.chmod(0o755)", PLACES, "nobody_else"),
    Mutant("may not be written", CLI + "placing.py", "            os.close(os.open(self._output.target, os.O_WRONLY))\n", "            pass\n", PLACES, "may_not_be_written"),
    Mutant("all or none", CLI + "placing.py", "        for draft in drafts:\n            draft.fill(benches)\n        last()\n", "        for draft in drafts:\n            draft.fill(benches)\n            draft.settle()\n        last()\n", PLACES, "all_are_written"),
    Mutant("made folders go", CLI + "placing.py", "                    folder.rmdir()\n", "                    pass\n", PLACES, "all_are_written"),
    Mutant("changed meanwhile", CLI + "mending.py", "        if path.read_bytes() != before:", "        if False:", AUTHORS, "saved_while"),
    Mutant("source under its import", CLI + "bring.py", "if target.exists() and target.samefile(source):", "if False:", AUTHORS, "source_is_not"),
    Mutant("link to nowhere", CLI + "bring.py", "(target.exists() or target.is_symlink())", "target.exists()", AUTHORS, "link_to_nowhere"),
    Mutant("retouched", CLI + "bring.py", "if not force and path.exists() and path.read_bytes() != content:", "if False:", AUTHORS, "retouched"),
    Mutant("new begun again", CLI + "start.py", "    return mine or (there if len(there) == len(files) else [])", "    return there", "tests/test_new.py", "begun_again"),
    Mutant("SIGTERM", CLI + "interrupt.py", '("SIGINT", "SIGTERM", "SIGHUP")', '("SIGINT",)', FAULTS, "desk"),
    Mutant("nobody reads", CLI + "program.py", "except (BrokenPipeError, SystemExit):", "except ZeroDivisionError:", PLACES, "streams"),
    Mutant("closed streams", CLI + "__init__.py", "        streams.make_ready()\n", "", PLACES, "streams"),
    Mutant("the last flush", CLI + "program.py", "        streams.let_go()\n", "        pass\n", PLACES, "streams"),
    Mutant("errors that cannot be said", CLI + "program.py", "    except OSError:  # it could not be said either\n        return MACHINE_FAILED\n", "", PLACES, "streams"),
    Mutant("letters that lack", CLI + "streams.py", '        stream.reconfigure(errors="backslashreplace")', "        pass", MACHINES, "lacks"),
    Mutant("ASCII", CLI + "streams.py", '        stream.reconfigure(encoding="utf-8", errors="surrogateescape")', "        pass", MACHINES, "any_encoding"),
    Mutant("names in no encoding", READING + "project.py", 'os.fsencode(path.stem).decode("utf-8", "replace")', "path.stem", MACHINES, "any_encoding"),
    Mutant("no home", CLI + "homes.py", "    except RuntimeError:", "    except ZeroDivisionError:", MACHINES, "without_a_home"),
    Mutant("a tilde", CLI + "homes.py", "return path if path.is_absolute() else None", "return path", MACHINES, "tilde"),
    Mutant("no room in a worker", "src/octopub/pdf/crew.py", "    if isinstance(error, OSError):", "    if False:", MACHINES, "no_room"),
    Mutant("which file has no room", "src/octopub/pdf/fontset.py", "            error.filename = str(path)", "            error.filename = None", MACHINES, "no_room"),
    Mutant("damaged cache", "src/octopub/pdf/store.py", "return content if _digest(content) == digest else None", "return content", MACHINES, "damaged"),
    Mutant("a cache that cannot be written", "src/octopub/pdf/store.py", "        with suppress(OSError):\n            self.folder.mkdir", "        if True:\n            self.folder.mkdir", MACHINES, "cannot_be_written"),
    Mutant("desk: states", "src/octopub/desk/browser/texts.py", "if _state(content) != state:", "if False:", DESK, "meanwhile"),
    Mutant("desk: encodings", "src/octopub/desk/browser/texts.py", 'if content.decode("utf-8", "replace").encode() != content:', "if False:", DESK, "encoding"),
)  # fmt: skip
"""Each of them stands in a line of SECURITY.md."""


def _copy(folder: Path) -> None:
    """What is in version control, as it is now."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).exists() or (ROOT / name).is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(ROOT / name, folder / name, follow_symlinks=False)


def _bound() -> None:
    """Without its defence a test may take all memory that there is."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _outcome(mutant: Mutant, folder: Path) -> str:
    """What the tests say without the defence: `seen`, or what is wrong."""
    path = folder / mutant.file
    right = path.read_text("utf-8")
    if right.count(mutant.line) != 1:
        return f"its line stands {right.count(mutant.line)} times in {mutant.file}"
    wrong = right.replace(mutant.line, mutant.instead)
    try:
        compile(wrong, mutant.file, "exec")
    except SyntaxError as error:  # which every test would see
        return f"{mutant.file} is no Python without it: {error}"
    path.write_text(wrong, "utf-8")
    try:
        asked = [mutant.tests, *(["-k", mutant.chosen] if mutant.chosen else [])]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *asked],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(folder / "src")}, capture_output=True, text=True,
            timeout=PATIENCE, check=False, preexec_fn=_bound,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "seen (the test went on for ever)"
    finally:
        path.write_text(right, "utf-8")
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    return "seen" if failed else f"NOT SEEN: {(done.stdout + done.stderr).strip()[-100:]}"


def main(parts: list[str]) -> int:
    """Take away those whose names hold one of these parts, or all; 1 if one is not missed."""
    with tempfile.TemporaryDirectory(prefix="octopub-mutants-") as name:
        folder = Path(name)
        _copy(folder)
        missed = 0
        for mutant in MUTANTS:
            if not parts or any(part in mutant.name for part in parts):
                outcome = _outcome(mutant, folder)
                missed += not outcome.startswith("seen")
                sys.stdout.write(f"{mutant.name:40} {outcome}\n")
                sys.stdout.flush()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
