"""The server: addresses, and what is answered under each.

Imports the workshop and all that it shows; Starlette. It opens no file but those of the page itself.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from octopub.desk.browser.downloads import Downloads
from octopub.desk.browser.guard import Guard
from octopub.desk.browser.state import lines, state, where
from octopub.desk.browser.watching import watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from octopub.desk.browser.workshop import Workshop

PAGE = files("octopub.desk.browser") / "page"

FOR_EVER = {"Cache-Control": "private, max-age=604800, immutable"}
"""For what has its digest in its address."""


class Rooms:
    """What is answered about a workshop."""

    def __init__(
        self, workshop: Workshop, editor: str, attend: Callable[[int], None] | None = None, *, is_desk: bool = False
    ) -> None:
        """`attend` is told, with 1 and -1, of pages that are opened and closed."""
        self.workshop = workshop
        self._editor = editor
        self._attend = attend or (lambda _: None)
        self._is_desk = is_desk

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [
            Route("/", self.page),
            Route("/state", self.state),
            Route("/events", self.events),
            Route("/lines/{leaf:int}", self.lines),
            Route("/where/{line:int}", self.where),
            Route("/pictures/{digest}.png", self.picture),
            Route("/book/{name:path}", self.book),
            *Downloads(self.workshop).routes,
            Mount("/page", StaticFiles(directory=str(PAGE))),
        ]

    async def page(self, _: Request) -> Response:
        """The page itself."""
        return FileResponse(str(PAGE / "index.html"))

    async def state(self, _: Request) -> Response:
        """What there is to see."""
        told = {**state(self.workshop, self._editor), "isDesk": self._is_desk}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def events(self, _: Request) -> Response:
        """A word whenever there is something new to see (HTML, “Server-sent events”)."""
        return StreamingResponse(self._news(), media_type="text/event-stream")

    async def _news(self) -> AsyncIterator[str]:
        self._attend(1)
        try:
            with self.workshop.watching() as news:
                while True:
                    await news.wait()
                    news.clear()
                    told = {"number": self.workshop.number, "working": self.workshop.working}
                    yield f"data: {json.dumps(told)}\n\n"
        finally:
            self._attend(-1)

    async def lines(self, request: Request) -> Response:
        """The lines of a page, with their places in the manuscript."""
        return JSONResponse(lines(self.workshop, request.path_params["leaf"]))

    async def where(self, request: Request) -> Response:
        """Where the pages show a line of the manuscript."""
        found = where(self.workshop, request.path_params["line"])
        return Response(status_code=404) if found is None else JSONResponse(found)

    async def picture(self, request: Request) -> Response:
        """A page's picture."""
        drawn = await self.workshop.gallery.picture(request.path_params["digest"])
        if drawn is None:
            return Response(status_code=404)
        return Response(drawn, media_type="image/png", headers=FOR_EVER)

    async def book(self, request: Request) -> Response:
        """A file of the e-book."""
        shelf = self.workshop.shelf
        found = shelf.read(request.path_params["name"]) if shelf else None
        if found is None:
            return Response(status_code=404)
        return Response(found[0], media_type=found[1])


def app(
    workshop: Workshop, port: int, routes: Sequence[BaseRoute], attend: Callable[[int], None] | None = None
) -> ASGIApp:
    """The server of a workshop, behind its guard; it works and watches as long as it runs. `attend` is told when that
    begins (0)."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(workshop.work()), asyncio.create_task(watch(workshop))]
        workshop.want()
        if attend is not None:
            attend(0)
        yield
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    return Guard(Starlette(routes=list(routes), lifespan=life), port)
