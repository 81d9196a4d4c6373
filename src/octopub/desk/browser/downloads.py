"""Downloads: the e-book, the pages and the sheets, as files to keep; and the sheets to be seen.

Imports the workshop and the sheets; Starlette.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from octopub.desk.browser.sheets import Sheets, impose

if TYPE_CHECKING:
    from starlette.requests import Request

    from octopub.desk.browser.attempt import Attempt
    from octopub.desk.browser.workshop import Workshop


class Downloads:
    """What can be taken away from a workshop."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._made: tuple[Attempt, Sheets | None] | None = None

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [Route("/sheets", self.sheets), Route("/files/{kind}", self.file)]

    async def sheets(self, _: Request) -> Response:
        """The sides of the sheets."""
        made = await self._sheets() or Sheets()
        told = made._asdict() | {"content": len(made.content)}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def file(self, request: Request) -> Response:
        """A file: `epub`, `pdf` or `sheets`, as of the last good state."""
        order, good, shelf = self._workshop.order, self._workshop.good, self._workshop.shelf
        stem, kind = order.manuscript.stem if order else "", request.path_params["kind"]
        if kind == "epub" and shelf:
            return _file(shelf.content, f"{stem}.epub", "application/epub+zip")
        if kind == "pdf" and good and good.printed:
            return _file(good.printed.content, f"{stem}.pdf", "application/pdf")
        made = await self._sheets() if kind == "sheets" else None
        if made is None or not made.content or good is None or good.loaded is None or good.loaded.book is None:
            return Response(status_code=404)
        return _file(made.content, f"{stem}-{good.loaded.book.options.impose}.pdf", "application/pdf")

    async def _sheets(self) -> Sheets | None:
        """The sheets of the last good pages: made once, when they are asked for."""
        good = self._workshop.good
        if good is None:
            return None
        if self._made is None or self._made[0] is not good:
            self._made = good, await self._workshop.setting.do(partial(impose, good))
            if made := self._made[1]:
                self._workshop.gallery.hang("sheets", made.content, made.digests, trimmed=False)
        return self._made[1]


def _file(content: bytes, name: str, media_type: str) -> Response:
    # RFC 6266 §4.3: the name in any letters.
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
