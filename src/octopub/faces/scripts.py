"""Scripts that the default text face lacks, and a packaged family for each.

Imports nothing of octopub: a table and two look-ups. Latin, Greek and Cyrillic need no row.
"""

from __future__ import annotations

from typing import NamedTuple

from octopub.faces.catalogue import slug


class Script(NamedTuple):
    """A script: its ISO 15924 code, the languages written in it, its Unicode blocks, and a family that
    has it, as its package is called."""

    code: str
    languages: tuple[str, ...]
    blocks: tuple[range, ...]
    family: str


# Families known to have the script (each package's files were asked). No package of the kind has Chinese,
# Japanese, Korean, Armenian, Georgian, Ethiopic or emoji.
SCRIPTS = (
    Script("Hebr", ("he", "iw", "yi", "lad"), (range(0x0590, 0x0600), range(0xFB1D, 0xFB50)),
           "Frank Ruhl Libre"),
    Script("Arab", ("ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ks"),
           (range(0x0600, 0x0700), range(0x0750, 0x0780), range(0x08A0, 0x0900),
            range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF)), "Amiri"),
    Script("Deva", ("hi", "mr", "ne", "sa", "kok", "mai", "bho"),
           (range(0x0900, 0x0980), range(0x1CD0, 0x1D00), range(0xA8E0, 0xA900)), "Noto Sans Devanagari"),
    Script("Beng", ("bn", "as"), (range(0x0980, 0x0A00),), "Hind Siliguri"),
    Script("Taml", ("ta",), (range(0x0B80, 0x0C00),), "Noto Sans Tamil"),
    Script("Telu", ("te",), (range(0x0C00, 0x0C80),), "Noto Sans Telugu"),
    Script("Thai", ("th",), (range(0x0E00, 0x0E80),), "Noto Sans Thai"),
    Script("Khmr", ("km",), (range(0x1780, 0x1800), range(0x19E0, 0x1A00)), "Noto Sans Khmer"),
)


def script_of_language(lang: str) -> Script | None:
    """The script that a text in this language (BCP 47) is written in, if it has a row: the tag's own
    script subtag (`yi-Latn`), else the language's usual one."""
    language, *rest = lang.lower().replace("_", "-").split("-")
    named = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    if named:
        return next((script for script in SCRIPTS if script.code.lower() == named), None)
    return next((script for script in SCRIPTS if language in script.languages), None)


def script_of_character(char: str) -> Script | None:
    """The script that the character belongs to, if it has a row."""
    return next((script for script in SCRIPTS if any(ord(char) in block for block in script.blocks)), None)


def package_of(char: str) -> str | None:
    """The package to install for a character that no face has (`fontpkg-noto-sans-thai`), if one is known.

    It need not have this very character: scripts grow from one Unicode version to the next.
    """
    script = script_of_character(char)
    return f"fontpkg-{slug(script.family)}" if script else None
