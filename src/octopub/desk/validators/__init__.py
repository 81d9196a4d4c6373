"""Validators: other programs that look at a finished EPUB, and what they say as complaints at the manuscript's lines.

`epubcheck` and `ace` run one program each and give `Finding`s; `findings` finds the place of each in the manuscript.
Nothing here knows what makes a good book.
"""

from octopub.desk.validators.findings import Validator, validated

__all__ = ["Validator", "validated"]
