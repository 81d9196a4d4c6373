"""The codes: every complaint octopub makes, its severity, wording and help, in one place.

Imports `diagnostics.severity`, and the wordings that stand by themselves.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from octopub.diagnostics import copyediting, kindle, sheets, strangers, validators
from octopub.diagnostics.severity import error, warning

if TYPE_CHECKING:
    from octopub.diagnostics.severity import Severity


class Code(Enum):
    """Every complaint octopub makes: its name, severity, wording, and what to do about it.

    The wording's `{fields}` are filled by `complain`.
    """

    def __init__(
        self, slug: str, severity: Severity, wording: str, help: str, is_rule: bool = False
    ) -> None:
        self.slug = slug
        self.severity = severity
        self.wording = wording
        self.help = help
        self.is_rule = is_rule
        """Whether it is a copy editor's, and can be turned off."""

    # -- the file ---------------------------------------------------------------------------
    ENCODING = error(
        "encoding",
        "this is not UTF-8{guess}: byte {byte} (at offset {offset}) fits no character",
        "save the file as UTF-8",
    )
    CONTROL_CHARACTER = error(
        "control-character",
        "the control character {character} is allowed in no book",
        "delete it",
    )
    EMPTY = error(
        "empty",
        "the manuscript has no text",
        "write some",
    )
    TOO_LARGE = strangers.TOO_LARGE
    LEADS_OUT = strangers.LEADS_OUT
    NOT_TRUSTED = strangers.NOT_TRUSTED
    TOO_DEEP = error(
        "too-deep",
        "{what} is nested more than {limit} levels deep",
        "nest it less",
    )
    SOURCE_UNREADABLE = error(
        "source-unreadable",
        "“{name}” cannot be imported: {reason}",
        "{remedy}",
    )
    # -- the front matter ---------------------------------------------------------------------
    FRONT_MATTER_UNCLOSED = error(
        "front-matter-unclosed",
        "the front matter that begins here has no end",
        "close it with a line `---`",
    )
    FRONT_MATTER_SYNTAX = error(
        "front-matter-syntax",
        "the front matter is not valid YAML: {problem}",
        "{remedy}",
    )
    FRONT_MATTER_NOT_MAPPING = error(
        "front-matter-not-mapping",
        "the front matter is a {found}, not a list of keys with values",
        "write lines such as `title: My Essay`",
    )
    KEY_TWICE = error(
        "key-twice",
        "the key “{key}” stands here a second time (first in line {first})",
        "keep one of them",
    )
    YAML_ALIAS = error(
        "yaml-alias",
        "YAML anchors, aliases and tags are not read here",
        "write the value out",
    )
    KEY_UNKNOWN = warning(
        "key-unknown",
        "the key “{key}” is not known{nearest}",
        "its value is not used",
    )
    VALUE_INVALID = error(
        "value-invalid",
        "“{value}” is no {key}: {reason}",
        "write {expected}",
    )
    VALUE_UNUSED = warning(
        "value-unused",
        "“{value}” is not used: {reason}",
        "delete it",
    )
    LANG_INVALID = error(
        "lang-invalid",
        "“{value}” is no language tag",
        "write one such as `en`, `de-CH` or `pt-BR` (BCP 47)",
    )
    LANG_UNFIT = warning(
        "lang-unfit",
        "most of the text is written in {script}, in which “{lang}” is not",
        "write `lang: …` with the language of the text: quotation marks, hyphens and voices go by it",
    )
    TITLE_MISSING = warning(
        "title-missing",
        "the manuscript has no title; “{title}”, the file's name, stands in",
        "write `title: …` in the front matter",
    )
    # -- notes --------------------------------------------------------------------------------
    NOTE_UNDEFINED = error(
        "note-undefined",
        "the note “{label}” is called here, but defined nowhere",
        "add a line `[^{label}]: …`; for the letters themselves write `\\[^{label}]`",
    )
    NOTE_UNCALLED = warning(
        "note-uncalled",
        "nothing calls the note “{label}”{reach}; it is kept, {how}",
        "write `[^{label}]` in the text where it belongs",
    )
    NOTE_AMBIGUOUS = warning(
        "note-ambiguous",
        "the note “{label}” is another chapter's, and its number {number} is another note's in this one",
        "write the note here too, with a label of its own; or number through the book (`notes: {{numbering: book}}`)",
    )
    NOTE_DUPLICATE = error(
        "note-duplicate",
        "the note “{label}” is defined in line {first} and again in line {second}",
        "give one of them another label",
    )
    NOTE_MALFORMED = error(
        "note-malformed",
        "“{text}” looks like a note, but is none: {reason}",
        "{remedy}",
    )
    NOTE_IN_LINK = error(
        "note-in-link",
        "a note is called inside a link's text, where it cannot be reached",
        "move the call behind the link",
    )
    # -- structure and links --------------------------------------------------------------------
    ANCHOR_UNDEFINED = error(
        "anchor-undefined",
        "nothing here has the anchor “#{anchor}”{nearest}",
        "give the target `{{#{anchor}}}`, or mend the link",
    )
    ANCHOR_DUPLICATE = error(
        "anchor-duplicate",
        "the anchor “#{anchor}” stands in line {first} and again in line {second}",
        "rename one of them",
    )
    LINK_LOCAL = copyediting.LINK_LOCAL
    LINK_SCHEME = warning(
        "link-scheme",
        "links of the kind “{scheme}:” do not work in a book; the text stays without a link",
        "use http, https, mailto, tel or doi",
    )
    LINK_DANGEROUS = error(
        "link-dangerous",
        "links of the kind “{scheme}:” are not allowed",
        "remove the link",
    )
    LINK_EMPTY = warning(
        "link-empty",
        "this link has {missing}; its text stays without a link",
        "complete or remove it",
    )
    TITLE_UNUSED = warning(
        "title-unused",
        "the title “{title}” of this {what} shows in no book",
        "{instead}",
    )
    DEFINITION_UNUSED = warning(
        "definition-unused",
        "no link uses the address that is defined here for “[{label}]”{again}, so the line is not printed",
        "delete it; if it is text, write `\\[` for its first bracket",
    )
    HEADING_EMPTY = error(
        "heading-empty",
        "this heading has no words",
        "write some, or delete its marks",
    )
    HEADING_SKIPPED = warning(
        "heading-skipped",
        "a heading of level {level} follows one of level {before}",
        "use level {expected}",
    )
    TABLE_CELLS = error(
        "table-cells",
        "this row has {found} cells, its table {columns}: “{text}” would be lost",
        "give the table's head and its line of dashes more columns; write `\\|` for a `|` within a cell",
    )
    # -- images ---------------------------------------------------------------------------------
    IMAGE_MISSING = error(
        "image-missing",
        "there is no image “{path}”{nearest}",
        "put the file there, or mend the path (it counts from the manuscript's folder)",
    )
    IMAGE_OUTSIDE = error(
        "image-outside",
        "the image “{path}” lies outside the project folder, or on the network",
        "copy it into the project folder",
    )
    IMAGE_UNREADABLE = error(
        "image-unreadable",
        "the image “{path}” cannot be read: {reason}",
        "save it anew",
    )
    IMAGE_FORMAT = error(
        "image-format",
        "“{path}” is of a kind that books cannot show ({found})",
        "save it as PNG, JPEG, GIF, WebP or SVG",
    )
    IMAGE_NO_ALT = warning(
        "image-no-alt",
        "the image “{path}” has no alternative text",
        "describe it in the brackets, or write `{{.decorative}}` behind it",
    )
    IMAGE_RESOLUTION = warning(
        "image-resolution",
        "the image “{path}” prints at {dpi} dpi; under {limit} it looks coarse",
        "use a larger picture, or print it smaller",
    )
    COVER_TEXT = warning(
        "cover-text",
        "the cover's back has no room for “{key}”: it is left out there",
        "shorten it, or take a larger paper",
    )
    SVG_UNSAFE = warning(
        "svg-unsafe",
        "the drawing “{path}” holds {what}; that part is left out",
        "save it as plain SVG",
    )
    # -- what is written otherwise here ---------------------------------------------------------
    RAW_HTML = warning(
        "raw-html",
        "the element <{element}> is not kept; its text is",
        "use Markdown, or one of the elements that the README lists",
    )
    NOT_SUPPORTED = warning(
        "not-supported",
        "“{text}” is {what} of another dialect; it is kept as text",
        "{instead}",
    )
    ATTRIBUTE_UNKNOWN = warning(
        "attribute-unknown",
        "the attribute “{name}” means nothing here{nearest}",
        "remove it",
    )
    # -- the stylesheets ------------------------------------------------------------------------
    STYLE_SYNTAX = error(
        "style-syntax",
        "this stylesheet cannot be read here: {problem}",
        "mend it; what stands here would be skipped",
    )
    STYLE_ADDRESS = strangers.STYLE_ADDRESS
    STYLE_UNKNOWN = warning(
        "style-unknown",
        "“{name}” replaces no file of the stylesheet set, and is not used",
        "name it as one of {known}",
    )
    # -- importing ------------------------------------------------------------------------------
    IMPORT_KIND = error(
        "import-kind",
        "{problem}",
        "{remedy}",
    )
    IMPORT_ENCODING = error(
        "import-encoding",
        "{problem}",
        "{remedy}",
    )
    IMPORT_UNMATCHED = error(
        "import-unmatched",
        "{what} has no {missing}{candidate}",
        "mend the source, or import it with `--keep-unmatched`, which leaves this as text",
    )
    IMPORT_LOST = error(
        "import-lost",
        "the manuscript would not say what its source says: {problem}",
        "nothing was written; this is a defect of octopub",
    )
    # -- the page -------------------------------------------------------------------------------
    GLYPH_MISSING = error(
        "glyph-missing",
        "no face has the character {character}{others}{lines}{package}",
        "take another character, or write `missing-glyphs: name` under `octopub:` to print its name",
    )
    FALLBACK_FACE = warning(
        "fallback-face",
        "“{text}” is set in {face}, since {main} lacks it",
        "choose a text face that has it, or let it be",
    )
    FACE_UNKNOWN = error(
        "face-unknown",
        "there is no face “{name}” in the installed packages or in the project's fonts/ folder",
        "install its package (`pip install {package}`), or mend the name",
    )
    FACE_UNREADABLE = error(
        "face-unreadable",
        "“{file}”, in the project's fonts/ folder, is no font that can be used",
        "put a TrueType or OpenType file there, or remove it",
    )
    RUNNING_HEAD_TOO_LONG = warning(
        "running-head-too-long",
        "the running head “{text}” does not fit on one line and is left out",
        "give a short form: {how}",
    )
    PAPER_TOO_SMALL = error(
        "paper-too-small",
        "a page of {width} × {height} mm leaves no room for text",
        "choose a larger paper",
    )
    PAPER_UNFIT = error(
        "paper-unfit",
        "`{option}` needs pages of A4 or Letter; these are {paper}",
        "write `paper: A4` or `paper: letter`",
    )
    PROFILE_UNFIT = error(
        "profile-unfit",
        "this output profile does not do: {reason}",
        "ask the print shop for the ICC profile of its press, and name it with `--output-profile`",
    )
    COLOUR_UNFIT = error(
        "colour-unfit",
        "there are colours in CMYK, which {standard} does not let stand beside the output profile “{profile}”",
        "convert them to RGB, or name a profile in CMYK with `--output-profile`",
    )
    NOTE_NOT_WHOLE = error(
        "note-not-whole",
        "the note “{label}” would not be printed whole, once, behind its call ({reason})",
        "nothing was written; shorten the note, or print with `--notes chapter`",
    )
    TEXT_NOT_WHOLE = error(
        "text-not-whole",
        "the text would not be printed whole: “{words}” is {reason}",
        "nothing was written; this is a defect of octopub or of a stylesheet",
    )
    PAGES_UNSETTLED = error(
        "pages-unsettled",
        "the page numbers of the references do not settle",
        "remove the page reference nearest to the end of a page",
    )
    PAGES_NONE = error(
        "pages-none",
        "this PDF does not tell where the pages of the manuscript begin: {reason}",
        "give the one that `octopub pdf` wrote of this manuscript, or name a paper: `--pages a5`",
    )
    PAGE_LOST = warning(
        "page-lost",
        "the words around the beginning of page {label} are not in the manuscript",
        "the EPUB does not have this page; print the text anew, or restore these words",
    )
    # -- what a copy editor would mark ----------------------------------------------------------
    DOUBLED_WORD = copyediting.DOUBLED_WORD
    QUOTES_MIXED = copyediting.QUOTES_MIXED
    QUOTES_FOREIGN = copyediting.QUOTES_FOREIGN
    QUOTE_UNPAIRED = copyediting.QUOTE_UNPAIRED
    BRACKET_UNPAIRED = copyediting.BRACKET_UNPAIRED
    HYPHEN_FOR_DASH = copyediting.HYPHEN_FOR_DASH
    SPACE_BEFORE_MARK = copyediting.SPACE_BEFORE_MARK
    NOTE_PLACING = copyediting.NOTE_PLACING
    # -- what other programs say of the book ----------------------------------------------------
    EPUBCHECK = validators.EPUBCHECK
    EPUBCHECK_WARNING = validators.EPUBCHECK_WARNING
    ACE = validators.ACE
    # -- what Amazon's guidelines say of it -----------------------------------------------------
    KINDLE_COVER_NONE = kindle.COVER_NONE
    KINDLE_COVER_REFUSED = kindle.COVER_REFUSED
    KINDLE_COVER_SMALL = kindle.COVER_SMALL
    KINDLE_IMAGE_REFUSED = kindle.IMAGE_REFUSED
    KINDLE_IMAGE_DOUBTFUL = kindle.IMAGE_DOUBTFUL
    KINDLE_IMAGE_LARGE = kindle.IMAGE_LARGE
    KINDLE_ALT_LONG = kindle.ALT_LONG
    KINDLE_TABLE_LARGE = kindle.TABLE_LARGE
    KINDLE_CONTENTS_DEEP = kindle.CONTENTS_DEEP
    KINDLE_STYLE = kindle.STYLE
    # -- the sheet ------------------------------------------------------------------------------
    PDF_UNREADABLE = sheets.PDF_UNREADABLE
    PAGE_BOX = sheets.PAGE_BOX
    PAGES_DIFFER = sheets.PAGES_DIFFER
    SHEET_TOO_SMALL = sheets.SHEET_TOO_SMALL
    ZINE_TOO_LONG = sheets.ZINE_TOO_LONG
    MARKS_NO_ROOM = sheets.MARKS_NO_ROOM
    TOO_SMALL = sheets.TOO_SMALL
    TOO_THICK = sheets.TOO_THICK
    UNPRINTABLE_EDGE = sheets.UNPRINTABLE_EDGE
