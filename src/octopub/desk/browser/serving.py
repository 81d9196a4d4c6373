"""Serving: a free port on this machine, and the server on it until it is told to end.

Imports uvicorn, and nothing of octopub. Nobody but this machine can reach it.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HERE = "127.0.0.1"

TRIED = 50
"""So many ports are tried, one after the other."""


def bind(port: int) -> socket.socket:
    """A socket at this port of this machine, or at the next that is free; at any for 0. Raises MachineError where
    there is none."""
    for number in range(port, min(port + TRIED, 65536)):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HERE, number))
            bound.listen()  # who comes before the server is ready waits
        except OSError:
            bound.close()
        else:
            return bound
    raise MachineError(f"no port from {port} on is free: name another with --port")


def server(app: ASGIApp) -> uvicorn.Server:
    """The server; it ends at once when `should_exit` is set, whoever still looks."""
    config = uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, timeout_graceful_shutdown=1, ws="none"
    )
    return uvicorn.Server(config)
