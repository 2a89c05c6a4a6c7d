"""Pieces made ready for binding: levels of headings, names of structure, links to places, where things stand."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from paper.pieces import make_chapter, open_alone
from zonebook.paper.press import press_and_ask
from zonebook.paper.report_joints import FIRST, ROOM
from zonebook.paper.report_marks import mark_piece, mention_name
from zonebook.paper.report_piece import Piece

PIECE = make_chapter("zones/a", 7, lowered=1)


@pytest.fixture(scope="module")
def printed() -> tuple[bytes, dict]:
    return press_and_ask(PIECE.manuscript, "answers")


def _mark(printed: tuple[bytes, dict], piece: Piece = PIECE, **tags: str) -> tuple[Pdf, dict]:
    assert piece.marks is not None
    content, known = mark_piece(*printed, replace(piece.marks, tags=tags), FIRST)
    return open_alone(content, known), known


def _elements(pdf: Pdf) -> Iterator[Object]:
    return (one for one in pdf.objects if isinstance(one, Dictionary) and Name.S in one and Name.P in one)


def test_headings_stand_below_the_part(printed: tuple[bytes, dict]) -> None:
    pdf, known = _mark(printed)
    assert sorted(str(one.S) for one in _elements(pdf) if str(one.S).startswith("/H")) == ["/H2", "/H3"]
    assert [(one["level"], one["title"]) for one in known["headings"]] == [(2, "7 Chapter"), (3, "Below")]
    assert Name.Outlines not in pdf.Root
    unlowered, _ = _mark(printed, make_chapter("zones/a", 7))
    assert sorted(str(one.S) for one in _elements(unlowered) if str(one.S).startswith("/H")) == ["/H1", "/H2"]


def test_names_and_numbers_of_the_structure_are_its_own(printed: tuple[bytes, dict]) -> None:
    pdf, _ = _mark(printed)
    tree = pdf.Root.StructTreeRoot
    names = [str(one) for one in list(tree.IDTree.Kids[0].Names)[::2]]
    assert names == sorted(names)
    assert all(name.startswith("00007.") for name in names)
    assert {str(one.ID) for one in _elements(pdf) if Name.ID in one} == set(names)
    headers = [str(head) for one in _elements(pdf) if one.S == Name.TD for head in one.A[0].Headers]
    assert headers
    assert set(headers) <= set(names)
    keys = [int(one) for one in list(tree.ParentTree.Kids[0].Nums)[::2]]
    asked = [int(page.obj.StructParents) for page in pdf.pages]
    asked += [int(link.StructParent) for page in pdf.pages for link in page.Annots]
    assert sorted(asked) == keys
    assert all(7 * ROOM <= key < 8 * ROOM for key in keys)


def test_links_inside_the_report_lead_to_named_places_and_say_where(printed: tuple[bytes, dict]) -> None:
    pdf, known = _mark(printed)
    links = [link for page in pdf.pages for link in page.Annots]
    named = {str(link.Dest): str(link.Contents) for link in links if not isinstance(link.get(Name.Dest), Array)}
    assert named == {"zones/b": "Zone B", "zones/a#spot": "Chapter", "zones/a#source-1": "1"}
    assert not any(Name.A in link for link in links)
    assert set(known["places"]) == {"zones/a", "zones/a#source-1", "zones/a#spot"}
    assert [target for target, _ in known["mentions"]] == ["zones/b"]


def test_places_are_told_from_the_lower_left_corner(printed: tuple[bytes, dict]) -> None:
    _, known = _mark(printed)
    title, spot = known["places"]["zones/a"], known["places"]["zones/a#spot"]
    assert title["page"] == spot["page"] == 0
    assert spot["y"] < title["y"] < 842
    heading = known["headings"][0]
    assert (heading["page"], heading["x"], heading["y"]) == pytest.approx((0, title["x"], title["y"]), abs=0.01)
    assert known["turned"] == [False]


def test_tags_can_be_changed(printed: tuple[bytes, dict]) -> None:
    pdf, _ = _mark(printed, Table="Div")
    tags = {str(one.S) for one in _elements(pdf)}
    assert "/Table" not in tags
    assert "/Div" in tags


def test_it_is_the_same_to_the_byte(printed: tuple[bytes, dict]) -> None:
    assert PIECE.marks is not None
    marked = [mark_piece(*printed, PIECE.marks, FIRST) for _ in range(2)]
    assert marked[0] == marked[1]


def test_a_mention_is_named_by_what_it_names_and_its_page() -> None:
    assert mention_name("zones/a", 12) == "zones/a@12"
