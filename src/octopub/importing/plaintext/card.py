"""What stands on a text's title page: recognisers of authors, places and dates, in seven languages.

Imports nothing of octopub. Each looks at one text and gives what it found, or None: where in the source that
stood is the caller's business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = (
    "january jan januar jänner janvier enero gennaio janeiro январь января",
    "february feb februar feber février fevrier febrero febbraio fevereiro февраль февраля",
    "march mar märz maerz mars marzo março marco март марта",
    "april apr avril abril aprile апрель апреля",
    "may mai mayo maggio maio май мая",
    "june jun juni juin junio giugno junho июнь июня",
    "july jul juli juillet julio luglio julho июль июля",
    "august aug août aout agosto август августа",
    "september sep sept septembre septiembre setiembre settembre setembro сентябрь сентября",
    "october oct oktober okt octobre octubre ottobre outubro октябрь октября",
    "november nov novembre noviembre novembro ноябрь ноября",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro декабрь декабря",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_DAY = r"(?P<d>[1-3]?\d)(?:st|nd|rd|th|er|[.º°])?"
_MONTH = r"(?P<m>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<y>1\d{3}|20\d{2})(?:\s*(?:г\.?|года))?"
_OF = r"(?:\s+(?:of|de|di))?"
_DAY_FIRST = re.compile(
    rf"(?:(?:den|am|le|el|il|em|on|the)\s+)?{_DAY}{_OF}\s+{_MONTH},?{_OF}\s+{_YEAR}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"(?:(?:in|im|en|em|в)\s+)?{_MONTH}(?:\s+{_DAY},?)?,?{_OF}\s+{_YEAR}", re.IGNORECASE
)
_SEASON = re.compile(
    rf"(?:(?:in|im|en|em)\s+(?:the\s+)?)?(?P<s>(?:spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|"
    rf"automne|hiver|primavera|verano|otoño|invierno|estate|autunno|inverno|verão|outono|весна|лето|осень|зима)"
    rf"{_OF},?\s+{_YEAR})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_FIGURES = re.compile(r"(?P<d>[0-3]?\d)\.\s?(?P<m>[01]?\d)\.\s?(?P<y>1\d{3}|20\d{2})")
_YEAR_ALONE = re.compile(_YEAR)

_BY = re.compile(
    r"(?:by|von|par|por|da|di|от|written by|autor|author|auteur|autore|автор)\s*:?\s+(?=[\"“]?\w)",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(r"(?:by|von|par|por|da|di|от|written by)\s*:?", re.IGNORECASE)
_DEGREE = re.compile(r",?\s+(?:Jr|Sr|Esq|M\.?A|B\.?A|Ph\.?D|M\.?D|D\.?D|LL\.?D|F\.?R\.?S)\.?(?=,|\Z)")
"""What may follow a name behind a comma, and is no other name."""
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\bи\b)\s*")
_PARTICLES = frozenset(
    "von van de del della der den di da do dos das du la le zu zur ten ter y e al el af bin ibn".split()
)
_NO_NAMES = frozenset(
    "a an the of and in on to for with from part chapter book section introduction preface foreword conclusion "
    "epilogue prologue appendix contents notes first second early late new der die das ein eine und vorwort einleitung "
    "kapitel teil schluss les des une un introduction préface chapitre conclusion avant-propos el los las capítulo "
    "prólogo il lo gli capitolo prefazione introduzione o os as introdução prefácio глава введение предисловие часть "
    "what why how who when where is are was my our his her their its".split()
)
PLACES = frozenset(
    "amsterdam athens barcelona basel bâle beijing belgrade berlin bern bologna bordeaux boston brussels bruxelles "
    "budapest buenos calcutta chicago cologne copenhagen delhi dresden dublin edinburgh florence frankfurt geneva "
    "genève genf göttingen hamburg heidelberg helsinki istanbul jena jerusalem kiev kyiv köln leiden leipzig leningrad "
    "lisboa lisbon london londres lyon madrid manchester marseille mexico milan milano montreal moscow moskau moscou "
    "munich münchen naples napoli new oxford paris parigi petersburg petrograd pisa prag prague praha princeton rio "
    "roma rom rome rotterdam saint san santiago são sofia stockholm strasbourg stuttgart sydney tokyo toronto turin "
    "torino venice venezia vienna wien warsaw warszawa washington weimar zurich zürich лондон ленинград москва париж "
    "петроград петербург санкт-петербург киев берлин".split()
)
"""First words of places from which people sign; a single word that is not here is a person's name."""

TITLE_KEYS = {
    "title": "title", "titel": "title", "titre": "title", "título": "title", "titolo": "title", "название": "title",
    "subtitle": "subtitle", "untertitel": "subtitle", "author": "author", "autor": "author", "auteur": "author",
    "autore": "author", "автор": "author", "date": "date", "datum": "date", "fecha": "date", "data": "date",
    "дата": "date",
}  # fmt: skip
_KEYED = re.compile(rf"({'|'.join(TITLE_KEYS)})\s*:\s+(.+)", re.IGNORECASE | re.DOTALL)


class Signature(NamedTuple):
    """Who, where and when: what a text is signed with. Empty is what is not there."""

    author: str = ""
    place: str = ""
    date: str = ""
    """As EPUB wants it: `1917-11-07`, `1917-11`, `1917`; a season as it is written."""


def keyed(text: str) -> tuple[str, str] | None:
    """`Author: Jane Doe` → the front matter's key, and the value."""
    found = _KEYED.fullmatch(text)
    return (TITLE_KEYS[found[1].lower()], " ".join(found[2].split())) if found else None


def date(text: str) -> str | None:
    """The date that a text is, wholly: a day, a month, a year or a season."""
    text = " ".join(text.split()).strip("()[] ").rstrip(".,")
    if iso := _ISO.fullmatch(text):
        return text if int(iso[2]) <= 12 else None
    if figures := _FIGURES.fullmatch(text):
        day, month = int(figures["d"]), int(figures["m"])
        return f"{figures['y']}-{month:02}-{day:02}" if 0 < day <= 31 and 0 < month <= 12 else None
    for form in (_DAY_FIRST, _MONTH_FIRST):
        if (found := form.fullmatch(text)) and (month := _NUMBER.get(found["m"].lower(), 0)):
            iso_month = f"{found['y']}-{month:02}"
            return f"{iso_month}-{int(found['d']):02}" if found["d"] else iso_month
    if season := _SEASON.fullmatch(text):
        return season["s"]
    return found["y"] if (found := _YEAR_ALONE.fullmatch(text)) else None


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's name: two to five words, each with a capital."""
    words = text.split()
    return 2 <= len(words) <= 5 and _is_proper(words)


def _is_proper(words: list[str]) -> bool:
    """Whether these words are capitalised as those of a name are."""
    if (
        not words
        or len(words) > 5
        or words[0].lower() in _PARTICLES - {"de", "von", "van", "di", "da", "la", "le"}
    ):
        return False
    if any(
        word.lower().strip(".,") in _NO_NAMES or not re.fullmatch(r"[^\W\d_](?:[\w'’\-]|\.(?=\w))*\.?", word)
        for word in words
    ):
        return False
    if words[-1].endswith(".") and len(words[-1]) > 4:
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words) and words[-1][0].isupper()


def authors(text: str, *, announced: bool = False) -> list[str] | None:
    """The persons that a line names: `by Jane Doe and John Roe`, or (unless `announced` asks for the word) a
    bare name."""
    text = " ".join(text.split()).rstrip(",")
    by = _BY.match(text)
    rest = text[by.end() :] if by else text
    if not by and announced:
        return None
    bare = _DEGREE.sub("", rest)
    if bare != rest and (is_name(bare) or (by and _is_proper(bare.split()))):
        return [rest]
    names = [name for name in _AND.split(rest.rstrip("." if by and not rest.endswith("Jr.") else "")) if name]
    if names and all(is_name(name) or (by and _is_proper(name.split())) for name in names):
        return names
    return None


def is_by(text: str) -> bool:
    """Whether a line only announces the name in the next."""
    return bool(_BY_ALONE.fullmatch(text))


def signature(text: str, *, has_author: bool) -> Signature | None:
    """A line such as `Jane Doe, London, May 1920.` or `Paris, 1871`: a date, with a name, a place, both or none
    before it. One word before a date is a place if it is known as one or the author is; else a name."""
    text = " ".join(text.split()).strip("()[] ").lstrip("-–—").strip().rstrip(".")
    if len(text) > 90:
        return None
    for begin in (found.start() for found in re.finditer(r"(?<!\S)\S", text)):
        if when := date(text[begin:]):
            break
    else:
        return None
    before = [
        part.strip()
        for part in re.split(r"[,;:(]|\s[-–—]\s|\.$", text[:begin].strip(" ,;:(-–—"))
        if part.strip()
    ]
    if by := _BY.match(text[:begin]):
        before = [text[by.end() : begin].strip(" ,;(-–—")]
    if len(before) > 3 or not all(
        _is_proper(part.split()) or re.match(r"(?:in|à|en|a)\s", part) for part in before
    ):
        return None
    leads_with_place = bool(before) and (has_author or is_place(before[0])) and not (by and len(before) == 1)
    author, *places = ["", *before] if leads_with_place or not before else before
    return Signature(author, ", ".join(places), when)


def is_place(text: str) -> bool:
    """Whether this is known as a place to sign from."""
    return bool(re.match(r"(?:in|à|en|в)\s", text)) or text.split(maxsplit=1)[0].lower() in PLACES
