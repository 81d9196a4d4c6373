"""Running heads: which words, in which form, and whether they fit."""

from __future__ import annotations

import pytest

from octopub import building
from octopub.diagnostics import Code
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.heads import running_heads, short
from octopub.pdf.record import FURNITURE
from tests.pdf.press import printed
from tests.pdf.texts import Manuscript

LONG = "The Long and Tiresome History of a Road That Went Nowhere in Particular"
SIZE, ROOM = 11.0, 225.0
"""Points: of A5."""


def heads(front: str, body: str) -> tuple[str | None, list[str | None], list[str]]:
    """The verso's head, the rectos', and what is said about them, as `line: what it asks for`."""
    loaded = building.load(f"---\n{front}\n---\n\n{body}\n")
    assert loaded.book is not None, loaded.diagnostics
    face = open_catalogue().family("EB Garamond")
    assert face is not None
    (verso, rectos), found = running_heads(loaded.book, face.face(), SIZE, ROOM)
    assert {each.code for each in found} <= {Code.RUNNING_HEAD_TOO_LONG}
    said = [f"{each.span.line if each.span else '-'}: {each.message.split(': ')[-1]}" for each in found]
    return verso, list(rectos.values()), said


BOOK = "# One\n\nText.\n\n# Two\n\nText."

CASES: dict[str, tuple[str, str, str | None, list[str | None], list[str]]] = {
    "a book": ("title: The Road", BOOK, "The Road", ["One", "Two"], []),
    "an essay": ("title: The Road\nauthor: Ada", "## One\n\nText.", "Ada", ["The Road"], []),
    "two authors": ("title: The Road\nauthor: [Ada, Ben]", "## One\n\nText.", "Ada and Ben", ["The Road"], []),
    "an essay by nobody": ("title: The Road", "## One\n\nText.", "The Road", ["The Road"], []),
    "a short title": (
        f"title: {LONG}\noctopub:\n  short-title: The Road", BOOK, "The Road", ["One", "Two"], []
    ),
    "a title with a colon": ('title: "The Road: A History"', BOOK, "The Road", ["One", "Two"], []),
    "one word before the colon": ('title: "Roads: A History"', BOOK, "Roads: A History", ["One", "Two"], []),
    "a chapter's short form": (
        "title: T", f'# {LONG} {{short="A Road"}}\n\nText.\n\n# Two\n\nText.', "T", ["A Road", "Two"], []
    ),
    "a chapter with a colon": (
        "title: T", f"# The Road: {LONG}\n\nText.\n\n# Two\n\nText.", "T", ["The Road", "Two"], []
    ),
    "a chapter that calls a note": (
        "title: T", "# One[^a]\n\nText.\n\n# Two\n\nText.\n\n[^a]: Note.", "T", ["One", "Two"], []
    ),
    "a title too long": (
        f"title: {LONG}", BOOK, None, ["One", "Two"],
        ["2: give a short form: `short-title` under `octopub:` in the front matter"],
    ),
    "a short title too long": (
        f"title: T\noctopub:\n  short-title: {LONG}", BOOK, None, ["One", "Two"],
        ["4: give a short form: `short-title` under `octopub:` in the front matter"],
    ),
    "a chapter too long": (
        "title: T", f"# One\n\nText.\n\n# {LONG}\n\nText.", "T", ["One", None],
        ['9: give a short form: `{short="…"}` behind the heading'],
    ),
    "a text before the first chapter": ("title: T", f"Opening.\n\n{BOOK}", "T", ["T", "One", "Two"], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_running_heads(case: str) -> None:
    front, body, verso, rectos, said = CASES[case]
    found = heads(front, body)
    assert found[:2] == (verso, rectos)
    assert [line.split(": ", 1)[0] for line in found[2]] == [line.split(": ", 1)[0] for line in said]
    assert all(words.split(": ")[-1] in line for words, line in zip(said, found[2], strict=True))


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("The Road: A History", "The Road"),
        ("Roads: A History", "Roads: A History"),
        ("The Road", "The Road"),
        ("At 10:30 in the Morning", "At 10:30 in the Morning"),
    ],
)
def test_the_short_form(title: str, form: str) -> None:
    assert short(title) == form


def test_a_head_that_fits_stays_beside_its_folio() -> None:
    """The longest head that is let through, on the page itself."""
    words = LONG.split()
    fitting = [
        words[:count] for count in range(1, len(words)) if heads(f"title: {' '.join(words[:count])}", BOOK)[0]
    ]
    made = Manuscript(title=" ".join(fitting[-1]))
    record = printed(made.add("# One", made.prose(700), "# Two", made.prose(9)).text).record
    assert record is not None
    page = record.parts[1].pages[1]
    folio, head = sorted((line for line in page.lines if line.block == FURNITURE), key=lambda line: line.left)
    assert head.text == " ".join(fitting[-1])
    assert folio.left + folio.width + SIZE < head.left
    assert head.left + head.width <= page.area[2]
    assert len(fitting) < len(words) - 1, "a longer one is refused"
