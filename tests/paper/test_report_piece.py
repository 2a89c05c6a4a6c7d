"""Pieces printed into a folder: once, again when anything they depend on changes or their file is not whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from paper.pieces import make_chapter, make_common
from zonebook.errors import PaperError
from zonebook.paper import report_piece as module
from zonebook.paper.report_joints import FIRST
from zonebook.paper.report_marks import Marks
from zonebook.paper.report_piece import Piece, print_piece, recall_first, recall_length, sum_up_pieces

PIECE = make_chapter("zones/a", 1)
MARKS = Marks(1, names=PIECE.marks.names if PIECE.marks else {})


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the press was asked for."""
    asked: list[str] = []
    press = module.press_and_ask

    def note(manuscript: object, label: str) -> object:
        asked.append(label)
        return press(manuscript, label)

    monkeypatch.setattr(module, "press_and_ask", note)
    return asked


def test_a_piece_is_printed_once(tmp_path: Path, printed: list[str]) -> None:
    first = print_piece(PIECE, tmp_path, FIRST)
    assert first.path == tmp_path / "zones/a.objects"
    assert print_piece(PIECE, tmp_path, FIRST) == first
    assert printed == ["answers"]
    assert recall_length(tmp_path, "zones/a") == 1


@pytest.mark.parametrize(
    "other",
    [
        make_chapter("zones/a", 2),
        make_chapter("zones/a", 1, lowered=1),
        make_chapter("zones/a", 1, {"k": "p", "look": "", "r": ["More."]}),
        replace(PIECE, marks=replace(MARKS, names={"zones/b": "Another"})),
        replace(PIECE, marks=replace(MARKS, tags={"Table": "Div"})),
        replace(PIECE, marks=replace(MARKS, bare=1)),
        replace(PIECE, manuscript=replace(PIECE.manuscript, standards=("ua-1", "a-2a"))),
    ],
    ids=["number", "level", "blocks", "names", "tags", "bare", "standards"],
)
def test_whatever_changes_prints_it_again(tmp_path: Path, printed: list[str], other: Piece) -> None:
    first = print_piece(PIECE, tmp_path, FIRST)
    second = print_piece(other, tmp_path, FIRST)
    assert len(printed) == 2
    assert first.digest != second.digest
    assert sum_up_pieces([first]) != sum_up_pieces([second])


@pytest.mark.parametrize("file", ["zones/a.objects", "zones/a.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"%PDF-1.7"])
def test_a_file_that_is_not_whole_is_printed_again(
    tmp_path: Path, printed: list[str], file: str, content: bytes
) -> None:
    first = print_piece(PIECE, tmp_path, FIRST)
    whole = first.path.read_bytes()
    (tmp_path / file).write_bytes(content)
    assert print_piece(PIECE, tmp_path, FIRST) == first
    assert first.path.read_bytes() == whole
    assert len(printed) == 2


def test_the_length_of_what_was_never_printed_is_taken_as_one(tmp_path: Path) -> None:
    assert recall_length(tmp_path, "around/front") == 1
    (tmp_path / "x.json").write_text("[1]", encoding="utf-8")
    assert recall_length(tmp_path, "x") == 1


def test_numbers_of_what_was_printed_are_known_and_changed_without_the_press(
    tmp_path: Path, printed: list[str]
) -> None:
    assert recall_first(tmp_path, PIECE.name) == FIRST
    first = print_piece(PIECE, tmp_path, 1000)
    content = first.path.read_bytes()
    assert recall_first(tmp_path, PIECE.name) == 1000
    moved = print_piece(PIECE, tmp_path, 7000)
    assert moved.block.first == recall_first(tmp_path, PIECE.name) == 7000
    assert moved.path.read_bytes() != content
    assert replace(print_piece(PIECE, tmp_path, 1000), block=moved.block) == moved
    assert first.path.read_bytes() == content
    assert len(printed) == 1


def test_what_the_press_refuses_leaves_nothing(tmp_path: Path) -> None:
    drawing = {"k": "figure", "at": None, "label": "Fig. 1", "caption": ["x"], "alt": "", "width": 100,
               "parts": [{"svg": "<svg"}]}  # fmt: skip
    with pytest.raises(PaperError, match=r"report \(chapter\)"):
        print_piece(make_chapter("zones/a", 1, drawing), tmp_path, FIRST)
    assert list(tmp_path.rglob("*")) == []


def test_what_pieces_have_in_common_is_in_all_their_manuscripts() -> None:
    manuscript = make_common(marks=["Internal"]).write("feet", pages=[])
    assert manuscript.template == "report-feet.typ"
    assert (manuscript.data["marks"], manuscript.data["pages"], manuscript.data["lowered"]) == (["Internal"], [], 0)
