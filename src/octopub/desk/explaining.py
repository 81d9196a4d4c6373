"""Explain: a page for each code.

Imports `diagnostics`, and reads the pages that lie in `desk/explanations`, a file for each part of the work. A page is

    # note-undefined

    What it complains of, in a sentence.

    Why that matters.

    ```markdown wrong
    A text that is complained of.
    ```

    ```markdown right
    One that is not.
    ```

    What to do.

Instead of a text there may be a command (`console wrong`), or nothing where no text of its own brings it about. The
tests run every example.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

_TITLE = re.compile(r"^# ([a-z-]+)\n\n", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>markdown|console) (?P<side>wrong|right)\n(?P<text>.*?)^(?P=fence)\n",
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    """A text or a command, and whether it is complained of."""

    kind: str
    """`markdown` or `console`."""
    is_wrong: bool
    text: str


class Page(NamedTuple):
    """What there is to know of a code."""

    code: Code
    what: str
    why: str
    examples: tuple[Example, ...]
    mend: str
    markdown: str
    """All of it, without its title."""


def page(code: Code) -> Page:
    """The page of a code."""
    return pages()[code]


@lru_cache(maxsize=1)
def pages() -> Mapping[Code, Page]:
    """Every page, in the order of the codes."""
    files = sorted(resources.files("octopub.desk").joinpath("explanations").iterdir(), key=lambda file: file.name)
    texts: dict[str, str] = {}
    for file in files:
        _, *parts = _TITLE.split(file.read_text("utf-8"))
        texts.update(zip(parts[::2], parts[1::2], strict=True))
    return {code: _read(code, texts[code.slug].strip() + "\n") for code in Code if code.slug in texts}


def _read(code: Code, text: str) -> Page:
    """A page from its text."""
    found = list(_EXAMPLE.finditer(text))
    examples = tuple(Example(each["kind"], each["side"] == "wrong", each["text"]) for each in found)
    before = text[: found[0].start()] if found else text
    what, *rest = before.strip().split("\n\n")
    mend = text[found[-1].end() :].strip() if found else rest.pop()
    markdown = _EXAMPLE.sub(_labelled, text)
    return Page(code, _line(what), _line(" ".join(rest)), examples, _line(mend), markdown)


def _labelled(example: re.Match[str]) -> str:
    """An example as it is shown."""
    label = "This is complained of:" if example["side"] == "wrong" else "This is not:"
    return f"{label}\n\n{example['fence']}{example['kind']}\n{example['text']}{example['fence']}\n"


def _line(text: str) -> str:
    return " ".join(text.split())
