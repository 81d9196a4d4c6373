"""Which encoding a text is in: each of them, with long texts and short ones."""

from __future__ import annotations

import pytest

from octopub.diagnostics import BuildError
from octopub.importing.encoding import decode

FRENCH = "L’été dernier, à la fête du village, on a mangé des gâteaux et bu du café : c’était très gai, où qu’on fût. "
GERMAN = "Die Fähre fuhr früh über den See; die größeren Boote lagen schön in der Straße, und Käse gab es für alle. "
SPANISH = (
    "El niño salió mañana; ¿quién sabe cuándo volvió? Después llovió en el jardín de la abuela, ¡y qué frío! "
)
POLISH = "Łódź wypłynęła wcześnie, a wróciła późno, z listami i chlebem; nikt na wyspie nie czekał na wieści, że źle się działo. "
CZECH = "Loď vyplula časně ráno a vrátila se pozdě večer, s dopisy a chlebem; nikdo na ostrově nečekal žádné zprávy. "
RUSSIAN = "Паром ушёл с острова рано утром и вернулся поздно, с письмами и хлебом; никто не ждал вестей. Было 7 ноября. "
QUOTED = "“It’s late,” she said — and it was… nobody’s fault, of course. "

CASES = (
    ("UTF-8", "utf-8", FRENCH),
    ("UTF-8", "utf-8-sig", FRENCH),
    ("UTF-16", "utf-16", RUSSIAN),
    ("UTF-16", "utf-16-le", RUSSIAN),
    ("UTF-16", "utf-16-be", FRENCH),
    ("Windows-1252", "cp1252", FRENCH),
    ("Windows-1252", "cp1252", QUOTED),
    ("Windows-1252", "cp1252", GERMAN + "„So ist es“, sagte sie – und ging. "),
    ("ISO-8859-1", "latin-1", FRENCH.replace("’", "'")),
    ("ISO-8859-1", "latin-1", GERMAN),
    ("ISO-8859-1", "latin-1", SPANISH),
    ("ISO-8859-15", "iso8859-15", FRENCH.replace("’", "'") + "Le cœur de l'œuvre coûte 30 €. "),
    ("ISO-8859-2", "iso8859-2", POLISH),
    ("ISO-8859-2", "iso8859-2", CZECH),
    ("KOI8-R", "koi8-r", RUSSIAN),
    ("Windows-1251", "cp1251", RUSSIAN),
    ("Windows-1251", "cp1251", "— Куда? — спросил он. — «Домой», — ответила она…"),
    ("Mac Roman", "mac-roman", FRENCH),
    ("Mac Roman", "mac-roman", QUOTED),
    ("Mac Roman", "mac-roman", GERMAN),
)


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("name", "codec", "text"), CASES, ids=[f"{codec}-{text[:8]}" for _, codec, text in CASES]
)
def test_each_encoding(name: str, codec: str, text: str, times: int) -> None:
    found = decode((text * times).encode(codec), "<text>")
    assert (found.encoding, found.text) == (name, text * times)


@pytest.mark.parametrize("codec", ["cp1252", "iso8859-2", "koi8-r", "utf-16", "mac-roman"])
def test_the_user_decides(codec: str) -> None:
    data = "A caf\u00e9".encode("cp1252") if codec == "cp1252" else "text".encode(codec)
    assert decode(data, "<text>", codec).text == data.decode(codec)
    assert not decode(data, "<text>", codec).doubt


@pytest.mark.parametrize(
    ("data", "encoding"), [(b"caf\xe9", "utf-8"), (b"text", "no-such"), (b"caf\xe9", "ascii")]
)
def test_a_wrong_decision_is_an_error(data: bytes, encoding: str) -> None:
    with pytest.raises(BuildError) as raised:
        decode(data, "a.txt", encoding)
    assert [each.code.slug for each in raised.value.diagnostics] == ["import-encoding"]


def test_few_letters_are_doubtful() -> None:
    assert decode("One caf\u00e9 only".encode("cp1252"), "<text>").doubt
    assert not decode(b"No foreign letter at all", "<text>").doubt


def test_lines_end_with_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "<text>").text == "one\ntwo\nthree\n"


MOJIBAKE = (
    "donâ€™t",
    "cafÃ©",
    "â€œquotedâ€\u009d",
    "ÐœÐ¾Ñ\u0081ÐºÐ²Ð°",
    "РћРєС‚СЏР±СЂСЊ",
    "a\ufffdb",
    "30Â°",
)


@pytest.mark.parametrize("word", MOJIBAKE)
def test_mojibake_is_named_with_its_line_and_left_alone(word: str) -> None:
    text = f"First line.\nThen {word} again.\nLast line with é and “marks” and дом.\n"
    found = decode(text.encode(), "<text>")
    assert found.text == text
    assert [line for line, _ in found.damage] == [2]
