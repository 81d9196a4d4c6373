"""Whether a module of WeasyPrint is the one that a mend was made for.

Imports the standard library.
"""

from __future__ import annotations

import inspect
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def digest(*modules: ModuleType) -> str:
    """The digest of the modules' sources."""
    return sha256("".join(map(inspect.getsource, modules)).encode()).hexdigest()
