"""Which pages the index has as they are."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zonebook.book.extension.indexed import IndexedPages, has_objects


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "searchindex.js"
    path.write_text("index", encoding="utf-8")
    return path


def open_note(index: Path, made_by: object = "en") -> IndexedPages:
    return IndexedPages(index.with_name("indexed.json"), index, made_by)


def write_note(index: Path) -> None:
    indexed = open_note(index)
    assert not indexed.note_page("a", "Title", ("words",))
    assert not indexed.note_page("b", "Title", ("words",))
    indexed.write({"a", "b"})


def test_a_page_is_known_as_it_was_put_in(index: Path) -> None:
    write_note(index)
    indexed = open_note(index)
    assert indexed.are({"a", "b"})
    assert not indexed.are({"a"})
    assert indexed.note_page("a", "Title", ("words",))
    assert not indexed.note_page("b", "Title", ("other", "words"))
    assert not indexed.note_page("c", "Title", ("words",))


def test_pages_that_are_no_more_are_not_kept(index: Path) -> None:
    write_note(index)
    open_note(index).write({"a"})
    assert open_note(index).are({"a"})


def test_pages_of_an_index_that_nothing_was_known_of_are_its_own_and_not_as_they_are(index: Path) -> None:
    indexed = open_note(index)
    indexed.note_page("a", "Title", ("words",))
    indexed.write(["b", "a"])
    again = open_note(index)
    assert again.are({"a", "b"})
    assert again.note_page("a", "Title", ("words",))
    assert not again.note_page("b", "Title", ("words",))


def test_nothing_is_known_of_another_index_of_other_options_or_of_a_note_cut_short(index: Path) -> None:
    write_note(index)
    assert open_note(index, "ru").are(())
    index.write_text("another", encoding="utf-8")
    assert open_note(index).are(())
    index.write_text("index", encoding="utf-8")
    assert open_note(index).are({"a", "b"})
    note = index.with_name("indexed.json")
    note.write_text(note.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    assert open_note(index).are(())


def test_functions_and_options_that_a_book_describes_are_seen_and_labels_are_none() -> None:
    def make_book(rank: int) -> Any:
        return SimpleNamespace(
            domains={"std": SimpleNamespace(get_objects=lambda: [("a", "a", "term", "p", "x", rank)])}
        )

    assert has_objects(make_book(1))
    assert not has_objects(make_book(-1))
