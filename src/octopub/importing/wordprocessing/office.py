"""What Word's and OpenDocument's files share: places, the styles of their paragraphs, headings made by hand.

Imports `importing.draft`, `trees.tree` and `trees.treeinline`. Both readers bring their paragraphs into a
plain tree with the same classes (`title`, `verse`, `code`, …); from here on they go the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Finding, Heading, LeftOut, Paragraph, Place, Span, Text
from octopub.importing.language import is_known, language_of
from octopub.importing.trees.tree import CALL, PLACE, Element, classes, make, remove, text_of, unwrap
from octopub.importing.trees.treeinline import text_of_pieces
from octopub.importing.wordprocessing.lists import bring as bring_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octopub.importing.draft import Block, Draft, Inline

UNIT = "paragraph"
"""These files have no lines; their paragraphs are counted."""

SIDES = {"right": "right", "end": "right", "center": "center"}
"""How words are aligned, where it is not as ever."""

_LONGEST_HEADING = 80
"""Characters of a bold paragraph that may be a heading."""
_MARKS = ("sup", "em", "strong", "s", "span", "code")
_OF_TABLES = re.compile(r"(tab\.|table|tabel|tabla|tavola|таблица)", re.IGNORECASE)
"""How the captions of tables begin."""
_PROGRAMS = frozenset(
    ("python-docx", "microsoft office user", "un-named", "unknown", "unknown author", "user")
)
_ENDS_OF_SENTENCES = (".", ",", ";", ":", "?!", "…", "”", "»")


def place_of(element: Element) -> Place:
    """The paragraph that an element is, is in, or begins with."""
    for each in (element, *element.iterancestors(), *element.iterdescendants()):
        if number := each.get(PLACE):
            return Place(int(number), UNIT)
    return Place(1, UNIT)


def mark_place(element: Element, number: int) -> None:
    """Say which paragraph an element is; the first to say so is right."""
    if not element.get(PLACE):
        element.set(PLACE, str(number))


# -- paragraphs whose style says what they are ------------------------------------------------------


def settle_styles(
    root: Element, metadata: dict[str, str | list[str]], notes: Iterable[Element]
) -> tuple[frozenset[int], list[LeftOut]]:
    """Take title, subtitle, author and date into the metadata, and the contents out; bring the lines of verse
    and code together. Gives the numbers of the paragraphs that are no text."""
    taken = _take_metadata(root, metadata)
    left_out: list[LeftOut] = []
    for each in _styled(root, "toc"):
        place = place_of(each)
        taken.add(place.number)
        if text := text_of(each):
            left_out.append(LeftOut(place, text, "the table of contents"))
        remove(each)
    for each in (root, *notes):
        _bring_blocks(each)
    return frozenset(taken), left_out


def _bring_blocks(root: Element) -> None:
    """Bring paragraphs together that are one block: a poem, a quotation, code, a list."""
    for each in _styled(root, "rule"):
        each.tag = "hr"
    for each in _styled(root, "caption"):
        _part_from_picture(each)
    for name, bring in _BRING.items():
        for run in _runs(root, *name.split()):
            bring(run)
    bring_lists(root)
    for table in root.iter("table"):
        _settle_table(table)


def _part_from_picture(caption: Element) -> None:
    """Put the pictures that are tied into a caption before it; one before a table is the table's."""
    for picture in list(caption.iter("img")):
        alone = make("p")
        alone.set(PLACE, str(place_of(caption).number))
        if text_of(caption):
            remove(picture)
            alone.append(picture)
            caption.addprevious(alone)
    following = caption.getnext()
    is_tables = following is not None and following.tag == "table" and _OF_TABLES.match(text_of(caption))
    if not text_of(caption) or is_tables:
        del caption.attrib["class"]


def _bring_quotation(run: list[Element]) -> None:
    whole = make("blockquote")
    if "epigraph" in classes(run[0]):
        whole.set("class", "epigraph")
    _into(run, whole)
    for each in run:
        del each.attrib["class"]
        whole.append(each)


def _bring_definitions(run: list[Element]) -> None:
    whole = make("dl")
    _into(run, whole)
    for each in run:
        entry = make("dt" if "term" in classes(each) else "dd")
        whole.append(entry)
        entry.append(each)
        del each.attrib["class"]


def _take_metadata(root: Element, metadata: dict[str, str | list[str]]) -> set[int]:
    taken: set[int] = set()
    for key in ("title", "subtitle", "author", "date"):
        found = [each for each in _styled(root, key) if text_of(each)]
        values = [text_of(each) for each in found]
        if values:
            metadata[key] = values if key == "author" and len(values) > 1 else values[0]
        for index, each in enumerate(found):
            if key == "title" and (index > 0 or each.find(f".//{CALL}") is not None):
                # A second title is a heading; and one that calls a note stays where a note can be called.
                each.tag = "h1"
            elif index == 0 or key == "author":
                taken.add(place_of(each).number)
                remove(each)
    tops = list(root.iter("h1"))
    first = next((each for each in root.iter() if each is not root and text_of(each)), None)
    if len(tops) == 1 and tops[0] is first and not taken:
        # The one heading at the top is the title: what the file's properties say is often older.
        metadata.pop("title", None)
    return taken


def _styled(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter("p") if name in classes(each)]


def _runs(root: Element, *names: str) -> list[list[Element]]:
    """Paragraphs of one style, or some, that follow each other."""
    found: list[list[Element]] = []
    for each in [each for each in root.iter("p") if {*names} & {*classes(each)}]:
        if found and each.getprevious() is found[-1][-1]:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _into(run: list[Element], whole: Element) -> None:
    """Put a new element where a run of others stands."""
    run[0].addprevious(whole)
    whole.set(PLACE, str(place_of(run[0]).number))
    whole.tail, run[-1].tail = run[-1].tail, None


def _bring_verse(run: list[Element]) -> None:
    """Lines of verse as a poem: each paragraph a stanza if it has breaks, otherwise a line; an empty one ends
    a stanza."""
    whole = make("div", class_="verse")
    _into(run, whole)
    if any(each.find(".//br") is not None for each in run):
        for each in run:
            each.set("class", "stanza")
            whole.append(each)
        return
    for has_words, lines in groupby(run, key=lambda each: bool(text_of(each))):
        stanza = make("p", class_="stanza")
        for number, line in enumerate(lines):
            if number and has_words:
                stanza.append(make("br"))
            stanza.append(line)
            unwrap(line)
        if has_words:
            whole.append(stanza)


def _bring_code(run: list[Element]) -> None:
    whole = make("pre")
    _into(run, whole)
    for number, line in enumerate(run):
        line.tail = None
        if number:
            whole.append(make("br"))
        whole.append(line)
        unwrap(line)


_BRING: dict[str, Callable[[list[Element]], None]] = {
    "verse": _bring_verse,
    "code": _bring_code,
    "quote": _bring_quotation,
    "epigraph": _bring_quotation,
    "term definition": _bring_definitions,
}


# -- tables -----------------------------------------------------------------------------------------


def _settle_table(table: Element) -> None:
    """Align cells as their paragraphs are; a first row that is wholly bold is the head, and a head needs no bold."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for cell in table.iter("td", "th"):
        paragraph = next(iter(cell), None)
        if paragraph is not None and (align := paragraph.get("align")):
            cell.set("align", align)
    first = list(rows[0]) if len(rows) > 1 else []
    spoken = [cell for cell in first if text_of(cell)]
    if spoken and all(map(_is_bold, spoken)):
        for cell in first:
            cell.tag = "th"
    for cell in (cell for row in rows for cell in row if cell.tag == "th" and _is_bold(cell)):
        for each in [*cell.iter("strong")]:
            unwrap(each)


def _is_bold(cell: Element) -> bool:
    """Whether all the words of a cell are bold."""
    return bool(text_of(cell)) and text_of(cell) == " ".join(
        text_of(each) for each in cell.iter("strong") if text_of(each)
    )


# -- notes ------------------------------------------------------------------------------------------


def _bare(call: Element) -> None:
    """Take a call out of the marks that are only its own: that it is raised is how calls look."""
    above = call.getparent()
    while (
        above is not None
        and above.tag in _MARKS
        and not text_of(above)
        and not any(each.tag == "img" for each in above)
    ):
        unwrap(above)
        above = call.getparent()


def settle_references(roots: Iterable[Element]) -> None:
    """Let links that lead to a call lead to its note: word processors put an anchor there."""
    roots = list(roots)
    for call in [each for root in roots for each in root.iter(CALL)]:
        _bare(call)
    called: dict[str, str] = {}
    for call in (each for root in roots for each in root.iter(CALL)):
        before, at = call, call.getprevious()
        while at is not None and at.tag == "a" and not text_of(at) and not at.tail:
            called[at.get("id") or ""] = before.get("key") or ""
            at = at.getprevious()
    for link in (each for root in roots for each in root.iter("a")):
        key = called.get((link.get("href") or "").removeprefix("#"))
        if key is not None and link.get("href"):
            link.set("href", f"#note:{key}")


# -- what files say of themselves -------------------------------------------------------------------


def script_of(text: str) -> str:
    """The script that a text's letters are of, as word processors tell them apart: `asian`, `complex` (Hebrew,
    Arabic and the scripts of India), or `""` for any other."""
    if text.isascii():
        return ""
    letters = [each for each in text if each.isalpha()]
    if letters and all("\u2e80" <= each <= "\ud7ff" or "\uf900" <= each <= "\uffef" for each in letters):
        return "asian"
    return "complex" if letters and all("\u0590" <= each <= "\u0dff" for each in letters) else ""


def settle_language(metadata: dict[str, str | list[str]], words: Iterable[str]) -> list[Finding]:
    """Believe the words where a file names another language than they are in: programs name one for every file."""
    told, found = str(metadata.get("lang", "")), language_of(words)
    if found is None or not told or told.lower().split("-")[0] == found or not is_known(told):
        return []
    metadata["lang"] = found
    return [
        Finding(
            Place(1, UNIT), f"lang “{found}”", f"the language of its commonest words; the file says {told}"
        )
    ]


def is_program(author: str) -> bool:
    """Whether the author that a file names is none, but what its program writes there."""
    return author.lower() in _PROGRAMS


# -- headings made by hand --------------------------------------------------------------------------


def finish(draft: Draft) -> Draft:
    """The draft with its bold paragraphs as headings, each of which is a finding."""
    blocks: list[Block] = []
    findings = list(draft.findings)
    level = next((block.level for block in draft.blocks if isinstance(block, Heading)), 1)
    for index, block in enumerate(draft.blocks):
        if isinstance(block, Heading):
            level = block.level
        following = draft.blocks[index + 1] if index + 1 < len(draft.blocks) else None
        if isinstance(block, Paragraph) and following is not None and (words := _bold_words(block.inside)):
            heading = Heading(min(level + 1, 6), words, block.place)
            reason = "a short paragraph, wholly bold, without a full stop"
            findings.append(Finding(block.place, f"heading “{text_of_pieces(words)}”", reason))
            blocks.append(heading)
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks), findings=tuple(findings))


def _bold_words(inside: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What stands in a paragraph that is a heading made by hand; nothing in any other."""
    words: list[Inline] = []
    for piece in inside:
        if isinstance(piece, Span) and piece.mark == "strong":
            words += piece.inside
        elif isinstance(piece, Text | Span | Break) and text_of_pieces([piece]).strip(" \n"):
            return ()
        else:
            words.append(piece)
    text = text_of_pieces(words).strip()
    is_heading = (
        0 < len(text) <= _LONGEST_HEADING and "\n" not in text and not text.endswith(_ENDS_OF_SENTENCES)
    )
    return tuple(words) if is_heading else ()
