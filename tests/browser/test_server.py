"""The page's server: whom it answers, and what it keeps when the text is at fault."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from octopub.desk.browser import server as servers
from octopub.desk.browser.serving import HERE, bind
from octopub.diagnostics import MachineError
from tests.browser.served import OURS, TEXT, served, until, written


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(written(tmp_path_factory.mktemp("project"))) as client:
        until(client, lambda state: state["documents"])
        yield client


REFUSED = {
    "another name that leads here": ("GET", {"Host": "harbour.test"}),
    "our name without the port": ("GET", {"Host": "127.0.0.1"}),
    "another port's": ("GET", {"Host": "127.0.0.1:80"}),
    "a page of another site": ("GET", {"Origin": "https://harbour.test"}),
    "a page in a sandbox": ("GET", {"Origin": "null"}),
    "another port's page": ("GET", {"Origin": "http://127.0.0.1:80"}),
    "a picture in a page of another site": ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
    "a change by whoever does not say whence": ("POST", {}),
    "a change by a page of another site": ("PUT", {"Origin": "https://harbour.test"}),
}


@pytest.mark.parametrize(("method", "headers"), list(REFUSED.values()), ids=REFUSED)
def test_others_are_refused(client: TestClient, method: str, headers: dict[str, str]) -> None:
    assert client.request(method, "/state", headers=headers).status_code == 403


ANSWERED = {
    "the address typed in": {},
    "our page": {"Origin": OURS, "Sec-Fetch-Site": "same-origin"},
    "a link from elsewhere": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    "the machine's usual name": {"Host": "localhost:8917"},
}


@pytest.mark.parametrize("headers", list(ANSWERED.values()), ids=ANSWERED)
def test_our_page_is_answered(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/state", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/page/%2e%2e/server.py",
        "/page/..%2fserver.py",
        "/page//etc/passwd",
        "/book/%2e%2e/%2e%2e/etc/passwd",
        "/book//etc/passwd",
        "/book/mimetype",
        "/book/EPUB/%2e%2e/EPUB/style.css",
        "/pictures/%2e%2e%2fstate.png",
        "/manuscript/tides.md",
        "/where/9999",
    ],
)
def test_nothing_else_is_handed_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def has_title(title: str, state: dict[str, Any]) -> bool:
    return bool(state["title"] == title)


def test_the_last_pages_are_there_for_who_has_not_heard_of_the_new_ones(tmp_path: Path) -> None:
    path = written(tmp_path)
    with served(path) as client:
        seen = {}
        for title in ("Tide tables", "Tides anew", "Tides once more"):
            path.write_text(TEXT.replace("Tide tables", title), "utf-8")
            seen[title] = until(client, partial(has_title, title))["pages"][0]["digest"]
        answers = [client.get(f"/pictures/{digest}.png").status_code for digest in seen.values()]
        assert answers == [404, 200, 200]
        assert client.get("/lines/9999").json() == []


def test_a_link_in_the_page_s_folder_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p {}", "utf-8")
    page = tmp_path / "page"
    page.mkdir()
    (page / "style.css").symlink_to(secret)
    (page / "own.css").write_text("p {}", "utf-8")
    monkeypatch.setattr(servers, "PAGE", page)
    with served(written(tmp_path)) as client:
        assert client.get("/page/own.css").status_code == 200
        assert client.get("/page/style.css").status_code == 404


def test_the_page_loads_nothing_from_elsewhere_and_the_book_runs_no_script(client: TestClient) -> None:
    assert client.get("/").headers["Content-Security-Policy"].startswith("default-src 'self';")
    name = until(client, lambda state: state["documents"])["documents"][-1]["name"]
    answer = client.get(f"/book/{name}")
    assert answer.headers["Content-Type"] == "application/xhtml+xml"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_a_line_of_the_page_knows_its_line_of_the_manuscript(client: TestClient) -> None:
    state = until(client, lambda state: state["pages"])
    lines = [line for leaf in range(len(state["pages"])) for line in client.get(f"/lines/{leaf}").json()]
    told = {line["text"].split()[0]: line["line"] for line in lines}
    assert told["The"] == TEXT.split("\n").index("The second paragraph says little.[^1]") + 1
    assert [line["line"] for line in lines if "note says less" in line["text"]] == [10]
    spot = client.get("/where/8").json()
    (there,) = [line for line in client.get(f"/lines/{spot['page']}").json() if line["line"] == 8]
    assert spot["top"] == pytest.approx(there["top"])


def test_a_picture_is_that_of_its_digest(client: TestClient) -> None:
    digest = until(client, lambda state: state["pages"])["pages"][0]["digest"]
    answer = client.get(f"/pictures/{digest}.png")
    assert answer.content.startswith(b"\x89PNG")
    assert "immutable" in answer.headers["Cache-Control"]


BROKEN = {
    "a note that is missing": (TEXT.replace("[^1]: ", "[^2]: "), "error"),
    "no text": ("", "error"),
    "another encoding": (None, "error"),
}


@pytest.mark.parametrize(("text", "says"), list(BROKEN.values()), ids=BROKEN)
def test_an_error_keeps_the_last_good_pages_and_says_so(tmp_path: Path, text: str | None, says: str) -> None:
    path = written(tmp_path)
    with served(path) as client:
        good = until(client, lambda state: state["pages"])
        path.write_bytes("Hafen: Gezeiten für Anfänger".encode("latin-1") if text is None else text.encode())
        bad = until(client, lambda state: state["problem"])
        assert (bad["pages"], bad["isStale"], bad["documents"]) == (good["pages"], True, good["documents"])
        assert says in bad["problem"]
        assert "error" in [each["severity"] for each in bad["diagnostics"]]
        path.write_text(TEXT.replace("Friday", "Sunday"), "utf-8")
        mended = until(client, lambda state: not state["problem"] and not state["isStale"])
        assert mended["pages"] != good["pages"]


def test_a_manuscript_that_vanishes_and_comes_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    with served(path) as client:
        good = until(client, lambda state: state["pages"])
        path.unlink()
        gone = until(client, lambda state: state["problem"])
        assert gone["problem"] == "the file tides.md cannot be read: no such file or directory"
        assert gone["pages"] == good["pages"]
        # As editors do it: written beside it, and moved there.
        beside = path.with_suffix(".tmp")
        beside.write_text(TEXT, "utf-8")
        beside.replace(path)
        assert until(client, lambda state: not state["problem"])["pages"] == good["pages"]


def in_two_pieces(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for piece in (text[:100], text[100:]):
            file.write(piece)
            file.flush()
            time.sleep(0.3)


def beside_it_and_moved_there(path: Path, text: str) -> None:
    beside = path.with_name(".tides.md.swap")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def with_the_old_one_kept(path: Path, text: str) -> None:
    old = path.rename(path.with_name("tides.md~"))
    path.write_text(text, "utf-8")
    old.unlink()


@pytest.mark.parametrize("save", [in_two_pieces, beside_it_and_moved_there, with_the_old_one_kept])
def test_each_editor_s_way_of_saving_is_followed(tmp_path: Path, save: Callable[[Path, str], None]) -> None:
    path = written(tmp_path)
    with served(path) as client:
        until(client, lambda state: state["pages"])
        save(path, TEXT.replace("Tide tables", "Ebb"))
        until(client, lambda state: state["title"] == "Ebb" and not state["problem"])
        save(path, TEXT.replace("Tide tables", "Flood"))
        until(client, lambda state: state["title"] == "Flood" and not state["problem"])


def test_a_folder_that_is_removed_and_made_anew(tmp_path: Path) -> None:
    path = written(tmp_path)
    with served(path) as client:
        until(client, lambda state: state["pages"])
        shutil.rmtree(path.parent)
        until(client, lambda state: "cannot be read" in state["problem"])
        written(tmp_path, TEXT.replace("Tide tables", "Tides anew"))
        until(client, lambda state: state["title"] == "Tides anew")
        written(tmp_path, TEXT.replace("Tide tables", "Tides once more"))
        until(client, lambda state: state["title"] == "Tides once more")
        # Gone and there again at once: the file system may give the new one the old one's number.
        shutil.rmtree(path.parent)
        written(tmp_path, TEXT.replace("Tide tables", "Tides at last"))
        until(client, lambda state: state["title"] == "Tides at last")
        written(tmp_path, TEXT.replace("Tide tables", "The last tides"))
        until(client, lambda state: state["title"] == "The last tides")


def test_an_image_in_a_new_folder_is_followed(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT + "\n![A buoy](images/buoy.svg)\n")
    with served(path) as client:
        until(client, lambda state: state["problem"])
        images = path.parent / "images"
        images.mkdir()
        (images / "buoy.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
        until(client, lambda state: state["pages"] and not state["problem"])


def test_a_port_in_use_gives_the_next() -> None:
    with bind(0) as first:
        number = first.getsockname()[1]
        with bind(number) as second:
            assert second.getsockname()[0] == HERE
            assert second.getsockname()[1] > number


def test_where_no_port_is_free_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(socket.socket, "bind", taken)
    with pytest.raises(MachineError, match="--port"):
        bind(8917)


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    path = written(tmp_path)
    program = "import sys; sys.modules['starlette'] = None; from octopub.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "preview", str(path), "--no-open"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "pip install 'octopub[desk]'" in done.stderr
