"""Drawings: what stays, what goes, how large they are, and that EPUB checkers take them."""

import re
import string
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from octopub.reading.svg import NotSvgError, Size, SvgError, sanitise
from tests.tools import epubcheck

OPENING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def drawing(content: str, attributes: str = 'width="9" height="9" viewBox="0 0 9 9"') -> bytes:
    return f"{OPENING}{attributes}>{content}</svg>".encode()


def inside(content: str) -> tuple[str, list[str]]:
    """What is left of the content, without the root element, and what was left out."""
    clean, _, left_out = sanitise(drawing(content))
    return re.sub(r"^.*?<svg[^>]*>|(?:</svg>)?\n$", "", clean.decode(), flags=re.DOTALL), left_out


PIXEL = "data:image/png;base64,iVBORw0KGgo="

KEPT = [
    '<g id="a" class="b" transform="rotate(3)"><path d="M0 0L9 9" style="stroke:red"/></g>',
    '<defs><linearGradient id="a"><stop offset="1"/></linearGradient></defs><rect fill="url(#a) red"/>',
    '<symbol id="a"><rect/></symbol><use xlink:href="#a"/>',
    '<text x="1" xml:lang="de" xml:space="preserve">eins <tspan>zwei</tspan> drei</text>',
    "<title>A &amp; B</title><desc>C</desc>",
    f'<image xlink:href="{PIXEL}" width="3"/>',
    '<filter id="a"><feGaussianBlur stdDeviation="1"/></filter><g filter="url(#a)"/>',
    '<rect><animate attributeName="x" to="3" begin="a.click"/></rect>',
    "<style>.a{fill:red!important}\n@media print{.a{fill:rgb(0,0,0)}}</style>",
    '<rect fill="rgb(1, 2, 3)" data-name="x" aria-label="y"/>',
]


@pytest.mark.parametrize("content", KEPT)
def test_stays_as_it_is(content: str) -> None:
    assert inside(content) == (content, [])


def test_an_attribute_that_has_no_name_goes() -> None:
    """Libxml2 forgets its error over one that is none."""
    assert inside('<rect x="2" :="1"/><text xml:space=""/>') == ('<rect x="2"/><text xml:space=""/>', [])


# A content, what is left of it, and what is said to be left out.
DANGERS = {
    "script": ("<script>alert(1)</script><rect/>", "<rect/>", ["a script"]),
    "script by address": ('<script href="http://x/y.js"/>', "", ["a script"]),
    "event handler": (
        '<rect onclick="a()" ONLOAD="b()"/>',
        "<rect/>",
        ["an event handler (onclick)", "an event handler (ONLOAD)"],
    ),
    "foreign object": (
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "",
        ["a <foreignObject>"],
    ),
    "HTML": ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "", ["a <p> that is no part of SVG"]),
    "unknown element": ("<flowRoot><flowPara>x</flowPara></flowRoot>", "", ["a <flowRoot>"]),
    "link": ('<a xlink:href="http://x" target="_blank"><rect/></a>', "<g><rect/></g>", ["a link"]),
    "link in a text": (
        '<text>a <a href="http://x">b <tspan>c</tspan></a> d</text>',
        "<text>a <tspan>b <tspan>c</tspan></tspan> d</text>",
        ["a link"],
    ),
    "image by address": ('a<image href="http://x/y.png"/>b', "ab", ["a reference to “http://x/y.png”"]),
    "image in a file": ('<image xlink:href="/etc/passwd"/>', "", ["a reference to “/etc/passwd”"]),
    "drawing in an address": (
        '<image href="data:image/svg+xml,&lt;svg/>"/>',
        "",
        ["a reference to “data:image/svg+xml,<svg/>”"],
    ),
    "use of another file": ('<use href="other.svg#a"/>', "", ["a reference to “other.svg#a”"]),
    "gradient of another file": (
        '<linearGradient id="a" href="other.svg#b"/>',
        '<linearGradient id="a"/>',
        ["a reference to “other.svg#b”"],
    ),
    "fill by address": (
        '<rect fill="url(http://x#a)"/>',
        '<rect fill="none"/>',
        ["a reference to “http://x#a”"],
    ),
    "style by address": (
        """<rect style="fill:url('http://x');stroke:red"/>""",
        '<rect style="fill:none;stroke:red"/>',
        ["a reference to “http://x”"],
    ),
    "address in disguise": (
        r'<rect style="fill:u\72l(http://x)"/>',
        '<rect style="fill:none"/>',
        ["a reference to “http://x”"],
    ),
    "address behind a comment": (
        '<rect style="cursor:image-set(/**/&quot;http://x&quot; 1x)"/>',
        '<rect style="cursor:none"/>',
        ["a reference to “http://x”"],
    ),
    "import": ("<style>@import url(x.css);a{b:c}</style>", "<style>a{b:c}</style>", ["an @import"]),
    "import in disguise": (r"<style>@\69mport 'x';a{b:c}</style>", "<style>a{b:c}</style>", ["an @import"]),
    "address in a property's name": (
        r"<style>a{x\7b\7d\40 font-face\7b src\3aurl\28x\29\7d:5;\a:5}</style>",
        r"<style>a{x\{\}\@font-face\{src\:url\(x\)\}:5;\A :5}</style>",
        [],
    ),
    "a space by an escape": (r"<style>a{b:c\20}d\20{e:f}</style>", "<style>a{b:c\\ }\nd\\ {e:f}</style>", []),
    "control characters by escapes": (
        r"""<style>a{\7:5}b{c:\1f}d{e:f}</style><rect fill="url(http://x) \7"/>""",
        '<style>d{e:f}</style><rect fill=""/>',
        ["a reference to “http://x”"],
    ),
    "face by address": (
        "<style>@font-face{font-family:a;src:url(a.woff)}</style>",
        "<style>@font-face{font-family:a;src:none}</style>",
        ["a reference to “a.woff”"],
    ),
    "address in a group of rules": (
        "<style>@media print{a{fill:url(x)}}</style>",
        "<style>@media print{a{fill:none}}</style>",
        ["a reference to “x”"],
    ),
    "style sheet of another language": ('<style type="text/x">a{b:c}</style>', "", []),
    "animated address": (
        '<use href="#a"><set attributeName="xlink:href" to="http://x"/></use><g id="a"/>',
        '<use xlink:href="#a"/><g id="a"/>',
        ["an animation of “href”"],
    ),
    "animated handler": ('<animate attributeName="onclick"/>', "", ["an animation of “onclick”"]),
    "long address": (f'<image href="http://{"x" * 50}"/>', "", [f"a reference to “http://{'x' * 32}…”"]),
    "twice the same": ("<script/><script/>", "", ["a script"]),
}


@pytest.mark.parametrize(("content", "rest", "left_out"), DANGERS.values(), ids=DANGERS)
def test_goes(content: str, rest: str, left_out: list[str]) -> None:
    assert inside(content) == (rest, left_out)


# What goes without a word, as no reader would see it, and what is mended for the checkers.
MENDED = {
    "comment": ("<g/><!-- a --><g/>", "<g/><g/>"),
    "processing instruction": ("<g/><?a b?><g/>", "<g/><g/>"),
    "metadata": ('<metadata><r xmlns="urn:r"/></metadata><g/>', "<g/>"),
    "editor's data": ('<i:view xmlns:i="urn:i"><rect/></i:view><g xmlns:i="urn:i" i:label="a"/>', "<g/>"),
    "other base": ('<g xml:base="http://x/"/>', "<g/>"),
    "newer href": ('<g id="a"/><use href="#a"/>', '<g id="a"/><use xlink:href="#a"/>'),
    "both hrefs": ('<g id="a"/><use xlink:href="#b" href="#a"/>', '<g id="a"/><use xlink:href="#a"/>'),
    "id twice": ('<g id="a"/><rect id="a"/>', '<g id="a"/><rect/>'),
    "id that is no name": (
        '<pattern id="1 a"/><pattern id="id-1"/><rect fill="url(&apos;#1 a&apos;)" style="fill:url(#1 a)"/>',
        '<pattern id="id-2"/><pattern id="id-1"/><rect fill="url(#id-2)" style="fill:url(#id-2)"/>',
    ),
    "id in the rules": (
        "<style>a{fill:url(#ä)}</style><pattern id='ä'/>",
        '<style>a{fill:url(#id-1)}</style><pattern id="id-1"/>',
    ),
    "reference with an escape": (
        '<g id="ä"/><use href="#%C3%A4"/>',
        '<g id="id-1"/><use xlink:href="#id-1"/>',
    ),
    "reference to nothing": ('a<use href="#a"/>b', "ab"),
    "reference to a reference to nothing": (
        '<use id="a" href="#b"/><use href="#a"/><textPath href="#a"/>',
        "<textPath/>",
    ),
    "paint that is none": (
        '<g id="a"/><rect fill="url(#a)" stroke="url(#b) red"/>',
        '<g id="a"/><rect fill="none" stroke="red"/>',
    ),
    "clip that is none": ('<rect clip-path="url(#b)"/>', '<rect clip-path="none"/>'),
    "broken rules": ('<style>a{b:c;;*d:e;f:}}} g{h:"i</style>', "<style>a{b:c}</style>"),
    "rules in a comment": ("<style>&lt;!-- a{b:c} --></style>", "<style>a{b:c}</style>"),
    "no rules": ("<style>a{}</style>", "<style/>"),
}


@pytest.mark.parametrize(("content", "rest"), MENDED.values(), ids=MENDED)
def test_is_mended(content: str, rest: str) -> None:
    assert inside(content) == (rest, [])


SIZES = {
    'width="20" height="10"': (20, 10, "0 0 20 10"),
    'width="20px" height="10" viewBox="0,0,40,20"': (20, 10, "0 0 40 20"),
    'width="1in" height="2.54cm"': (96, 96, "0 0 96 96"),
    'width="25.4mm" height="72PT"': (96, 96, "0 0 96 96"),
    'width="6pc" height="2em"': (96, 32, "0 0 96 32"),
    'width="100%" height="100%" viewBox="-1 -1 24 12"': (24, 12, "-1 -1 24 12"),
    'viewBox="0 0 24 12"': (24, 12, "0 0 24 12"),
    'width="48" viewBox="0 0 24 12"': (48, 24, "0 0 24 12"),
    'height="1cm" viewBox="0 0 24 12"': (75.591, 37.795, "0 0 24 12"),
    'width="1e1" height=".5e+2"': (10, 50, "0 0 10 50"),
    "": (300, 150, "0 0 300 150"),
    'width="20"': (20, 150, "0 0 20 150"),
    'width="0" height="-3"': (300, 150, "0 0 300 150"),
    'width="auto" height="1furlong"': (300, 150, "0 0 300 150"),
    'width="1e999" height="9" viewBox="0 0 0 9"': (300, 9, "0 0 300 9"),
    'width="8" height="9" viewBox="0 0 nan 1e999"': (8, 9, "0 0 8 9"),
}


@pytest.mark.parametrize(("attributes", "expected"), SIZES.items())
def test_size(attributes: str, expected: tuple[float, float, str]) -> None:
    clean, size, _ = sanitise(drawing("", attributes))
    root = etree.fromstring(clean)
    assert (*size, root.get("viewBox")) == expected
    assert Size(float(root.get("width", "")), float(root.get("height", ""))) == size


def test_the_bytes_around_the_root() -> None:
    original = (
        b'<?xml-stylesheet href="x.css"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    )
    clean, _, left_out = sanitise(original)
    root = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150" viewBox="0 0 300 150"/>'
    assert clean == b"<?xml version='1.0' encoding='UTF-8'?>\n" + root + b"\n"
    assert left_out == ["a style sheet in a file of its own"]


def test_no_entity_is_followed() -> None:
    original = (
        '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY file SYSTEM "file:///etc/passwd">'
        '<!ENTITY words "words">]><svg xmlns="&ns;"><text>a&file;b&words;c</text></svg>'
    )
    clean, _, left_out = sanitise(original.encode())
    assert b"<text>abc</text>" in clean
    assert left_out == ["the entity &file;", "the entity &words;"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", SvgError),
        (b"<svg>", SvgError),
        (b"<svg>" * 999 + b"</svg>" * 999, SvgError),
        (b"<html/>", NotSvgError),
        (b'<svg xmlns="urn:other"/>', NotSvgError),
    ],
)
def test_refuses(data: bytes, error: type[SvgError]) -> None:
    with pytest.raises(error) as caught:
        sanitise(data)
    assert caught.type is error


ELEMENTS = st.sampled_from(
    "g a text use image style script animate foreignObject x:y pattern title".split(),
)
ATTRIBUTES = st.sampled_from("id href xlink:href fill style onload attributeName x:y class width".split())
VALUES = st.sampled_from([
    "a", "#a", "#b", "1 b", "url(#a)", "url(#1 b) red", "url(http://evil)", "u\\72l(http://evil)", "href",
    "fill:url('http://evil", "image-set('http://evil')", "http://evil", "script:evil", PIXEL, "9%", "}", "\\",
])  # fmt: skip
WORDS = st.sampled_from(
    ["", "word", "a{b:url(http://evil)}", "@import 'http://evil';", "a{b:c", "/*", "&lt;x", "\\"]
)


def element(name: str, attributes: dict[str, str], before: str, content: str, behind: str) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{before}{content}</{name}>{behind}"


def elements(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(ATTRIBUTES, VALUES, max_size=3)
    return st.lists(st.builds(element, ELEMENTS, attributes, WORDS, content, WORDS), max_size=4).map("".join)


@settings(deadline=None)
@given(st.recursive(st.just(""), elements, max_leaves=6))
def test_nothing_acts_or_reaches_outside_and_once_is_enough(content: str) -> None:
    clean, size, _ = sanitise(drawing(content, 'xmlns:x="urn:x"'))
    assert sanitise(clean) == (clean, size, [])
    root = etree.fromstring(clean)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for each in root.iter():
        assert not re.search("script|foreignObject|x:y|}a$", str(each.tag))
        for name, value in each.attrib.items():
            assert not str(name).startswith("on")
            if str(name).endswith("href"):
                assert value == PIXEL or str(value).removeprefix("#") in ids
            elif name in {"fill", "style"}:
                assert "evil" not in str(value) or "(" not in str(value)
        if str(each.tag).endswith("style"):
            assert "evil" not in (each.text or "")


@settings(deadline=None)
@given(st.text(alphabet=string.printable, max_size=80))
def test_a_style_sheet_of_any_letters(css: str) -> None:
    element = etree.Element("style")
    try:
        element.text = css
    except ValueError:  # a control character, which no XML holds
        return
    clean, _, _ = sanitise(b"<svg>" + etree.tostring(element) + b"</svg>")
    assert sanitise(clean)[0] == clean


PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x</dc:identifier>
<dc:title>A</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta></metadata>
<manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>{}</manifest>
<spine><itemref idref="n"/></spine></package>"""
NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>A</title></head><body><nav epub:type="toc"><ol><li><a href="n.xhtml">A</a></li></ol></nav>
{}</body></html>"""
CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def test_epubcheck_takes_what_is_left(tmp_path: Path) -> None:
    contents = [*KEPT, *(case[0] for case in DANGERS.values()), *(case[0] for case in MENDED.values())]
    originals = [*(drawing(content) for content in contents), *(drawing("", size) for size in SIZES)]
    drawings = {f"{number}.svg": original for number, original in enumerate(originals)}
    items = "".join(f'<item id="i{name}" href="{name}" media-type="image/svg+xml"/>' for name in drawings)
    images = "".join(f'<p><img src="{name}" alt="{name}"/></p>' for name in drawings)
    with zipfile.ZipFile(tmp_path / "drawings.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("p.opf", PACKAGE.format(items))
        book.writestr("n.xhtml", NAVIGATION.format(images))
        for name, original in drawings.items():
            book.writestr(name, sanitise(original)[0])
    assert epubcheck(tmp_path / "drawings.epub") == []
