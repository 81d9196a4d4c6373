"""The lines of paragraphs: which breaks are taken, where words may be parted, and how WeasyPrint sets them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from statistics import mean
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octopub.pdf.fontset import FontSet  # noqa: F401  # before all else of WeasyPrint's: it keeps its import quiet

# isort: split
from weasyprint.layout import block

from octopub.pdf.lines import breaking, measure, setting
from octopub.pdf.lines.breaking import Chance, breaks, strain
from octopub.pdf.lines.hyphens import UNWILLINGLY, hyphens
from octopub.pdf.lines.plan import Plan
from octopub.pdf.record import LayoutRecord, Line
from tests.pdf.press import printed

if TYPE_CHECKING:
    from octopub.pdf.lines.measure import Paragraph

SPACE, HYPHEN = 2.0, 3.0


def chances(*words: str) -> list[Chance]:
    """The chances of words whose letters are 5 wide; `-` in a word is a place to part it."""
    found, x, spaces, at = [Chance(0, 0, 0, 0, 0)], 0.0, 0.0, 0
    for word in words:
        parts = word.split("-")
        for part in parts[:-1]:
            x, at = x + 5 * len(part), at + len(part)
            found.append(Chance(at, x + HYPHEN, x, spaces, spaces, True, True, breaking.HYPHEN))
        x, at = x + 5 * len(parts[-1]), at + len(parts[-1]) + 1
        found.append(Chance(at, x, x + SPACE, spaces, spaces + SPACE))
        x, spaces = x + SPACE, spaces + SPACE
    return found


def demerits(taken: tuple[Chance, ...], measure: float) -> float | None:
    """What all lines cost, told line by line; None where one does not go in, or a third hyphen follows two."""
    total, row = 0.0, 0
    for before, chance in pairwise(taken):
        natural, spaces = chance.end - before.start, chance.end_spaces - before.start_spaces
        is_last = chance is taken[-1]
        strained = 0.0 if is_last and natural <= measure else strain(natural, spaces, measure)
        if strained < -1:
            return None
        total += (1 + 100 * abs(strained) ** 3) ** 2 + chance.cost**2
        row = row + 1 if chance.is_hyphen else 0
        if row > breaking.IN_A_ROW:
            return None
        total += breaking.SECOND_HYPHEN * (row == breaking.IN_A_ROW)
        total += breaking.SHORT_COSTS * (is_last and natural < breaking.SHORT * measure)
    return total


WORDS = st.lists(st.from_regex(r"[a-z]{1,6}(-[a-z]{2,4})?", fullmatch=True), min_size=1, max_size=9)


@settings(deadline=None)
@given(WORDS, st.integers(35, 90))
def test_no_other_way_costs_less(words: list[str], measure: int) -> None:
    breaking_places = chances(*words)
    inner = breaking_places[1:-1]
    ways = [
        (breaking_places[0], *chosen, breaking_places[-1])
        for count in range(len(inner) + 1)
        for chosen in combinations(inner, count)
    ]
    costs = [cost for way in ways if (cost := demerits(way, measure)) is not None]
    taken = breaks(breaking_places, measure, underfull=0)  # try even the lines that are nearly empty
    if taken is None:
        assert not costs
    else:
        assert demerits((breaking_places[0], *taken.chances), measure) == pytest.approx(min(costs))


def test_a_word_that_is_too_long() -> None:
    assert breaks(chances("short", "x" * 30, "short"), 100) is None


class Unparted(NamedTuple):
    """A paragraph whose words cannot be parted."""

    words: tuple[str, ...]

    def chances(self, _: float) -> list[Chance]:
        return chances(*self.words)

    def parted(self, known: list[Chance]) -> list[Chance]:
        return known


@pytest.mark.parametrize(
    ("lengths", "lines"),
    [
        ((10, 5, 7, 5, 12, 5), [2, 2, 2]),  # not [1, 3, 2], though the second line would be a good one then
        ((8, 9, 7, 8, 7, 2, 10), [2, 2, 2, 1]),
        ((4, 2, 4, 9, 10, 12), [2, 2, 1, 1]),
        ((4, 4, 4, 4, 4, 4), [4, 2]),  # all are good: the last one is as short as it is
    ],
)
def test_no_line_is_given_up_for_the_others(lengths: tuple[int, ...], lines: list[int]) -> None:
    words = Unparted(tuple("x" * length for length in lengths))
    taken = Plan(cast("Paragraph", words), 90, 0).taken
    ends = [words.chances(0).index(chance) for chance in taken]
    assert [end - start for start, end in pairwise([0, *ends])] == lines


def test_one_line() -> None:
    taken = breaks(chances("a", "few", "words"), 100)
    assert taken is not None
    assert (len(taken.chances), taken.worst) == (1, 0)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en-US", "a representative example", "a rep-re-sen-ta-tive ex-am-ple"),
        ("en-GB", "a representative", "a rep-res-ent-at-ive"),
        ("en", "seven", "seven"),  # less than six letters
        ("de", "Die Beschaffenheit", "Die Be-schaf-fen-heit"),
        ("fr", "l’économie", "l’éco-no-mie"),  # what stands before an apostrophe is a word of its own
        ("en", "repre\N{SOFT HYPHEN}sentative", "repre\N{SOFT HYPHEN}sentative"),  # the manuscript's own places
        ("ru", "представление", "пред-став-ле-ние"),
        ("en", "example2", "example2"),
        ("xx", "representative", "representative"),
    ],
)
def test_hyphens(language: str, text: str, shown: str) -> None:
    style = {"hyphens": "auto", "lang": language, "hyphenate_limit_chars": (6, 2, 3)}
    places = [at for at, _ in hyphens(text, 0, len(text), style)]
    found = "-".join(text[start:end] for start, end in pairwise([0, *places, len(text)]))
    assert found == shown


@pytest.mark.parametrize(
    ("language", "text", "is_unwilling"),
    [("en", "the Lieutenant", True), ("de", "der Leutnant", False), ("en", "well-meaning", True), ("en", "meaning", False)],
)
def test_names_and_joined_words_are_parted_unwillingly(language: str, text: str, is_unwilling: bool) -> None:
    style = {"hyphens": "auto", "lang": language, "hyphenate_limit_chars": (6, 2, 3)}
    costs = {cost for _, cost in hyphens(text, 0, len(text), style)}
    assert costs == {UNWILLINGLY if is_unwilling else breaking.HYPHEN}


def test_the_parts_of_a_word_in_two_boxes() -> None:
    style = {"hyphens": "auto", "lang": "en", "hyphenate_limit_chars": (6, 2, 3)}
    text = "representative"
    assert not list(hyphens(text, 0, 9, style))
    assert not list(hyphens(text, 9, len(text), style))


def test_thai_words_get_no_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()

    def kept(text: str, start: int, end: int, style: Any) -> Iterator[tuple[int, float]]:
        asked.add((style["lang"], style["hyphens"]))
        return hyphens(text, start, end, style)

    monkeypatch.setattr(measure, "hyphens", kept)
    words = "instructions representatives municipality association " * 5
    text = f"---\ntitle: T\nlang: en\n---\n\n{words}[{words}]{{lang=th}}{words}^[{words}[{words}]{{lang=th}}]\n"
    assert printed.__wrapped__(text, paper="a7").content
    assert asked == {("en", "auto"), ("th", "manual")}


# -- set by WeasyPrint -----------------------------------------------------------------------------------

TEXT = """
The committee, which had been appointed in the previous autumn, met for the third time on a Wednesday and
considered *a long letter* from the secretary of the neighbouring association, who proposed an understanding about the
boundaries; nobody remembered [St Petersburg]{.smallcaps} any more, but the representatives of the municipality, whose
instructions were unambiguous, insisted on a straightforward settlement of the accounts before anything else.[^1] Then
they adjourned, because the messenger from the railway had not arrived, and went down to the river.
"""

MANUSCRIPT = f"""---
title: Lines
lang: en-GB
---

# One

{TEXT.strip()} {(TEXT.replace("[^1]", "").strip() + " ") * 2}

{"".join(f"{TEXT}{TEXT}" for _ in range(3)).replace("[^1]", "")}

[^1]: {TEXT.strip().replace("[^1]", "")}
"""


HEBREW = """
הוועדה שמונתה בסתיו הקודם נפגשה בפעם השלישית ביום רביעי, ודנה *במכתב ארוך* של מזכיר האגודה השכנה, שהציע הסכמה על הגבולות;
איש לא זכר עוד את St Petersburg, אבל נציגי העירייה, שהוראותיהם היו ברורות, עמדו על יישוב החשבונות לפני כל דבר אחר.[^1] אחר כך
נפרדו, מפני שהשליח מתחנת הרכבת לא הגיע, וירדו אל הנהר.
"""

RIGHT_TO_LEFT = f"""---
title: שורות
lang: he
---

# אחת

{HEBREW.strip()} {(HEBREW.replace("[^1]", "").strip() + " ") * 2}

{HEBREW.replace("[^1]", "").strip() + HEBREW.replace("[^1]", "")}

[^1]: {HEBREW.strip().replace("[^1]", "")}
"""


def record(text: str = MANUSCRIPT, **options: str) -> LayoutRecord:
    made = printed(text, **options).record
    assert made is not None
    return made


def paragraphs(made: LayoutRecord) -> list[list[Line]]:
    by_block: dict[tuple[str, int], list[Line]] = {}
    for part in made.parts:
        tags = {block.key: block.tag for block in part.blocks}
        for page in part.pages:
            for line in page.lines:
                if tags.get(line.block) == "p":
                    by_block.setdefault((part.name, line.block), []).append(line)
    return [lines for lines in by_block.values() if len(lines) > 1]


@pytest.mark.parametrize("text", [MANUSCRIPT, RIGHT_TO_LEFT], ids=["English", "Hebrew"])
def test_all_lines_but_the_last_are_as_wide_as_the_measure(text: str) -> None:
    made = record(text, paper="a5")
    for lines in paragraphs(made):
        whole = [line for line in lines[1:-1] if line.baseline > lines[0].baseline]
        for ends in ({line.left for line in whole}, {line.left + line.width for line in whole}):
            assert max(ends) - min(ends) < 0.2


def test_from_right_to_left_a_paragraph_is_set_in_and_ends_at_the_right() -> None:
    text = HEBREW.replace("[^1]", "")
    _, set_in = paragraphs(record(f"---\ntitle: שורות\nlang: he\n---\n\n{text}\n{text}", paper="a5"))
    first, second, *_, last = set_in
    right = second.left + second.width
    assert first.left == pytest.approx(second.left, abs=0.5)
    assert 5 < right - first.left - first.width < 20
    assert last.left + last.width == pytest.approx(right, abs=0.2)
    assert last.left > second.left + 5


@pytest.mark.parametrize("text", [MANUSCRIPT, RIGHT_TO_LEFT], ids=["English", "Hebrew"])
def test_word_spaces_keep_their_bounds(text: str) -> None:
    ratios = [
        (line.space + line.stretch) / line.space
        for lines in paragraphs(record(text, paper="a5"))
        for line in lines[:-1]
        if line.space
    ]
    assert len(ratios) > 20
    assert min(ratios) >= 0.8
    assert max(ratios) < 1.51  # what stands at the end of a line is kerned a little otherwise
    assert mean(ratios) == pytest.approx(1.05, abs=0.1)


@pytest.mark.parametrize("paper", ["a6", "a7"])
def test_narrow_lines(paper: str) -> None:
    for lines in paragraphs(record(paper=paper)):
        rows = "".join("-" if line.hyphenated else "." for line in lines)
        assert "---" not in rows
        assert not lines[-2].hyphenated or " " in lines[-1].text.strip(), "the last word is parted"


def test_weasyprint_alone_sets_looser_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "install", lambda: None)
    monkeypatch.setattr(block, "iter_line_boxes", setting._plain_lines)
    made = printed.__wrapped__(MANUSCRIPT, paper="a5").record
    assert made is not None
    ratios = [
        (line.space + line.stretch) / line.space for lines in paragraphs(made) for line in lines[:-1] if line.space
    ]
    assert sum(ratio > 1.51 for ratio in ratios) > len(ratios) / 20


def broken_at_the_foot(made: LayoutRecord | None) -> int:
    assert made is not None
    pages = [page for part in made.parts for page in part.pages if page.lines]
    last = (max(page.lines, key=lambda line: (bool(line.start + 1), line.top)) for page in pages)
    return sum(line.hyphenated for line in last)


def test_a_page_seldom_ends_within_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    words = TEXT.replace("[^1]", "").split()
    text = "\n\n".join(" ".join(words[number:] + words[:number]) for number in range(60))
    text = f"---\ntitle: T\nlang: en-GB\n---\n\n{text}"
    spared = broken_at_the_foot(printed(text, paper="a6").record)
    monkeypatch.setattr("octopub.pdf.mended.bar_broken_word", lambda _: False)
    broken = broken_at_the_foot(printed.__wrapped__(text, paper="a6").record)
    assert broken >= 5
    assert spared <= 0.6 * broken  # where the lines above it give a way out
