"""The invariants of ARCHITECTURE.md: each is a test that fails on the day it is broken.

Modules are read, not imported, so that an import inside a function, or for the types alone, counts too.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.tools import ROOT

SOURCE = ROOT / "src/octopub"

PARTS = (
    "diagnostics",
    "scratch",
    "model",
    "paper",
    "standards",
    "imposing",
    "faces",
    "covers",
    "reading",
    "markup",
    "epub",
    "pdf",
    "importing",
    "building",  # from a manuscript to its outputs' bytes
    "desk",
    "octopub",  # the package itself: the public functions
    "cli",
    "__main__",
)
"""A module imports from its own part and from those above it in this list."""


class Rule(NamedTuple):
    """Something that only a few may do: how it is written, an example, and who may, with the reason."""

    deed: str
    written: str
    example: str
    exceptions: dict[str, str]


RULES = (
    Rule(
        "opens or looks for files",
        # Not: a method of one's own, a picture or a PDF from its bytes, a PDF's content stream.
        r"(?!self\.|Image\.|pikepdf\.|stream\.|.*\.Contents\.)"
        r"(.*\.)?(open|read_text|read_bytes|write_text|write_bytes|iterdir|r?glob)\(\)",
        'path.open("rb")',
        {
            "scratch.py": "removes what killed runs left",
            "reading": "reads the manuscript and what it names",
            "faces": "reads the faces of the packages and of the project",
            "markup/styles.py": "reads the built-in stylesheets",
            "standards/profiles.py": "reads the profile of screens that comes with WeasyPrint",
            "pdf/fontset.py": "hands the faces to fontconfig, which takes files only, in a temporary folder",
            "pdf/engine.py": "reads the sheet of defaults",
            "pdf/equipment.py": "reads octopub's own code, which formes hang on",
            "pdf/store.py": "keeps formes in the folder that it is given",
            "desk/starting.py": "reads the files of a new project",
            "desk/explaining.py": "reads the pages about the codes",
            "importing/manuscript.py": "reads the source, and lays its images out for the proof",
            "desk/validators": "hands the book to programs that take files only, in a temporary folder",
            "cli": "writes the outputs",
        },
    ),
    Rule(
        "prints",
        r"print\(\)|(click\.)?s?echo\(\)|sys\.std(in|out|err)",
        'sys.stderr.write("words")',
        {"cli": "it alone speaks to a person", "pdf/crew.py": "a worker's process is spoken to by pipes"},
    ),
    Rule(
        "exits",
        r"(sys\.)?exit\(\)|os\._exit\(\)",
        "sys.exit(1)",
        {"cli": "it alone has an exit status", "pdf/crew.py": "a worker ends when there is nobody to work for"},
    ),
    Rule(
        "looks at the clock",
        r"time\.(?!sleep).*\(\)|(.*\.)?(now|utcnow|today|localtime)\(\)",
        "datetime.now(UTC)",
        {"cli/telling.py": "says where the time went"},
    ),
    Rule(
        "looks at the environment",
        r"os\.(environ|getenv.*)|.*\.(home|expanduser|cwd|getcwd)\(\)|locale\..*",
        'os.environ["HOME"]',
        {"cli": "hands in SOURCE_DATE_EPOCH", "__init__.py": "and so do the public functions"},
    ),
    Rule("throws dice", r"(random|secrets)\..*|(.*\.)?uuid[14]\(\)", "random.random()", {}),
    Rule(
        "reaches for the network",
        r"(urllib\.request|http|socket|ssl|requests)\..*",
        "urllib.request.urlopen(address)",
        {"desk/browser/serving.py": "answers this machine's own browser"},
    ),
    Rule("changes a global", r"global .*", "global count", {}),
)

LONGEST = 400

TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
}


def module_name(path: str) -> str:
    """`pdf/layout.py` → `octopub.pdf.layout`; `pdf/__init__.py` → `octopub.pdf`."""
    return ".".join(["octopub", *path.removesuffix(".py").split("/")]).removesuffix(".__init__")


def part_of(module: str) -> str:
    """`octopub.pdf.layout` → `pdf`; `octopub` → `octopub`."""
    return module.split(".")[1] if "." in module else module


def imported(path: str) -> Iterator[tuple[int, str]]:
    """The modules that a module imports, by their full names, each with its line."""
    for node in ast.walk(TREES[path]):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom():
                yield from ((node.lineno, name) for name in _imported_from(path, node))
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
                if ast.unparse(function).split(".")[-1] in ("import_module", "__import__"):
                    yield node.lineno, name


def _imported_from(path: str, node: ast.ImportFrom) -> Iterator[str]:
    """`from octopub import model` imports a part; `from octopub import build_epub` the package itself."""
    above = module_name(path).split(".") + (["__init__"] if path.endswith("__init__.py") else [])
    base = above[: -node.level] if node.level else []
    module = ".".join([*base, *filter(None, [node.module])])
    for alias in node.names:
        yield f"{module}.{alias.name}" if module == "octopub" and alias.name in PARTS else module


def deeds(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module does, as a rule may name it: `os.environ`, `path.open()`, `global count`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function):
                yield node.lineno, f"{ast.unparse(function)}()"
            case ast.Attribute():
                yield node.lineno, ast.unparse(node)
            case ast.Global():
                yield node.lineno, ast.unparse(node)


def breaches(rule: Rule) -> list[str]:
    """Where the rule's deed is done, exceptions included: `pdf/proof.py:12: open()`."""
    done = ((path, line, deed) for path, tree in TREES.items() for line, deed in deeds(tree))
    return [f"{path}:{line}: {deed}" for path, line, deed in done if re.fullmatch(rule.written, deed)]


def under(place: str, breach: str) -> bool:
    """Whether a breach lies in a part (`cli`, be it a module or a folder) or in one module."""
    return breach.startswith((f"{place}:", f"{place}.py:", f"{place}/"))


@pytest.mark.parametrize("path", TREES)
def test_a_module_imports_only_from_the_parts_above_it(path: str) -> None:
    own = part_of(module_name(path))
    assert own in PARTS, "a new part: it needs a place in PARTS and in ARCHITECTURE.md"
    allowed = PARTS[: PARTS.index(own) + 1]
    ours = ((line, name) for line, name in imported(path) if name.split(".")[0] == "octopub")
    assert [f"line {line}: {name}" for line, name in ours if part_of(name) not in allowed] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.deed)
def test_only_a_few(rule: Rule) -> None:
    assert any(re.fullmatch(rule.written, deed) for _, deed in deeds(ast.parse(rule.example)))
    found = breaches(rule)
    assert [breach for breach in found if not any(under(place, breach) for place in rule.exceptions)] == []
    idle = [place for place in rule.exceptions if not any(under(place, breach) for breach in found)]
    assert idle == [], "an exception that nothing needs"


def test_an_epub_is_made_without_the_pdf_part_and_without_weasyprint() -> None:
    program = (
        "import sys, octopub\n"
        "octopub.build_epub('# A title\\n\\nText with a note.[^1]\\n\\n[^1]: The note.\\n')\n"
        "print(*[name for name in sys.modules if name.startswith(('weasyprint', 'octopub.pdf'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_what_is_kept_has_a_bound() -> None:
    """A process that lives long meets ever new values."""
    unbounded = [
        f"{path}: {node.name}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.args.args
        for decorator in map(ast.unparse, node.decorator_list)
        if re.fullmatch(r"(functools\.)?(cache|lru_cache\(maxsize=None\))", decorator)
    ]
    assert unbounded == []


def test_a_file_can_be_read_in_one_sitting() -> None:
    files = [path for folder in ("src", "tests", "tools") for path in (ROOT / folder).rglob("*.py")]
    ours = [path for path in files if "node_modules" not in path.parts]
    lines = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in ours}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}
