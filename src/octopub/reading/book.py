"""From the manuscript's text to the `Book`: parse once, resolve everything once.

Imports all parts of `reading`. `read` is the one way in; what it returns needs no second look: notes
are numbered, links have their targets, images are known, chapters are apart.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode

from octopub.diagnostics import Code, Diagnostic, Span, complain, has_errors, in_order
from octopub.model import Book, Chapter, Kind, Metadata, NotesPlace, Numbering, Resource
from octopub.reading import attributes, dialects, figures, frontmatter, identity, links, notes, raw, spans
from octopub.reading.anchors import Anchors
from octopub.reading.images import Shelf
from octopub.reading.languages import direction, lookup
from octopub.reading.markdown import Markdown
from octopub.reading.source import locate
from octopub.reading.structure import Outline, inline, kind_of, parts, take_title
from octopub.reading.typesetting import set_type
from octopub.reading.typography import apply, edits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from markdown_it.token import Token

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Options, Source
    from octopub.reading.frontmatter import FrontMatter

CONTENTS_FROM = 3
"""A text with fewer headings has no printed table of contents."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the manuscript's text does not say itself."""

    name: str = "untitled"
    """Stands in for a missing title."""
    folder: Path | None = None
    """Where the paths of images count from."""
    root: Path | None = None
    """The project folder: no image outside it is read."""
    epoch: int | None = None
    """`SOURCE_DATE_EPOCH`, seconds since 1970."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `Options` that win over the front matter."""


def read(source: Source, around: Surroundings) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    """Read a manuscript. The book is None where there are errors."""
    front, found = frontmatter.read(source)
    if has_errors(found):
        return None, in_order(found)
    reading = _Reading(source, front, around)
    book = reading.book()
    diagnostics = in_order([*found, *reading.diagnostics])
    return (None if has_errors(diagnostics) else book), diagnostics


class _Reading:
    """One manuscript while it is read."""

    def __init__(self, source: Source, front: FrontMatter, around: Surroundings) -> None:
        self.source = source
        self.front = front
        self.around = around
        self.options: Options = dataclasses.replace(front.options, **around.options)
        self.lang = front.lang or "en"
        self.diagnostics: list[Diagnostic] = []
        self.parser = Markdown()
        self.shelf = Shelf(source.path, around.folder, around.root)

    def complain(self, code: Code, span: Span | None, **fields: object) -> None:
        self.diagnostics.append(complain(code, span, self.source.path, **fields))

    def book(self) -> Book | None:
        """All steps in their order; each needs those before it."""
        tokens = self.tokens(self.front.body)
        if tokens is None:
            return None
        root = SyntaxTreeNode(tokens)
        title_heading = take_title(root, self.front.title)
        metadata = self.metadata(title_heading)
        kind = kind_of(root, self.options.kind)
        anchors = Anchors(self.source)
        nodes = list(root.walk(include_self=False))
        if title_heading:
            nodes += title_heading.walk()
        for node in nodes:
            anchors.claim(node)
        outline = Outline(root, kind, anchors, self.source)
        self.diagnostics += notes.in_links(root, self.source)
        register = notes.Notes(root, self.source, anchors.unique)
        if not root.children:
            self.complain(Code.EMPTY, None)
            return None
        chapters = self.chapters(root, kind, outline, register, title_heading)
        self.diagnostics += [*anchors.diagnostics, *outline.diagnostics, *register.diagnostics]
        self.name_figures(nodes, anchors)
        self.resolve(nodes, anchors, register)
        imprint = self.imprint()
        headings = len(outline.sections)
        is_handout = kind is Kind.HANDOUT
        return Book(
            source=self.source,
            metadata=metadata,
            options=self.options,
            kind=kind,
            direction=direction(self.lang),
            chapters=chapters,
            notes=tuple(note for chapter in chapters for note in chapter.notes),
            resources=self.shelf.resources,
            cover=self.cover(),
            anchors=dict(anchors.words),
            spans=self.front.spans,
            title=tuple(inline(title_heading)) if title_heading else (),
            imprint=imprint,
            title_page=_or(self.options.title_page, not is_handout),
            contents=_or(self.options.contents, not is_handout and headings >= CONTENTS_FROM),
            colophon=_or(self.options.colophon, not is_handout or _has_colophon(metadata, self.options)),
        )

    def tokens(self, body: int) -> list[Token] | None:
        """The manuscript's tokens with their places, raw HTML settled, figures formed and the
        typography of the language applied. None where it is nested too deep."""
        env: dict[str, Any] = {}
        # The front matter's lines stay, empty: so block lines are lines of the file.
        blank = "\n" * self.source.text.count("\n", 0, body)
        tokens = self.parser.parse(blank + self.source.text[body:], env)
        spans.place(tokens, self.source)
        if deep := spans.too_deep(tokens, self.source):
            self.diagnostics += deep
            return None
        tokens = figures.form(tokens, self.parser, env, self.source)
        languages = [self.lang]
        for token in tokens:
            if token.nesting > 0:
                languages.append(str(token.attrs.get("lang", languages[-1])))
            elif token.nesting < 0:
                languages.pop()
            elif token.type == "inline":
                self.settle(token, languages[-1])
        return tokens

    def settle(self, token: Token, lang: str) -> None:
        """Judge and finish the text of one block."""
        children = token.children = token.children or []
        self.diagnostics += notes.malformed(token, self.source)
        self.diagnostics += dialects.judge(token, self.source)
        self.diagnostics += raw.settle(children, self.source)
        for child in children:
            if child.type == "note_inline" and child.children:
                self.diagnostics += raw.settle(child.children, self.source)
        set_type(children, lang, self.options.quotes)

    def metadata(self, title_heading: Node | None) -> Metadata:
        """The metadata, complete: title, identity and date made where they are not given."""
        front = self.front
        title = front.title
        if title is None and title_heading:
            title = " ".join(spans.words(inline(title_heading)).split())
        if not title:
            title = self.around.name
            self.complain(Code.TITLE_MISSING, None, title=title)
        identifier = front.identifier or identity.identifier(title, front.subtitle, front.authors, self.lang)
        return Metadata(
            title=self.typeset(title),
            lang=self.lang,
            subtitle=self.typeset(front.subtitle) if front.subtitle else None,
            authors=front.authors,
            date=front.date,
            publisher=front.publisher,
            rights=front.rights,
            description=self.typeset(front.description) if front.description else None,
            subjects=front.subjects,
            identifier=identifier,
            isbn=front.isbn,
            edition=front.edition,
            translators=front.translators,
            modified=identity.modified(front.date, self.options.modified, self.around.epoch),
        )

    def typeset(self, text: str) -> str:
        """A text of the metadata with the language's typography."""
        return apply(text, edits(text, lookup(self.lang), self.options.quotes))

    def chapters(
        self, root: Node, kind: Kind, outline: Outline, register: notes.Notes, title_heading: Node | None
    ) -> tuple[Chapter, ...]:
        """The chapters, with their notes numbered: through the text, or afresh in each."""
        divided = parts(root, kind)
        afresh = self.options.notes_numbering
        if afresh is None:
            afresh = Numbering.CHAPTER if kind is Kind.BOOK else Numbering.BOOK
        drafts: list[list[notes.Draft]] = []
        number = 1
        for index, part in enumerate(divided):
            before = [title_heading] if title_heading and index == 0 else []
            drafts.append(register.number([*before, *part.blocks], number))
            number = 1 if afresh is Numbering.CHAPTER else number + len(drafts[-1])
        uncalled = register.uncalled()
        blocks = [block for draft in uncalled for block in draft.blocks]
        drafts[-1] += register.number(blocks, len(drafts[-1]) + 1 if afresh is Numbering.CHAPTER else number)
        drafts[-1] += uncalled
        chapters = []
        for index, (part, own) in enumerate(zip(divided, drafts, strict=True), 1):
            section = outline.sections[part.heading] if part.heading else None
            tops = section.under if section else outline.top(part.blocks)
            chapters.append(
                Chapter(
                    id=section.id if section else f"text-{index}",
                    heading=section.finish(self.source) if section else None,
                    blocks=part.blocks,
                    sections=tuple(each.finish(self.source) for each in tops),
                    notes=register.finish(own),
                    span=spans.span(part.blocks[0], self.source),
                )
            )
        return tuple(chapters)

    def name_figures(self, nodes: list[Node], anchors: Anchors) -> None:
        """A figure that can be linked to is named by its caption."""
        for node in nodes:
            if node.type == "figure" and "id" in node.attrs and len(node.children) > 1:
                anchors.words[str(node.attrs["id"])] = spans.words(inline(node.children[1]))

    def resolve(self, nodes: list[Node], anchors: Anchors, register: notes.Notes) -> None:
        """Links and images of the whole text, and attributes that mean nothing."""
        for node in nodes:
            if node.type == "link":
                self.diagnostics += links.resolve(node, anchors.words, register.find, self.source)
            elif node.type == "image":
                self.image(node)
            if node.attrs:
                self.diagnostics += attributes.judge(node, self.source)

    def image(self, node: Node) -> None:
        """Find the image a node names, and mark the node with it."""
        place = locate(self.source, node.meta["at"], node.meta["at"] + 2)
        path = str(node.attrs.get("src", ""))
        resource, found = self.shelf.load(path, place)
        self.diagnostics += found
        node.meta["resource"] = resource
        node.meta["alt"] = spans.words(node.children).strip()
        carrier = node.parent if node.parent is not None and node.parent.type == "figure" else node
        classes = str(carrier.attrs.get("class", "")).split()
        if not node.meta["alt"] and "decorative" not in classes:
            self.complain(Code.IMAGE_NO_ALT, place, path=path)

    def cover(self) -> Resource | None:
        """The cover image that the front matter names."""
        if not self.front.cover_image:
            return None
        resource, found = self.shelf.load(self.front.cover_image, self.front.spans["cover-image"], listed=False)
        self.diagnostics += found
        return resource

    def imprint(self) -> tuple[Node, ...]:
        """`octopub.imprint`, read as Markdown of its own: it calls no notes."""
        if not self.options.imprint:
            return ()
        tokens = self.parser.parse(self.options.imprint, {})
        place = self.front.spans.get("octopub.imprint")
        at = self.source.lines[place.line - 1] + place.column - 1 if place else 0
        for token in tokens:
            token.meta["at"] = at
            for child in token.children or ():
                child.meta["at"] = at
            if token.children:
                raw.settle(token.children, self.source)
                set_type(token.children, self.lang, self.options.quotes)
        root = SyntaxTreeNode(tokens)
        for node in root.walk(include_self=False):
            if node.type == "link":
                self.diagnostics += links.resolve(node, {}, lambda _: None, self.source)
            elif node.type == "footnote_ref":
                self.complain(Code.NOTE_UNDEFINED, place, label=node.meta["label"])
        return tuple(root.children)


def _or(wanted: bool | None, otherwise: bool) -> bool:
    return otherwise if wanted is None else wanted


def _has_colophon(metadata: Metadata, options: Options) -> bool:
    """Whether the metadata has anything to say in a colophon."""
    return any(
        (metadata.publisher, metadata.edition, metadata.translators, metadata.isbn, metadata.rights)
    ) or any((options.url, options.imprint))


__all__ = ["NotesPlace", "Surroundings", "read"]
