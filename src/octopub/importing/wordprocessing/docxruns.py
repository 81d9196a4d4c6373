"""The runs of Word's files: each says in words that mammoth knows what its style says, and neighbours that say the
same are one.

Imports `docxplain`, `docxstyles`, `office`, `symbols` and lxml.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.wordprocessing.docxplain import CALLS, drop
from octopub.importing.wordprocessing.docxstyles import number, value, w
from octopub.importing.wordprocessing.office import script_of
from octopub.importing.wordprocessing.symbols import shown, symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.trees.tree import Element
    from octopub.importing.wordprocessing.docxstyles import RunForm, Styles

_FLAGS = {"b": "b", "i": "i", "strike": "strike", "dstrike": "strike", "smallCaps": "smallCaps"}
_PASSED_OVER = tuple(map(w, ("proofErr", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
                             "lastRenderedPageBreak")))  # fmt: skip
"""What mammoth passes over."""


def plain_runs(root: Element, styles: Styles) -> list[tuple[Element, str]]:
    """Give each run what its style says, in words that mammoth knows. Gives the paragraphs with hidden text,
    and that text, which is taken out."""
    hidden: list[tuple[Element, str]] = []
    for run in [*root.iter(w("r"))]:
        paragraph = next(run.iterancestors(w("p")), None)
        form = styles.of_run(run)
        if paragraph is not None and styles.is_hidden(form, paragraph):
            text = "".join(each.text or "" for each in run.iter(w("t")))
            hidden.append((paragraph, text))
            for each in [*run.iter(w("t"), w("tab"), w("sym"), w("drawing"), w("pict"))]:
                drop(each)
        _plain_properties(run, form)
        _plain_signs(run, value(form.get("rFonts"), "ascii"))
    return hidden


def _plain_properties(run: Element, form: RunForm) -> None:
    told = run.find(w("rPr"))
    if told is None:
        return
    properties = etree.Element(w("rPr"))
    if not any(each.tag in CALLS for each in run):
        on = {name for told, name in _FLAGS.items() if form.is_on(told)}
        on |= {"em": {"i"}, "strong": {"b"}}.get(form.mark, set())
        for name in sorted(on):
            etree.SubElement(properties, w(name))
        side = _side(form)
        if side:
            etree.SubElement(properties, w("vertAlign")).set(w("val"), side)
        if form.mark == "code":
            etree.SubElement(properties, w("rStyle")).set(w("val"), "octopub-code")
    if lang := _lang_of(run, form):
        etree.SubElement(properties, w("lang")).set(w("val"), lang)
    run.remove(told)
    if len(properties):
        run.insert(0, properties)


def _lang_of(run: Element, form: RunForm) -> str:
    """The language of a run: of its own script (§17.3.2.20)."""
    told = form.get("lang")
    if told is None:
        return ""
    script = script_of("".join(text.text or "" for text in run.iter(w("t"))))
    if script == "complex" or form.is_on("rtl"):
        return value(told, "bidi") or value(told)
    return (value(told, "eastAsia") if script == "asian" else "") or value(told)


def _side(form: RunForm) -> str:
    found = value(form.get("vertAlign"))
    if found in ("superscript", "subscript"):
        return found
    raised = number(value(form.get("position")))
    return "superscript" if raised > 0 else "subscript" if raised < 0 else ""


def _plain_signs(run: Element, font: str) -> None:
    for each in list(run):
        if each.tag == w("cr") or (each.tag == w("br") and value(each, "type") in ("page", "column")):
            each.tag = w("br")
            each.attrib.clear()
        elif each.tag == w("t"):
            each.text = shown(each.text or "", font)
        elif each.tag == w("ptab"):
            each.tag = w("tab")
        elif each.tag == w("sym"):
            each.tag, each.text = w("t"), symbol(value(each, "font"), _code(value(each, "char")))
        elif each.tag == w("noBreakHyphen"):
            each.tag, each.text = w("t"), "\u2011"
        elif each.tag == w("softHyphen"):
            each.tag, each.text = w("t"), "\u00ad"


def _code(char: str) -> int:
    """A character's number; 0 for none."""
    return int(char, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", char) else 0


def join_runs(root: Element) -> None:
    """Make one run of neighbours that say the same of themselves. Word begins a new one wherever something was
    edited or checked, and each costs mammoth its time."""
    for each in [*root.iter(*_PASSED_OVER)]:
        drop(each)
    neighbours: list[Element] = []
    for run in [*root.iter(w("r"))]:
        if not (neighbours and run.getprevious() is neighbours[-1] and _said(run) == _said(neighbours[0])):
            _as_one(neighbours)
            neighbours = []
        neighbours.append(run)
    _as_one(neighbours)


def _said(run: Element) -> list[tuple[str, str]]:
    """What a plain run says of itself."""
    properties = run.find(w("rPr"))
    return [(str(each.tag), value(each)) for each in properties] if properties is not None else []


def _as_one(runs: Sequence[Element]) -> None:
    """Put what runs hold into the first of them, the texts that meet there as one."""
    if len(runs) < 2:
        return
    pieces = [each for run in runs for each in run if each.tag != w("rPr")]
    for is_text, group in groupby(pieces, key=lambda each: each.tag == w("t")):
        first, *more = group
        if is_text:
            first.text = "".join(each.text or "" for each in (first, *more))
            for each in more:
                drop(each)
        runs[0].extend([first] if is_text else [first, *more])
    for run in runs[1:]:
        drop(run)
