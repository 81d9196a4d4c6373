"""The language server, asked by a real client over its standard streams."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

from octopub.desk.lsp.completing import keys
from octopub.desk.lsp.names import Kind, names
from octopub.desk.lsp.text import Text

T = TypeVar("T")

TEXT = """\
---
title: Ropes
octopub:
  kind: essay
---

# One 🐙 rope {#one}

🐙🐙 A call,[^knot] a "place": [](#two), *[the first](#one "t")*, and note [](#note:knot); again.[^knot]

## Two

![A map](images/map.svg "Its *caption*[^other]"){#map}

[By reference][there] and ![](images/

### Inner

[there]: #one

[^knot]: A 🐙 note
    of *two* lines.

    And more.
[^other]: Short.
"""


def place(needle: str, step: int = 0, text: str = TEXT) -> lsp.Position:
    """The position of a stretch of the text (and so many characters on), in units of UTF-16."""
    before = text[: text.index(needle) + step]
    line = before.rpartition("\n")[2]
    return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def part(found: lsp.Range, text: str = TEXT) -> str:
    """What stands in a range, which is in units of UTF-16."""
    lines = [line.encode("utf-16-le") for line in [*text.splitlines(keepends=True), ""]]
    first, last = found.start, found.end
    if first.line == last.line:
        return lines[first.line][2 * first.character : 2 * last.character].decode("utf-16-le")
    between = b"".join(lines[first.line + 1 : last.line])
    whole = lines[first.line][2 * first.character :] + between + lines[last.line][: 2 * last.character]
    return whole.decode("utf-16-le")


class Editor:
    """A client, and what the server told it."""

    def __init__(self, folder: Path, text: str = TEXT, environment: Mapping[str, str] | None = None) -> None:
        self.text, self.environment = text, environment
        self.uri = (folder / "manuscript/essay.md").as_uri()
        self.client = LanguageClient("editor", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.version = 1
        self.document = lsp.TextDocumentIdentifier(self.uri)

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]  # pygls'
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

    async def start(self) -> None:
        await self.client.start_io(sys.executable, "-m", "octopub", "lsp", env=self.environment)
        await self.client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities()))
        self.client.initialized(lsp.InitializedParams())
        item = lsp.TextDocumentItem(self.uri, "markdown", self.version, self.text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]  # pygls'

    def write(self, text: str) -> None:
        self.version += 1
        identifier = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, [change]))

    async def complaints(self) -> list[lsp.Diagnostic]:
        """What is said of the newest version."""
        while True:
            told = await asyncio.wait_for(self.told.get(), 60)
            if told.version == self.version:
                return list(told.diagnostics)


Ask = Callable[[Callable[[Editor], Awaitable[T]]], T]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask[Any]]:
    """Asks one server, which has the text open."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "manuscript/images").mkdir(parents=True)
    for name in ("map.svg", "mill.png"):
        (folder / "manuscript/images" / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with asyncio.Runner() as runner:
        editor = Editor(folder)
        runner.run(editor.start())
        yield lambda question: runner.run(_whole(question, editor))
        runner.run(editor.stop())


async def _whole(question: Callable[[Editor], Awaitable[T]], editor: Editor) -> T:
    return await question(editor)


# -- complaints ---------------------------------------------------------------------------------


def test_it_says_what_is_wrong_while_one_types(ask: Ask[list[lsp.Diagnostic]]) -> None:
    text = "---\ntitle: A\n---\n\n🐙🐙 One,[^x] and 🐙 two.[^y]\n\n[^y]: Y.\n"

    async def question(editor: Editor) -> list[lsp.Diagnostic]:
        for length in range(60, len(text)):
            editor.write(text[:length])
        editor.write(text)
        found = await editor.complaints()
        editor.write(TEXT)
        return found

    (found,) = ask(question)
    assert (found.code, found.source, found.severity) == ("note-undefined", "octopub", lsp.DiagnosticSeverity.Error)
    assert part(found.range, text) == "[^x]"


def test_a_pause_is_waited_for(ask: Ask[int]) -> None:
    """Of many changes in a row only the last is checked."""

    async def question(editor: Editor) -> int:
        while not editor.told.empty():
            editor.told.get_nowait()
        for number in range(50):
            editor.write(f"Text {number}.\n")
        await editor.complaints()
        editor.write(TEXT)
        return editor.told.qsize()

    assert ask(question) == 0


# -- from one place to another ------------------------------------------------------------------

WAYS = {
    "a call": ("[^knot] a", 3, ["[^knot]"], True),
    "a call behind a pair": ('[^other]"', 2, ["[^other]"], True),
    "a note's reference": ("#note:knot", 7, ["[^knot]"], True),
    "a reference to a heading": ("#two", 2, ["## Two"], True),
    "a reference with a title": ('#one "t"', 2, ["#one"], True),
    "back from a note": ("[^knot]: A", 3, ["[^knot]", "#note:knot", "[^knot]"], False),
    "back from a place": ("#one}", 1, ["#one", "#one"], False),
    "nothing": ("again", 1, [], True),
}


@pytest.mark.parametrize(("needle", "step", "expected", "leads_to_definition"), WAYS.values(), ids=WAYS.keys())
def test_the_way(
    ask: Ask[Any], needle: str, step: int, expected: list[str], leads_to_definition: bool
) -> None:
    async def question(editor: Editor) -> Any:
        return await editor.client.text_document_definition_async(
            lsp.DefinitionParams(editor.document, place(needle, step))
        )

    found = ask(question) or []
    assert [part(each.range) for each in found] == expected
    for each in found if leads_to_definition else ():
        assert TEXT.splitlines()[each.range.start.line].startswith(("[^", "#"))


@pytest.mark.parametrize(("declared", "count"), [(True, 4), (False, 3)])
def test_all_that_lead_to_a_note(ask: Ask[Any], declared: bool, count: int) -> None:
    async def question(editor: Editor) -> Any:
        context = lsp.ReferenceContext(declared)
        return await editor.client.text_document_references_async(
            lsp.ReferenceParams(context, editor.document, place("[^knot] a", 2))
        )

    assert len(ask(question)) == count


HOVERS = {
    "a note": ("[^knot] a", "A 🐙 note\nof *two* lines.\n\nAnd more."),
    "a heading": ("#two", "Two"),
    "nothing": ("again", None),
}


@pytest.mark.parametrize(("needle", "said"), HOVERS.values(), ids=HOVERS.keys())
def test_what_the_pointer_shows(ask: Ask[Any], needle: str, said: str | None) -> None:
    async def question(editor: Editor) -> Any:
        return await editor.client.text_document_hover_async(lsp.HoverParams(editor.document, place(needle, 1)))

    found = ask(question)
    assert (found and found.contents.value) == said


# -- another name -------------------------------------------------------------------------------


def renamed(ask: Ask[Any], needle: str, step: int, name: str) -> str:
    """The text after the edits, made from behind."""

    async def question(editor: Editor) -> Any:
        return await editor.client.text_document_rename_async(
            lsp.RenameParams(editor.document, place(needle, step), name)
        )

    (edits,) = ask(question).changes.values()
    lines = TEXT.splitlines(keepends=True)
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        line = lines[edit.range.start.line].encode("utf-16-le")
        start, end = 2 * edit.range.start.character, 2 * edit.range.end.character
        lines[edit.range.start.line] = (line[:start] + edit.new_text.encode("utf-16-le") + line[end:]).decode("utf-16-le")
    return "".join(lines)


def test_a_note_gets_another_name_wherever_it_stands(ask: Ask[Any]) -> None:
    expected = TEXT.replace("^knot", "^🐙-bend").replace("note:knot", "note:🐙-bend")
    assert renamed(ask, "[^knot] a", 2, "🐙-bend") == expected


def test_a_place_gets_another_name_wherever_it_stands(ask: Ask[Any]) -> None:
    assert renamed(ask, '#one "t"', 2, "first") == TEXT.replace("#one", "#first")


REFUSED = {
    "a name with a space": ("[^knot] a", 2, "a b", "cannot be a name"),
    "a name that is taken": ("[^knot] a", 2, "other", "there is a note “other” already"),
    "a heading's own": ("#two", 1, "three", "is made of its heading's words"),
}


@pytest.mark.parametrize(("needle", "step", "name", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_cannot_be(ask: Ask[Any], needle: str, step: int, name: str, reason: str) -> None:
    with pytest.raises(JsonRpcException, match=reason):
        renamed(ask, needle, step, name)


@pytest.mark.parametrize(("needle", "name"), [("[^knot] a", "knot"), ("#one}", "one"), ("#two", None), ("again", None)])
def test_what_can_be_renamed(ask: Ask[Any], needle: str, name: str | None) -> None:
    async def question(editor: Editor) -> Any:
        return await editor.client.text_document_prepare_rename_async(
            lsp.PrepareRenameParams(editor.document, place(needle, 1))
        )

    found = ask(question)
    assert (found and (found.placeholder, part(found.range))) == (name and (name, name))


# -- the rest -----------------------------------------------------------------------------------


def test_the_outline(ask: Ask[Any]) -> None:
    async def question(editor: Editor) -> Any:
        return await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(editor.document))

    (one,) = ask(question)
    (two,) = one.children
    (inner,) = two.children
    assert [each.name for each in (one, two, inner)] == ["One 🐙 rope", "Two", "Inner"]
    assert part(one.selection_range) == "# One 🐙 rope {#one}"
    assert part(two.range).startswith("## Two\n")


COMPLETIONS = {
    "a label": ("[^", "kn", ["knot"]),
    "any label": ("[^", "", ["knot", "other"]),
    "an anchor": ("[](#", "o", ["one"]),
    "an anchor or a note": ("[](#", "", ["inner", "map", "one", "two", "note:knot", "note:other"]),
    "a note's label": ("[](#note:", "o", ["note:other"]),
    "an image": ("![](images/", "m", ["images/map.svg", "images/mill.png"]),
    "nothing": ("words ", "w", []),
}


@pytest.mark.parametrize(("before", "typed", "expected"), COMPLETIONS.values(), ids=COMPLETIONS.keys())
def test_what_it_completes(ask: Ask[Any], before: str, typed: str, expected: list[str]) -> None:
    text = TEXT + f"\n🐙 {before}{typed}"

    async def question(editor: Editor) -> Any:
        editor.write(text)
        end = place(f"🐙 {before}{typed}", 2 + len(before + typed), text)
        found = await editor.client.text_document_completion_async(lsp.CompletionParams(editor.document, end))
        editor.write(TEXT)
        return found

    found = ask(question) or []
    assert [each.label for each in found] == expected
    for each in found:
        assert each.text_edit.new_text == each.label
        assert each.label.startswith(part(each.text_edit.range, text))


KEYS = {
    "at the top": ("title: A\n", "subt", {"subtitle"}),
    "under octopub": ("octopub:\n  kind: essay\n", "  im", {"impose", "imprint"}),
    "under its notes": ("octopub:\n  notes:\n", "    p", {"pdf"}),
    "behind them": ("octopub:\n  notes:\n    pdf: page\n", "  fo", {"fonts"}),
    "a value": ("", "title: su", set()),
}


@pytest.mark.parametrize(("above", "before", "expected"), KEYS.values(), ids=KEYS.keys())
def test_the_keys_of_the_front_matter(above: str, before: str, expected: set[str]) -> None:
    found = list(keys(above, before))
    assert {each.text for each in found} >= expected
    assert all(each.text.startswith(before.strip()) for each in found)
    assert bool(found) == bool(expected)


def test_what_is_code_names_nothing() -> None:
    text = Text("[a]: #b\n\n    [c]: #d\n\n```\n[e]: #f\n[^g]: h\n```\n\nText `[^i]` [](#b).\n")
    assert [each.name for each in names(text.source).mentions] == ["b", "b"]


def test_a_figure_is_known_by_its_caption() -> None:
    assert names(Text(TEXT).source).hints[Kind.ANCHOR, "map"] == "Its caption"


def test_positions_go_there_and_back() -> None:
    text = Text("a🐙b\r\n\u2028c\n\nlast")
    for offset in range(len(text.source.text) + 1):
        assert text.offset(*text.position(offset)) == offset
    assert text.position(text.source.text.index("b")) == (0, 3)
    assert text.offset(1, 99) == text.source.text.index("c") + 1
    assert text.offset(99, 0) == len(text.source.text)


def test_without_pygls_it_says_what_to_install() -> None:
    program = "import sys; sys.modules['pygls'] = None; sys.argv = ['octopub', 'lsp']; from octopub.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "the language server needs pygls: " in done.stderr
    assert done.stderr.rstrip().endswith("pip install pygls")
