"""From the manuscript's text to the `Book`: parse once, resolve everything once.

Imports all parts of `reading`. `read` is the one way in; what it returns needs no second look: notes
are numbered, links have their targets, images are known, chapters are apart.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from octopub.diagnostics import Code, Diagnostic, Span, complain, has_errors, in_order
from octopub.model import Book, Chapter, Kind, Metadata, Numbering, Resource
from octopub.reading import attributes, frontmatter, identity, links, notes, spans, text
from octopub.reading.anchors import Anchors
from octopub.reading.images import Shelf
from octopub.reading.languages import direction, lookup
from octopub.reading.limits import USUAL
from octopub.reading.markdown import Markdown
from octopub.reading.pictures import RefusalError
from octopub.reading.scripts import unfit
from octopub.reading.source import from_text, locate
from octopub.reading.structure import Outline, inline, kind_of, level, parts, take_title
from octopub.reading.text import Setting
from octopub.reading.tree import grow
from octopub.reading.typography import apply, edits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Options, Source
    from octopub.reading.frontmatter import FrontMatter
    from octopub.reading.limits import Limits

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
    """No image outside this folder is read: the project's, or of a stranger's text the manuscript's own."""
    limits: Limits = USUAL
    epoch: int | None = None
    """`SOURCE_DATE_EPOCH`, seconds since 1970."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `Options` that win over the front matter."""


def read(
    source: Source, around: Surroundings, *, typeset: bool = True
) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    """Read a manuscript. The book is None where there are errors. Without `typeset`, its marks and spaces stay
    as they are typed: enough for one who only looks at its words."""
    front, found = frontmatter.read(source)
    if has_errors(found):
        return None, in_order(found)
    reading = _Reading(source, front, around, typeset=typeset)
    book = reading.book()
    diagnostics = in_order([*found, *reading.diagnostics])
    return (None if has_errors(diagnostics) else book), diagnostics


class _Reading:
    """One manuscript while it is read."""

    def __init__(
        self, source: Source, front: FrontMatter, around: Surroundings, *, typeset: bool
    ) -> None:
        self.source = source
        self.front = front
        self.around = around
        self.options: Options = dataclasses.replace(front.options, **around.options)
        self.lang = front.lang or "en"
        self.setting = Setting(self.lang, self.options.quotes) if typeset else None
        self.diagnostics: list[Diagnostic] = []
        self.parser = Markdown()
        self.shelf = Shelf(source.path, around.folder, around.root, around.limits)

    def complain(self, code: Code, span: Span | None, **fields: object) -> None:
        self.diagnostics.append(complain(code, span, self.source.path, **fields))

    def book(self) -> Book | None:
        """All steps in their order; each needs those before it."""
        found = text.parse(self.source, self.front.body, self.parser, self.setting)
        self.diagnostics += found.diagnostics
        if not found.is_whole:
            return None
        root = grow(found.tokens)
        title = take_title(root, self.front.title)
        metadata = self.metadata(title)
        kind = kind_of(root, self.options.kind)
        anchors = Anchors(self.source)
        nodes = [*(title.walk() if title else ()), *root.walk(include_self=False)]
        for node in nodes:
            if "id" in node.attrs:
                anchors.claim(node)
        if title:
            anchors.name_heading(title, metadata.title, None)
        outline = Outline(root, kind, anchors, self.source)
        self.diagnostics += notes.in_links(nodes, self.source)
        register = notes.Notes(nodes, self.source, anchors.unique)
        if not root.children:
            self.complain(Code.EMPTY, None)
            return None
        chapters = self.chapters(root, kind, outline, register, title)
        self.diagnostics += [*anchors.diagnostics, *outline.diagnostics, *register.diagnostics]
        self.judge_lang(nodes)
        self.name_figures(nodes, anchors)
        self.resolve(nodes, anchors, register.find)
        imprint = self.imprint(anchors)
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
            output_profile=self.output_profile(),
            anchors=dict(anchors.words),
            spans=self.front.spans,
            title=(title,) if title else (),
            imprint=imprint,
            standard=self.standard(),
            title_page=_or(self.options.title_page, not is_handout),
            contents=_or(self.options.contents, not is_handout and headings >= CONTENTS_FROM),
            colophon=_or(self.options.colophon, not is_handout or _has_colophon(metadata, self.options)),
        )

    def standard(self) -> Options | None:
        """Where it is large print, what the others' copies are set with: the paper that the front matter names."""
        if not self.options.large_print:
            return None
        own = self.front.options
        return dataclasses.replace(
            self.options, large_print=False, paper=own.paper, impose=own.impose, sheet=own.sheet
        )

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
            contributors=front.contributors,
            sort_names=front.sort_names,
            terms=front.terms,
            series=front.series,
            position=front.position,
            modified=identity.modified(front.date, self.options.modified, self.around.epoch),
        )

    def typeset(self, text: str) -> str:
        """A text of the metadata with the language's typography."""
        if self.setting is None:
            return text
        return apply(text, edits(text, lookup(self.setting.lang), self.setting.quotes))

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
        last = drafts[-1]
        last += register.rest(len(last) + 1 if afresh is Numbering.CHAPTER else number)
        chapters = []
        for index, (part, own) in enumerate(zip(divided, drafts, strict=True), 1):
            section = outline.sections[part.heading] if part.heading else None
            tops = section.under if section else outline.top(part.blocks)
            chapters.append(
                Chapter(
                    id=section.id if section else outline.unique(f"text-{index}"),
                    heading=section.finish(self.source) if section else None,
                    blocks=part.blocks,
                    sections=tuple(each.finish(self.source) for each in tops),
                    notes=register.finish(own),
                    span=spans.span(part.blocks[0], self.source),
                )
            )
        return tuple(chapters)

    def judge_lang(self, nodes: list[Node]) -> None:
        """Whether the text is written in a script of its language; said where that is named, or the text begins."""
        words = [node for node in nodes if node.type == "text"]
        if script := unfit((node.content for node in words), self.lang):
            at = words[0].meta["at"]
            place = self.front.spans.get("lang") or locate(self.source, at, at + 1)
            self.complain(Code.LANG_UNFIT, place, script=script, lang=self.lang)

    def name_figures(self, nodes: list[Node], anchors: Anchors) -> None:
        """A figure that can be linked to is named by its caption."""
        for node in nodes:
            if node.type == "figure" and "id" in node.attrs and len(node.children) > 1:
                anchors.words[str(node.attrs["id"])] = spans.words(inline(node.children[1]))

    def resolve(self, nodes: list[Node], anchors: Anchors, find_note: links.FindNote) -> None:
        """Links and images of the whole text, and attributes that mean nothing."""
        for node in nodes:
            if node.type == "link":
                self.diagnostics += self.link(node, anchors, find_note, self.source)
            elif node.type == "image":
                self.image(node)
            if node.attrs:
                self.diagnostics += attributes.judge(node, self.source)

    def link(self, node: Node, anchors: Anchors, find_note: links.FindNote, source: Source) -> list[Diagnostic]:
        """Mark a link's node with its target."""
        found = links.resolve(node, anchors.words, find_note, self.shelf.tell_gone, source)
        return [each for each in found if each.code.slug not in self.options.ignore]

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
        resource, found = self.shelf.load(
            self.front.cover_image, self.front.spans["cover-image"], listed=False
        )
        self.diagnostics += found
        return resource

    def output_profile(self) -> bytes | None:
        """The ICC profile that the front matter names."""
        path = self.front.options.output_profile
        if not path:
            return None
        try:
            return self.shelf.content(path)
        except RefusalError as refusal:
            self.complain(Code.PROFILE_UNFIT, self.front.spans["octopub.output-profile"], reason=refusal.reason)
            return None

    def imprint(self, anchors: Anchors) -> tuple[Node, ...]:
        """`octopub.imprint`, read as a text of its own. Whatever is wrong in it is wrong where it stands in
        the front matter."""
        source, found = from_text(self.options.imprint or "", self.source.path)
        if source is None:
            return ()
        place = self.front.spans.get("octopub.imprint")
        at = self.source.lines[place.line - 1] + place.column - 1 if place else 0
        read = text.parse(source, 0, self.parser, self.setting)
        root = grow(read.tokens if read.is_whole else [])
        nodes = list(root.walk(include_self=False))
        found = (*found, *read.diagnostics, *notes.forbidden(nodes, source))
        for node in nodes:
            if node.type == "link":
                found += tuple(self.link(node, anchors, lambda _: None, source))
            elif node.type == "heading":
                node.meta.update(rank=max(2, level(node)), inner=True)
            node.meta["at"] = at
            if node.type == "image":
                self.image(node)
        self.diagnostics += [dataclasses.replace(each, span=place) for each in found]
        return tuple(root.children)


def _or(wanted: bool | None, otherwise: bool) -> bool:
    return otherwise if wanted is None else wanted


def _has_colophon(metadata: Metadata, options: Options) -> bool:
    """Whether the metadata has anything to say in a colophon."""
    return any(
        (metadata.publisher, metadata.edition, metadata.translators, metadata.isbn, metadata.rights)
    ) or any((options.url, options.imprint))


__all__ = ["Surroundings", "read"]
