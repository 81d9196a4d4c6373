"""Other people's e-books, a family of makers at a time: what their markup says, the manuscript says."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

import octopub
from octopub.diagnostics import BuildError
from octopub.importing.manuscript import Imported, import_manuscript
from octopub.model import Person
from octopub.reading.frontmatter import read
from octopub.reading.source import from_text
from tests.importing.rich import PIXEL, packed

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>{}</rootfiles>'
    "</container>"
)
ROOT = '<rootfile full-path="{}" media-type="application/oebps-package+xml"/>'
META = "<dc:title>The Weir</dc:title><dc:creator>Ada Holm</dc:creator><dc:language>en</dc:language>"
TYPES = {"png": "image/png", "css": "text/css", "ncx": "application/x-dtbncx+xml", "svg": "image/svg+xml"}
Files = dict[str, str | bytes]


def page(body: str, head: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title>{head}</head><body>{body}</body></html>"
    )


def ncx(*points: tuple[str, str]) -> str:
    lines = "".join(
        f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{source}"/></navPoint>'
        for label, source in points
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{lines}</navMap></ncx>'


def nav(items: str) -> str:
    return page(f'<nav epub:type="toc"><ol>{items}</ol></nav>')


def book(files: Files, meta: str = META, guide: str = "", spine: str = "") -> bytes:
    """An EPUB whose text is, in their order, its files that are XHTML, or what `spine` names."""
    items, refs = [], spine.split()
    for name in files:
        ending = name.rpartition(".")[2]
        kind = ' properties="nav"' if name == "nav.xhtml" else ""
        items.append(
            f'<item id="{name}" href="{name}" media-type="{TYPES.get(ending, "application/xhtml+xml")}"{kind}/>'
        )
        if ending not in TYPES and not spine:
            refs.append(name)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:opf="http://www.idpf.org/2007/opf" version="3.0"><metadata>{meta}</metadata>'
        f"<manifest>{''.join(items)}</manifest>"
        f"<spine>{''.join(f'<itemref idref={name!r}/>' for name in refs)}</spine>{guide}</package>"
    )
    inside = {
        f"O/{name}": page(text)
        if isinstance(text, str) and name.endswith("html") and "<html" not in text
        else text
        for name, text in files.items()
    }
    return packed(
        {"META-INF/container.xml": CONTAINER.format(ROOT.format("O/b.opf")), "O/b.opf": package, **inside}
    )


def imported(data: bytes) -> Imported:
    return import_manuscript(data, name="other.epub")


def text_of(data: bytes) -> str:
    """The manuscript's text, without its front matter."""
    return re.sub(r"\A---\n.*?\n---\n\n", "", imported(data).text, flags=re.DOTALL)


STYLES = ".c2 {font-style: italic} .c3 {font-weight: bold}"
SHEET = '<link rel="stylesheet" href="s.css"/>'

FAMILIES: dict[str, tuple[bytes, str]] = {
    "classes alone, notes in a file of their own": (
        book({
            "a.html": page(
                '<p id="k">Spring</p><p>It was <span class="c2">wet</span>, <span class="c3">loud</span>.'
                '<a href="n.html#f1" id="r1"><span class="c9">1</span></a></p><p>* * *</p><p>Later.</p>', SHEET,
            ),
            "n.html": '<p id="h">Notes</p><p id="f1"><a href="a.html#r1">1</a>. Very.</p>',
            "s.css": STYLES,
            "t.ncx": ncx(("Spring", "a.html#k"), ("Notes", "n.html")),
        }),
        "# Spring\n\nIt was *wet*, **loud**.[^1]\n\n***\n\nLater.\n\n[^1]: Very.\n",
    ),
    "semantic inflection": (
        book({
            "t.xhtml": '<section epub:type="titlepage"><h1>The Weir</h1></section>',
            "i.xhtml": '<section epub:type="imprint"><p>Made with care.</p></section>',
            "h.xhtml": '<section epub:type="halftitlepage"><h2>The Weir</h2></section>',
            "e.xhtml": '<section epub:type="epigraph"><blockquote><p>Water wins.</p></blockquote></section>',
            "1.xhtml": '<section epub:type="chapter"><hgroup><h2>I</h2><p epub:type="title">The Gate</p></hgroup>'
            '<p>Old.<a href="n.xhtml#n1" id="r1" epub:type="noteref">1</a> <span epub:type="pagebreak">12</span></p>'
            '<blockquote epub:type="z3998:verse"><p><span>Water falls,</span><br/><span class="i1">stone stays.</span></p>'
            "</blockquote></section>",
            "n.xhtml": '<section epub:type="endnotes"><h2>Endnotes</h2><ol><li id="n1" epub:type="endnote"><p>A dam. '
            '<a href="1.xhtml#r1" epub:type="backlink">↩</a></p></li></ol></section>',
            "c.xhtml": '<section epub:type="colophon"><p>Set by hand.</p></section>',
            "u.xhtml": '<section epub:type="copyright-page"><h2>Uncopyright</h2><p>Do good.</p></section>',
        }),
        "{.epigraph}\n> Water wins.\n\n# I The Gate\n\nOld.[^1]\n\n> | Water falls,\n> |  stone stays.\n\n[^1]: A dam.\n",
    ),
    "a licence around the text, page numbers, stanzas": (
        book({
            "a.html": '<section class="pg-boilerplate"><p>For the use of anyone.</p></section><h1>THE WEIR</h1>'
            '<h3>By Ada Holm</h3><h2>CONTENTS</h2><table><tr><td>I.</td><td><a href="b.html#c1">The gate</a></td></tr>'
            '<tr><td>II.</td><td><a href="b.html#c2">The mill</a></td></tr></table>',
            "b.html": '<h2 id="c1"><span class="pagenum">[1]</span>I<br/>THE GATE</h2><p>Wet.<a href="#F1" class="fnanchor"'
            ' id="A1">[1]</a></p><div class="poem"><div class="stanza"><span class="i0">Down the water,<br/></span>'
            '<span class="i2">down.<br/></span></div></div><h2 id="c2">II<br/>THE MILL</h2><p>Dry.</p>'
            '<div class="footnote"><p><a id="F1"></a><a href="#A1"><span class="label">[1]</span></a> In spring.</p></div>',
        }),
        "# I THE GATE\n\nWet.[^1]\n\n| Down the water,\n|   down.\n\n# II THE MILL\n\nDry.\n\n[^1]: In spring.\n",
    ),
    "an export of pages": (
        book({
            "a.xhtml": '<div class="Frame"><p class="Head-1" id="t1">The Gate</p><p class="Body">Wet<span class="up"><span'
            ' id="f1-backlink"><a class="_idFootnoteLink" href="a.xhtml#f1">1</a></span></span>.</p></div><hr/>'
            '<section epub:type="footnotes"><div id="f1" epub:type="footnote"><p><a class="_idFootnoteAnchor"'
            ' href="a.xhtml#f1-backlink">1</a>\tIn spring.</p></div></section>',
            "nav.xhtml": nav('<li><a href="a.xhtml#t1">The Gate</a></li>'),
        }),
        "# The Gate\n\nWet[^1].\n\n[^1]: In spring.\n",
    ),
    "a word processor's": (
        book({
            "a.xhtml": '<h1>Gates</h1><p>Wet<sup><a class="sdfootnoteanc" id="sdfootnote1anc" href="#sdfootnote1sym">1</a>'
            '</sup>.</p><div id="sdfootnote1"><p><a class="sdfootnotesym" id="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
            "In spring.</p></div>",
        }),
        "# Gates\n\nWet[^1].\n\n[^1]: In spring.\n",
    ),
    "asides that pop up, a chapter in two files, drawn images, names with escapes": (
        book({
            "a.xhtml": '<h1>The Mill</h1><p>A mill<a epub:type="noteref" href="#f">*</a> stood,</p>'
            '<aside epub:type="footnote" id="f"><p>* Of wood.</p></aside>'
            '<div role="doc-pagebreak" title="4">4</div>',
            "b.xhtml": '<p>and ground.</p><p><svg xmlns="http://www.w3.org/2000/svg"><image'
            ' xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="fl%C3%BC%20sse.png"/></svg></p>',
            "flü sse.png": PIXEL,
        }),
        "# The Mill\n\nA mill[^1] stood,\n\nand ground.\n\n![](images/other/flü-sse.png){.decorative}\n\n[^1]: Of wood.\n",
    ),
    "titles that only the contents have; their levels": (
        book({
            "a.html": "<h1>Part One</h1>", "b.html": "<p>Wet.</p>", "c.html": "<h1>Summer</h1><h2>Noon</h2><p>Dry.</p>",
            "nav.xhtml": nav(
                '<li><a href="a.html">Part One</a><ol><li><a href="b.html">Spring</a></li>'
                '<li><a href="c.html">Summer</a></li></ol></li>'
            ),
        }),
        "# Part One\n\n## Spring\n\nWet.\n\n## Summer\n\n### Noon\n\nDry.\n",
    ),
    "a title page that is not called one; chapters of a lower rank": (
        book({
            "a.html": '<h1>The Weir</h1><p class="subtitle">An Account</p><p>Ada Holm</p><p>Lock, 1901</p>',
            "b.html": "<h3>Spring</h3><p>Wet.</p><h4>Noon</h4><p>Hot.</p>",
        }),
        "# Spring\n\nWet.\n\n## Noon\n\nHot.\n",
    ),
    "links to sections; code": (
        book({
            "a.html": '<section id="s"><h1>Spring</h1><p>See <a href="b.html#t">there</a>.</p></section>',
            "b.html": '<section id="t"><h1>Summer</h1><pre class="sourceCode py"><code>x = 1</code></pre></section>',
        }),
        "# Spring\n\nSee [there](#t).\n\n# Summer {#t}\n\n```py\nx = 1\n```\n",
    ),
    "pages of the guide; a chapter at its side": (
        book(
            {"t.html": "<p>The Weir</p><p>1901</p>", "a.html": "<h1>Spring</h1><p>Wet, and wet again.</p>"},
            guide='<guide><reference type="title-page" href="t.html"/><reference type="text" href="a.html"/></guide>',
        ),
        "# Spring\n\nWet, and wet again.\n",
    ),
    "a cover in a file of its own": (
        book(
            {"w.html": '<div><img src="c.png" alt="Cover"/></div>', "a.html": "<p>Wet.</p>", "c.png": PIXEL},
            meta=f'{META}<meta name="cover" content="c.png"/>',
        ),
        "Wet.\n",
    ),
    "from right to left": (
        book({"a.html": '<h1>השער</h1><p>המים <em>גבוהים</em>.</p>'}, meta="<dc:title>הסכר</dc:title><dc:language>he</dc:language>"),
        "# השער\n\nהמים *גבוהים*.\n",
    ),
    "not well-formed": (book({"a.html": "<html><body><p>Wet & <b>cold</p><p>One<br>two</body>"}), "Wet & **cold**\n\nOne\\\ntwo\n"),
    "names in another case; from the top": (
        book({"A.XHTML": "<p>Wet.</p>", "b.html": '<p>Dry. <img src="/O/C.PNG" alt="c"/></p>', "c.png": PIXEL}, spine="A.XHTML b.html"),
        "Wet.\n\nDry. ![c](images/other/c.png)\n",
    ),
    "an item of the spine that is none": (book({"a.html": "<p>Wet.</p>"}, spine="z a.html"), "Wet.\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_the_manuscript(name: str) -> None:
    data, expected = FAMILIES[name]
    assert text_of(data) == expected


@pytest.mark.parametrize("name", FAMILIES)
def test_each_word_is_in_the_manuscript_or_told(name: str) -> None:
    """The words of the text's files, in any order: none is lost but marks of calls."""
    data = FAMILIES[name][0]
    made = imported(data)
    told = re.findall(r"\w+", f"{made.text} {made.report.text}".casefold())
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sources = [file.read(each).decode() for each in file.namelist() if each.lower().endswith("html")]
    bodies = (re.sub(r"(?s)<head>.*?</head>|<br/?>|<[^>]*>", " ", source) for source in sources)
    assert {word for body in bodies for word in re.findall(r"\w+", body.casefold())} - set(told) == set()


METADATA: dict[str, tuple[str, dict[str, object]]] = {
    "roles of EPUB 2": (
        '<dc:creator opf:role="aut">A B</dc:creator><dc:creator opf:role="trl">C D</dc:creator>',
        {"author": "A B", "translator": "C D"},
    ),
    "roles of EPUB 3": (
        (
            '<dc:creator id="a">A B</dc:creator><meta refines="#a" property="role">aut</meta>'
            '<dc:contributor id="c">C D</dc:contributor><meta refines="#c" property="role">trl</meta>'
        ),
        {"author": "A B", "translator": "C D"},
    ),
    "dates": (
        '<dc:date opf:event="conversion">2020-05-05T01:01:01+00:00</dc:date><dc:date opf:event="publication">1999-02-03</dc:date>',
        {"date": "1999-02-03"},
    ),
    "no date": ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", {}),
    "language": ("<dc:language>en_GB</dc:language>", {"lang": "en-GB"}),
    "an ISBN": ('<dc:identifier opf:scheme="ISBN">9780306406157</dc:identifier>', {"identifier": "urn:isbn:9780306406157"}),
    "a description in HTML": ("<dc:description>&lt;p&gt;On &lt;b&gt;oil&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</dc:description>", {"description": "On oil. More."}),
    "titles": (
        (
            '<dc:title id="f">T: S</dc:title><meta refines="#f" property="title-type">extended</meta>'
            '<dc:title id="s">S</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        ),
        {"subtitle": "S"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", METADATA)
def test_metadata(name: str) -> None:
    meta, expected = METADATA[name]
    text = imported(book({"a.html": "<p>Wet and cold.</p>"}, meta=meta)).text
    report = imported(book({"a.html": "<p>Wet and cold.</p>"}, meta=meta)).report.lines
    told = (
        dict(line.strip().split(": ", 1) for line in report[report.index("Metadata:") + 1 :] if ": " in line)
        if "Metadata:" in report
        else {}
    )
    assert {key: value for key, value in told.items() if key in (*expected, "date", "author")} == expected
    assert text.endswith("Wet and cold.\n")


@pytest.mark.parametrize("identifier", ["urn:isbn:9780306406158", "urn:uuid:x"])
def test_an_identifier_that_is_none_is_left_out_and_told(identifier: str) -> None:
    made = imported(book({"a.html": "<p>Wet and cold.</p>"}, meta=f"<dc:identifier>{identifier}</dc:identifier>"))
    assert "identifier:" not in made.text
    assert f"identifier: {identifier}" in made.report.text


def test_metadata_for_shops_come_along() -> None:
    meta = (
        f'{META}<meta name="calibre:series" content="Rivers"/><meta name="calibre:series_index" content="3"/>'
        '<dc:contributor opf:role="edt">E F</dc:contributor><dc:source>An older book</dc:source>'
    )
    made = imported(book({"a.html": "<p>Wet.</p>"}, meta=meta))
    source, _ = from_text(made.text)
    assert source is not None
    front, complaints = read(source)
    assert complaints == ()
    assert (front.series, front.position, front.contributors) == ("Rivers", "3", (Person("E F", "edt"),))
    assert "source: An older book" in made.report.text


def test_fixed_layout_is_told() -> None:
    meta = f'{META}<meta property="rendition:layout">pre-paginated</meta>'
    assert "fixed layout" in imported(book({"a.html": "<p>Wet.</p>"}, meta=meta)).report.text


PLAIN: Files = {"a.html": "<p>Wet.</p>"}


def changed(**members: str | bytes | None) -> bytes:
    """A plain book with other members; those that are None are gone."""
    with zipfile.ZipFile(io.BytesIO(book(PLAIN))) as file:
        files: dict[str, str | bytes | None] = {name: file.read(name) for name in file.namelist()}
    return packed({name: data for name, data in (files | members).items() if data is not None})


def encrypted(algorithm: str, address: str) -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherReference URI="{address}"/>'
        "</EncryptedData></encryption>"
    )


AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
READ = {
    "no container": changed(**{"META-INF/container.xml": None}),
    "another root first": changed(**{
        "META-INF/container.xml": CONTAINER.format('<rootfile full-path="x.pdf" media-type="application/pdf"/>' + ROOT.format("O/b.opf")),
        "x.pdf": "%PDF",
    }),
    "fonts obfuscated": changed(**{"META-INF/encryption.xml": encrypted("http://www.idpf.org/2008/embedding", "O/f.otf")}),
    "control characters": changed(**{"O/a.html": b"<p>Wet.\x01</p>"}),
    "a text before all tags": changed(**{"O/a.html": b"\x01Wet.<p>"}),
    "what is no tag": changed(**{"O/a.html": b"<p><lia<a \x02='b'>Wet."}),
}  # fmt: skip
REFUSED = {
    "encrypted": (changed(**{"META-INF/encryption.xml": encrypted(AES, "/O/a.html")}), "encrypted"),
    "a missing file": (changed(**{"O/a.html": None}), "missing"),
    "nothing in the spine": (book(PLAIN, spine="z"), "names no text"),
    "entities": (changed(**{"O/a.html": '<!DOCTYPE a [<!ENTITY a "ha">]><p>&a;</p>'}), "entities"),
    "no package": (changed(**{"O/b.opf": None}), "no EPUB"),
}


@pytest.mark.parametrize("name", READ)
def test_read_all_the_same(name: str) -> None:
    assert text_of(READ[name]) == "Wet.\n"


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(BuildError, match=reason):
        imported(data)


def test_a_book_of_our_own_that_somebody_changed_is_one_of_others() -> None:
    """Its marks are no longer those that octopub writes: its markup counts, as that of any book does."""
    first = octopub.build_epub(
        "---\ntitle: The Weir\nauthor: Ada Holm\nlang: en\n---\n\n# Spring\n\nIt is *wet*.[^1]\n\n[^1]: Very.\n"
    )
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        files = {name: file.read(name) for name in file.namelist()}
    changed_files = {
        name: data.replace(b"<p>It is", b"<center>So.</center><p>It is") for name, data in files.items()
    }
    assert changed_files != files
    assert text_of(packed(changed_files)) == "# Spring\n\nSo.\n\nIt is *wet*.[^1]\n\n[^1]: Very.\n"
    with_controls = {name: data.replace(b"<p>It is", b"<p>It is\x01 &\x02") for name, data in files.items()}
    assert text_of(packed(with_controls)) == "# Spring\n\nIt is & *wet*.[^1]\n\n[^1]: Very.\n"
