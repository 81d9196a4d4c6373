"""The YAML of the front matter as a tree of texts with their places.

Imports PyYAML's parser, `diagnostics` and `reading.source`. It never resolves a scalar (`lang: no` is
the text “no”, `12:30` is “12:30”), never follows an alias, and never stops at the first fault that it
can read past. It takes the parser's events instead of composed nodes, because a node no longer tells
that it was an alias or bore an anchor or a tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.reading.source import FORBIDDEN, locate, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml._yaml import Mark as CMark
    from yaml.error import Mark

    from octopub.model import Source

# libyaml's parser where PyYAML was built with it: ten times quicker, and it words its problems otherwise.
_PARSER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEPTH_LIMIT = 10
"""No key of ours goes deeper than four levels; without a limit a page of brackets exhausts the stack."""


class Scalar(NamedTuple):
    """A text, as YAML understands quotation marks and folded lines. `plain` is one without quotation
    marks, where an empty text, `~` or `null` says that there is no value."""

    text: str
    plain: bool
    span: Span

    @property
    def empty(self) -> bool:
        """Whether it stands for no value at all."""
        return not self.text.strip() or (self.plain and self.text in {"~", "null"})


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys and their values, each key once."""

    entries: dict[Scalar, Node]
    span: Span


Node = Scalar | Sequence | Mapping


def compose(source: Source, start: int, end: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of the YAML between two offsets: None if nothing stands there, or if it is no YAML."""
    composer = _Composer(source, start, end)
    try:
        node = composer.document()
    except _UnreadableError as fault:
        return None, (*composer.complaints, fault.complaint)
    return node, tuple(composer.complaints)


class _UnreadableError(Exception):
    """Nothing that follows this fault can be understood."""

    def __init__(self, complaint: Diagnostic) -> None:
        super().__init__(complaint.message)
        self.complaint = complaint


class _Composer:
    """Folds the parser's events into a tree; gathers complaints on the way."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.yaml = source.text[start:end]
        self.complaints: list[Diagnostic] = []
        self.events = self._parse()

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            raise self._too_deep(_index(event.start_mark))
        if isinstance(event, yaml.AliasEvent):
            self._complain(Code.YAML_ALIAS, event)
            return Scalar("", True, self._span(event))
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            self._complain(Code.YAML_ALIAS, event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        # An escape such as "\0" makes a character that the decoded file cannot hold.
        for character in FORBIDDEN.findall(event.value):
            self._complain(Code.CONTROL_CHARACTER, event, character=name(character))
        text = FORBIDDEN.sub("\ufffd", event.value)
        return Scalar(text, not event.style, self._span(event))

    def _sequence(self, opening: yaml.Event, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(tuple(items), self._span(opening, event))
            items.append(self.node(event, depth + 1))
        raise AssertionError("the parser closes what it opens")

    def _mapping(self, opening: yaml.Event, depth: int) -> Mapping:
        entries: dict[Scalar, Node] = {}
        first: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return Mapping(entries, self._span(opening, event))
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                fields = {"problem": "a list or a group stands where a key should", "remedy": _QUOTE_IT}
                self._complain(Code.FRONT_MATTER_SYNTAX, event, **fields)
            elif key.text in first:
                self._complain(Code.KEY_TWICE, event, key=key.text, first=first[key.text])
            else:
                first[key.text] = key.span.line
                entries[key] = value
        raise AssertionError("the parser closes what it opens")

    def _parse(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.yaml, Loader=_PARSER)
        except yaml.reader.ReaderError as error:
            # Its position counts bytes or characters, as the parser may be; the character is the same.
            character = chr(error.character)
            problem = f"the character {name(character)} has no place in it"
            raise self._unreadable(self.yaml.index(character), problem, "delete it") from error
        except yaml.MarkedYAMLError as error:
            if "maximum nesting" in str(error.problem):
                # libyaml looks ahead, and gives up before it has told of the first bracket.
                before = self.yaml[: _index(error.problem_mark)]
                raise self._too_deep(len(before.rstrip("[{ \n")) + DEPTH_LIMIT) from error
            raise self._unreadable(*_diagnose(error, self.yaml)) from error

    def _too_deep(self, index: int) -> _UnreadableError:
        span = locate(self.source, self.start + index, self.start + index + 1)
        fields = {"what": "this value", "limit": DEPTH_LIMIT}
        return _UnreadableError(complain(Code.TOO_DEEP, span, self.source.path, **fields))

    def _unreadable(self, index: int, problem: str, remedy: str) -> _UnreadableError:
        span = locate(self.source, self.start + index, self.start + index)
        fields = {"problem": problem, "remedy": remedy}
        return _UnreadableError(complain(Code.FRONT_MATTER_SYNTAX, span, self.source.path, **fields))

    def _complain(self, code: Code, event: yaml.Event, **fields: object) -> None:
        self.complaints.append(complain(code, self._span(event), self.source.path, **fields))

    def _span(self, opening: yaml.Event, closing: yaml.Event | None = None) -> Span:
        """From one event's beginning to its own or another's end. A folded text ends, for the parser,
        where the next key begins: the white space is cut off."""
        start, end = _index(opening.start_mark), _index((closing or opening).end_mark)
        end = start + len(self.yaml[start:end].rstrip())
        return locate(self.source, self.start + start, self.start + end)


def _index(mark: Mark | CMark | None) -> int:
    """A mark's offset in characters. The types allow for events without marks; the parsers make none."""
    return mark.index if mark else 0


# What the parsers say, what it means to a writer, what to do, and whether the place is where the thing
# begins (an unclosed quotation mark is noticed at the end of the front matter, but stands where it opens).
_QUOTE_IT = "put the whole value in quotation marks"
_MEANINGS = (
    ("scanning a quoted scalar", "a quotation mark is opened here and never closed", "close it", True),
    ("parsing a flow sequence", "the “[” here is not closed, or a comma is missing", "mend the list", True),
    ("parsing a flow mapping", "the “{” here is not closed, or a comma is missing", "mend the group", True),
    ("scanning a simple key", "this line has no colon", "write `key: value`, or indent the line", True),
    ("scanning an alias", "no value begins with “*”", _QUOTE_IT, True),
    ("scanning an anchor", "no value begins with “&”", _QUOTE_IT, True),
    ("mapping values are not", "a second colon, or a wrong indent", f"{_QUOTE_IT} or mend the indent", False),
    ("parsing a block mapping", "the value before this has ended already", _QUOTE_IT, False),
    ("parsing a block collection", "list and keys are mixed", "mend the indent", False),
    ("<document start>", "this line is indented less than the first", "indent all keys alike", False),
)


def _diagnose(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """The place of a fault (an offset into the text), its meaning, and the remedy."""
    said = f"{error.context or ''} {error.problem or ''}"
    index = _index(error.problem_mark)
    if "cannot start any token" in said:
        character = text[index : index + 1]
        if character == "\t":
            return index, "a tab indents this line", "indent with spaces"
        return index, f"no value begins with “{character}”", _QUOTE_IT
    for phrase, meaning, remedy, at_beginning in _MEANINGS:
        if phrase in said:
            place = error.context_mark if at_beginning and error.context_mark else error.problem_mark
            return _index(place), meaning, remedy
    return index, error.problem or "it cannot be understood", "mend it here"
