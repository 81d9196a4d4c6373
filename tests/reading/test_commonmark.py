"""CommonMark: every example of its specification, and input that is nested or repeated beyond reason."""

import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt, helpers

from octopub.diagnostics import Diagnostic
from octopub.markup import pages, words, xhtml
from octopub.markup.scribe import Setting
from octopub.model import Book, NotesPlace, Target
from octopub.reading.book import Surroundings, read
from octopub.reading.parsers import SpannedBlock, SpannedInline, link_label
from octopub.reading.source import from_text
from tests.tools import commonmark_examples, needs_tool
from tests.tools import words as word_list

UNFINISHED = "a block of HTML that is no HTML: text here"
IN_HTML = "Markdown within a block of HTML is Markdown here"

OTHERWISE = {
    156: UNFINISHED,
    157: UNFINISHED,
    158: UNFINISHED,
    161: IN_HTML,
    173: "what lies in an unfinished <style> is text here; a browser hides it",
    180: "an instruction over several paragraphs: text here",
    182: "a CDATA section over several paragraphs: text here",
}
"""The examples that say something else here, by number, with the reason."""

TITLE = "# A title line\n\n"


def read_text(text: str) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    source, said = from_text(text, "a.md")
    return (None, said) if source is None else read(source, Surroundings())


def written(book: Book, target: Target) -> bytes:
    """The book's markup, title and all, in one document."""
    setting = Setting(
        book=book,
        target=target,
        words=words.lookup("en"),
        notes=NotesPlace.CHAPTER if target is Target.EPUB else NotesPlace.PAGE,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
    )
    root = etree.Element("body")
    if book.title:
        root.append(pages.masthead(setting))
    root.extend(xhtml.chapter(chapter, setting) for chapter in book.chapters)
    return etree.tostring(root)


def letters(markup: etree._Element | str) -> str:
    """The words of markup, run together."""
    text = markup if isinstance(markup, str) else "".join(map(str, markup.itertext()))
    return "".join(word_list(text))


@pytest.mark.parametrize("before", ["", TITLE], ids=["alone", "with a title"])
def test_every_example_is_wellformed_and_keeps_its_words_or_is_complained_about(before: str) -> None:
    wrong: dict[int, tuple[str, str]] = {}
    books = 0
    for example in commonmark_examples():
        book, said = read_text(before + example.markdown)
        if book is None:
            assert any(each.severity == "error" for each in said), example
            continue
        books += 1
        etree.fromstring(written(book, Target.PRINT))
        seen = letters(etree.fromstring(written(book, Target.EPUB)))
        expected = letters(TITLE if before else "") + letters(html.fragment_fromstring(example.html, "div"))
        if seen != expected:
            wrong[example.number] = (seen, expected)
    assert wrong.keys() == OTHERWISE.keys(), {key: wrong[key] for key in wrong.keys() - OTHERWISE.keys()}
    assert books > 550


# -- what the parsers of octopub add changes nothing -------------------------------------------------------


def plain() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def spanned() -> MarkdownIt:
    """markdown-it with octopub's parsers, and none of its rules."""
    parser = MarkdownIt("commonmark")
    parser.inline, parser.block = SpannedInline(), SpannedBlock()
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]  # theirs is the module
        parseLinkLabel=link_label,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    return parser.configure("commonmark").enable(["table", "strikethrough"])


def test_the_parsers_read_the_examples_as_markdown_it_does() -> None:
    theirs, ours = plain(), spanned()
    for example in commonmark_examples():
        assert ours.render(example.markdown) == theirs.render(example.markdown)


PIECES = ["[", "]", "(", ")", "!", "![", "](u)", "][x]", "\n[x]: u\n\n", "`", "*", "_", "**", "<", ">", "\\"]
PIECES += ["a", "b ", "\n", '"', "&amp;", "- ", "> ", "    ", "|", "~~"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_parsers_read_any_text_as_markdown_it_does(text: str) -> None:
    assert spanned().render(text) == plain().render(text)


# -- beyond reason -------------------------------------------------------------------------------------------


def lists(depth: int) -> str:
    return "".join(f"{'  ' * level}- item {level}\n" for level in range(depth))


DEEP = {
    "9 lists": (lists(9), None),
    "10 lists": (lists(10), None),
    "30 lists": (lists(30), None),
    "60 lists": (lists(60), "51:99: too-deep"),
    "120 lists": (lists(120), "51:99: too-deep"),
    "90 quotations": (">" * 90 + " a", None),
    "1000 quotations": (">" * 1000 + " a", "3:99: too-deep"),
    "40 emphases": ("*a " * 40 + "a* " * 40, None),
    "1000 emphases": ("*a " * 1000 + "a* " * 1000, "3:289: too-deep"),
    "90 notes": ("a^[" * 90 + "a" + "]" * 90, None),
    "97 notes": ("a^[" * 97 + "a" + "]" * 97, "3:292: too-deep"),
    "120 notes": ("a^[" * 120 + "a" + "]" * 120, "3:2: note-malformed"),
    "90 words": ("[a" * 90 + "]{.b}" * 90, None),
    "1000 words": ("[a" * 1000 + "]{.b}" * 1000, None),
    "1000 brackets": ("[" * 1000 + "a" + "]" * 1000, None),
    "90 images": ("![a" * 90 + "](b)" * 90, "3:1: image-missing"),
    "200 images": ("![a" * 200 + "](b)" * 200, "3:594: too-deep"),
    "90 tags": ("<sub>a" * 90 + "</sub>" * 90, None),
    "10,000 tags": ("<sub>" * 10_000 + "a" + "</sub>" * 10_000, "3:481: too-deep"),
    "tags in quotations": ("> " * 60 + "<sub>" * 60 + "a" + "</sub>" * 60, "3:301: too-deep"),
    "quotations, lists and notes": ("> " * 40 + "- " * 20 + "^[a " * 40 + "]" * 40, "3:187: too-deep"),
}
"""Each with the place of its first error and what it is, or None where all of it is kept."""


@pytest.mark.parametrize(("text", "error"), DEEP.values(), ids=DEEP)
def test_deep_nesting_is_kept_or_is_an_error_at_its_place(text: str, error: str | None) -> None:
    book, said = read_text(TITLE + text)
    errors = [each for each in said if each.severity == "error"]
    if book is None:
        assert errors[0].span is not None
        assert f"{errors[0].span.line}:{errors[0].span.column}: {errors[0].code.slug}" == error
    else:
        assert error is None and errors == []
        seen = letters(etree.fromstring(written(book, Target.EPUB)))
        assert seen.count("a") >= text.count("a")
        etree.fromstring(written(book, Target.PRINT))


SIZE = 12_000
"""Letters of each repetition: what takes quadratic time in Python takes ten seconds for them and more."""

REPEATED = """
[ ] ![ [a](b [a][ [[ [^ ^[ ^[a] [^1] [@a [@ { {.a [a]{ [a]{.b [a]{b=" {a=' {: * ** _ *_ *a* **a_*b ~~a `a ``` <a <a_b="
<i> <!-- <!--\n <? <![CDATA[ &amp; \\* $a $a$b " ' "' -- ... 1-2_ a@b a.b http://a www. | |a |a|\n a| >a\n -_ #_ #_a\n
:::\n +-- - --- (" a\n a\n\n a\n: {.a}\n [a]:_b\n [^1]:_a\n ```\n a\n---\n <!--_a_-->\n ![a](b_"c")\n\n |_a\n
""".split()
"""What a hostile text repeats, one underscore for a space."""


@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_takes_a_reasonable_time(piece: str) -> None:
    piece = piece.replace("\\n", "\n").replace("_", " ")
    text = TITLE + "a " + piece * (SIZE // len(piece))
    before = time.process_time()
    book, _ = read_text(text)
    if book:
        for target in Target:
            written(book, target)
    assert time.process_time() - before < 4


def test_the_examples_are_there() -> None:
    needs_tool("commonmark-spec")
    assert len(commonmark_examples()) > 600
