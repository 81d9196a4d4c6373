"""Front matter that is made up: every key, with values that fit, that almost fit, and that are nothing of the kind."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tools.fuzz.hand import Hand

TEXTS = ("title", "subtitle", "publisher", "rights", "edition", "belongs-to-collection", "description")
"""Keys whose value is a text; `OWN_TEXTS` those of `octopub`."""
OWN_TEXTS = ("short-title", "imprint")
FLAGS = ("one-sided", "wide-margin", "large-print", "marks", "credit", "title-page", "contents", "colophon")

Table = Mapping[str, tuple[str, str]]
"""Key → values that fit, and values that do not; a space stands between them, and `+` for one within a value."""

OWN: Table = {
    "kind": ("book essay handout", "leaflet [book]"),
    "line-numbers": ("text page", "none 5"),
    "cover": ("none self separate", "inside"),
    "impose": ("none booklet signatures 2up 4up 8up repeat2 repeat4 zine cut-stack", "3up"),
    "missing-glyphs": ("name error", "[U+1F419]"),
    "ignore": ("doubled-word [quotes-mixed] [doubled-word,doubled-word]", "nonsense {a:b}"),
    "paper": ("A5 A4 letter a6 148x210mm 5.5x8.5in", "20x20mm 9000x9000mm 0x0mm A5x A99 [A5]"),
    "sheet": ("A4 letter A3 12x18in", "1x1mm x"),
    "bleed": ("3mm 0.125in", "0 -3mm 3 3000mm 3pt"),
    "standard": ("ua-1 a-3u x-4 ua-1+a-2u", "a-1b nonsense x-4+a-3u"),
    "output-profile": ("", "press.icc dot.png ../../etc/passwd /dev/null"),
    "print-identifier": ("978-3-16-148410-0 anything urn:uuid:x", "978-3-16-148410-1"),
    "url": ("https://example.org example.org", "javascript:x ftp://a a:b"),
    "modified": (
        "2026-11-07 2026-11-07T21:45:00Z 1969-01-01 9999-12-31",
        "0000-00-00 2026-13-01 12:30 0001-01-01T00:00:00+14:00",
    ),
    "quotes": ("„“‚‘ «»‹› [a,b,c,d] ''''\"\"''", "abc [a,b] {a:b}"),
    "notes": ("{numbering:book} {numbering:chapter,pdf:chapter,epub:book} {pdf:book}", "{epub:page} {x:y} book"),
    "fonts": (
        "{embed:true} {text:Noto+Serif} {text:Amiri,fallback:[Noto+Serif],embed:yes}",
        "{text:None} {fallback:x} {text:[a]} Amiri",
    ),
}
"""Keys of `octopub`."""

CARD: Table = {
    "lang": (
        "en en-GB de de-CH fr he ar ja zh-Hant pt-BR tr el ru EN_gb x-a und zh-min-nan i-klingon",
        "no 1 xx-nonsense-too-long-for-a-subtag",
    ),
    "date": ("2026-11-07 2026 1917 winter 99999", "0000 2026-02-30 -50"),
    "identifier": (
        "978-3-16-148410-0 doi:10.1/x {scheme:ISBN-13,text:978-3-16-148410-0} urn:uuid:x",
        "urn:isbn:3161484100 [a,b,c] {scheme:x}",
    ),
    "group-position": ("1 2.1", "x -1 1."),
    "cover-image": ("dot.png river.svg", "missing.png ../x.png https://example.org/x.png"),
    "author": (
        "Ann [Ann,Ben] {name:Ann,file-as:Quill} [{text:Ann,role:edt},Ben]",
        "{role:aut} {text:A,role:nonsense} [[a]]",
    ),
    "creator": ("{role:editor,text:Wick} Cy", "{text:Dee,role:xyzw}"),
    "contributor": ("Fay {name:Fay,role:ill}", "[{},[]]"),
    "translator": ("Cy [Cy,Di]", "{}"),
    "subject": (
        "history [a,b] {text:a,authority:Thema,term:3MPBG}",
        "{authority:Thema} {text:a,authority:x,term:y} [{text:a,authority:DDC}]",
    ),
    "keywords": ("a [a,b]", "{}"),
}
"""The other keys."""

PLAIN = [
    "A Title", '"A: *Title*"', "'it''s'", "1984", "no", "|\n  Two\n\n  lines", ">\n  folded\n  text", "2026-11-07",
    "0x10", "1e9", ".inf", "שלום", "日本語 🐙", "<b>bold</b> & co", "]]>", "a\n  b\n  c", "a #b", "|+\n  a\n\n",
    "\u200b", "e\u0301", '"\\u202e abc"', "~", "null", '""', '"a\\tb"', "a --- b", '"  "', "*emphasis* [^1]",
    "x" * 300,
]  # fmt: skip
"""Texts as YAML writes them."""
WRONG = [
    "&a b", "*a", "!!str x", "!!python/object:os.system x", "[a", "{a", "{a: b}", "[]", "- a", "'", '"\\x00"',
    '"\\ud800"', '"\\uFFFE"', "=", "<<", "@x", "`x", "%x", "? a", "a: b", "\t", "|2\n    x", '"\\', "---", "...",
    "# none", "\x00", "\x85", "[[[[[[]]]]]]", "{? {a: b} : c}", "|9\n a", "!<tag:a> b", "- - - a", '"\\U00110000"',
    '"\\x7f"', "\ud800", "a\n b\nc", "*a : b", "{a: 1, a: 2}",
]  # fmt: skip
"""What it stumbles on."""


def front_matter(hand: Hand) -> str:
    """A whole front matter: none, a plain one, or anything."""
    if hand.chance(0.2):
        return ""
    if hand.chance(0.75):
        lang = hand.one(["en", "en-GB", "de", "fr", "he", "ar", "ja", "ru", "tr"])
        kind = hand.one(["handout"] * 5 + ["essay", "book"])
        return f"---\ntitle: A Title\nlang: {lang}\noctopub: {{kind: {kind}}}\n---\n\n"
    broken = [("---\n", ""), ("--- \n", "----\n"), ("", "---\n")]
    opening, closing = hand.one([("---\n", "---\n"), ("---\n", "...\n")], broken)
    return f"{opening}{yaml(hand)}\n{closing}"


def yaml(hand: Hand) -> str:
    """The lines between the fences; a careful hand writes no key twice."""
    lines = hand.several(lambda: _line(hand, CARD, TEXTS), 0, 5)
    own = hand.several(lambda: _line(hand, OWN, OWN_TEXTS, FLAGS), 0, 4)
    if not hand.chance(hand.slips):
        lines, own = (list({line.split(":")[0]: line for line in each}.values()) for each in (lines, own))
    nested = "\n".join("  " + line.replace("\n", "\n  ") for line in own)
    return "\n".join([*lines, *([f"octopub:\n{nested}"] if own else [])])


def _line(hand: Hand, table: Table, texts: tuple[str, ...], flags: tuple[str, ...] = ()) -> str:
    """A key with a value."""
    key = hand.one([*table, *texts, *flags], [*table, "nonsense", "Title", "octopub", "a b", "?", "'"])
    if key in flags:
        return f"{key}: {hand.one(['true', 'false', 'yes', 'no', 'TRUE'], ['maybe', '[]', '1'])}"
    right, wrong = table.get(key, ("", ""))
    values = right.split(" ") if right else [*PLAIN, hand.characters(8).replace("\n", " ")]
    return f"{key}: {_spaced(hand.one(values, [*wrong.split(' '), *WRONG]))}"


def _spaced(value: str) -> str:
    """A value of a table as YAML."""
    if value[:1] not in "{[" or not value:
        return value
    return value.replace(":", ": ").replace(",", ", ").replace("+", " ")


def headed(random: Random) -> bytes:
    """A manuscript of a few words whose front matter may be anything."""
    hand = Hand(random, random.choice([0, 0, 0.02, 0.1, 0.4]))
    text = f"---\n{yaml(hand)}\n---\n\n# A heading\n\nA text.[^1]\n\n[^1]: A note.\n"
    return text.encode("utf-8", "surrogatepass")
