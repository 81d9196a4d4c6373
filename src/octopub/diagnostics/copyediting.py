"""The wordings of what a copy editor would mark, for `codes`.

Imports `diagnostics.severity`. Each can be turned off by its name (`octopub.ignore`). All but the first are `check`'s
alone: no build makes them.
"""

from octopub.diagnostics.severity import rule

LINK_LOCAL = rule(
    "link-local",
    "“{target}” is a file or a path{gone}: a book has no such place, so the text stays without a link",
    "link to an address (https://…) or an anchor (#…)",
)
DOUBLED_WORD = rule(
    "doubled-word",
    "“{word}” stands here twice in a row",
    "delete one of them",
)
QUOTES_MIXED = rule(
    "quotes-mixed",
    "{these} stand here{others}, where the text has {usual} elsewhere",
    "take the same quotation marks throughout",
)
QUOTES_FOREIGN = rule(
    "quotes-foreign",
    "{these} stand here{others}, which are not the quotation marks of “{lang}”",
    'type `"` for the language\'s own ({own}), or mark the words as another language\'s: `[…]{{lang=…}}`',
)
QUOTE_UNPAIRED = rule(
    "quote-unpaired",
    "the quotation mark {mark} has no partner",
    "write the missing one",
)
BRACKET_UNPAIRED = rule(
    "bracket-unpaired",
    "the bracket “{mark}” has no partner",
    "write the missing one",
)
HYPHEN_FOR_DASH = rule(
    "hyphen-for-dash",
    "the hyphen in “{text}” has a space on one side or the other, as only a dash has",
    "write ` -- ` for a dash, or close it up",
)
SPACE_BEFORE_MARK = rule(
    "space-before-mark",
    "a space stands {where}“{mark}”",
    "delete the space",
)
NOTE_PLACING = rule(
    "note-placing",
    "this call stands {here} “{mark}”; {most} of {all} in this text stand {there} the mark",
    "let all stand on the same side",
)
