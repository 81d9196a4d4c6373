"""The PDF: layout by WeasyPrint, a part at a time; the proof; and one finished file.

`make.make` is the one way in. Parts: `engine` (WeasyPrint), `layout` (parts and page numbers), `record`
and `harvest` (what layout left), `proof`, `heads`, `glyphs`, `fontset`, `assembly` (pikepdf). This file
imports none of them: some are of use where Pango is missing.
"""
