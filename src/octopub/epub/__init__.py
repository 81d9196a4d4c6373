"""The EPUB: package, navigation, cover, and a container that is the same each time.

`make` is the one way in, `write` the one way out. Parts: `package` (what is in it), `files` (which file an
anchor is in) with `parting` (of blocks too large for one), `metadata` and what it says of `accessibility`,
`navigation`, `cover`, `embedding` (faces), `places` (where in the manuscript a file's elements come from),
`container` (ebooklib). None of them imports anything of `pdf`: an EPUB needs no Pango.
"""

from octopub.epub.container import write
from octopub.epub.package import make

__all__ = ["make", "write"]
