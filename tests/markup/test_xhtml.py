"""Node → element: every node has its renderer, and what is written can be traced."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pytest
from lxml import etree
from markdown_it.tree import SyntaxTreeNode as Node

from octopub.markup import blocks, inline, notes, pages, verse, words, xhtml
from octopub.markup.scribe import INLINE, XHTML, Scribe, Setting, Stream, letters
from octopub.markup.table import RENDERERS
from octopub.model import Book, NotesPlace, Target
from octopub.reading.book import Surroundings, read
from octopub.reading.markdown import Markdown
from octopub.reading.source import decode
from tests.tools import ROOT

GOLDEN = ROOT / "tests/golden"

LINE = INLINE | {"sub", "sup", "bdi", "bdo"}
"""Elements within a line."""

NEVER_WRITTEN = {
    "footnote_reference": "a definition: taken out of the text, its blocks are a note's",
    "html_inline": "settled by reading.raw",
}
"""Nodes of the parser's tree that no book has, with the reason."""

RULES = {
    # Rules of blocks → what they push.
    "table": {"table", "thead", "tbody", "tr", "th", "td", "inline"},
    "code": {"code_block"},
    "fence": {"fence"},
    "blockquote": {"blockquote"},
    "hr": {"hr"},
    "list": {"bullet_list", "ordered_list", "list_item"},
    "footnote_def": {"footnote_reference"},
    "reference": set(),
    "heading": {"heading"},
    "lheading": {"heading"},
    "deflist": {"dl", "dt", "dd"},
    "attributes": set(),
    "line_block": {"verse", "stanza", "verse_line"},
    "comment": set(),
    "paragraph": {"paragraph"},
    # Rules of lines.
    "text": {"text"},
    "newline": {"softbreak", "hardbreak"},
    "escape": {"text_special", "hardbreak"},
    "backticks": {"code_inline"},
    "strikethrough": {"s"},
    "emphasis": {"em", "strong"},
    "link": {"link"},
    "image": {"image"},
    "note_inline": {"note_inline"},
    "footnote_ref": {"footnote_ref"},
    "span": {"span"},
    "autolink": {"link"},
    "html_inline": {"html_inline"},
    "entity": {"text_special"},
}
"""Every rule of the parser, and the nodes that come of it."""

MADE_LATER = {"figure", "caption", "raw"}
"""Nodes that `reading` makes of the parser's."""


def read_golden(name: str) -> Book:
    folder = GOLDEN / name
    source, _ = decode((folder / "manuscript.md").read_bytes(), f"{name}.md")
    assert source is not None
    book, said = read(source, Surroundings(folder=folder, root=folder))
    assert book is not None, said
    return book


BOOKS = {
    path.parent.name: read_golden(path.parent.name)
    for path in sorted(GOLDEN.glob("*/manuscript.md"))
    if not path.parent.name.endswith("-faulty")
}


def setting(
    book: Book,
    target: Target = Target.PRINT,
    page: Callable[[str], str | None] = lambda _: None,
    named: Mapping[int, str] = MappingProxyType({}),
) -> Setting:
    return Setting(
        book=book,
        target=target,
        words=words.lookup("en"),
        notes=NotesPlace.PAGE if target is Target.PRINT else NotesPlace.CHAPTER,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
        page=page,
        named=named,
    )


def nodes(book: Book) -> Iterator[Node]:
    chapters = [block for chapter in book.chapters for block in chapter.blocks]
    for block in (*book.title, *chapters, *(block for note in book.notes for block in note.blocks)):
        yield from block.walk()


# -- the table ----------------------------------------------------------------------------------------------


def test_the_rules_are_those_of_the_parser() -> None:
    parser = Markdown()
    rules = {*parser.block.ruler.get_active_rules(), *parser.inline.ruler.get_active_rules()}
    assert rules == RULES.keys()


def test_every_node_has_a_renderer_and_every_renderer_a_node() -> None:
    assert {*RENDERERS, *NEVER_WRITTEN} == set().union(*RULES.values()) | MADE_LATER


def test_the_golden_manuscripts_have_them_all() -> None:
    seen = {node.type for book in BOOKS.values() for node in nodes(book)}
    assert seen - {"root"} == RENDERERS.keys()


def test_the_table_is_filled_by_its_modules() -> None:
    modules = {function.__module__ for function in RENDERERS.values()}
    assert modules == {module.__name__ for module in (blocks, inline, notes, verse)}


# -- what is written -----------------------------------------------------------------------------------------


def printed(book: Book) -> tuple[list[etree._Element], list[Stream]]:
    """The book's pages as they are printed, and their streams."""
    streams: list[Stream] = []
    made = [pages.title_page(setting(book), streams), pages.contents(setting(book), streams)]
    made += [xhtml.chapter(chapter, setting(book), streams) for chapter in book.chapters]
    return [*made, pages.colophon(setting(book), streams)], streams


@pytest.mark.parametrize("name", BOOKS)
def test_streams_say_what_their_elements_say(name: str) -> None:
    made, streams = printed(BOOKS[name])
    keyed = {
        element.get("data-k"): element for root in made for element in root.iter() if element.get("data-k")
    }
    assert [stream.key for stream in streams] == list(range(len(streams)))
    assert keyed.keys() == {str(stream.key) for stream in streams}
    for stream in streams:
        assert stream.text == letters(own_text(keyed[str(stream.key)]))
        assert stream.length == len(stream.text)


def own_text(element: etree._Element) -> str:
    """The text of an element without that of blocks in it, and without page numbers."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in LINE and not (child.get("data-k") or child.get("data-page")):
            pieces.append(own_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


@pytest.mark.parametrize("name", BOOKS)
def test_all_text_of_the_printed_book_is_in_a_stream(name: str) -> None:
    made, streams = printed(BOOKS[name])
    everything = "".join(str(text) for root in made for text in root.itertext())
    assert sorted(letters(everything)) == sorted("".join(stream.text for stream in streams))


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("target", Target)
def test_anchors_are_unique_and_every_link_leads_to_one(name: str, target: Target) -> None:
    book = BOOKS[name]
    where = setting(book, target)
    made = [pages.title_page(where), *(xhtml.chapter(chapter, where) for chapter in book.chapters)]
    made.append(pages.colophon(where))
    ids = [element.get("id") for root in made for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {
        element.get("href", "") for root in made for element in root.iter() if "href" in element.attrib
    }
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_a_note_belongs_to_its_flow_wherever_it_is_called() -> None:
    book = BOOKS["notes"]
    streams: list[Stream] = []
    xhtml.chapter(book.chapters[0], setting(book), streams)
    flows = {stream.flow for stream in streams}
    assert flows == {"", *(note.id for note in book.notes)}


def book_of(markup: str) -> Book:
    source, _ = decode(f"---\ntitle: T\n---\n{markup}".encode(), "a.md")
    assert source is not None
    book, said = read(source, Surroundings())
    assert book is not None, said
    return book


def first_block(where: Setting) -> tuple[str, Stream]:
    """The first block of a book, as it is written for print, and its stream."""
    streams: list[Stream] = []
    made = xhtml.chapter(where.book.chapters[0], where, streams)
    return etree.tostring(made[0], encoding="unicode"), streams[0]


def test_a_reference_has_the_number_of_its_page_where_it_is_known() -> None:
    book = book_of("[see page](#b){.page}\n\n## B\n")
    written, stream = first_block(setting(book, page=lambda anchor: f"1{anchor}"))
    assert written == (
        '<p data-k="0"><a class="page-reference" href="#b">see page\u00a0'
        '<span class="page" data-page="b">1b</span></a></p>'
    )
    # Layout may still put in another number, so it is none of the block's letters.
    assert stream.text == "seepage"
    assert (
        first_block(setting(book))[0] == '<p data-k="0"><a class="page-reference" href="#b">see page</a></p>'
    )


def test_a_character_that_no_face_has_is_named() -> None:
    where = setting(book_of("One 🐙 two."), named={ord("🐙"): "[U+1F419]"})
    written, stream = first_block(where)
    assert written == '<p data-k="0">One [U+1F419] two.</p>' and stream.text == "One[U+1F419]two."


def test_the_space_before_an_inline_element_stands_in_it_in_print() -> None:
    """WeasyPrint breaks the line wrongly before it (see Scribe._take_space)."""
    written, _ = first_block(setting(book_of("A *b* c `d`")))
    assert written == '<p data-k="0">A<em> b</em> c<code> d</code></p>'


def test_the_e_book_has_its_language_twice_and_no_key() -> None:
    book = book_of("[a]{lang=fr} b")
    made = xhtml.chapter(book.chapters[0], setting(book, Target.EPUB))
    written = re.sub(r' xmlns(:epub)?="[^"]+"', "", etree.tostring(made[0], encoding="unicode"))
    assert written == '<p><span lang="fr" xml:lang="fr">a</span> b</p>'


# -- the scribe ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", Target)
def test_text_goes_where_it_was_added(target: Target) -> None:
    scribe = Scribe(setting(BOOKS["kind-handout"], target))
    with scribe.element("p") as element:
        scribe.text("a ")
        scribe.text("b")
        with scribe.element("em"):
            scribe.text("c")
            scribe.add("br")
            scribe.text("d")
        scribe.text("e")
        scribe.text("")
        scribe.add("img")
        scribe.text("f")
    written = etree.tostring(element).decode().replace(f' xmlns="{XHTML}"', "")
    assert re.sub(r' xmlns:epub="[^"]+"', "", written) == "<p>a b<em>c<br/>d</em>e<img/>f</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two  words\n", "twowords"),
        ("soft\u00adhyphen\u200bbreak\u2060joiner", "softhyphenbreakjoiner"),
        ("no\u00a0break\u202fspaces\u2009", "nobreakspaces"),
        (" \n", ""),
    ],
)
def test_letters(text: str, expected: str) -> None:
    assert letters(text) == expected
