"""Fuzzing: `python -m tools.fuzz` makes up manuscripts, sources and PDFs, and looks for what octopub breaks on."""
