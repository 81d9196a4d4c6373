"""Manuscripts that are made up: what the grammar has, right and wrong, in any order.

Imports nothing of octopub. A careful hand writes what can be built: labels that are called have their note, images are
those of `PICTURES`, and `#here` leads somewhere. A careless one writes what people and programs get wrong.
"""

from __future__ import annotations

import codecs
from random import Random

from tools.fuzz.frontmatters import front_matter
from tools.fuzz.hand import Hand

PICTURES = {
    "dot.png": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c6360606000000004000127d4f5250000000049454e44ae426082"
    ),
    "river.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><title>A river</title>'
    b'<path d="M0 10 Q15 0 30 10" fill="none" stroke="#123"/></svg>',
}
"""The files beside a manuscript."""

LABELS = ("1", "2", "a-note", "né", "longer_label")

PLAIN = "The harbour lay in its winter light and nobody came down to the boats".split()
WORDS = """
it's 'tis "so" -- --- ... 1914-18 p.  5 z.B. ; ! ? : « » ¿ ¡ & < > * _ ** ` ~~ # ^ \\ | ( ) // (c) \\* \\[^1] &amp;
&nbsp; &#x1F419; &bogus; &#8239; 50% e.g. Dr.
3/4 5' 6" I. naïve Straße œuvre Œ ﬁ ½ № §12 שלום עולם كتاب ٱلسَّلَامُ Ελλάδα «Москва»
日本語 漢字。 ไทย हिन्दी ქართული 한국어 🐙 👩‍🚀 é ä \u200f \u202e \u2066 \u200d \u00ad \u2060 \u2028
\ufeff \u00a0 \u202f www.a.example
a@b.example <https://a.example> <b>in</b> <br> <br/> <i>a</b> H<sub>2</sub>O <kbd> </kbd> <!--c--> \\ - + 1. 1) = a|b
""".split(" ")  # fmt: skip
"""What a line is made of: words, marks that mean something somewhere, and letters of many scripts."""
WRONG = [
    "[", "]", "{", "}", "$", "[^undefined]", "[^a b]", "^[", "[](#nowhere)", "![](missing.png)", "{.a", "::",
    "&#0;", "[@key]", "<!--",
]
FORBIDDEN = ["\x00", "\x07", "\x1b[31m", "\x0b", "\x7f", "\x85", "\ufffe", "\ud800", "\udfff", "\x01" * 30]
"""What no book may hold, or what looks like it."""

SPACES = [" "] * 9 + ["", "\n", "\n", "  ", "\t", "\\\n", "  \n", "\u00a0"]

MARKS = [
    ("*", "*"), ("**", "**"), ("_", "_"), ("~~", "~~"), ("`", "`"), ("``", "``"), ("***", "***"), ('"', '"'),
    ("(", ")"), ("^[", "]"), ("^[", "]"), ("<kbd>", "</kbd>"), ("<sup>", "</sup>"), ("<span lang='he'>", "</span>"),
    ("<bdi dir=rtl>", "</bdi>"), ("<abbr title='x'>", "</abbr>"), ("<div>", "</div>"), ("<!--", "-->"),
    ("[", "](#here)"), ("[", "](#here){.page}"), ("[", "](https://example.org/a?b=c&d)"), ("[", "][ref]"),
    ("[", "](mailto:a@b.example)"), ("[", "](tel:+1)"), ("[", "](https://ü.example/ß)"), ("[", "](#note:1)"),
    ("![", "](dot.png)"), ("[](#here)", ""), ("[](#note:1)", ""), ("[", "]{lang=fr}"), ("[", "]{.smallcaps}"),
    ("[", "]{lang=he}"), ("[", "]{#here-%d}"), ("[", "]{dir=rtl}"), ("[", "]{.a .b}"), ("<u>", "</u>"),
]  # fmt: skip
WRONG_MARKS = [
    ("*", ""), ("<b", ">"), ("<script>", "</script>"), ("<style>", ""), ("$", "$"), ("<a href='#here'>", "</a>"),
    ("<", ">"), ("[", "](<a b>)"), ("[", "]"), ("[", "](javascript:alert(1))"), ("[", "](#nowhere)"),
    ("[", "](other.md)"), ("[", "](doi:10.1/x)"), ("[", "](http://exa mple)"),
    ("[", "](https://xn--a.example/%zz)"), ("[", "](//host)"), ("[", "](https://example.org\\)"),
    ("[", "](https://[::1]/)"), ("[", "]("), ("![", '](river.svg "A *caption*")'), ("![", "](../../x.png)"),
    ("![", "]()"), ("[@", "]"), ("<https://", ".example>"), ("[", "]: https://example.org"), ("^[", ""),
    ("[^", "]"), ("[", "]{}"), ("[", "]{lang=}"), ("[", "]{#}"), ("[", "]{lang=zz-nonsense}"), ("[", ']{x="'),
    ("[", "]{=html}"), ("[", "](data:text/html,x)"), ("[", "](https://a.example/\u202e)"),
    ("[", "](HTTP://A.EXAMPLE:99999)"), ("[", "](https://a.example/a\u00a0b)"), ("[", "](&#106;avascript:x)"),
    ("![", "](dot.png){width=60%}"),
]  # fmt: skip

BRACES = [
    "{#here-%d}", "{.a .b}", '{short="A *short* one"}', "{lang=fr}", "{.unnumbered}", "{lang=ar}",
    '{#here-%d short=""}',
]
WRONG_BRACES = [
    "{}", "{.}", "{lang=}", "{#}", "{.a", '{x="', "{=html}", "{width=900cm}", "{.verse .epigraph .newpage}",
    "{#here}", "{:}",
]

BLOCKS = [
    "***", "- - -", "<!-- a comment -->", "[ref]: https://example.org 'A title'", "    code\n\n    more",
    "![A dot](dot.png)", '![A dot](dot.png "Its *caption*[^1]"){#dot-%d}', "![A river](river.svg){.decorative}",
    "![A](dot.png)\n![B](river.svg)", "> A saying\n>\n> — *Its* source", "[^1]", "1. a\n1. b\n\n7. c",
    "* a\n\n\n\n+ b", "- [ ] to do\n- [x] done", "Term\n: Meaning\n\n    more\n: Other", "{.newpage}\n# After",
    "{.epigraph}\n> A saying\n>\n> — *Its* source", "## {#only-%d}", "{.verse}\nOne\n  two",
    "![A](river.svg){width=60%}", "<details>\n<summary>S</summary>\n\nText\n</details>", "<http://a.example>",
    "---", "| A |\n|---|", "- ", "1)", "\\", "- a\n\n      code", "> ```\n> a", "[A]: <b> 'c'\n[a]\n",
    "a  \nb\\\nc",
]  # fmt: skip
WRONG_BLOCKS = [
    "{.newpage}", "{.verse}", "{.epigraph}", "::: note\ninside\n:::", "\\newpage", "<!-- not closed",
    "<div>\n\n*inside*\n\n</div>", "<table><tr><td>a</td></tr></table>", "[ref]: <javascript:x>",
    "+---+\n| a |\n+---+", "![](dot.png)", "[TOC]", "<?php x ?>", "<![CDATA[ x ]]>", "%% comment", "— A source",
    "[^undefined]", "^[not closed", "[^ a b]: x", "{#loose}", "#", "> ", "|", "| |\n|-|", ":", "[^1]:",
    "[^1]: twice", "$$\nx\n$$", "<br>", "---\ntitle: Again\n---", "# Here {#here}", "# []{}", "<script>x</script>",
    "#" * 7, "![A](missing.png)", "```{=html}\n<b>\n```", "{lang=he}\n```\na", "<svg><script>x</script></svg>",
    "[]: x", "[^]: x", "[^]", "^[]",
]  # fmt: skip

INDENTS = [("> ", "> "), ("- ", "  "), ("3. ", "   "), ("- - ", "    "), ("> - ", ">   ")]
WRONG_INDENTS = [("> ", ""), ("* ", ""), ("a) ", "   "), ("\t", "\t"), (">>", ">"), ("- ", " "), ("   ", "   ")]


class Author:
    """Writes blocks with a hand."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def text(self) -> str:
        """A manuscript's text, with its front matter."""
        blocks = [self.block(2) for _ in range(self.hand.one([1, 1, 2, 3, 4, 6]))]
        body = "\n\n".join(blocks)
        if not self.hand.chance(self.hand.slips):
            body = self.with_definitions(body)
        if "#here)" in body:
            body = f"# Here {{#here}}\n\n{body}"
        if "[ref]" in body and "[ref]:" not in body:
            body += "\n\n[ref]: https://example.org/ref"
        if self.hand.chance(self.hand.slips / 2):
            body += self.hand.one(FORBIDDEN)
        return front_matter(self.hand) + self._numbered(body)

    def _numbered(self, body: str) -> str:
        """With anchors that are all different."""
        first, *others = body.split("%d")
        return first + "".join(f"{number}{each}" for number, each in enumerate(others))

    def with_definitions(self, body: str) -> str:
        """With the notes that are called, and those that they call."""
        for _ in LABELS:
            called = [label for label in LABELS if f"[^{label}]" in body or f"#note:{label}" in body]
            missing = [label for label in called if f"[^{label}]: " not in body]
            body = "\n\n".join([body, *map(self.definition, missing)])
        return body

    def definition(self, label: str) -> str:
        """A note: of a paragraph, or of more."""
        note = f"[^{label}]: {self.paragraph()}"
        return note if self.hand.chance(0.6) else f"{note}\n\n    {_shifted(self.block(0), '    ')}"

    def block(self, depth: int) -> str:
        """A block, in lists and quotations as deep as that."""
        if depth and self.hand.chance(0.2):
            first, other = self.hand.one(INDENTS, WRONG_INDENTS)
            blocks = self.hand.several(lambda: self.block(depth - 1), 1, 3)
            return "\n\n".join(first + _shifted(block, other) for block in blocks)
        write = self.hand.one(
            [self.paragraph] * 8
            + [self.heading] * 2
            + [self.odd] * 2
            + [self.table, self.code, self.lines, self.terms, self.with_braces]
        )
        return write()

    def paragraph(self) -> str:
        """Some words, with all that can be in them."""
        count = self.hand.one([1, 2, 3, 4, 6, 9])
        return "".join(self.inline(2) + self.hand.one(SPACES) for _ in range(count)).strip()

    def line(self) -> str:
        """The same in one line, for headings, cells and terms."""
        return self.paragraph().replace("\n", " ")

    def inline(self, depth: int) -> str:
        """A word, or marks around some."""
        if depth and self.hand.chance(0.25):
            opening, closing = self.hand.one(MARKS, WRONG_MARKS)
            inner = " ".join(self.hand.several(lambda: self.inline(depth - 1), 1, 3))
            return self.marked(opening, inner, closing)
        if self.hand.chance(0.07):
            return f"[^{self.hand.one(LABELS)}]"
        if self.hand.chance(0.07):
            return self.hand.characters(5)
        return self.hand.one(self.hand.one([PLAIN, PLAIN, WORDS]), WRONG)

    def marked(self, opening: str, inner: str, closing: str) -> str:
        """Words between marks; a careful hand calls no note in a link, nor in an image's words."""
        has_call = "[^" in inner or "^[" in inner
        if has_call and ("](" in closing or "][" in closing) and not self.hand.chance(self.hand.slips):
            return inner
        return opening + inner + closing

    def braces(self) -> str:
        """Attributes."""
        return self.hand.one(BRACES, WRONG_BRACES)

    def heading(self) -> str:
        """A heading of either kind."""
        line = f"{self.hand.one(PLAIN)} {self.line()}"
        braces = f" {self.braces()}" if self.hand.chance(0.3) else ""
        if self.hand.chance(0.15):
            return f"{line}{braces}\n{self.hand.one(['===', '---'], ['-', '= '])}"
        return f"{'#' * self.hand.one([1, 1, 2, 2, 3], [4, 6, 7])} {line}{braces}"

    def table(self) -> str:
        """A table, often with rows too long or too short, and at times with a caption."""
        columns = self.hand.random.randint(1, 4)
        rule = self.hand.one(["---", ":-:", "-:", ":--"], ["--- |", "", "=="])
        most = columns + self.hand.one([0], [1])
        rows = self.hand.several(lambda: self.hand.several(self.cell, 1, most), 1, 4)
        rows[0] = [*rows[0], *[""] * columns][:columns]
        head, *others = (f"| {' | '.join(row)} |" for row in rows)
        return "\n".join([head, "|" + f" {rule} |" * columns, *others])

    def cell(self) -> str:
        """What stands in a cell."""
        return self.line().replace("|", "\\|")

    def code(self) -> str:
        """Code between fences."""
        fence = self.hand.one(["```", "~~~", "`````"])
        close = self.hand.one([fence], ["", fence[:2]])
        language = self.hand.one(["", "py", "{.py}"], ["{=html}", "a b`c", "mermaid"])
        return f"{fence}{language}\n{self.paragraph()}\n{close}"

    def lines(self) -> str:
        """Verse."""
        return "\n".join(f"| {line}" for line in self.hand.several(self.line, 1, 4))

    def terms(self) -> str:
        """A term and its meaning."""
        return f"{self.line()}\n: {_shifted(self.paragraph(), '    ')}"

    def odd(self) -> str:
        """What is seldom written."""
        return self.hand.one(BLOCKS, WRONG_BLOCKS)

    def with_braces(self) -> str:
        """A block with attributes before it."""
        return f"{self.braces()}\n{self.block(0)}"


def _shifted(text: str, indent: str) -> str:
    """A text whose lines but the first stand behind something."""
    return text.replace("\n", f"\n{indent}")


LINE_ENDS = ["\n"] * 8 + ["\r\n", "\r"]
ENCODINGS, WRONG_ENCODINGS = ["utf-8"] * 9 + ["utf-8-sig"], ["utf-16", "latin-1", "cp1252", "utf-32-be"]


def manuscript(random: Random) -> bytes:
    """A manuscript's file, by a hand that is careful three times in five: its line ends, its encoding, and of a few
    only a beginning."""
    hand = Hand(random, random.choice([0, 0, 0, 0.05, 0.3]))
    text = Author(hand).text().replace("\n", hand.one(LINE_ENDS, ["\n\r"]))
    encoding = hand.one(ENCODINGS, WRONG_ENCODINGS) if hand.chance(0.3) else "utf-8"
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    if hand.chance(hand.slips / 5):
        data = data[: random.randint(0, len(data))]
    return codecs.BOM_UTF8 + data if hand.chance(0.03) else data
