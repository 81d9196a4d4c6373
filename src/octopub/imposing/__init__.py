"""Imposition: the pages of a PDF on the sheets that are printed, folded and cut.

`scheme` is the description of the sheets, as plain values; `order` says which pages stand together, `placing` where,
`marks` draws lines beside them. `source` looks into the PDF whose pages they are, `drawing` writes the new one, and
`impose` does all of it. `sheets` knows which page belongs to which sheet.

Imports `diagnostics`, `paper`, of `model` the names of the modes, and pikepdf. It knows nothing of how the pages came
to be.
"""
