"""What an edition asks of the page besides its paper: as tokens of the stylesheet set.

Imports `model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octopub.model import Options


def tokens_of(options: Options) -> dict[str, str]:
    """The tokens that these options settle."""
    return {"lean": "0.5"} if options.one_sided else {}
