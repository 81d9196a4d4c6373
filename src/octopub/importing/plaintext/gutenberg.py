"""The frame that Project Gutenberg puts around its texts: a head with what the text is, a licence at the end.

Imports `lines`, `importing.draft`, `card` and `importing.ledger`. What the head says of the
text becomes metadata; the rest of the frame is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import Finding, Place, Use
from octopub.importing.plaintext import card
from octopub.importing.plaintext.lines import groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.ledger import Ledger
    from octopub.importing.plaintext.lines import Line

_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_END = re.compile(
    r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg's", re.IGNORECASE
)
_SAYS = re.compile(r"(Title|Author|Language):\s+(.+)")
_MAKERS = re.compile(r"(?:E-?text )?(?:produced|prepared|transcribed) by\b", re.IGNORECASE)
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "russian": "ru", "dutch": "nl", "polish": "pl",
}  # fmt: skip


class Frame:
    """What stands around a text, and what it says of it."""

    def __init__(self) -> None:
        self.metadata: dict[str, str | list[str]] = {}
        self.findings: list[Finding] = []

    def strip(self, lines: Sequence[Line], ledger: Ledger) -> list[Line]:
        """The lines within the frame, all of them where there is none. What goes is booked in the ledger."""
        begin = next((index for index, line in enumerate(lines) if _START.match(line.text)), None)
        if begin is None:
            return list(lines)
        end = next(
            (index for index, line in enumerate(lines) if index > begin and _END.match(line.text)), len(lines)
        )
        inside = groups(lines[begin + 1 : end])
        makers = inside.pop(0) if inside and _MAKERS.match(inside[0][0].text) else []
        rest: list[Line] = []
        for line in lines[:begin]:
            said = _SAYS.match(line.text)
            if said and said[1].lower() not in self.metadata:
                self._leave(rest, ledger, "Project Gutenberg's head")
                rest = []
                self._says(said, line, ledger)
            else:
                rest.append(line)
        self._leave([*rest, lines[begin]], ledger, "Project Gutenberg's head")
        self._leave(makers, ledger, "who made Project Gutenberg's file")
        self._leave(lines[end:], ledger, "Project Gutenberg's licence")
        return [line for group in inside for line in group]

    def _says(self, said: re.Match[str], line: Line, ledger: Ledger) -> None:
        """Keep what a line of the head says of the text."""
        key, value = said[1].lower(), said[2].strip()
        known: str | list[str] = value
        if key == "language":
            key, known = "lang", _LANGUAGES.get(value.lower(), "")
        elif key == "author":
            known = card.authors(value) or [value]
        if known:
            self.metadata[key] = known
            self.findings.append(
                Finding(Place(line.number), f"{key} “{value}”", "Project Gutenberg's head says so")
            )
        ledger.take(line.start, line.end, Use.METADATA)

    @staticmethod
    def _leave(lines: Sequence[Line], ledger: Ledger, why: str) -> None:
        """Leave out lines that follow each other."""
        if lines:
            ledger.leave_out(lines[0].start, lines[-1].end, lines[0].number, why)
