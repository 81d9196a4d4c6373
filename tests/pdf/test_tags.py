"""The structure tree, grown from a few elements and the pieces that were painted of them."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from octopub.pdf.tags import Annotation, Tag, Text, tree
from octopub.pdf.trace import PageTrace, Piece


def grown(markup: str, *pages: str) -> str:
    """The tree of a body's markup as an outline. A page is the ids of what is painted on it, in order: `a b`;
    `-` is no text, `a*` a list's mark, `a>` a link's area."""
    root = fromstring(f"<html><body>{markup}</body></html>")
    by_id = {element.get("id"): element for element in root.iter()}
    document, artifacts = tree([root], [_trace(page.split(), by_id) for page in pages])
    return " ".join([_outline(document), *(f"-{number}" for page in artifacts for number in sorted(page))])


def _trace(names: list[str], by_id: dict[str | None, Element]) -> PageTrace:
    pieces = [name for name in names if not name.endswith(">")]
    return PageTrace(
        tuple(
            Piece(number, None if name == "-" else by_id[name.rstrip("*")], name.endswith("*"))
            for number, name in enumerate(pieces)
        ),
        tuple(by_id[name.rstrip(">")] for name in names if name.endswith(">")),
    )


def _outline(tag: Tag | Text | Annotation) -> str:
    if isinstance(tag, Text):
        return f"{tag.page}.{tag.mcid}"
    if isinstance(tag, Annotation):
        return "link"
    return f"{tag.role}({' '.join(map(_outline, tag.children))})"


TABLE = """<div class="table"><table><thead><tr><th id="h"/><td/></tr></thead>
<tbody><tr><td/><td id="c"/></tr></tbody></table></div>"""

CONTENTS = """<nav><ol class="contents-list"><li><a id="a" href="#x"/>
<ol class="contents-list"><li><a id="b" href="#y"/></li></ol></li></ol></nav>"""

NOTE = '<div class="note" id="n"><p id="np"/></div>'

CASES: dict[str, tuple[str, list[str], str]] = {
    "a paragraph": ('<p id="a"/>', ["a a"], "P(0.0 0.1)"),
    "emphasis is no element": ('<p id="a"><em id="b"/></p>', ["a b a"], "P(0.0 0.1 0.2)"),
    "words of another language are": ('<p id="a"><em id="b" lang="ru"/></p>', ["a b"], "P(0.0 Span(0.1))"),
    "a paragraph over two pages": ('<p id="a"/><p id="b"/>', ["a", "a b"], "P(0.0 1.0) P(1.1)"),
    "a running head": ('<p id="a"/>', ["a -"], "P(0.0) -1"),
    "an ornament": ('<p id="a"/><img id="i" alt=""/>', ["a i"], "P(0.0) -1"),
    "a picture": ('<figure><img id="i" alt="x"/><figcaption id="c"/></figure>', ["i c"],
                  "Div(Figure(0.0) Caption(0.1))"),
    "a link": ('<p id="a"><a id="l" href="#x"/></p>', ["a l l>"], "P(0.0 Link(0.1 link))"),
    "a call": ('<p id="a"><sup class="call"><a id="l" href="#x"/></sup></p>', ["a l l>"],
               "P(0.0 Reference(Link(0.1 link)))"),
    "a note follows its paragraph": (f'<p id="a">{NOTE}</p><p id="b"/>', ["a b np"],
                                     "P(0.0) Note(P(0.2)) P(0.1)"),
    "also one over two pages": (f'<p id="a">{NOTE}</p><p id="b"/>', ["a np", "a b"],
                                "P(0.0 1.0) Note(P(0.1)) P(1.1)"),
    "a heading's note": (f'<section><h2 id="a">{NOTE}</h2><p id="b"/></section>', ["a b np"],
                         "Sect(H2(0.0) Note(P(0.2)) P(0.1))"),
    "an item's note": (f'<ul><li id="a">{NOTE}</li><li id="b"/></ul>', ["a* a b* b np"],
                       "L(LI(Lbl(0.0) LBody(0.1 Note(P(0.4)))) LI(Lbl(0.2) LBody(0.3)))"),
    "a collected note": (f'<section><p id="a"/>{NOTE}</section>', ["a np"], "Sect(P(0.0) Note(P(0.1)))"),
    "lists in lists": ('<ol><li id="a"><ul><li id="b"/></ul></li></ol>', ["a* a b* b"],
                       "L(LI(Lbl(0.0) LBody(0.1 L(LI(Lbl(0.2) LBody(0.3))))))"),
    "definitions": ('<dl><dt id="t"/><dd id="d"/><dd id="e"/><dt id="u"/></dl>', ["t d e u"],
                    "L(LI(Lbl(0.0) LBody(0.1) LBody(0.2)) LI(Lbl(0.3)))"),
    "a table": (TABLE, ["h c"],
                "Table(THead(TR(TH(0.0) TD())) TBody(TR(TD() TD(0.1))))"),
    "contents": (CONTENTS, ["a b a> b>"],
                 "Sect(TOC(TOCI(Reference(Link(0.0 link)) TOC(TOCI(Reference(Link(0.1 link)))))))"),
    "code": ('<pre id="p"><code id="c"/></pre>', ["c"], "P(Code(0.0))"),
    "verse": ('<div class="verse"><p class="stanza"><span id="a"/><span id="b"/></p></div>', ["a b"],
              "Div(P(0.0 0.1))"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_tree_of(case: str) -> None:
    markup, pages, expected = CASES[case]
    found = grown(markup, *pages)
    body, *artifacts = expected.split(" -")
    assert found == " ".join([f"Document({body})", *(f"-{number}" for number in artifacts)])
