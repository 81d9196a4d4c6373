"""The cover: its words, its letter, and that both drawings are the same picture."""

from __future__ import annotations

import io
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from octopub.covers.composing import HEIGHT, PILCROW, RUBRICS, WIDTH, _Sheet
from octopub.epub.cover import ACROSS, DOWN, FRAME, INK, MARGIN, PAPER, SCALE, Cover, draw
from octopub.faces.catalogue import open_catalogue
from octopub.faces.choice import choose
from octopub.model import Fonts

SVG = "{http://www.w3.org/2000/svg}"
LONG = (
    "A Vindication of the Rights of Woman: with Strictures on Political and Moral Subjects, "
    "Together with Remarks on the Present State of Education"
)
TWENTY = "On the Duty of the Many to Be Kind to the Few and of the Few Not to Rely on It"
# Title, subtitle, authors, language.
BOOKS: list[tuple[str, str | None, tuple[str, ...], str]] = [
    ("Walden", "Or, Life in the Woods", ("Henry David Thoreau",), "en"),
    ("I", None, ("A. One", "B. Two", "C. Three"), "en"),
    (LONG, None, ("Mary Wollstonecraft",), "en-GB"),
    (TWENTY, None, ("A. One", "B. Two", "C. Three", "D. Four"), "en"),
    ("Rechtsschutzversicherungsgesellschaften", None, (), "de"),
    ("Преступление и наказание", "Роман", ("Фёдор Достоевский",), "ru"),
    ("Ἡ Ἰλιάς", None, ("Ὅμηρος",), "el"),
    ("אהבת ציון", "סיפור היסטורי (1853)", ("אברהם מאפו",), "he"),
    ("الثورة الفرنسية 1789", None, ("طه حسين",), "ar"),
    ("The 🐙 Book", "語", ("🐙",), "en"),
    ("كتاب " * 60, "باب " * 60, ("اسم " * 20,) * 3, "ar"),
    ("🐙", None, (), "en"),
    ("", None, ("",), "en"),
    ("\u200b \u0301 \u00a0", None, (), "en"),
    ("Fish & Chips <b> \"quoted\" 'too'", None, ("A & B",), "en"),
]


def cover(
    title: str, subtitle: str | None = None, authors: tuple[str, ...] = (), lang: str = "en"
) -> Cover:
    faces, _ = choose(Fonts(), lang, open_catalogue())
    direction = "rtl" if lang in ("he", "ar") else "ltr"
    return draw(title, subtitle, authors, faces, lang=lang, direction=direction)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def extent(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The rectangle that has pixels of exactly this colour: left, top, right, bottom."""
    bands = [band.point([255 if value == part else 0 for value in range(256)])
             for band, part in zip(image.split(), colour, strict=True)]
    mask = Image.merge("RGB", bands)
    white = mask.convert("L").point([0] * 255 + [255])
    return white.getbbox()


def in_units(extent: tuple[int, int, int, int] | None) -> list[int]:
    """An extent in the units of the drawing."""
    assert extent is not None
    return [round(pixels / SCALE) for pixels in extent]


def rubric(image: Image.Image) -> tuple[int, int, int]:
    """The letter's colour."""
    (found,) = [colour for colour in RUBRICS if extent(image, colour)]
    return found


@pytest.mark.parametrize(("title", "subtitle", "authors", "lang"), BOOKS, ids=range(len(BOOKS)))
def test_words_keep_the_margins_and_the_letter_stands_on_the_trim(
    title: str, subtitle: str | None, authors: tuple[str, ...], lang: str
) -> None:
    image = picture(cover(title, subtitle, authors, lang).png)
    assert image.size == (ACROSS, DOWN)
    assert min(image.size) >= 1400, "what Apple asks for"
    letter = in_units(extent(image, rubric(image)))
    assert letter[3] >= HEIGHT - 2
    axis = WIDTH - letter[2] if lang in ("he", "ar") else letter[0]
    assert abs(axis - MARGIN) <= 2
    if extent(image, INK) is not None:
        words = in_units(extent(image, INK))
        assert min(words[0], WIDTH - words[2], words[1]) >= MARGIN - 2
        assert words[3] < letter[1]


@pytest.mark.parametrize(("title", "subtitle", "authors", "lang"), BOOKS, ids=range(len(BOOKS)))
def test_the_drawing_names_the_book_and_needs_no_face(
    title: str, subtitle: str | None, authors: tuple[str, ...], lang: str
) -> None:
    root = ET.fromstring(cover(title, subtitle, authors, lang).svg)
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert {element.tag for element in root.iter()} == {SVG + name for name in ("svg", "title", "path", "g")}
    name = root.findtext(f"{SVG}title", "")
    assert all(word.rstrip(":") in name for word in (*title.split(), *(subtitle or "").split(), *authors))


def test_both_drawings_are_the_same_picture() -> None:
    drawn = cover("Quartets", "1917: אבג", ("T. S. Eliot",))
    image = picture(drawn.png)
    fills = {"#" + bytes(colour).hex(): colour for colour in (PAPER, INK, *RUBRICS)}
    root = ET.fromstring(drawn.svg)
    groups = root.findall(f"{SVG}g")
    assert len(groups) == 2
    for group in groups:
        boxes = [place for path in group for place in points(path)]
        found = in_units(extent(image, fills[group.get("fill", "")]))
        xs, ys = [x for x, _ in boxes], [y for _, y in boxes]
        # Control points of curves may lie a little outside of the ink.
        assert abs(min(xs) - found[0]) < 6
        assert abs(max(xs) - found[2]) < 6
        assert abs(min(ys) - found[1]) < 6
        assert abs(max(ys) - found[3]) < 6


def points(path: ET.Element) -> list[tuple[float, float]]:
    """The points of a path, placed on the page."""
    a, _, _, d, x, y = map(float, path.get("transform", "")[len("matrix(") : -1].split())
    data = path.get("d", "")
    for command in "MLQCZ":
        data = data.replace(command, " ")
    numbers = list(map(float, data.split()))
    return [(x + a * across, y + d * up) for across, up in zip(numbers[::2], numbers[1::2], strict=True)]


@pytest.mark.parametrize(
    ("title", "lang", "letter"),
    [
        ("Walden", "en", "W"),
        ("The October Revolution", "en-GB", "O"),
        ("A", "en", "A"),
        ("The", "en", "T"),
        ("on liberty", "en", "O"),
        ("“Quoted” words", "en", "Q"),
        ("1984", "en", "1"),
        ("Die Verwandlung", "de", "V"),
        ("Die Hard", "en", "D"),
        ("L’Étranger", "fr", "É"),
        ("L'Avare", "fr", "A"),
        ("ß", "de", "ß"),
        ("istanbul", "tr", "İ"),
        ("Ἡ Ἰλιάς", "el", "Η"),
        ("Ὁ Ὅμηρος", "el", "Ο"),
        ("Преступление", "ru", "П"),
        ("الثورة", "ar", "ث"),
        ("אהבת ציון", "he", "א"),
        ("🐙 Octopus", "en", "O"),
        ("🐙", "en", PILCROW),
        ("— … —", "en", PILCROW),
    ],
)
def test_the_letter_is_that_of_the_first_word_articles_apart(title: str, lang: str, letter: str) -> None:
    faces, _ = choose(Fonts(), lang, open_catalogue())
    assert _Sheet(faces, FRAME, lang, rtl=False)._initial(title) == letter


def test_a_missing_character_leaves_no_gap() -> None:
    with_octopus, without = (picture(cover(title).png) for title in ("The 🐙 Book", "The Book"))
    words = extent(without, INK)
    assert with_octopus.crop(words).tobytes() == without.crop(words).tobytes()


def test_a_long_title_is_divided_at_its_colon() -> None:
    divided, whole = picture(cover(LONG).png), picture(cover(LONG.replace(":", ",")).png)
    # The first line's height says how large the title is set.
    assert first_line(divided) > 1.5 * first_line(whole)


def first_line(image: Image.Image) -> int:
    """How high the first line with ink is."""
    grey = image.convert("L").point([255] * 128 + [0] * 128)
    rows = [bool(grey.crop((0, row, image.width, row + 1)).getbbox()) for row in range(image.height)]
    top = rows.index(True)
    return rows.index(False, top) - top


def test_twenty_words_can_be_read_at_the_size_of_a_stamp() -> None:
    # x-height is four tenths of the size; at a tenth of the width three pixels of it are the least.
    faces, _ = choose(Fonts(), "en", open_catalogue())
    placed = _Sheet(faces, FRAME, "en", rtl=False).words(TWENTY, None, ())
    assert placed[0].size * 0.4 / 10 >= 3


def test_different_books_differ_and_the_same_is_the_same() -> None:
    assert cover("Walden") == cover("Walden")
    titles = ("Walden", "Emma", "Persuasion", "Middlemarch")
    assert len({rubric(picture(cover(title).png)) for title in titles}) > 1


def test_no_pango_no_pillow_and_the_same_bytes_on_every_run() -> None:
    program = (
        "import sys, hashlib\n"
        "from octopub.faces.catalogue import open_catalogue\n"
        "from octopub.faces.choice import choose\n"
        "from octopub.model import Fonts\n"
        "from octopub.epub.cover import draw\n"
        "faces, _ = choose(Fonts(), 'en', open_catalogue())\n"
        "drawn = draw('Same bytes', None, ('An Author',), faces)\n"
        "assert not {'PIL', 'weasyprint', 'fontTools', 'fontpkg'} & set(sys.modules)\n"
        "print(hashlib.sha256(drawn.svg + drawn.png).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "TZ": f"UTC{seed}"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1
