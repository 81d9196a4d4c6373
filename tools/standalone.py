"""What octopub hands to WeasyPrint for a manuscript, as files that WeasyPrint alone can lay out.

For `make bench` only: the same tree, the same CSS, faces and images.

    python -m tools.standalone MANUSCRIPT FOLDER [--counters]
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from octopub import building
from octopub.faces.catalogue import Face, open_catalogue
from octopub.faces.instance import static
from octopub.markup.css import quoted
from octopub.pdf.parts import SCHEME
from tools.simple import Simple, furniture

COUNTERS = ".page[href]::after { content: target-counter(attr(href), page) }\n"


def standalone(source: Path, *, counters: bool = False) -> dict[str, bytes]:
    """The files by name: `book.xml`, `book.css`, and what the two name. With `counters`, page numbers are not filled
    in, but left to WeasyPrint (`target-counter`)."""
    loaded = building.load(source)
    assert loaded.book is not None, loaded.diagnostics
    book = loaded.book
    simple = Simple(book, open_catalogue(loaded.project.fonts), dict(loaded.stylesheets))
    jobs = list(simple.jobs())
    simple.close()
    root, *others = (ET.XML(job.markup) for job in jobs)
    body = root.find("body")
    assert body is not None
    for other in others:
        body.extend(other.find("body") or [])
    if counters:
        for number in body.iterfind(".//span[@data-page]"):
            number.text = None
            number.set("href", f"#{number.get('data-page')}")
    main = max(simple.layout.laid, key=lambda laid: len(laid.pages)).unit
    images = "".join(job.css for job in jobs if not job.css.startswith("@page"))
    css = simple.plan.css + images + furniture(main.verso, main.recto, 1, book.direction)
    css += COUNTERS if counters else ""
    files = {f"{number:02}.ttf": static(face) for number, face in enumerate(simple.plan.faces)}
    faces = "".join(map(_declaration, files, simple.plan.faces))
    return {
        "book.xml": ET.tostring(root).replace(SCHEME.encode(), b""),
        "book.css": (faces + css).replace(SCHEME, "").encode(),
        **files,
        **{resource.name: resource.read() for resource in book.resources},
    }


def _declaration(name: str, face: Face) -> str:
    return (
        f"@font-face {{ font-family: {quoted(face.family)}; font-style: {face.style}; "
        f"font-weight: {face.weight}; src: url({name}) }}\n"
    )


if __name__ == "__main__":
    source, target, *options = sys.argv[1:]
    for name, data in standalone(Path(source), counters=bool(options)).items():
        path = Path(target, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
