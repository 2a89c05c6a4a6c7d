"""What stands around the chapters: numbers of pages, contents, index, feet."""

from pathlib import Path

from paper.pieces import make_common
from zonebook.paper.report_front import FRONT, INDEX, number_pages, write_feet, write_front, write_index
from zonebook.paper.report_joints import FIRST
from zonebook.paper.report_marks import Spot
from zonebook.paper.report_objects import Block
from zonebook.paper.report_piece import Printed

A, B = "zones/a", "zones/b"


def _print(*turned: bool, places: dict[str, Spot] | None = None, mentions: tuple[tuple[str, int], ...] = ()) -> Printed:
    named = tuple((target, Spot(page, 10, 20)) for target, page in mentions)
    return Printed(Path("x"), "digest", turned, (), places or {}, named, Block(FIRST, (), ()), None)


CHAPTERS = {
    A: _print(False, False, True, places={A: Spot(0, 60, 780)}, mentions=((B, 1), (B, 1), (B, 2), (A, 0))),
    B: _print(False, places={B: Spot(0, 60, 780)}, mentions=((B, 0), (A, 0))),
}


def test_pages_are_numbered_from_the_cover() -> None:
    assert number_pages(3, CHAPTERS) == {A: 4, B: 7, INDEX: 8}
    assert number_pages(1, {}) == {INDEX: 2}


def test_the_contents_give_the_first_page_of_every_chapter() -> None:
    chapters = [{"page": A, "name": "Zone A", "number": "1", "title": ["Zone A"], "blocks": []}]
    piece = write_front(make_common(), [{"caption": "Zones", "chapters": chapters}], number_pages(2, CHAPTERS))
    assert piece.name == FRONT
    assert piece.marks is not None
    assert piece.manuscript.data["parts"] == [
        {"caption": "Zones", "chapters": [{"page": A, "number": "1", "name": "Zone A", "first": 3}]}
    ]
    assert piece.manuscript.data["index"] == {"page": INDEX, "first": 7}
    assert piece.marks.names == {A: "Zone A", INDEX: "Index"}
    assert piece.marks.tags["L"] == "TOC"
    assert piece.marks.bare == 1


def test_the_index_gives_each_page_once_and_the_own_one_apart() -> None:
    groups = [{"title": "Zones", "entries": [{"name": "Zone A", "page": A}, {"name": "Zone B", "page": B}]}]
    piece = write_index(make_common(), groups, CHAPTERS, number_pages(2, CHAPTERS))
    assert piece.marks is not None
    first, second = piece.manuscript.data["groups"][0]["entries"]
    assert first == {"name": "Zone A", "page": A, "first": 3, "others": [{"page": 6, "place": f"{A}@6"}]}
    assert [other["page"] for other in second["others"]] == [4, 5]
    assert second["first"] == 6
    assert piece.marks.names[f"{B}@5"] == "Zone B"
    assert piece.marks.number == 3


def test_the_cover_has_no_number_and_turned_pages_have_turned_feet() -> None:
    pages = write_feet(make_common(), [_print(False), *CHAPTERS.values()]).manuscript.data["pages"]
    assert [page["number"] for page in pages] == ["", "2", "3", "4", "5"]
    assert [page["turned"] for page in pages] == [False, False, False, True, False]
