"""The wordings of what Amazon's guidelines say of a book, for `codes`; each names its clause.

Imports `diagnostics.severity`. They are `check --target kindle`'s alone.
"""

from octopub.diagnostics.severity import error, warning

COVER_NONE = warning(
    "kindle-cover-none",
    "this handout has no cover, and a Kindle book must have one (Kindle Publishing Guidelines 4.2)",
    "name one with `cover-image: …`",
)
COVER_REFUSED = error(
    "kindle-cover-refused",
    "{problem}, which Amazon does not take as a cover (Kindle Publishing Guidelines 4.1)",
    "save it as a JPEG, best of 1600 × 2560 pixels",
)
COVER_SMALL = warning(
    "kindle-cover-small",
    "the cover is {width} × {height} pixels, and should have 1600 × 2560 (Kindle Publishing Guidelines 4.1)",
    "make it anew; a small picture made larger does not get better",
)
IMAGE_REFUSED = error(
    "kindle-image-refused",
    "the image “{path}” is {what}, which a Kindle does not show (Kindle Publishing Guidelines 10.4.1)",
    "save it as a JPEG, or as a PNG or GIF of one picture",
)
IMAGE_DOUBTFUL = warning(
    "kindle-image-doubtful",
    "the image “{path}” {what}, which not every Kindle shows rightly (Kindle Publishing Guidelines 10.4.1)",
    "{remedy}",
)
IMAGE_LARGE = warning(
    "kindle-image-large",
    "the image “{path}” has {size} MB; what is over 5 is recompressed (Kindle Publishing Guidelines 10.4.2)",
    "save it smaller, so that you see what becomes of it",
)
ALT_LONG = warning(
    "kindle-alt-long",
    "the alternative text of “{path}” has {length} characters, and should have fewer than 140 (Kindle Publishing"
    " Guidelines 10.4.1)",
    "shorten it; what more there is to say can stand in the caption or the text",
)
TABLE_LARGE = warning(
    "kindle-table-large",
    "this table has {rows} rows and {columns} columns; Kindles show 100 and 10 (Kindle Publishing Guidelines 10.5.1)",
    "part it into several",
)
CONTENTS_DEEP = warning(
    "kindle-contents-deep",
    "the contents have {depth} levels, of which Kindles show two (Kindle Publishing Guidelines 5.2)",
    "nothing is lost in the text; write a higher heading where a reader would look for it",
)
STYLE = warning(
    "kindle-style",
    "`{selector}` has `{declaration}`: {problem} (Kindle Publishing Guidelines {clause})",
    "{remedy}",
)
