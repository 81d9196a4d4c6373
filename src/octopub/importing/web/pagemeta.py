"""What a web page says of itself: title, subtitle, author, date and language.

Imports `article`, `importing.draft` and `trees.tree`. The head first (`meta`, JSON-LD as
schema.org has it), then what the lines around the title say.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from octopub.importing.trees.tree import CALL, Element, classes, remove, tag, text_of, whole_text, words
from octopub.importing.web.article import leave_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octopub.importing.draft import LeftOut, Place

Values: TypeAlias = dict[str, str | list[str]]

_DATES = (
    "article:published_time", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "date", "pubdate", "citation_publication_date", "datepublished", "created",
)  # fmt: skip
"""Names under which pages say when they were published, the surest first; word processors say `created`."""
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_WORKS = frozenset(
    {"article", "blogposting", "newsarticle", "scholarlyarticle", "report", "creativework", "book"}
)
_BYLINE_WORDS = frozenset("byline author authors meta dateline date revdate published posted".split())
_AROUND_BYLINE = frozenset(
    "post entry article story page p h dt u header info name wrapper block line on by vcard card container content"
    " title single creator personname role time item items list details details-list gh ltx".split()
)
_LONGEST_LINE = 25
"""Words of a line with author and date."""
_LONGEST_NAME = 6
_SUBTITLES = re.compile(r"(?:.*[-_])?(?:sub-?title|standfirst|dek)(?:[-_].*)?|msosubtitle", re.IGNORECASE)
_TITLES = re.compile(
    r"msotitle|title|(?:post|entry|article|story)-(?:title|headline)|headline", re.IGNORECASE
)


@dataclass(slots=True)
class Facts:
    """What the head of a page says."""

    metadata: Values = field(default_factory=dict)
    shared: str = ""
    """The title that the page gives itself for others: that of the article."""
    window: str = ""
    """The title of its window: often that of the article, then the site's."""


def facts(root: Element, source: str) -> Facts:
    """What a page's head says; `source` is its text, for what Word hides in remarks."""
    named = _meta(root)
    work = next(_works(root), {})
    found = Facts(window=next((text_of(each) for each in root.iterfind("./head/title")), ""))
    found.shared = " ".join(
        next(
            iter([*named.get("og:title", ()), *_texts(work.get("headline")), *named.get("dc.title", ())]), ""
        ).split()
    )
    if authors := _authors(named, work, source):
        found.metadata["author"] = authors if len(authors) > 1 else authors[0]
    dates = (*_texts(work.get("datePublished")), *(date for key in _DATES for date in named.get(key, ())))
    if date := next(filter(None, map(_date, dates)), ""):
        found.metadata["date"] = date
    if lang := _language(root, named):
        found.metadata["lang"] = lang
    return found


def _authors(named: dict[str, list[str]], work: dict[str, object], source: str) -> list[str]:
    """The authors, as the work's own record names them; else the head; else what Word keeps in a remark."""
    given = work.get("author")
    people = [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)]
    names = [
        name for each in people if each.get("@type") != "Organization" for name in _texts(each.get("name"))
    ]
    for key in _AUTHORS:
        names = names or [name for name in named.get(key, []) if "://" not in name]
    if not names and (word := re.search(r"<o:Author>([^<]+)</o:Author>", source)):
        names = [word[1].strip()]
    return list(dict.fromkeys(names))


def _language(root: Element, named: dict[str, list[str]]) -> str:
    for element in (*root.iter("html"), *root.iter("body")):
        names = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
        if lang := next(filter(None, (element.get(name, "").strip() for name in names)), ""):
            return _tag(lang)
    return _tag(
        next(iter([*named.get("content-language", ()), *named.get("dc.language", ())]), "").split(",")[0]
    )


def _tag(lang: str) -> str:
    """A tag as it is written: `EN_gb` → `en-GB` (BCP 47 §2.1.1)."""
    first, *rest = lang.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _meta(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in root.iter("meta"):
        name = (
            each.get("name") or each.get("property") or each.get("http-equiv") or each.get("itemprop") or ""
        )
        if name and (content := (each.get("content") or "").strip()):
            values = found.setdefault(name.lower(), [])
            if content not in values:
                values.append(content)
    return found


def _works(root: Element) -> Iterator[dict[str, object]]:
    """The works that the page describes in JSON-LD."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting: list[object] = [json.loads(whole_text(script))]
        except (ValueError, RecursionError):
            continue
        while waiting:
            each = waiting.pop(0)
            if isinstance(each, list):
                waiting = [*each, *waiting]
            elif isinstance(each, dict):
                waiting += [inner for key in ("@graph", "mainEntity") for inner in [each.get(key)] if inner]
                if {kind.lower() for kind in _texts(each.get("@type"))} & _WORKS:
                    yield each


def _texts(value: object) -> list[str]:
    """The texts that a value of JSON is, or holds."""
    values = value if isinstance(value, list) else [value]
    return [" ".join(each.split()) for each in values if isinstance(each, str) and each.strip()]


def _date(text: str) -> str:
    """The day in a date with its time, `""` where there is none."""
    found = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?=$|[T ])", text.strip().replace("/", "-"))
    return found[0] if found else ""


# -- the title ------------------------------------------------------------------------------------


def headline_of(body: Element, known: Facts) -> Element | None:
    """The heading of the article: the one that the page's titles repeat; else the only one of the first rank,
    or what is styled as the title."""
    tops = [each for each in body.iter("h1") if text_of(each)]
    others = [
        each for each in body.iter("h2", "h3", "p", "div")
        if len(words(each)) <= _LONGEST_LINE and text_of(each) and _is_title(each)
    ]  # fmt: skip
    given = known.metadata.get("author", [])
    authors = {folded(name) for name in ([given] if isinstance(given, str) else given)}
    agreeing = {
        each: agreement for each in (*tops, *others)
        if (agreement := _agreement(text_of(each), known)) and folded(text_of(each)) not in authors
    }  # fmt: skip
    if agreeing:
        return max(agreeing, key=lambda each: (max(agreeing[each], 2), _ranks_first(each), agreeing[each]))
    styled = [each for each in others if tag(each) == "p"]
    return tops[0] if len(tops) == 1 and not styled else next(iter(styled), None)


def _ranks_first(element: Element) -> bool:
    return tag(element) == "h1" or _is_title(element)


def _is_title(element: Element) -> bool:
    named = (element.get("itemprop") or "").split()
    return bool({"headline", "name"} & set(named)) or any(
        _TITLES.fullmatch(each) for each in classes(element)
    )


def _agreement(heading: str, known: Facts) -> int:
    """How much a heading is what the page calls itself."""
    text, shared, window = map(folded, (heading, known.shared, known.window))
    if not text:
        return 0
    if text == shared:
        return 5
    if text == window:
        return 4
    if shared and (text in shared or shared in text):
        return 3
    return (2 if window.startswith(text) else 1) if text in window else 0


def folded(text: str) -> str:
    """The words of a text, for comparing."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def take_subtitle(headline: Element, article: Element) -> str:
    """The subtitle near a heading: taken out of the article, where the page says that it is one."""
    order = list(article.iter())
    if headline not in order:
        return ""
    for each in order[order.index(headline) + 1 :]:
        if tag(each) == "p" and len(words(each)) > _LONGEST_LINE:
            return ""
        if any(_SUBTITLES.fullmatch(name) for name in classes(each)) and each.find(f".//{CALL}") is None:
            text = text_of(each)
            if 0 < len(text.split()) <= _LONGEST_LINE:
                remove(each)
                return text
    return ""


# -- author and date --------------------------------------------------------------------------------


def entry_of(headline: Element | None, body: Element) -> Element | None:
    """What says that it holds an article with all that belongs to it: its heading and its byline."""
    for above in headline.iterancestors() if headline is not None else ():
        if above is body:
            break
        if (
            tag(above) == "article"
            or above.get("itemtype")
            or {"hentry", "h-entry", "post"} & set(classes(above))
        ):
            return above
    return None


def take_byline(root: Element, metadata: Values, place: Callable[[Element], Place]) -> list[LeftOut]:
    """Take the lines with author and date out of a page; what the head did not say is taken from them."""
    left_out: list[LeftOut] = []
    for element in list(root.iter()):
        is_byline = _names_author(element) or any(map(_is_byline, _names(element)))
        if not (is_byline or tag(element) == "time") or not _may_be_byline(element, root):
            continue
        if not is_byline and not _is_line_of_dates(element):
            continue
        text = text_of(element)
        _note_date(element, metadata)
        if is_byline and (name := _author(element)):
            metadata.setdefault("author", name)
        whole = element
        for above in element.iterancestors():
            if above is root or tag(above) in ("body", "article", "main") or text_of(above) != text:
                break
            whole = above
        leave_out(whole, left_out, place, "the line with author and date (they are metadata)")
    return left_out


def _may_be_byline(element: Element, root: Element) -> bool:
    """Whether an element is a short line of the page's own, not of a quotation or a list."""
    if (
        element is root
        or tag(element) in ("", "body", "h1", CALL, "cite")
        or element.find(".//h1") is not None
    ):
        return False
    above = {tag(each) for each in element.iterancestors()}
    is_own = "body" in above and not {"blockquote", "figure", "table"} & above
    return is_own and 0 < len(words(element)) <= _LONGEST_LINE


def _names_author(element: Element) -> bool:
    return "author" in (element.get("rel"), *(element.get("itemprop") or "").split())


def _names(element: Element) -> Iterator[str]:
    yield from classes(element)
    if identity := element.get("id"):
        yield identity.lower()


def _is_byline(name: str) -> bool:
    """Whether a name is made of the words of bylines: `byline`, `post-meta`, `author-name`."""
    parts = [part for part in re.split(r"[-_]+", name) if part]
    return bool(set(parts) & _BYLINE_WORDS) and set(parts) <= _BYLINE_WORDS | _AROUND_BYLINE


def _note_date(element: Element, metadata: Values) -> None:
    for moment in element.iter("time", "abbr", "span"):
        if date := _date(moment.get("datetime") or moment.get("title") or text_of(moment)):
            metadata.setdefault("date", date)
    if date := _date(text_of(element)):
        metadata.setdefault("date", date)


def _is_line_of_dates(element: Element) -> bool:
    """Whether a date stands by itself, not inside a sentence."""
    above = element.getparent()
    return above is not None and text_of(above) == text_of(element)


def _author(element: Element) -> str:
    """The name in a line with the author: that of the link or the inner element that is named for it."""
    inner = [
        each for each in element.iterdescendants()
        if _names_author(each) or "author" in classes(each) or (tag(each) == "a" and text_of(each))
    ]  # fmt: skip
    named = _names_author(element) or any("author" in name or "byline" in name for name in _names(element))
    text = text_of(inner[0]) if inner else (text_of(element) if named else "")
    text = re.sub(r"^(?:posted\s+)?(?:by|von|par|por|di|van|av|af)\s+", "", text, flags=re.IGNORECASE)
    text = re.split(r"\s*[|·•,]\s*|\s+on\s+", text)[0].strip()
    return text if 0 < len(text.split()) <= _LONGEST_NAME and not re.search(r"\d", text) else ""
