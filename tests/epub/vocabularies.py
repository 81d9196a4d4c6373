"""The words that `epub:type` and `role` may say, written down from their specifications."""

EPUB_TYPES = frozenset(
    """
    cover frontmatter bodymatter backmatter volume part chapter
    abstract foreword preface prologue introduction preamble conclusion epilogue afterword epigraph
    toc toc-brief landmarks loa loi lot lov
    appendix colophon credits keywords
    index glossary glossterm glossdef bibliography
    titlepage halftitlepage copyright-page seriespage acknowledgments imprint imprimatur contributors
    other-credits errata dedication revision-history
    notice pullquote tip qna
    halftitle fulltitle covertitle title subtitle label ordinal bridgehead
    footnote endnotes footnotes
    biblioref glossref noteref backlink credit
    keyword topic-sentence concluding-sentence
    pagebreak page-list
    table table-row table-cell list list-item figure
    """.split()
)
"""EPUB 3 Structural Semantics Vocabulary 1.1 (https://www.w3.org/TR/epub-ssv-11/), without what it calls
deprecated (`endnote`, `rearnote`, `rearnotes`, `biblioentry`, `subchapter`, …)."""

ROLES = frozenset(
    """
    abstract acknowledgments afterword appendix backlink bibliography biblioref chapter colophon conclusion
    cover credit credits dedication endnotes epigraph epilogue errata example footnote foreword glossary
    glossref index introduction noteref notice pagebreak pagefooter pageheader pagelist part preface prologue
    pullquote qna subtitle tip toc
    """.split()
)
"""The roles of DPUB-ARIA 1.1 (https://www.w3.org/TR/dpub-aria-1.1/), each with `doc-` before it, without what
it deprecates: `biblioentry`, and `endnote`, for which Ace and EPUBCheck warn."""

ELEMENTS = {
    "a": {"backlink", "biblioref", "glossref", "noteref"},
    "blockquote": ROLES - {"cover"},
    "div": ROLES - {"cover"},
    "img": {"cover"},
    "nav": {"index", "pagelist", "toc"},
    "section": ROLES - {"backlink", "biblioref", "cover", "glossref", "noteref", "subtitle"},
}
"""The elements that may have these roles (ARIA in HTML, https://www.w3.org/TR/html-aria/#docconformance)."""

SAME = (EPUB_TYPES & ROLES) - {"cover"}
"""Types with a role of the same meaning: who says the one says the other, for screen readers know roles only
(EPUB Type to ARIA Role Authoring Guide 1.1, https://www.w3.org/TR/epub-aria-authoring-11/). A cover's type is
the page's, its role the image's."""
