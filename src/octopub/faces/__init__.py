"""Faces: which there are, which characters they have, how wide and what shape their words are.

Imports only `diagnostics` and `model`; everything about fonts goes through HarfBuzz (`uharfbuzz`), which
does in milliseconds what fontTools does in seconds. The machine's own fonts are never looked at: a face
comes from an installed `fontpkg-*` package or from the project's `fonts/` folder, and from nowhere else.

`catalogue` finds faces, `choice` picks those of a book, `coverage` says what is set in which,
`instance` makes font files of them, `shaping` measures and draws their words.
"""
