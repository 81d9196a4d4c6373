"""The plain tree of HTML elements, in which web pages, e-books and word processor files meet on their way to a draft.

`tree` is the way in; `webnotes` finds the notes that are links.
"""
