"""The catalogue: every family that may be used, by its name.

Imports nothing of octopub. Reads the installed packages' descriptions and the project's `fonts/` folder,
each when first asked for; it never lists the machine's fonts, and never takes a face for another.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Style = Literal["normal", "italic"]

REGULAR, BOLD = 400, 700

# Both flavours of OpenType (EPUB 3.3 §3.2 lists them as core media types too).
FONT_FILES = (".otf", ".ttf")


class FontFile:
    """A font file, read when first asked for. HarfBuzz maps it into memory: opening it costs nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def table(self) -> Any:
        """HarfBuzz's view of the file (`uharfbuzz.Face`; one without glyphs if the file is no font)."""
        import uharfbuzz as hb  # noqa: PLC0415  # 15 ms that only those who open a font should pay

        return hb.Face(hb.Blob.from_file_path(str(self.path)))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that it has a glyph for."""
        return frozenset(map(chr, self.table.unicodes))

    @cached_property
    def features(self) -> frozenset[str]:
        """The OpenType features that substitute glyphs (`smcp`, `onum`, `sups`), in the default script."""
        return frozenset(self.table.get_language_feature_tags("GSUB", 0))

    @cached_property
    def axes(self) -> Mapping[str, tuple[float, float, float]]:
        """The axes of a variable font, by tag: least value, default, greatest."""
        return {axis.tag: (axis.min_value, axis.default_value, axis.max_value)
                for axis in self.table.axis_infos}


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: a file, and the weight at which a variable one is set."""

    family: str
    style: Style
    weight: int
    path: Path
    file: FontFile = field(compare=False, repr=False)

    def covers(self, char: str) -> bool:
        """Whether it has a glyph for the character."""
        return char in self.file.characters


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a family as its package or its own tables describe it: the weights it can give."""

    file: FontFile
    style: Style
    lightest: int
    heaviest: int

    def nearest(self, weight: int) -> int:
        """The weight nearest to the one asked for."""
        return min(max(weight, self.lightest), self.heaviest)


@dataclass(frozen=True)
class Family:
    """The faces of one design, under one name."""

    name: str
    sources: tuple[Source, ...]

    def face(self, style: Style = "normal", weight: int = REGULAR) -> Face:
        """The face nearest to style and weight; a family without italics gives its upright."""
        styled = [source for source in self.sources if source.style == style] or self.sources
        # Between two equally near weights the heavier: bold must not look like regular.
        source = min(styled, key=lambda s: (abs(s.nearest(weight) - weight), -s.nearest(weight)))
        return Face(self.name, source.style, source.nearest(weight), source.file.path, source.file)

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """Regular, italic, bold and bold italic: those of them that the family has."""
        return tuple(dict.fromkeys(
            self.face(style, weight) for weight in (REGULAR, BOLD) for style in ("normal", "italic")
        ))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that one of these faces has."""
        return frozenset().union(*(file.characters for file in {face.file for face in self.faces}))


@dataclass(frozen=True)
class Catalogue:
    """All that may be used: the installed packages' families, and those of a folder."""

    folder: Path | None = None

    def family(self, name: str) -> Family | None:
        """The family of that name; the folder's own comes before a package's."""
        wanted = slug(name)
        return next((own for own in self.own if slug(own.name) == wanted), None) or packaged(name)

    @cached_property
    def own(self) -> tuple[Family, ...]:
        """The families of the folder, by name."""
        sources: dict[str, list[Source]] = {}
        for name, source in filter(None, map(_described, self._files)):
            sources.setdefault(name, []).append(source)
        return tuple(Family(name, tuple(sources[name])) for name in sorted(sources))

    @cached_property
    def unreadable(self) -> tuple[Path, ...]:
        """The folder's files that look like fonts by their name, and are none; and links out of the project."""
        broken = {file.path for file in self._files if not _described(file)}
        return tuple(path for path in self._listed if path in broken or not self._is_own(path))

    @cached_property
    def _listed(self) -> tuple[Path, ...]:
        if self.folder is None or not self.folder.is_dir():
            return ()
        paths = sorted(path for path in self.folder.rglob("*") if path.suffix.lower() in FONT_FILES)
        return tuple(path for path in paths if path.is_file())

    @cached_property
    def _files(self) -> tuple[FontFile, ...]:
        return tuple(FontFile(path) for path in self._listed if self._is_own(path))

    def _is_own(self, path: Path) -> bool:
        """Whether a file of the folder lies in the project, once its links are followed."""
        return self.folder is not None and path.resolve().is_relative_to(self.folder.parent.resolve())


def open_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue of the installed packages and of the project's `fonts/` folder, if it has one."""
    return Catalogue(folder)


def slug(name: str) -> str:
    """A family's name as its package writes it: `EB Garamond` is `eb-garamond`."""
    return re.sub(r"[\s_]+", "-", name.strip().lower())


def package(name: str) -> str:
    """The package that a family of that name would come in."""
    return f"fontpkg-{slug(name)}"


def packaged(name: str) -> Family | None:
    """The installed package's family of that name.

    `fontpkg.family` gives the same after loading every installed family to answer for one (70 ms);
    the description is a file at a known place in the package, and asking for it costs half a millisecond.
    """
    module = package(name).replace("-", "_")
    if not re.fullmatch(r"\w+", module, re.ASCII):
        return None
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    description = json.loads((root / "metadata.json").read_text(encoding="utf-8"))
    weights = [axis for axis in description.get("axes", ()) if axis["tag"] == "wght"]
    return Family(description["family"], tuple(_packaged_sources(root, description["files"], weights)))


def _packaged_sources(
    root: Path, files: Iterable[Mapping[str, Any]], weights: list[Mapping[str, Any]]
) -> Iterable[Source]:
    for entry in files:
        file = FontFile(root / entry["path"])
        style: Style = "italic" if entry["style"] == "italic" else "normal"
        if entry["variable"] and weights:
            yield Source(file, style, int(weights[0]["min"]), int(weights[0]["max"]))
        else:
            weight = int(entry["weight"] or REGULAR)
            yield Source(file, style, weight, weight)


def _described(file: FontFile) -> tuple[str, Source] | None:
    """What a file of the project's says of itself: its family, and what it gives; None if it is no font.

    Names and numbers are OpenType's (`name` 16 before 1; `STAT`, `OS/2` and `post` through HarfBuzz).
    """
    import uharfbuzz as hb  # noqa: PLC0415  # as in FontFile

    table = file.table
    name = table.get_name(16) or table.get_name(1)
    if not name or not table.glyph_count or "cmap" not in table.table_tags:
        return None
    font = hb.Font(table)
    style: Style = "italic" if font.get_style_value(hb.StyleTag.ITALIC) > 0 else "normal"
    if "wght" in file.axes:
        lightest, _, heaviest = file.axes["wght"]
        return name, Source(file, style, int(lightest), int(heaviest))
    weight = round(font.get_style_value(hb.StyleTag.WEIGHT))
    return name, Source(file, style, weight, weight)
