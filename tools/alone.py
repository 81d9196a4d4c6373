"""WeasyPrint alone, for `make bench`: what octopub hands to it, laid out as one document and written.

    python tools/alone.py FOLDER OUTPUT

The folder holds `book.xml` (the tree, without namespaces), `book.css`, and the faces and images that the
two name. The tree is read as XML, for WeasyPrint's own parser of HTML would tear the notes out of their
paragraphs. Nothing else of octopub happens here: no page numbers, no proof, no assembly.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import cssselect2
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


class Tree(weasyprint.HTML):  # type: ignore[misc]  # it comes without types
    """A document made from a tree."""

    def __init__(self, path: Path) -> None:
        root: Any = ET.parse(path).getroot()
        self.base_url = path.as_uri()
        self.url_fetcher = URLFetcher()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root)
        self.etree_element = root


def main(folder: Path, output: Path) -> None:
    """Lay the folder's book out and write it, tagged as octopub's are."""
    fonts = FontConfiguration()
    css = weasyprint.CSS(filename=folder / "book.css", font_config=fonts)
    tree = Tree((folder / "book.xml").resolve())
    tree.write_pdf(output, stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
