"""The wordings of what a book of strangers may not do, for `codes`: bring something in, lead out, be beyond all
bounds.

Imports `diagnostics.severity`.
"""

from octopub.diagnostics.severity import error, warning

TOO_LARGE = error(
    "too-large",
    "{what} is larger than {limit}",
    "{remedy}",
)
LEADS_OUT = error(
    "leads-out",
    "this is a link that leads out of the project folder, which is not followed where the text is a stranger's",
    "put the file or the folder itself there",
)
NOT_TRUSTED = warning(
    "not-trusted",
    "nothing in this folder is read where the text is a stranger's",
    "build without --untrusted if you trust it",
)
STYLE_ADDRESS = error(
    "style-address",
    "{what} would bring something in from outside this stylesheet",
    "remove it; pictures belong into the manuscript, faces into the project's fonts/ folder",
)
