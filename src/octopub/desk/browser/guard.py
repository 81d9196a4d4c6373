"""The guard at the door: only our own page is answered.

Imports Starlette. A page of another site can make the browser ask this server: under a name of its own that leads to
this machine (then `Host` is another), or across (then `Origin` or `Sec-Fetch-Site` says so). Both are refused, and
nothing is changed for a request that does not say where it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HARMLESS = ("GET", "HEAD")

PAGE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""What our page may load (CSP 3): nothing but our own."""

BOOK_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; media-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""And what the e-book in it may: no script whatever."""


class Guard:
    """Refuses with 403 whatever is not asked by our own page, and hands on the rest."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http" or not self._is_ours(scope["method"], Headers(scope=scope)):
            refusal = PlainTextResponse("This is answered to octopub's own page only.\n", 403)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, _guarded(send, is_book=scope["path"].startswith("/book/")))

    def _is_ours(self, method: str, headers: Headers) -> bool:
        origin = headers.get("origin")
        if headers.get("host") not in self._hosts or (origin is not None and origin not in self._origins):
            return False
        across = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if across and headers.get("sec-fetch-mode") != "navigate":
            return False
        return method in HARMLESS or origin is not None


def _guarded(send: Send, *, is_book: bool) -> Send:
    """With what the browser has to keep to, in the head of the answer."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = BOOK_POLICY if is_book else PAGE_POLICY
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            headers["Referrer-Policy"] = "no-referrer"
            headers["X-Content-Type-Options"] = "nosniff"
            headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return guarded
