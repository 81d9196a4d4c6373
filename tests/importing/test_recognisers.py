"""The small recognisers of plain text: a table of cases for each."""

from __future__ import annotations

import pytest

from octopub.importing.language import language_of
from octopub.importing.plaintext import card
from octopub.importing.plaintext.lines import follows, groups, is_wrapped, lines_of
from octopub.importing.plaintext.recognise import heading, marker, quotation, separator, verse

DATES = (
    ("September 2007", "2007-09"),
    ("September 2007.", "2007-09"),
    ("7 November 1917", "1917-11-07"),
    ("November 7, 1917", "1917-11-07"),
    ("7th November, 1917", "1917-11-07"),
    ("the 3rd of May 1920", "1920-05-03"),
    ("1917", "1917"),
    ("1917-11-07", "1917-11-07"),
    ("im Mai 1920", "1920-05"),
    ("den 3. Mai 1920", "1920-05-03"),
    ("3.5.1920", "1920-05-03"),
    ("le 1er mai 1968", "1968-05-01"),
    ("3 de mayo de 1920", "1920-05-03"),
    ("3 de março de 1920", "1920-03-03"),
    ("3 maggio 1920", "1920-05-03"),
    ("3 мая 1917 г.", "1917-05-03"),
    ("Summer 1914", "Summer 1914"),
    ("42", None),
    ("1917 was a year", None),
    ("Maybe 2007", None),
    ("45.13.1920", None),
)


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text: str, expected: str | None) -> None:
    assert card.date(text) == expected


SIGNATURES = (
    ("Pascale, September 2007.", False, ("Pascale", "", "2007-09")),
    ("Pascale, September 2007.", True, ("", "Pascale", "2007-09")),
    ("Petrograd, November 1917", False, ("", "Petrograd", "1917-11")),
    ("Jane Doe, London, May 1920", False, ("Jane Doe", "London", "1920-05")),
    ("Jane Doe (May 1920)", False, ("Jane Doe", "", "1920-05")),
    ("— Jane Doe, 1920", False, ("Jane Doe", "", "1920")),
    ("Zürich, den 3. Mai 1920", False, ("", "Zürich", "1920-05-03")),
    ("(September 2007)", False, ("", "", "2007-09")),
    ("Nothing much happened in 1920", False, None),
    ("The Years After, 1920", False, None),
)


@pytest.mark.parametrize(("text", "has_author", "expected"), SIGNATURES)
def test_signature(text: str, has_author: bool, expected: tuple[str, str, str] | None) -> None:
    found = card.signature(text, has_author=has_author)
    assert (tuple(found) if found else None) == expected


AUTHORS = (
    ("by Jane Doe", ["Jane Doe"]),
    ("By JANE DOE", ["JANE DOE"]),
    ("von Rosa Beispiel", ["Rosa Beispiel"]),
    ("par Jeanne Dupont et Jean Martin", ["Jeanne Dupont", "Jean Martin"]),
    ("Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
    ("J. R. Doe", ["J. R. Doe"]),
    ("Ludwig van Muster", ["Ludwig van Muster"]),
    ("The Early Years", None),
    ("Introduction", None),
    ("It rained all day", None),
)


@pytest.mark.parametrize(("text", "expected"), AUTHORS)
def test_authors(text: str, expected: list[str] | None) -> None:
    assert card.authors(text) == expected


HEADINGS = (
    (["The ferry in winter"], "short line"),
    (["The strength of the ferry: how it was built..."], "short line"),
    (["...and how it sank"], "short line"),
    (["THE FERRY IN WINTER"], "capitals"),
    (["CHAPTER I."], "a chapter's"),
    (["Chapter 2: The Ferry"], "a chapter's"),
    (["2. The ferry"], "numbered"),
    (["2.1 The ferry"], "numbered"),
    (["IV"], "a Roman number"),
    (["The ferry", "========="], "underlined with ==="),
    (["The ferry", "---------"], "underlined with ---"),
    (["The ferry left in the morning."], None),
    (["The ferry left in the morning,"], None),
    (["There are three things:"], None),
    (['"Where is the ferry?"'], None),
    (["— Where is the ferry?"], None),
    (["and so on"], None),
    (["The ferry " * 12], None),
    (["- The ferry"], None),
)


@pytest.mark.parametrize(("lines", "expected"), HEADINGS)
def test_heading(lines: list[str], expected: str | None) -> None:
    found = heading([line.strip() for line in lines], alone=True)
    assert (found is None) if expected is None else (found is not None and found.reason.startswith(expected))


LONG = "The ferry left the island early that morning and came back late. " * 5
QUOTATIONS = (
    (f'"{LONG.strip()}"', True),
    (f'"{LONG.strip()}".', True),
    (f'"{LONG.strip()}"\ufffc\ufffc\ufffc', True),
    (f'"{LONG.strip()}".\ufffc\ufffc\ufffc', True),
    (f"“{LONG.strip()}”", True),
    (f"„{LONG.strip()}“", True),
    (f"«{LONG.strip()}»", True),
    (f'"{LONG}" he said, "{LONG}"', False),
    (f'"The ferry left," he said. {LONG}', False),
    (f"“{LONG}” he said, “{LONG}”", False),
    (f"“{LONG} “within” {LONG}”", True),
    ('"The ferry left."', False),
    (LONG, False),
)


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotation(text: str, expected: bool) -> None:
    found = quotation(text)
    assert (found is not None) is expected
    if found:
        assert text[found.begin : found.end].strip('"“”„«» ').startswith("The ferry left")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("***", True), ("* * *", True), ("---", True), ("- - -", True), ("_____", True), ("===", True), ("#", False),
        ("**", False), ("* a", False), ("text", False),
    ],
)  # fmt: skip
def test_separator(text: str, expected: bool) -> None:
    assert bool(separator(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- bread", ("-", 0)), ("* bread", ("*", 0)), ("• bread", ("•", 0)), ("1. bread", ("1", 1)), ("12) bread", ("12", 12)),
        ("(3) bread", ("3", 3)), ("b) bread", ("b", 2)), ("(iv) bread", ("iv", 4)), ("-bread", None), ("1.bread", None), ("1917. A year", None), ("bread", None),
    ],
)  # fmt: skip
def test_marker(text: str, expected: tuple[str, int] | None) -> None:
    found = marker(text)
    assert (found[:2] if found else None) == expected


FOLLOWING = (
    ("1. bread", "2. letters", True),
    ("1. bread", "3. letters", False),
    ("1. bread", "2) letters", False),
    ("(1) bread", "(2) letters", True),
    ("a) bread", "b) letters", True),
    ("(h) bread", "(i) letters", True),
    ("(i) bread", "(ii) letters", True),
    ("i. bread", "j. letters", True),
    ("A. bread", "B. letters", True),
    ("- bread", "- letters", True),
    ("- bread", "* letters", False),
    ("- bread", "1. letters", False),
    ("bread", "2. letters", False),
)


@pytest.mark.parametrize(("one", "two", "expected"), FOLLOWING)
def test_follows(one: str, two: str, expected: bool) -> None:
    assert follows(one, two) is expected


VERSE = (
    (["The ferry left the shore,", "The gulls were in the air,"], True, True),
    (["The ferry left the shore,", "The gulls were in the air,"], False, False),
    (["The ferry left the shore,", "The gulls were in the air,", "And nothing was the same."], False, True),
    (["the ferry left", "the shore, and", "gulls were there"], False, False),
)


@pytest.mark.parametrize(("lines", "indented", "expected"), VERSE)
def test_verse(lines: list[str], indented: bool, expected: bool) -> None:
    indents = [4 * indented for _ in lines]
    assert bool(verse(lines, indents=indents, filled=False)) is expected
    assert not verse(lines, indents=indents, filled=True)


HARD = """The ferry left the island early that morning and came back late, with
letters and bread, and with the news that nobody on the island had been
waiting for.

Nothing was said of it for a week, and then everybody spoke of it at the
same time.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HARD, True),
        (LONG * 3, False),
        ("The ferry left.\nIt came back late.\nNobody was waiting for it.\nIt rained.\n", False),
    ],
)
def test_wrapped(text: str, expected: bool) -> None:
    assert is_wrapped(groups(lines_of(text))) is expected


LANGUAGES = (
    (
        "en",
        "The ferry left the island early in the morning, and it came back with letters for the people of the town that it was built for.",
    ),
    (
        "de",
        "Die Fähre verließ die Insel am Morgen und kam mit den Briefen für die Leute in der Stadt zurück, die es nicht mehr gab, und das war es.",
    ),
    (
        "fr",
        "Le bateau a quitté l’île dans la matinée et il est revenu avec les lettres pour les gens de la ville qui ne sont plus dans le port.",
    ),
    (
        "es",
        "El barco salió de la isla por la mañana y volvió con las cartas para la gente de la ciudad que no se había ido en el otro barco.",
    ),
    (
        "it",
        "Il traghetto è partito dalla isola di mattina ed è tornato con le lettere per la gente della città che non si era mossa da casa.",
    ),
    (
        "pt",
        "O barco saiu da ilha de manhã e voltou com as cartas para a gente da cidade que não se tinha mudado para o outro lado do rio.",
    ),
    (
        "ru",
        "Паром ушёл с острова утром и вернулся с письмами для людей из города, и это было всё, что он привёз за день, а на что ещё надеяться.",
    ),
    (None, "Ferry. Island."),
)


@pytest.mark.parametrize(("expected", "text"), LANGUAGES)
def test_language(expected: str | None, text: str) -> None:
    assert language_of(text.replace(",", " ").replace(".", " ").split()) == expected
