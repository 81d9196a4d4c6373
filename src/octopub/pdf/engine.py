"""WeasyPrint, held by one hand: a job goes in, a laid-out document comes out.

Imports WeasyPrint. The only module that starts a layout; it opens no file and no connection: images
come with the job, and any other address is refused.
"""

from __future__ import annotations

import logging
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from octopub.pdf.fontset import FontSet  # before all else of WeasyPrint's: it keeps its import quiet

# isort: split
import cssselect2
import weasyprint
from weasyprint import DEFAULT_OPTIONS
from weasyprint.urls import URLFetcher, URLFetcherResponse

from octopub.pdf import shaping
from octopub.pdf.lines import reach, setting
from octopub.pdf.mended import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octopub.pdf.forme import Equipment, Job, Picture

_is_at_work = ContextVar("octopub_is_at_work", default=False)

# WeasyPrint reports what it cannot do to a log; what matters of it octopub finds by its own means
# (the proof, the glyphs, the stylesheet's own check). What others do with WeasyPrint is theirs to hear.
for _name in ("weasyprint", "weasyprint.progress"):
    logging.getLogger(_name).addFilter(lambda _: not _is_at_work.get())


class _Shelf(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Gives WeasyPrint a job's images, and nothing else."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        # The base class would set up network handlers.
        self._fail_on_errors = False
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002  # theirs
        """The image of that address; WeasyPrint goes without where this raises."""
        picture = self._pictures.get(url)
        if picture is None:
            raise ValueError(f"not one of the book's images: {url}")
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})


class _Tree(weasyprint.HTML):  # type: ignore[misc]  # it comes without types
    """A document made from a tree: WeasyPrint's own way in is through an HTML parser, which would tear
    a note (a block) out of the paragraph that calls it."""

    def __init__(self, root: ET.Element, fetcher: _Shelf, css: str) -> None:
        """`css` are the stylesheets that it will be laid out with."""
        self._named = tuple(box for box in MARGIN_BOXES if f"@{box} " in css)
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root)
        self.etree_element = root

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002  # theirs
        """What elements are by themselves (see `defaults.css`), and the margin boxes that are spoken of."""
        return [_defaults(), _margins(self._named)]

    def render(
        self,
        font_config: Any = None,
        counter_style: Any = None,
        color_profiles: Any = None,
        **options: Any,
    ) -> Any:
        """Lay out, as the method that this one replaces; but the document's class is ours."""
        options = DEFAULT_OPTIONS | options
        return Document._render(self, font_config, counter_style, color_profiles, options)  # noqa: SLF001  # as theirs does


MARGIN_BOXES = {
    "top-left-corner": "right middle", "top-left": "left middle", "top-center": "center middle",
    "top-right": "right middle", "top-right-corner": "left middle",
    "left-top": "center top", "left-middle": "center middle", "left-bottom": "center bottom",
    "right-top": "center top", "right-middle": "center middle", "right-bottom": "center bottom",
    "bottom-left-corner": "right middle", "bottom-left": "left middle", "bottom-center": "center middle",
    "bottom-right": "right middle", "bottom-right-corner": "left middle",
}  # fmt: skip
"""How text is aligned in the boxes around a page, across and up (CSS Paged Media 3 §5.1)."""


@lru_cache(maxsize=32)
def _margins(boxes: tuple[str, ...]) -> Any:
    """The alignment of these margin boxes. (A style for each of the others, on each page, would be for nothing.)"""
    rules = []
    for box in boxes:
        across, up = MARGIN_BOXES[box].split()
        rules.append(f"@{box} {{ text-align: {across}; vertical-align: {up} }}")
    return weasyprint.CSS(string=f"@page {{ {' '.join(rules)} }}", url_fetcher=_Shelf({}))


@cache
def _defaults() -> Any:
    text = files("octopub.pdf").joinpath("defaults.css").read_text(encoding="utf-8")
    return weasyprint.CSS(string=text, url_fetcher=_Shelf({}))


class Engine:
    """Lays out jobs with one equipment, while it is at work. To be closed when all that it laid out is painted."""

    def __init__(self, equipment: Equipment) -> None:
        self.equipment = equipment
        shaping.install()
        reach.install()
        setting.install()
        self._fonts = FontSet(equipment.faces, equipment.code)
        with self.at_work():
            self._css = self._sheet(equipment.css)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Meanwhile this is the one engine of the process that lays out and paints: those of other threads wait."""
        with self._fonts.in_force():
            before = _is_at_work.set(True)
            try:
                yield
            finally:
                _is_at_work.reset(before)

    def close(self) -> None:
        """Give the faces back."""
        self._fonts.close()

    def _sheet(self, css: str) -> Any:
        return weasyprint.CSS(string=css, font_config=self._fonts, url_fetcher=_Shelf({}))

    def lay_out(self, job: Job) -> tuple[ET.Element, Any]:
        """The job's tree, and WeasyPrint's document of it. The tree is of the standard library's elements:
        WeasyPrint keys its styles by them, and lxml's come and go."""
        root = ET.XML(job.markup)
        document = _Tree(root, _Shelf(job.pictures), self.equipment.css + job.css).render(
            font_config=self._fonts, stylesheets=[self._css, self._sheet(job.css)]
        )
        return root, document
