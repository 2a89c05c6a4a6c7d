"""The staged book: whole, in its language, touched only where something changed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from small_report import LANGUAGES, SmallReport
from zonebook.book.folder import list_files
from zonebook.errors import BookError

Fresh = Callable[..., SmallReport]


def stamps(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in list_files(folder)}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_table_of_contents_is_there_and_no_other(fresh: Fresh, lang: str) -> None:
    book = fresh().stage(lang)
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))

    def walk(node: dict) -> list[str]:
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [
            page for key in ("parts", "chapters", "sections") for one in node.get(key, ()) for page in walk(one)
        ]

    pages = walk(toc)
    files = {Path(name).with_suffix("").as_posix() for name in list_files(book) if name.endswith((".md", ".ipynb"))}
    assert sorted(pages) == sorted(files)
    assert pages[0] == "index"
    assert {"zones/alabuga", "regions/RU-TA", "districts/volga", "methods/R01", "sources", "data-catalogue"} <= files


def test_a_second_staging_touches_nothing(fresh: Fresh) -> None:
    report = fresh()
    book = report.stage()
    before = stamps(book)
    assert report.stage() == book
    assert stamps(book) == before


def test_a_page_that_is_no_more_goes_and_the_others_stay_untouched(fresh: Fresh) -> None:
    report = fresh()
    book = report.stage()
    before = stamps(book)
    fewer = tuple(outcome for outcome in report.outcomes if outcome.job.id != "dubna")
    assert fresh(outcomes=fewer).stage() == book
    after = stamps(book)
    assert "zones/dubna.ipynb" not in after
    assert {name: after[name] for name in after if name.startswith("regions/")} == {
        name: before[name] for name in before if name.startswith("regions/")
    }


def test_a_page_that_failed_is_there_and_says_so(fresh: Fresh) -> None:
    book = fresh().stage("ru")
    assert not (book / "zones" / "innopolis.ipynb").exists()
    page = (book / "zones" / "innopolis.md").read_text(encoding="utf-8")
    assert page.startswith("# ОЭЗ «Иннополис»")
    assert "Эту страницу построить не удалось" in page


def test_an_edited_caption_and_title_reach_the_book(fresh: Fresh) -> None:
    report = fresh()
    edit(report.project / "_toc.yml", "caption: The country", "caption: Across Russia")
    edit(report.project / "_toc.yml", "title: Zones compared", "title: Side by side")
    edit(report.project / "_config.yml", '"Special economic zones: industrial cooperation"', "Our zones")
    book = report.stage()
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    frame = config["sphinx"]["config"]["html_context"]["zonebook"]
    assert config["title"] == "Our zones"
    assert frame["parts"][0]["caption"] == "Across Russia"
    assert frame["parts"][0]["pages"][0]["title"] == "Side by side"


def test_an_edited_page_reaches_the_book(fresh: Fresh) -> None:
    report = fresh()
    edit(report.project / "book" / "sources.md", "# Sources", "# All the sources")
    assert (report.stage() / "sources.md").read_text(encoding="utf-8").startswith("# All the sources\n")


def test_a_page_named_but_not_written_is_an_error(fresh: Fresh) -> None:
    report = fresh()
    (report.project / "book" / "sources.md").unlink()
    with pytest.raises(BookError, match=r"sources\.md"):
        report.stage()


def test_staged_notebooks_are_in_the_current_format_and_hold_no_record(fresh: Fresh) -> None:
    book = fresh().stage()
    for path in book.rglob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
        assert "vnd.zonebook" not in path.read_text(encoding="utf-8")
