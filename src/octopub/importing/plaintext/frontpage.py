"""The head and the foot of a plain text: title, subtitle, author, place and date become metadata.

Imports `card`, `importing.draft`, `recognise`, `lines` and `importing.ledger`. It
takes what it knows from the two ends of the text, and stops at the first unit that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing.draft import Finding, Place, Use
from octopub.importing.plaintext import card
from octopub.importing.plaintext.lines import BULLET, NUMBERED, SEPARATOR, UNDERLINE
from octopub.importing.plaintext.recognise import CAPITALS, CHAPTER, emphasized, heading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from octopub.importing.ledger import Ledger
    from octopub.importing.plaintext.lines import Line, Unit
    from octopub.importing.plaintext.recognise import Emphasized, Rank

LONGEST_TITLE = 150
UNITS_OF_HEAD = 6


@dataclass
class FrontPage:
    """What the ends of the text say about it."""

    ledger: Ledger
    calls: Mapping[int, Sequence[tuple[int, int, str]]]
    """By unit: from where to where a call stands."""
    metadata: dict[str, str | list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    kept: list[Unit] = field(default_factory=list)
    """Units of the head that call a note: they are metadata, and stay in the text, where the call stands."""
    title: Unit | None = None
    """The title, if it is one of these."""

    def keep(self, key: str, value: str | list[str], line: Line, reason: str) -> None:
        """Metadata, from this line."""
        self.metadata[key] = value
        shown = ", ".join(value) if isinstance(value, list) else value
        self.findings.append(Finding(Place(line.number), f"{key} “{shown}”", reason))

    def take(self, line: Line, mark: Emphasized | None = None) -> None:
        """Book a line as metadata, but for what marks it."""
        begin, end = (mark.begin, mark.end) if mark else (0, len(line.text))
        self.ledger.take(line.start, line.start + begin, Use.MARKUP)
        self.ledger.take(line.start + begin, line.start + end, Use.METADATA)
        self.ledger.take(line.start + end, line.end, Use.MARKUP)

    def words(self, unit: Unit) -> str:
        """A unit's text without calls."""
        text = unit.text
        for start, end, _ in reversed(self.calls.get(id(unit), ())):
            text = text[:start] + text[end:]
        return text.rstrip()

    # -- the head -------------------------------------------------------------------------------

    def head(self, units: list[Unit], lone: Collection[int]) -> int:
        """Take the head of the text, and give the number of units that it has. `lone` are the units that define
        what nothing calls: these stay in the text."""
        done = self._keyed(units)
        rest = units[done:]
        if "title" in self.metadata:
            return done if done else self._again(units)
        if len(rest) < 2 or id(rest[0]) in lone or not _may_be_title(rest[0], self.words(rest[0])):
            return done
        self._title(rest[0])
        for index, unit in enumerate(rest[1:UNITS_OF_HEAD], 1):
            behind = rest[index + 1] if index + 1 < len(rest) else None
            known = behind is not None and id(unit) not in lone
            if not known or not self._more(
                unit, rest[index + 1 :], directly=index == 1, above=rest[index - 1]
            ):
                return done + index
        return done + min(len(rest), UNITS_OF_HEAD)

    def _again(self, units: list[Unit]) -> int:
        """Take the title, and names, that are known already and stand at the head once more."""
        known = {_letters(value) for value in (self.metadata["title"], *self.metadata.get("author", ()))}
        done = 0
        for index, unit in enumerate(units[:UNITS_OF_HEAD]):
            by = (
                card.is_by(unit.text) and _letters(units[index + 1].text) in known
                if units[index + 1 :]
                else False
            )
            names = card.authors(unit.text, announced=True) or [unit.text]
            if id(unit) in self.calls or not (by or all(_letters(each) in known for each in names)):
                break
            for line in unit.lines:
                self.take(line)
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
        reason = "the first line, short, no full stop"
        if id(unit) in self.calls:
            self.keep(
                "title", emphasized(self.words(unit)).words, unit.lines[0], f"{reason}; it calls a note"
            )
            self.kept.append(unit)
            self.title = unit
            return
        lines = list(unit.lines)
        ruled = len(lines) > 1 and UNDERLINE.fullmatch(lines[1].text)
        if ruled:
            self.ledger.take(lines[1].start, lines[1].end, Use.MARKUP)
            del lines[1]
        size = 1
        while size < len(lines) and not ruled and _goes_on(lines[size - 1], lines[size]):
            size += 1
        marks = [emphasized(line.text) for line in lines[:size]]
        reason += ", underlined" if ruled else ""
        self.keep("title", " ".join(mark.words for mark in marks), lines[0], reason)
        for line, mark in zip(lines[:size], marks, strict=True):
            self.take(line, mark)
        for line in lines[size:]:
            if not self._known(line, line.text, "close below the title"):
                self._subtitle(line, "close below the title")

    def _subtitle(self, line: Line, reason: str) -> None:
        before = self.metadata.get("subtitle")
        mark = emphasized(line.text)
        self.keep("subtitle", f"{before} {mark.words}" if before else mark.words, line, reason)
        self.take(line, mark)

    def _more(self, unit: Unit, behind: list[Unit], *, directly: bool, above: Unit) -> bool:
        """Whether a unit below the title's belongs to the head still."""
        words = self.words(unit)
        if id(unit) in self.calls:
            return self._more_called(unit, words)
        if len(unit.lines) > 3 or len(words) > LONGEST_TITLE or UNDERLINE.fullmatch(unit.lines[-1].text):
            return False
        if card.is_by(words) and card.authors(behind[0].text):
            self.take(unit.lines[0])
            return True
        if all(self._would_know(line.text) for line in unit.lines):
            rank = _rank(unit)
            announced = card.is_by(above.text) or card.authors(words, announced=True)
            if rank and rank.style == CAPITALS and not announced and not _is_head(behind[0]):
                return False
            for line in unit.lines:
                self._known(line, line.text, "below the title")
            return True
        reason = self._subtitle_reason(unit, behind) if directly else ""
        if reason:
            self._subtitle(unit.lines[0], reason)
        return bool(reason)

    def _more_called(self, unit: Unit, words: str) -> bool:
        """Whether a unit that calls a note belongs to the head: it stays in the text all the same."""
        if len(unit.lines) > 1 or not self._would_know(words):
            return False
        self._known(unit.lines[0], words, "below the title; it calls a note", stays=True)
        self.kept.append(unit)
        return True

    def _subtitle_reason(self, unit: Unit, behind: list[Unit]) -> str:
        """Why a unit right below the title is its subtitle; empty if it is not."""
        if len(unit.lines) > 1 or "subtitle" in self.metadata:
            return ""
        if unit.text[0] == "(" and unit.text[-1] == ")":
            return "below the title, in brackets"
        rank = _rank(unit)
        if rank is None or NUMBERED.match(unit.text):
            return ""
        if _is_head(behind[0]):
            return "below the title, before author or date"
        return "" if unit.open else "close below the title"

    def _would_know(self, text: str) -> bool:
        return _head_line(text, self.metadata) is not None

    def _known(self, line: Line, text: str, where: str, *, stays: bool = False) -> bool:
        """Take a line that is an author, a place or a date, unless it `stays` in the text."""
        found = _head_line(text, self.metadata)
        if found is None:
            return False
        if isinstance(found, list):
            known = self.metadata.get("author")
            self.keep(
                "author", [*known, *found] if isinstance(known, list) else found, line, f"a name {where}"
            )
        else:
            self._sign(found, line, text, where)
        if not stays:
            self.take(line)
        return True

    def _sign(self, signature: card.Signature, line: Line, text: str, where: str) -> None:
        """Keep what a line with a date says. A place has no key of its own: the whole line is the imprint."""
        if signature.author:
            self.keep(
                "author",
                card.authors(signature.author) or [signature.author],
                line,
                f"a name before a date, {where}",
            )
        self.keep("date", signature.date, line, f"a date {where}: “{text}”")
        if signature.place:
            self.keep(
                "octopub.imprint",
                f"{signature.place}, {_words_of_date(text, signature.place)}",
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
            self._sign(signature, unit.lines[0], text, "at the end of the text")
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


def _letters(text: str | list[str]) -> str:
    """What is the same of a title in capitals and in small letters."""
    return "".join(each for each in str(text).casefold() if each.isalnum())


def _words_of_date(text: str, place: str) -> str:
    """The date of a line as it is written."""
    last = place.rsplit(", ", 1)[-1]
    words = text[text.index(last) + len(last) :].strip(" ,;:()[]–—-") if last in text else text.strip()
    return words if words.endswith("г.") else words.rstrip(".")


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


def _may_be_title(unit: Unit, text: str) -> bool:
    """Whether the first unit of a text (`text`, without calls) is its title: short, no sentence, no part of a
    list."""
    first = text.split("\n", 1)[0]
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
