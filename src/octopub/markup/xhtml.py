"""Node → element, for either target: a table of small functions, one for each node type.

Imports `model`, `markup.scribe` and `markup.words`. It numbers nothing, resolves nothing and knows
no page: all that is in the nodes (`reading`) and in the `Setting`. A node type without a function is
an error in the test suite, not a fallback at run time.

`epub:type` and `role` follow EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.markup.scribe import Scribe, Setting, Stream
from octopub.model import NotesPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from octopub.markup.scribe import Element
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Chapter, Note

    Renderer = Callable[[Scribe, Node], None]
    Piece: TypeAlias = tuple[Node, "list[Piece] | None"]

RENDERERS: dict[str, Renderer] = {}

BACK = "↩\N{VARIATION SELECTOR-15}"
"""The sign behind a note that leads back; the selector keeps readers from drawing an emoji."""

DASHES = ("—", "–", "―", "-")
"""With one of these begins the source line of a quotation."""


def renders(*types: str) -> Callable[[Renderer], Renderer]:
    """Enter a function in the table."""

    def enter(function: Renderer) -> Renderer:
        RENDERERS.update(dict.fromkeys(types, function))
        return function

    return enter


def write(scribe: Scribe, nodes: Iterable[Node]) -> None:
    """Write the nodes into what is open."""
    for node in nodes:
        RENDERERS[node.type](scribe, node)


def chapter(
    chapter: Chapter,
    setting: Setting,
    streams: list[Stream] | None = None,
    *,
    begins: bool = True,
    with_notes: bool = True,
) -> Element:
    """A chapter's section with all it holds, its notes where they stand at its end. In print the streams
    of its blocks are added to `streams`.

    A chapter may stand in several files: `begins` and `with_notes` say which of its ends this is.
    """
    scribe = Scribe(setting, streams)
    kind = "chapter" if chapter.heading else "bodymatter" if len(setting.book.chapters) == 1 else "preamble"
    attributes = {
        "class": "chapter" if chapter.heading else "chapter opening",
        "id": None if chapter.heading or not begins else chapter.id,
        "epub:type": kind,
        "role": "doc-chapter" if chapter.heading else None,
    }
    with scribe.element("section", attributes) as section:
        write(scribe, chapter.blocks)
        if with_notes:
            notes_at_end(scribe, chapter)
    return section


def notes_at_end(scribe: Scribe, chapter: Chapter) -> None:
    """The notes that stand at the end of their chapter: all of them where notes print there, otherwise
    those that did not fit at the foot of their page and those that nothing calls."""
    setting, words = scribe.setting, scribe.setting.words
    called = [note for note in chapter.notes if note.number is not None]
    if setting.notes is NotesPlace.PAGE:
        called = [note for note in called if note.id in setting.moved]
    if setting.notes is not NotesPlace.BOOK:
        _notes_section(scribe, words.notes, called)
        _notes_section(scribe, words.further_notes, [note for note in chapter.notes if note.number is None])


def _notes_section(scribe: Scribe, heading: str, notes: Sequence[Note]) -> None:
    """A section of notes with its heading; nothing where there are none."""
    if not notes:
        return
    with scribe.element("section", {"class": "notes", "epub:type": "endnotes", "role": "doc-endnotes"}):
        with scribe.block("h2", {"class": "notes-title"}):
            scribe.text(heading)
        for note in notes:
            write_note(scribe, note)


def write_note(scribe: Scribe, note: Note) -> None:
    """A note: its number, which leads back to its first call, its text, and a way back to each call."""
    attributes = {"class": "note", "id": note.id, "epub:type": "footnote", "role": "doc-footnote"}
    with scribe.in_flow(note.id), scribe.element("div", attributes):
        first, *rest = note.blocks or (None,)
        if first is not None and first.type == "paragraph":
            with scribe.block("p", _common(first)):
                _number(scribe, note)
                write(scribe, _inline(first))
                if not rest:
                    _ways_back(scribe, note)
        else:
            # A note that begins with a list or a quotation has its number on a line of its own.
            if note.number is not None:
                with scribe.block("p", {"class": "note-head"}):
                    _number(scribe, note)
            rest = list(note.blocks)
        write(scribe, rest[:-1])
        if rest:
            _last_block(scribe, rest[-1], note)


def _last_block(scribe: Scribe, node: Node, note: Note) -> None:
    """A note's last block, with the ways back at the end of its last line if it is a paragraph."""
    if node.type == "paragraph" and not node.hidden:
        with scribe.block("p", _common(node)):
            write(scribe, _inline(node))
            _ways_back(scribe, note)
        return
    write(scribe, [node])
    if not scribe.is_print and note.calls:
        with scribe.block("p", {"class": "note-backs"}):
            _ways_back(scribe, note)


def _number(scribe: Scribe, note: Note) -> None:
    """The note's number: the first way back (Kindle wants it first)."""
    if note.number is None:
        return
    label = scribe.setting.words.back_to_text
    attributes = {
        "class": "note-number",
        "href": scribe.setting.address(note.calls[0]),
        "role": "doc-backlink",
        "epub:type": "backlink",
        "aria-label": None if scribe.is_print else f"{note.number}. {label}",
    }
    with scribe.element("a", attributes):
        scribe.text(str(note.number))
    scribe.text(" ")


def _ways_back(scribe: Scribe, note: Note) -> None:
    """In the e-book a sign behind the note for each of its calls."""
    if scribe.is_print:
        return
    for index, call in enumerate(note.calls, 1):
        label = scribe.setting.words.back_to_text
        if len(note.calls) > 1:
            label = f"{label} {index}"
        scribe.text("\N{NO-BREAK SPACE}")
        attributes = {
            "class": "note-back", "href": scribe.setting.address(call), "role": "doc-backlink", "aria-label": label,
        }  # fmt: skip
        with scribe.element("a", attributes):
            scribe.text(BACK)


# -- blocks -------------------------------------------------------------------------------------


def _common(node: Node, css_class: str = "") -> dict[str, str | None]:
    """The attributes that any node may carry."""
    classes = " ".join(filter(None, (css_class, str(node.attrs.get("class", "")))))
    found: dict[str, str | None] = {"class": classes or None}
    for name in ("id", "lang", "dir"):
        if name in node.attrs:
            found[name] = str(node.attrs[name])
    return found


def _classes(node: Node) -> list[str]:
    return str(node.attrs.get("class", "")).split()


def _inline(node: Node) -> Sequence[Node]:
    return node.children[0].children if node.children else ()


@renders("paragraph")
def _paragraph(scribe: Scribe, node: Node) -> None:
    if scribe.verse or "verse" in _classes(node):
        _verse_paragraph(scribe, node)
    elif node.hidden:
        # A tight list's item: its text stands directly in the item, which is the block.
        write(scribe, _inline(node))
    else:
        with scribe.block("p", _common(node)):
            write(scribe, _inline(node))


@renders("inline")
def _inline_text(scribe: Scribe, node: Node) -> None:
    write(scribe, node.children)


@renders("heading")
def _heading(scribe: Scribe, node: Node) -> None:
    rank = node.meta["rank"]
    css_class = "chapter-title" if rank == 1 else "inner" if node.meta.get("inner") else ""
    attributes = _common(node, css_class)
    if scribe.is_print:
        attributes["data-label"] = None if node.meta.get("inner") else _label(node)
    with scribe.block(f"h{rank}", attributes):
        write(scribe, _inline(node))


def _label(node: Node) -> str:
    """A heading's words for the bookmarks: without the calls in it."""
    words = []
    for child in node.walk():
        if child.type in ("footnote_ref", "note_inline") or _inside_call(child):
            continue
        if child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type in ("text", "text_special", "code_inline"):
            words.append(child.content)
    return " ".join("".join(words).split())


def _inside_call(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.type == "note_inline":
            return True
        parent = parent.parent
    return False


@renders("blockquote")
def _blockquote(scribe: Scribe, node: Node) -> None:
    classes = _classes(node)
    attributes = _common(node)
    if "epigraph" in classes:
        attributes |= {"epub:type": "epigraph", "role": "doc-epigraph"}
    outer = scribe.verse
    scribe.verse = outer or "verse" in classes
    with scribe.element("blockquote", attributes):
        *body, last = node.children or (None,)
        write(scribe, body)
        if last is not None and _is_source_line(last):
            with scribe.block("p", _common(last, "source")):
                write(scribe, _inline(last))
        elif last is not None:
            write(scribe, [last])
    scribe.verse = outer


def _is_source_line(node: Node) -> bool:
    """A last paragraph that begins with a dash names the quotation's source."""
    first = next(iter(_inline(node)), None) if node.type == "paragraph" else None
    return first is not None and first.type == "text" and first.content.startswith(DASHES)


@renders("bullet_list", "ordered_list")
def _list(scribe: Scribe, node: Node) -> None:
    attributes = _common(node)
    if node.type == "ordered_list" and node.attrs.get("start", 1) != 1:
        attributes["start"] = str(node.attrs["start"])
    with scribe.element("ol" if node.type == "ordered_list" else "ul", attributes):
        write(scribe, node.children)


@renders("list_item", "dd")
def _item(scribe: Scribe, node: Node) -> None:
    with scribe.block("dd" if node.type == "dd" else "li", _common(node)):
        write(scribe, node.children)


@renders("dl")
def _definitions(scribe: Scribe, node: Node) -> None:
    with scribe.element("dl", _common(node)):
        write(scribe, node.children)


@renders("dt")
def _term(scribe: Scribe, node: Node) -> None:
    with scribe.block("dt", _common(node)):
        write(scribe, node.children)


@renders("fence", "code_block")
def _code_block(scribe: Scribe, node: Node) -> None:
    with scribe.block("pre", _common(node)), scribe.element("code"):
        scribe.text(node.content.rstrip("\n"), node.meta.get("at"))


@renders("hr")
def _break(scribe: Scribe, node: Node) -> None:
    scribe.add("hr", _common(node))


@renders("figure")
def _figure(scribe: Scribe, node: Node) -> None:
    with scribe.element("figure", _common(node)):
        write(scribe, node.children)


@renders("caption")
def _caption(scribe: Scribe, node: Node) -> None:
    with scribe.block("figcaption", _common(node)):
        write(scribe, node.children)


# -- verse --------------------------------------------------------------------------------------


@renders("verse")
def _verse(scribe: Scribe, node: Node) -> None:
    with scribe.element("div", _common(node, "verse")):
        write(scribe, node.children)


@renders("stanza")
def _stanza(scribe: Scribe, node: Node) -> None:
    with scribe.element("p", _common(node, "stanza")):
        write(scribe, node.children)


@renders("verse_line")
def _verse_line(scribe: Scribe, node: Node) -> None:
    with scribe.block("span", {"class": "line"}):
        scribe.text("\N{NO-BREAK SPACE}" * int(node.meta.get("indent", 0)))
        write(scribe, node.children)


def _verse_paragraph(scribe: Scribe, node: Node) -> None:
    """A paragraph of a block that is marked as verse: each of its lines is a line."""
    with scribe.element("p", _common(node, "stanza")):
        for line in lines(_inline(node)):
            with scribe.block("span", {"class": "line"}):
                for piece in line:
                    _write_piece(scribe, piece)


def lines(nodes: Sequence[Node]) -> list[list[Piece]]:
    """Inline nodes, parted at their line breaks. Markup that goes over a break goes on behind it: a
    piece is a node, with the pieces of its children where it is parted."""
    parted: list[list[Piece]] = [[]]
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            parted.append([])
        elif node.children and node.type not in ("note_inline", "image"):
            inner = lines(node.children)
            parted[-1].append((node, inner[0]))
            parted += [[(node, rest)] for rest in inner[1:]]
        else:
            parted[-1].append((node, None))
    return parted


def _write_piece(scribe: Scribe, piece: Piece) -> None:
    node, inside = piece
    if inside is None:
        write(scribe, [node])
        return
    with scribe.element(INLINE_TAGS.get(node.type, "span"), _link_or_common(scribe, node)):
        for each in inside:
            _write_piece(scribe, each)


# -- tables -------------------------------------------------------------------------------------


@renders("table")
def _table(scribe: Scribe, node: Node) -> None:
    with scribe.element("div", {"class": "table"}), scribe.element("table", _common(node)):
        write(scribe, node.children)


@renders("thead", "tbody", "tr")
def _table_part(scribe: Scribe, node: Node) -> None:
    with scribe.element(node.type):
        write(scribe, node.children)


@renders("th", "td")
def _cell(scribe: Scribe, node: Node) -> None:
    align = str(node.attrs.get("style", "")).removeprefix("text-align:") or None
    # An empty head cell is no head (it would name nothing to a screen reader).
    is_head = node.type == "th" and any(child.children for child in node.children)
    with scribe.block("th" if is_head else "td", {"class": align, "scope": "col" if is_head else None}):
        write(scribe, node.children)


# -- inline -------------------------------------------------------------------------------------

INLINE_TAGS = {"em": "em", "strong": "strong", "s": "s", "span": "span", "link": "a"}


@renders("text", "text_special")
def _text(scribe: Scribe, node: Node) -> None:
    edits = node.meta.get("edits")
    if edits and scribe.is_print:
        _edited_text(scribe, node)
    else:
        scribe.text(node.content, node.meta.get("at"))


def _edited_text(scribe: Scribe, node: Node) -> None:
    """Text that the typography changed: each stretch between two edits has its own place."""
    origin, done, shift = node.meta["at"], 0, 0
    for edit in node.meta["edits"]:
        end = edit.end + shift + len(edit.replacement) - (edit.end - edit.start)
        scribe.text(node.content[done:end], origin + done - shift)
        shift += len(edit.replacement) - (edit.end - edit.start)
        done = end
    scribe.text(node.content[done:], origin + done - shift)


@renders("softbreak")
def _softbreak(scribe: Scribe, _: Node) -> None:
    scribe.text("\n")


@renders("hardbreak")
def _hardbreak(scribe: Scribe, _: Node) -> None:
    scribe.add("br")


@renders("code_inline")
def _code(scribe: Scribe, node: Node) -> None:
    with scribe.element("code", _common(node)):
        scribe.text(node.content, node.meta.get("at"))


@renders("em", "strong", "s", "span")
def _span(scribe: Scribe, node: Node) -> None:
    with scribe.element(INLINE_TAGS[node.type], _common(node)):
        write(scribe, node.children)


@renders("raw")
def _raw(scribe: Scribe, node: Node) -> None:
    title = node.attrs.get("title")
    with scribe.element(node.tag, _common(node) | {"title": str(title) if title else None}):
        write(scribe, node.children)


@renders("link")
def _link(scribe: Scribe, node: Node) -> None:
    if "anchor" not in node.meta and "address" not in node.meta:
        write(scribe, node.children)
        return
    with scribe.element("a", _link_or_common(scribe, node)):
        write(scribe, node.children)
        if label := node.meta.get("label"):
            scribe.text(label)
        page = scribe.setting.page(node.meta.get("anchor", "")) if "page" in _classes(node) else None
        if page:
            scribe.text("\N{NO-BREAK SPACE}")
            scribe.number(node.meta["anchor"], page)


def _link_or_common(scribe: Scribe, node: Node) -> dict[str, str | None]:
    """A link's attributes; for any other node the common ones."""
    attributes = _common(node)
    if "anchor" in node.meta:
        attributes["href"] = scribe.setting.address(node.meta["anchor"])
        if "page" in _classes(node):
            attributes["class"] = " ".join(
                "page-reference" if name == "page" else name for name in _classes(node)
            )
    elif "address" in node.meta:
        attributes["href"] = node.meta["address"]
    return attributes


@renders("image")
def _image(scribe: Scribe, node: Node) -> None:
    resource = node.meta["resource"]
    attributes = {"src": scribe.setting.source(resource), "alt": node.meta["alt"]} | _common(node)
    width = str(node.attrs.get("width", ""))
    if width.endswith("%"):
        attributes["style"] = f"width: {width}"
    if not node.meta["alt"]:
        attributes["role"] = "presentation"
    if scribe.is_print:
        attributes["data-at"] = str(node.meta["at"])
    scribe.add("img", attributes)


@renders("footnote_ref", "note_inline")
def _call(scribe: Scribe, node: Node) -> None:
    """A call: the number, raised, a link to the note; in print the note stands right here, for the
    layout to carry to the foot of the page. No `sup` inside the link: Apple Books then shows no
    pop-up (pandoc#1995)."""
    note_id = node.meta["note"]
    attributes = {
        "id": node.meta["call"], "href": scribe.setting.address(note_id),
        "epub:type": "noteref", "role": "doc-noteref",
    }  # fmt: skip
    with scribe.element("sup", {"class": "call"}), scribe.element("a", attributes):
        scribe.text(str(node.meta["number"]))
    if scribe.setting.notes is NotesPlace.PAGE and scribe.is_print and node.meta["first"]:
        note = scribe.note_by_id[note_id]
        if note_id in scribe.setting.moved:
            _pointer(scribe, note)
        else:
            write_note(scribe, note)


def _pointer(scribe: Scribe, note: Note) -> None:
    """At the foot of the page: where the note stands that did not fit there."""
    page = scribe.setting.page(note.id) or "0"
    with scribe.element("div", {"class": "note pointer"}), scribe.block("p"):
        with scribe.element("a", {"class": "note-number", "href": scribe.setting.address(note.id)}):
            scribe.text(str(note.number))
        before, behind = scribe.setting.words.note_on_page.split("{page}")
        scribe.text(f" {before}")
        scribe.number(note.id, page)
        scribe.text(behind)
