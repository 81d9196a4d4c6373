"""Standards: what PDF/UA, PDF/A and PDF/X demand of a file, and what a file says of itself.

Imports nothing of octopub. `table` is pure: what each demands and forbids, and which hold together. `profiles` has the
colour profiles, `marking` writes the claims into a file (pikepdf).
"""
