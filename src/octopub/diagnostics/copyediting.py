"""The wordings of what a copy editor would mark, for `codes`.

Imports `diagnostics.severity`. These complaints are `check`'s alone: no build makes them, and each can be turned off
by its name (`octopub.ignore`).
"""

from octopub.diagnostics.severity import rule

DOUBLED_WORD = rule(
    "doubled-word",
    "“{word}” stands here twice in a row",
    "delete one of them",
)
