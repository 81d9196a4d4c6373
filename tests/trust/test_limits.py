"""Beyond all bounds: each gets done in step with its size, or is refused at its place; nothing is a crash.

`tools/limits.py` runs the same in the sizes that SECURITY.md tells, with the time and the memory that they take.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import octopub
from octopub import building
from octopub.importing import bounds
from octopub.pdf import extent
from octopub.reading.limits import Limits
from tools.limits import (
    DRAWINGS,
    GROWING,
    IMPORTED,
    PICTURES,
    PRINTED,
    REFUSED,
    TAKEN,
    drawn,
    manuscript,
    pictured,
)

SMALL = 1_000
"""How often a thing is repeated here."""


def said(text: str | Path) -> list[str]:
    """The codes of the errors that keep a text from being an EPUB."""
    try:
        octopub.build_epub(text)
    except octopub.BuildError as error:
        return sorted({each.code.slug for each in error.diagnostics if each.severity == "error"})
    return []


@pytest.mark.parametrize("name", GROWING)
def test_what_is_done_however_much_it_is(name: str) -> None:
    make, code, _ = GROWING[name]
    assert said(manuscript(make(SMALL))) == ([code] if code else [])


@pytest.mark.parametrize("name", PRINTED)
def test_what_no_machine_lays_out_in_one_piece_is_refused_at_its_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(extent, "LIMIT", 300_000)
    with pytest.raises(octopub.BuildError, match=r"^<text>:8:1: error: this part .* GB of memory.* \[too-large\]$"):
        octopub.build_pdf(f"{manuscript('# One')}\n# Two\n\n{GROWING[name][0](SMALL)}")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_deep_is_refused_at_its_place(name: str) -> None:
    make, code = REFUSED[name]
    with pytest.raises(octopub.BuildError) as raised:
        octopub.build_epub(manuscript(make(SMALL)))
    first = raised.value.diagnostics[0]
    assert first.code.slug == code
    assert first.span is not None


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits in place of the usual ones, as far as sizes of files go."""
    monkeypatch.setattr(building, "USUAL", Limits(text_bytes=1000, picture_bytes=90, picture_pixels=100))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("data", [b"a" * 1001, "ä".encode() * 501, b"a\n" * 501], ids=["line", "letters", "lines"])
def test_a_manuscript_that_is_too_large(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "text.md").write_bytes(data)
    assert said(tmp_path / "text.md") == ["too-large"]
    (tmp_path / "text.md").write_bytes(data[:-2])
    assert said(tmp_path / "text.md") == []


def test_no_more_is_read_of_a_file_than_shows_that_it_is_too_large() -> None:
    """A device has no end."""
    assert said(Path("/dev/zero")) == ["too-large"]


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_that_would_be_too_much(tmp_path: Path, name: str) -> None:
    make, size, reason = DRAWINGS[name]
    with pytest.raises(octopub.BuildError) as raised:
        octopub.build_epub(drawn(tmp_path, make(size)))
    (error,) = raised.value.diagnostics
    assert str(error).startswith(f"{tmp_path}/text.md:6:1: error: the image “a.svg” cannot be read: {reason}")


def test_a_drawing_that_uses_itself_or_a_few_others_is_none(tmp_path: Path) -> None:
    circle = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/><use href="#a"/></g>'
    style = "<style>.a { fill: url(#c) } * { mask: url(#d) }</style><mask id='d'><rect class='a'/></mask>"
    assert said(drawn(tmp_path, circle + style + '<pattern id="c"><rect/></pattern>')) == []


@pytest.mark.usefixtures("small")
def test_a_picture_of_too_many_bytes(tmp_path: Path) -> None:
    assert said(drawn(tmp_path, "")) == ["image-unreadable"]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_would_be_too_much(tmp_path: Path, name: str) -> None:
    make, reason = PICTURES[name]
    path = pictured(tmp_path, make())
    if not reason:
        assert said(path) == []
        return
    with pytest.raises(octopub.BuildError, match=f":6:1: error: the image “a.png” cannot be read: {reason}"):
        octopub.build_epub(path)


@pytest.mark.parametrize("name", IMPORTED)
def test_a_source_that_would_be_too_much(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    make, kind, reason = IMPORTED[name]
    monkeypatch.setattr(bounds, "USUAL", bounds.USUAL._replace(tags=100_000, member_bytes=140_000))
    with pytest.raises(octopub.BuildError, match=reason):
        octopub.import_manuscript(make(150_000), kind=kind)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_imported_however_much_it_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Also where all that is read of it may be no more than twice what there is."""
    make, kind, full = TAKEN[name]
    source = make(full // 10)
    monkeypatch.setattr(bounds, "USUAL", bounds.USUAL._replace(archive_bytes=2_000_000))
    assert octopub.import_manuscript(source, kind=kind).text
