"""WeasyPrint, held by one hand: a tree, a stylesheet and the faces go in, a laid-out document comes out.

Imports WeasyPrint. The only module that starts a layout; it opens no file and no connection: images
come from the book's resources, and any other address is refused.
"""

from __future__ import annotations

import logging
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import cssselect2
import weasyprint
from lxml import etree
from weasyprint import DEFAULT_OPTIONS
from weasyprint.urls import URLFetcher, URLFetcherResponse

from octopub.pdf.mended import Document
from octopub.pdf.parts import SCHEME
from octopub.pdf.trace import Tracer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from octopub.markup.scribe import Element
    from octopub.model import Metadata, Resource
    from octopub.pdf.trace import PageTrace

VARIANT = "pdf/ua-1"

# WeasyPrint reports what it cannot do to a log; what matters of it octopub finds by its own means
# (the proof, the glyphs, the stylesheet's own check).
logging.getLogger("weasyprint").addHandler(logging.NullHandler())
logging.getLogger("weasyprint").propagate = False


class _Shelf(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Gives WeasyPrint the book's images, and nothing else."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        # The base class would set up network handlers.
        self._fail_on_errors = False
        self._resources: Mapping[str, Resource] = {SCHEME + each.name: each for each in resources}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002
        """The image of that address; WeasyPrint goes without where this raises."""
        resource = self._resources.get(url)
        if resource is None:
            raise ValueError(f"not one of the book's images: {url}")
        return URLFetcherResponse(url, resource.read(), {"Content-Type": resource.media_type})


class _Tree(weasyprint.HTML):  # type: ignore[misc]  # it comes without types
    """A document made from a tree: WeasyPrint's own way in is through an HTML parser, which would tear
    a note (a block) out of the paragraph that calls it."""

    def __init__(self, root: ET.Element, fetcher: _Shelf) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root)
        self.etree_element = root

    def render(
        self,
        font_config: Any = None,
        counter_style: Any = None,
        color_profiles: Any = None,
        **options: Any,
    ) -> Any:
        """Lay out, as the method that this one replaces; but the document's class is ours."""
        options = DEFAULT_OPTIONS | options
        return Document._render(self, font_config, counter_style, color_profiles, options)  # noqa: SLF001


class Engine:
    """Lays out trees with one stylesheet set and one set of faces."""

    def __init__(self, css: str, font_config: Any, resources: Iterable[Resource], metadata: Metadata) -> None:
        self._fetcher = _Shelf(resources)
        self._font_config = font_config
        self._css = self._sheet(css)
        self._metadata = metadata
        self._images: dict[str, Any] = {}

    def _sheet(self, css: str) -> Any:
        return weasyprint.CSS(string=css, font_config=self._font_config, url_fetcher=self._fetcher)

    def lay_out(self, root: ET.Element, css: str) -> Any:
        """Lay out a tree, with a stylesheet of its own behind the set. Returns WeasyPrint's document."""
        return _Tree(root, self._fetcher).render(
            font_config=self._font_config,
            stylesheets=[self._css, self._sheet(css)],
            pdf_variant=VARIANT,
            cache=self._images,
        )

    def tree(self, body: Sequence[Element], *, direction: str, css_class: str) -> ET.Element:
        """The whole tree around the elements of its body. It is of the standard library's elements:
        WeasyPrint keys its styles by them, and lxml's come and go."""
        meta = self._metadata
        root = ET.Element("html", {"lang": meta.lang, "dir": direction})
        head = ET.SubElement(root, "head")
        ET.SubElement(head, "title").text = meta.title
        assert meta.modified is not None
        stamp = meta.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
        facts = [
            *(("author", author) for author in meta.authors),
            ("description", meta.description or ""),
            ("keywords", ", ".join(meta.subjects)),
            ("generator", "octopub"),
            ("dcterms.created", stamp),
            ("dcterms.modified", stamp),
        ]
        for name, content in facts:
            if content:
                ET.SubElement(head, "meta", {"name": name, "content": content})
        element = ET.SubElement(root, "body", {"class": css_class})
        for each in body:
            element.append(ET.XML(etree.tostring(each, encoding="utf-8")))
        return root

    @staticmethod
    def write(document: Any, pages: Sequence[Any]) -> tuple[bytes, list[PageTrace]]:
        """The pages as one PDF, in their order, with the metadata of the document; and what was painted on
        each. They may come from several documents of one engine: faces and images are shared, and links
        between them work."""
        tracer = Tracer()
        for page in pages:
            page.links = [_reachable(*link) for link in page.links if link[-1].link]
            tracer.watch(page)
        written = document.copy(pages).write_pdf(pdf_variant=VARIANT)
        assert isinstance(written, bytes)
        return written, tracer.traces(pages)


def _reachable(kind: str, target: str, area: tuple[float, float, float, float], box: Any) -> tuple[Any, ...]:
    """A link that a finger can hit: at least as wide and as high as a letter. (A call stands in a line of no
    height, so that it does not push the lines apart.)"""
    left, top, right, bottom = area
    least = 1.2 * box.style["font_size"]
    aside, above = max(0, least - (right - left)) / 2, max(0, least - (bottom - top)) / 2
    return kind, target, (left - aside, top - above, right + aside, bottom + above), box
