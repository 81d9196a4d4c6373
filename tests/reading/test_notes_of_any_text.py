"""Notes of manuscripts that are made up: none is lost, and the numbers are in order."""

from collections.abc import Iterable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode as Node

from octopub.markup import pages, words, xhtml
from octopub.markup.scribe import Setting
from octopub.model import Book, NotesPlace, Target
from octopub.reading.book import Surroundings, read
from octopub.reading.source import from_text
from tests.tools import words as word_list

SHAPES = (
    "{}",
    "# {}",
    "## {}",
    "> {}",
    "- {}",
    "| {} |\n|---|\n| x |",
    "{}\n: x",
    "{{.verse}}\n> {}",
    "| {}",
)


@st.composite
def manuscripts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text whose notes are called in any order, from anywhere, any number of times, or never; and all its
    words, each of which stands in it once."""
    labels = [f"n{index}" for index in range(draw(st.integers(0, 6)))]
    content: list[str] = []

    def words(nesting: int = 2) -> str:
        pieces = []
        for _ in range(draw(st.integers(1, 4))):
            content.append(f"w{len(content)}")
            piece = content[-1]
            match draw(st.sampled_from(["plain", "plain", "call", "inline", "emphasis"])):
                case "call" if labels:
                    piece += f"[^{draw(st.sampled_from(labels))}]"
                case "inline" if nesting:
                    piece += f"^[{words(nesting - 1)}]"
                case "emphasis":
                    piece = f"*{piece}*"
            pieces.append(piece)
        return " ".join(pieces)

    blocks = [draw(st.sampled_from(SHAPES)).format(words()) for _ in range(draw(st.integers(1, 6)))]
    for label in labels:
        definition = f"[^{label}]: {words()}"
        if draw(st.booleans()):
            definition += f"\n\n    - {words()}\n\n    {words()}"
        blocks.insert(draw(st.integers(0, len(blocks))), definition)
    return "\n\n".join(["Opening.", *blocks]) + "\n", content


@given(manuscripts(), st.sampled_from(["chapter", "book"]))
@settings(max_examples=150, deadline=None)
def test_every_note_is_kept_and_numbered_in_the_order_of_first_calls(
    made: tuple[str, list[str]], numbering: str
) -> None:
    text, content = made
    source, _ = from_text(f"---\ntitle: T\noctopub: {{notes: {{numbering: {numbering}}}}}\n---\n{text}")
    assert source is not None
    book, said = read(source, Surroundings())
    assert book is not None and {each.code.slug for each in said} <= {"note-uncalled", "note-ambiguous"}
    for target in Target:
        assert sorted(word for word in all_words(book, target) if word.startswith("w")) == sorted(content)
    number = 0
    seen: set[str] = set()
    for chapter in book.chapters:
        number = number if numbering == "book" else 0
        called = [note for note in chapter.notes if note.number]
        first_called = list(first_calls(chapter.blocks, book, seen))
        assert [note.id for note in called][: len(first_called)] == first_called
        assert [note.number for note in called] == list(range(number + 1, number + len(called) + 1))
        number += len(called)
        # What the text does not reach stands behind, in the last chapter.
        assert chapter is book.chapters[-1] or len(chapter.notes) == len(first_called)


def all_words(book: Book, target: Target) -> list[str]:
    """The words of the e-book or of the printed one: those of the book, and octopub's own."""
    setting = Setting(
        book=book,
        target=target,
        words=words.lookup("en"),
        notes=NotesPlace.CHAPTER if target is Target.EPUB else NotesPlace.PAGE,
        address=lambda anchor: f"#{anchor}",
        source=lambda resource: resource.name,
    )
    parts = [pages.masthead(setting), *(xhtml.chapter(chapter, setting) for chapter in book.chapters)]
    return [word for part in parts for text in part.itertext() for word in word_list(str(text))]


def first_calls(nodes: Iterable[Node], book: Book, seen: set[str]) -> Iterator[str]:
    """The anchors of the notes that are called here and were not called before, each followed by those that
    it calls."""
    for node in nodes:
        if "call" not in node.meta:
            yield from first_calls(node.children, book, seen)
        elif node.meta["note"] not in seen:
            (note,) = (note for note in book.notes if note.id == node.meta["note"])
            seen.add(note.id)
            yield note.id
            yield from first_calls(note.blocks, book, seen)
