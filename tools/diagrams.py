"""`make pictures`: the README's diagrams of the sheets, drawn from the schemes that octopub prints by."""

from __future__ import annotations

from pathlib import Path

from octopub.imposing.placing import DIVIDED, Wishes, place
from octopub.imposing.scheme import Edge, Placed, Scheme, Side
from octopub.imposing.sheets import page_of
from octopub.model import Imposition
from octopub.paper import PAPERS

IMAGES = Path(__file__).resolve().parents[1] / "docs/images"

SHEET = PAPERS["a3"]
SCALE, GAP = 0.25, 14

COUNTS = {
    Imposition.BOOKLET: 8,
    Imposition.SIGNATURES: 8,
    Imposition.TWO_UP: 4,
    Imposition.FOUR_UP: 8,
    Imposition.EIGHT_UP: 16,
    Imposition.REPEAT_TWO: 2,
    Imposition.REPEAT_FOUR: 2,
    Imposition.ZINE: 8,
    Imposition.CUT_STACK: 8,
}

STYLE = (
    "<style>text{font:11px serif;text-anchor:middle;fill:#222}.sheet{fill:#fff;stroke:#222;stroke-width:1}"
    ".head{stroke:#222;stroke-width:1}.fold{stroke:#777;stroke-dasharray:4 3}.cut{stroke:#222;stroke-dasharray:1 3;"
    "stroke-width:1.5}</style>"
)


def diagram(mode: Imposition) -> str:
    """The sheets of a mode: in each row front and back."""
    page = page_of(SHEET, mode)
    sides = (page.width_mm, page.height_mm), (SHEET.width_mm, SHEET.height_mm)
    scheme = place(COUNTS[mode], *sides, Wishes(mode, signature=1))
    width, height = scheme.width * SCALE, scheme.height * SCALE
    columns = 2 if scheme.is_two_sided else 1
    parts = []
    for row, sheet in enumerate(scheme.sheets):
        for column, side in enumerate((sheet.front, sheet.back)[:columns]):
            x, y = 1 + column * (width + GAP), 1 + row * (height + GAP)
            parts.append(f'<g transform="translate({x:g} {y:g})">{drawn(side, scheme, mode)}</g>')
    whole = columns * (width + GAP) - GAP + 2, len(scheme.sheets) * (height + GAP) - GAP + 2
    size = f'width="{whole[0]:g}" height="{whole[1]:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{STYLE}{"".join(parts)}</svg>\n'


def drawn(side: Side, scheme: Scheme, mode: Imposition) -> str:
    """A side: the sheet, its lines and its pages."""
    width, height = scheme.width * SCALE, scheme.height * SCALE
    parts = [f'<rect class="sheet" width="{width:g}" height="{height:g}"/>']
    folds = {placed.left + placed.width * (placed.fold is Edge.RIGHT) for placed in side.pages if placed.fold}
    if mode is Imposition.ZINE:
        folds = {scheme.width * share / 4 for share in (1, 2, 3)}
        parts += [line("fold", start, height / 2, start + width / 4, height / 2) for start in (0, 0.75 * width)]
        parts.append(line("cut", width / 4, height / 2, 0.75 * width, height / 2))
    elif mode in DIVIDED:
        parts.append(line("cut", 0, height / 2, width, height / 2))
    elif mode in (Imposition.REPEAT_TWO, Imposition.REPEAT_FOUR):
        parts.append(line("cut", width / 2, 0, width / 2, height))
        if mode is Imposition.REPEAT_FOUR:
            parts.append(line("cut", 0, height / 2, width, height / 2))
    parts += [line("fold", x * SCALE, 0, x * SCALE, height) for x in sorted(folds)]
    return "".join(parts) + "".join(number(placed, scheme) for placed in side.pages)


def number(placed: Placed, scheme: Scheme) -> str:
    """A page's number, as its page stands, with a line under its head."""
    if placed.page is None:
        return ""
    x = (placed.left + placed.width / 2) * SCALE
    y = (scheme.height - placed.bottom - placed.height / 2) * SCALE
    turn = f"translate({x:g} {y:g}) rotate({-placed.rotation})"
    reach, head = placed.width * SCALE * 0.32, -placed.height * SCALE * 0.36
    return (
        f'<g transform="{turn}">{line("head", -reach, head, reach, head)}'
        f'<text y="5">{placed.page + 1}</text></g>'
    )


def line(kind: str, x: float, y: float, to_x: float, to_y: float) -> str:
    """A line of this kind."""
    return f'<line class="{kind}" x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"/>'


def main() -> None:
    """Write one for each mode."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for mode in Imposition:
        target = IMAGES / f"{mode}.svg"
        target.write_text(diagram(mode), "utf-8")
        print(target)


if __name__ == "__main__":
    main()
