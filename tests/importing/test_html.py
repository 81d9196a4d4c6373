"""Saved web pages: where the article is, in which forms notes come, and what is never read."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.bounds import USUAL
from octopub.importing.draft import Draft
from octopub.importing.web.html import read
from tests.importing.rich import GOLDEN, PIXEL, called, complaints, report

NOTES = {
    "Word": (
        '<p>One<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> two'
        '<a href="#_ftn2" name="_ftnref2">[2]</a>.</p><div><hr>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> First.</p></div>'
        '<div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Second.</p></div></div>'
    ),
    "LibreOffice": (
        '<p>One<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> two'
        '<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>.</p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
        'First.</p></div><div id="sdfootnote2"><p><a class="sdfootnotesym" name="sdfootnote2sym"'
        ' href="#sdfootnote2anc">2</a>Second.</p></div>'
    ),
    "Pandoc": (
        '<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> two'
        '<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>.</p>'
        '<section id="footnotes" class="footnotes" role="doc-endnotes"><hr><ol>'
        '<li id="fn1"><p>First.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>'
        '<li id="fn2"><p>Second.<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li>'
        "</ol></section>"
    ),
    "markdown-it": (
        '<p>One<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> two'
        '<sup class="footnote-ref"><a href="#fn2" id="fnref2">[2]</a></sup>.</p><hr class="footnotes-sep">'
        '<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>First.'
        ' <a href="#fnref1" class="footnote-backref">↩︎</a></p></li><li id="fn2" class="footnote-item">'
        '<p>Second. <a href="#fnref2" class="footnote-backref">↩︎</a></p></li></ol></section>'
    ),
    "GitHub": (
        '<p>One<sup><a href="#user-content-fn-a" id="user-content-fnref-a" data-footnote-ref>1</a></sup> two'
        '<sup><a href="#user-content-fn-b" id="user-content-fnref-b" data-footnote-ref>2</a></sup>.</p>'
        '<section data-footnotes class="footnotes"><h2 class="sr-only">Footnotes</h2><ol>'
        '<li id="user-content-fn-a"><p>First. <a href="#user-content-fnref-a" data-footnote-backref'
        ' class="data-footnote-backref">↩</a></p></li><li id="user-content-fn-b"><p>Second.'
        ' <a href="#user-content-fnref-b" class="data-footnote-backref">↩</a></p></li></ol></section>'
    ),
    "Substack": (
        '<p>One<a class="footnote-anchor" id="footnote-anchor-1" href="https://a.example.org/p/x#footnote-1">1</a>'
        ' two<a class="footnote-anchor" id="footnote-anchor-2" href="#footnote-2">2</a>.</p>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>First.</p></div></div>'
        '<div class="footnote"><a id="footnote-2" href="#footnote-anchor-2" class="footnote-number">2</a>'
        '<div class="footnote-content"><p>Second.</p></div></div>'
    ),
    "WordPress": (
        '<p>One<sup data-fn="q" class="fn"><a href="#q1" id="q1-link">1</a></sup> two'
        '<sup data-fn="r" class="fn"><a href="#r1" id="r1-link">2</a></sup>.</p>'
        '<ol class="wp-block-footnotes"><li id="q1">First. <a href="#q1-link" aria-label="Jump">↩︎</a></li>'
        '<li id="r1">Second. <a href="#r1-link" aria-label="Jump">↩︎</a></li></ol>'
    ),
    "MediaWiki": (
        '<p>One<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup> two'
        '<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>.</p>'
        '<h2>References</h2><div class="reflist"><ol class="references">'
        '<li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i>a</i></sup></a>'
        ' <a href="#cite_ref-a_1-1"><sup><i>b</i></sup></a></span> <span class="reference-text">First.</span></li>'
        '<li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span>'
        ' <span class="reference-text">Second.</span></li></ol></div>'
    ),
    "Tufte": (
        '<p>One<label for="a" class="margin-toggle sidenote-number"></label>'
        '<input type="checkbox" id="a" class="margin-toggle"><span class="sidenote">First.</span> two'
        '<label for="b" class="margin-toggle">⊕</label><input type="checkbox" id="b" class="margin-toggle">'
        '<span class="marginnote">Second.</span>.</p>'
    ),
    "EPUB in a page": (
        '<p>One<a epub:type="noteref" href="#n1">*</a> two<a epub:type="noteref" href="#n2">†</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>* First.</p></aside>'
        '<aside epub:type="footnote" id="n2"><p>† Second.</p></aside>'
    ),
    "docutils": (
        '<p>One<a class="footnote-reference" href="#id3" id="id1">[1]</a> two'
        '<a class="footnote-reference" href="#id4" id="id2">[2]</a>.</p>'
        '<aside class="footnote" id="id3" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span>'
        '<a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span><p>First.</p></aside>'
        '<aside class="footnote" id="id4" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span>'
        '<a role="doc-backlink" href="#id2">2</a><span class="fn-bracket">]</span></span><p>Second.</p></aside>'
    ),
    "by hand": (
        '<p>One<sup><a href="#a" name="back-a">1</a></sup> two<sup><a href="#b" name="back-b">2</a></sup>.</p>'
        '<h3>Notes</h3><p><a name="a"></a>1. First. <a href="#back-a">[back]</a></p>'
        '<p><a name="b"></a>2. Second. <a href="#back-b">[back]</a></p>'
    ),
    "one paragraph": (
        '<p>One<sup><a href="#n1">1</a></sup> two<sup><a href="#n2">2</a></sup>.</p>'
        '<p><a name="n1">1.</a> First.<br><a name="n2">2.</a> Second.</p>'
    ),
    "a table": (
        '<p>One<a href="#note1">[1]</a> two<a href="#note2">[2]</a>.</p><table>'
        '<tr id="note1"><td>[1]</td><td>First.</td></tr><tr id="note2"><td>[2]</td><td>Second.</td></tr></table>'
    ),
    "terms": (
        '<p>One<a href="#fn1">[1]</a> two<a href="#fn2">[2]</a>.</p><dl>'
        '<dt id="fn1">[1]</dt><dd>First.</dd><dt id="fn2">[2]</dt><dd>Second.</dd></dl>'
    ),
    "Google Docs": (
        '<p>One<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> two<sup><a href="#ftnt2" id="ftnt_ref2">[2]</a></sup>'
        '.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a>'
        '&nbsp;First.</p></div><div><p><a href="#ftnt_ref2" id="ftnt2">[2]</a>&nbsp;Second.</p></div>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>&nbsp;A remark.</p></div>'
    ),
    "a plugin's scripts": (
        "<p>One<span><a onclick=\"go('footnote_plugin_reference_1')\"><sup id=\"footnote_plugin_tooltip_1\">[1]</sup></a>"
        "<span class=\"footnote_tooltip\">First.</span></span> two<span><a onclick=\"go('footnote_plugin_reference_2')\">"
        '<sup id="footnote_plugin_tooltip_2">[2]</sup></a></span>.</p><div class="footnotes_reference_container">'
        '<p class="footnote_container_prepare">References</p><table><tr><th id="footnote_plugin_reference_1">'
        "<a onclick=\"back('footnote_plugin_tooltip_1')\">↑1</a></th><td>First.</td></tr>"
        '<tr><th id="footnote_plugin_reference_2">'
        "<a onclick=\"back('footnote_plugin_tooltip_2')\">↑2</a></th><td>Second.</td></tr></table></div>"
    ),
    "marks that are answered": (
        '<p>One [<a href="#f1n">1</a>] two [<a href="#f2n">2</a>].</p><p><b>Notes</b></p>'
        '<p>[<a name="f1n">1</a>] First.</p><p>[<a name="f2n">2</a>] Second.</p><hr>'
    ),
    "lines of one element": (
        '<div>One<a href="#p1">[1]</a> two<a href="#p2">[2]</a>.<br><br><b>Notes</b><br><br>'
        '[<a name="p1">1</a>] First.<br><br>[<a name="p2">2</a>] Second.<br><br></div>'
    ),
    "small print": (
        '<p>One<label class="sidenote-number">1</label><small class="sidenote">First.</small> two<sup>2</sup>'
        '<span class="sidenote"><sup>2</sup> Second.</span>.</p>'
    ),
    "typed in brackets": "<p>One[1] two[2].</p><h2>Notes</h2><p>[1] First.</p><p>[2] Second.</p><hr>",
    "typed and raised": (
        "<p>One<sup>1</sup> two<sup>2</sup>.</p><h2>Notes</h2><ol><li>First.</li><li>Second.</li></ol><hr>"
    ),
    "typed in lines": "<p>One[1] two[2].</p><p><b>Notes</b></p><p>[1] First.<br>[2] Second.</p><hr>",
}
"""Two notes in each form that sites and programs make."""


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def draft(body: str, head: str = "", folder: Path | None = None) -> Draft:
    return read(page(body, head), name="page.html", folder=folder)


@pytest.mark.parametrize("form", NOTES)
def test_notes(form: str, tmp_path: Path) -> None:
    behind = "" if "typed" in form or "lines" in form else "<p>Behind.</p>"
    made = draft(f"<p>Before.</p>{NOTES[form]}{behind}")
    assert called(made) == ["1", "2"]
    assert [" ".join(made.note_words[note.key]) for note in made.notes] == ["First.", "Second."]
    assert " ".join(made.text_words) == " ".join(["Before. One two .", *(["Behind."] if behind else [])])
    assert made.unmatched == ()
    assert complaints(made, tmp_path) == []


@pytest.mark.parametrize("case", sorted(path.name for path in GOLDEN.glob("page-*")))
def test_golden(case: str, tmp_path: Path) -> None:
    source = GOLDEN / case / "page.html"
    (tmp_path / "dot.png").write_bytes(PIXEL)
    made = read(source.read_bytes(), name=source.name, folder=tmp_path)
    assert report(made) == (GOLDEN / case / "expected.md").read_text("utf-8")
    assert complaints(made, tmp_path) == []


NO_CALLS = {
    "a section": '<h2 id="s1">Part</h2><p>See <a href="#s1">1</a>.</p>',
    "a year": '<p id="y">It was <a href="#y2">1917</a>.</p><p id="y2">Year.</p>',
    "the top": '<p id="top">Text.</p><p>More. <a href="#top">Back to top</a></p>',
}


@pytest.mark.parametrize("case", NO_CALLS)
def test_other_links_are_no_calls(case: str) -> None:
    made = draft(NO_CALLS[case])
    assert (made.notes, made.unmatched, called(made)) == ((), (), [])


def test_one_note_called_twice() -> None:
    made = draft(
        '<p>A<sup><a href="#fn1" id="r1">1</a></sup> b<sup><a href="#fn1" id="r2">1</a></sup>.</p>'
        '<ol><li id="fn1">Note. <a href="#r1">a</a> <a href="#r2">b</a></li></ol>'
    )
    assert called(made) == ["1", "1"]
    assert made.note_words == {"1": ("Note.",)}


def test_two_anchors_of_one_note_are_one_note() -> None:
    made = draft(
        '<p>A<a href="#fn1">[1]</a> b<a href="#note1">[1]</a>.</p>'
        '<table><tr id="fn1"><td><a name="note1">1.</a></td><td>Note.</td></tr></table>'
    )
    assert called(made) == ["1", "1"]
    assert made.note_words == {"1": ("Note.",)}


def test_a_number_that_begins_a_note_is_kept() -> None:
    made = draft('<p>A<sup><a href="#fn1">1</a></sup>.</p><ol><li id="fn1">1 January 1917.</li></ol>')
    assert made.note_words == {"1": ("1", "January", "1917.")}


def test_a_letter_that_is_a_mark_is_not_torn_from_a_word() -> None:
    made = draft('<p>A<sup><a href="#fna1">a</a></sup>.</p><p id="fna1">animals</p><p>End.</p>')
    assert made.note_words == {"1": ("animals",)}


def test_a_note_of_several_paragraphs() -> None:
    made = draft(
        '<p>A<a href="#_ftn1" name="_ftnref1">[1]</a> b<a href="#_ftn2" name="_ftnref2">[2]</a>.</p>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> First.</p><p>More of it.</p>'
        '<p><a href="#_ftnref2" name="_ftn2">[2]</a> Second.</p>'
    )
    assert made.note_words == {"1": ("First.", "More", "of", "it."), "2": ("Second.",)}


def test_what_does_not_match_is_reported_and_kept_as_text() -> None:
    made = draft(
        '<p>A<sup><a href="#fn1" id="fnref1">1</a></sup> b<sup><a href="#fn2" id="fnref2">2</a></sup>.</p>'
        '<ol class="footnotes"><li id="fn1" class="footnote">First.</li>'
        '<li id="fn3" class="footnote">Third.</li></ol>'
    )
    assert [(each.mark, each.is_call) for each in made.unmatched] == [("2", True), ("Third", False)]
    assert "Third." in made.text_words
    assert "b2." in made.text_words


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("../secret.png", "it lies outside the page's folder"),
        ("/etc/hostname", "it lies outside the page's folder"),
        ("http://example.org/x.png", "it is not beside the page, and nothing is read from the network"),
        ("missing.png", "it is not beside the page"),
        ("text.png", "it is of a kind that books cannot show"),
    ],
)
def test_images_that_are_not_read(tmp_path: Path, address: str, reason: str) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder / "text.png").write_text("no picture")
    made = draft(f'<p>Text.</p><p><img src="{address}" alt="x"></p>', folder=folder)
    assert made.resources == {}
    assert [each.reason for each in made.findings] == [reason]


def test_images_that_are_written_out_may_be_large() -> None:
    large = PIXEL + bytes(9_000_000)
    addresses = [f"data:image/png;base64,{base64.b64encode(each).decode()}" for each in (large, large + b"a")]
    made = draft("".join(f'<p>Text. <img src="{each}" alt="x"></p>' for each in addresses))
    assert list(made.resources.values()) == [large, large + b"a"]


def test_images_that_are_asked_for_under_many_addresses_are_not_taken_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PIXEL)
    text = "".join(f'<p>Text. <img src="a.png?{each}" alt="x"></p>' for each in range(9))
    within = USUAL._replace(archive_bytes=3 * len(PIXEL))
    made = read(page(text), name="page.html", folder=tmp_path, bounds=within)
    assert len(made.resources) == 4
    assert {each.reason for each in made.findings} == {f"the pictures before it have more than {3 * len(PIXEL)} bytes"}


def test_images_with_one_name_are_two(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "dot.png").write_bytes(PIXEL + name.encode())
    made = draft('<p><img src="a/dot.png" alt="x"></p><p><img src="b/dot.png" alt="y"></p>', folder=tmp_path)
    assert made.resources == {"dot.png": PIXEL + b"a", "dot-2.png": PIXEL + b"b"}


ENCODINGS = {
    "byte order mark": "\ufeff<p>Žižka née</p>".encode(),
    "UTF-16": "\ufeff<p>Žižka née</p>".encode("utf-16-le"),
    "meta": '<meta charset="iso-8859-2"><p>Žižka née</p>'.encode("iso-8859-2"),
    "http-equiv": (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>Žižka née</p>'.encode(
            "cp1250"
        )
    ),
    "nothing": "<p>Žižka née</p>".encode(),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_encodings(case: str) -> None:
    assert read(ENCODINGS[case], name="page.html").text_words == ("Žižka", "née")


TITLES = {
    "the heading": ("<h1>Tea</h1>", "<title>Tea – A Site</title>", "Tea", ()),
    "for sharing": ("", '<meta property="og:title" content="Tea"><title>x</title>', "Tea", ()),
    "the window's": ("", "<title>Tea</title>", "Tea", ()),
    "another heading": ("<h1>Leaves</h1>", '<meta property="og:title" content="Tea">', "Tea", ("Leaves",)),
    "one that calls a note": (
        '<h1>Tea<sup><a href="#fn1">1</a></sup></h1>',
        "<title>Tea</title>",
        "Tea",
        ("Tea",),
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_titles(case: str) -> None:
    body, head, title, words = TITLES[case]
    made = draft(
        f'{body}<p>Text.</p><p id="fn1">1. A note.</p>' if "fn1" in body else f"{body}<p>Text.</p>", head
    )
    assert made.metadata["title"] == title
    assert made.text_words[: len(words)] == words


@pytest.mark.parametrize("data", [b"", b"   ", b"<p>" + b"<ul><li>" * 300 + b"deep"])
def test_refused(data: bytes) -> None:
    with pytest.raises(BuildError):
        read(data, name="page.html")


def test_scripts_and_hidden_words_are_no_text() -> None:
    made = draft(
        '<p>Text.</p><script>no()</script><style>p {}</style><p hidden>no</p><p style="display: none">no</p>'
    )
    assert made.text_words == ("Text.",)


def test_notes_that_show_when_pointed_at() -> None:
    made = draft('<p>One<sup title="First of all.">1</sup> and x<sup>2</sup>.</p>')
    assert made.note_words == {"1": ("First", "of", "all.")}


@pytest.mark.parametrize(
    ("body", "unmatched"),
    [
        ("<p>One[1] two[3].</p><h2>Notes</h2><p>[1] First.</p><p>[2] Second.</p>", [("[3]", True), ("[2]", False)]),
        ("<p>Area: m<sup>2</sup>, 10<sup>6</sup>, the 19<sup>th</sup>, list[1] in <code>a[1]</code>.</p>", None),
    ],
)
def test_typed_notes_that_do_not_match(body: str, unmatched: list[tuple[str, bool]] | None) -> None:
    made = draft(body.replace("list[1] in ", ""))
    assert [(each.mark, each.is_call) for each in made.unmatched] == (unmatched or [])
    assert made.notes == () or unmatched is not None


BROKEN = {
    "deeper than the parser goes": b"<div>" * 10_000 + b"deep",
    "more elements than a book": b"<div></div>" * 200_001,
    "scripts alone": b"<script>no()</script>",
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_pages_are_refused(case: str) -> None:
    with pytest.raises(BuildError):
        read(BROKEN[case], name="page.html")


ODD = {
    "control characters": (b"<p>a\x01b \x0c\x1bc</p>", "a b c"),
    "null bytes": (b"<p>a\0b</p>", "ab"),
    "an encoding of no text": (b'<meta charset="undefined"><p>caf\xc3\xa9</p>', "caf\u00e9"),
    "UTF-16 that is none": (b'<meta charset="utf-16"><p>caf\xc3\xa9</p>', "caf\u00e9"),
    "control characters in a tag": (b'<p a\x89="b" id="c\x01d">a <x&y\x02z f="g">b</x></p>', "a b"),
    "never closed": (b"<p>a <b>b <i>c</b> d<p>e</div></span><table><tr><td>f", "a b c d e f"),
    "an endless cell": (b'<table><tr><td colspan="1000000">a<td rowspan="99999999">b</table>', "a b"),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_pages_are_read(case: str, tmp_path: Path) -> None:
    data, words = ODD[case]
    made = read(data, name="page.html")
    assert " ".join(made.text_words) == words
    assert complaints(made, tmp_path) == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder / "link.png").symlink_to("../secret.png")
    made = draft('<p>Text. <img src="link.png" alt="x"></p>', '<base href="file:///etc/">', folder=folder)
    assert made.resources == {}
    assert [each.reason for each in made.findings] == ["it lies outside the page's folder"]
