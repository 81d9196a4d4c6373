"""Plain text: bytes become lines, units, and by small recognisers a draft, with its notes.

`take` is the way in; `plain` says which unit is what, `notes` which calls and definitions belong together.
"""
