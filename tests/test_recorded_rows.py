"""What pages recorded in one file: in the order of the key, with the country's rows, a part at a time, once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from small_data import write_small_data_set
from small_report import make_result
from zonebook import recorded_rows
from zonebook.errors import MetricError
from zonebook.metrics.result import MetricResult, Status, to_frame, to_record, to_results
from zonebook.metrics.rowfile import RowFile
from zonebook.parameters import Parameters
from zonebook.pipeline import prepare_data
from zonebook.recorded_rows import collect_rows
from zonebook.request import BuildRequest
from zonebook.rows import FlowRows, join_rows, sort_rows
from zonebook.run.execute import PageJob, PageOutcome
from zonebook.run.executor import PageExecutor
from zonebook.run.record import PageRecord
from zonebook.tables.share import DataSet

ROW = make_result("zone", "alabuga")
NO_FLOWS = FlowRows(to_frame([]), {})
SERIES = ("X01", "X02", "X02.q1", "L01")
Collect = Callable[..., RowFile]


class Here(PageExecutor):
    """Gives rows of the country, and counts how often it was asked for them; what it was sent is noted down."""

    def __init__(self, *rows: MetricResult) -> None:
        self.rows, self.asked = rows, 0
        self.sent = to_frame([])

    def submit_for(self, _seconds: float, _function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        self.asked += 1
        self.sent = pd.read_parquet(arguments[1])
        future: Future[Any] = Future()
        if self.rows:
            future.set_result(to_frame(self.rows))
        else:
            future.set_exception(MetricError("no"))
        return future


COUNTRY = (
    replace(ROW, scope_type="country", scope_id="RUS"),
    replace(ROW, scope_id="z003", metric_id="C06", year=2023),
    replace(ROW, scope_id="zz-last", metric_id="C06"),
)


def make_pages(zones: int) -> list[list[MetricResult]]:
    """Return the rows of some zones' pages, each with a cluster of its own, and of two regions that share a pair."""
    pages = []
    for number in reversed(range(zones)):
        one, part = f"z{number:03}", f"c{zones - number:03}"
        bare = replace(ROW, scope_id=one, metric_id="C06", value=None, lower=None, upper=None, status=Status.UNDEFINED)
        own = [replace(ROW, scope_id=one, metric_id=name, year=year) for year in (2024, None, 2023) for name in SERIES]
        pages.append([*own, bare, replace(ROW, scope_type="cluster", scope_id=part)])
    pair = replace(ROW, scope_type="pair", scope_id="RU-MOW:RU-TA", metric_id="R06")
    return [*pages, *([replace(ROW, scope_type="region", scope_id=one), pair] for one in ("RU-TA", "RU-MOW"))]


def to_outcomes(pages: Sequence[Sequence[MetricResult]], lang: str = "ru") -> list[PageOutcome]:
    """Return pages as they come from the runner."""
    found = []
    for number, rows in enumerate(pages):
        job = PageJob("zone", "zone", f"{number}", lang, Path("zone.ipynb"), f"zones/{number}", {})
        text = json.dumps([to_record(row) for row in rows])
        found.append(PageOutcome(job, Path("zone.ipynb"), PageRecord({}, text=text)))
    return found


@pytest.fixture
def request_(tmp_path: Path) -> tuple[BuildRequest, DataSet]:
    data = write_small_data_set(tmp_path / "data")
    request = BuildRequest(data, tmp_path / "out", Path(__file__).parents[1], Parameters(), workers=1)
    return request, prepare_data(request)[0]


@pytest.fixture
def collect(request_: tuple[BuildRequest, DataSet]) -> Collect:
    """Collect the rows of pages with an executor."""

    def make(pages: Sequence[Sequence[MetricResult]], executor: PageExecutor, *, force: bool = False) -> RowFile:
        request, data = request_
        others = to_outcomes([[replace(ROW, scope_id="of another language")]], "en")
        outcomes = [*to_outcomes(pages), *others]
        return collect_rows(replace(request, force=force), data, outcomes, NO_FLOWS, executor)

    return make


@pytest.mark.parametrize("part", [1, 30, 10_000])
def test_rows_in_parts_are_those_of_the_whole(part: int, collect: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_rows, "PART", part)
    pages, executor = make_pages(12), Here(*COUNTRY)
    whole = sort_rows(to_frame([row for page in pages for row in page]))
    pd.testing.assert_frame_equal(collect(pages, executor).read(), join_rows(whole, to_frame(COUNTRY)))
    pd.testing.assert_frame_equal(executor.sent, whole)


def test_what_is_held_at_once_does_not_grow_with_the_zones(collect: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_rows, "PART", 50)
    largest: dict[int, int] = {}
    for zones in (20, 200):
        held: list[int] = []

        def note(frame: pd.DataFrame, held: list[int] = held) -> pd.DataFrame:
            held.append(len(frame))
            return sort_rows(frame)

        def note_both(part: pd.DataFrame, others: pd.DataFrame, held: list[int] = held) -> pd.DataFrame:
            held.append(len(part) + len(others))
            return join_rows(part, others)

        monkeypatch.setattr(recorded_rows, "sort_rows", note)
        monkeypatch.setattr(recorded_rows, "join_rows", note_both)
        collect(make_pages(zones), Here(*COUNTRY))
        largest[zones] = max(held)
    most = 50 + len(make_pages(1)[0]) + len(COUNTRY)
    assert all(50 < held <= most for held in largest.values())


def test_nothing_is_done_where_nothing_has_changed(collect: Collect) -> None:
    pages, executor = make_pages(3), Here(*COUNTRY)
    first = collect(pages, executor)
    seen = first.path.stat().st_mtime_ns
    again = collect(pages, executor)
    assert (executor.asked, again.path.stat().st_mtime_ns, again.digest) == (1, seen, first.digest)
    collect(pages, executor, force=True)
    assert executor.asked == 2


def test_a_file_that_was_changed_by_hand_is_made_anew(collect: Collect) -> None:
    pages, executor = make_pages(3), Here(*COUNTRY)
    first = collect(pages, executor)
    first.path.write_bytes(b"something else")
    assert collect(pages, executor).digest == first.digest
    assert executor.asked == 1


def test_another_row_is_another_file(collect: Collect) -> None:
    pages, executor = make_pages(3), Here(*COUNTRY)
    first = collect(pages, executor)
    pages[0][0] = replace(pages[0][0], value=5.0, upper=None)
    assert collect(pages, executor).digest != first.digest
    assert executor.asked == 2


def test_the_countrys_rows_are_asked_for_again_where_they_failed(collect: Collect) -> None:
    pages, failing, working = make_pages(3), Here(), Here(*COUNTRY)
    assert "country" not in set(collect(pages, failing).read()["scope_type"])
    assert "country" in set(collect(pages, working).read()["scope_type"])


def test_without_pages_there_are_the_countrys_rows(collect: Collect) -> None:
    assert to_results(collect([], Here(*COUNTRY)).read()) == to_results(sort_rows(to_frame(COUNTRY)))


def test_no_draft_is_left(collect: Collect) -> None:
    folder = collect(make_pages(3), Here(*COUNTRY)).path.parent
    assert not [path for path in folder.rglob("*") if "recorded" in path.name or path.name.endswith(".part")]
