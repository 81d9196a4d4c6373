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
from octopub.imposing.testsheet import Pile, test_sheet

if TYPE_CHECKING:
    from starlette.requests import Request

    from octopub.desk.browser.attempt import Attempt
    from octopub.desk.browser.workshop import Workshop

PARTS = {"sheets": ("content", ""), "fronts": ("fronts", "-fronts"), "backs": ("backs", "-backs")}
"""The files of sheets: what they are in `Sheets`, and what their names end in."""


class Downloads:
    """What can be taken away from a workshop."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._made: tuple[Attempt, Pile | None, Sheets | None] | None = None

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [
            Route("/sheets", self.sheets),
            Route("/files/test-sheet", self.trial),
            Route("/files/{kind}", self.file),
        ]

    async def sheets(self, request: Request) -> Response:
        """The sides of the sheets, and whether fronts and backs are files of their own."""
        made = await self._sheets(_pile(request)) or Sheets()
        told = {name: getattr(made, name) for name in ("digests", "size", "note", "problem")}
        return JSONResponse(told | {"isParted": bool(made.backs)}, headers={"Cache-Control": "no-store"})

    async def trial(self, _: Request) -> Response:
        """What shows how a printer wants the backs."""
        return _file(test_sheet(), "test-sheet.pdf", "application/pdf")

    async def file(self, request: Request) -> Response:
        """A file: `epub`, `pdf`, `sheets`, `fronts` or `backs`, as of the last good state."""
        order, good, shelf = self._workshop.order, self._workshop.good, self._workshop.shelf
        stem, kind = order.manuscript.stem if order else "", request.path_params["kind"]
        if kind == "epub" and shelf:
            return _file(shelf.content, f"{stem}.epub", "application/epub+zip")
        if kind == "pdf" and good and good.printed:
            return _file(good.printed.content, f"{stem}.pdf", "application/pdf")
        made = await self._sheets(_pile(request)) if kind in PARTS else None
        content = getattr(made, PARTS[kind][0]) if made else b""
        if not content or good is None or good.loaded is None or good.loaded.book is None:
            return Response(status_code=404)
        return _file(content, f"{stem}-{good.loaded.book.options.impose}{PARTS[kind][1]}.pdf", "application/pdf")

    async def _sheets(self, pile: Pile | None) -> Sheets | None:
        """The sheets of the last good pages: made once for a printer, when they are asked for."""
        good = self._workshop.good
        if good is None:
            return None
        if self._made is None or self._made[0] is not good or self._made[1] is not pile:
            made = await self._workshop.setting.do(partial(impose, good, pile))
            if made:
                self._workshop.gallery.hang("sheets", made.content, made.digests, trimmed=False)
            self._made = good, pile, made
        return self._made[2]


def _pile(request: Request) -> Pile | None:
    """What the test sheet said, by its letter; None for a printer that prints both sides."""
    letter = request.query_params.get("pile", "")
    return Pile(letter) if letter in Pile.__members__ else None


def _file(content: bytes, name: str, media_type: str) -> Response:
    # RFC 6266 §4.3: the name in any letters.
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
