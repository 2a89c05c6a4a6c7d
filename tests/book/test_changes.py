"""The chapter of what has changed: in the book, its contents and the downloads, or in none of them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from small_report import LANGUAGES, ROOT, SmallReport, copy_project, make_data_set, make_outcomes
from zonebook.book import write_downloads
from zonebook.book.changes import CHANGES, Changes, forget_changes, keep_changes, recall_changes
from zonebook.book.toc import settle_page
from zonebook.metrics.result import to_frame
from zonebook.parameters import Parameters

HTML = (
    '<p class="zb-lead">Said.</p>\n\n<table class="zb-table"><tbody><tr><th><a class="zb-page" '
    'href="zones/alabuga.html">Alabuga</a></th><td><a class="zb-page" href="zones/gone.html">Gone</a></td></tr>'
    "</tbody></table>"
)
CHAPTER = Changes("key", (("", '<p class="zb-lead">Opening.</p>'), ("Ties", HTML)), {"all": "a,b\n1,2\n"})


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    outcomes = make_outcomes(tmp_path / "executed")
    return SmallReport(tmp_path, ROOT, outcomes, make_data_set(), Parameters(languages=LANGUAGES), to_frame([]))


def _pages(report: SmallReport) -> list[str]:
    tree: dict[str, Any] = yaml.safe_load((report.stage() / "_toc.yml").read_text(encoding="utf-8"))
    return [str(entry["file"]) for part in tree["parts"] for entry in part["chapters"]]


def test_it_is_recalled_as_it_was_kept_and_forgotten(tmp_path: Path) -> None:
    assert recall_changes("en", tmp_path) is None
    keep_changes(CHAPTER, "en", tmp_path)
    assert recall_changes("en", tmp_path) == CHAPTER
    assert recall_changes("ru", tmp_path) is None
    forget_changes("en", tmp_path)
    assert recall_changes("en", tmp_path) is None


def test_without_an_earlier_edition_the_book_has_no_such_page(report: SmallReport) -> None:
    assert CHANGES not in _pages(report)
    assert not (report.out / "book/en/changes.md").exists()


@pytest.mark.parametrize(("lang", "title"), [("ru", "Что изменилось"), ("en", "What has changed")])
def test_the_page_stands_last_in_its_part_with_title_text_and_tables(
    report: SmallReport, lang: str, title: str
) -> None:
    keep_changes(CHAPTER, lang, report.out)
    book = report.stage(lang)
    tree = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    assert tree["parts"][0]["chapters"][-1] == {"file": CHANGES, "title": title}
    page = (book / "changes.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {title}\n")
    assert page.index("Opening.") < page.index("## Ties") < page.index('href="zones/alabuga.html"')
    assert "Gone" in page
    assert "zones/gone.html" not in page
    assert "\n\n<table" not in page, "a blank line would end the block of HTML"


def test_its_files_are_among_the_downloads_while_it_is_there(report: SmallReport) -> None:
    keep_changes(CHAPTER, "en", report.out)
    path = report.out / "html/en/data/changes/all.csv"
    for is_there in (True, False):
        write_downloads("en", report.outcomes, report.data_set, report.rows, report.out)
        assert path.is_file() == is_there
        forget_changes("en", report.out)


def test_a_project_that_does_not_name_it_has_it_last(report: SmallReport, tmp_path: Path) -> None:
    folder = copy_project(tmp_path / "project")
    toc = folder / "_toc.yml"
    text = toc.read_text(encoding="utf-8")
    entry = "      - file: book/changes\n        title: What has changed\n"
    assert entry in text
    toc.write_text(text.replace(entry, ""), encoding="utf-8")
    own = SmallReport(report.out, folder, report.outcomes, report.data_set, report.parameters, report.metrics)
    assert CHANGES not in _pages(own)
    keep_changes(CHAPTER, "en", report.out)
    assert _pages(own)[-1] == CHANGES


def test_a_table_of_contents_without_parts_is_settled_too() -> None:
    tree = {"root": "book/a", "chapters": [{"file": "book/b", "sections": [{"file": "book/changes.md"}]}]}
    assert settle_page(tree, CHANGES, is_wanted=True) == tree
    without = settle_page(tree, CHANGES, is_wanted=False)
    assert without == {"root": "book/a", "chapters": [{"file": "book/b", "sections": []}]}
    assert settle_page({"root": "book/a"}, CHANGES, is_wanted=True)["chapters"] == [{"file": "book/changes"}]
