"""What octopub hands to WeasyPrint for a manuscript, as files that WeasyPrint alone can lay out.

For `make bench` only: the same tree (page numbers filled in), the same CSS, faces and images.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from octopub import building
from octopub.faces.catalogue import Face, open_catalogue
from octopub.faces.instance import static
from octopub.markup.css import quoted
from octopub.markup.styles import furniture
from octopub.pdf.engine import Engine
from octopub.pdf.fontset import FontSet
from octopub.pdf.layout import Layout
from octopub.pdf.parts import SCHEME
from octopub.pdf.plan import plan


def standalone(source: Path) -> dict[str, bytes]:
    """The files by name: `book.xml`, `book.css`, and what the two name."""
    loaded = building.load(source)
    assert loaded.book is not None, loaded.diagnostics
    book = loaded.book
    settled, complaints = plan(book, open_catalogue(loaded.project.fonts), loaded.stylesheets)
    assert settled is not None, complaints
    with FontSet(settled.faces, settled.code) as fonts:
        layout = Layout(book, Engine(settled.css, fonts, book.resources, book.metadata), settled)
        layout.run()
    root, *others = (laid.root for laid in layout.laid)
    body = root.find("body")
    assert body is not None
    for other in others:
        body.extend(other.find("body") or [])
    main = max(layout.laid, key=lambda laid: len(laid.pages)).unit
    css = furniture(main.verso, main.recto, first_page=1, opening=True, direction=book.direction)
    files = {f"{number:02}.ttf": static(face) for number, face in enumerate(settled.faces)}
    faces = "".join(map(_declaration, files, settled.faces))
    return {
        "book.xml": ET.tostring(root).replace(SCHEME.encode(), b""),
        "book.css": (faces + settled.css + css).replace(SCHEME, "").encode(),
        **files,
        **{resource.name: resource.read() for resource in book.resources},
    }


def _declaration(name: str, face: Face) -> str:
    return (
        f"@font-face {{ font-family: {quoted(face.family)}; font-style: {face.style}; "
        f"font-weight: {face.weight}; src: url({name}) }}\n"
    )
