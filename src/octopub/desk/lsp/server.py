"""The language server: what an editor asks about a manuscript, in the Language Server Protocol (3.17).

Imports `desk` and pygls, an extra. It tells; what it knows is the checker's (`findings`) and the names'. Positions come
and go in the units that the editor asked for, which usually are those of UTF-16. Documents come whole at each change:
pygls would count lines by more characters than the protocol does.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from octopub.desk.check import findings
from octopub.desk.lsp.completing import keys, proposals
from octopub.desk.lsp.names import Mention, Names, names
from octopub.desk.lsp.text import Text
from octopub.diagnostics import MachineError, Severity
from octopub.reading.project import Project, around, pictures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octopub.diagnostics import Diagnostic

PAUSE = 0.4
"""Seconds without a change before a text is checked."""

NOTHING = Names()


class Manuscript(NamedTuple):
    """A document as the editor has it."""

    text: Text
    names: Names
    uri: str

    @property
    def path(self) -> Path | None:
        """Its file, if it has one."""
        return _path(self.uri)

    def range(self, start: int, end: int) -> lsp.Range:
        """The stretch between two offsets."""
        return lsp.Range(lsp.Position(*self.text.position(start)), lsp.Position(*self.text.position(end)))

    def at(self, where: lsp.Position) -> Mention | None:
        """What stands at a position."""
        return self.names.at(self.text.offset(where.line, where.character))


class Server(LanguageServer):
    """octopub's language server."""

    def __init__(self) -> None:
        super().__init__("octopub", version("octopub"), text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.waiting: dict[str, asyncio.Task[None]] = {}
        # One at a time: what is out of date before its turn comes is never begun.
        self.checker = ThreadPoolExecutor(1, "octopub-check")

    def manuscript(self, uri: str) -> Manuscript:
        """The document of this name."""
        units = self.workspace.position_codec.client_num_units
        text = Text(self.workspace.get_text_document(uri).source, units)
        return Manuscript(text, _names(text.source.text), uri)

    def check_soon(self, uri: str, pause: float = PAUSE) -> None:
        """Check a document when nothing has changed for a moment."""
        self.forget(uri)
        self.waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, pause))

    def forget(self, uri: str) -> None:
        """Check it no more."""
        if task := self.waiting.pop(uri, None):
            task.cancel()

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        manuscript = self.manuscript(uri)
        number = self.workspace.get_text_document(uri).version
        ask = partial(_found, manuscript.text.source.text, manuscript.path)
        found = await asyncio.get_running_loop().run_in_executor(self.checker, ask)
        told = [_told(each, manuscript) for each in found]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, told, number))


@lru_cache(maxsize=4)
def _names(text: str) -> Names:
    return names(Text(text).source)


def _path(uri: str) -> Path | None:
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None


def _found(text: str, path: Path | None) -> Iterable[Diagnostic]:
    try:
        return findings(text, unsaved=path)
    except (MachineError, OSError):
        return ()  # a face of octopub's own is missing: `doctor` says so


def _told(found: Diagnostic, manuscript: Manuscript) -> lsp.Diagnostic:
    """A complaint as the editor shows it; one without a place stands at the beginning."""
    span, text = found.span, manuscript.text
    start, end = (text.at(span.line, span.column), text.at(span.end_line, span.end_column)) if span else (0, 0)
    is_error = found.severity is Severity.ERROR
    severity = lsp.DiagnosticSeverity.Error if is_error else lsp.DiagnosticSeverity.Warning
    return lsp.Diagnostic(
        manuscript.range(start, end), found.message, severity=severity, code=found.code.slug, source="octopub"
    )


server = Server()


@server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
async def opened(asked: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """Check it at once."""
    asked.check_soon(params.text_document.uri, 0)


@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
async def changed(asked: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Check it when the writer pauses."""
    asked.check_soon(params.text_document.uri)


@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
async def saved(asked: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """An image may be there now."""
    asked.check_soon(params.text_document.uri, 0)


@server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
async def closed(asked: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """Nothing more is said of it."""
    uri = params.text_document.uri
    asked.forget(uri)
    asked.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


@server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
def definition(asked: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """From a call to its note, from a reference to its place; and from there back to all that lead to it."""
    manuscript = asked.manuscript(params.text_document.uri)
    here = manuscript.at(params.position)
    if here is None:
        return []
    there = (each for each in manuscript.names.of(here) if each.is_definition is not here.is_definition)
    return [_location(each, manuscript) for each in there]


@server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
def references(asked: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """All that lead to a note or place; the definition too, where it is asked for."""
    manuscript = asked.manuscript(params.text_document.uri)
    here = manuscript.at(params.position)
    if here is None:
        return []
    all_ = params.context.include_declaration
    return [_location(each, manuscript) for each in manuscript.names.of(here) if all_ or not each.is_definition]


def _location(mention: Mention, manuscript: Manuscript) -> lsp.Location:
    return lsp.Location(manuscript.uri, manuscript.range(mention.start, mention.end))


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def hover(asked: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """The note, or the words of the place."""
    manuscript = asked.manuscript(params.text_document.uri)
    here = manuscript.at(params.position)
    said = here and manuscript.names.hints.get((here.kind, here.name))
    if here is None or not said:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, said)
    return lsp.Hover(content, manuscript.range(here.start, here.end))


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
def prepare_rename(asked: Server, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
    """Whether what stands there has a name that can be another, and where."""
    manuscript = asked.manuscript(params.text_document.uri)
    here = manuscript.at(params.position)
    if here is None or not _is_written(here, manuscript.names):
        return None
    return lsp.PrepareRenamePlaceholder(manuscript.range(here.name_start, here.name_end), here.name)


@server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
def rename(asked: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Another name for a note or place, wherever it stands."""
    manuscript = asked.manuscript(params.text_document.uri)
    here, name = manuscript.at(params.position), params.new_name
    if here is None:
        return None
    if not _is_written(here, manuscript.names):
        raise JsonRpcInvalidParams(f"“{here.name}” is made of its heading's words: give that a name, {{#{here.name}}}")
    if not here.kind.allows(name):
        raise JsonRpcInvalidParams(f"“{name}” cannot be a name: it has spaces or brackets in it, or nothing at all")
    if name != here.name and name in manuscript.names.known(here.kind):
        raise JsonRpcInvalidParams(f"there is a {here.kind.value} “{name}” already")
    edits = [
        lsp.TextEdit(manuscript.range(each.name_start, each.name_end), name) for each in manuscript.names.of(here)
    ]
    return lsp.WorkspaceEdit({manuscript.uri: edits})


def _is_written(one: Mention, known: Names) -> bool:
    return all(each.name_start < each.name_end for each in known.of(one))


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
def outline(asked: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """The headings, those below others inside them."""
    manuscript = asked.manuscript(params.text_document.uri)
    headings = manuscript.names.headings
    tops: list[lsp.DocumentSymbol] = []
    above: list[tuple[int, lsp.DocumentSymbol]] = []
    for index, heading in enumerate(headings):
        below = (each.start for each in headings[index + 1 :] if each.level <= heading.level)
        end = next(below, len(manuscript.text.source.text))
        symbol = lsp.DocumentSymbol(
            heading.words or "…",
            lsp.SymbolKind.String,
            manuscript.range(heading.start, end),
            manuscript.range(heading.start, heading.end),
            children=[],
        )
        while above and above[-1][0] >= heading.level:
            above.pop()
        children = above[-1][1].children if above else tops
        assert isinstance(children, list)
        children.append(symbol)
        above.append((heading.level, symbol))
    return tops


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["^", "#", "(", "/"]))
def completion(asked: Server, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    """Labels of notes, names of places, images; and in the front matter its keys."""
    manuscript = asked.manuscript(params.text_document.uri)
    text, here = manuscript.text, params.position
    offset = text.offset(here.line, here.character)
    before = text.source.text[text.at(here.line + 1, 1) : offset]
    if offset < manuscript.names.body:
        found = keys(text.source.text[: offset - len(before)], before)
    else:
        project = around(manuscript.path) if manuscript.path else Project()
        found = proposals(before, manuscript.names, pictures(project) if "![" in before else ())
    return [
        lsp.CompletionItem(
            each.text,
            documentation=each.about or None,
            text_edit=lsp.TextEdit(manuscript.range(offset - each.replaces, offset), each.text),
        )
        for each in found
    ]
