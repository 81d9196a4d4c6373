"""Where the article of a page is, what around it goes, and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from octopub.importing.draft import Draft
from octopub.importing.web.html import read
from tests.importing.rich import complaints

PROSE = "The ferry left at six every morning and came back at night with letters, bread and the post for the island."
TEXT = f"<p>{PROSE}</p><p>{PROSE}</p>"

FURNITURE = {
    "shares by name": '<div class="sharedaddy sd-block">Share this</div>',
    "shares in camel case": '<div class="ShareButtons_root__x1">Share this</div>',
    "a related list": '<div class="related-articles"><h3>Read more</h3><a href="/x">Another</a></div>',
    "a newsletter": '<div class="newsletter-signup"><p>Sign up to our letter, each week the best of the site.</p></div>',
    "a button": '<p class="button-wrapper"><a href="/s">Subscribe now</a></p>',
    "the page's contents": '<ul><li><a href="#a">One</a></li><li><a href="#b">Two</a></li></ul>',
    "a comment that is an article": f'<article class="comment-body"><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></article>',
    "a foot with links": '<footer class="entry-footer">Filed under <a href="/b">Boats</a></footer>',
}


def draft(body: str, head: str = "<title>The Ferry</title>") -> Draft:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="page.html")


@pytest.mark.parametrize("case", FURNITURE)
def test_furniture_is_left_out_and_told(case: str, tmp_path: Path) -> None:
    made = draft(f"<article><h1>The Ferry</h1>{TEXT}{FURNITURE[case]}</article>")
    assert " ".join(made.text_words) == f"{PROSE} {PROSE}"
    assert made.left_out
    assert complaints(made, tmp_path) == []


TEXTS = {
    "a section named by its heading": '<section id="related-work"><h2>Related work</h2><p>Old.</p></section>',
    "a word that is no page's": '<div class="social-history"><p>Old.</p></div>',
    "a box with prose": f"<aside><p>{PROSE}</p></aside>",
    "the foot of a quotation": "<blockquote><p>Old.</p><footer>A captain</footer></blockquote>",
    "a comment in code": '<pre><code><span class="comment"># old</span></code></pre>',
    "a second article": f"<article><h2>Two</h2><p>{PROSE}</p></article>",
    "a short line beside": "<p>Old.</p>",
}


@pytest.mark.parametrize("case", TEXTS)
def test_what_only_looks_like_furniture_stays(case: str, tmp_path: Path) -> None:
    made = draft(f"<div><h1>The Ferry</h1><article>{TEXT}</article>{TEXTS[case]}</div>")
    assert made.left_out == ()
    assert complaints(made, tmp_path) == []


SAID = {
    "JSON-LD": (
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "The Ferry",'
        ' "datePublished": "2021-03-04T05:06:07Z", "author": [{"@type": "Person", "name": "Jane Roe"}]}]}</script>'),
        "<h1>The Ferry</h1>",
    ),
    "a byline": (
        "<title>The Ferry – Harbour</title>",
        ('<h1><a href="/">Harbour</a></h1><div class="hentry"><h3 class="entry-title">The Ferry</h3>'
        '<p class="post-meta"><time datetime="2021-03-04">4 March</time> by <a rel="author">Jane Roe</a></p></div>'),
    ),
    "a word processor": (
        '<title>The Ferry</title><meta name="author" content="Jane Roe"><meta name="created" content="2021-03-04T1:00">',
        "<p class=MsoTitle>The Ferry</p>",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_metadata(case: str) -> None:
    head, body = SAID[case]
    made = draft(f"{body}{TEXT}", head)
    told = {key: made.metadata.get(key) for key in ("title", "author", "date")}
    assert told == {"title": "The Ferry", "author": "Jane Roe", "date": "2021-03-04"}
