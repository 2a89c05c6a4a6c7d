"""A file is there whole or not at all."""

from pathlib import Path

import pytest

from zonebook.tables.draft import open_draft, put_file


@pytest.mark.parametrize("content", ["Москва\n", "", "Москва\r\n".encode()])
def test_what_is_put_is_there_and_nothing_beside_it(content: bytes | str, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    for _ in range(2):
        put_file(path, content)
        assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]


def test_what_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    put_file(path, "old")

    def fail() -> None:
        with open_draft(path) as draft:
            draft.write_text("half of the n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_that_is_thrown_away_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    with open_draft(path) as draft:
        draft.write_text("the same")
        draft.unlink()
    assert not list(tmp_path.iterdir())
