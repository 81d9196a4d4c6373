"""The PDF for those who do not see it, and for those who check it: tags, links, bookmarks, faces, metadata."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from tests.pdf.press import ESSAY, HEBREW, SAMPLE, elements, opened, pdf, structure
from tests.pdf.test_layout import bookmarks
from tests.tools import qpdf_check

SOURCES = {"essay": ESSAY, "book": SAMPLE, "hebrew": HEBREW}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> Path:
    found: Path = SOURCES[request.param]
    return found


def test_the_checkers_find_nothing(source: Path) -> None:
    import pdfua  # noqa: PLC0415  # half a second

    file = pdf(source)
    assert qpdf_check(file) == []
    with tempfile.NamedTemporaryFile(suffix=".pdf") as book:
        Path(book.name).write_bytes(file)
        found = pdfua.validate(book.name).findings
    assert [f"{each.rule_id} {each.message}" for each in found] == []


# -- the tree ----------------------------------------------------------------------------------------


def marked(page: Any) -> tuple[list[int], list[str]]:
    """The numbers of a page's marked content, and what is painted outside of any mark."""
    painting = {"Tj", "TJ", "Do", "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}
    numbers, loose, depth = [], [], 0
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator in ("BDC", "BMC"):
            depth += 1
            if operator == "BDC" and "/MCID" in step.operands[1]:
                numbers.append(int(step.operands[1].MCID))
        elif operator == "EMC":
            depth -= 1
        elif operator in painting and not depth:
            loose.append(operator)
    return numbers, loose


def test_all_that_is_painted_is_in_the_tree_once_or_an_artifact(source: Path) -> None:
    with opened(pdf(source)) as file:
        claimed: Counter[tuple[Any, int]] = Counter()
        for element in elements(file):
            for kid in element.K:
                if isinstance(kid, int):
                    claimed[element.Pg.objgen, kid] += 1
                elif kid.get("/Type") == "/MCR":
                    claimed[kid.Pg.objgen, int(kid.MCID)] += 1
        painted = Counter[tuple[Any, int]]()
        for page in file.pages:
            numbers, loose = marked(page)
            assert loose == []
            painted.update((page.obj.objgen, number) for number in numbers)
        assert claimed == painted
        assert set(claimed.values()) == {1}


def test_the_parent_tree_fits(source: Path) -> None:
    with opened(pdf(source)) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
        assert int(file.Root.StructTreeRoot.ParentTreeNextKey) == max(parents) + 1
        for element in elements(file):
            for kid in element.K:
                if isinstance(kid, int):
                    assert parents[int(element.Pg.StructParents)][kid].objgen == element.objgen
                elif kid.get("/Type") == "/MCR":
                    assert parents[int(kid.Pg.StructParents)][int(kid.MCID)].objgen == element.objgen
                elif kid.get("/Type") == "/OBJR":
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                else:
                    assert kid.P.objgen == element.objgen


CHILDREN = {
    "Table": {"THead", "TBody"}, "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"},
    "L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI"}, "TOCI": {"Reference", "TOC"},
    "Reference": {"Link"},
}  # fmt: skip


def test_elements_stand_where_they_may(source: Path) -> None:
    found = [
        (node.role, kid if isinstance(kid, str) else kid.role)
        for node in structure(pdf(source)).find(*CHILDREN)
        for kid in node.kids
    ]
    assert [(role, kid) for role, kid in found if kid not in CHILDREN[role]] == []


def test_headings_have_no_gaps(source: Path) -> None:
    levels = [int(node.role[1]) for node in structure(pdf(source)).find("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_a_paragraph_over_two_pages_is_one_and_its_notes_follow_it() -> None:
    tree = structure(pdf(SAMPLE))
    texts = [" ".join(node.text().split()) for node in tree.find("P")]
    whole = next(text for text in texts if text.startswith("The first box holds"))
    assert whole.endswith("sundry appetites .")
    chapter = next(node for node in tree.find("Sect") if node.text().startswith("The Road"))
    roles = [kid.role for kid in chapter.kids if not isinstance(kid, str)]
    assert roles[:6] == ["H1", "BlockQuote", "P", "Note", "P", "Note"]


def test_running_heads_and_folios_are_not_read_out() -> None:
    text = structure(pdf(SAMPLE)).text().split("\n")
    assert "The Salt Road" not in text
    assert "Prices and Quarrels" not in text


# -- what elements say of themselves -----------------------------------------------------------------


def test_table_heads_have_their_scope() -> None:
    with opened(pdf(SAMPLE)) as file:
        heads = [element for element in elements(file) if element.S == "/TH"]
        assert len(heads) == 4
        assert {str(head.A.Scope) for head in heads} == {"/Column"}


def test_a_table_has_all_its_cells_empty_ones_too() -> None:
    table = "|  | A |\n|---|---|\n| x |  |\n|  | y |\n"
    tree = structure(pdf(f"---\ntitle: T\n---\n\nText.\n\n{table}"))
    assert [[kid.role for kid in row.kids if not isinstance(kid, str)] for row in tree.find("TR")] == [
        ["TD", "TH"], ["TD", "TD"], ["TD", "TD"]
    ]  # fmt: skip


def test_a_head_on_further_pages_is_read_once() -> None:
    rows = "\n".join(f"| row {number} |" for number in range(60))
    tree = structure(pdf(f"---\ntitle: T\n---\n\nText.\n\n| The head |\n|---|\n{rows}\n"))
    assert tree.text().count("The head") == 1
    assert len(tree.find("Table")) == 1
    assert len(tree.find("TR")) == 61


def test_notes_are_notes_with_names_of_their_own(source: Path) -> None:
    with opened(pdf(source)) as file:
        notes = [element for element in elements(file) if element.S == "/Note"]
        names = [str(note.ID) for note in notes]
        leaf = file.Root.StructTreeRoot.IDTree
        listed = {
            str(leaf.Names[index]): leaf.Names[index + 1].objgen for index in range(0, len(leaf.Names), 2)
        }
        assert names
        assert sorted(set(names)) == sorted(names) == list(listed)
        assert listed == {str(note.ID): note.objgen for note in notes}


def test_figures_say_what_they_show_and_ornaments_are_artifacts() -> None:
    with opened(pdf(SAMPLE)) as file:
        figures = [element for element in elements(file) if element.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["A cart on a road, drawn as a few plain lines."]
        left, bottom, right, top = map(float, figures[0].A.BBox)
        assert 0 < left < right < 420 and 0 < bottom < top < 596


def test_lists_and_definitions() -> None:
    tree = structure(pdf(SAMPLE))
    first = tree.find("L")[0]
    assert [node.text().strip() for node in first.find("Lbl")] == ["•", "•", "•", "1.", "2.", "3."]
    definitions = next(node for node in tree.find("L") if "First explanation" in node.text())
    assert definitions.find("Lbl")[0].text() == "First explanation"
    assert [[kid.role for kid in item.kids if not isinstance(kid, str)] for item in definitions.find("LI")] == [
        ["Lbl", "LBody"]
    ] * 3  # fmt: skip


def test_foreign_words_have_their_language() -> None:
    with opened(pdf(SAMPLE)) as file:
        found = [str(element.Lang) for element in elements(file) if "/Lang" in element]
        assert found == ["de", "ru", "ru"]
        assert str(file.Root.Lang) == "en-GB"


# -- links and bookmarks -----------------------------------------------------------------------------


def links(file: pikepdf.Pdf) -> list[Any]:
    return [link for page in file.pages for link in page.get("/Annots", ()) if link.Subtype == "/Link"]


def test_every_link_is_in_the_tree_says_where_it_leads_and_leads_there(source: Path) -> None:
    with opened(pdf(source)) as file:
        names = file.Root.Names.Dests.Names
        destinations = {str(names[index]) for index in range(0, len(names), 2)}
        pages = {page.obj.objgen for page in file.pages}
        assert {names[index][0].objgen for index in range(1, len(names), 2)} <= pages
        inside = {
            kid.Obj.objgen: str(element.S)
            for element in elements(file)
            for kid in element.K
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        }
        found = links(file)
        assert found
        assert {str(link.Dest) for link in found if "/Dest" in link} <= destinations
        assert {inside.get(link.objgen) for link in found} == {"/Link"}
        assert [link for link in found if not str(link.get("/Contents", "")).strip()] == []
        assert len(inside) == len(found)


def test_a_link_is_described_in_the_books_language() -> None:
    with opened(pdf(SAMPLE)) as file:
        found = {str(link.get("/Dest", "")): str(link.Contents) for link in links(file)}
    assert found[""] == "https://example.org/salt"
    assert found["beasts"] == "Carters and beasts"
    assert found["note-1"] == "Note 1"
    assert "Back to the text" in found.values()


def test_a_call_can_be_hit(source: Path) -> None:
    with opened(pdf(source)) as file:
        areas = [tuple(map(float, link.Rect)) for link in links(file)]
    assert min(right - left for left, _, right, _ in areas) > 7
    assert min(top - bottom for _, bottom, _, top in areas) > 7


def test_bookmarks_are_the_headings_without_their_calls() -> None:
    expected = [
        "The Salt Road: A Study in Slow Trade", "Contents", "The Road", "Carters and beasts",
        "A verse that they sang", "Prices and Quarrels: What the Archive Does Not Say", "The long suit",
        "Afterword", "Further notes",
    ]  # fmt: skip
    assert list(bookmarks(pdf(SAMPLE))) == expected


# -- faces and metadata ------------------------------------------------------------------------------


def test_faces_are_embedded_as_subsets(source: Path) -> None:
    with opened(pdf(source)) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)
                 and item.get("/Type") == "/FontDescriptor"]  # fmt: skip
        assert fonts
        assert [font for font in fonts if "/FontFile2" not in font and "/FontFile3" not in font] == []
        names = [str(font.FontName) for font in fonts]
    assert [
        name for name in names if not re.match(r"/[A-Z]{6}\+(EB-Garamond|IBM-Plex-Mono|Frank-Ruhl)", name)
    ] == []


def test_metadata_agree_in_both_places(source: Path) -> None:
    with opened(pdf(source)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
        xmp = etree.fromstring(file.Root.Metadata.read_bytes())
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(file.Root.MarkInfo.Marked)

    def text(name: str) -> str:
        (found,) = xmp.findall(f".//{{*}}{name}")
        return "".join(map(str, found.itertext()))

    assert text("title") == info["/Title"]
    assert text("creator") == info["/Author"].replace("; ", "")
    assert re.sub(r"\D", "", text("CreateDate")) == re.sub(r"\D", "", info["/CreationDate"])[:14]
    assert re.sub(r"\D", "", text("ModifyDate")) == re.sub(r"\D", "", info["/ModDate"])[:14]
    assert text("Producer") == info["/Producer"]
    assert info["/Creator"] == "octopub"
    assert text("part") == "1", "PDF/UA-1"


def test_a_text_from_right_to_left_binds_from_the_right() -> None:
    with opened(pdf(HEBREW)) as file:
        assert str(file.Root.ViewerPreferences.Direction) == "/R2L"
        assert str(file.Root.Lang) == "he"
    with opened(pdf(SAMPLE)) as file:
        assert "/Direction" not in file.Root.ViewerPreferences
