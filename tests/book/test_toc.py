"""The table of contents: the project's own file, expanded to the pages there are."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from sphinx_external_toc.parsing import parse_toc_yaml

from zonebook.book.contents import Contents
from zonebook.book.toc import Toc, expand_toc, page_name, read_chapters, read_toc
from zonebook.errors import BookError
from zonebook.page.locale import get_locale
from zonebook.page_kinds import PageKind
from zonebook.parameters import Parameters

ROOT = Path(__file__).parents[2]
KINDS = (*Parameters().pages, PageKind("extra", "extra.ipynb", "country"))
CONTENTS = Contents(
    (),
    {
        "overview": ("index",),
        "zone": ("zones/b", "zones/a"),
        "region": (),
        "comparison": ("comparison",),
        "extra": ("extra",),
    },
)


def expand(tree: dict[str, Any], lang: str = "en", **children: list[str]) -> Toc:
    return expand_toc(tree, CONTENTS, KINDS, children, get_locale(lang))


def test_a_notebook_stands_for_every_page_it_makes_in_their_order() -> None:
    parts = [{"caption": "Zones", "chapters": [{"file": "notebooks/zone"}]}]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "parts": parts})
    assert toc.tree["root"] == "index"
    assert toc.parts[0].pages == ("zones/b", "zones/a")


def test_a_part_without_pages_is_left_out() -> None:
    parts = [
        {"caption": "Regions", "chapters": [{"file": "notebooks/region"}]},
        {"caption": "About", "chapters": [{"file": "book/about"}]},
    ]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "parts": parts})
    assert [part.caption for part in toc.parts if part.caption] == ["About"]
    assert toc.parts[0].pages == ("about",)


def test_generated_pages_come_below_the_page_they_belong_to() -> None:
    chapters = [{"file": "book/methods.md", "sections": [{"file": "book/more"}]}]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "chapters": chapters}, methods=["methods/X01"])
    below = toc.tree["chapters"][0]["sections"]
    assert [entry["file"] for entry in below] == ["more", "methods/X01"]
    assert toc.pages[:4] == ("index", "methods", "more", "methods/X01")


def test_captions_and_titles_are_translated_and_other_settings_kept() -> None:
    parts = [
        {"caption": "Zones", "maxdepth": 1, "chapters": [{"file": "notebooks/comparison", "title": "Zones compared"}]}
    ]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "parts": parts}, lang="ru")
    assert toc.tree["parts"][0]["caption"] == "Зоны"
    assert toc.tree["parts"][0]["maxdepth"] == 1
    assert toc.titles["comparison"] == "Сравнение зон"


def test_pages_the_file_does_not_name_come_last_so_that_none_is_lost() -> None:
    parts = [{"caption": "Zones", "chapters": [{"file": "notebooks/zone"}]}]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "parts": parts})
    assert toc.pages == ("index", "zones/b", "zones/a", "comparison", "extra")


def test_links_to_other_sites_stay() -> None:
    chapters = [{"url": "https://example.org", "title": "Zones"}]
    toc = expand({"format": "jb-book", "root": "notebooks/overview", "chapters": chapters}, lang="ru")
    assert toc.tree["chapters"][0] == {"url": "https://example.org", "title": "Зоны"}


def test_the_projects_own_file_is_one_that_jupyter_book_reads(tmp_path: Path) -> None:
    parse_toc_yaml(ROOT / "_toc.yml")
    toc = expand(dict(read_toc(ROOT / "_toc.yml")), methods=["methods/X01"], zones=["districts/volga"])
    path = tmp_path / "_toc.yml"
    path.write_text(toc.write(), encoding="utf-8")
    assert set(parse_toc_yaml(path)) == set(toc.pages)
    assert yaml.safe_load(toc.write())["root"] == "index"


@pytest.mark.parametrize("text", ["", "- a", "format: jb-article\nroot: a", "format: jb-book", "a: ["])
def test_a_file_that_is_no_table_of_contents_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "_toc.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=r"_toc\.yml"):
        read_toc(path)


def choose_kinds(*names: str) -> tuple[PageKind, ...]:
    return tuple(kind for kind in Parameters().pages if kind.name in names)


@pytest.mark.parametrize(("lang", "captions"), [("en", ["Zones", "About the report"]), ("ru", ["Зоны", "Об отчёте"])])
def test_chapters_of_kinds_that_a_report_leaves_out_are_not_in_its_contents(lang: str, captions: list[str]) -> None:
    kinds = choose_kinds("overview", "zone")
    tree = read_chapters(ROOT, kinds)
    contents = Contents((), {"overview": ("index",), "zone": ("zones/b",)})
    toc = expand_toc(tree, contents, kinds, {}, get_locale(lang))
    assert [part.caption for part in toc.parts if part.caption in captions] == captions
    assert toc.pages[:4] == ("index", "changes", "zones", "zones/b")
    assert not [page for page in toc.pages if "notebooks" in page]


def write_contents(folder: Path, root: str, chapter: str) -> Path:
    tree = {"format": "jb-book", "root": root, "chapters": [{"file": "book/about", "sections": [{"file": chapter}]}]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    (folder / "notebooks").mkdir()
    for name in ("overview", "quality"):
        (folder / "notebooks" / f"{name}.ipynb").touch()
    return folder


def test_a_notebook_that_does_not_exist_is_an_error_and_says_what_to_do(tmp_path: Path) -> None:
    project = write_contents(tmp_path, "notebooks/overview", "notebooks/qualty")
    with pytest.raises(
        BookError, match=r"_toc\.yml: names notebooks/qualty\.ipynb, .* Write the notebook .* or take it out"
    ):
        read_chapters(project, choose_kinds("overview", "quality"))


def test_a_book_whose_first_page_is_left_out_says_what_to_do(tmp_path: Path) -> None:
    project = write_contents(tmp_path, "notebooks/overview", "notebooks/quality")
    assert "notebooks/quality" not in str(read_chapters(project, choose_kinds("overview")))
    with pytest.raises(BookError, match=r"begins the book with notebooks/overview, .* Keep .* another page \(root:\)"):
        read_chapters(project, choose_kinds("quality"))


def test_a_hand_written_page_has_its_name_without_the_folder() -> None:
    assert [page_name(file) for file in ("book/about", "book/about.md", "other/x")] == ["about", "about", "other/x"]
