"""Papers by name and by their sides."""

from __future__ import annotations

import pytest

from octopub.paper import A5, bleed, parse


@pytest.mark.parametrize(
    ("text", "says"),
    [("3mm", "3mm"), ("0.125in", "3.175mm"), (" 9 PT ", "3.175mm"), ("3", "3mm"), ("0", "0mm"), ("2cm", "20mm")],
)
def test_bleed(text: str, says: str) -> None:
    assert bleed(text) == says


@pytest.mark.parametrize("text", ["-3mm", "", "3 miles", "mm", "20.1mm", "1in", "3mmm", "1e1mm", "nan"])
def test_no_bleed(text: str) -> None:
    with pytest.raises(ValueError, match=r"no length such as 3mm|more than 20 mm"):
        bleed(text)


@pytest.mark.parametrize(
    ("text", "width", "height", "name"),
    [
        ("A3", 297, 420, "A3"),
        ("a4", 210, 297, "A4"),
        ("A5", 148, 210, "A5"),
        (" a6 ", 105, 148, "A6"),
        ("a7", 74, 105, "A7"),
        ("B5", 176, 250, "B5"),
        ("b6", 125, 176, "B6"),
        ("Letter", 215.9, 279.4, "Letter"),
        ("legal", 215.9, 355.6, "Legal"),
        ("TABLOID", 279.4, 431.8, "Tabloid"),
        ("half-letter", 139.7, 215.9, "Half Letter"),
        ("Half Letter", 139.7, 215.9, "Half Letter"),
        ("5x8in", 127, 203.2, "5 × 8 in"),
        ("6x9in", 152.4, 228.6, "6 × 9 in"),
        ("5.5 X 8.5 In", 139.7, 215.9, "5.5 × 8.5 in"),
        ("148x210mm", 148, 210, "148 × 210 mm"),
        ("148×210", 148, 210, "148 × 210 mm"),
        ("14.8cm x 21cm", 148, 210, "14.8 × 21 cm"),
        ("14.8cmx210mm", 148, 210, "14.8 cm × 210 mm"),
        ("360x576pt", 127, 203.2, "360 × 576 pt"),
    ],
)
def test_paper(text: str, width: float, height: float, name: str) -> None:
    paper = parse(text)
    assert (paper.width_mm, paper.height_mm, paper.name) == (width, height, name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "neither a paper's name"),
        ("A55", "neither a paper's name"),
        ("148", "neither a paper's name"),
        ("148x210x3mm", "neither a paper's name"),
        ("-1x2mm", "neither a paper's name"),
        ("1e3x2mm", "neither a paper's name"),
        ("148x210furlongs", "“furlongs” is no unit"),
        ("0x210mm", "no side of length 0"),
        ("148x9999mm", "longer than 5080 mm"),
    ],
)
def test_no_paper(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(text)


def test_default() -> None:
    assert parse("a5") is A5
