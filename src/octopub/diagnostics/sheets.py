"""The wordings of complaints about sheets, for `codes`.

Imports `diagnostics.severity`.
"""

from octopub.diagnostics.severity import error, warning

PDF_UNREADABLE = error(
    "pdf-unreadable",
    "this PDF cannot be imposed: {reason}",
    "{remedy}",
)
PAGE_BOX = error(
    "page-box",
    "page {page} has no size that can be printed: its box is {box}",
    "print it to a new PDF with another program first",
)
PAGES_DIFFER = error(
    "pages-differ",
    "the pages are not of one size: page 1 is {first}, page {page} is {other}",
    "bring them to one size first",
)
SHEET_TOO_SMALL = error(
    "sheet-too-small",
    "a page of {page} is larger than the sheet, {sheet}",
    "name a larger sheet with `--sheet`, or a smaller page with `--paper`",
)
ZINE_TOO_LONG = error(
    "zine-too-long",
    "a zine has eight pages, and this text has {pages}",
    "shorten it, or print it as a booklet",
)
MARKS_NO_ROOM = error(
    "marks-no-room",
    "a sheet of {sheet} has no room for marks beside the pages",
    "the smallest that would do is `--sheet {smallest}`",
)
TOO_SMALL = warning(
    "too-small",
    "the text prints at {size} pt; under {limit} pt few can read it",
    "take a larger sheet, or fewer pages on it",
)
TOO_THICK = warning(
    "too-thick",
    "{sheets} sheets lie in one another; more than {limit} do not fold well",
    "{remedy}",
)
UNPRINTABLE_EDGE = warning(
    "unprintable-edge",
    "page {page} prints to {distance} mm from the sheet's edge, where many printers leave {limit} mm white",
    "take a larger sheet, or a page with wider margins",
)
