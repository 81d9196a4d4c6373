"""The keys of a YAML mapping, each asked for by the code that knows what it means.

Imports `diagnostics`, `reading.yamltree` and `reading.values`. Asking is declaring: a key that nobody
asked for is unknown. A value that does not fit is complained about and counts as absent, so that one
reading finds every fault.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from octopub.diagnostics import Code, complain
from octopub.reading.values import UnfitError
from octopub.reading.yamltree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octopub.diagnostics import Diagnostic, Span

Value = TypeVar("Value")

# Names that other tools or common sense give to keys of ours.
_SYNONYMS = {
    "isbn": "identifier",
    "doi": "identifier",
    "by": "author",
    "language": "lang",
    "copyright": "rights",
    "license": "rights",
    "licence": "rights",
    "series": "belongs-to-collection",
    "editor": "contributor",
    "illustrator": "contributor",
    "abstract": "description",
    "summary": "description",
    "tags": "subject",
    "cover": "cover-image",
    "toc": "contents",
    "papersize": "paper",
}


class Ledger:
    """What one reading of the front matter gathers: complaints, and where each value stands."""

    def __init__(self, path: str, complaints: Iterable[Diagnostic] = ()) -> None:
        self.path = path
        self.complaints = list(complaints)
        self.spans: dict[str, Span] = {}

    def complain(self, code: Code, span: Span, **fields: object) -> None:
        """Enter a complaint."""
        self.complaints.append(complain(code, span, self.path, **fields))

    def refuse(self, node: Node, key: str, unfit: UnfitError) -> None:
        """Enter the complaint that this node is no value for this key."""
        fields = {"reason": unfit.reason, "expected": unfit.expected}
        self.complain(Code.VALUE_INVALID, node.span, value=shown(node), key=unfit.kind or key, **fields)


class Keys:
    """One mapping; `name` is the key that it is the value of, with a dot behind it."""

    def __init__(self, mapping: Mapping | None, ledger: Ledger, name: str = "") -> None:
        self.ledger = ledger
        self.name = name
        self.entries = {key.text: (key, value) for key, value in mapping.entries.items()} if mapping else {}
        self.asked: list[str] = []

    def node(self, key: str) -> Node | None:
        """The value as it stands; None where there is none or an empty one."""
        self.asked.append(key)
        _, value = self.entries.get(key, (None, None))
        if value is None or (isinstance(value, Scalar) and value.empty):
            return None
        self.ledger.spans[self.name + key] = value.span
        return value

    def value(self, key: str, read: Callable[[Node], Value]) -> Value | None:
        """What `read` makes of the value; None where there is none, or where `read` raised UnfitError."""
        node = self.node(key)
        return None if node is None else self._read(key, node, read)

    def line(self, key: str, check: Callable[[str], Value]) -> Value | None:
        """What `check` makes of a text in one line."""
        return self.value(key, lambda node: check(line(node)))

    def values(self, key: str, read: Callable[[Node], Value | None]) -> tuple[Value, ...]:
        """The same for a key that has one value or a list of them."""
        node = self.node(key)
        items = node.items if isinstance(node, Sequence) else (node,) if node else ()
        present = (item for item in items if not (isinstance(item, Scalar) and item.empty))
        found = (self._read(key, item, read) for item in present)
        return tuple(value for value in found if value is not None)

    def keys(self, key: str, example: str) -> Keys:
        """The mapping that is the value of this key: an empty one where there is none. `example` is such a value."""
        return Keys(self.value(key, partial(mapping, example=example)), self.ledger, f"{self.name}{key}.")

    def inside(self, key: str, node: Mapping) -> Keys:
        """A mapping that stands in the value of this key, as one of a list."""
        return Keys(node, self.ledger, f"{self.name}{key}.")

    def close(self, elsewhere: Iterable[str] = ()) -> None:
        """Complain about the keys that nobody asked for. `elsewhere` are known names of other mappings,
        as they are to be written: `octopub.paper`."""
        known = {name.rpartition(".")[2]: name for name in (*elsewhere, *self.asked)}
        for key, _ in self.entries.values():
            if key.text not in self.asked:
                nearest = _nearest(key.text, known)
                hint = f", did you mean “{nearest}”?" if nearest else ""
                self.ledger.complain(Code.KEY_UNKNOWN, key.span, key=self.name + key.text, nearest=hint)

    def _read(self, key: str, node: Node, read: Callable[[Node], Value]) -> Value | None:
        try:
            return read(node)
        except UnfitError as unfit:
            self.ledger.refuse(node, self.name + key, unfit)
            return None


def line(node: Node) -> str:
    """A text in one line: what YAML or a writer broke is joined. Spaces that do not break stay."""
    return re.sub(r"[ \t\n]+", " ", text(node)).strip(" ")


def text(node: Node) -> str:
    """A text with its lines and the spaces around it."""
    if isinstance(node, Scalar):
        return node.text
    raise UnfitError("it is a list" if isinstance(node, Sequence) else "it is a group of keys", "one text")


def mapping(node: Node, example: str) -> Mapping:
    """A group of keys."""
    if isinstance(node, Mapping):
        return node
    raise UnfitError("it has no keys of its own", f"its keys, for example `{example}`", kind="group of keys")


def shown(node: Node, limit: int = 40) -> str:
    """A value as complaints show it: in one line, not too long."""
    if isinstance(node, Sequence):
        whole = f"[{', '.join(shown(item) for item in node.items)}]"
    elif isinstance(node, Mapping):
        whole = f"{{{', '.join(f'{key.text}: {shown(value)}' for key, value in node.entries.items())}}}"
    else:
        whole = line(node)
    return whole if len(whole) <= limit else whole[: limit - 1] + "…"


def _nearest(key: str, known: dict[str, str]) -> str | None:
    key = key.lower().replace("_", "-")
    key = _SYNONYMS.get(key, key)
    close = get_close_matches(key, known, n=1)
    return known[close[0]] if close else None
