"""Saved web pages: the article without what stands around it, what the page says of itself, its notes.

`html` is the way in.
"""
