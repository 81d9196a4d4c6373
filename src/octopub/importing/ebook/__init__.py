"""E-books: those that octopub made give their manuscripts back (`own`), others come in as far as they say what is what.

`epub` is the way in.
"""
