"""Books staged and built one by one: one that fails leaves the others, and is built again the next time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from small_data import write_small_data_set
from zonebook import books
from zonebook.books import StagedBooks, build_books, stage_books
from zonebook.errors import BookError
from zonebook.metrics.result import to_frame
from zonebook.parameters import Parameters, override
from zonebook.pipeline import prepare_data
from zonebook.request import BuildRequest
from zonebook.rows import METRICS, write_metric_rows
from zonebook.run.executor import PageExecutor

ROOT = Path(__file__).parents[1]


class Here(PageExecutor):
    """Runs every call in this process, at once."""

    def submit_for(self, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        done = Future[Any]()
        try:
            done.set_result(function(*arguments))
        except BookError as error:
            done.set_exception(error)
        return done


@pytest.fixture
def request_(tmp_path: Path) -> BuildRequest:
    write_small_data_set(tmp_path / "data")
    parameters = override(Parameters(), {"languages": ["ru", "en"]})
    request = BuildRequest(tmp_path / "data", tmp_path / "out", ROOT, parameters, workers=2)
    prepare_data(request)
    write_metric_rows(to_frame([]), request.out / METRICS)
    return request


def test_a_book_that_fails_leaves_the_others_and_is_built_again(
    request_: BuildRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, failing = [], ["ru"]

    def build(lang: str, out: Path, jobs: int) -> None:
        if lang in failing:
            raise BookError(f"the book in {lang!r} has 1 warning(s)")
        page = out / "html" / lang / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("", encoding="utf-8")
        built.append(lang)

    monkeypatch.setattr(books, "stage_book", lambda *_, **__: None)
    monkeypatch.setattr(books, "build_book", build)
    staged = stage_books(request_, (), Here())
    assert [task.lang for task in staged.tasks] == ["ru", "en"]
    with pytest.raises(BookError, match="'ru' has 1 warning"):
        build_books(request_, staged, Here())
    assert built == ["en"]

    failing.clear()
    build_books(request_, stage_books(request_, (), Here()), Here())
    assert built == ["en", "ru", "en"]
    assert stage_books(request_, (), Here()) == StagedBooks()
    build_books(request_, StagedBooks(), PageExecutor())  # starts nothing
    assert stage_books(request_, (), Here(), changes="an earlier edition").tasks


def test_a_project_without_its_files_is_refused_before_anything_is_built(
    request_: BuildRequest, tmp_path: Path
) -> None:
    (tmp_path / "out" / "cache").mkdir(exist_ok=True)
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text("root: nowhere\n", encoding="utf-8")
    bare = BuildRequest(request_.data, request_.out, tmp_path, request_.parameters, workers=2)
    with pytest.raises(BookError):
        stage_books(bare, (), Here())
