"""The wordings of what a book of strangers may not do, for `codes`: bring something in, or be beyond all bounds.

Imports `diagnostics.severity`.
"""

from octopub.diagnostics.severity import error

TOO_LARGE = error(
    "too-large",
    "{what} is larger than {limit}",
    "{remedy}",
)
STYLE_ADDRESS = error(
    "style-address",
    "{what} would bring something in from outside this stylesheet",
    "remove it; pictures belong into the manuscript, faces into the project's fonts/ folder",
)
