"""Importing: plain text, web pages and word processor files become Markdown manuscripts.

Each kind of source has a reader that gives a `Draft` (`importing.draft`); `writing.writer` turns the draft
into Markdown, and `importing.proof` proves, before anything is written, that nothing was lost on the way.
"""
