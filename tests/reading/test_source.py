"""Bytes to text: what is kept, what is refused, and where the complaint points."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from octopub.diagnostics import Span
from octopub.reading.source import FORBIDDEN, decode, from_text, locate

TEXTS = {
    "plain": (b"a\nb\n", "a\nb\n"),
    "byte order mark": (b"\xef\xbb\xbfa\n", "a\n"),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbfa\xef\xbb\xbf", "a\ufeff"),
    "Windows line ends": (b"a\r\nb\r\n", "a\nb\n"),
    "old line ends": (b"a\rb\r\rc", "a\nb\n\nc"),
    "other separators are characters": ("a\u2028b\x85c".encode(), "a\u2028b\x85c"),
    "beyond the first plane": ("🐙 octopus".encode(), "🐙 octopus"),
}

NOT_UTF8 = "a.md:{}: error: this is not UTF-8{}: byte {} (at offset {}) fits no character; {}"
FAULTS = {
    "Latin-1": (b"\xef\xbb\xbfone\r\nna\xc3\xafve caf\xe9", ("2:10", "", "0xE9", 18)),
    "cut in a character": ("é".encode()[:1], ("1:1", "", "0xC3", 0)),
    "half of a pair": (b"a\xed\xa0\x80", ("1:2", "", "0xED", 1)),
    "UTF-16": (codecs.BOM_UTF16_LE + b"a\0", ("1:1", " but UTF-16", "0xFF", 0)),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + b"\0a", ("1:1", " but UTF-16", "0xFE", 0)),
    "UTF-32": (codecs.BOM_UTF32_LE + b"a\0\0\0", ("1:1", " but UTF-32", "0xFF", 0)),
}


@pytest.mark.parametrize(("data", "text"), TEXTS.values(), ids=TEXTS)
def test_decodes(data: bytes, text: str) -> None:
    source, diagnostics = decode(data, "a.md")
    assert source is not None
    assert (source.path, source.text, diagnostics) == ("a.md", text, ())


@pytest.mark.parametrize(("data", "fields"), FAULTS.values(), ids=FAULTS)
def test_refuses_other_encodings(data: bytes, fields: tuple[str, str, str, int]) -> None:
    source, diagnostics = decode(data, "a.md")
    assert source is None
    assert list(map(str, diagnostics)) == [NOT_UTF8.format(*fields, "save the file as UTF-8 [encoding]")]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf \r\n\t\n", "\u00a0".encode()])
def test_refuses_an_empty_file(data: bytes) -> None:
    source, diagnostics = decode(data, "a.md")
    assert source is None
    assert list(map(str, diagnostics)) == ["a.md:1:1: error: the manuscript has no text; write some [empty]"]


def test_names_each_control_character_and_keeps_its_place() -> None:
    source, diagnostics = from_text("a\x07\nb\x00\ufffe\n\tc\x0b")
    assert source is not None
    assert source.text == "a\ufffd\nb\ufffd\ufffd\n\tc\ufffd"
    said = "error: the control character {} is allowed in no book; delete it [control-character]"
    assert [str(each) for each in diagnostics] == [
        f"<text>:1:2: {said.format('U+0007')}",
        f"<text>:2:2: {said.format('U+0000')}",
        f"<text>:2:3: {said.format('U+FFFE')}",
        f"<text>:3:3: {said.format('U+000B')}",
    ]


def test_a_text_may_hold_half_a_pair() -> None:
    _, (complaint,) = from_text("a\ud800")
    assert "U+D800" in complaint.message


def test_does_not_bury_the_reader_in_complaints() -> None:
    assert len(from_text("a\x01" * 1000)[1]) == 20


def test_forbids_what_xml_forbids() -> None:
    for character in map(chr, (*range(0x100), 0xD800, 0xDFFF, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFF)):
        try:
            etree.Element("p").text = character
            allowed = True
        except (ValueError, UnicodeEncodeError):
            allowed = False
        assert allowed is (not FORBIDDEN.match(character)), hex(ord(character))


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, 0, Span(1, 1, 1, 1)),
        (0, 2, Span(1, 1, 1, 3)),
        (2, 3, Span(1, 3, 2, 1)),
        (3, 3, Span(2, 1, 2, 1)),
        (4, 6, Span(3, 1, 3, 3)),
        (7, 7, Span(4, 1, 4, 1)),
    ],
)
def test_locates(start: int, end: int, span: Span) -> None:
    source, _ = from_text("🐙b\n\ncd\n")
    assert source is not None
    assert locate(source, start, end) == span


@settings(deadline=None)
@given(st.text(alphabet="ab\n\r\x0c\x85\u2028"), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    source, _ = from_text(f"x{text}")
    assert source is not None
    offset = data.draw(st.integers(0, len(source.text)))
    span = locate(source, offset, offset)
    lines_before = source.text.split("\n")[: span.line - 1]
    assert sum(len(line) + 1 for line in lines_before) + span.column - 1 == offset
