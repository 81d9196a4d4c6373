"""The table: where a text is brought, mended, and told how it is to be printed.

Imports the texts, the workshop and its state; Starlette.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from octopub import building
from octopub.desk.browser.attempt import Order
from octopub.desk.browser.state import complaint
from octopub.desk.browser.texts import ChangedError, Text
from octopub.diagnostics import MachineError
from octopub.paper import parse

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from octopub.desk.browser.texts import Brought, Texts
    from octopub.desk.browser.workshop import Workshop

LARGEST = 100_000_000
"""Bytes of a source that is taken."""

CHOICES = ("paper", "notes_pdf", "impose")
"""What can be chosen, by the names in `model.Options`."""


class Table:
    """A desk's one text at a time."""

    def __init__(self, workshop: Workshop, texts: Texts, epoch: int | None = None) -> None:
        self._workshop = workshop
        self._texts = texts
        self._epoch = epoch
        self._choices: dict[str, str | bool | None] = {}
        self._brought: Brought | None = None
        self._source = b""

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [
            Route("/desk", self.state),
            Route("/desk/source", self.bring, methods=["PUT"]),
            Route("/desk/again", self.again, methods=["PUT"]),
            Route("/desk/text", self.save, methods=["PUT"]),
            Route("/desk/open", self.open, methods=["PUT"]),
            Route("/desk/choices", self.choose, methods=["PUT"]),
        ]

    async def state(self, _: Request) -> Response:
        """What lies on it."""
        return await self._told()

    async def _told(self) -> Response:
        try:
            return JSONResponse(await asyncio.to_thread(self._state), headers={"Cache-Control": "no-store"})
        except OSError as error:
            return PlainTextResponse(str(error), 500)

    def _state(self) -> dict[str, Any]:
        order, brought = self._workshop.order, self._brought
        now = self._texts.read(order.manuscript) if order else Text("", "")
        told = {
            "texts": self._texts.names(),
            "name": order.manuscript.stem if order else "",
            "text": now.text,
            "state": now.state,
            "report": list(brought.report) if brought else [],
            "faults": [complaint(each) for each in brought.faults] if brought else [],
            "isRefused": False,
            "choices": self._choices,
        }
        if brought is not None and brought.manuscript is None:
            return told | {"name": brought.name, "text": brought.text, "isRefused": True}
        return told

    async def bring(self, request: Request) -> Response:
        """Take in a source, whose name the address tells."""
        data = await _body(request)
        if data is None:
            return PlainTextResponse("the file is larger than a hundred megabytes", 413)
        self._source = data
        return await self._bring(request.query_params.get("name", ""), data, keep_unmatched=False)

    async def again(self, request: Request) -> Response:
        """Try the source again: with what was mended in it, or leaving what does not match as text."""
        data = await _body(request)
        if self._brought is None or data is None:
            return Response(status_code=404)
        keep = request.query_params.get("keep") == "yes"
        return await self._bring(self._brought.name, data or self._source, keep_unmatched=keep)

    async def _bring(self, name: str, data: bytes, *, keep_unmatched: bool) -> Response:
        bring = partial(self._texts.bring, name, data, keep_unmatched=keep_unmatched)
        try:
            self._brought = await self._workshop.setting.do(bring)
        except (MachineError, OSError) as error:
            return PlainTextResponse(str(error), 500)
        if self._brought.manuscript is not None:
            self._want(self._brought.manuscript)
        return await self._told()

    async def save(self, request: Request) -> Response:
        """Save a text, which another page may have left for another one; the answer is what its state is then."""
        name, state = (request.query_params.get(key, "") for key in ("name", "state"))
        data, manuscript = await _body(request), self._texts.path(name) or self._lost(name)
        if data is None or manuscript is None:
            return Response(status_code=404)
        try:
            await asyncio.to_thread(self._texts.save, manuscript, data.decode("utf-8", "replace"), state)
            now = await asyncio.to_thread(self._texts.read, manuscript)
        except ChangedError as error:
            return PlainTextResponse(f"{error}. Copy what you wrote, then load this page anew.", 409)
        except (MachineError, OSError) as error:
            return PlainTextResponse(str(error), 500)
        self._workshop.want()
        return JSONResponse({"state": now.state})

    def _lost(self, name: str) -> Path | None:
        """The manuscript that is open, if it has this name: its file may be gone."""
        order = self._workshop.order
        return order.manuscript if order and order.manuscript.stem == name else None

    async def open(self, request: Request) -> Response:
        """Open a text that was brought earlier."""
        manuscript = self._texts.path(request.query_params.get("name", ""))
        if manuscript is None:
            return Response(status_code=404)
        self._brought = None
        self._want(manuscript)
        return await self._told()

    async def choose(self, request: Request) -> Response:
        """How it is to be printed; what is left out is as the text itself says."""
        given = await request.json()
        choices = {name: str(given[name]) for name in CHOICES if given.get(name)}
        try:
            building.options(choices)
            if "paper" in choices:
                parse(choices["paper"])
        except ValueError as error:
            return PlainTextResponse(str(error), 400)
        self._choices = dict(choices)
        if self._workshop.order is not None:
            self._want(self._workshop.order.manuscript)
        return Response(status_code=204)

    def _want(self, manuscript: Path) -> None:
        self._workshop.want(Order(manuscript, dict(self._choices), self._epoch))


async def _body(request: Request) -> bytes | None:
    """What was sent; None if it is too much."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            return None
    return bytes(data)
