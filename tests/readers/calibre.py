"""calibre's viewer without a screen, driven through the tools that its browser offers to developers.

Playwright does not know so old a browser. It shows the book in a frame of its own, in which the lens looks.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.readers.screens import PAGES, PATIENCE
from tests.tools import words

START = 60
"""Seconds within which the viewer is there."""

MOST_PAGES, TURN = 30, 0.4
"""Pages of the books that are opened here at most; seconds within which one is turned."""

CONTROL = 2
KEYS = {"PageDown": 34, "Home": 36}


class Viewer:
    """A viewer with a book open."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, timeout=START, suppress_origin=True)
        self._asked = 0
        self._frame_of: dict[int, str] = {}
        """The frames that show parts of the book, by the context in which their scripts run."""
        self._frames: list[str] = []
        """Those frames, in the order in which they came."""
        self._ask("Runtime.enable")
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=600, height=800, deviceScaleFactor=1, mobile=False
        )

    def wait(self) -> None:
        """Wait until the book is there."""
        assert self._until(lambda: bool(self._in_frame("document.body.innerText")), START)

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()

    # -- going somewhere ------------------------------------------------------------------------

    def go_to_beginning(self) -> None:
        """Go to the first page."""
        self._press("Home", CONTROL)
        time.sleep(TURN)

    def go_on_to(self, anchor: str) -> None:
        """Turn pages up to the file that has this anchor, and look at its place."""
        for _ in range(MOST_PAGES):
            if self._until(lambda: self._lens("place", anchor) is not None, TURN):
                break
            self._press("PageDown")
        self._in_frame(f"document.getElementById({json.dumps(anchor)}).scrollIntoView()")
        assert self.sees(anchor)

    def tap(self, anchor: str) -> None:
        """Tap on what has this anchor."""
        place = self._lens("place", anchor)
        left, top = self._at_top(_CORNER.format("iframe"))
        self._click(left + place["x"] + place["width"] / 2, top + place["y"] + place["height"] / 2)

    def close_note(self) -> None:
        """Close the pop-up by the cross in its corner."""
        self._evaluate(
            "document.body.textContent = ''", self._contexts()[-1]
        )  # or it is there before the next note
        left, top = self._at_top(_CORNER.format("#book-content-popup-overlay a:last-child"))
        self._click(left + 4, top + 4)

    def _click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    # -- looking --------------------------------------------------------------------------------

    def sees(self, anchor: str) -> bool:
        """Whether this anchor is on the screen, now or in a moment."""
        return self._until(lambda: self._lens("sees", anchor) is True)

    def shows_heading(self, heading: str) -> bool:
        """Whether this heading is on the screen, now or in a moment."""
        return self._until(lambda: heading in (self._lens("headingsOnScreen") or ()), START)

    def text(self) -> list[str]:
        """The words of the shown file, without notes."""
        return words(self._lens("text"))

    def notes(self) -> dict[str, list[str]]:
        """The words of each note in the shown file."""
        return {anchor: words(text) for anchor, text in self._lens("notes")}

    def popped_up(self) -> list[str]:
        """The words of the note that has popped up."""
        self._until(lambda: bool(self._note()))
        return self._note()

    def _note(self) -> list[str]:
        contexts = self._contexts()
        return (
            words(self._evaluate(f"{_LENS}lens.shown(document.body)", contexts[1]) or "")
            if contexts[1:]
            else []
        )

    # -- the developers' tools ------------------------------------------------------------------

    def _lens(self, question: str, *arguments: str) -> Any:
        asked = ", ".join(map(json.dumps, arguments))
        return self._in_frame(f"{_LENS}lens.{question}({asked})")

    def _in_frame(self, expression: str) -> Any:
        contexts = self._contexts()
        return self._evaluate(expression, contexts[0]) if contexts else None

    def _at_top(self, expression: str) -> Any:
        return self._evaluate(expression, None)

    def _contexts(self) -> list[int]:
        """Where the scripts of the text run, and those of a note that has popped up."""
        self._at_top("0")
        newest = {frame: context for context, frame in sorted(self._frame_of.items())}
        return [newest[frame] for frame in self._frames if frame in newest]

    def _press(self, key: str, modifiers: int = 0) -> None:
        code = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key], "modifiers": modifiers}
        for kind in ("rawKeyDown", "keyUp"):
            self._ask("Input.dispatchKeyEvent", type=kind, **code)

    def _until(self, condition: Callable[[], bool], seconds: float = PATIENCE / 1000) -> bool:
        end = time.monotonic() + seconds
        while not (met := condition()) and time.monotonic() < end:
            time.sleep(0.05)
        return met

    def _evaluate(self, expression: str, context: int | None) -> Any:
        where = {} if context is None else {"contextId": context}
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True, **where)
        return answer.get("result", {}).get("value")

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            match message.get("method"):
                case "Runtime.executionContextCreated":
                    self._enter(message["params"]["context"])
                case "Runtime.executionContextDestroyed":
                    self._frame_of.pop(message["params"]["executionContextId"], None)
            if message.get("id") == self._asked:
                answer: dict[str, Any] = message.get("result", {})
                return answer

    def _enter(self, context: dict[str, Any]) -> None:
        if context["origin"].endswith("sandbox"):
            frame = context["auxData"]["frameId"]
            self._frame_of[context["id"]] = frame
            self._frames += [] if frame in self._frames else [frame]


_CORNER = "(({{left, top}}) => [left, top])(document.querySelector('{}').getBoundingClientRect())"

_LENS = f"{{ window.reader = {{doc: () => document}}\n{(PAGES / 'lens.js').read_text('utf-8')} }}\n"
"""What each look begins with, for another file brings another window."""


@contextmanager
def opened(book: bytes, *, at: str = "") -> Iterator[Viewer]:
    """A book, open in the viewer; `at` is where the viewer is told to open it."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        (folder / "book.epub").write_bytes(book)
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        process = _start(folder, address, at)
        try:
            with closing(Viewer(_page(address))) as viewer:
                viewer.wait()
                yield viewer
        finally:
            process.kill()  # without a screen it does not heed a gentler word
            process.wait()


def _start(folder: Path, address: str, at: str) -> subprocess.Popen[bytes]:
    settings = {
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_REMOTE_DEBUGGING": address,
        "CALIBRE_CONFIG_DIRECTORY": str(folder / "settings"),
        "CALIBRE_CACHE_DIRECTORY": str(folder / "cache"),
        "CALIBRE_TEMP_DIR": str(folder),
    }
    where = [f"--open-at={at}"] if at else []
    return subprocess.Popen(
        ["ebook-viewer", *where, str(folder / "book.epub")],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _page(address: str) -> str:
    """The address at which the viewer's page listens."""
    end = time.monotonic() + START
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://{address}/json") as answer:
                pages = json.load(answer)
        except OSError:
            pages = []
        for page in pages:
            if page["url"].startswith("clbr:"):
                return str(page["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise AssertionError("calibre's viewer does not start")
