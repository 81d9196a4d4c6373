"""What a machine lacks, and what supplies it: row by row, on machines that are made up."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

from octopub.desk import doctor
from octopub.diagnostics import MachineError, remedies
from octopub.diagnostics.remedies import System
from octopub.faces.catalogue import packaged
from tests.running import Run
from tests.test_new import commands_run
from tools import machine

SYSTEMS = {
    "Debian": ("linux", {"ID": "debian"}, System.DEBIAN, "sudo apt install libpango-1.0-0 "),
    "Mint": ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, System.DEBIAN, "sudo apt install "),
    "Fedora": ("linux", {"ID": "fedora"}, System.FEDORA, "sudo dnf install pango"),
    "Rocky": ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, System.FEDORA, "sudo dnf install pango"),
    "Arch": ("linux", {"ID": "arch"}, System.ARCH, "sudo pacman -S --needed pango"),
    "Manjaro": ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, System.ARCH, "sudo pacman -S --needed pango"),
    "macOS": ("darwin", {}, System.MACOS, "brew install pango"),
    "Windows": ("win32", {}, System.WINDOWS, "winget install MSYS2.MSYS2"),
    "Alpine": ("linux", {"ID": "alpine"}, None, "install Pango and HarfBuzz"),
    "unnamed": ("freebsd14", {}, None, "install Pango and HarfBuzz"),
}


@pytest.mark.parametrize(("name", "release", "expected", "command"), SYSTEMS.values(), ids=SYSTEMS.keys())
def test_each_system_has_its_command(
    name: str, release: dict[str, str], expected: System | None, command: str
) -> None:
    found = remedies.system(name, release)
    assert found is expected
    assert remedies.pango(found)[0].startswith(command)
    assert remedies.pango(found, is_root=True)[0].startswith(command.removeprefix("sudo "))


INSTALLED_IN = {
    "a virtual environment": ("/home/a/.venv", "/home/a/.venv/bin/python", "/home/a/.venv/bin/python -m pip install x y"),
    "a path with a space": ("/home/a b/v", "/home/a b/v/bin/python", '"/home/a b/v/bin/python" -m pip install x y'),
    "pipx": ("/home/a/.local/pipx/venvs/octopub", "/…/python", "pipx inject octopub x y"),
}


@pytest.mark.parametrize(("prefix", "python", "command"), INSTALLED_IN.values(), ids=INSTALLED_IN.keys())
def test_packages_go_where_octopub_is(prefix: str, python: str, command: str) -> None:
    assert remedies.packages(["x", "y"], prefix, python) == command


PACKAGE_MANAGERS = {System.DEBIAN: "apt-get", System.FEDORA: "dnf", System.ARCH: "pacman", System.MACOS: "brew"}


@pytest.mark.parametrize(("system", "manager"), PACKAGE_MANAGERS.items())
def test_what_it_says_is_what_make_installs(system: System, manager: str) -> None:
    (need,) = [need for need in machine.TO_PRINT if need.name == "pango"]
    assert remedies.PANGO[system][0].endswith(f" {need.packages[manager]}")


def test_and_what_the_templates_workflow_installs() -> None:
    (line,) = [line for line in commands_run() if line[:3] == ["sudo", "apt-get", "install"]]
    wanted = remedies.PANGO[System.DEBIAN][0].split()[3:]
    assert [word for word in line[3:] if not word.startswith("--")] == wanted


# -- the command --------------------------------------------------------------------------------


def test_a_machine_with_all_that_is_needed(run: Run) -> None:
    ran = run("doctor")
    assert (ran.status, ran.err) == (0, "")
    marks = {line[4:15].strip(): line[:2] for line in ran.out.splitlines() if line[:2].strip()}
    assert {marks[subject] for subject in ("octopub", "pages", "faces", "cache")} == {"ok"}
    assert f"octopub    {metadata.version('octopub')}, Python 3." in ran.out
    for name in ("pango 1.", "EB Garamond", "Frank Ruhl Libre (Hebr)"):
        assert name in ran.out
    assert re.search(r"octopub/formes: \d+\.\d MB\n", ran.out)


@pytest.mark.parametrize("system", [*System, None])
def test_without_pango_it_says_how_to_come_by_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, system: System | None
) -> None:
    def gone(_: object) -> None:
        raise MachineError("no Pango")

    monkeypatch.setattr(doctor, "compositor_of", gone)
    monkeypatch.setattr(remedies, "this_system", lambda: system)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    ran = run("doctor")
    assert ran.status == 3
    lines = ran.out.splitlines()
    at = lines.index("--  pages      Pango is not installed: no PDF can be made")
    commands = remedies.pango(system)
    assert [line.strip() for line in lines[at + 1 : at + 1 + len(commands)]] == list(commands)


def test_without_a_face_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octopub.desk.doctor.packaged", lambda name: None if name == "Noto Serif" else packaged(name))
    found = doctor.faces(Path("fonts"))
    assert (found.is_well, found.is_needed) == (False, True)
    assert found.remedy[0].endswith("install fontpkg-noto-serif")


def test_a_projects_own_faces(run: Run) -> None:
    run.write("fonts/broken.ttf", "no font")
    ran = run("doctor")
    assert ran.status == 3
    assert "--  faces      fonts/broken.ttf: no font" in ran.out


def test_without_an_extra_it_is_well_all_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    there = metadata.version

    def version(name: str) -> str:
        if name == "pypdfium2":
            raise metadata.PackageNotFoundError
        return there(name)

    monkeypatch.setattr(metadata, "version", version)
    ran = run("doctor")
    assert ran.status == 0
    assert "..  report     not installed (page reports with pictures)\n" in ran.out
    assert "install pypdfium2\n" in ran.out


def test_without_a_validator_it_says_how_to_come_by_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(run.folder))
    ran = run("doctor")
    assert ran.status == 0
    assert "..  ace        Ace by DAISY is not installed: `npm install --global @daisy/ace`\n" in ran.out
    run.write("ace", "").chmod(0o755)
    assert "ok  ace        there (`octopub epub --ace`)\n" in run("doctor").out


def test_extras_are_read_from_the_package_itself() -> None:
    requirements = ["lxml>=5", 'a>=1; extra == "x"', "b-c[d]<2 ; python_version > '3' and extra == 'x'", 'e; extra == "test"']
    assert doctor.extras(requirements) == {"x": ["a", "b-c"]}
    assert "report" in doctor.extras(metadata.requires("octopub") or ())
