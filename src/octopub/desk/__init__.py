"""The author's desk: what helps with the text, besides making the outputs."""
