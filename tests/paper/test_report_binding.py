"""Pieces bound into one file: pages in order, links, bookmarks, structure, feet, description."""

import io
import re
from pathlib import Path

import pytest
from pikepdf import Name, Pdf
from pypdf import PdfReader

from paper.accessibility import check_accessibility
from paper.pieces import make_chapter, make_common
from zonebook.paper import report_piece
from zonebook.paper.report_binding import bind
from zonebook.paper.report_front import number_pages, write_feet, write_front, write_index
from zonebook.paper.report_joints import FIRST
from zonebook.paper.report_piece import print_piece

A, B = "zones/a", "zones/b"


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _bind(tmp_path_factory.mktemp("pieces"))


def _bind(folder: Path, first_number: int = FIRST, title: str = "A report") -> bytes:
    common = make_common(title=title)
    opening = make_chapter(A, 1)
    opening.manuscript.data["chapter"]["opens"] = "Zones"
    free = first_number
    chapters = {}
    for piece in (opening, make_chapter(B, 2, lowered=1)):
        chapters[piece.name] = print_piece(piece, folder, free)
        free = chapters[piece.name].block.end
    listed = [{"page": name, "name": name, "number": str(n)} for n, name in enumerate(chapters, 1)]
    first = number_pages(2, chapters)
    front = print_piece(write_front(common, [{"caption": "Zones", "chapters": listed}], first), folder, free)
    groups = [{"title": "Zones", "entries": [{"name": one["name"], "page": one["page"]} for one in listed]}]
    index = print_piece(write_index(common, groups, chapters, first), folder, front.block.end)
    pieces = [front, *chapters.values(), index]
    return bind(pieces, print_piece(write_feet(common, pieces), folder, index.block.end))


def test_every_piece_is_in_it_in_order(bound: bytes) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 5
        assert [item.title for item in outline.root] == ["Contents", "Zones", "Index"]
        assert [item.title for item in outline.root[1].children] == ["1 Chapter", "2 Chapter"]
        assert [item.title for item in outline.root[1].children[1].children] == ["Below"]
        assert outline.root[1].children[1].destination[0].objgen == pdf.pages[3].obj.objgen


def test_links_lead_to_pages_of_the_file(bound: bytes) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        places = dict(zip((str(one) for one in names[::2]), names[1::2], strict=True))
        assert list(places) == sorted(places, key=str.encode)
        assert places[B][0].objgen == pdf.pages[3].obj.objgen
        pages = {page.obj.objgen for page in pdf.pages}
        for page in pdf.pages:
            for link in page.get(Name.Annots, ()):
                target = link.Dest if link.Dest._type_name == "array" else places[str(link.Dest)]
                assert target[0].objgen in pages
                assert str(link.Contents)


def test_the_structure_is_one_tree(bound: bytes) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf:
        tree = pdf.Root.StructTreeRoot
        assert len(tree.K) == 1
        parts = [element for element in tree.K[0].K if Name.Part == element.S]
        assert len(parts) == 4
        assert all(part.P.objgen == tree.K[0].objgen for part in parts)
        leaves = list(tree.ParentTree.Kids)
        keys = [int(one) for leaf in leaves for one in list(leaf.Nums)[::2]]
        assert [list(leaf.Limits) for leaf in leaves] == [[leaf.Nums[0], leaf.Nums[-2]] for leaf in leaves]
        assert keys == sorted(set(keys))
        assert int(tree.ParentTreeNextKey) > keys[-1]
        names = [bytes(one) for leaf in tree.IDTree.Kids for one in list(leaf.Names)[::2]]
        assert names == sorted(set(names))


def test_those_who_do_not_see_it_have_all_of_it(bound: bytes) -> None:
    assert check_accessibility(bound) == []


def test_all_pages_but_the_cover_have_feet(bound: bytes) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf:
        feet = [Name.XObject in page.Resources and len(page.Resources.XObject) for page in pdf.pages]
        assert [bool(foot) for foot in feet] == [False, True, True, True, True]
        drawn = [page.Resources.XObject.PageFoot.read_bytes() for page in list(pdf.pages)[1:]]
        assert all(b"/Type/Pagination" in foot for foot in drawn)
        assert len(set(drawn)) == 4  # each has its own number


def test_the_file_is_one_that_readers_take(bound: bytes) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [int(node.Count) for node in pdf.Root.Pages.Kids] == [2, 1, 1, 1]
        assert all(page.obj.Parent.Parent.objgen == pdf.Root.Pages.objgen for page in pdf.pages)
    reader = PdfReader(io.BytesIO(bound), strict=True)
    assert [page.extract_text().split()[-1] for page in reader.pages][1:] == ["2", "3", "4", "5"]


def test_it_says_how_many_pages_it_has_and_what_it_is_an_instance_of(bound: bytes, tmp_path: Path) -> None:
    with Pdf.open(io.BytesIO(bound)) as pdf:
        said = pdf.Root.Metadata.read_bytes()
        assert b"<xmpTPg:NPages>5</xmpTPg:NPages>" in said
    with Pdf.open(io.BytesIO(_bind(tmp_path, title="Another"))) as other:
        instances = [re.findall(rb"InstanceID>(.+)</", text) for text in (said, other.Root.Metadata.read_bytes())]
    assert instances[0] != instances[1]
    assert [len(found) for found in instances] == [1, 1]


def test_it_is_the_same_to_the_byte(bound: bytes, tmp_path: Path) -> None:
    assert _bind(tmp_path) == bound
    assert _bind(tmp_path) == bound


def test_pieces_that_were_printed_with_other_numbers_are_given_these(
    bound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _bind(tmp_path, FIRST + 12_345) != bound
    monkeypatch.setattr(report_piece, "press_and_ask", None)
    assert _bind(tmp_path) == bound
