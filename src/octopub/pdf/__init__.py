"""The PDF: layout by WeasyPrint, a part at a time; the proof; and one finished file.

`make` is the one way in, and its steps are the map: `plan` (faces from `glyphs` and `fontset`, running `heads`,
the `parts`), `layout` (with `guess` for page numbers), `proof`, writing, `assembly` (with `tags`). `engine` and
`mended` hold WeasyPrint; `harvest`, `trace`, `sink` and `boxes` alone read what it made. `record` and `proof`
know nothing of it. This file imports none of them: some are of use where Pango is missing.
"""
