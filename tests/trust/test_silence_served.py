"""Nothing in, nothing out: whatever the servers of `preview` and `desk` are asked, and whatever the texts ask for that they
show, no file outside the project is opened, and nothing is connected to; the port is this machine's alone."""

from __future__ import annotations

import http.client
import json
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.browser.served import PATIENCE, started, written
from tests.trust.test_silence import ASKED, DRAWING, HTML, PIXEL, TITLE, hostile_files
from tests.trust.test_silence_elsewhere import SOURCES
from tests.trust.watching import Watched, ears

SECRET = b"what lies beside the project"

OUTSIDE = ("../secret.txt", "../../secret.txt", "%2e%2e/%2e%2e/secret.txt", "..%2f..%2fsecret.txt", "%2fetc%2fpasswd", "/etc/passwd",
           "file:///etc/passwd", "//127.0.0.1:9/a", "http://127.0.0.1:9/a", "..%5csecret.txt", "%00", "link.png", "away/secret.txt")  # fmt: skip
"""What is no name of anything that a server has."""

ASKING = ("/{}", "/page/{}", "/book/{}", "/pictures/{}", "/pictures/{}.png", "/lines/{}", "/where/{}", "/files/{}")
CHANGING = ("/desk/open?name={}", "/desk/text?name={}&state=any")


class Served(NamedTuple):
    """A server that is running."""

    address: str

    def ask(self, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Status and body of an answer to our own page: to a GET, or a PUT of a body. The path goes as it is."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            connection.request("GET" if body is None else "PUT", path, body, {"Origin": self.address})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def state(self, is_built: bool) -> dict[str, Any]:
        """What the page is told, once the text is built, or found to be at fault."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state: dict[str, Any] = json.loads(self.ask("/state")[1])
            if not state["working"] and (state["pages"] if is_built else state["diagnostics"]):
                return state
            time.sleep(0.1)
        raise AssertionError(state)

    def ask_for_all(self, state: dict[str, Any]) -> None:
        """Ask for whatever a page shows of what is built."""
        wanted = [
            *(f"/book/{each['name']}" for each in state["documents"]), *(f"/lines/{leaf}" for leaf, _ in enumerate(state["pages"])),
            *(f"/pictures/{each['digest']}.png" for each in state["pages"]), "/", "/page/main.js", "/where/8", "/sheets?mode=booklet",
            "/files/epub", "/files/pdf", "/files/test-sheet",
        ]  # fmt: skip
        assert {path: status for path in wanted if (status := self.ask(path)[0]) != 200} == {}

    def ask_for_what_is_outside(self, *forms: str, body: bytes | None = None) -> None:
        """Ask for what is no server's to give."""
        for form in forms:
            for name in OUTSIDE:
                status, answer = self.ask(form.format(name), body)
                assert status >= 400, (form, name)
                assert SECRET not in answer


def beside(project: Path) -> None:
    """What nobody may read."""
    (project.parent / "secret.png").write_bytes(PIXEL)
    (project.parent / "secret.txt").write_bytes(SECRET)


def assert_silent(watched: Watched, project: Path) -> None:
    assert {each for each in watched.opened if not each.is_relative_to(project)} == set()
    assert [each for each in watched.others if not each.startswith("socket.bind ('127.0.0.1', ")] == []
    assert len(watched.others) == 1


def test_what_is_previewed_asks_for_nothing(tmp_path: Path) -> None:
    project = tmp_path / "project"
    path = written(project, TITLE + "\n\n".join(line for line, _ in ASKED.values()))
    beside(project)
    hostile_files(path.parent)
    (path.parent / "drawing.svg").write_text(DRAWING, "utf-8")
    with ears() as all_ears:
        with started("preview", path, cwd=project, environment=all_ears.environment) as address:
            served = Served(address.rstrip("/"))
            refused = served.state(is_built=False)
            served.ask_for_what_is_outside(*ASKING)
            path.write_text(f"{TITLE}{HTML}\n![drawing](drawing.svg)\n", "utf-8")
            served.ask_for_all(served.state(is_built=True))
            served.ask_for_what_is_outside(*ASKING)
        watched = all_ears.heard(0, "", [])
    assert refused["pages"] == []
    assert_silent(watched, project)


def test_what_lies_on_the_desk_asks_for_nothing(tmp_path: Path) -> None:
    """Brought, chosen for, saved and opened; and nothing is written but in its folder."""
    project = tmp_path / "project"
    (project / "manuscript").mkdir(parents=True)
    beside(project)
    hostile_files(project / "manuscript")
    (project / "manuscript/drawing.svg").write_text(DRAWING, "utf-8")
    outside = sorted(tmp_path.glob("*"))
    with ears() as all_ears:
        with started("desk", "--folder", project, cwd=project, environment=all_ears.environment) as address:
            served = Served(address.rstrip("/"))
            for name, content in SOURCES.items():
                assert served.ask(f"/desk/source?name=..%2f..%2f{name}", content)[0] == 200
                served.state(is_built=True)
            text = TITLE + "\n\n".join(line for line, _ in ASKED.values())
            opened = json.loads(served.ask("/desk/source?name=asking.md", text.encode())[1])
            assert served.state(is_built=False)["pages"] == []
            saved = f"{TITLE}{HTML}\n![drawing](drawing.svg)\n".encode()
            assert served.ask(f"/desk/text?name=asking&state={opened['state']}", saved)[0] == 200
            assert served.ask("/desk/choices", b'{"paper": "A5"}')[0] == 204
            served.ask_for_all(served.state(is_built=True))
            assert served.ask("/desk/open?name=page", b"")[0] == 200
            served.ask_for_what_is_outside(*ASKING)
            served.ask_for_what_is_outside(*CHANGING, body=b"")
        watched = all_ears.heard(0, "", [])
    assert_silent(watched, project)
    assert sorted(tmp_path.glob("*")) == outside
