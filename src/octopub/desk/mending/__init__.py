"""Mending: what can be put in order in a manuscript without changing what its book says.

`mend` does it; `headings`, `labels` and `definitions` are its steps, each a function from the text's tokens to edits.
"""
