"""Word and OpenDocument: what each says in its own way is said plainly, and read into one tree.

`docx` and `odt` are the ways in; `office` has what they share.
"""
