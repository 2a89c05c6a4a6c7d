"""A page is run again only when something it depends on has changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from own_fonts import write_family
from run.test_schedule import _job
from zonebook.parameters import Parameters
from zonebook.run import cache
from zonebook.run.execute import PageFailure, PageJob, PageOutcome, page_path
from zonebook.run.executor import ForkExecutor
from zonebook.run.record import make_record
from zonebook.run.schedule import run_pages
from zonebook.tables.draft import put_file


def _made(out: Path, job: PageJob) -> PageOutcome:
    path = page_path(out, job.lang, job.target)
    put_file(path, job.notebook.read_text())
    outcome = PageOutcome(job, path, make_record({"title": "T", "metrics": "[]"}), 0.1)
    cache.remember(out, outcome)
    return outcome


def test_an_unchanged_page_is_taken_as_it_is(tmp_path: Path) -> None:
    job = _job(tmp_path, "page", "1")
    _made(tmp_path / "out", job)
    with ForkExecutor(1, 30) as executor:
        (outcome,) = run_pages([job], tmp_path / "out", executor, engine="fork")
    assert outcome.cached
    assert outcome.record == {"title": "T", "metrics": []}


def test_a_page_with_another_key_is_not_recalled(tmp_path: Path) -> None:
    job = _job(tmp_path, "page", "1")
    _made(tmp_path / "out", job)
    assert cache.recall(tmp_path / "out", replace(job, key="other")) is None
    assert cache.recall(tmp_path / "out", replace(job, key="")) is None


@pytest.mark.parametrize("content", ["", "{half a notebook"])
def test_a_notebook_changed_behind_our_back_is_not_recalled(content: str, tmp_path: Path) -> None:
    job = _job(tmp_path, "page", "1")
    outcome = _made(tmp_path / "out", job)
    assert outcome.notebook is not None
    outcome.notebook.write_text(content)
    assert cache.recall(tmp_path / "out", job) is None


def test_the_key_follows_each_dependency(tmp_path: Path) -> None:
    job = _job(tmp_path, "page", "1")
    keys = {
        cache.page_key(job, "data"),
        cache.page_key(job, "other data"),
        cache.page_key(replace(job, lang="ru"), "data"),
        cache.page_key(replace(job, parameters={**job.parameters, "year": 2020}), "data"),
    }
    _job(tmp_path, "page", "2")
    keys.add(cache.page_key(job, "data"))
    assert len(keys) == 5


def test_the_code_digest_covers_metrics_and_translations_but_not_the_command_line() -> None:
    assert len(cache.code_digest()) == 64
    assert "cli.py" in cache._NOT_OF_PAGES
    assert "page" not in cache._NOT_OF_PAGES


def test_the_key_of_the_books_follows_pages_prose_and_parameters(tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text("root: x")
    (tmp_path / "book").mkdir()
    page = tmp_path / "book" / "about.md"
    page.write_text("# About")
    outcomes = [PageOutcome(_job(tmp_path, "page", "1"), Path("page.ipynb"), {})]
    keys = {cache.book_key(outcomes, Parameters(), tmp_path) for _ in range(2)}
    assert len(keys) == 1
    keys.add(cache.book_key([], Parameters(), tmp_path))
    keys.add(cache.book_key(outcomes, Parameters(publisher="Another"), tmp_path))
    page.write_text("# About it")
    keys.add(cache.book_key(outcomes, Parameters(), tmp_path))
    (tmp_path / "_toc.yml").write_text("root: y")
    keys.add(cache.book_key(outcomes, Parameters(), tmp_path))
    assert len(keys) == 5


def test_the_key_of_books_follows_the_bytes_of_the_brand(tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text("root: x")
    (tmp_path / "logo.svg").write_text("<svg/>")
    write_family(tmp_path / "fonts")
    branded = Parameters(font="fonts", logo="logo.svg")
    keys = {cache.book_key([], one, tmp_path) for one in (Parameters(), branded, branded)}
    write_family(tmp_path / "fonts", wider=1.1)
    keys.add(cache.book_key([], branded, tmp_path))
    (tmp_path / "logo.svg").write_text("<svg> </svg>")
    keys.add(cache.book_key([], branded, tmp_path))
    assert len(keys) == 4


def test_books_with_a_failed_page_are_built_anew(tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text("root: x")
    failed = [PageOutcome(_job(tmp_path, "page", "1"), None, failure=PageFailure("1/0", "ZeroDivisionError"))]
    first, second = (cache.book_key(failed, Parameters(), tmp_path) for _ in range(2))
    assert first != second


@pytest.mark.parametrize("key", ["1", ""])
def test_rows_go_into_a_file_and_a_page_without_them_is_run_again(tmp_path: Path, key: str) -> None:
    job, out = _job(tmp_path, "page", key), tmp_path / "out"
    with ForkExecutor(1, 30) as executor:
        (outcome,) = run_pages([job], out, executor, engine="fork")
    assert outcome.record is not None
    assert outcome.record.text == ""
    rows = out / "cache/en/zones/page.rows.json"
    assert outcome.record.path == rows
    assert outcome.record["metrics"] == []
    rows.unlink()
    assert cache.recall(out, job) is None
