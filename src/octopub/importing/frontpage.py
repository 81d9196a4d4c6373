"""The head and the foot of a plain text: title, subtitle, author, place and date become metadata.

Imports `importing.card`, `importing.draft`, `importing.recognise`, `importing.lines` and `importing.ledger`. It
takes what it knows from the two ends of the text, and stops at the first unit that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing import card
from octopub.importing.draft import Finding, Place, Use
from octopub.importing.lines import BULLET, NUMBERED, SEPARATOR, UNDERLINE
from octopub.importing.recognise import CAPITALS, CHAPTER, heading

if TYPE_CHECKING:
    from collections.abc import Collection

    from octopub.importing.ledger import Ledger
    from octopub.importing.lines import Line, Unit
    from octopub.importing.recognise import Rank

LONGEST_TITLE = 150
UNITS_OF_HEAD = 6


@dataclass
class FrontPage:
    """What the ends of the text say about it."""

    ledger: Ledger
    metadata: dict[str, str | list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def keep(self, key: str, value: str | list[str], line: Line, reason: str) -> None:
        """Metadata, from this line."""
        self.metadata[key] = value
        shown = ", ".join(value) if isinstance(value, list) else value
        self.findings.append(Finding(Place(line.number), f"{key} “{shown}”", reason))

    def take(self, line: Line) -> None:
        """Book a line as metadata."""
        self.ledger.take(line.start, line.end, Use.METADATA)

    # -- the head -------------------------------------------------------------------------------

    def head(self, units: list[Unit], called: Collection[int]) -> int:
        """Take the head of the text, and give the number of units that it has. `called` are the numbers of the
        units that call notes: these stay in the text."""
        done = self._keyed(units)
        rest = units[done:]
        if done and "title" in self.metadata:
            return done
        if len(rest) < 2 or id(rest[0]) in called or not _may_be_title(rest[0]):
            return done
        self._title(rest[0])
        done += 1
        for index, unit in enumerate(rest[1:UNITS_OF_HEAD], 1):
            behind = rest[index + 1] if index + 1 < len(rest) else None
            if behind is None or id(unit) in called or not self._more(unit, behind, directly=index == 1):
                break
            done += 1
        return done

    def _keyed(self, units: list[Unit]) -> int:
        """`Title: …`, `Author: …` at the head."""
        for index, unit in enumerate(units):
            pairs = [card.keyed(line.text) for line in unit.lines]
            if not all(pairs) or (index == 0 and not any(pair and pair[0] == "title" for pair in pairs)):
                return index
            for line, pair in zip(unit.lines, pairs, strict=True):
                if pair:
                    key, value = pair
                    known = (card.authors(value) or [value]) if key == "author" else value
                    self.keep(
                        key,
                        card.date(value) or value if key == "date" else known,
                        line,
                        f"it says so: “{line.text}”",
                    )
                    self.take(line)
        return len(units)

    def _title(self, unit: Unit) -> None:
        """The first unit: a title, and what stands close below it."""
        lines = list(unit.lines)
        ruled = len(lines) > 1 and UNDERLINE.fullmatch(lines[1].text)
        if ruled:
            self.ledger.take(lines[1].start, lines[1].end, Use.MARKUP)
            del lines[1]
        size = 1
        while size < len(lines) and not ruled and _goes_on(lines[size - 1], lines[size]):
            size += 1
        reason = "the first line, short, no full stop" + (", underlined" if ruled else "")
        self.keep("title", " ".join(line.text for line in lines[:size]), lines[0], reason)
        for line in lines[:size]:
            self.take(line)
        for line in lines[size:]:
            if not self._known(line, "close below the title"):
                self._subtitle(line, "close below the title")

    def _subtitle(self, line: Line, reason: str) -> None:
        before = self.metadata.get("subtitle")
        self.keep("subtitle", f"{before} {line.text}" if before else line.text, line, reason)
        self.take(line)

    def _more(self, unit: Unit, behind: Unit, *, directly: bool) -> bool:
        """Whether a unit below the title's belongs to the head still."""
        if len(unit.lines) > 3 or len(unit.text) > LONGEST_TITLE or UNDERLINE.fullmatch(unit.lines[-1].text):
            return False
        if all(self._would_know(line) for line in unit.lines):
            rank = _rank(unit)
            if (
                rank
                and rank.style == CAPITALS
                and not card.authors(unit.text, announced=True)
                and not _is_head(behind)
            ):
                return False
            for line in unit.lines:
                self._known(line, "below the title")
            return True
        in_brackets = unit.text[0] == "(" and unit.text[-1] == ")"
        is_subtitle = directly and len(unit.lines) == 1 and "subtitle" not in self.metadata
        if is_subtitle and (
            in_brackets or (_rank(unit) and not NUMBERED.match(unit.text) and _is_head(behind))
        ):
            self._subtitle(unit.lines[0], "below the title, before author or date")
            return True
        return False

    def _would_know(self, line: Line) -> bool:
        return _head_line(line.text, self.metadata) is not None

    def _known(self, line: Line, where: str) -> bool:
        """Take a line that is an author, a place or a date."""
        found = _head_line(line.text, self.metadata)
        if found is None:
            return False
        if isinstance(found, list):
            known = self.metadata.get("author")
            self.keep(
                "author", [*known, *found] if isinstance(known, list) else found, line, f"a name {where}"
            )
        else:
            self._sign(found, line, where)
        self.take(line)
        return True

    def _sign(self, signature: card.Signature, line: Line, where: str) -> None:
        """Keep what a line with a date says. A place has no key of its own: the whole line is the imprint."""
        if signature.author:
            self.keep(
                "author",
                card.authors(signature.author) or [signature.author],
                line,
                f"a name before a date, {where}",
            )
        self.keep("date", signature.date, line, f"a date {where}: “{line.text}”")
        if signature.place:
            self.keep(
                "octopub.imprint",
                f"{signature.place}, {_words_of_date(line.text, signature.place)}",
                line,
                f"a place before a date, {where}",
            )

    # -- the foot -------------------------------------------------------------------------------

    def foot(self, units: list[Unit], called: Collection[int]) -> int:
        """Take the signature at the end of the text, and give the number of its units: a date with or without
        name and place, a name before or behind it; or a name behind a dash."""
        done = 0
        while done < min(2, len(units) - 1) and self._signs(units[-1 - done], units[-2 - done], called, done):
            done += 1
        return done

    def _signs(self, unit: Unit, before: Unit, called: Collection[int], done: int) -> bool:
        text = ", ".join(line.text.rstrip(",") for line in unit.lines)
        if len(unit.lines) > 3 or len(text) > 90 or id(unit) in called:
            return False
        author = self.metadata.get("author")
        signature = card.signature(text, has_author=bool(author))
        if signature and "date" not in self.metadata:
            if signature.author and author:
                return False
            self._sign(signature, unit.lines[0], "at the end of the text")
        elif names := self._signed_name(text, before, done):
            self.keep("author", names, unit.lines[0], "a name at the end of the text")
        else:
            return False
        for line in unit.lines:
            self.take(line)
        return True

    def _signed_name(self, text: str, before: Unit, done: int) -> list[str] | None:
        """A bare name, where no author is known: behind a dash, or beside a date."""
        if "author" in self.metadata:
            return None
        dashed = text[0] in "-–—"
        beside = done == 1 or card.signature(before.text, has_author=True) is not None
        names = card.authors(text.lstrip("-–— ").rstrip("."))
        ends = before.text[-1] in '.?!…"”»)]' or beside
        return names if names and ends and (dashed or beside or len(text) < 40) else None


def _words_of_date(text: str, place: str) -> str:
    """The date of a line as it is written."""
    last = place.rsplit(", ", 1)[-1]
    return text[text.index(last) + len(last) :].strip(" ,;:()[]–—-.") if last in text else text.strip(" .")


def _head_line(text: str, known: dict[str, str | list[str]]) -> list[str] | card.Signature | None:
    """The authors or the signature that a line of the head is."""
    wanted = "author" not in known or card.authors(text, announced=True)
    if wanted and (names := card.authors(text)):
        return names
    found = card.signature(text, has_author=True) if "date" not in known else None
    if found and found.place and "author" not in known and not card.is_place(found.place):
        parts = found.place.split(", ")
        if card.is_name(parts[0]):
            return card.Signature(parts[0], ", ".join(parts[1:]), found.date)
    return found


def _rank(unit: Unit) -> Rank | None:
    return heading([line.text for line in unit.lines], alone=True)


def _is_head(unit: Unit) -> bool:
    """Whether a unit could still belong to the head, or is a heading: then what stands before it is none."""
    return len(unit.lines) <= 2 and (
        all(_head_line(line.text, {}) is not None for line in unit.lines) or _rank(unit) is not None
    )


def _may_be_title(unit: Unit) -> bool:
    """Whether the first unit of a text is its title: short, no sentence, no part of a list."""
    text, first = unit.text, unit.lines[0].text
    rank = _rank(unit)
    if (
        len(text) > LONGEST_TITLE * 2
        or len(unit.lines) > 6
        or len(first) > LONGEST_TITLE
        or (rank and rank.style == CHAPTER)
    ):
        return False
    if BULLET.match(text) or SEPARATOR.fullmatch(first) or first[-1] in ",;:" or text[0] in "-–—":
        return False
    if first.endswith(".") and not first.isupper():
        return False
    return len(unit.lines) == 1 or (all(len(line.text) <= 72 for line in unit.lines) and text[-1] != ".")


def _goes_on(line: Line, behind: Line) -> bool:
    """Whether a title goes on in the next line: both in capitals, or the next begins small."""
    if _head_line(behind.text, {}) is not None:
        return False
    return (
        (line.text.isupper() and behind.text.isupper())
        or behind.text[0].islower()
        or line.text[-1] in ":,–—-"
    )
