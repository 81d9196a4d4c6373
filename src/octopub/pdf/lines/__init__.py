"""The lines of a paragraph, chosen together: where it may break (`chances`), how wide its words are (`measure`),
which breaks are the best for all of it (`breaking`), and WeasyPrint, which sets them (`setting`)."""
