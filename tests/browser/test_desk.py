"""The desk: what is brought is kept, chosen for and taken away; nothing is written over; it ends with its page."""

from __future__ import annotations

import asyncio
import configparser
import shlex
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from octopub import building
from octopub.cli.program import commands
from octopub.desk.browser.attendance import Attendance
from octopub.desk.browser.shortcut import MARK, starter
from octopub.desk.browser.texts import file_name
from octopub.diagnostics import MachineError
from tests.browser.served import TEXT, desk, until
from tests.tools import needs_tool, pdf_text

LETTER = b"A LETTER\n\nThe water comes and goes.[1]\n\n[1] Twice a day.\n"


def test_texts_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    with desk(tmp_path) as client:
        first = client.put("/desk/source?name=letter.txt", content=LETTER).json()
        again = client.put("/desk/source?name=letter.txt", content=LETTER).json()
        other = client.put("/desk/source?name=letter.txt", content=LETTER.replace(b"water", b"tide")).json()
        markdown = client.put("/desk/source?name=letter.md", content=TEXT.encode()).json()
        assert [told["name"] for told in (first, again, other, markdown)] == ["letter", "letter", "letter-2", "letter-3"]
        assert other["texts"] == ["letter", "letter-2"]
        assert any("1 note" in line for line in first["report"])
        opened = client.put("/desk/open?name=letter").json()
        assert (opened["text"], opened["report"]) == (first["text"], [])
        assert client.put("/desk/open?name=../../letter").status_code == 404


def test_what_cannot_be_taken_in_is_told_and_writes_nothing(tmp_path: Path) -> None:
    with desk(tmp_path) as client:
        told = client.put("/desk/source?name=letter.txt", content=LETTER.replace(b"[1] Tw", b"Tw")).json()
        assert (told["isRefused"], told["text"]) == (True, LETTER.replace(b"[1] Tw", b"Tw").decode())
        assert [(each["line"], "has no note" in each["message"]) for each in told["faults"]] == [(3, True)]
        scan = client.put("/desk/source?name=scan.pdf", content=b"%PDF-1.7").json()
        assert (scan["isRefused"], scan["text"]) == (True, "")
        assert list(tmp_path.iterdir()) == []
        client.put("/desk/source?name=letter.txt", content=LETTER.replace(b"[1] Tw", b"Tw"))
        kept = client.put("/desk/again?keep=yes").json()
        assert (kept["isRefused"], kept["texts"]) == (False, ["letter"])


def test_a_text_that_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with desk(tmp_path) as client:
        opened = client.put("/desk/source?name=tides.md", content=TEXT.encode()).json()
        (manuscript,) = tmp_path.rglob("tides.md")
        saved = client.put(f"/desk/text?name=tides&state={opened['state']}", content=b"# First\n")
        assert (saved.status_code, manuscript.read_text()) == (200, "# First\n")
        manuscript.write_text("# Another's\n")
        refused = client.put(f"/desk/text?name=tides&state={saved.json()['state']}", content=b"# Second\n")
        assert (refused.status_code, manuscript.read_text()) == (409, "# Another's\n")
        assert refused.text.startswith("tides.md was changed by another program meanwhile")
        state = client.get("/desk").json()["state"]
        assert client.put(f"/desk/text?name=tides&state={state}", content=b"# Second\n").status_code == 200
        manuscript.unlink()
        assert client.put("/desk/text?name=tides&state=any", content=b"# Third\n").status_code == 200
        assert manuscript.read_text() == "# Third\n"


def test_a_text_is_saved_under_its_own_name(tmp_path: Path) -> None:
    """Another page may have opened another one meanwhile."""
    with desk(tmp_path) as client:
        opened = client.put("/desk/source?name=one.md", content=TEXT.encode()).json()
        client.put("/desk/source?name=two.md", content=b"# Two\n")
        assert client.put(f"/desk/text?name=one&state={opened['state']}", content=b"# One\n").status_code == 200
        assert {path.name: path.read_text() for path in tmp_path.rglob("*.md")} == {"one.md": "# One\n", "two.md": "# Two\n"}
        assert client.put("/desk/text?name=three&state=any", content=b"# Three\n").status_code == 404


def test_letters_in_another_encoding_are_not_lost(tmp_path: Path) -> None:
    with desk(tmp_path) as client:
        client.put("/desk/source?name=tides.md", content=TEXT.encode())
        (manuscript,) = tmp_path.rglob("tides.md")
        manuscript.write_bytes("# Café\n".encode("latin-1"))
        state = client.get("/desk").json()["state"]
        refused = client.put(f"/desk/text?name=tides&state={state}", content="# Caf\ufffd\n".encode())
        assert (refused.status_code, manuscript.read_bytes()) == (409, "# Café\n".encode("latin-1"))


CHOICES = {
    "a paper": ({"paper": "A6"}, 204),
    "sheets": ({"impose": "booklet", "notes_pdf": "chapter"}, 204),
    "no paper": ({"paper": "A999"}, 400),
    "no way to fold": ({"impose": "crane"}, 400),
}


@pytest.mark.parametrize(("choices", "status"), list(CHOICES.values()), ids=CHOICES)
def test_choices(tmp_path: Path, choices: dict[str, str], status: int) -> None:
    with desk(tmp_path) as client:
        assert client.put("/desk/choices", json=choices).status_code == status
        assert client.get("/desk").json()["choices"] == (choices if status == 204 else {})


def test_the_choices_make_the_files(tmp_path: Path) -> None:
    with desk(tmp_path) as client:
        assert client.get("/files/pdf").status_code == 404
        client.put("/desk/source?name=tides.md", content=TEXT.encode())
        usual = until(client, lambda state: state["documents"])
        assert client.get("/sheets").json()["digests"] == []
        assert client.get("/files/sheets").status_code == 404
        client.put("/desk/choices", json={"paper": "A6", "impose": "2up"})
        chosen = until(client, lambda state: state["impose"] == "2up")
        assert chosen["pages"][0]["width"] < usual["pages"][0]["width"]
        sheets = client.get("/sheets").json()
        assert client.get(f"/pictures/{sheets['digests'][0]}.png").status_code == 200
        answer = client.get("/files/sheets")
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''tides-2up.pdf"
        assert answer.content.startswith(b"%PDF")


def test_fronts_and_backs_for_a_printer_of_one_side(tmp_path: Path) -> None:
    """As its test sheet says: turned over or not, over the head or not."""
    needs_tool("pdftotext")
    with desk(tmp_path) as client:
        client.put("/desk/source?name=tides.md", content=TEXT.encode() + b"\n## More\n\nAnd more.\n" * 20)
        client.put("/desk/choices", json={"impose": "booklet"})
        until(client, lambda state: state["impose"] == "booklet")
        both = client.get("/sheets").json()
        assert (both["isParted"], client.get("/files/backs").status_code) == (False, 404)
        parted = client.get("/sheets?pile=A").json()
        assert (parted["isParted"], parted["digests"]) == (True, both["digests"])
        assert "the fronts, one side, then the backs on the same sheets" in parted["note"]
        backs = {}
        for pile in "ABCD":
            answer = client.get(f"/files/backs?pile={pile}")
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''tides-booklet-backs.pdf"
            backs[pile] = pdf_text(answer.content)
        assert len(backs["A"]) == len(both["digests"]) // 2 > 1
        assert backs["B"] == backs["A"][::-1] != backs["A"]
        assert client.get("/files/fronts?pile=B").content == client.get("/files/fronts?pile=C").content
        assert client.get("/files/test-sheet").content.startswith(b"%PDF")


def test_without_pango_the_e_book_is_made_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_: object) -> None:
        raise MachineError("the PDF needs Pango, which is not installed")

    monkeypatch.setattr(building, "pdf", without)
    with desk(tmp_path) as client:
        client.put("/desk/source?name=tides.md", content=TEXT.encode())
        state = until(client, lambda state: state["documents"])
        assert (state["problem"], state["pages"]) == ("the PDF needs Pango, which is not installed", [])
        assert client.get("/files/epub").content.startswith(b"PK")


COMINGS = {
    "nobody ever came": ([0], True),
    "the page is open": ([0, 1], False),
    "it was closed": ([0, 1, -1], True),
    "it was loaded again": ([0, 1, -1, 1], False),
    "one of two was closed": ([0, 1, 1, -1], False),
}


@pytest.mark.parametrize(("comings", "has_ended"), list(COMINGS.values()), ids=COMINGS)
def test_it_ends_when_its_page_stays_closed(comings: list[int], has_ended: bool) -> None:
    ended: list[bool] = []

    async def scene() -> None:
        attendance = Attendance(lambda: ended.append(True), patience=0)
        for change in comings:
            attendance(change)
        for _ in range(3):
            await asyncio.sleep(0)

    asyncio.run(scene())
    assert bool(ended) == has_ended


NAMES = {
    "essay.docx": "essay.docx",
    "C:\\texts\\essay.docx": "essay.docx",
    "../../etc/passwd": "passwd",
    "..": "text",
    "a:b?.txt": "a-b-.txt",
    "x" * 300 + ".txt": "x" * 80 + ".txt",
    "": "text",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files(name: str) -> None:
    assert file_name(name) == NAMES[name]


def test_starters_start_this_python() -> None:
    python = '/home/a "b"/100% $HOME\\bin/python'
    windows = starter("win32", "C:\\Program Files\\100%\\python.exe")
    assert windows.name == "octopub.bat"
    assert '\r\n"C:\\Program Files\\100%%\\python.exe" -m octopub desk\r\n' in windows.content
    mac = starter("darwin", python)
    assert mac.name == "octopub.command"
    assert shlex.split(mac.content.splitlines()[-1]) == ["exec", python, "-m", "octopub", "desk"]
    linux = starter("linux", python)
    entry = configparser.RawConfigParser()
    entry.read_string(linux.content)
    line = entry["Desktop Entry"]["exec"].replace("\\\\", "\\").replace("%%", "%").replace("\\$", "$")
    assert shlex.split(line) == [python, "-m", "octopub", "desk"]


def test_the_starter_is_put_on_the_desktop_and_replaces_nothing_foreign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octopub.cli.homes.user_desktop_path", lambda: tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    target = tmp_path / "octopub.desktop"
    for _ in range(2):
        done = CliRunner().invoke(commands, ["desk", "--install-shortcut"])
        assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    assert MARK in target.read_text("utf-8")
    assert target.stat().st_mode & stat.S_IXUSR
    target.write_text("somebody else's", "utf-8")
    assert CliRunner().invoke(commands, ["desk", "--install-shortcut"]).exit_code == 2
    assert target.read_text("utf-8") == "somebody else's"
