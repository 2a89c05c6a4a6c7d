"""Parts and chapters of the report."""

from pathlib import Path

import pytest

from zonebook.errors import PaperError
from zonebook.paper.report_contents import Entry, Part, limit_places, list_pages, read_contents, read_title

TOC = """
format: jb-book
root: index
parts:
- caption: Country
  chapters:
  - file: comparison
    title: Compared
- caption: About
  chapters:
  - file: methods
    sections:
    - file: methods/L01
      sections: [{file: methods/deep}]
    - url: https://example.org
"""


def test_parts_chapters_and_sections_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    parts = read_contents(tmp_path)
    assert parts == (
        Part("", (Entry("index"),)),
        Part("Country", (Entry("comparison"),)),
        Part("About", (Entry("methods", ("methods/L01", "methods/deep")),)),
    )
    assert list(list_pages(parts)) == ["index", "comparison", "methods", "methods/L01", "methods/deep"]


def test_a_book_without_parts(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("root: a\nchapters: [{file: b}]", encoding="utf-8")
    assert [part.chapters for part in read_contents(tmp_path)] == [(Entry("a"),), (Entry("b"),)]


@pytest.mark.parametrize("content", ["", "- a", "root: [", "parts: 1"])
def test_what_is_no_table_of_contents_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "_toc.yml").write_text(content, encoding="utf-8")
    with pytest.raises(PaperError, match=r"_toc\.yml: there is no table of contents"):
        read_contents(tmp_path)


def test_chapters_of_too_many_places_are_left_out() -> None:
    zones = Part("Zones", (Entry("zones"), Entry("zones/a"), Entry("zones/b")))
    parts = (Part("", (Entry("index"),)), zones, Part("Regions", (Entry("regions/r"),)))
    assert limit_places(parts, most=3) == (parts, 0)
    kept = (Part("", (Entry("index"),)), Part("Zones", (Entry("zones"),)))
    assert limit_places(parts, most=2) == (kept, 3)


def test_the_title_is_that_of_the_book(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="no configuration"):
        read_title(tmp_path)
    (tmp_path / "_config.yml").write_text("title: 'Zones: all'", encoding="utf-8")
    assert read_title(tmp_path) == "Zones: all"
