"""The wordings of what other programs say of a finished book, for `codes`.

Imports `diagnostics.severity`.
"""

from octopub.diagnostics.severity import error, warning

EPUBCHECK = error(
    "epubcheck",
    "EPUBCheck says of {where}: {says} ({rule})",
    "nothing was written; if the manuscript, a picture or a stylesheet of yours is not to blame, octopub is",
)
EPUBCHECK_WARNING = warning(
    "epubcheck-warning",
    "EPUBCheck says of {where}: {says} ({rule})",
    "readers may stumble over it",
)
ACE = warning(
    "ace",
    "Ace says of {where}: {says} ({rule}, {impact})",
    "readers who listen, or see little, may stumble over it",
)
